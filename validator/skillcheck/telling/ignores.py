"""Findings and the comments that ask not to be told of them → what is left, and which comments asked for nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from skillcheck.model import Bundle, Document, Finding, Ignore, UnusedIgnore

MEASURED = ("SK530", "SK612", "SK7", "SK8")
"""The codes that `check` cannot give: they come of running, packing, or comparing generated files."""


def is_static(code: str) -> bool:
    """Return whether `check` can give a code, or any that begins so."""
    return not code.startswith(MEASURED)


def unignored(
    findings: Iterable[Finding], bundle: Bundle, looked_at: Callable[[str], bool]
) -> tuple[list[Finding], list[UnusedIgnore]]:
    """Return the findings that no comment of their document leaves out, and the comments that leave out nothing."""
    documents = [document for document in _documents(bundle) if document.ignores]
    asked: defaultdict[str, _Asked] = defaultdict(_Asked)
    for document in documents:
        asked[document.path].add(document.ignores)
    left = [each for each in findings if each.place.path not in asked or not asked[each.place.path].covers(each)]
    unused = [
        UnusedIgnore(each)
        for document in documents
        for each in document.ignores
        if not asked[document.path].is_used(each) and all(map(looked_at, each.codes))
    ]
    return left, unused


def _documents(bundle: Bundle) -> Iterator[Document]:
    for skill in bundle.skills:
        yield from skill.documents
    for plugin in bundle.plugins:
        yield from (component.document for component in plugin.components if component.document)


class _Asked:
    """The ignores of a document by their lines and codes: a line may have as many, and as many findings, as a file."""

    def __init__(self) -> None:
        """Know of none."""
        self._codes: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
        self._spans: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        self._used: set[tuple[tuple[int, int], str]] = set()

    def add(self, ignores: Iterable[Ignore]) -> None:
        for ignore in ignores:
            span = (ignore.first, ignore.last)
            if span not in self._codes:
                for line in range(ignore.first, ignore.last + 1):
                    self._spans[line].append(span)
            self._codes[span].update(ignore.codes)

    def covers(self, finding: Finding) -> bool:
        """Return whether an ignore leaves the finding out, and note each that does."""
        beginnings = [finding.code[:end] for end in range(len(finding.code) + 1)]
        spans = self._spans.get(finding.place.line, ())
        found = {(span, code) for span in spans for code in beginnings if code in self._codes[span]}
        self._used |= found
        return bool(found)

    def is_used(self, ignore: Ignore) -> bool:
        return any(((ignore.first, ignore.last), code) in self._used for code in ignore.codes)
