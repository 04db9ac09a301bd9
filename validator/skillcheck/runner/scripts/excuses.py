"""An error of a script → what the block lacks, for which a document's fragment cannot be blamed."""

from __future__ import annotations

import re

from skillcheck.model import CauseKind, Unit
from skillcheck.runner.causes import BIND
from skillcheck.runner.scripts.traces import Raised

Lack = tuple[CauseKind, str]
Excuses = tuple[tuple[re.Pattern[str], CauseKind, str], ...]

REMEDIES = {
    CauseKind.UNBOUND_NAME: BIND,
    CauseKind.MISSING_MODULE: "show the module in a block",
    CauseKind.SYNTAX: "show it whole",
    CauseKind.EXCEPTION: "show in the block what it works on",
    CauseKind.NETWORK: "give it `network`",
}
_HEADS: Excuses = (
    (
        re.compile(r"ReferenceError.*: (?:(?P<name>[\w$]+) is not defined|Can't find variable: (?P<other>[\w$]+))"),
        CauseKind.UNBOUND_NAME,
        r"`\g<name>\g<other>`",
    ),
    (
        re.compile(r".*\[(?:ERR_)?MODULE_NOT_FOUND\]: .*?['\"](?P<name>[^'\"]+)"),
        CauseKind.MISSING_MODULE,
        r"the module `\g<name>`",
    ),
    (
        re.compile(r".*\[ERR_INVALID_PACKAGE_CONFIG\]|SyntaxError.*: Error parsing .*package\.json"),
        CauseKind.MISSING_MODULE,
        "a whole package.json",
    ),
    (re.compile(r'.*The "id" argument must be of type string'), CauseKind.MISSING_MODULE, "a loader of AMD modules"),
    (re.compile(r".*\[ERR_\w*TYPESCRIPT_SYNTAX\]"), CauseKind.SYNTAX, "a compiler of TypeScript"),
    (
        re.compile(
            r"SyntaxError.*: (?P<said>.*(?:already been declared|Cannot declare|Duplicate export|outside a module"
            r"|Illegal (?:return|break|continue)|Return statement|await is only valid|[Uu]nexpected reserved word"
            r"|'super' keyword|Unexpected token 'export'|strict mode).*)"
        ),
        CauseKind.SYNTAX,
        r"a whole around it: \g<said>",
    ),
)
"""What the first line of an error says, its code in brackets after its type."""
_TEXTS: Excuses = (
    (
        re.compile(r"\b(?:EAI_AGAIN|ENOTFOUND|ENETUNREACH|EHOSTUNREACH|ENETDOWN|EADDRNOTAVAIL)\b|dns error"),
        CauseKind.NETWORK,
        "the network",
    ),
    (re.compile(r"\bECONNREFUSED\b|ConnectionRefused"), CauseKind.NETWORK, "a server that isn't there"),
    (re.compile(r"\bENOENT\b|^NotFound\b"), CauseKind.EXCEPTION, "a file that isn't there"),
    (
        re.compile(r"Failed to parse URL from /|(?s:ERR_INVALID_URL.*\binput: '/)"),
        CauseKind.EXCEPTION,
        "the address of a page",
    ),
)
"""What stands anywhere in what is told of an error, its causes included."""
_VARIABLE = re.compile(r"\benv\.([A-Z]\w*)")
_SURROUNDINGS = re.compile(r"(?i)\benv(?:ironment)?\b|not (?:configured|set)\b")
_ANNOUNCED = re.compile(r"(?i)error|exception|throw|fail|crash|wrong|bad|reject|invalid|illegal|[❌✗✘🚫]")


def lack(unit: Unit, error: Raised) -> Lack | None:
    """Return what the block lacks if its error comes of that alone, None if the error is its own."""
    head = f"{error.type} [{error.code}]: {error.message}"
    for excuses, text in ((_HEADS, head), (_TEXTS, error.told)):
        for pattern, kind, what in excuses:
            found = pattern.search(text)
            if found:
                return kind, found.expand(what)
    name = _variable(unit, error)
    return (CauseKind.EXCEPTION, f"`{name}` in its environment") if name else None


def is_announced(error: Raised) -> bool:
    """Whether a comment on the line of an error or before it speaks of one, or any comment of this very type."""
    if error.unit is None:
        return False
    if re.search(rf"(?m)//.*\b{error.type}\b", error.unit.block.text):
        return True
    above = _line(error.unit, error.line - 1).strip()
    said = _line(error.unit, error.line).partition("//")[2]
    return bool(_ANNOUNCED.search(said) or (above.startswith(("//", "/*")) and _ANNOUNCED.search(above)))


def _variable(unit: Unit, error: Raised) -> str:
    """Return the variable of its environment that the block found missing, if that is why it gave up."""
    read: list[str] = _VARIABLE.findall(unit.block.text)
    line = _line(error.unit, error.line) if error.unit else ""
    named = [name for name in read if name in error.message or f"env.{name}" in line]
    return (named or (read if _SURROUNDINGS.search(error.message) else []) or [""])[0]


def _line(unit: Unit, line: int) -> str:
    """Return a line of the Markdown, empty outside of the block."""
    lines = unit.block.text.split("\n")
    return lines[line - unit.block.line] if 0 <= line - unit.block.line < len(lines) else ""
