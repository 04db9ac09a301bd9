# src/app/tracing.py
from typing import Any

from opentelemetry import trace
from opentelemetry.instrumentation.asgi import OpenTelemetryMiddleware
from opentelemetry.sdk.trace import TracerProvider
from quart import Quart, request


def hide_query(span: trace.Span, scope: dict[str, Any]) -> None:
    span.set_attributes({"http.url": scope["path"], "url.query": ""})


def init_tracing(app: Quart, provider: TracerProvider) -> None:
    @app.before_request
    async def name_by_rule() -> None:
        if request.url_rule:
            trace.get_current_span().update_name(f"{request.method} {request.url_rule.rule}")

    app.asgi_app = OpenTelemetryMiddleware(  # type: ignore[method-assign]
        app.asgi_app,
        excluded_urls="livez,readyz",
        exclude_spans=["receive", "send"],
        server_request_hook=hide_query,
        tracer_provider=provider,
    )
