"""Shell blocks -> the commands in them, and whether a grant covers one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from skillcheck import facts
from skillcheck.model import Block, Document, Grant, Place
from skillcheck.model.lean import dataclass
from skillcheck.rules.granted import Granted
from skillcheck.rules.remembered import remembered

_SHELL = frozenset({"bash", "sh", "shell", "zsh", "console"})
_PROMPT = re.compile(r"[ \t]*(?:\$|>)[ \t]+")
_ASSIGNED = re.compile(r"[A-Za-z_]\w*\+?=.*", re.DOTALL)
_PROGRAM = re.compile(r"(?!/[\w:-]+$)(?:\.{1,2}/|~/|/)?[A-Za-z][\w./+-]*(?<![/.])")
_DEFINED = re.compile(r"^[ \t]*(?:function[ \t]+)?([\w-]+)[ \t]*\(\)|^[ \t]*function[ \t]+([\w-]+)", re.MULTILINE)
_PLAIN = re.compile(
    r"(?P<words>[\w ./=:,@+%~\[\]{}*?$!^-]*)(?:#.*)?"
)  # without quotes and operators, words end at spaces
_WORD = re.compile(r"\"[^\"]*\"|'[^']*'|[();<>|&]+|[^ \t\r\n();<>|&#\"'][^ \t\r\n();<>|&#]*|#[^\n]*|[\"']")
_HEREDOC = re.compile(r"<<-?[ \t]*[\"']?(\w+)")
_TOLD = re.compile(r"\b(?:[Rr]e-?)?(?:[Rr]un|[Ee]xecute)(?: the command)?:? `(?P<command>[a-z.~/][^`\n]*)`")
_NOT_TOLD = re.compile(
    r"(?:n['\u2019]t|\b(?:not|never|avoid|user|users|they|you|manually|optional\w*|if))\b", re.IGNORECASE
)
_FAR = 400  # characters before an order in which it is taken back; a line may be as long as a file
_BETWEEN = frozenset({"&&", "||", ";", "|", "&", "|&"})
_BEFORE = frozenset({"if", "then", "else", "elif", "while", "until", "do", "time", "coproc", "!", "{"})
_OWN = frozenset(
    (
        *("for", "done", "case", "esac", "fi", "in", "function", "select", "return", "break", "continue", "exit"),
        *("set", "shift", "local", "declare", "export", "readonly", "unset", "alias", "source", "eval", "exec", "trap"),
        *("wait", "test", "true", "false", "cd", "pushd", "popd", "printf", "read"),
    )
)  # words of the shell itself


@dataclass(frozen=True, slots=True)
class Command:
    """A simple command of a shell block: the program, the whole, and where it stands."""

    program: str
    text: str
    place: Place


def commands(document: Document) -> Iterator[Command]:
    """Yield the commands of the shell blocks that a reader is meant to run; what cannot be told apart is left out."""
    for block in document.blocks:
        if block.language in _SHELL and "skip" not in block.directive.options:
            yield from _of_block(document, block)


def told_commands(document: Document) -> Iterator[Command]:
    """Yield the commands that the prose tells Claude to run, each with its arguments; not those it forbids."""
    for number, line in document.prose if "`" in document.text else ():
        for found in _TOLD.finditer(line) if "`" in line and ("un" in line or "ecute" in line) else ():
            if not is_forbidden(line, found.start()):
                for part in _parts(found["command"]):
                    program = part.split()[0]
                    if " " in part and _PROGRAM.fullmatch(program) and not _needs_none(part):
                        column = line.find(program, found.start("command")) + 1
                        yield Command(program, part, Place(document.path, number, column))


def is_forbidden(line: str, end: int) -> bool:
    """Return whether what stands before an order that begins there takes it back, or gives it to others."""
    return _NOT_TOLD.search(line, max(0, end - _FAR), end) is not None


def is_granted(command: str, grants: Sequence[Grant]) -> bool:
    """Return whether each part of a command line is granted, or needs no permission."""
    parts = list(_parts(command))
    granted = granted_by(grants)
    return bool(parts) and all(_needs_none(part) or granted.covers(part) for part in parts)


@remembered
def granted_by(grants: Sequence[Grant]) -> Granted:
    """Return what the grants of the shell's tool match."""
    given = (grant for grant in grants if grant.tool == "Bash" and grant.is_granted and not grant.malformed)
    return Granted(grant.specifier for grant in given)


def _of_block(document: Document, block: Block) -> Iterator[Command]:
    ending, continues = "", False
    may_define = "()" in block.text or "function" in block.text
    defined = {name for found in _DEFINED.findall(block.text) for name in found} if may_define else set()
    for offset, line in enumerate(block.text.split("\n")):
        if ending:
            ending = "" if line.strip() == ending else ending
            continue
        is_continued, continues = continues, line.rstrip().endswith("\\")
        heredoc = _HEREDOC.search(line) if "<<" in line else None
        ending = heredoc[1] if heredoc else ""
        prompt = _PROMPT.match(line)
        if is_continued or (block.language == "console" and not prompt):
            continue
        rest = line[prompt.end() :] if prompt else line
        for part in _parts(rest):
            program = part.split()[0]
            if _PROGRAM.fullmatch(program) and program not in defined and not _needs_none(part):
                column = block.column + max(0, line.find(program))
                yield Command(program, part, Place(document.path, block.line + offset, column))


def _parts(line: str) -> Iterator[str]:
    """Yield the simple commands of a line, without what is assigned before them."""
    try:
        plain = _PLAIN.fullmatch(line)
        words = plain["words"].split() if plain else _words(line)
    except ValueError:  # a quote that goes on in the next line
        return
    part: list[str] = []
    for word in [*words, ";"]:
        if word in _BETWEEN:
            if "".join(part).split() and part[0] not in _OWN:  # a control character is a word for shlex alone
                yield " ".join(part).strip()
            part = []
        elif not part and word.endswith(":"):
            return  # words, not a command
        elif part or not (_ASSIGNED.fullmatch(word) or word in _BEFORE):
            part.append(word)


def _words(line: str) -> list[str]:
    """Return the words of a line as shlex splits it, which takes ten times as long; ValueError for an open quote."""
    words = _WORD.findall(line)
    if not {'"', "'"}.isdisjoint(words):
        message = "a quote is not closed"
        raise ValueError(message)
    return [word for word in words if not word.startswith("#")]


def _needs_none(part: str) -> bool:
    """Return whether Claude Code runs a command without asking, for it only reads."""
    words = part.split()
    return any(words[: len(known)] == known for known in _reading().get(words[0] if words else "", ()))


@cache
def _reading() -> Mapping[str, Sequence[list[str]]]:
    """Return the commands that only read, by their first word."""
    every: dict[str, list[list[str]]] = {}
    for known in map(str.split, facts.tools().reading_commands):
        every.setdefault(known[0], []).append(known)
    return every
