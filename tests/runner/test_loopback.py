"""TCP between the processes of a program: it works whatever holds the program, and leads nowhere else."""

from __future__ import annotations

import importlib
import os
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import closing
from ipaddress import IPv6Address, ip_address
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.runner.test_hostile import attack, passed, raised

from skillcheck.model import Environment
from skillcheck.runner.sandbox import INSIDE, Ended, Sandbox
from skillcheck.runner.warm import Warm

Attack = Callable[[str], Ended]
__all__ = ["attack"]  # a fixture

WORKING = [
    pytest.param(
        """\
server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname(), 5)
accepted, address = server.accept()
client.sendall(b"hello")
assert accepted.recv(5) == b"hello"
assert address == client.getsockname()
client.close()
assert accepted.recv(1) == b""
""",
        id="blocking",
    ),
    pytest.param(
        """\
server = socket.create_server(("::1", 0), family=socket.AF_INET6)
socket.create_connection(server.getsockname()[:2], 5)
""",
        id="version 6",
    ),
    pytest.param(
        """\
server = socket.create_server(("", 0))
socket.create_connection(("127.0.0.1", server.getsockname()[1]), 5)
""",
        id="on all addresses",
    ),
    pytest.param(
        """\
server = socket.socket()
server.listen()
socket.create_connection(("localhost", server.getsockname()[1]), 5)
""",
        id="never bound",
    ),
    pytest.param(
        """\
server = socket.create_server(("127.0.0.1", 0))
client = socket.socket(socket.AF_INET6)
client.connect(("::ffff:127.0.0.1", server.getsockname()[1]))
""",
        id="version 4 by version 6",
    ),
    pytest.param(
        """\
import asyncio

async def main():
    async def answer(reader, writer):
        writer.write(await reader.readline())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(b"hello\\n")
        assert await reader.read() == b"hello\\n"
        writer.close()

asyncio.run(main())
""",
        id="asyncio",
    ),
    pytest.param(
        """\
import subprocess, sys
text = "import socket; s = socket.create_server(('127.0.0.1', 0)); print(s.getsockname()[1], flush=True); s.accept()"
with subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE) as child:
    socket.create_connection(("127.0.0.1", int(child.stdout.readline())), 5)
""",
        id="of a child",
    ),
    pytest.param(
        """\
import os
server = socket.socket(socket.AF_UNIX)
server.bind(os.path.abspath("here"))
server.listen()
socket.socket(socket.AF_UNIX).connect(os.path.abspath("here"))
""",
        id="local",
    ),
]


@pytest.mark.parametrize("text", WORKING)
def test_a_program_reaches_its_own_servers(attack: Attack, text: str) -> None:
    ended = attack(f"import socket\n{text}")
    assert passed(ended), ended


def test_where_nothing_listens_any_more_a_connection_is_refused(attack: Attack) -> None:
    text = "import socket\ns = socket.create_server(('127.0.0.1', 0))\nname = s.getsockname()\ns.close()\n"
    assert raised(attack(f"{text}socket.create_connection(name, 5)")) == "ConnectionRefusedError"


def test_one_server_for_a_place(attack: Attack) -> None:
    text = "import socket\ns = socket.create_server(('127.0.0.1', 0))\nsocket.create_server(s.getsockname())"
    ended = attack(text)
    assert raised(ended) == "OSError"
    assert "in use" in ended.said["raised"]["message"]


@pytest.fixture
def port() -> Iterator[int]:
    """A server of the caller's, on every address of the machine."""
    with closing(socket.create_server(("0.0.0.0", 0))) as server:  # noqa: S104 - to be found at any of them
        yield server.getsockname()[1]


ASTRAY = [
    pytest.param("socket.create_connection(('127.0.0.1', PORT), 1)", id="a server of the caller"),
    pytest.param("socket.create_connection(('127.0.0.2', PORT), 1)", id="at another address"),
    pytest.param("socket.create_connection(('0.0.0.0', PORT), 1)", id="at any address"),
    pytest.param("socket.socket().sendto(b'x', 0x20000000, ('127.0.0.1', PORT))", id="by sending at once"),
    pytest.param("socket.socket().sendmsg([b'x'], [], 0x20000000, ('127.0.0.1', PORT))", id="by a message at once"),
    pytest.param(
        "s = socket.create_server(('127.0.0.1', 0))\nsocket.create_connection(('127.0.0.2', s.getsockname()[1]), 1)",
        id="own port, other address",
    ),
    pytest.param("socket.create_connection(('192.0.2.1', 80), 1)", id="another machine"),
    pytest.param("socket.create_connection(('2001:db8::1', 80), 1)", id="another machine, version 6"),
    pytest.param("socket.create_connection(('::ffff:192.0.2.1', 80), 1)", id="another machine, version 4 by 6"),
    pytest.param("socket.socket().bind(('192.0.2.1', 0))", id="binds elsewhere"),
]


@pytest.mark.parametrize("text", ASTRAY)
def test_it_reaches_no_others(attack: Attack, port: int, text: str) -> None:
    ended = attack(f"import socket\n{text}".replace("PORT", str(port)))
    assert "OSError" in (ended.said.get("raised") or {}).get("types", ()), ended


SOURCE_ROUTE = "bytes([0x83, 7, 4, 192, 0, 2, 1, 0])"


@pytest.mark.skipif("namespaces" in os.environ.get("ISOLATION", "namespaces"), reason="a network of its own")
@pytest.mark.parametrize(
    "option",
    [
        pytest.param(f"0, 4, {SOURCE_ROUTE}", id="source route"),
        pytest.param("41, 57, bytes(24)", id="routing header"),
        pytest.param("6, 30, 1", id="connects late"),
    ],
)
def test_no_packet_is_led_astray(attack: Attack, option: str) -> None:
    ended = attack(f"import socket\nsocket.socket().setsockopt({option})")
    assert raised(ended) == "PermissionError"


def v4(address: str, port: int = 80) -> bytes:
    return struct.pack("=H", socket.AF_INET) + port.to_bytes(2, "big") + ip_address(address).packed + bytes(8)


def v6(address: str, port: int = 80) -> bytes:
    begin = struct.pack("=H", socket.AF_INET6) + port.to_bytes(2, "big")
    return begin + bytes(4) + ip_address(address).packed + bytes(4)


@pytest.fixture(scope="module")
def keeper() -> ModuleType:
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(str(INSIDE))
        return importlib.import_module("keeper")


@given(
    st.binary(max_size=40)
    | st.builds(v4, st.ip_addresses(v=4).map(str))
    | st.builds(v6, st.ip_addresses(v=6).map(str))
    | st.builds(lambda address: v6(f"::ffff:{address}"), st.ip_addresses(v=4))
)
@example(v4("127.0.0.1"))
@example(v4("0.0.0.0"))  # noqa: S104 - as a program may write it
@example(v6("::1"))
@example(v6("::"))
@example(v6("::ffff:127.0.0.1"))
@example(v6("::ffff:192.0.2.1"))
@example(v4("127.0.0.1")[:8])
def test_only_addresses_of_loopback_are_used(keeper: ModuleType, address: bytes) -> None:
    try:
        used = keeper._own(address)
    except (OSError, struct.error):
        return
    family = struct.unpack_from("=H", used)[0]
    if family == socket.AF_UNSPEC:
        return
    shown = ip_address(used[4:8] if family == socket.AF_INET else used[8:24])
    mapped = shown.ipv4_mapped if isinstance(shown, IPv6Address) else None
    assert (mapped or shown).is_loopback
    assert used[2:4] == address[2:4]


@pytest.mark.parametrize("name", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_the_kernels_tables_are_read(keeper: ModuleType, name: str) -> None:
    with closing(socket.socket(socket.AF_INET6 if ":" in name else socket.AF_INET)) as server:
        server.bind((name, 0))
        assert os.fstat(server.fileno()).st_ino not in {number for _, number in keeper._listeners()}
        server.listen()
        port = server.getsockname()[1]
        place = keeper._place((v6 if ":" in name else v4)(name, port))
        assert (place, os.fstat(server.fileno()).st_ino) in keeper._listeners()


def test_what_a_warm_process_imports_cannot_have_others_written_to(bare: Environment, tmp_path: Path) -> None:
    (site,) = Path(bare.python).parent.parent.glob("lib/*/site-packages")
    module, (told, tell) = site / "asks_for_others.py", os.pipe()
    forged = struct.pack("=3i", os.getpid(), -1, tell) + b"\n"
    module.write_text(
        f"import os\nfor fd in range(3, 20):\n    try: os.write(fd, {forged!r})\n    except OSError: pass\n"
    )
    sandbox = Sandbox(bare.python)
    try:
        with Warm(sandbox, tmp_path, ["asks_for_others"]) as warm:
            assert warm.usable
            segments = [{"file": str(tmp_path / "block.py"), "line": 1, "text": "pass"}]
            job = {"kind": "script", "path": [], "segments": segments, "watch": []}
            assert passed(warm.run(sandbox, tmp_path, job))  # the keeper answers in turn, so it has seen both
        os.set_blocking(told, False)
        with pytest.raises(BlockingIOError):
            os.read(told, 1)
    finally:
        module.unlink()
        os.close(told)
        os.close(tell)
