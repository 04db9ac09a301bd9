"""Hypercorn's configuration, proxies, TLS, HTTP/2."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
import time
import tomllib
import zlib
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import trustme
import websockets
from app import create_app
from hypercorn.config import Config
from hypercorn.middleware import ProxyFixMiddleware
from live import PROJECT, free_port
from quart import Quart, websocket
from quart.testing import WebsocketResponseError
from served import configuration, log_in, read_events, run, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from live import Server

FORWARDED = {
    "X-Forwarded-For": "10.0.0.1, 203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "app.example",
}


@pytest.mark.parametrize("name", ["hypercorn.toml", "hypercorn-tls.toml"])
def test_hypercorn_knows_every_key(name: str) -> None:
    for key in tomllib.loads((PROJECT / name).read_text()):
        assert hasattr(Config, key), key


def test_hypercorn_does_not_tell_of_a_key_it_does_not_know() -> None:
    assert Config.from_mapping(gracefull_timeout=10).graceful_timeout == 3


async def probe(server: Server, headers: dict[str, str]) -> Any:  # noqa: ANN401
    async with server.client() as client:
        return (await client.get("/probe/client", headers=headers)).raise_for_status().json()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("plain")) as server:
        yield server


async def test_without_hops_nothing_that_the_client_says_is_believed(plain: Server) -> None:
    seen = await probe(plain, FORWARDED)
    assert seen["address"] == "127.0.0.1"
    assert seen["url"].startswith("http://127.0.0.1")


async def test_with_one_hop_the_last_value_counts(tmp_path: Path) -> None:
    with served(tmp_path, QUART_TRUSTED_HOPS="1") as server:
        seen = await probe(server, FORWARDED)
        async with websockets.connect(f"{server.sockets}/echo", additional_headers=FORWARDED) as ws:
            await ws.send("hello")
            assert await ws.recv() == "hello"
    assert (seen["address"], seen["url"]) == ("203.0.113.9", "https://app.example/probe/client")
    assert '"client": "203.0.113.9"' in server.log.read_text()


async def test_an_address_is_made_of_what_the_client_says(plain: Server) -> None:
    seen = await probe(plain, {"Host": "evil.example"})
    assert seen["url"] == "http://evil.example/probe/client"


@pytest.mark.parametrize(("said", "scheme"), [("https", "http"), ("https, http", "https")])
async def test_with_two_hops_one_value_is_not_looked_at(overrides: dict[str, Any], said: str, scheme: str) -> None:
    app = create_app(overrides | {"TRUSTED_HOPS": 2})
    answer = await app.test_client().get("/livez", headers={"X-Forwarded-Proto": said})
    assert ("Strict-Transport-Security" in answer.headers) == (scheme == "https")


async def test_without_the_scheme_of_sockets_a_forwarded_one_is_400() -> None:
    app = Quart("bare")

    @app.websocket("/")
    async def speak() -> None:
        await websocket.send("hello")

    app.asgi_app = ProxyFixMiddleware(app.asgi_app)  # type: ignore[method-assign]
    for scheme in ("https", "http"):
        with pytest.raises(WebsocketResponseError) as refused:
            async with app.test_client().websocket("/", headers={"X-Forwarded-Proto": scheme}) as socket:
                await asyncio.wait_for(socket.receive(), 2)
        assert refused.value.response.status_code == 400


async def test_a_forwarded_scheme_reaches_the_socket(overrides: dict[str, Any]) -> None:
    app = create_app(overrides | {"TRUSTED_HOPS": 1})
    for scheme in ("https", "http", "wss", "ws"):
        async with app.test_client().websocket("/ws/echo", headers={"X-Forwarded-Proto": scheme}) as socket:
            await socket.send("hello")
            assert await asyncio.wait_for(socket.receive(), 2) == "hello"


def test_the_proxy_is_the_outermost(overrides: dict[str, Any]) -> None:
    app = create_app(overrides | {"TRUSTED_HOPS": 2})
    assert isinstance(app.asgi_app, ProxyFixMiddleware)
    assert app.asgi_app.trusted_hops == 2


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def secure(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder, port = tmp_path_factory.mktemp("tls"), free_port()
    certificate = authority.issue_cert("localhost")
    key, chain = folder / "tls.key", folder / "tls.crt"
    certificate.private_key_pem.write_to_path(str(key))
    certificate.cert_chain_pems[0].write_to_path(str(chain))
    config = configuration(folder, port, "hypercorn-tls.toml", certfile=str(chain), keyfile=str(key))
    with run(folder, config, port) as server:
        yield server


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def https(server: Server, authority: trustme.CA, **options: bool) -> httpx.AsyncClient:
    url = f"https://localhost:{server.port}"
    return httpx.AsyncClient(base_url=url, verify=trusting(authority), timeout=10, **options)  # type: ignore[arg-type]


async def test_http2_carries_requests_streams_and_uploads_at_once(secure: Server, authority: trustme.CA) -> None:
    async with https(secure, authority, http2=True) as client:
        header = await log_in(client)
        seen = await client.get("/probe/client")
        assert seen.http_version == "HTTP/2"
        assert seen.json()["version"] == "2"
        assert seen.json()["url"].startswith("https://localhost")
        heard = read_events(client, "/streams/topics/tea", header)
        assert await anext(heard) == "retry: 2000"
        answers = await asyncio.gather(*(client.get("/users/me", headers=header) for _ in range(20)))
        assert {(answer.status_code, answer.http_version) for answer in answers} == {(200, "HTTP/2")}
        upload = await client.post("/files", content=b"x" * 300_000, headers=header)
        assert upload.status_code == 201
        assert (await client.post("/streams/topics/tea", content=b"hello", headers=header)).status_code == 200
        assert [await anext(heard) for _ in range(3)][-1] == 'data: {"topic": "tea", "data": "hello"}'
        await heard.aclose()
        try:
            late = await client.post("/files", content=b"x" * 2_000_000, headers=header)
        except httpx.TransportError:
            pass  # it was still sending when the answer came
        else:
            assert late.status_code == 413


async def test_without_http2_the_same_port_speaks_http1(secure: Server, authority: trustme.CA) -> None:
    async with https(secure, authority) as client:
        assert (await client.get("/livez")).http_version == "HTTP/1.1"
    url = f"wss://localhost:{secure.port}/ws/echo"
    async with websockets.connect(url, ssl=trusting(authority)) as ws:
        await ws.send("hello")
        assert await ws.recv() == "hello"


async def test_old_tls_is_refused(secure: Server, authority: trustme.CA) -> None:
    context = trusting(authority)
    with pytest.warns(DeprecationWarning, match="TLS"):
        context.minimum_version = ssl.TLSVersion.TLSv1_1
    with pytest.warns(DeprecationWarning, match="TLS"):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.raises((ssl.SSLError, OSError)):
        await asyncio.open_connection("localhost", secure.port, ssl=context)


async def test_without_tls_no_http2_is_offered(plain: Server) -> None:
    async with httpx.AsyncClient(http2=True, base_url=plain.url) as client:
        response = await client.get("/livez")
        assert response.http_version == "HTTP/1.1"
        assert "server" not in response.headers


def closes_after(server: Server, text: str, seconds: float) -> float:
    with socket.create_connection(("127.0.0.1", server.port)) as slow:
        slow.settimeout(seconds)
        start = time.monotonic()
        slow.sendall(text.encode())
        with contextlib.suppress(ConnectionResetError):
            while slow.recv(4096):
                pass
        return time.monotonic() - start


async def test_a_head_that_never_ends_is_cut(tmp_path: Path) -> None:
    port = free_port()
    config = configuration(tmp_path, port, keep_alive_timeout=1)
    with run(tmp_path, config, port) as server:
        long = "GET /probe/sleep/2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        never_ends, is_answered = await asyncio.gather(
            asyncio.to_thread(closes_after, server, "GET /livez HTTP/1.1\r\nHost: ", 30),
            asyncio.to_thread(closes_after, server, long, 30),
        )
    assert never_ends < 25
    assert is_answered >= 2


async def test_a_read_timeout_cuts_a_long_request(tmp_path: Path) -> None:
    port = free_port()
    config = configuration(tmp_path, port)
    config.write_text(config.read_text() + "read_timeout = 1\n")
    with run(tmp_path, config, port) as server:
        async with server.client() as client:
            with pytest.raises(httpx.TransportError):
                await client.get("/probe/sleep/3")


HANDSHAKE = """\
GET /ws/echo HTTP/1.1
Host: localhost
Upgrade: websocket
Connection: Upgrade
Sec-WebSocket-Version: 13
Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
Sec-WebSocket-Extensions: permessage-deflate

"""
CLOSED = b"\x88\x02\x03\xf1"
"""A frame that closes with 1009."""


def compressed(size: int) -> bytes:
    """A frame of one compressed message, masked with zeros; it is longer than 64 kB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packer.compress(bytes(size)) + packer.flush(zlib.Z_SYNC_FLUSH)
    return struct.pack("!BBQ", 0xC1, 0xFF, len(data) - 4) + bytes(4) + data[:-4]


def refused(port: int, frame: bytes) -> None:
    """Send the frame on a socket of its own, and wait until it is closed for its length."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as hostile:
        hostile.sendall(HANDSHAKE.replace("\n", "\r\n").encode())
        assert b"permessage-deflate" in hostile.recv(1000)
        hostile.sendall(frame)
        said = b""
        while CLOSED not in said:
            said += (part := hostile.recv(1000))
            assert part, said


async def test_a_compressed_message_is_unpacked_before_its_length_is_looked_at(tmp_path: Path) -> None:
    async def peak(server: Server) -> int:
        async with server.client() as client:
            return int((await client.get("/probe/peak")).json()["megabytes"])

    frame = compressed(70 << 20)
    assert 64 << 10 < len(frame) < 80_000
    with served(tmp_path) as server:
        before = await peak(server)
        await asyncio.to_thread(refused, server.port, frame)
        assert await peak(server) - before > 50
