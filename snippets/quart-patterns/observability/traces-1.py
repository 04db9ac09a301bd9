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

# from references/observability.md > Observability > Traces

import os.path as _path, sys as _sys  # the example project is imported from its own files
_sys.path[:0] = [_path.abspath(_path.join(__file__, '..', _root)) for _root in ("../src", "..",)]

import asyncio
from collections.abc import Callable

from opentelemetry.instrumentation.asgi import OpenTelemetryMiddleware
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from quart import Quart

from app.tracing import init_tracing


def spans(install: Callable[[Quart, TracerProvider], None]) -> str:
    exporter, provider, app = InMemorySpanExporter(), TracerProvider(), Quart("demo")
    provider.add_span_processor(SimpleSpanProcessor(exporter))

    @app.get("/users/<int:user_id>")
    async def show(user_id: int) -> str:
        return str(user_id)

    install(app, provider)
    response = asyncio.run(app.test_client().get("/users/7?token=t0k3n"))
    assert response.status_code == 200
    return str([(span.name, dict(span.attributes or {})) for span in exporter.get_finished_spans()])


def careless(app: Quart, provider: TracerProvider) -> None:
    app.asgi_app = OpenTelemetryMiddleware(app.asgi_app, tracer_provider=provider)  # type: ignore[method-assign]


assert "GET /users/7" in spans(careless)
assert "t0k3n" in spans(careless)
assert "GET /users/<int:user_id>" in spans(init_tracing)
assert "t0k3n" not in spans(init_tracing)
