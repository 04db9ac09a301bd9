"""Bundle -> name-collision."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from skillcheck.model import Bundle, Severity, Skill
from skillcheck.rules.rule import Told, rule


@rule("SK114", severity=Severity.WARNING)
def name_collision(bundle: Bundle) -> Iterator[Told]:
    """Two skills that lie side by side share a name.

    A client that knows skills by their names loads one of them. Which one is left to chance.
    """
    first: dict[tuple[str, str], Skill] = {}
    for skill in bundle.skills:
        other = first.setdefault((posixpath.dirname(skill.path), skill.name), skill)
        if other.path != skill.path:
            place = skill.frontmatter.data.place("name")
            message = f"the name {skill.name!r} is also that of {other.path}"
            yield Told(place, message, "give each skill a name of its own")
