# src/app/__init__.py
from collections.abc import Mapping
from typing import Any

from quart import Quart
from quart_schema import Info, QuartSchema

from app.config import load_config
from app.cpu import init_cpu
from app.database import init_database
from app.errors import init_errors
from app.hardening import init_hardening
from app.hub import init_hub
from app.jobs import init_jobs
from app.limits import init_limits
from app.routes import BLUEPRINTS
from app.serving import init_serving
from app.tasks import init_tasks


def create_app(overrides: Mapping[str, Any] | None = None) -> Quart:
    app = Quart(__name__)
    load_config(app, overrides)
    no_pages = {"swagger_ui_path": None, "redoc_ui_path": None, "scalar_ui_path": None}
    QuartSchema(app, info=Info(title="Example", version="1.0.0"), **no_pages)
    init_errors(app)
    init_database(app)  # first: while_serving unwinds in reverse, so the engine closes last
    init_hub(app)
    init_jobs(app)
    init_limits(app)
    init_cpu(app)
    init_tasks(app)
    init_hardening(app)
    init_serving(app)  # last: its middleware is the outermost
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
