"""UnusedIgnore -> unused-ignore."""

from __future__ import annotations

from collections.abc import Iterator

from skillcheck.model import Edit, Severity, UnusedIgnore
from skillcheck.rules.rule import Told, rule


@rule("SK414", severity=Severity.WARNING)
def unused_ignore(unused: UnusedIgnore) -> Iterator[Told]:
    """A comment ignores what is not there.

    It was of use once. Left where it is, it hides the next finding of that code.
    """
    codes = ", ".join(unused.ignore.codes)
    place = unused.ignore.place
    yield Told(place, f"nothing of {codes} is found here", "delete the comment", (Edit(place, ""),))
