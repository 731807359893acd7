"""Pairing by code, and the proof by which a browser knows its companion again."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

import pytest

from server.access import CODE_LIFE_S, LINK_LIFE_S, PairingCodes, PageSessions
from tests.api.conftest import Api


@pytest.fixture
def stranger(app: Any) -> Api:
    return Api(app.test_client(), None)


def test_code_pairs_once(stranger: Api, companion: Any) -> None:
    code, _ = companion.codes.fresh()
    reply = stranger("POST", "/pairings", {"code": code, "client": "Chromium 156"})
    assert reply.status_code == 201
    assert Api(stranger.client, reply.json["token"])("GET", "/shares").status_code == 200
    again = stranger("POST", "/pairings", {"code": code})
    assert (again.status_code, again.json["error"]["code"]) == (403, "stale_code")
    assert reply.json["token"] not in str(companion.store.pairings())


@pytest.mark.parametrize("written", ["{}", "7311-{}", " {} "])
def test_code_is_taken_as_people_write_it(stranger: Api, companion: Any, written: str) -> None:
    code, _ = companion.codes.fresh()
    assert stranger("POST", "/pairings", {"code": written.format(code.lower())}).status_code == 201


def test_browser_ends_its_own_pairing_and_no_other(stranger: Api, companion: Any, token: str) -> None:
    reply = stranger("POST", "/pairings", {"code": companion.codes.fresh()[0]})
    gone = Api(stranger.client, reply.json["token"])
    assert gone("DELETE", "/pairings").json == {"done": True}
    assert gone("GET", "/shares").status_code == 401
    assert Api(stranger.client, token)("GET", "/shares").status_code == 200


def test_fifth_wrong_try_voids_the_code(stranger: Api, companion: Any) -> None:
    code, _ = companion.codes.fresh()
    wrong = "AAAA-AAAA" if code != "AAAA-AAAA" else "BBBB-BBBB"
    codes = [stranger("POST", "/pairings", {"code": wrong}).json["error"]["code"] for _ in range(5)]
    assert codes == ["wrong_code"] * 4 + ["void_code"]
    assert stranger("POST", "/pairings", {"code": code}).json["error"]["code"] == "void_code"
    assert companion.store.pairings() == []


def test_proof_is_the_hmac_of_the_nonce(stranger: Api, companion: Any) -> None:
    key = stranger("POST", "/pairings", {"code": companion.codes.fresh()[0]}).json["key"]
    nonce = "0123456789abcdef0123456789abcdef"
    health = stranger("GET", f"/health?nonce={nonce}").json
    assert health["app"] == "sayso" and health["api"] == 1 and health["rules_loaded"] > 0
    assert health["proof"] == hmac.new(bytes.fromhex(key), nonce.encode(), hashlib.sha256).hexdigest()
    assert stranger("GET", "/health").json["proof"] is None
    assert stranger("GET", "/health?nonce=short").status_code == 422


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_code_lives_ten_minutes() -> None:
    clock = Clock()
    codes = PairingCodes(clock)
    code, _ = codes.fresh()
    clock.now = CODE_LIFE_S
    assert codes.current() is None
    assert codes.redeem(code) == "expired"


def test_fresh_code_voids_the_one_before() -> None:
    codes = PairingCodes()
    first, _ = codes.fresh()
    second, _ = codes.fresh()
    assert codes.redeem(first) == "wrong"
    assert codes.redeem(second) == "ok"


def test_link_to_the_pages_opens_once_within_a_minute() -> None:
    clock = Clock()
    pages = PageSessions(clock)
    key = pages.link_key()
    cookie = pages.enter(key)
    assert cookie and pages.form_token(cookie)
    assert pages.enter(key) is None
    late = pages.link_key()
    clock.now = LINK_LIFE_S
    assert pages.enter(late) is None
    assert pages.form_token("guess") is None
