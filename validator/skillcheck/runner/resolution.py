"""Programs → what static reading and the environment's own interpreter say of them, before any is run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from skillcheck import facts
from skillcheck.model import Call, Cause, CauseKind, Environment, File, Import, Name, Program, Unit, Use
from skillcheck.runner import words
from skillcheck.runner.cache import content_hash
from skillcheck.runner.executing import Executor
from skillcheck.runner.layout import Key, key, module_names, paths_of, place
from skillcheck.runner.missing import judged
from skillcheck.runner.misused import asked, called, misused, used
from skillcheck.runner.modern import needed
from skillcheck.runner.surroundings import SAY_SO

SECONDS = 120.0
MCP = re.compile(r"\bMCP (?:server )?tools?\b", re.IGNORECASE)
Answer = Mapping[str, Any]
Item = Import | Call | Use


@dataclass(frozen=True, slots=True)
class Static:
    """What is known of a Python unit before it is run: its syntax error or its statements, and what is unresolved.

    `statements` are first and last Markdown line of each executable statement.
    """

    syntax: Cause | None = None
    statements: tuple[tuple[int, int], ...] = ()
    unresolved: tuple[Cause, ...] = ()

    @property
    def foreseen(self) -> frozenset[int]:
        """The Markdown lines at which it must fail when it is run, by what the interpreter says without running it."""
        return frozenset(cause.place.line for cause in self.unresolved)


def resolve(executor: Executor, programs: Sequence[Program], environment: Environment) -> dict[Key, Static]:
    """Return what is known of each Python program; only the environment's own modules are imported for it."""
    ended = executor.probe(question(programs), SECONDS, bundled(programs))
    return answered(programs, environment, ended.said, ended.output)


def question(programs: Sequence[Program]) -> dict[str, Any]:
    """Return the job that asks the environment's interpreter about the programs."""
    return {
        "kind": "probe",
        "sources": [program.unit.block.text for program in programs],
        "wanted": [_asked(item, program) for program in programs for item in _asked_for(program)],
        "bundled": {file.path: content_hash(file) for file in bundled(programs)},
    }


def bundled(programs: Iterable[Program]) -> tuple[File, ...]:
    """Return what of the skill's own files the programs import."""
    return tuple({file.path: file for program in programs for file in program.bundled.files}.values())


def answered(
    programs: Sequence[Program], environment: Environment, said: Answer, output: str = ""
) -> dict[Key, Static]:
    """Return what the interpreter's answer says of each program; where it said nothing, its `output` tells why."""
    wanted = [item for program in programs for item in _asked_for(program)]
    answers = dict(zip(map(id, wanted), said.get("resolved", ()), strict=False))
    tools = _tools(programs)
    parsed: Iterable[Answer] = said.get("parsed", ()) or ({"unread": output} for _ in programs)
    return {
        key(program.unit): _static(program, environment, answer, answers, tools)
        for program, answer in zip(programs, parsed, strict=True)
    }


def _asked_for(program: Program) -> Iterator[Item]:
    """Yield what the interpreter is asked about: what is not of the project, and what may be of it or of another."""
    yield from _wanted(program)
    yield from _parts(program)


def _wanted(program: Program) -> Iterator[Item]:
    shown = set(_modules(program))
    items: tuple[Item, ...] = (*program.imports, *program.calls, *program.uses)
    for item in items:
        if item.module.partition(".")[0] not in shown:
            yield item


def _modules(program: Program) -> Iterator[str]:
    for unit in program.files:
        for path in paths_of(unit) if unit.language == "python" else ():
            yield from (name.partition(".")[0] for name in module_names(path))


def _asked(item: Item, program: Program) -> dict[str, Any]:
    folders = program.bundled.folders if item.module.partition(".")[0] in program.bundled.roots else ()
    return {"module": item.module, "attribute": item.attribute, "folders": [*folders], **asked(item)}


def _static(
    program: Program, environment: Environment, parsed: Answer, answers: Mapping[int, Answer], tools: AbstractSet[str]
) -> Static:
    unit = program.unit
    if "unread" in parsed:
        return Static(syntax=_unread(unit, parsed["unread"]))
    if "error" in parsed:
        return Static(syntax=_syntax(unit, parsed))
    first = unit.block.line - 1
    statements = tuple((first + begin, first + end) for begin, end in parsed["statements"])
    withheld = {name.name: giver for name, giver in program.withheld}
    text = unit.block.text
    blanks = _to_fill_in(text) | (tools & _by_keywords(text)) if program.unbound else frozenset[str]()
    unbound = [_unbound(name, withheld.get(name.name), blanks) for name in program.unbound]
    unresolved = (*unbound, *_missing_parts(program, answers), *_told(program, environment, answers), *misused(program))
    return Static(statements=statements, unresolved=tuple(_first_of_each(unresolved)))


def _tools(programs: Iterable[Program]) -> frozenset[str]:
    """Return what is called as tools of a server are, below a heading that speaks of them, and is bound nowhere."""
    below = [program for program in programs if program.unbound and MCP.search(" ".join(program.unit.block.headings))]
    unbound = {name.name for program in below for name in program.unbound}
    called = (_by_keywords(program.unit.block.text) & unbound for program in below)
    return frozenset(name for names in called for name in names if name[:1].islower())


def _by_keywords(text: str) -> frozenset[str]:
    """Return the names that are called, and with nothing but keywords."""
    made = [node for node in _nodes(text) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    named = frozenset(node.func.id for node in made if isinstance(node.func, ast.Name) and node.keywords)
    return named - {node.func.id for node in made if isinstance(node.func, ast.Name) and node.args}


def _nodes(text: str) -> Iterator[ast.AST]:
    try:
        yield from ast.walk(ast.parse(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # another interpreter reads it
        return


def _to_fill_in(text: str) -> frozenset[str]:
    """Return the names that stand alone in braces, in capitals: a set of one constant is what nobody means."""
    sets = [node.elts for node in _nodes(text) if isinstance(node, ast.Set)]
    return frozenset(one.id for one, *more in sets if not more and isinstance(one, ast.Name) and one.id.isupper())


def _unbound(name: Name, shown: Unit | None, blanks: AbstractSet[str]) -> Cause:
    """Return the cause of a name that nothing binds, or only an earlier unit which is not run."""
    if words.YOUR_OWN.match(name.name) or name.name in blanks:
        fact = f"`{name.name}` stands for what the block's reader has"
        return Cause(CauseKind.SURROUNDINGS, name.place, fact, f"bind it in the block, {SAY_SO}")
    if shown is None and (host := facts.host(name.name)):
        fact = f"the block needs {host}, where `{name.name}` is bound already"
        return Cause(CauseKind.SURROUNDINGS, name.place, fact, f"bind it in the block, {SAY_SO}")
    if shown is None:
        return Cause(CauseKind.UNBOUND_NAME, name.place, f"`{name.name}` is not bound", _bind(name.name))
    where = place(shown, shown.block.line)
    fact = f"`{name.name}` is bound by the block at {where} alone, which is not run ({shown.reason})"
    return Cause(CauseKind.BLOCKED, name.place, fact, f"bind `{name.name}` in the block, or show that one whole")


def _bind(name: str) -> str:
    return f"import or define `{name}` in the block, or in an earlier one"


def _syntax(unit: Unit, parsed: Answer) -> Cause:
    lines = unit.block.text.count("\n") + 1
    line = unit.block.line - 1 + min(parsed["line"], lines)
    where = place(unit, line, parsed["column"])
    if later := needed(unit.block.text):
        fact = f"the block needs Python {later}, by its syntax: {parsed['error'][:1].lower()}{parsed['error'][1:]}"
        return Cause(CauseKind.SURROUNDINGS, where, fact, f"run it with `--python {later}`, {SAY_SO}")
    fact = f"this is not Python: {parsed['error'][:1].lower()}{parsed['error'][1:]}"
    return Cause(CauseKind.SYNTAX, where, fact, "correct it, or tag the block `text`")


def _unread(unit: Unit, output: str) -> Cause:
    fact = f"the environment's interpreter cannot read the blocks: {' '.join(output.split())[-300:]}"
    remedy = "use a Python that works, 3.11 or later"
    return Cause(CauseKind.INTERPRETER, place(unit, unit.block.line), fact, remedy)


def _parts(program: Program) -> Iterator[Import]:
    """Yield the imports of modules that would be the example project's by their first name, and that no block shows."""
    names = {name for unit in program.files for path in paths_of(unit) for name in module_names(path)}
    roots = set(_modules(program))
    packages = {name.rsplit(".", count)[0] for name in names for count in range(name.count(".") + 1)}
    for item in program.imports:
        root = item.module.partition(".")[0]
        if root in roots.difference(program.bundled.roots) and item.module not in packages and not item.guarded:
            yield item


def _missing_parts(program: Program, answers: Mapping[int, Answer]) -> Iterator[Cause]:
    """Tell imports from the example project of modules that no block shows, and that nothing installed has either."""
    for item in _parts(program):
        known = facts.distribution(item.module)
        if answers.get(id(item)) == {}:
            continue
        if known is not None:
            fact = f"`{item.module}` is not installed"
            yield Cause(CauseKind.UNDECLARED, item.place, fact, f"declare `{known}` in requirements.txt")
            continue
        fact = f"no block shows the module `{item.module}`"
        remedy = f"show it in a block that starts with `# {item.module.replace('.', '/')}.py`"
        yield Cause(CauseKind.MISSING_MODULE, item.place, fact, remedy)


def _told(program: Program, environment: Environment, answers: Mapping[int, Answer]) -> Iterator[Cause]:
    for item in _wanted(program):
        answer = answers.get(id(item), {})
        if not answer or "unknown" in answer or (isinstance(item, Import) and item.guarded):
            continue
        match item:
            case Call():
                yield from called(item, answer)
            case Use():
                yield from used(item, answer, environment)
            case _:
                yield judged(item, answer, environment)


def _first_of_each(causes: Iterable[Cause]) -> Iterator[Cause]:
    seen: set[tuple[CauseKind, str]] = set()
    for cause in causes:
        if (cause.kind, cause.fact) not in seen:
            seen.add((cause.kind, cause.fact))
            yield cause
