"""Blocks that mean harm: each is contained, ends in bounded time, and is never told as passed where it did not run."""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from skillcheck.model import Environment
from skillcheck.runner.sandbox import Ended, Limits, Sandbox, private_folder
from skillcheck.runner.warm import Warm

LIMITS = Limits(seconds=3, memory=512, file_size=8, files=64, processes=48)
Attack = Callable[[str], Ended]


@pytest.fixture(scope="session", params=["cold", "warm"])
def attack(request: pytest.FixtureRequest, bare: Environment) -> Iterator[Attack]:
    """Run a text as a block, in a process of its own or as a fork of a warm one."""
    sandbox = Sandbox(bare.python, LIMITS)
    with private_folder() as base, Warm(sandbox, base, ("json", "socket")) as warm:
        assert warm.usable

        def run(text: str) -> Ended:
            with private_folder(base) as folder:
                path = folder / "block.py"
                path.write_text(text, encoding="utf-8")
                segments = [{"file": str(path), "line": 1, "text": text}]
                job = {"kind": "script", "path": [str(folder)], "segments": segments, "watch": [f"{folder}/"]}
                return warm.run(sandbox, folder, job) if request.param == "warm" else sandbox.run(folder, job)

        yield run


def raised(ended: Ended) -> str:
    return str((ended.said.get("raised") or {}).get("type", ""))


def passed(ended: Ended) -> bool:
    return ended.status == 0 and "lines" in ended.said and not raised(ended) and not ended.said.get("exit")


CALL = "import ctypes, errno\nlibc = ctypes.CDLL(None, use_errno=True)\n"
REFUSED = [
    pytest.param("open('/etc/shadow').read()", "PermissionError", id="reads passwords"),
    pytest.param("open('/proc/1/environ').read()", "PermissionError", id="reads another process's environment"),
    pytest.param("import os\nopen(f'/proc/{os.getppid()}/mem', 'rb').read(1)", "", id="reads its parent's memory"),
    pytest.param("open('/tmp/skillcheck-was-here', 'w')", "PermissionError", id="writes beside its folder"),
    pytest.param("open('/usr/lib/skillcheck-was-here', 'w')", "PermissionError", id="writes to the system"),
    pytest.param("import os, sys\nopen(os.__file__, 'a')", "PermissionError", id="changes the interpreter"),
    pytest.param("import os\nos.symlink('/etc', 'e')\nopen('e/shadow').read()", "PermissionError", id="goes by a link"),
    pytest.param("import os\nos.link('/etc/hostname', 'h')\nopen('h').read()", "", id="goes by a hard link"),
    pytest.param("import os\nos.chdir('/root')\nos.listdir('.')", "PermissionError", id="looks into a home"),
    pytest.param("open('/proc/self/root/etc/shadow').read()", "PermissionError", id="goes by its root"),
    pytest.param("open('/dev/sda', 'rb')", "", id="reads a disk"),
    pytest.param("import socket\nsocket.create_connection(('192.0.2.1', 80), 1)", "OSError", id="connects by TCP"),
    pytest.param(
        "import socket\ns = socket.socket(2, 2)\ns.sendto(b'x', ('192.0.2.1', 53))", "OSError", id="sends UDP"
    ),
    pytest.param("import socket\nsocket.getaddrinfo('example.org', 80)", "gaierror", id="asks for a name"),
    pytest.param("import socket\nsocket.socket(17, 3)", "OSError", id="opens a packet socket"),
    pytest.param("import socket\nsocket.socket(40, 1)", "OSError", id="opens a virtual machine's socket"),
    pytest.param("import os\nos.setuid(4242)", "OSError", id="becomes somebody else"),
    pytest.param("import os\nos.chroot('.')", "PermissionError", id="changes its root"),
    pytest.param("import os\nos.mknod('d', 0o60600, os.makedev(8, 0))", "PermissionError", id="makes a device"),
    pytest.param("import os\nos.nice(-5)", "PermissionError", id="takes precedence"),
    pytest.param(
        "import os\nos.sethostname('x')" if hasattr(os, "sethostname") else "import socket\nsocket.sethostname('x')",
        "PermissionError",
        id="renames the machine",
    ),
    pytest.param("x = bytearray(4 << 30)", "MemoryError", id="takes memory"),
    pytest.param("f = open('f', 'wb')\nfor _ in range(64): f.write(bytes(1 << 20))", "OSError", id="fills the disk"),
    pytest.param("fs = [open('/dev/null') for _ in range(100)]", "OSError", id="opens files without end"),
]
CALLS = [
    pytest.param("libc.ptrace(16, 1, 0, 0)", id="ptrace"),
    pytest.param("libc.mount(b'none', b'/mnt', b'tmpfs', 0, None)", id="mount"),
    pytest.param("libc.unshare(0x10000000)", id="unshare"),
    pytest.param("libc.setns(0, 0)", id="setns"),
    pytest.param("libc.reboot(0)", id="reboot"),
    pytest.param("libc.syscall(321, 0, 0, 0)", id="bpf"),
    pytest.param("libc.syscall(425, 8, 0)", id="io_uring"),
    pytest.param("libc.syscall(298, 0, 0, -1, -1, 0)", id="perf"),
    pytest.param("libc.process_vm_readv(1, 0, 0, 0, 0, 0)", id="process_vm_readv"),
    pytest.param("libc.ioctl(1, 0x5412, b'x')", id="types into the terminal"),
]


@pytest.mark.parametrize(("text", "kind"), REFUSED)
def test_what_is_refused_raises(attack: Attack, text: str, kind: str) -> None:
    ended = attack(text)
    assert not passed(ended)
    assert kind in {"", *(ended.said.get("raised") or {}).get("types", ())}, ended.output
    assert not Path("/tmp/skillcheck-was-here").exists()  # noqa: S108 - where the block tried to write


@pytest.mark.parametrize("call", CALLS)
def test_system_calls_of_escapes_are_refused(attack: Attack, call: str) -> None:
    ended = attack(f"{CALL}assert {call} == -1\nassert ctypes.get_errno() in (errno.EPERM, errno.ENOSYS)")
    assert passed(ended), ended.output


FEIGNED = [
    pytest.param("import os\nos._exit(0)", id="ends itself"),
    pytest.param("import os\nos.kill(os.getpid(), 9)", id="kills itself"),
    pytest.param("import os\nos.kill(os.getpid(), 15)", id="terminates itself"),
    pytest.param("import os\nos.execv('/bin/true', ['true'])", id="becomes another program"),
    pytest.param(
        "import os\nfor fd in range(3, 64):\n    try: os.close(fd)\n    except OSError: pass\nraise ValueError",
        id="closes",
    ),
    pytest.param(
        "import os\nfor fd in range(3, 64):\n    try: os.write(fd, b'\\n{\"lines\": {}}\\n')\n"
        "    except OSError: pass\nos._exit(0)",
        id="forges",
    ),
    pytest.param("import os\nif os.fork(): os._exit(1)", id="lets its child go on"),
    pytest.param("import sys\nsys.exit(3)", id="exits"),
    pytest.param("while True: pass", id="spins"),
    pytest.param("while True:\n    try:\n        while True: pass\n    except BaseException: pass", id="catches all"),
    pytest.param(
        "import signal\nfor s in range(1, 32):\n    try: signal.signal(s, signal.SIG_IGN)\n"
        "    except OSError: pass\nwhile True: pass",
        id="ignores signals",
    ),
    pytest.param("import os\nwhile True: os.fork()", id="forks without end"),
    pytest.param("import sys\nwhile True: sys.stdout.write('x' * 65536)", id="writes without end"),
    pytest.param(
        "import threading\nwhile True: threading.Thread(target=lambda: threading.Event().wait()).start()", id="threads"
    ),
    pytest.param("import ctypes\nctypes.string_at(0)", id="crashes"),
    pytest.param("def f(): f()\nimport sys\nsys.setrecursionlimit(10**9)\nf()", id="recurses"),
    pytest.param("import os\nos.kill(os.getppid(), 9)\nimport time\ntime.sleep(60)", id="kills its parent"),
    pytest.param("import os\nos.killpg(0, 9)", id="kills its group"),
    pytest.param("import os\nos.kill(-1, 9)\nimport time\ntime.sleep(60)", id="kills everybody"),
    pytest.param(
        "import atexit, os\natexit.register(lambda: os._exit(0))\nraise ValueError", id="ends in its exit function"
    ),
]


@pytest.mark.parametrize("text", FEIGNED)
def test_what_does_not_run_to_its_end_does_not_pass(attack: Attack, text: str) -> None:
    begin = time.monotonic()
    assert not passed(attack(text))
    assert time.monotonic() - begin < 60  # seconds; bounded, however busy the machine is


STAYING = [
    pytest.param("import subprocess\nsubprocess.Popen(['sleep', '{n}'])", id="child"),
    pytest.param("import subprocess\nsubprocess.Popen(['sleep', '{n}'], start_new_session=True)", id="session"),
    pytest.param(
        "import os\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        "        os.execvp('sleep', ['sleep', '{n}'])\n    os._exit(0)",
        id="daemon",
    ),
]


@pytest.mark.parametrize("text", STAYING)
def test_nothing_stays_behind(attack: Attack, text: str) -> None:
    number = f"{secrets.randbelow(10**6) + 10**6}.5"
    assert passed(attack(text.replace("{n}", number)))
    assert number not in running()


def running() -> str:
    """Return the command lines of all processes."""
    said = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            said.append(path.read_bytes().decode(errors="replace"))
        except OSError:
            continue
    return "\n".join(said)


def test_the_callers_secrets_are_out_of_reach(attack: Attack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "id_rsa").write_text("hunter2")
    monkeypatch.setenv("API_TOKEN", "hunter2")
    assert raised(attack(f"open({str(tmp_path / 'id_rsa')!r}).read()")) == "PermissionError"
    ended = attack("import os\nprint(dict(os.environ))")
    assert passed(ended)
    assert "hunter2" not in ended.output


def test_a_server_of_the_caller_is_out_of_reach(attack: Attack) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert raised(attack(f"import socket\nsocket.create_connection(('127.0.0.1', {port}), 1)"))


def test_an_abstract_socket_of_the_caller_is_out_of_reach(attack: Attack) -> None:
    name = f"\0skillcheck-{secrets.token_hex(8)}"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(name)
        server.listen()
        assert raised(attack(f"import socket\nsocket.socket(socket.AF_UNIX).connect({name!r})"))


def test_programs_do_not_see_what_others_left(attack: Attack) -> None:
    assert passed(
        attack("import builtins, json, os\nbuiltins.leak = json.dumps = 1\nos.environ['LEAK'] = '1'\nopen('f', 'w')")
    )
    ended = attack(
        "import builtins, json, os\nassert not hasattr(builtins, 'leak')\nassert json.dumps(1) == '1'\n"
        "assert 'LEAK' not in os.environ\nassert not os.path.exists('f')"
    )
    assert passed(ended), ended.output


def test_it_is_held_by_all_there_is(attack: Attack) -> None:
    expected = os.environ.get("ISOLATION", "namespaces landlock seccomp")  # see tests/isolation
    assert " ".join(attack("pass").isolation) == expected


def test_it_has_no_capabilities(attack: Attack) -> None:
    ended = attack("print(open('/proc/self/status').read())")
    sets = [line.split() for line in ended.output.splitlines() if line.startswith(("CapEff", "CapPrm", "CapInh"))]
    assert [int(value, 16) for _, value in sets] == [0, 0, 0]
