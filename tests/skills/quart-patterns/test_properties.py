"""The validated API against its own OpenAPI document, with bodies and parameters that nobody thought of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from live import serve
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance

from conftest import ADA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from live import Server
    from schemathesis import Case
    from schemathesis.schemas import APIOperation

FEW = settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
EXPECTED = {200, 201, 202, 204, 400, 401, 403, 404, 405, 409, 413, 422, 429}
CHECKS = (not_a_server_error, response_schema_conformance)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve(tmp_path_factory.mktemp("properties")) as running:
        yield running


@pytest.fixture(scope="module")
def header(server: Server) -> dict[str, str]:
    with httpx.Client(base_url=server.url, timeout=10) as client:
        assert client.post("/users", json=ADA).status_code == 201
        login = {key: ADA[key] for key in ("email", "password")}
        token = client.post("/auth/login", json=login).raise_for_status().json()["access_token"]
    return {"Authorization": f"Bearer {token}", "Sec-Fetch-Site": "same-origin"}


def statuses_of(operation: APIOperation, header: dict[str, str]) -> set[int]:
    """Send what its own description allows and forbids; return how it was answered."""
    statuses: set[int] = set()

    @FEW
    @given(case=operation.as_strategy())
    def holds(case: Case) -> None:
        statuses.add(case.call_and_validate(headers=header, checks=CHECKS, timeout=10).status_code)

    holds()
    return statuses


def test_no_request_breaks_what_the_document_says(server: Server, header: dict[str, str]) -> None:
    document = schemathesis.openapi.from_url(f"{server.url}/openapi.json").exclude(path_regex="^/probe/")
    tried = {}
    for found in document.get_all_operations():
        operation = found.ok()
        tried[operation.label] = statuses_of(operation, header)
    for label, statuses in tried.items():
        assert statuses, label
        assert statuses <= EXPECTED, label
    assert {"POST /users", "GET /users", "POST /auth/login", "POST /session", "GET /jobs/{job_id}"} <= tried.keys()
