"""A document -> its lines, numbered as places number them."""

from __future__ import annotations

import re

from skillcheck.model import Document

_END = re.compile(r"\r\n?|\n")


def lines(document: Document) -> list[str]:
    """Return the lines of a document without their ends; the last is empty where the text ends in one."""
    return _END.split(document.text)
