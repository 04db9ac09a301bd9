"""Script -> wrong-language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Place, Script, Severity
from skillcheck.rules.rule import Told, rule

_SHELL = "shell"
_SHELL_SUFFIXES = ("sh", "bash", "zsh")
_BY_SUFFIX = {"py": "Python", "js": "JavaScript", "mjs": "JavaScript"}
_SHEBANG = re.compile(
    r"#![^\n]*?\b(?:(?P<py>python[\d.]*|uv run)|(?P<js>node|bun|deno)|(?P<sh>(?:ba|z|da|k)?sh))(?![\w])"
)
_PYTHON = re.compile(
    r"(?:import [a-z_][\w.]*(?: as \w+)?(?:, \w+)*|from [\w.]+ import \w.*|def \w+\([^)]*\).*:|class \w.*:)\s*$"
)
_SHELL_LINE = re.compile(r"set -[a-z]+|echo [\"'\w]|\w+=\$\(|if \[|export \w+=")
_DOCSTRING = re.compile(r"[rb]?(?:\"{3}|'{3})")


@rule("SK424", severity=Severity.WARNING)
def wrong_language(script: Script) -> Iterator[Told]:
    """A script is of another language than its name says.

    Whoever runs it by its name gives it to the wrong program. The same becomes of a shell script whose lines end as on
    Windows: the shell takes the carriage return for a part of each command.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Run `bash scripts/fill.sh form.pdf`.
    ```

    ```bash with path=skills/pdf-forms/scripts/fill.sh
    import sys

    print(sys.argv)
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Run `python scripts/fill.py form.pdf`.
    ```

    ```python with path=skills/pdf-forms/scripts/fill.py
    import sys

    print(sys.argv)
    ```
    """
    suffix = script.relative.rpartition(".")[2]
    expected = _SHELL if suffix in _SHELL_SUFFIXES else _BY_SUFFIX.get(suffix)
    given = _language(script.text) if expected else None
    place = Place(script.path, _first(script.text))
    if given and given != expected:
        yield Told(
            place, f"{script.relative} holds {given}, its name says {expected}", f"rename it, or write it in {expected}"
        )
    elif expected == _SHELL and "\r\n" in script.text:
        yield Told(
            Place(script.path),
            f"the lines of {script.relative} end in CRLF, which a shell does not read",
            "end them in LF",
        )


def _first(text: str) -> int:
    """Return the line of the first that is neither blank nor a comment; a first line that names a program counts."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and (line.startswith("#!") or not line.lstrip().startswith("#")):
            return number
    return 1


def _language(text: str) -> str | None:
    """Return the language that the first lines of a script speak, None where they do not say."""
    if shebang := _SHEBANG.match(text):
        return "Python" if shebang["py"] else "JavaScript" if shebang["js"] else _SHELL
    line = text.split("\n")[_first(text) - 1].rstrip()
    if _PYTHON.match(line) or _DOCSTRING.match(line):
        return "Python"
    return _SHELL if _SHELL_LINE.match(line) else None
