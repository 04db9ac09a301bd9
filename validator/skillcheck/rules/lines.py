"""A document -> its lines, numbered as places number them."""

from __future__ import annotations

import re

from skillcheck.model import Document
from skillcheck.rules.remembered import remembered

_END = re.compile(r"\r\n?|\n")


@remembered
def lines(document: Document) -> list[str]:
    """Return the lines of a document without their ends; the last is empty where the text ends in one."""
    return split(document.text)


def split(text: str) -> list[str]:
    """Return the lines of a text without their ends; the last is empty where the text ends in one."""
    return _END.split(text) if "\r" in text else text.split("\n")
