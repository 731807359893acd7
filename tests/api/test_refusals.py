"""Every route, every way of being refused: the right answer, and no effect."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from server.api.wire import BODY_LIMIT, OPERATIONS, Operation
from server.store import Import, Proposal
from tests.api.conftest import BASE, Api, snapshot

SHARE = "6f2b1c1e-3f0c-4b6e-9a57-7f3a6e1d2c3b"
READING = {"read_at": "2026-11-02T09:00:00Z", "where": "hand", "impressions": 5}


def body_for(operation: Operation, companion: Any) -> Any:
    """A body with which the route would do its work."""
    return {
        "pairings.create": {"code": (companion.codes.current() or companion.codes.fresh())[0]},
        "checks.create": {"text": "A draft."},
        "suggestions.create": {"text": ""},
        "shares.create": {"id": str(uuid.uuid4()), "text": "A post.", "status": "confirmed"},
        "shares.change": {"status": "unconfirmed"},
        "shares.merge": {"keep": SHARE, "other": SHARE},
        "imports.create": {"file": "/nowhere/Shares.csv"},
        "shares.add_reading": {"impressions": 5},
        "shares.remove_reading": READING,
        "shares.restore_reading": READING,
        "items.change": {"title": "Another title"},
        "proposals.create": {"id": str(uuid.uuid4()), "url": "https://www.example.org/", "title": "A page"},
        "proposals.change": {"state": "sent"},
        "sources.create": {"url": "http://127.0.0.1:9/feed.xml"},
        "person.set_preferences": {"takes_rewards": False},
        "person.sharing_card": {"first": "2026-11-01", "last": "2026-11-30"},
        "person.erase": {"confirm": "erase"},
        "programmes.use": {"origin": "/nowhere/programme.yaml"},
        "programmes.publish": {},
    }.get(operation.endpoint)


def path_for(operation: Operation, companion: Any) -> str:
    path = operation.path
    if "<" in path:
        kind = path.split("/")[1]
        name = {
            "shares": SHARE,
            "items": companion.store.items()[0].id,
            "sources": companion.store.sources()[0].id,
            "proposals": SHARE,
            "imports": SHARE,
        }[kind]
        path = f"/{kind}/{name}{path.split('>', 1)[1]}"
    return path


@pytest.fixture(params=sorted(OPERATIONS.values(), key=lambda each: (each.path, each.method)), ids=lambda each: f"{each.method} {each.path}")
def operation(request: pytest.FixtureRequest) -> Operation:
    return request.param


@pytest.fixture
def attempt(operation: Operation, app: Any, companion: Any, token: str) -> Any:
    """Send the route's own good request with something wrong about it."""
    Api(app.test_client(), token)("POST", "/shares", {"id": SHARE, "text": "Ours.", "status": "confirmed", "readings": [READING]})
    companion.store.put_proposal(Proposal(SHARE, "https://www.example.org/", "A page"))
    companion.store.put_import(Import(SHARE, "archive", "Shares.csv"))
    body, path = body_for(operation, companion), path_for(operation, companion)
    good = Api(app.test_client(), companion.secret if operation.local else token)

    def send(**wrong: Any) -> Any:
        headers = {**good.headers, **wrong.pop("headers", {})}
        headers = {key: value for key, value in headers.items() if value is not None}
        more = {"json": body} if body is not None else {}
        if "data" in wrong:
            more = {}
        return good.client.open(f"/api/v1{path}", **{"method": operation.method, "base_url": BASE, "headers": headers, **more, **wrong})

    return send


def refused(response: Any, status: int, code: str) -> None:
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.headers["X-Sayso-Api"] == "1"
    assert set(response.json) == {"error"}
    assert response.json["error"]["code"] == code
    assert response.json["error"]["message"]


def test_good_request_passes_the_guard(attempt: Any, operation: Operation) -> None:
    response = attempt()
    assert response.status_code in (*operation.statuses, 422), response.get_data(as_text=True)
    assert response.headers["X-Sayso-Api"] == "1"


HOSTS = ["evil.example", "evil.example:7297", "127.0.0.1", "127.0.0.1:80", "localhost:7297", "127.0.0.1.evil.example:7297", "[::1]:7297"]
ORIGINS = ["https://www.linkedin.com", "null", "chrome-extension://abcdefghijklmnopabcdefghijklmnop", "http://127.0.0.1:7297"]


def test_bad_host(attempt: Any, companion: Any) -> None:
    before = snapshot(companion)
    for host in HOSTS:
        refused(attempt(base_url=f"http://{host}"), 400, "bad_host")
    assert snapshot(companion) == before


def test_foreign_origin(attempt: Any, companion: Any) -> None:
    before = snapshot(companion)
    for origin in ORIGINS:
        refused(attempt(headers={"Origin": origin}), 403, "foreign_origin")
    assert snapshot(companion) == before


def test_foreign_site(attempt: Any, companion: Any) -> None:
    before = snapshot(companion)
    for site in ("cross-site", "same-site", "same-origin"):
        refused(attempt(headers={"Sec-Fetch-Site": site}), 403, "foreign_site")
    assert snapshot(companion) == before


def test_no_token_or_a_wrong_one(attempt: Any, operation: Operation, companion: Any) -> None:
    if operation.public:
        assert attempt(headers={"Authorization": None}).status_code in operation.statuses
        return
    before = snapshot(companion)
    for authorization in (None, "", "Bearer", "Bearer wrong", "Basic eDp5", "Bearer " + "a" * 43):
        response = attempt(headers={"Authorization": authorization})
        refused(response, 401, "not_paired")
        assert response.headers["WWW-Authenticate"] == "Bearer"
    assert snapshot(companion) == before


def test_browser_token_opens_no_local_route(attempt: Any, operation: Operation, companion: Any, token: str) -> None:
    before = snapshot(companion)
    response = attempt(headers={"Authorization": f"Bearer {token}"})
    if operation.local:
        refused(response, 403, "local_only")
        assert snapshot(companion) == before
    else:
        assert response.status_code != 403


def test_wrong_type(attempt: Any, operation: Operation, companion: Any) -> None:
    if operation.body is None:
        return  # takes no body at all
    before = snapshot(companion)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        refused(attempt(data=b'{"confirm": "erase"}', content_type=kind), 415, "not_json")
    assert snapshot(companion) == before


def test_too_large(attempt: Any, companion: Any) -> None:
    before = snapshot(companion)
    refused(attempt(data=b'"' + b"x" * BODY_LIMIT + b'"', content_type="application/json"), 413, "too_large")
    assert snapshot(companion) == before


def test_broken_json(attempt: Any, operation: Operation, companion: Any) -> None:
    if operation.body is None:
        return
    before = snapshot(companion)
    for broken in (b"", b"{", b'{"a": NaN}', b'{"a": 1, "a": 2}', b"[" * 5000, b"\xff"):
        refused(attempt(data=broken, content_type="application/json"), 400, "invalid_json")
    assert snapshot(companion) == before


def test_unknown_key(attempt: Any, operation: Operation, companion: Any) -> None:
    before = snapshot(companion)
    if operation.body is not None:
        refused(attempt(data=b'{"surprise": 1}', content_type="application/json"), 422, "invalid")
    refused(attempt(query_string={"surprise": "1"}), 422, "invalid")
    assert snapshot(companion) == before


@pytest.mark.parametrize("path", ["/", "/api/v1", "/api/v1/", "/api/v1//shares", "/api/v1/nothing", "//api/v1/shares", "/enter", "/history"])
def test_unknown_paths_need_a_token_and_then_are_not_there(app: Any, token: str, path: str) -> None:
    stranger = app.test_client().get(path, base_url=BASE)
    refused(stranger, 401, "not_paired")
    known = app.test_client().get(path, base_url=BASE, headers={"Authorization": f"Bearer {token}"})
    assert known.status_code in (308, 404)
    if known.status_code == 404:
        refused(known, 404, "not_found")


def test_web_origins_get_no_cors_header_and_ours_does(api: Api) -> None:
    ours = api("GET", "/policy")
    assert ours.headers["Access-Control-Allow-Origin"] == api.headers["Origin"]
    theirs = api("GET", "/policy", headers={"Origin": "https://www.linkedin.com"})
    assert "Access-Control-Allow-Origin" not in theirs.headers
    preflight = api("OPTIONS", "/shares", headers={"Access-Control-Request-Method": "POST", "Authorization": ""})
    assert preflight.status_code == 204


def test_cookie_opens_nothing_here(app: Any, companion: Any) -> None:
    cookie = companion.pages.enter(companion.pages.link_key())
    client = app.test_client()
    client.set_cookie("sayso-7297", cookie, domain="127.0.0.1")
    refused(client.get("/api/v1/shares", base_url=BASE), 401, "not_paired")
