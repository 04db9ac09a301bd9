"""The rooms and who may import whom, held by reading every import."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import skillcheck

PACKAGE = Path(skillcheck.__file__).parent
ROOMS = {
    "edits",
    "evidence",
    "load",
    "rules",
    "blocks",
    "crew",
    "extract",
    "environments",
    "runner",
    "pack",
    "reporters",
    "rewriting",
    "scaffold",
    "site",
}
BASE = {"disk", "facts", "model"}
STAGES = {"config", "fix", "lint", "telling", "verify"}
DOORS = {"answer", "authoring", "checking", "cli", "hooking", "language_server", "recall", "__main__", "pytest_plugin"}
SPAWNING = {"subprocess", "multiprocessing", "fork"}
TOO_VAGUE = {"utils", "util", "helpers", "helper", "common", "misc"}


def modules() -> Iterator[tuple[Path, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_imported(path: Path) -> set[str]:
    parts = [name.split(".") for name in imports(path)]
    return {part[1] for part in parts if part[0] == "skillcheck" and len(part) > 1}


@pytest.mark.parametrize(("path", "room"), [pytest.param(p, r, id=str(p.relative_to(PACKAGE))) for p, r in modules()])
def test_imports_go_one_way(path: Path, room: str) -> None:
    known = {name.removesuffix(".py") for name in (found.name for found in PACKAGE.iterdir())}
    imported = rooms_imported(path) & known
    if room in BASE:
        assert imported <= {room} | ({"model"} if room == "facts" else set())
    elif room in ROOMS:
        assert imported <= BASE | {room}
    elif room in STAGES or room == "__init__":
        assert imported <= BASE | ROOMS | STAGES
    else:
        assert room in DOORS
        assert imported <= BASE | ROOMS | STAGES | DOORS


@pytest.mark.parametrize(("path", "room"), [pytest.param(p, r, id=str(p.relative_to(PACKAGE))) for p, r in modules()])
def test_only_crew_runner_and_environments_start_processes(path: Path, room: str) -> None:
    called = {
        node.attr for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Attribute)
    }
    used = {name.partition(".")[0] for name in imports(path)} | called
    assert room in {"crew", "runner", "environments"} or not SPAWNING & used


@pytest.mark.parametrize(("path", "room"), [pytest.param(p, r, id=str(p.relative_to(PACKAGE))) for p, r in modules()])
def test_only_the_doors_print_or_exit(path: Path, room: str) -> None:
    called = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert room in DOORS or not called & {"print", "exit", "quit"}


def test_no_room_has_a_name_that_says_nothing() -> None:
    assert not {path.stem for path, _ in modules()} & TOO_VAGUE


def test_the_model_does_no_io() -> None:
    allowed = {"__future__", "collections", "dataclasses", "enum", "operator", "typing", "skillcheck"}
    for path in (PACKAGE / "model").glob("*.py"):
        assert {name.partition(".")[0] for name in imports(path)} <= allowed, path


def test_what_runs_inside_needs_nothing_installed() -> None:
    inside = PACKAGE / "runner" / "inside"
    own = {path.stem for path in inside.glob("*.py")}
    for path in inside.rglob("*.py"):
        assert {name.partition(".")[0] for name in imports(path)} <= set(sys.stdlib_module_names) | own, path
