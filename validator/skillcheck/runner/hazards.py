"""Program and loaded modules → whether its passing in a warm process proves that it passes in a cold one."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from skillcheck.model import Program, Role
from skillcheck.runner.layout import module_name, paths_of

# What a program changes that other modules read once, when they are imported or the process starts.
SETTLED = re.compile(
    r"\benviron\b\s*(?:\[[^\]\n]*\]\s*\|?=(?!=)|\.\s*(?:update|setdefault|pop|clear)\b|\|=)|\bdel\s+(?:os\s*\.\s*)?environ\b"
    r"|\b(?:put|unset)env\b|\bimport\s+environ\b|\bsys\s*\.\s*(?:modules|meta_path|path_hooks)\b"
    r"|\bsys\s*\.\s*path\s*(?:\.\s*\w+\s*\(|\[|\+?=(?!=))|\breload\b|\bset_event_loop_policy\b|\bset_start_method\b"
    r"|\bsettrace\b|\bsetlocale\b|\bimport\s+(?:gc|tracemalloc)\b|\bfrom\s+gc\b"
)
ALWAYS = frozenset({"os.path"})
Borrowed = tuple[str, str]


def shared(programs: Iterable[Program]) -> tuple[str, ...]:
    """Return the modules outside the example project that at least two programs import, the most wanted first.

    What a file of the project imports, every program does that uses the project.
    """
    wanted: dict[str, int] = {}
    for program in programs:
        own = set(project(program))
        for module in {item.module for item in program.imports}:
            if module.partition(".")[0] not in own:
                wanted[module] = wanted.get(module, 0) + (2 if program.unit.role is Role.FILE else 1)
    return tuple(sorted((name for name, count in wanted.items() if count > 1), key=lambda name: (-wanted[name], name)))


def is_plain(program: Program) -> bool:
    """Whether a program imports no more than comes with Python: what files of a project import is not looked at."""
    roots = {item.module.partition(".")[0] for item in program.imports}
    return not [*project(program)] and roots <= sys.stdlib_module_names


def parses(program: Program) -> bool:
    """Whether this interpreter can read the block; another one may still find fault with it."""
    return _read(program.unit.block.text) is not None


def hazardous(
    program: Program, loaded: frozenset[str], innocent: Callable[[], frozenset[Borrowed]] = frozenset
) -> bool:
    """Whether `program` may pass only because `loaded` modules were there before it began.

    `innocent` gives attributes that are there whenever their module is imported, known from a cold process.
    """
    if set(project(program)) & loaded or any(SETTLED.search(text) for text in _texts(program)):
        return True
    found = borrowed(program, loaded)
    return bool(found) and not found <= innocent()


def borrowed(program: Program, loaded: frozenset[str]) -> frozenset[Borrowed]:
    """Return the loaded submodules that `program` reads as attributes without importing them, with what it imports."""
    return frozenset(found for text in _texts(program) for found in _borrows(text, loaded))


def project(program: Program) -> Iterator[str]:
    """Yield the roots of the modules that are the program's own: of the example project, and beside SKILL.md."""
    yield from program.bundled.roots
    for unit in program.files:
        for name in map(module_name, paths_of(unit) if unit.language == "python" else ()):
            if name:
                yield name.partition(".")[0]


def _texts(program: Program) -> Iterator[str]:
    yield from (segment.text for segment in program.segments)
    yield program.unit.block.text
    yield from (unit.block.text for unit in program.files if unit.language == "python")


def _borrows(text: str, loaded: frozenset[str]) -> Iterator[Borrowed]:
    read = _read(text)
    if read is None:
        yield "", text  # unknown, so never innocent
        return
    for start, module in read:
        if module in loaded:
            yield start, module


@lru_cache(maxsize=65_536)
def _read(text: str) -> frozenset[Borrowed] | None:
    """Return the dotted names that a text reads of what it imports and does not import; None where it is not Python."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    imported = dict(_imported(tree))
    known = {*imported.values(), *ALWAYS}
    chains = (_dotted(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    starts = ((imported[root], rest) for root, *rest in filter(None, chains) if imported.get(root))
    read = ((start, ".".join([start, *rest[: count + 1]])) for start, rest in starts for count in range(len(rest)))
    return frozenset(pair for pair in read if pair[1] not in known)


def _imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield each name that an import binds with its module; a dotted import is named under itself too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                root = alias.name.partition(".")[0]
                yield from ((alias.asname, alias.name),) if alias.asname else ((root, root), (alias.name, alias.name))
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((alias.asname or alias.name, f"{node.module}.{alias.name}") for alias in node.names)


def _dotted(node: ast.expr) -> list[str]:
    """Return the names of `a.b.c`, nothing for a chain that begins otherwise."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return [node.id, *reversed(names)] if isinstance(node, ast.Name) else []
