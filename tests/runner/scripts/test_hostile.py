"""Scripts that mean harm, with the real node and the real shell: each is contained and never told as a pass."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable

import pytest

from skillcheck.model import CauseKind, Environment, Level, Outcome
from skillcheck.runner import Options, Proof
from skillcheck.runner.sandbox import Limits, Sandbox, private_folder

Proved = Callable[..., Proof]
HARMFUL_SCRIPTS = [
    pytest.param("require('fs').readFileSync('/etc/shadow')", {CauseKind.EXCEPTION}, id="reads passwords"),
    pytest.param("require('fs').writeFileSync('/tmp/skillcheck-was-here', '')", {CauseKind.EXCEPTION}, id="writes"),
    pytest.param("require('fs').appendFileSync(process.execPath, '')", {CauseKind.EXCEPTION}, id="changes its runtime"),
    pytest.param("for (;;) ;", {CauseKind.TIMEOUT}, id="loops"),
    pytest.param(
        "const a = []; for (;;) a.push(Buffer.alloc(1 << 24, 1))",
        {CauseKind.LIMIT, CauseKind.TIMEOUT},
        id="takes memory",
    ),
    pytest.param(
        "const s = 'x'.repeat(1 << 20); for (;;) require('fs').writeSync(1, s)",
        {CauseKind.LIMIT, CauseKind.TIMEOUT},
        id="writes without end",
    ),
    pytest.param(
        "for (;;) require('child_process').spawn(process.execPath, [__filename])",
        {CauseKind.TIMEOUT, CauseKind.LIMIT, CauseKind.EXCEPTION, CauseKind.SIGNAL},
        id="forks",
    ),
    pytest.param("process.kill(process.ppid, 'SIGKILL'); for (;;) ;", set(CauseKind), id="kills its watcher"),
    pytest.param("process.kill(process.pid, 'SIGKILL')", {CauseKind.LIMIT}, id="kills itself"),
]
HARMFUL_SHELL = [
    pytest.param("cat /etc/shadow", {CauseKind.EXIT}, id="reads passwords"),
    pytest.param("echo > /tmp/skillcheck-was-here", {CauseKind.EXIT}, id="writes"),
    pytest.param("echo >> /usr/bin/env", {CauseKind.EXIT}, id="changes the system"),
    pytest.param(":(){ :|:& };:\nwait\nsleep 60", {CauseKind.TIMEOUT, CauseKind.EXIT, CauseKind.LIMIT}, id="forks"),
    pytest.param("yes", {CauseKind.LIMIT}, id="writes without end"),
    pytest.param("while :; do :; done", {CauseKind.TIMEOUT, CauseKind.LIMIT, CauseKind.EXIT}, id="loops"),
    pytest.param("kill -9 $PPID; sleep 60", set(CauseKind), id="kills its watcher"),
    pytest.param("exec 3<>/dev/tcp/1.1.1.1/80", {CauseKind.EXIT, CauseKind.NETWORK}, id="connects"),
]


@pytest.mark.usefixtures("node", "landlock", "namespaces")
@pytest.mark.parametrize(("text", "kinds"), HARMFUL_SCRIPTS)
def test_scripts_are_contained(proved: Proved, text: str, kinds: set[CauseKind]) -> None:
    begin = time.monotonic()
    (result,) = proved(f"```js\n{text}\n```\n", Options(seconds=3), Environment("")).results
    assert result.outcome is Outcome.FAILED
    assert {cause.kind for cause in result.causes} <= kinds
    assert time.monotonic() - begin < 30


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.usefixtures("landlock", "namespaces")
@pytest.mark.parametrize(("text", "kinds"), HARMFUL_SHELL)
def test_the_shell_is_contained(proved: Proved, text: str, kinds: set[CauseKind]) -> None:
    begin = time.monotonic()
    (result,) = proved(f"<!-- skillcheck: run -->\n```bash\n{text}\n```\n", Options(seconds=3), Environment("")).results
    seen = {cause.kind for cause in result.causes}
    assert result.outcome is (Outcome.ERROR if seen == {CauseKind.NETWORK} else Outcome.FAILED)
    assert seen <= kinds
    assert time.monotonic() - begin < 30


@pytest.mark.usefixtures("node", "namespaces")
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("fetch('https://example.com')", "it needs the network"),
        ("require('http').get('http://127.0.0.1:9')", "it needs a server that isn't there"),
        ("require('http').createServer(() => {}).listen(3000)", "it serves until it is stopped"),
        ("setInterval(() => typeof SDK !== 'undefined', 100)", "it waits, or goes on, until it is stopped"),
    ],
)
def test_what_needs_others_is_no_pass(proved: Proved, text: str, reason: str) -> None:
    (result,) = proved(f"```js\n{text}\n```\n", Options(seconds=3)).results
    assert (result.level, result.outcome, result.reason) == (Level.PARSED, Outcome.PASSED, reason)


@pytest.mark.usefixtures("node")
def test_memory_is_bounded(bare: Environment) -> None:
    with private_folder() as folder:
        (folder / "x.cjs").write_text("const a = []; for (;;) a.push(Buffer.alloc(1 << 24, 1))", encoding="utf-8")
        limits = Limits(seconds=20, memory=512, reserved=False)
        job = {"kind": "command", "argv": [shutil.which("node"), str(folder / "x.cjs")]}
        ended = Sandbox(bare.python, limits).run(folder, job)
    assert ended.status != 0
    assert ended.memory < 700 << 20


@pytest.mark.usefixtures("node")
def test_reserved_memory_does_not_count(proved: Proved) -> None:
    (result,) = proved("```js\nconsole.log(new WebAssembly.Memory({ initial: 1 }).buffer.byteLength)\n```\n").results
    assert (result.level, result.output) == (Level.RAN, "65536\n")


@pytest.mark.usefixtures("node")
def test_real_errors_stand_at_their_place(proved: Proved) -> None:
    text = "> ```js\n> import { sep } from 'node:path';\n> const a = null;\n> console.log(a.b, sep);\n> ```\n"
    (result,) = proved(text).results
    (cause,) = result.causes
    assert (cause.place.line, cause.place.column) == (8, 17)
    assert cause.fact.startswith("TypeError: Cannot read properties of null")
