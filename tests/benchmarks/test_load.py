"""The pure pieces of the load benchmark; what it measures is never a test."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import pytest
from benchmarks.load.crowd import TEXT, Heard, _at, _Member
from benchmarks.load.requests import Rate, Route, answer
from benchmarks.load.table import bottlenecks, crowd, rates

BARE, OTHER = Route("bare", "bare", "GET", "/"), Route("other", "taught", "POST", "/x", '{"a": 1}', "t")


def test_a_request_is_what_http_asks_for() -> None:
    assert BARE.bytes == b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
    assert OTHER.bytes.startswith(b"POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8\r\n")
    assert OTHER.bytes.endswith(b'application/json\r\nAuthorization: Bearer t\r\n\r\n{"a": 1}')


def read(data: bytes, name: str = "it") -> bytes:
    async def body() -> bytes:
        reader = asyncio.StreamReader()
        reader.feed_data(data)
        reader.feed_eof()
        return await answer(reader, name)

    return asyncio.run(body())


def test_an_answer_is_read_to_its_length() -> None:
    assert read(b"HTTP/1.1 201 \r\ncontent-length: 3\r\n\r\nabcHTTP/1.1") == b"abc"
    assert read(b"HTTP/1.1 204 \r\n\r\n") == b""


def test_what_is_refused_is_no_measurement() -> None:
    with pytest.raises(RuntimeError, match=r"it answers .* 401 : no"):
        read(b"HTTP/1.1 401 \r\ncontent-length: 2\r\n\r\nno")


def test_rates_are_medians_beside_the_bare_ones() -> None:
    found = {
        BARE: [Rate(1000, 0.5), Rate(800, 0.4), Rate(1200, 0.6)],
        OTHER: [Rate(500, 1.0), Rate(400, 2.0), Rate(600, 1.5)],
    }
    first, _, bare, other, _ = rates(BARE, found, 16).split("\n")
    assert first.startswith("16 requests a round over 16 connections, medians of 3 rounds in turns")
    assert bare.split() == ["bare", "1000", "1.00", "0.50", "1.00"]
    assert other.split() == ["other", "500", "0.50", "1.50", "3.00"]


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.95, 95), (1.0, 100), (0.001, 1)])
def test_a_share_of_the_clients_has_heard(share: float, expected: float) -> None:
    assert _at([float(number) for number in range(1, 101)], share) == expected


def test_the_room_is_told_of() -> None:
    said = crowd(Heard(10.4, 20, 30, 40, 0.123), 1000, 20)
    assert "a room of 1,000, medians of 20 messages: half have it after 10 ms" in said
    assert "the last after 40 ms; 0.12 ms of the server's CPU" in said


def test_a_bottleneck_is_whose_code_takes_most() -> None:
    profile = {"packages": {"quart": 10, "hypercorn": 30, "a": 1, "b": 1, "c": 0}, "functions": {"f of hypercorn": 21}}
    line = bottlenecks({"bare": profile}).splitlines()[1]
    assert line.split(maxsplit=1)[1] == "hypercorn 71%, quart 24%, a 2%, b 2%; most in f of hypercorn (50%)"


def joined(pieces: list[bytes]) -> tuple[int, Awaitable[None]]:
    heard: asyncio.Queue[float] = asyncio.Queue()
    member = _Member(b"", heard)
    for piece in pieces:
        member.data_received(piece)
    return heard.qsize(), member.joined


FRAME = bytes([0x81, len(TEXT)]) + TEXT.encode()


def test_a_member_counts_whole_frames_however_they_come() -> None:
    async def work() -> None:
        whole = b"HTTP/1.1 101 \r\nupgrade: websocket\r\n\r\n" + FRAME * 2
        for cut in range(1, len(whole)):
            count, ready = joined([whole[:cut], whole[cut:]])
            assert count == 2
            await ready

    asyncio.run(work())


def test_a_member_that_is_refused_says_so() -> None:
    async def work() -> None:
        _, ready = joined([b"HTTP/1.1 403 \r\n\r\n"])
        with pytest.raises(RuntimeError, match="403"):
            await ready

    asyncio.run(work())
