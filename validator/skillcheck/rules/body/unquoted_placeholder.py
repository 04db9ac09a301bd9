"""Block -> unquoted-placeholder."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from skillcheck.model import Block, Place, Severity
from skillcheck.rules.rule import Told, rule

SHELLS = frozenset({"bash", "sh", "shell", "zsh", "console", "terminal", "shell-session", "shellsession", "ksh"})
_PROMPT = re.compile(r"^\s*(?:[\w.@:~/-]*[$#%]|>)\s")
_LITERAL = re.compile(
    r"<<-?[ \t]*(?P<quote>['\"]?)(?P<end>\w+)(?P=quote)"
    r"|(?:^|(?<=[\s;|&(]))#[^\n]*|'[^']*'|\"(?:\\[\s\S]|[^\"\\])*\"|\\<|`[^`\n]*`",
    re.MULTILINE,
)
_UNESCAPED = re.compile(r"(?<!\\)(?:\\\\)*\"")
_WORD_ALONE = re.compile(r"^[ \t]*(\w+)[ \t]*$", re.MULTILINE)
_PLACEHOLDER = re.compile(
    r"(?<![<\d)}\]])<(?P<name>[A-Za-z][\w./|:-]{0,60}(?: [\w./|:'-]{1,40}){0,8})>(?![>&(]|[^\W_])"
)


@rule("SK430", severity=Severity.NOTE)
def unquoted_placeholder(block: Block) -> Iterator[Told]:
    """A placeholder of a shell command is no word for the shell: it reads from a file and writes to another.

    A command that is run before the placeholder is filled in does something else than it says: `<name>` opens the file
    `name`, and what follows `>` is overwritten. Claude mostly fills it in, as a reader does.

    ````markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    ```bash
    qpdf --decrypt <input.pdf> "<output.pdf>"
    ```
    ````

    ````markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    ```bash
    qpdf --decrypt "<input.pdf>" "$OUTPUT"
    sort < input.txt > output.txt
    ```
    ````
    """
    if block.language not in SHELLS or "<" not in block.text:
        return
    for number, line in enumerate(_commands(block.text).split("\n")):
        for found in _PLACEHOLDER.finditer(line):
            row, column = block.line + number, block.column + found.start()
            place = Place(block.place.path, row, column, row, block.column + found.end())
            name = re.sub(r"\W+", "_", found["name"]).strip("_").upper()
            fact = f"the shell reads `{found[0]}` as a redirection from a file `{found['name'].split()[0]}`"
            yield Told(place, fact, f'write it as `"{found[0]}"` or `"${name}"`')


def _commands(text: str) -> str:
    """Return the text with blanks in place of what the shell takes literally, and of what a terminal answered."""
    lines = text.split("\n")
    if any(map(_PROMPT.match, lines)):
        text = "\n".join(line if _PROMPT.match(line) else " " * len(line) for line in lines)
    return "".join(_blanked(text))


def _blanked(text: str) -> Iterator[str]:
    """Yield a text piece by piece, blanks in place of comments, quotes and here-documents that have an end."""
    ends: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for alone in _WORD_ALONE.finditer(text) if "<<" in text else ():
        ends[alone[1]].append(alone.span())
    at = 0
    searched, line_end = _without_open_quotes(text), 0
    while found := _LITERAL.search(searched, at):
        start, stop = found.span()
        if found["end"]:
            line_end = line_end if stop <= line_end else f"{text}\n".find("\n", stop)
            stop = line_end + 1
            left = ends[found["end"]]
            index = bisect_left(left, (stop, 0))
            stop = left[index][1] if index < len(left) else start
        yield text[at:start]
        yield re.sub(r"[^\n]", " ", text[start:stop]) or text[start : start + 2]
        at = max(stop, start + 2) if found["end"] else stop
    yield text[at:]


def _without_open_quotes(text: str) -> str:
    """Return a text without the quotes behind the last that may end a string: from each, an end is sought in vain."""
    last = max((found.end() for found in _UNESCAPED.finditer(text)), default=0)
    return text[:last] + text[last:].replace('"', "\0")
