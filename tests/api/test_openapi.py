"""The OpenAPI document and the routes say the same, and the replies keep to it."""

from __future__ import annotations

import json
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
from server.companion import Companion
from tests.api.conftest import BASE, Api

DOCS = Path(__file__).parents[2] / "docs" / "api.md"
# The first takes the token with it, the others lead out to addresses and files; test_api.py has them.
NOT_TRIED = ("/everything", "/sources", "/programme")
TRIED = sorted((each for each in OPERATIONS.values() if each.path not in NOT_TRIED), key=lambda each: each.endpoint)


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


def test_docs_name_what_each_route_answers() -> None:
    told = re.findall(r"^\| `([A-Z]+) (/[^`]*)` \| .* \| (?:20\d )?`{([^`]*)}`[^|]* \|$", DOCS.read_text(), re.MULTILINE)
    assert len(told) > 20
    models = {(each.method, re.sub("<(?:uuid:)?[a-z_]+>", "{id}", each.path)): each.reply for each in OPERATIONS.values()}
    for method, path, keys in told:
        outer = re.sub(r"\[[^]]*\]|: ?\[?\{[^}]*\}\]?", "", keys)
        given = {field.alias or name for name, field in models[method, path].model_fields.items()}
        assert {key.strip(" :") for key in outer.split(",")} == given, (method, path)


def test_docs_show_the_check_as_it_is_answered(tmp_path: Path, companion: Companion, local: Api) -> None:
    blocks = re.search(r"^POST /api/v1/checks\n(\{.*?\})\n\n(\{.*?\})\n```", DOCS.read_text(), re.MULTILINE | re.DOTALL)
    assert blocks
    asked, told = map(json.loads, blocks.groups())
    file = tmp_path / "programme.yaml"
    file.write_text("name: X\npolicy: {company: {name: Cobalt & Finch, products: [Finch Roast]}, jurisdictions: [uk], rewarded: true}\n")
    companion.use_programme(str(file))
    given = local("POST", "/checks", asked).json
    for each in (given, told):
        each |= {"policy_version": "…", "ms": 0}
        each["findings"] = [finding | {"sources": []} for finding in each["findings"]]
    assert told == given


@pytest.mark.parametrize("operation", TRIED, ids=lambda each: each.endpoint)
def test_any_request_gets_a_documented_reply(app: Any, companion: Any, operation: Operation) -> None:
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
