"""The lines below a frontmatter → whether anything stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADING = r"^#{1,6}(?:[ \t].*)?$"
_NOTHING = re.compile(rf"(?s:<!--.*?-->)|{_HEADING}", re.MULTILINE)
_NO_COMMENT = re.compile(_HEADING, re.MULTILINE)


def is_empty(body: Sequence[str]) -> bool:
    """Return whether nothing stands in a body; the first line of text decides, where no comment begins before it."""
    for line in body:
        if "<!--" in line:
            break
        if line.strip() and not line.startswith("#"):
            return False
    head, end, rest = "\n".join(body).rpartition("-->")  # behind the last, each beginning would look for an end in vain
    return not (_NOTHING.sub("", head + end) + _NO_COMMENT.sub("", rest)).strip()
