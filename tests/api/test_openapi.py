"""The OpenAPI document and the routes say the same, and the replies keep to it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
from schemathesis.specs.openapi.checks import response_schema_conformance
from schemathesis.checks import not_a_server_error

from server.api.openapi import document
from server.api.wire import OPERATIONS, PREFIX, Operation
from tests.api.conftest import BASE, Api

DOCS = Path(__file__).parents[2] / "docs" / "api.md"


def test_document_lists_every_route_and_no_other(app: Any) -> None:
    served = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if not rule.endpoint.startswith("web.")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    listed = {(path, method) for path, methods in document()["paths"].items() for method in methods}
    assert served == listed


def test_document_is_served(api: Api) -> None:
    assert api("GET", "/openapi.json").json == document()


def test_docs_name_every_route() -> None:
    text = DOCS.read_text()
    rows = [f"| `{each.method} {re.sub('<(?:uuid:)?[a-z_]+>', '{id}', each.path)}` |" for each in OPERATIONS.values()]
    assert [row for row in rows if row not in text] == []


@pytest.mark.parametrize("operation", sorted(OPERATIONS.values(), key=lambda each: each.endpoint), ids=lambda each: each.endpoint)
def test_any_request_gets_a_documented_reply(app: Any, companion: Any, operation: Operation) -> None:
    if operation.path in ("/everything", "/sources", "/programme"):
        # One takes the token with it, the others lead out to addresses and files; test_api.py has them.
        assert operation.endpoint.split(".")[0] in ("person", "sources", "programmes")
        return
    schema = schemathesis.openapi.from_wsgi(
        f"{PREFIX}/openapi.json", app, base_url=BASE, headers={"Authorization": f"Bearer {companion.secret}"}
    )
    path = PREFIX + re.sub("<(?:uuid:)?([a-z_]+)>", r"{\1}", operation.path)
    headers = {"Authorization": f"Bearer {companion.secret}"}

    @hypothesis.settings(
        max_examples=15, deadline=None, derandomize=True, database=None, suppress_health_check=list(hypothesis.HealthCheck)
    )
    @hypothesis.given(case=schema[path][operation.method].as_strategy())
    def any_request(case: Any) -> None:
        response = case.call(base_url=BASE, headers=headers)
        case.validate_response(response, checks=[not_a_server_error, response_schema_conformance])

    any_request()
