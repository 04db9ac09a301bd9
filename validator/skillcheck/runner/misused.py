"""What a program calls and takes of what it imports → what of it cannot work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from skillcheck import facts
from skillcheck.model import Call, Cause, CauseKind, Environment, Import, MisuseKind, Program, Use
from skillcheck.runner.missing import ambiguous, instead, offered, since, uncertain

SHOWN = 8
AWAIT = "await it, or hand it to what does"
KINDS = {
    MisuseKind.CALL: CauseKind.EXCEPTION,
    MisuseKind.AWAIT: CauseKind.NOT_AWAITED,
    MisuseKind.NAME: CauseKind.UNBOUND_NAME,
    MisuseKind.ATTRIBUTE: CauseKind.MISSING_ATTRIBUTE,
}
Answer = Mapping[str, Any]


def asked(item: Import | Call | Use) -> dict[str, Any]:
    """Return what the interpreter has to know of an import, a call or a use beyond its module and name."""
    match item:
        case Call():
            keywords = [keyword.name for keyword in item.keywords]
            return {"keywords": keywords, "count": item.count, "open": item.open, "dropped": item.dropped}
        case Use():
            return {"start": item.start, "parts": [part.name for part in item.parts], "beside": [*item.beside]}
    return {"keywords": None}


def misused(program: Program) -> Iterator[Cause]:
    """Yield what reading the program showed to be wrong."""
    return (Cause(KINDS[misuse.kind], misuse.place, misuse.fact, misuse.remedy) for misuse in program.misuses)


def called(call: Call, answer: Answer) -> Iterator[Cause]:
    """Yield the arguments that a function doesn't take or lacks; what else is wrong with it, its import tells."""
    if answer.get("coroutine"):
        fact = f"`{call.attribute}` is async, and its call is never awaited"
        yield Cause(CauseKind.NOT_AWAITED, call.place, fact, AWAIT)
    if "most" in answer:
        most = answer["most"]
        fact = f"`{call.attribute}` takes {most} argument{'' if most == 1 else 's'} by position, not {call.count}"
        yield Cause(CauseKind.EXCEPTION, call.place, fact, "leave out what is too much, or name it")
    if "missing" in answer and not answer.get("keywords"):
        fact = f"`{call.attribute}` also needs {_names(answer['missing'])}"
        yield Cause(CauseKind.EXCEPTION, call.place, fact, "give it what it needs")
    for keyword in call.keywords:
        if keyword.name in answer.get("keywords", {}):
            fact = f"`{call.attribute}` takes no argument `{keyword.name}`"
            takes = _names(name for name in answer["takes"] if name != "self")
            near = answer["keywords"][keyword.name]
            remedy = f"did you mean `{near}`?" if near else f"it takes {takes}" if takes else "it takes none by name"
            yield Cause(CauseKind.EXCEPTION, keyword.place, fact, remedy)


def used(use: Use, answer: Answer, environment: Environment) -> Iterator[Cause]:
    """Yield the attribute that is missing, unless it is there on another platform, or in some programs."""
    if "part" not in answer:
        return  # without its module, of which the import tells
    part, owner = use.parts[answer["part"]], answer["owner"]
    if not facts.elsewhere(owner, part.name):
        if later := facts.later(owner, part.name):
            yield since(later, part.place, f"`{owner}.{part.name}`")
            return
        if others := ambiguous(owner, answer, environment):
            yield uncertain(part.place, f"`{owner}.{part.name}`", others, answer)
            return
        near, gone, fact = answer["near"], facts.gone(owner, part.name), f"`{owner}` has no `{part.name}`"
        remedy = f"did you mean `{near}`?" if near else f"use {offered(owner, environment)}"
        if gone:
            fact, remedy = f"{fact} since Python {gone.since}", instead(gone)
        yield Cause(CauseKind.MISSING_ATTRIBUTE, part.place, fact, remedy)


def _names(names: Iterable[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    return ", ".join(quoted[:SHOWN]) + (", …" if len(quoted) > SHOWN else "")
