"""Skill -> unreferenced-file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from skillcheck.model import File, Severity, Skill
from skillcheck.rules.paths import has_all_files
from skillcheck.rules.rule import Told, rule

_MEANT = re.compile(r"references/.*\.md|scripts/[^/]*\.(?:py|sh|bash|js|mjs|ts|rb|pl|ps1)")
_MODULE = r"(?<![\w-])"
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
    unread = [file.path for file in skill.files if file.path.endswith(".md") and file.path not in read]
    if not files or any(_is_named(path, texts) for path in unread):  # and what that one names, nobody knows
        return
    for file in files:
        if not _is_named(file.path, texts):
            yield Told(
                file.place, f"nothing names {file.path}", "name it in SKILL.md and say when to read it, or delete it"
            )


def _is_meant(file: File) -> bool:
    return bool(_MEANT.fullmatch(file.path)) and not _PASSED_OVER.search(file.path)


def _is_named(path: str, texts: dict[str, str]) -> bool:
    """Return whether another file has its name, with the suffix or as a module, or speaks of its folder as a whole."""
    name = posixpath.basename(path)
    stem, folder = name.rpartition(".")[0], posixpath.dirname(path)
    others = [text for other, text in texts.items() if other != path and (stem in text or folder in text)]
    if not others:
        return False
    whole = re.compile(rf"(?<![\w/-]){re.escape(folder)}/?(?![\w/.-])|{re.escape(folder)}/[*{{<]")
    is_module = not path.endswith(".md") and len(stem) >= _LONG
    word = re.compile(rf"{_MODULE if is_module else '/'}{re.escape(stem)}(?![\w-])")
    return any(name in text or word.search(text) or whole.search(text) for text in others)
