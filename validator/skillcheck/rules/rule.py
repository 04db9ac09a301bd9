"""A documented function -> a Rule: its name, node, summary, help and examples come from the function itself."""

from __future__ import annotations

import inspect
import shlex
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any, TypeAlias, cast

from skillcheck.model import Client, Edit, Place, Severity
from skillcheck.model.lean import dataclass

SPEC = (Client.SPEC, Client.CLAUDE_AI)
CLAUDE_AI = (Client.CLAUDE_AI,)
CLAUDE_CODE = (Client.CLAUDE_CODE,)
ALL = tuple(Client)


@dataclass(frozen=True, slots=True)
class Told:
    """What a rule's function says of one place; the engine makes the Finding.

    `edits` do what `fix` says; they are not `safe` where they may change what the author meant. `severity` and
    `clients` are given where they differ from the rule's.
    """

    place: Place
    message: str
    fix: str
    edits: tuple[Edit, ...] = ()
    safe: bool = True
    severity: Severity | None = None
    clients: tuple[Client, ...] | None = None


Check: TypeAlias = Callable[[Any], Iterator[Told]]


@dataclass(frozen=True, slots=True)
class Example:
    """An example of a rule: whether it is `bad`, and its files as (path, text)."""

    bad: bool
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A coded judgement of one type of node; `clients` are those that refuse or misread what it tells.

    `warned` are the clients that take it with a warning.
    """

    code: str
    name: str
    severity: Severity
    clients: tuple[Client, ...]
    source: str
    node: type
    check: Check
    doc: str
    warned: tuple[Client, ...] = ()

    @property
    def summary(self) -> str:
        """The first line of the docstring."""
        return inspect.cleandoc(self.doc).partition("\n")[0]

    @property
    def help(self) -> str:
        """The rest of the docstring, as Markdown: why it matters, then the examples."""
        return inspect.cleandoc(self.doc).partition("\n")[2].strip()

    @property
    def examples(self) -> tuple[Example, ...]:
        """The examples of the docstring, in its order."""
        return tuple(_examples(inspect.cleandoc(self.doc)))


def rule(
    code: str,
    *,
    severity: Severity = Severity.ERROR,
    clients: tuple[Client, ...] = (),
    warned: tuple[Client, ...] = (),
    source: str = "",
) -> Callable[[Check], Rule]:
    """Make a Rule of a documented generator function of one annotated node."""

    def decorate(check: Check) -> Rule:
        function = cast("FunctionType", check)
        (parameter,) = function.__code__.co_varnames[: function.__code__.co_argcount]
        node = function.__globals__[function.__annotations__[parameter]]  # `typing` takes ten times as long
        name = function.__name__.replace("_", "-")
        return Rule(code, name, severity, clients, source, node, check, function.__doc__ or "", warned)

    return decorate


def _examples(doc: str) -> Iterator[Example]:
    found: Example | None = None
    for role, file in _fences(doc):
        if role == "with" and found:
            found = Example(found.bad, (*found.files, file))
            continue
        if found:
            yield found
        found = Example(role == "bad", (file,))
    if found:
        yield found


def _fences(doc: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each fence of the docstring that names a role and a path."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only tests and `explain` read examples, and it is slow to import

    for token in MarkdownIt().parse(doc):
        if token.type == "fence":
            _, role, path = shlex.split(token.info)
            yield role, (path.removeprefix("path="), token.content)
