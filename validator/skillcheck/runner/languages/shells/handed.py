"""Shell → the Python that it hands to an interpreter, compiled."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from skillcheck.runner.languages import ACCEPTED, Verdict
from skillcheck.runner.languages.grammars.fillings import filled

_PYTHON = r"(?<![\w.-])python(?:3(?:\.\d+)?)?(?:[ \t]+-[bBdEiIOPqsSuvx]+)*"
_HANDED = re.compile(rf"{_PYTHON}(?:[ \t]+-(?:[ \t]+[^<>|;&\s]+)*)?[ \t]*$")
_OPENING = re.compile(r"(?<!<)<<(?P<dash>-?)[ \t]*(?P<quote>['\"\\]?)(?P<end>[A-Za-z_]\w*)(?:['\"]|\b)")
_ONE_LINER = re.compile(rf"{_PYTHON}[ \t]+-c[ \t]+'([^']*)'(?=[\s;|&)\"]|$)")
_COMMENT = re.compile(r"[ \t]*#")
_LARGEST = 64_000


@dataclass(frozen=True, slots=True)
class _Handed:
    """Python inside a shell's text, with the line and the column at which it begins there."""

    text: str
    line: int
    column: int
    way: str


def handed_python(text: str) -> Verdict:
    """Return the first error of the Python that a shell's text hands on in a quoted heredoc or after `-c`."""
    for handed in _handed(text) if len(text) <= _LARGEST else ():
        error = _error(handed.text)
        if error is not None and all(_error(full) is not None for full in filled(handed.text)):
            line = handed.line + max(error.lineno or 1, 1) - 1
            column = max(error.offset or 1, 1) + (handed.column - 1 if line == handed.line else 0)
            fact = f"python cannot parse {handed.way}: {error.msg}"
            return Verdict(fact, "correct the python that the shell hands on", line, column)
        if error is None and (missing := _unbound(handed.text)) is not None:
            line, column, name = missing
            column += handed.column - 1 if line == 1 else 0
            fact = f"`{name}` is not bound in {handed.way}"
            return Verdict(fact, f"import or define `{name}` there", handed.line + line - 1, column, unbound=True)
    return ACCEPTED


def _unbound(text: str) -> tuple[int, int, str] | None:
    """Return line, column and name of the first name that nothing in the text binds."""
    from pyflakes import checker, messages  # type: ignore[import-untyped] # noqa: PLC0415 - only few bundles need it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = checker.Checker(ast.parse(text), withDoctest=False).messages
        except RecursionError:
            return None
    missing = [
        (each.lineno, each.col + 1, each.message_args[0]) for each in found if isinstance(each, messages.UndefinedName)
    ]
    return min(missing, default=None)


def _handed(text: str) -> Iterator[_Handed]:
    """Yield what is handed to Python: bodies of heredocs, and one-liners in the shell's own lines."""
    shell: list[str] = []
    lines = iter(enumerate(text.split("\n"), 1))
    for number, line in lines:
        opening = None if _COMMENT.match(line) else _OPENING.search(line)
        shell.append("" if _COMMENT.match(line) else line)
        if opening is None:
            continue
        body = []
        for _, inner in lines:
            shell.append("")
            if (inner.lstrip("\t") if opening["dash"] else inner) == opening["end"]:
                break
            body.append(inner.lstrip("\t") if opening["dash"] else inner)
        if _HANDED.search(line[: opening.start()]) and (opening["quote"] or _is_plain("\n".join(body))):
            yield _Handed("\n".join(body), number + 1, 1, "the heredoc")
    own = "\n".join(shell)
    for found in _ONE_LINER.finditer(own):
        if _is_plain(found[1]):
            before = own[: found.start(1)]
            column = found.start(1) - before.rfind("\n")
            yield _Handed(found[1], before.count("\n") + 1, column, "what `-c` is given")


def _is_plain(body: str) -> bool:
    """Whether the shell has nothing to expand in a text."""
    return not any(mark in body for mark in "$`\\")


def _error(text: str) -> SyntaxError | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(text, "<handed>", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        except SyntaxError as error:
            return error
        except (ValueError, RecursionError, MemoryError) as error:
            return SyntaxError(str(error) or "it is nested too deeply")
    return None
