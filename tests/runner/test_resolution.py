from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from skillcheck.model import Cause, CauseKind, Environment, Program
from skillcheck.runner.executing import Executor
from skillcheck.runner.folders import Folders
from skillcheck.runner.layout import key
from skillcheck.runner.resolution import Static, resolve
from skillcheck.runner.sandbox import Ended, Sandbox

FIRST_EIGHT = (
    "it takes `prog`, `usage`, `description`, `epilog`, `parents`, `formatter_class`, `prefix_chars`, "
    "`fromfile_prefix_chars`, …"
)
NOT_BOUND = "`n` is not bound when `f` updates it, which makes it a name of its own there"
Laid = Callable[..., tuple[Program, ...]]
Resolved = Callable[[str], Static]


@pytest.fixture
def resolved(laid: Laid, bare: Environment, tmp_path: Path) -> Resolved:
    """Return what is known of the last block of a document."""

    def resolved(document: str) -> Static:
        programs = [program for program in laid(document) if program.unit.language == "python"]
        return resolve(Executor(Sandbox(bare.python), Folders(tmp_path)), programs, bare)[key(programs[-1].unit)]

    return resolved


def python(text: str) -> str:
    return f"```python\n{text}\n```\n\n"


def told(causes: Sequence[Cause]) -> list[tuple[CauseKind, int, int, str, str]]:
    return [(cause.kind, cause.place.line, cause.place.column, cause.fact, cause.remedy) for cause in causes]


def test_statements_have_the_lines_of_the_markdown(resolved: Resolved) -> None:
    assert resolved("# Title\n\n" + python("def f():\n    return (\n        1\n    )")).statements == ((8, 8), (9, 11))


@pytest.mark.parametrize(
    ("text", "line", "column", "fact"),
    [
        ("if:", 6, 3, "this is not Python: invalid syntax"),
        ("x = (", 6, 5, "this is not Python: '(' was never closed"),
        ("if 1:\n  x\n y", 8, 3, "this is not Python: unindent does not match any outer indentation level"),
        ("return 1", 6, 1, "this is not Python: 'return' outside function"),
    ],
)  # fmt: skip
def test_a_syntax_error_is_told_where_it_is(resolved: Resolved, text: str, line: int, column: int, fact: str) -> None:
    syntax = resolved(python(text)).syntax
    assert syntax is not None
    assert told([syntax]) == [(CauseKind.SYNTAX, line, column, fact, "correct it, or tag the block `text`")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import json, os.path\nfrom json import dumps\nfrom xml import dom", []),
        (
            "import jsn",
            [
                (
                    CauseKind.UNDECLARED,
                    6,
                    8,
                    "`jsn` is neither installed nor shown in a block",
                    "declare its distribution in requirements.txt, or show it in a block that starts with `# jsn.py`",
                )
            ],
        ),
        (
            "from json import dmps, zzqqxx",
            [
                (CauseKind.MISSING_ATTRIBUTE, 6, 18, "`json` has no `dmps`", "did you mean `dumps`?"),
                (CauseKind.MISSING_ATTRIBUTE, 6, 24, "`json` has no `zzqqxx`", "import what this release has"),
            ],
        ),
        (
            "from concurrent.futurs import wait\nimport os.zzqqxx",
            [
                (CauseKind.MISSING_MODULE, 6, 31, "`concurrent` has no module `futurs`", "did you mean `futures`?"),
                (CauseKind.MISSING_MODULE, 7, 8, "`os` has no module `zzqqxx`", "import what this release has"),
            ],
        ),
        (
            "from argparse import ArgumentParser\nArgumentParser(dscription='x', zzqqxx=1, prog='x')",
            [
                (
                    CauseKind.EXCEPTION,
                    7,
                    16,
                    "`ArgumentParser` takes no argument `dscription`",
                    "did you mean `description`?",
                ),
                (
                    CauseKind.EXCEPTION,
                    7,
                    32,
                    "`ArgumentParser` takes no argument `zzqqxx`",
                    FIRST_EIGHT,
                ),
            ],
        ),
        (
            "print(one)\nprint(one, two)\nfrom json import dumps\nfrom json import dumps as other",
            [
                (
                    CauseKind.UNBOUND_NAME,
                    6,
                    7,
                    "`one` is not bound",
                    "import or define `one` in the block, or in an earlier one",
                ),
                (
                    CauseKind.UNBOUND_NAME,
                    7,
                    12,
                    "`two` is not bound",
                    "import or define `two` in the block, or in an earlier one",
                ),
            ],
        ),
        (
            "from json import dmps as a\nfrom json import dmps as b",
            [(CauseKind.MISSING_ATTRIBUTE, 6, 18, "`json` has no `dmps`", "did you mean `dumps`?")],
        ),
        ("try:\n    import jsn\nexcept ImportError:\n    jsn = None", []),
        ("import collections\ncollections.OrderedDict(anything=1)\nprint(dict(a=1))", []),
    ],
)
def test_what_is_unresolved_is_told_with_a_remedy(
    resolved: Resolved, text: str, expected: list[tuple[object, ...]]
) -> None:
    static = resolved(python(text))
    assert static.syntax is None
    assert told(static.unresolved) == expected


def test_modules_of_the_project_are_not_looked_for_elsewhere(resolved: Resolved) -> None:
    app = python("# src/app/part.py\nvalue = 1") + '```json title="data.json"\n{}\n```\n\n'
    assert resolved(app + python("from app.part import value\nimport app\nfrom app import part")).unresolved == ()
    (missing,) = resolved(app + python("from app.othr import value")).unresolved
    assert missing.remedy == "show it in a block that starts with `# app/othr.py`"


def test_a_call_says_what_it_takes(resolved: Resolved) -> None:
    (none,) = resolved(python("import contextlib\ncontextlib.aclosing(zzqqxx=1)")).unresolved
    assert none.remedy == "it takes `thing`"


def test_a_call_that_takes_nothing_by_name_says_so(resolved: Resolved) -> None:
    (none,) = resolved(python("import asyncio\nasyncio.Event(loop=None)")).unresolved
    assert none.remedy == "it takes none by name"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"unknown": "OSError: no"}, []),
        (
            {"needs": "_sqlite3"},
            [
                (
                    CauseKind.UNDECLARED,
                    6,
                    8,
                    "`sqlite3` needs `_sqlite3`, which is not installed",
                    "declare the extra, or the distribution, that brings it",
                )
            ],
        ),
    ],
)
def test_a_module_that_cannot_be_imported_is_told_by_what_it_needs(
    resolved: Resolved, monkeypatch: pytest.MonkeyPatch, answer: dict[str, str], expected: list[object]
) -> None:
    said = {"parsed": [{"statements": []}], "resolved": [answer]}
    monkeypatch.setattr(Sandbox, "run", lambda *_, **__: Ended(said, 0))
    assert told(resolved(python("import sqlite3")).unresolved) == expected


def test_an_interpreter_that_says_nothing_proves_nothing(resolved: Resolved, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sandbox, "run", lambda *_, **__: Ended(output="Fatal\nerror"))
    syntax = resolved(python("x = 1")).syntax
    assert syntax is not None
    assert syntax.kind is CauseKind.INTERPRETER
    assert syntax.fact == "the environment's interpreter cannot read the blocks: Fatal error"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import math\ndef f(): return math.pie", [(CauseKind.MISSING_ATTRIBUTE, "`math` has no `pie`")]),
        ("from math import *\ndef f(): return sqroot(4)", [(CauseKind.MISSING_ATTRIBUTE, "`math` has no `sqroot`")]),
        ("from math import *\ndef f(): return sqrt(4)", []),
        ("import os, xml\ndef f(): return os.startfile, xml.dom.minidom", []),
        ("import shutil\ndef f(): shutil.copyfile('a')", [(CauseKind.EXCEPTION, "`copyfile` also needs `dst`")]),
        ("def f(a): pass\ndef g(): f()", [(CauseKind.EXCEPTION, "`f` also needs `a`")]),
        (
            "import asyncio\nasync def f(): asyncio.sleep(1)",
            [(CauseKind.NOT_AWAITED, "`sleep` is async, and its call is never awaited")],
        ),
        ("n = 1\ndef f(): n += 1", [(CauseKind.UNBOUND_NAME, NOT_BOUND)]),
        ("import winreg", [(CauseKind.SURROUNDINGS, "the block needs Windows: only there is a module `winreg`")]),
        (
            "from os import startfile",
            [(CauseKind.SURROUNDINGS, "the block needs Windows: only there is `os.startfile`")],
        ),
    ],
)
def test_what_no_run_has_to_show(resolved: Resolved, text: str, expected: list[tuple[CauseKind, str]]) -> None:
    assert [(cause.kind, cause.fact) for cause in resolved(python(text)).unresolved] == expected


def test_what_another_import_adds_is_there(laid: Laid, bare: Environment, tmp_path: Path) -> None:
    (packages,) = Path(bare.python).parent.parent.glob("lib/*/site-packages")
    (packages / "added_to.py").write_text("class Frame:\n    pass\n")
    (packages / "adding.py").write_text("import added_to\nadded_to.Frame.plot = 1\n")
    document = python("import added_to, adding\ndef f(): added_to.Frame.plot") + python(
        "import added_to\nadded_to.Frame.plot"
    )
    static = resolve(Executor(Sandbox(bare.python), Folders(tmp_path)), laid(document), bare)
    assert [[cause.fact for cause in known.unresolved] for known in static.values()] == [
        [],
        ["`added_to.Frame` has no `plot`"],
    ]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("spark.sql('x')", "the block needs a notebook or shell of Spark, where `spark` is bound already"),
        ("some_call()", "`some_call` stands for what the block's reader has"),
        ("do_something()", "`do_something` stands for what the block's reader has"),
        ("from json import SomeCodec", "`SomeCodec` stands for what the block's reader has"),
    ],
)
def test_what_others_bind_is_not_decided(resolved: Resolved, text: str, fact: str) -> None:
    assert [(cause.kind, cause.fact) for cause in resolved(python(text)).unresolved] == [(CauseKind.SURROUNDINGS, fact)]


@pytest.mark.parametrize(
    ("document", "kinds"),
    [
        ("## MCP tools\n\n" + python("manage(action='get')"), [CauseKind.SURROUNDINGS]),
        ("## MCP tools\n\n### Get it\n\n" + python("x = manage(action='get')"), [CauseKind.SURROUNDINGS]),
        ("## MCP tools\n\n" + python("run(a=1)") + "## Later\n\n" + python("run(a=2)"), [CauseKind.SURROUNDINGS]),
        ("## Tools\n\n" + python("manage(action='get')"), [CauseKind.UNBOUND_NAME]),
        ("## MCP tools\n\n" + python("manage(action)"), [CauseKind.UNBOUND_NAME] * 2),
        ("## MCP tools\n\n" + python("run(a=1)") + "## Later\n\n" + python("run(2)"), [CauseKind.UNBOUND_NAME]),
        ("## MCP tools\n\n" + python("client = Client(a=1)"), [CauseKind.UNBOUND_NAME]),
    ],
)
def test_tools_of_a_server_are_bound_by_nobody(resolved: Resolved, document: str, kinds: list[CauseKind]) -> None:
    assert [cause.kind for cause in resolved(document).unresolved] == kinds
