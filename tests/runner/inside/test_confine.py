"""What a program can't do, end to end: each of these is a program that tries."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from skillcheck.runner.sandbox import Ended, Limits

Ran = Callable[..., Ended]
Inside = Callable[[str], ModuleType]
QUICK = Limits(seconds=1)


def errors(ended: Ended) -> str:
    """Return the type of what the program raised, empty if it ran to its end."""
    return str(ended.said.get("raised", {}).get("type", ""))


@pytest.fixture
def server() -> int:
    """A server of this machine's; return its port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            while True:
                listening.accept()[0].close()
        except OSError:
            return

    threading.Thread(target=serve, daemon=True).start()
    port: int = listening.getsockname()[1]
    return port


@pytest.mark.usefixtures("namespaces")
class TestNamespaces:
    def test_nothing_leaves_by_the_network(self, ran: Ran, server: int) -> None:
        text = f"import socket\nsocket.create_connection(('127.0.0.1', {server}), 5)\n"
        assert errors(ran(text)) == "ConnectionRefusedError"
        text = "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))\n"
        ended = ran(text)
        assert errors(ended) == "OSError"
        assert "unreachable" in ended.said["raised"]["message"]

    def test_the_network_can_be_opened(self, ran: Ran, server: int) -> None:
        text = f"import socket\nsocket.create_connection(('127.0.0.1', {server}), 5)\n"
        assert errors(ran(text, network=True)) == ""

    def test_loopback_works(self, ran: Ran) -> None:
        text = """\
import socket
with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
    accepted, _ = server.accept()
    with accepted:
        client.sendall(b"hello")
        assert accepted.recv(5) == b"hello"
"""
        assert errors(ran(text)) == ""

    def test_processes_outside_are_out_of_sight(self, ran: Ran) -> None:
        text = f"import os\nassert not os.path.exists('/proc/{os.getpid()}/environ') or os.getpid() < 10\n"
        assert errors(ran(text)) == ""
        assert errors(ran(f"import os\nos.kill({max(os.getpid(), 1000)}, 0)\n")) == "ProcessLookupError"

    def test_a_daemon_that_forks_twice_is_gone_afterwards(self, ran: Ran) -> None:
        marker = f"7{os.getpid()}{time.monotonic_ns() % 10**6}"
        text = f"""\
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execv("/bin/sleep", ["sleep", "{marker}"])
    os._exit(0)
time.sleep(0.2)
"""
        assert ran(text).status == 0
        assert _running(marker) == []

    def test_a_child_that_outlives_it_is_ended(self, ran: Ran) -> None:
        marker = f"8{os.getpid()}{time.monotonic_ns() % 10**6}"
        ended = ran(f"import subprocess\nsubprocess.Popen(['/bin/sleep', '{marker}'])\n")
        assert (ended.status, errors(ended), _running(marker)) == (0, "", [])

    def test_signals_to_its_parent_reach_nobody(self, ran: Ran) -> None:
        ended = ran("import os\nfor number in (15, 9):\n    os.kill(os.getppid(), number)\n")
        assert (ended.status, errors(ended)) in {(0, ""), (0, "PermissionError")}
        assert "lines" in ended.said

    def test_there_is_an_end_to_processes(self, ran: Ran) -> None:
        text = "import os, time\nfor _ in range(400):\n    if os.fork() == 0:\n        time.sleep(60)\n"
        assert errors(ran(text, Limits(processes=20))) == "BlockingIOError"


def _running(argument: str) -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if argument.encode() in words:
            found.append(str(path))
    return found


@pytest.mark.usefixtures("landlock")
class TestLandlock:
    def test_files_outside_cannot_be_written(self, ran: Ran, tmp_path: Path) -> None:
        for text in (
            f"open({str(tmp_path / 'made')!r}, 'w')",
            f"import os\nos.mkdir({str(tmp_path / 'made')!r})",
            f"import os\nos.symlink('/etc', {str(tmp_path / 'made')!r})",
        ):
            assert errors(ran(text)) == "PermissionError", text
        assert list(tmp_path.iterdir()) == []

    def test_files_outside_cannot_be_removed_or_moved(self, ran: Ran, tmp_path: Path) -> None:
        kept = tmp_path / "kept"
        kept.write_text("kept")
        for text in (
            f"os.unlink({str(kept)!r})",
            f"os.rename({str(kept)!r}, 'here')",
            f"os.truncate({str(kept)!r}, 0)",
        ):
            assert errors(ran(f"import os\n{text}\n")) in {"PermissionError", "OSError"}, text
        assert kept.read_text() == "kept"

    def test_the_invoking_users_files_cannot_be_read(
        self, ran: Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        secret = tmp_path / ".netrc"
        secret.write_text("password hunter2")
        for text in (f"print(open({str(secret)!r}).read())", f"import os\nprint(os.listdir({str(tmp_path)!r}))"):
            ended = ran(text)
            assert errors(ended) == "PermissionError", text
            assert "hunter2" not in ended.output

    def test_what_it_starts_is_held_as_well(self, ran: Ran, tmp_path: Path) -> None:
        ended = ran(f"import subprocess\nsubprocess.run(['/bin/sh', '-c', 'echo x > {tmp_path}/made'], check=True)\n")
        assert errors(ended) == "CalledProcessError"
        assert list(tmp_path.iterdir()) == []

    def test_its_own_folder_is_its_own(self, ran: Ran) -> None:
        text = "import pathlib, tempfile, os\npathlib.Path('a').mkdir()\ntempfile.mkstemp()\nos.rename('a', 'b')\n"
        assert errors(ran(text)) == ""

    def test_what_programs_need_can_be_used(self, ran: Ran) -> None:
        text = """\
import multiprocessing.shared_memory, os, sqlite3, ssl, subprocess, zoneinfo
ssl.create_default_context()
sqlite3.connect("t.db").execute("create table t(x)")
multiprocessing.shared_memory.SharedMemory(create=True, size=10).unlink()
open("/dev/null", "w").write("x")
assert os.urandom(1) and open("/dev/urandom", "rb").read(1)
assert subprocess.run(["/bin/sh", "-c", "echo $HOME"], capture_output=True).stdout.decode().strip() == os.getcwd()
assert open("/proc/self/status").read()
"""
        ended = ran(text)
        assert errors(ended) == "", ended.output


def test_a_program_that_does_not_end_is_ended(ran: Ran) -> None:
    begin = time.monotonic()
    for text in ("while True: pass", "import time\ntime.sleep(99)", "import signal\nsignal.pause()"):
        ended = ran(text, QUICK)
        assert (ended.timeout, ended.status) == (True, -9), text
    assert time.monotonic() - begin < 30


def test_a_program_that_ignores_signals_is_ended(ran: Ran) -> None:
    text = "import signal, time\nfor n in (1, 2, 15): signal.signal(n, signal.SIG_IGN)\ntime.sleep(99)\n"
    assert ran(text, QUICK).timeout


def test_threads_that_do_not_end_are_ended(ran: Ran) -> None:
    assert ran("import threading, time\nthreading.Thread(target=time.sleep, args=(99,)).start()\n", QUICK).timeout


def test_memory_has_an_end(ran: Ran) -> None:
    assert errors(ran("x = bytearray(1 << 30)\n", Limits(memory=512))) == "MemoryError"
    assert errors(ran("x = []\nwhile True: x.append(bytearray(1 << 24))\n", Limits(memory=512))) == "MemoryError"


def test_files_have_an_end(ran: Ran) -> None:
    ended = ran("with open('f', 'wb') as f:\n    f.write(b'x' * (3 << 20))\n", Limits(file_size=2))
    assert (errors(ended), ended.said["raised"]["errno"]) == ("OSError", 27)


def test_open_files_have_an_end(ran: Ran) -> None:
    ended = ran("x = []\nwhile True: x.append(open('/dev/null'))\n", Limits(files=64))
    assert (errors(ended), ended.said["raised"]["errno"]) == ("OSError", 24)


def test_output_has_an_end(ran: Ran) -> None:
    ended = ran("while True: print('x' * 100_000)\n", Limits(seconds=20, file_size=2))
    assert errors(ended) == "OSError"
    assert len(ended.output) <= 64 * 1024


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("import os\nos._exit(0)", 0),
        ("import os\nos._exit(5)", 5),
        ("import os\nos.kill(os.getpid(), 15)", -15),
        ("import os\nos.kill(os.getpid(), 9)", -9),
        ("import os\nos.execv('/bin/true', ['true'])", 0),
        ("import ctypes\nctypes.string_at(0)", -11),
        ("import os\nos.abort()", -6),
    ],
)
def test_a_program_that_breaks_off_is_not_taken_for_one_that_ran(ran: Ran, text: str, status: int) -> None:
    ended = ran(text + "\nprint('on')\n")
    assert (ended.status, "lines" in ended.said, ended.output.endswith("on\n")) == (status, False, False)


def test_a_status_that_is_asked_for_is_told(ran: Ran) -> None:
    ended = ran("import sys\nsys.exit(3)\n")
    assert (ended.status, ended.said["exit"], "lines" in ended.said) == (0, 3, True)


def test_a_forged_report_is_none(ran: Ran) -> None:
    text = """\
import os
for descriptor in range(3, 100):
    try:
        os.write(descriptor, b'\\n{"lines": {}, "status": 0, "isolation": ["all"]}\\n')
    except OSError:
        pass
os._exit(0)
"""
    ended = ran(text)
    assert "lines" not in ended.said
    assert ended.isolation == ()


def test_a_report_that_is_wiped_is_no_pass(ran: Ran) -> None:
    text = """\
import os
for descriptor in range(3, 100):
    try:
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, 0)
    except OSError:
        pass
raise ValueError
"""
    assert errors(ran(text)) == "ValueError"


def test_closing_all_descriptors_is_no_pass(ran: Ran) -> None:
    ended = ran("import os\nos.closerange(3, 1000)\n")
    assert "lines" not in ended.said
    assert ended.status != 0


def test_what_a_program_replaces_does_not_change_what_is_told_of_it(ran: Ran) -> None:
    text = """\
import builtins, json, os, sys
json.dumps = lambda *_, **__: "HACKED"
os.write = os._exit = os.getpid = builtins.print = builtins.len = None
sys.modules["json"] = sys.modules["os"] = sys.modules["fake"] = None
os.chdir("/")
"""
    ended = ran(text)
    assert (ended.status, errors(ended)) == (0, "")
    assert "lines" in ended.said


def test_a_fork_speaks_for_itself_alone(ran: Ran) -> None:
    text = """\
import os, sys
child = os.fork()
if child == 0:
    {child}
_, status = os.waitpid(child, 0)
assert os.waitstatus_to_exitcode(status) == {status}, status
"""
    for child, status in (("raise ValueError('child')", 1), ("sys.exit(7)", 7), ("sys.exit()", 0)):
        ended = ran(text.format(child=child, status=status))
        assert (errors(ended), "exit" in ended.said, "lines" in ended.said) == ("", False, True), child


def test_a_program_sees_only_its_own_modules(ran: Ran) -> None:
    text = """\
import sys
for name in ("confine", "execute", "lines", "syscalls", "watch"):
    try:
        __import__(name)
    except ImportError:
        continue
    raise AssertionError(name)
for name in ("subprocess", "asyncio", "pathlib", "runpy", "probe"):
    assert name not in sys.modules, name
"""
    ended = ran(text)
    assert errors(ended) == "", ended.output


def test_a_submodule_is_there_only_once_it_is_imported(ran: Ran) -> None:
    assert errors(ran("import importlib\nimportlib.util.find_spec('json')\n")) == "AttributeError"
    assert errors(ran("import importlib.util\nassert importlib.util.find_spec('json')\n")) == ""
    assert errors(ran("import importlib.metadata, runpy, pkgutil\nimportlib.reload(pkgutil)\n")) == ""


@pytest.mark.usefixtures("namespaces")
def test_whether_a_program_listens_is_told_when_its_time_is_up(ran: Ran) -> None:
    listening = "import socket, time\ns = socket.create_server(('127.0.0.1', 0))\ntime.sleep(60)\n"
    assert ran(listening, QUICK).listening
    waiting = ran("import time\ntime.sleep(60)\n", QUICK)
    assert (waiting.timeout, waiting.listening) == (True, False)


@pytest.mark.usefixtures("namespaces")
def test_that_a_child_asks_for_another_machine_is_told(ran: Ran) -> None:
    asking = "import socket\ntry:\n    socket.create_connection(('192.0.2.1', 80), 5)\nexcept OSError:\n    pass\n"
    child = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {asking!r}], check=True)\n"
    assert ran(child).said["network"]
    assert ran(f"{child}import time\ntime.sleep(60)\n", QUICK).said["network"]
    assert "network" not in ran("import socket\nsocket.create_server(('127.0.0.1', 0)).close()\n").said


def test_what_listens_in_a_network_is_found(inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    confine = inside("confine")
    assert confine.listens() in {True, False}
    rows = ["sl local rem st", "0: 0100007F:1F90 00000000:0000 0A"]
    told = {"tcp": rows[:1], "tcp6": rows}
    monkeypatch.setattr(confine, "_listed", lambda path, **_: told[path.rpartition("/")[2]])
    assert confine.listens()
    told["tcp6"] = ["sl local rem st", "0: 0100007F:1F90 00000000:0000 01"]
    assert not confine.listens()
    monkeypatch.undo()
    assert confine._listed("/nothing/here") == []
    assert confine._listed("/proc/self/net/tcp", by_line=True)[0].split()[3] == "st"


@pytest.mark.parametrize(
    ("plain", "newer", "sought"),
    [
        ([], [], False),
        (["Ip: Forwarding OutNoRoutes", "Ip: 2 0", "Udp: NoPorts", "Udp: 0"], ["Ip6OutNoRoutes  0"], False),
        (["Ip: Forwarding OutNoRoutes", "Ip: 2 1"], [], True),
        (["Ip: Forwarding OutNoRoutes", "Ip: 2 0", "Udp: NoPorts", "Udp: 3"], [], True),
        ([], ["Ip6InReceives 4", "Ip6OutNoRoutes 2"], True),
    ],
)
def test_what_had_nowhere_to_go_is_counted(
    inside: Inside, monkeypatch: pytest.MonkeyPatch, plain: list[str], newer: list[str], *, sought: bool
) -> None:
    confine = inside("confine")
    told = {"snmp": plain, "snmp6": newer}
    monkeypatch.setattr(confine, "_listed", lambda path, **_: told[path.rpartition("/")[2]])
    assert confine.seeks() == sought
