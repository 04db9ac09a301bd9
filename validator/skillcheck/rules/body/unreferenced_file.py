"""Skill -> unreferenced-file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from skillcheck.model import File, Severity, Skill
from skillcheck.rules.paths import has_all_files
from skillcheck.rules.rule import Told, rule

_MEANT = re.compile(r"references/.*\.md|scripts/[^/]*\.(?:py|sh|bash|js|mjs|ts|rb|pl|ps1)")
_NO_WORD, _NOT_ON = re.compile(r"(?<![\w-])"), re.compile(r"(?![\w-])")  # before and behind a name by itself
_NO_PATH, _ALL, _ANY = re.compile(r"(?<![\w/-])"), re.compile(r"/?(?![\w/.-])"), re.compile(r"/[*{<]")  # of a folder
_LONG = 4  # a shorter name is any word
_PASSED_OVER = re.compile(
    r"(?:^|/)(?:__init__\.py|README[^/]*|LICENSE[^/]*|CHANGELOG[^/]*|requirements[^/]*|package[^/]*\.json|tests?/.*|test_[^/]*|[^/]*[_.]test\.\w+|\.[^/]*)$"
)


@rule("SK425", severity=Severity.NOTE, source="https://agentskills.io/specification#file-references")
def unreferenced_file(skill: Skill) -> Iterator[Told]:
    """Nothing in the skill names a file of it.

    Claude finds what SKILL.md names, or what a file names that SKILL.md does. Other files are packed and loaded by
    nobody.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill each field by its name.
    ```

    ```markdown with path=skills/pdf-forms/references/dates.md
    # Dates

    Write them as ISO 8601.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    See [dates](references/dates.md).
    ```

    ```markdown with path=skills/pdf-forms/references/dates.md
    # Dates

    Write them as ISO 8601.
    ```
    """
    files = [file for file in skill.files if _is_meant(file)] if has_all_files(skill) else []
    read = {document.relative for document in skill.documents} | {script.relative for script in skill.scripts}
    texts = {document.relative: document.text for document in skill.documents}
    texts |= {script.relative: script.text for script in skill.scripts}
    naming = _Naming(texts)
    unread = [file.path for file in skill.files if file.path.endswith(".md") and file.path not in read]
    if not files or any(map(naming.names, unread)):  # and what that one names, nobody knows
        return
    for file in files:
        if not naming.names(file.path):
            yield Told(
                file.place, f"nothing names {file.path}", "name it in SKILL.md and say when to read it, or delete it"
            )


def _is_meant(file: File) -> bool:
    return bool(_MEANT.fullmatch(file.path)) and not _PASSED_OVER.search(file.path)


class _Naming:
    """Texts, and which of them name a file: there may be thousands of files, and each text as long as is read."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Take the texts by the paths of their files."""
        self._texts = texts
        self._known: dict[tuple[Callable[[str, str], bool], str], Sequence[str]] = {}

    def names(self, path: str) -> bool:
        """Return whether another file has its name, with the suffix or as a module, or speaks of its whole folder."""
        name = posixpath.basename(path)
        stem, folder = name.rpartition(".")[0], posixpath.dirname(path)
        is_module = not path.endswith(".md") and len(stem) >= _LONG
        ways = ((_holds, name), (_has_module if is_module else _has_page, stem), (_has_folder, folder))
        return any(other != path for way, word in ways for other in self._having(way, word))

    def _having(self, way: Callable[[str, str], bool], word: str) -> Sequence[str]:
        """Return the first two texts that have a word that way: of two, one is another file's."""
        if (way, word) not in self._known:
            self._known[way, word] = [*islice((other for other, text in self._texts.items() if way(text, word)), 2)]
        return self._known[way, word]


def _holds(text: str, name: str) -> bool:
    return name in text


def _has_module(text: str, stem: str) -> bool:
    return any(_NO_WORD.match(text, start) and _NOT_ON.match(text, end) for start, end in _spans(text, stem))


def _has_page(text: str, stem: str) -> bool:
    return any(_NOT_ON.match(text, end) for _, end in _spans(text, f"/{stem}"))


def _has_folder(text: str, folder: str) -> bool:
    spans = _spans(text, folder)
    return any(_ANY.match(text, end) or (_NO_PATH.match(text, start) and _ALL.match(text, end)) for start, end in spans)


def _spans(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Yield where a word begins and ends in a text; a pattern that begins with a look behind takes far longer."""
    start = text.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = text.find(word, start + 1)
