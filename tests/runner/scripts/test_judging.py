"""What a runtime wrote and how it ended → the verdict; no runtime is needed for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from skillcheck.model import CauseKind, Program
from skillcheck.runner.layout import Layout
from skillcheck.runner.memory import Run
from skillcheck.runner.sandbox import Ended
from skillcheck.runner.scripts.judging import judged

Laid = Callable[[str], tuple[Program, ...]]
Judge = Callable[..., Run]
FILE = "/tmp/x/demo_block.cjs"  # noqa: S108 - nothing is written there
TEXT = """const limit = 3;
function f(x) {
  return x.y;
}
f(null);
f(process.env.KEY.length); // breaks without it
// throws
f(1);
"""
"""Its first line is the sixth of the Markdown."""


@pytest.fixture
def judge(laid: Laid) -> Judge:
    def judge(output: str, status: int | None = 1, directive: str = "", **said: object) -> Run:
        comment = f"<!-- skillcheck: {directive} -->\n" if directive else "\n"
        (program,) = laid(f"{comment}```js\n{TEXT}```\n")
        assert program.unit.block.line == 7
        layout = Layout({"path": ["/tmp/x"]}, {FILE: (program.unit,)}, frozenset({FILE}))  # noqa: S108
        ended = Ended.of({"status": status, **said}, output.replace("FILE", FILE))
        return judged(program.unit, layout, ended, 2.5)

    return judge


def seen(run: Run) -> tuple[CauseKind | None, int, int, str, str]:
    if run.cause is None:
        return None, 0, 0, "", run.excuse
    return run.cause.kind, run.cause.place.line, run.cause.place.column, run.cause.fact, run.excuse


def test_the_end_is_a_pass(judge: Judge) -> None:
    assert judge("TypeError: told, and handled\n", 0) == Run()


FAILURES = [
    pytest.param(
        "FILE:9\n  return x.y;\n           ^\n\nTypeError: no y\n    at f (FILE:9:12)\n    at node:internal/x:1:2\n",
        (CauseKind.EXCEPTION, 9, 12, "TypeError: no y"),
        id="node",
    ),
    pytest.param(
        "error: Uncaught (in promise) RangeError: far\n    at file://FILE:11:1\n",
        (CauseKind.EXCEPTION, 11, 1, "RangeError: far"),
        id="deno",
    ),
    pytest.param("error: plain\n      at FILE:11:3\n", (CauseKind.EXCEPTION, 11, 3, "Error: plain"), id="bun"),
    pytest.param(
        "FILE:8\nfunction f(x\n    ^\n\nSyntaxError: odd\n    at node:internal/x:1:2\n",
        (CauseKind.EXCEPTION, 8, 5, "SyntaxError: odd"),
        id="only a line and a caret",
    ),
    pytest.param("FILE:8\n\nError:\n", (CauseKind.EXCEPTION, 8, 1, "Error"), id="no caret and no message"),
    pytest.param("Error: of nowhere\n", (CauseKind.EXCEPTION, 7, 1, "Error: of nowhere"), id="no place"),
    pytest.param(
        "ReferenceError: Cannot access 'b' before initialization\n    at FILE:7:3\n",
        (CauseKind.UNBOUND_NAME, 7, 3, "ReferenceError: Cannot access 'b' before initialization"),
        id="too early",
    ),
    pytest.param(
        "SyntaxError: The requested module 'node:fs' does not provide an export named 'nope'\n    at FILE:7:3\n",
        (
            CauseKind.MISSING_ATTRIBUTE,
            7,
            3,
            "SyntaxError: The requested module 'node:fs' does not provide an export named 'nope'",
        ),
        id="no such export",
    ),
    pytest.param(
        "Error: EFBIG: file too large, write\n    at FILE:7:3\n",
        (CauseKind.LIMIT, 7, 3, "the block writes a larger file than it may: Error: EFBIG: file too large, write"),
        id="writes too much",
    ),
    pytest.param(
        "RangeError: Array buffer allocation failed\n    at FILE:7:3\n",
        (CauseKind.LIMIT, 7, 3, "RangeError: Array buffer allocation failed"),
        id="takes too much",
    ),
    pytest.param("", (CauseKind.EXIT, 7, 1, "the block exits with status 1"), id="says nothing"),
]


@pytest.mark.parametrize(("output", "expected"), FAILURES)
def test_an_error_of_its_own_is_a_failure(judge: Judge, output: str, expected: tuple[CauseKind, int, int, str]) -> None:
    assert seen(judge(output)) == (*expected, "")


EXCUSED = [
    ("ReferenceError: db is not defined\n", "it needs `db`"),
    ("ReferenceError: Can't find variable: db\n", "it needs `db`"),
    ("Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'zod' imported from FILE\n", "it needs the module `zod`"),
    (
        "Error: Cannot find module './x'\nRequire stack:\n- FILE {\n  code: 'MODULE_NOT_FOUND'\n",
        "it needs the module `./x`",
    ),
    ("Error: Invalid package config /p {\n  code: 'ERR_INVALID_PACKAGE_CONFIG'\n}\n", "it needs a whole package.json"),
    ('TypeError: The "id" argument must be of type string. Received\n', "it needs a loader of AMD modules"),
    ("SyntaxError [ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX]: enum\n", "it needs a compiler of TypeScript"),
    (
        "SyntaxError: Identifier 'a' has already been declared\n",
        "it needs a whole around it: Identifier 'a' has already been declared",
    ),
    ("[TypeError: fetch failed] {\n  [cause]: Error: getaddrinfo EAI_AGAIN example.com\n", "it needs the network"),
    ("Error: connect ECONNREFUSED 127.0.0.1:5432\n", "it needs a server that isn't there"),
    ("Error: ENOENT: no such file or directory, open 'a'\n", "it needs a file that isn't there"),
    ("ENOENT: no such file or directory, open 'a'\n", "it needs a file that isn't there"),
    ("TypeError: Failed to parse URL from /api\n", "it needs the address of a page"),
    ("Error: KEY is missing\n", "it needs `KEY` in its environment"),
    ("Error: not configured\n", "it needs `KEY` in its environment"),
    ("TypeError: no length\n    at FILE:12:19\n", "it needs `KEY` in its environment"),
    ("RangeError: odd\n    at f (FILE:14:1)\n", "it shows an error: RangeError: odd"),
]


@pytest.mark.parametrize(("output", "excuse"), EXCUSED)
def test_a_fragment_is_excused(judge: Judge, output: str, excuse: str) -> None:
    assert judge(output).excuse == excuse
    assert judge(output).cause is not None


def test_an_error_that_a_comment_names_is_shown(laid: Laid) -> None:
    (program,) = laid("```js\nfunction f() {\n  f();\n}\nf(); // RangeError: too deep\n```\n")
    layout = Layout({"path": ["/tmp/x"]}, {FILE: (program.unit,)}, frozenset({FILE}))  # noqa: S108
    ended = Ended(status=1, output=f"RangeError: too deep\n    at f ({FILE}:7:3)\n")
    assert judged(program.unit, layout, ended, 1).excuse == "it shows an error: RangeError: too deep"


def test_arguments_are_an_excuse(laid: Laid) -> None:
    (program,) = laid("```js\nif (!process.argv[2]) process.exit(2);\n```\n")
    layout = Layout({"path": ["/tmp/x"]}, {}, frozenset())  # noqa: S108
    assert judged(program.unit, layout, Ended(status=2), 1).excuse == "it needs arguments"


def test_what_does_not_end_is_stopped(judge: Judge) -> None:
    assert seen(judge("", -9, timeout=True)) == (CauseKind.TIMEOUT, 7, 1, "the block does not end within 2.5 s", "")
    served = seen(judge("up\n", -9, timeout=True, listening=True))
    assert served == (CauseKind.TIMEOUT, 7, 1, "the block still serves after 2.5 s", "it serves until it is stopped")


@pytest.mark.parametrize(("worked", "excuse"), [(2, ""), (0.1, "it waits, or goes on, until it is stopped")])
def test_what_waits_for_its_next_turn_is_a_fragment(laid: Laid, worked: float, excuse: str) -> None:
    (program,) = laid("```js\nsetInterval(() => typeof SDK, 100);\n```\n")
    ended = Ended(said={"worked": worked}, status=-9, timeout=True)
    run = judged(program.unit, Layout({"path": ["/tmp/x"]}, {}, frozenset()), ended, 2.5)  # noqa: S108
    assert (run.cause is not None, run.excuse) == (True, excuse)


@pytest.mark.parametrize(
    ("status", "output", "kind", "fact"),
    [
        (-6, "FATAL ERROR: JavaScript heap out of memory", CauseKind.LIMIT, "the block uses more memory than it may"),
        (-11, "", CauseKind.LIMIT, "the block uses more memory than it may"),
        (-11, "said\n", CauseKind.SIGNAL, "the block is killed by SIGSEGV"),
        (-9, "", CauseKind.LIMIT, "the block is killed by SIGKILL"),
        (None, "", CauseKind.SIGNAL, "the block ended its own watcher"),
    ],
)
def test_signals_are_told(judge: Judge, status: int | None, output: str, kind: CauseKind, fact: str) -> None:
    assert seen(judge(output, status)) == (kind, 7, 1, fact, "")


def test_an_error_can_be_expected(judge: Judge) -> None:
    assert judge("TypeError: x\n", 1, "raises=TypeError") == Run()
    assert seen(judge("", 0, "raises=TypeError"))[3] == "the block runs to its end, but must raise TypeError"
    assert seen(judge("Error: x\n", 1, "raises=TypeError"))[3] == "the block raises Error, but must raise TypeError"
