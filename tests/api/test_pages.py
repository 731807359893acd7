"""Who may see the companion's own pages, and that a refused request changes nothing."""

from __future__ import annotations

import errno
import html
import logging
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from server.access import PageSessions
from server.companion import Companion
from server.programme import SOURCE_ID
from server.web.frame import CSP

from .conftest import BASE, snapshot
from .pages import COOKIE, DRAFT, INNER, ITEM, LANGUAGES, PAGES, SHARE, TEXT, VIEWS, Visitor, come_in, log_share


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return come_in(app)


# -- the way in --


def test_a_link_opens_the_pages_with_a_cookie_of_this_host_alone(app: Flask, companion: Companion) -> None:
    visitor = Visitor(app.test_client())
    reply = visitor.get(f"/enter?key={companion.pages.link_key()}")
    assert (reply.status_code, reply.headers["Location"]) == (303, "/")
    name, *attributes = reply.headers["Set-Cookie"].split("; ")
    assert name.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(attributes)
    assert not any(attribute.startswith("Domain") for attribute in attributes)
    assert visitor.get("/").status_code == 200


def test_a_link_used_already_lets_nobody_else_in(app: Flask, companion: Companion) -> None:
    key = companion.pages.link_key()
    assert Visitor(app.test_client()).get(f"/enter?key={key}").status_code == 303
    second = Visitor(app.test_client())
    reply = second.get(f"/enter?key={key}")
    assert reply.status_code == 403 and reply.mimetype == "text/html"
    assert "Set-Cookie" not in reply.headers
    assert "sayso pages" in reply.text and "Open your pages" in reply.text
    assert second.get("/").status_code == 401


@pytest.mark.parametrize("query", ["", "?key=", "?key=unknown", "?key=%F0%9F%98%80"])
def test_an_unknown_link_opens_nothing(app: Flask, query: str) -> None:
    visitor = Visitor(app.test_client())
    assert visitor.get(f"/enter{query}").status_code == 403
    assert visitor.get("/").status_code == 401


def test_a_link_older_than_a_minute_opens_nothing(app: Flask, companion: Companion) -> None:
    now = [0.0]
    companion.pages = PageSessions(now=lambda: now[0])
    key = companion.pages.link_key()
    now[0] = 60.0
    visitor = Visitor(app.test_client())
    assert visitor.get(f"/enter?key={key}").status_code == 403
    assert visitor.get("/").status_code == 401


def test_looking_at_a_link_does_not_use_it_up(app: Flask, companion: Companion) -> None:
    path = f"/enter?key={companion.pages.link_key()}"
    visitor = Visitor(app.test_client())
    assert "Set-Cookie" not in visitor.client.head(path, base_url=PAGES).headers
    assert "Set-Cookie" not in visitor.get(path, Sec_Purpose="prefetch;prerender").headers
    assert visitor.get(path).status_code == 303


# -- who is refused, and that it changes nothing --


Meddle = Callable[[Visitor], tuple[str, dict[str, str], dict[str, str]]]


def _sent(
    visitor: Visitor, *, base: str = PAGES, origin: str | None = PAGES, token: str | None = None, **headers: str
) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if origin is not None:
        named["Origin"] = origin
    return base, named, {"form_token": visitor.token() if token is None else token}


MEDDLING: dict[str, Meddle] = {
    "foreign origin": lambda v: _sent(v, origin="https://evil.example"),
    "no origin": lambda v: _sent(v, origin=None),
    "null origin": lambda v: _sent(v, origin="null"),
    "own origin on another port": lambda v: _sent(v, origin="http://sayso.localhost:7298"),
    "origin of the API's host": lambda v: _sent(v, origin=BASE),
    "wrong form token": lambda v: _sent(v, token="wrong"),
    "no form token": lambda v: _sent(v, token=""),
    "from another site": lambda v: _sent(v, Sec_Fetch_Site="cross-site"),
    "from a neighbouring site": lambda v: _sent(v, Sec_Fetch_Site="same-site"),
    "the API's host": lambda v: _sent(v, base=BASE, origin=BASE),
    "a foreign host": lambda v: _sent(v, base="http://evil.example:7297"),
    "the host without its port": lambda v: _sent(v, base="http://sayso.localhost"),
}
WRITES = {
    "/code": {},
    "/programme": {"name": DRAFT, "jurisdictions": "uk"},
    "/programme/use": {"origin": "https://intranet.example/p.yaml"},
    f"/history/{SHARE}/delete": {},
    "/history/undo": {},
    f"/history/{SHARE}/settle": {"live": "no"},
    f"/history/{SHARE}/text": {"text": DRAFT},
    f"/history/{SHARE}/readings": {"impressions": "12"},
    f"/history/{SHARE}/readings/0/remove": {},
    f"/history/{SHARE}/merge": {"other": SHARE},
    "/history/worth": {"method": "clicks", "currency": "EUR", "cpc": "1", "source": DRAFT},
    "/history/imports": {},
    "/history/imports/take": {},
    f"/history/imports/{SHARE}/remove": {},
    "/history/own": {},
    "/history/erase": {"sure": "erase"},
    "/check": {"text": DRAFT},
    "/charter/read": {"version": "1"},
    "/undo": {},
    f"/feed/move/{ITEM}": {"category": "industry"},
    "/items/new": {"do": "save", "title": DRAFT, "url": "https://cobaltfinch.example/new"},
    "/items/preview": {"title": DRAFT},
    f"/items/{ITEM}": {"do": "save", "title": DRAFT},
    f"/items/{ITEM}/shelve": {},
    f"/items/{ITEM}/delete": {},
    "/sources/add": {"place": "/nowhere"},
    "/sources/import": {},
    f"/sources/{SOURCE_ID}/refresh": {},
    f"/sources/{SOURCE_ID}/remove": {},
    "/proposals/take": {"message": DRAFT},
    f"/proposals/{SHARE}": {"answer": "accepted"},
    "/publish": {},
    "/figures": {"message": DRAFT},
}


def test_every_form_of_the_pages_is_tried_below(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("web.") and "POST" in (rule.methods or ())]
    adapter = app.url_map.bind("sayso.localhost")
    assert {rule.endpoint for rule in rules} == {adapter.match(path, "POST")[0] for path in WRITES}


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("meddling", MEDDLING)
def test_a_form_not_sent_from_our_own_page_has_no_effect(
    companion: Companion, visitor: Visitor, path: str, meddling: str
) -> None:
    log_share(companion)
    base, headers, form = MEDDLING[meddling](visitor)
    before = snapshot(companion)
    reply = visitor.client.post(path, base_url=base, data={**WRITES[path], **form}, headers=headers)
    assert 400 <= reply.status_code < 500
    assert DRAFT not in html.unescape(reply.text)
    assert snapshot(companion) == before


@pytest.mark.parametrize("path", WRITES)
def test_a_form_without_a_session_has_no_effect(app: Flask, companion: Companion, visitor: Visitor, path: str) -> None:
    log_share(companion)
    token, before = visitor.token(), snapshot(companion)
    stranger = app.test_client()
    for cookie in (None, "forged", token):
        if cookie:
            stranger.set_cookie(COOKIE, cookie, domain="sayso.localhost")
        reply = stranger.post(
            path, base_url=PAGES, data={**WRITES[path], "form_token": token}, headers={"Origin": PAGES},
        )
        assert reply.status_code == 401
    assert snapshot(companion) == before


def test_the_form_token_of_another_session_is_refused(app: Flask, companion: Companion, visitor: Visitor) -> None:
    log_share(companion)
    other = come_in(app)
    reply = visitor.post(f"/history/{SHARE}/delete", form_token=other.token())
    assert reply.status_code == 403
    assert companion.store.share(SHARE)


@pytest.mark.parametrize("path", VIEWS + INNER)
def test_a_page_shows_nothing_without_its_session(app: Flask, companion: Companion, token: str, path: str) -> None:
    log_share(companion)
    code, _ = companion.codes.fresh()
    for headers in ({}, {"Authorization": f"Bearer {token}"}, {"Authorization": f"Bearer {companion.secret}"}):
        reply = app.test_client().get(path, base_url=PAGES, headers=headers)
        assert reply.status_code == 401 and reply.mimetype == "text/html"
        assert TEXT not in reply.text and code not in reply.text and "Cobalt" not in reply.text


@pytest.mark.parametrize("path", VIEWS + INNER)
def test_a_page_opened_from_elsewhere_is_refused(visitor: Visitor, path: str) -> None:
    assert visitor.get(path, Origin="https://evil.example").status_code == 403
    assert visitor.get(path, Sec_Fetch_Site="cross-site").status_code == 403
    assert visitor.client.get(path, base_url="http://evil.example:7297").status_code == 400


@pytest.mark.parametrize("path", ["/shares", "/export", "/policy", "/preferences"])
def test_the_api_takes_no_cookie(visitor: Visitor, path: str) -> None:
    cookie = visitor.client.get_cookie(COOKIE, domain="sayso.localhost")
    assert cookie
    for header in ({"Cookie": f"{COOKIE}={cookie.value}"}, {"Authorization": f"Bearer {cookie.value}"}):
        reply = visitor.client.get(f"/api/v1{path}", base_url=BASE, headers=header)
        assert reply.status_code == 401 and reply.json["error"]["code"] == "not_paired"


def test_the_api_is_not_on_the_pages_host(visitor: Visitor, token: str) -> None:
    reply = visitor.get("/api/v1/shares", Authorization=f"Bearer {token}")
    assert reply.status_code == 404 and reply.mimetype == "text/html"


def test_the_pages_are_not_on_the_api_host(visitor: Visitor, token: str) -> None:
    for path in VIEWS + INNER:
        reply = visitor.client.get(path, base_url=BASE, headers={"Authorization": f"Bearer {token}"})
        assert reply.status_code == 404 and reply.mimetype == "application/json"


# -- errors are pages --


@pytest.mark.parametrize(
    ("path", "status"), [("/nothing", 404), ("/style/other.css", 404), ("/code", 405), ("/history/undo", 405)],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_is_a_page_in_the_readers_language(visitor: Visitor, path: str, status: int, language: str) -> None:
    reply = visitor.get(path, Accept_Language=language)
    assert (reply.status_code, reply.mimetype) == (status, "text/html")
    assert f'<html lang="{language}">' in reply.text
    assert reply.headers["Content-Security-Policy"] == CSP


def test_a_crash_tells_nothing_of_the_draft(
    companion: Companion, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def crash(*_: Any, **__: Any) -> Any:
        raise RuntimeError(DRAFT)

    monkeypatch.setattr(companion.engine, "check", crash)
    with caplog.at_level(logging.DEBUG):
        reply = visitor.post("/check", text=DRAFT)
    assert reply.status_code == 500 and reply.mimetype == "text/html"
    assert DRAFT not in html.unescape(reply.text) and DRAFT not in caplog.text


def test_a_full_disk_is_told_with_what_to_do_in_the_readers_language(
    companion: Companion, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(companion.store, "set_preferences", full)
    form = {"form_token": visitor.token(), "version": companion.engine.version}
    headers = {"Origin": PAGES, "Accept-Language": "de"}
    reply = visitor.client.post("/charter/read", base_url=PAGES, data=form, headers=headers)
    assert reply.status_code == 507
    assert "Nichts wurde geändert. Schaffen Sie Platz auf der Festplatte" in html.unescape(reply.text)


def test_an_error_of_the_api_stays_json(app: Flask) -> None:
    reply = app.test_client().get("/api/v1/shares", base_url=BASE)
    assert reply.status_code == 401 and reply.mimetype == "application/json"
    assert reply.headers["WWW-Authenticate"] == "Bearer"
