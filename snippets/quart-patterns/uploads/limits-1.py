# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "aiosqlite>=0.22",
#   "hypercorn>=0.18",
#   "opentelemetry-instrumentation-asgi>=0.61b0",
#   "opentelemetry-sdk>=1.40",
#   "pydantic>=2.12",
#   "pyjwt>=2.10",
#   "pytest-asyncio>=1.5",
#   "pytest>=9",
#   "quart-cors>=0.8",
#   "quart-schema[pydantic]>=0.25",
#   "quart>=0.22",
#   "redis>=8.1",
#   "sqlalchemy[asyncio]>=2.1",
#   "taskiq-redis>=1.2.4",
#   "taskiq>=0.13",
#   "werkzeug>=3.1",
# ]
# ///

# from references/uploads.md > Uploads > Limits

import os.path as _path, sys as _sys  # the example project is imported from its own files
_sys.path[:0] = [_path.abspath(_path.join(__file__, '..', _root)) for _root in ("../src", "..",)]

import asyncio

from quart import Quart, request

app = Quart("demo")
app.config["MAX_CONTENT_LENGTH"] = 100_000
HEAD = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'


@app.post("/")
async def take() -> str:
    return str(len((await request.files)["file"].read()))


async def upload(**length: str) -> tuple[int, bytes]:
    headers = {"Content-Type": "multipart/form-data; boundary=b", **length}
    async with app.test_client().request("/", method="POST", headers=headers) as connection:
        for part in (HEAD, *[b"x" * 50_000] * 4, b"\r\n--b--\r\n"):
            await connection.send(part)
            await asyncio.sleep(0.05)
        await connection.send_complete()
    response = await connection.as_response()
    return response.status_code, await response.get_data()


assert asyncio.run(upload()) == (200, b"200000")
status, _ = asyncio.run(upload(**{"Content-Length": "200081"}))
assert status == 413
