# src/app/routes/files.py
import asyncio
import contextlib
from http import HTTPStatus

from quart import Blueprint, Response, current_app, g, request, send_from_directory
from werkzeug.exceptions import BadRequest, NotFound, RequestTimeout
from werkzeug.utils import secure_filename

from app.security import login_required
from app.uploads import chunks_of, folder_of, keep, require_length

blueprint = Blueprint("files", __name__, url_prefix="/files")


@blueprint.post("/form")
@login_required
async def take_form() -> tuple[dict[str, str | int], HTTPStatus]:
    longest = current_app.config["MAX_CONTENT_LENGTH"]
    require_length(longest)
    upload = (await request.files).get("file")
    if upload is None:
        raise BadRequest("A form with the field `file` is required")
    with contextlib.closing(upload.stream):
        name, size = await keep(chunks_of(upload.stream), folder_of(g.user_id), longest)
    title = secure_filename(upload.filename or "")[:100] or "file"
    return {"name": name, "size": size, "title": title}, HTTPStatus.CREATED


@blueprint.post("")
@login_required
async def take_body() -> tuple[dict[str, str | int], HTTPStatus]:
    longest = current_app.config["MAX_CONTENT_LENGTH"]
    require_length(longest)
    try:
        async with asyncio.timeout(current_app.config["BODY_TIMEOUT"]):
            name, size = await keep(request.body, folder_of(g.user_id), longest)
    except TimeoutError as error:
        raise RequestTimeout from error
    return {"name": name, "size": size}, HTTPStatus.CREATED


@blueprint.get("/<string(length=32):name>")
@login_required
async def give(name: str) -> Response:
    if name.strip("0123456789abcdef"):
        raise NotFound
    return await send_from_directory(
        folder_of(g.user_id), name, as_attachment=True, mimetype="application/octet-stream"
    )
