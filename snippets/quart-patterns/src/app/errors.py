# src/app/errors.py
from typing import Any

from pydantic import ValidationError
from quart import Quart, Request
from quart_schema import RequestSchemaValidationError
from werkzeug.exceptions import BadRequest, HTTPException

Reply = tuple[dict[str, Any], int, dict[str, str]]


class AppError(Exception):
    status = 400
    code = "bad_request"


class Unauthenticated(AppError):
    status, code = 401, "unauthenticated"


class NotFound(AppError):
    status, code = 404, "not_found"


class EmailTaken(AppError):
    status, code = 409, "email_taken"


class Busy(AppError):
    status, code = 503, "busy"


def reply(status: int, code: str, message: str, details: list[dict[str, str]] | None = None) -> Reply:
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}  # noqa: PLR2004
    error = {"code": code, "message": message, "details": details or []}
    return {"error": error}, status, headers


def invalid_fields(cause: Exception | None) -> list[dict[str, str]]:
    if not isinstance(cause, ValidationError):
        return []
    fields = []
    for item in cause.errors():
        # the last part of an unknown key's place is the client's own text
        place = item["loc"][:-1] if item["type"] == "extra_forbidden" else item["loc"]
        fields.append({"field": ".".join(map(str, place)), "problem": item["type"]})
    return fields


class BoundedRequest(Request):
    async def get_json(self, *args: Any, **options: Any) -> Any:
        try:
            return await super().get_json(*args, **options)
        except RecursionError as error:  # a body of nothing but brackets
            raise BadRequest from error


def init_errors(app: Quart) -> None:
    app.request_class = BoundedRequest

    @app.errorhandler(AppError)
    async def known(error: AppError) -> Reply:
        return reply(error.status, error.code, str(error))

    @app.errorhandler(RequestSchemaValidationError)
    async def invalid(error: RequestSchemaValidationError) -> Reply:
        details = invalid_fields(error.validation_error)
        return reply(422, "invalid_request", "The request is not valid", details)

    @app.errorhandler(HTTPException)
    async def http(error: HTTPException) -> Reply:
        code = error.name.lower().replace(" ", "_")
        body, status, headers = reply(error.code or 500, code, error.description or "")
        kept = {k: v for k, v in error.get_headers() if k.lower() not in {"content-type", "content-length"}}
        return body, status, kept | headers

    @app.errorhandler(500)
    async def unexpected(_: HTTPException) -> Reply:  # Quart has logged the traceback
        return reply(500, "internal_server_error", "Internal server error")
