# src/app/uploads.py
import asyncio
import os
import secrets
from collections.abc import AsyncGenerator, AsyncIterable
from pathlib import Path
from typing import IO

from quart import current_app, request
from werkzeug.exceptions import LengthRequired, RequestEntityTooLarge

CHUNK = 256 * 1024


def require_length(longest: int) -> None:
    """Refuse a body that is too long, or does not say how long it is, before any of it is read."""
    if request.content_length is None:
        raise LengthRequired
    if request.content_length > longest:
        raise RequestEntityTooLarge


def folder_of(user_id: int) -> Path:
    return Path(current_app.config["UPLOAD_FOLDER"]).resolve() / str(user_id)


async def chunks_of(stream: IO[bytes]) -> AsyncGenerator[bytes, None]:
    while chunk := await asyncio.to_thread(stream.read, CHUNK):
        yield chunk


async def keep(chunks: AsyncIterable[bytes], folder: Path, longest: int) -> tuple[str, int]:
    """Write all chunks to a new file: whole and on the disk, or not at all. Return its name and size."""
    name, size = secrets.token_hex(16), 0
    partial = folder / f".{name}"
    file = await asyncio.to_thread(create, partial)
    try:
        async for chunk in chunks:
            size += len(chunk)
            if size > longest:
                raise RequestEntityTooLarge
            await asyncio.to_thread(file.write, chunk)
        await asyncio.to_thread(finish, file, folder / name)
    finally:  # after an error, a disconnect or a stop, too
        file.close()
        partial.unlink(missing_ok=True)
    return name, size


def create(path: Path) -> IO[bytes]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path.open("xb")


def finish(file: IO[bytes], target: Path) -> None:
    file.flush()
    os.fsync(file.fileno())
    Path(file.name).replace(target)
    folder = os.open(target.parent, os.O_RDONLY)  # a name is on the disk only when its folder is
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
