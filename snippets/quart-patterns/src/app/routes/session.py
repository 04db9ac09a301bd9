# src/app/routes/session.py
from quart import Blueprint
from quart_schema import validate_request

from app.routes.auth import check_credentials
from app.schemas import Credentials
from app.sessions import end_session, refuse_other_sites, start_session

blueprint = Blueprint("session", __name__, url_prefix="/session")
blueprint.before_request(refuse_other_sites)


@blueprint.post("")
@validate_request(Credentials)
async def log_in(data: Credentials) -> tuple[str, int]:
    await start_session(await check_credentials(data))
    return "", 204


@blueprint.delete("")
async def log_out() -> tuple[str, int]:
    await end_session()
    return "", 204
