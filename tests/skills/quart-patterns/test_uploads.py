"""Files from forms and raw bodies."""

from __future__ import annotations

import asyncio
import socket
import time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from app import uploads
from app.routes import files
from app.uploads import keep
from quart import Quart, Response, request
from quart.datastructures import FileStorage
from served import log_in, served
from werkzeug.exceptions import RequestEntityTooLarge

from conftest import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from live import Server
    from quart.typing import TestClientProtocol as Client

LIMIT = 1024 * 1024


@pytest.fixture
def overrides(overrides: dict[str, Any], tmp_path: Path) -> dict[str, Any]:
    return overrides | {"UPLOAD_FOLDER": str(tmp_path / "uploads")}


def kept(folder: Path) -> list[Path]:
    return [path for path in (folder / "uploads").rglob("*") if path.is_file()]


async def post(client: Client, path: str, body: bytes, headers: dict[str, str]) -> Response:
    """The test client sends no Content-Length by itself."""
    return await client.post(path, data=body, headers={**headers, "Content-Length": str(len(body))})


async def post_form(
    client: Client, data: bytes, filename: str, headers: dict[str, str], name: str = "file"
) -> Response:
    head = f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n\r\n'
    body = head.encode() + data + b"\r\n--b--\r\n"
    return await post(client, "/files/form", body, {**headers, "Content-Type": "multipart/form-data; boundary=b"})


@pytest.mark.parametrize("size", [0, 10, 600_000])
async def test_a_form_is_kept_under_a_random_name(
    client: Client,
    ada: dict[str, str],
    bob: dict[str, str],
    tmp_path: Path,
    size: int,
) -> None:
    response = await post_form(client, b"x" * size, "../../e vil.html", ada)
    assert response.status_code == 201
    answer = await response.get_json()
    assert (answer["size"], answer["title"]) == (size, "e_vil.html")
    assert kept(tmp_path) == [tmp_path / "uploads" / "1" / answer["name"]]
    given = await client.get(f"/files/{answer['name']}", headers=ada)
    assert await given.get_data() == b"x" * size
    assert given.headers["Content-Type"] == "application/octet-stream"
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert (await client.get(f"/files/{answer['name']}", headers=bob)).status_code == 404
    assert (await client.get(f"/files/{answer['name']}")).status_code == 401


async def test_a_long_name_is_cut_and_the_temporary_file_closed(
    client: Client, ada: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    streams: list[Any] = []
    real = files.chunks_of

    def chunks_of(stream: Any) -> Any:  # noqa: ANN401 - a file
        streams.append(stream)
        return real(stream)

    monkeypatch.setattr(files, "chunks_of", chunks_of)
    response = await post_form(client, b"x", "n" * 200, ada)
    assert (await response.get_json())["title"] == "n" * 100
    assert [stream.closed for stream in streams] == [True]


async def test_a_name_that_is_no_name_has_a_title(client: Client, ada: dict[str, str]) -> None:
    response = await post_form(client, b"x", "..", ada)
    assert (await response.get_json())["title"] == "file"


@pytest.mark.parametrize("name", [".." + "0" * 30, "x" * 32, "0" * 32, "0" * 31, "..%2f..%2f..%2fetc%2fpasswd"])
async def test_only_names_that_were_given_are_looked_up(client: Client, ada: dict[str, str], name: str) -> None:
    assert (await client.get(f"/files/{name}", headers=ada)).status_code == 404


async def test_a_form_without_the_file_is_400(client: Client, ada: dict[str, str]) -> None:
    assert (await post_form(client, b"x", "a", ada, name="other")).status_code == 400
    assert (await post(client, "/files/form", b"{}", ada)).status_code == 400


@pytest.mark.parametrize("path", ["/files", "/files/form"])
async def test_the_length_is_required_and_bounded(
    client: Client,
    ada: dict[str, str],
    tmp_path: Path,
    path: str,
) -> None:
    assert (await client.post(path, data=b"x")).status_code == 401
    assert (await post(client, path, b"x" * (LIMIT + 1), ada)).status_code == 413
    async with client.request(path, method="POST", headers=ada) as connection:
        await connection.send(b"x")
        await connection.send_complete()
    assert connection.status_code == 411
    assert kept(tmp_path) == []


async def test_a_raw_body_is_kept(client: Client, ada: dict[str, str], tmp_path: Path) -> None:
    response = await post(client, "/files", b"y" * LIMIT, ada)
    assert response.status_code == 201
    answer = await response.get_json()
    assert answer["size"] == LIMIT
    assert [path.read_bytes() for path in kept(tmp_path)] == [b"y" * LIMIT]


async def test_a_slow_body_is_408_and_leaves_nothing(
    client: Client,
    app: Quart,
    ada: dict[str, str],
    tmp_path: Path,
) -> None:
    app.config["BODY_TIMEOUT"] = 0.2
    async with client.request("/files", method="POST", headers=ada | {"Content-Length": "10"}) as connection:
        await connection.send(b"x")
        await asyncio.sleep(0.5)
    assert connection.status_code == 408
    assert kept(tmp_path) == []


async def test_keep_counts_for_itself(tmp_path: Path) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"x" * 10

    assert (await keep(chunks(), tmp_path / "uploads", 30))[1] == 30
    with pytest.raises(RequestEntityTooLarge):
        await keep(chunks(), tmp_path / "uploads", 29)
    assert len(kept(tmp_path)) == 1


async def test_a_slow_disk_does_not_stop_the_loop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object) -> None:
        time.sleep(0.5)

    async def chunks() -> AsyncIterator[bytes]:
        yield b"x"

    async def turns() -> int:
        count = 0
        while not writing.done():
            await asyncio.sleep(0.01)
            count += 1
        return count

    monkeypatch.setattr(uploads.os, "fsync", slow)
    writing = asyncio.create_task(keep(chunks(), tmp_path / "uploads", 10))
    assert await turns() > 3
    assert (await writing)[1] == 1


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    folder = tmp_path_factory.mktemp("served")
    with served(folder) as server:
        yield server, folder


async def test_a_client_that_leaves_half_way_leaves_nothing(running: tuple[Server, Path]) -> None:
    server, folder = running
    async with server.client() as client:
        header = await log_in(client)
    with socket.create_connection(("127.0.0.1", server.port)) as leaving:
        head = f"POST /files HTTP/1.1\r\nHost: a\r\nContent-Length: 99999\r\nAuthorization: {header['Authorization']}"
        leaving.sendall(f"{head}\r\n\r\n".encode() + b"x" * 1000)

        async def has_begun() -> bool:
            return len(kept(folder)) == 1

        await until(has_begun)

    async def is_gone() -> bool:
        return kept(folder) == []

    await until(is_gone)
    async with server.client() as client:
        ignored = {**header, "Content-Type": "application/octet-stream"}
        response = await client.post("/files", content=b"z" * 300_000, headers=ignored)
        assert response.status_code == 201
        try:
            late = await client.post("/files", content=b"z" * 3 * LIMIT, headers=header)
        except httpx.TransportError:
            pass  # it was still sending when the answer came
        else:
            assert late.status_code == 413
    assert len(kept(folder)) == 1


@pytest.fixture
def bare() -> Quart:
    app = Quart("bare")
    app.config["MAX_CONTENT_LENGTH"] = 1000

    @app.post("/ignore")
    async def ignore() -> str:
        return "ignored"

    @app.post("/raise")
    async def raise_the_limit() -> str:
        request.max_content_length = 5000
        return str(len(await request.get_data()))

    @app.post("/data")
    async def data() -> str:
        return str(len(await request.get_data()))

    @app.post("/files")
    async def files() -> str:
        return str(len(await request.files))

    @app.post("/iterate")
    async def iterate() -> str:
        return str(sum([len(chunk) async for chunk in request.body]))

    return app


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [("/ignore", 2000, 200), ("/raise", 2000, 413), ("/data", 2000, 413), ("/iterate", 2000, 413), ("/data", 9, 200)],
)
async def test_what_quart_does_by_itself_with_a_length(bare: Quart, path: str, size: int, status: int) -> None:
    assert (await post(bare.test_client(), path, b"x" * size, {})).status_code == status


@pytest.mark.parametrize(("path", "status"), [("/data", 408), ("/files", 408), ("/iterate", 200)])
async def test_what_quart_does_by_itself_with_a_slow_body(bare: Quart, path: str, status: int) -> None:
    bare.config["BODY_TIMEOUT"] = 0.1
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    async with bare.test_client().request(path, method="POST", headers=headers) as connection:
        await connection.send(b"x")
        await asyncio.sleep(0.4)
        await connection.send_complete()
    assert connection.status_code == status


async def test_without_a_length_an_awaited_body_is_413(bare: Quart) -> None:
    async with bare.test_client().request("/data", method="POST") as connection:
        for _ in range(4):
            await connection.send(b"x" * 500)
        await connection.send_complete()
    assert connection.status_code == 413


async def test_a_large_field_of_a_form_is_413(bare: Quart) -> None:
    bare.config["MAX_CONTENT_LENGTH"] = None
    assert bare.config["MAX_FORM_MEMORY_SIZE"] == 500_000
    body = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n' + b"x" * 500_001 + b"\r\n--b--\r\n"
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    assert (await bare.test_client().post("/files", data=body, headers=headers)).status_code == 413


async def test_a_save_without_await_saves_nothing(bare: Quart, tmp_path: Path) -> None:
    @bare.post("/forgotten")
    async def forgotten() -> str:
        saving = (await request.files)["file"].save(tmp_path / "never")
        saving.close()  # the interpreter's warning would end the test
        return "saved"

    response = await bare.test_client().post("/forgotten", files={"file": FileStorage(BytesIO(b"x"), "a")})
    assert response.status_code == 200
    assert not (tmp_path / "never").exists()
