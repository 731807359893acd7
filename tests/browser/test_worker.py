"""The service worker: whom it trusts, whom it answers, and what its badge says."""

from __future__ import annotations

import json
import re
import uuid

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.extension_side import DRAFT, FromLinkedin, badge, from_popup, press, stored
from tests.browser.fake_companion import KEY, TOKEN, FakeCompanion, Manners
from tests.support.browser import worker

# -- whom the worker trusts --


def test_a_draft_goes_to_the_companion_that_proved_itself(tab: FromLinkedin, fake: FakeCompanion) -> None:
    reply = tab.send("check", text=DRAFT, item=None)
    assert reply["state"] == "ready"
    assert reply["check"] == {"disclosure": "missing", "findings": [], "lang": "en"}
    [request] = fake.sent("POST", "checks")
    assert request.body == {"text": DRAFT}
    assert request.headers["Authorization"] == f"Bearer {TOKEN}"
    assert request.headers["Accept-Language"].startswith("en")
    assert request.headers["Content-Type"] == "application/json"
    assert "Cookie" not in request.headers
    assert "linkedin" not in str(request.headers).lower()


def test_another_program_on_the_port_gets_neither_token_nor_draft(
    tab: FromLinkedin, fake: FakeCompanion, popup: Page
) -> None:
    fake.manners.honest = False
    fake.requests.clear()
    share = press()
    assert tab.send("check", text=DRAFT) == {"state": "foreign-port"}
    assert tab.send("suggest", text=DRAFT) == {"state": "foreign-port"}
    assert tab.send("hello")["state"] == "foreign-port"
    assert tab.send("pressed", share=share) == {"ok": True}
    assert tab.send("outcome", id=share["id"], outcome="confirmed") == {"ok": True}
    assert from_popup(popup, "shares", q=DRAFT) == {"state": "foreign-port"}
    assert from_popup(popup, "delete-share", id=str(uuid.uuid4())) == {"state": "foreign-port"}
    assert from_popup(popup, "pages") == {"state": "foreign-port"}
    fake.wait_for("GET", "health", 6)  # the outbox may share one
    assert {request.path for request in fake.requests} == {"health"}
    for secret in (TOKEN, KEY, "Authorization", "roast", DRAFT):
        assert secret not in fake.everything()

    fake.manners.honest = True
    assert tab.send("check", text="x")["state"] == "ready"
    assert [request.body["text"] for request in fake.wait_for("POST", "shares")] == [DRAFT]


def test_every_request_is_preceded_by_a_proof_of_its_own(tab: FromLinkedin, fake: FakeCompanion) -> None:
    fake.requests.clear()
    for number in range(4):
        assert tab.send("check", text=f"draft {number}")["state"] == "ready"
    assert [request.path for request in fake.requests] == ["health", "checks"] * 4
    assert not any("Authorization" in request.headers for request in fake.sent("GET", "health"))


def test_requests_that_start_together_share_one_proof_and_a_later_one_asks_anew(tab: FromLinkedin, fake: FakeCompanion, popup: Page) -> None:
    fake.requests.clear()
    fake.manners.hold.add("GET health")
    popup.evaluate("""async () => {
        globalThis.asked = ["state", "shares", "left-out"].map((kind) => chrome.runtime.sendMessage({kind}));
        await chrome.runtime.sendMessage({kind: "beside"});  // answered when the three have begun
    }""")
    fake.released.set()
    assert popup.evaluate("async () => (await Promise.all(asked)).map(({state}) => state)") == ["ready"] * 3
    assert [request.path for request in fake.requests][:1] == ["health"]
    assert sorted(request.path for request in fake.requests) == ["health", "preferences", "shares"]
    assert from_popup(popup, "shares")["state"] == "ready"
    assert [request.path for request in fake.requests][3:] == ["health", "shares"]


def test_each_proof_is_asked_with_a_fresh_nonce(tab: FromLinkedin, fake: FakeCompanion, popup: Page) -> None:
    seen = popup.evaluate("""async () => {
        const proofs = [];
        for (let i = 0; i < 3; i++) proofs.push((await chrome.runtime.sendMessage({kind: "state"})).state);
        return proofs;
    }""")
    assert seen == ["ready"] * 3
    nonces = [nonce for nonce in fake.nonces if nonce]
    assert len(nonces) == len(set(nonces)) >= 4
    assert all(re.fullmatch(r"[0-9a-f]{64}", nonce) for nonce in nonces)


def test_what_does_not_speak_our_language_is_another_program(tab: FromLinkedin, fake: FakeCompanion) -> None:
    polite = fake.manners
    redirected = Manners(redirect_to="/api/v1/elsewhere")
    for rude in (Manners(api=None), Manners(api="two"), Manners(health_status=404), redirected):
        fake.manners = rude
        fake.requests.clear()
        assert tab.send("check", text=DRAFT) == {"state": "foreign-port"}, rude
        assert [request.path for request in fake.requests] == ["health"], rude
    fake.manners = polite
    assert tab.send("check", text=DRAFT)["state"] == "ready"


def test_a_stopped_companion_is_away_and_found_again(tab: FromLinkedin, fake: FakeCompanion) -> None:
    port = fake.port
    fake.close()
    assert tab.send("check", text=DRAFT) == {"state": "away"}
    fake.open(port)
    assert tab.send("check", text=DRAFT)["state"] == "ready"


@pytest.mark.parametrize("held", ["GET health", "POST checks"])
def test_a_companion_that_does_not_answer_within_five_seconds_is_slow(
    tab: FromLinkedin, fake: FakeCompanion, held: str
) -> None:
    fake.manners.hold.add(held)
    assert tab.send("check", text=DRAFT) == {"state": "slow"}


def test_a_refused_token_is_forgotten(tab: FromLinkedin, fake: FakeCompanion, context: BrowserContext) -> None:
    fake.manners.known_token = False
    assert tab.send("check", text=DRAFT) == {"state": "unpaired"}
    fake.requests.clear()
    assert tab.send("check", text=DRAFT) == {"state": "unpaired"}
    assert fake.requests == []
    assert TOKEN not in str(worker(context).evaluate("chrome.storage.local.get(null)"))


def test_a_refused_check_does_not_look_like_a_check(tab: FromLinkedin, fake: FakeCompanion) -> None:
    fake.manners.refuse["POST checks"] = (422, "invalid")
    reply = tab.send("check", text=DRAFT)
    assert reply == {"state": "slow", "error": {"code": "invalid", "message": "invalid, in words"}}


def test_half_a_surrogate_pair_keeps_its_place(tab: FromLinkedin, fake: FakeCompanion) -> None:
    reply = tab.evaluate(r"chrome.runtime.sendMessage({kind: 'check', text: 'a\ud83db\udc00c'})")
    assert reply["state"] == "ready"
    assert fake.sent("POST", "checks")[0].body == {"text": "a\ufffdb\ufffdc"}


# -- who may say what --


def test_content_scripts_cannot_read_the_token(tab: FromLinkedin) -> None:
    with pytest.raises(RuntimeError, match="(?i)access to storage is not allowed"):
        tab.evaluate("chrome.storage.local.get(null)")


def test_the_popups_messages_are_not_taken_from_a_web_page(tab: FromLinkedin, fake: FakeCompanion) -> None:
    fake.requests.clear()
    for kind in ("state", "shares", "unpair", "pages", "left-out", "restore-rules", "beside"):
        assert tab.send(kind) is None, kind
    assert fake.requests == []
    assert tab.send("check", text=DRAFT)["state"] == "ready"


def test_the_compose_boxs_messages_are_not_taken_from_the_popup(
    tab: FromLinkedin, popup: Page, fake: FakeCompanion
) -> None:
    fake.requests.clear()
    assert from_popup(popup, "suggest", text=DRAFT) is None
    assert from_popup(popup, "dismiss-rule", rule="one") is None
    assert from_popup(popup, "no-such-kind") is None
    assert fake.requests == []


def test_a_text_is_checked_for_the_compose_box_and_for_the_popup(
    tab: FromLinkedin, popup: Page, fake: FakeCompanion
) -> None:
    assert from_popup(popup, "check", text=DRAFT)["check"] == tab.send("check", text=DRAFT)["check"]
    assert len(fake.sent("POST", "checks")) == 2


def test_rules_are_left_out_one_after_the_other_and_nothing_else_is_touched(
    tab: FromLinkedin, popup: Page, fake: FakeCompanion
) -> None:
    ask = """Promise.all(["one", "two", "one", "three"].map((rule) =>
      chrome.runtime.sendMessage({kind: "dismiss-rule", rule})))"""
    assert tab.evaluate(ask) == [{"state": "ready", "ok": True}] * 4
    assert fake.preferences == {"takes_rewards": False, "dismissed_rules": ["one", "two", "three"]}
    assert from_popup(popup, "left-out") == {"state": "ready", "count": 3}
    assert from_popup(popup, "restore-rules") == {"state": "ready", "ok": True}
    assert fake.preferences == {"takes_rewards": False, "dismissed_rules": []}


def test_a_rule_that_could_not_be_left_out_is_told_and_the_next_one_is(tab: FromLinkedin, fake: FakeCompanion) -> None:
    fake.manners.refuse["PUT preferences"] = (422, "invalid")
    assert tab.send("dismiss-rule", rule="one")["error"]["code"] == "invalid"
    fake.manners.refuse = {"GET preferences": (500, "crash")}
    assert tab.send("dismiss-rule", rule="one")["state"] == "slow"
    assert len(fake.sent("PUT", "preferences")) == 1
    fake.manners.refuse.clear()
    assert tab.send("dismiss-rule", rule="two")["ok"] is True
    assert fake.preferences["dismissed_rules"] == ["two"]


MALFORMED = [
    {"kind": "check"},
    {"kind": "check", "text": 7},
    {"kind": "check", "text": DRAFT, "port": 80},
    {"kind": "pressed", "share": {"id": "../policy", "text": DRAFT, "posted_at": "2026-11-18T08:40:00Z"}},
    {"kind": "pressed", "share": {**press(), "own_words": 2}},
    {"kind": "outcome", "id": str(uuid.uuid4()), "outcome": "perhaps"},
    {"kind": "not-recognised", "on": "yes"},
    {"kind": "dismiss-rule", "rule": ""},
    {"kind": "dismiss-rule", "rule": "x" * 101},
]


def test_a_malformed_message_is_answered_and_has_no_effect(
    tab: FromLinkedin, fake: FakeCompanion, context: BrowserContext
) -> None:
    fake.requests.clear()
    for message in MALFORMED:
        reply = tab.evaluate(f"chrome.runtime.sendMessage({json.dumps(message)})")
        assert reply["error"]["code"] == "malformed", message
    assert fake.requests == []
    assert stored(context) == []


def test_the_greeting_brings_the_style_and_how_the_company_asks(tab: FromLinkedin, fake: FakeCompanion) -> None:
    reply = tab.send("hello")
    assert reply["state"] == "ready"
    assert reply["ask"] == {"required": "confirm", "warning": "off", "suggestion": "show"}
    assert "--accent:" in reply["style"] and ".s-btn" in reply["style"]
    fake.close()
    reply = tab.send("hello")
    assert reply["state"] == "away"
    assert reply["ask"]["required"] == "confirm"
    assert ".s-btn" in reply["style"]


# -- what the button in the toolbar says --


def test_the_badge_tells_in_words_what_is_wrong(
    context: BrowserContext, popup: Page, tab: FromLinkedin, fake: FakeCompanion
) -> None:
    assert badge(context, popup, "") == "Sayso"
    fake.manners.honest = False
    tab.send("check", text="x")
    assert "another program" in badge(context, popup, "?")
    port = fake.port
    fake.close()
    tab.send("check", text="x")
    assert "isn’t running" in badge(context, popup, "–")
    fake.manners.honest = True
    fake.open(port)
    tab.send("check", text="x")
    assert badge(context, popup, "") == "Sayso"
    from_popup(popup, "unpair")
    assert "not connected" in badge(context, popup, "?")


def test_a_composer_we_do_not_know_shows_on_its_own_tab_only(
    tab: FromLinkedin, context: BrowserContext, popup: Page
) -> None:
    def shown() -> list[str]:
        return worker(context).evaluate("""async () => {
            const [tab] = await chrome.tabs.query({url: "https://www.linkedin.com/*"});
            return [await chrome.action.getBadgeText({tabId: tab.id}), await chrome.action.getBadgeText({}),
                    await chrome.action.getTitle({tabId: tab.id})];
        }""")

    tab.send("not-recognised", on=True)
    assert shown() == ["?", "", "Sayso: LinkedIn’s box looks new to us, so Sayso stays out of it"]
    tab.send("not-recognised", on=False)
    assert shown() == ["", "", "Sayso"]
