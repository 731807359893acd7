"""Shares on their way into the history: none is lost, none told twice, whatever stops or restarts."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright

from tests.browser.extension_side import (
    DRAFT, FromLinkedin, from_popup, press, ring, stop_worker, stored, until, wait_until_empty,
)
from tests.browser.fake_companion import FakeCompanion
from tests.support.browser import launch, open_popup, worker

PERMALINK = "https://www.linkedin.com/feed/update/urn:li:share:7/"


def test_a_share_is_sent_once_its_outcome_is_known(tab: FromLinkedin, fake: FakeCompanion, popup: Page) -> None:
    finding = {"rule": "missing-label", "level": "required", "category": "disclosure"}
    told = {**finding, "message": "what the panel showed", "start": 0, "end": 3}
    share = press(own_words=0.7, lang="en", disclosure="missing", findings=[told], item_id=None)
    assert tab.send("pressed", share=share) == {"ok": True}
    assert tab.send("check", text="x")["state"] == "ready"
    assert fake.sent("POST", "shares") == []
    permalink = PERMALINK
    tab.send("outcome", id=share["id"], outcome="confirmed", permalink=permalink, urns=["urn:li:share:7", "not a urn"])
    tab.send("outcome", id=share["id"], outcome="confirmed", permalink=permalink)
    [request] = fake.wait_for("POST", "shares")
    assert request.body == {
        "id": share["id"], "text": DRAFT, "posted_at": share["posted_at"], "own_words": 0.7, "lang": "en",
        "disclosure": "missing", "status": "confirmed", "permalink": permalink, "urns": ["urn:li:share:7"],
        "findings": [finding], "about_work": None,
    }
    wait_until_empty(popup)
    assert len(fake.shares) == 1


def test_an_address_that_is_not_linkedins_is_not_kept(tab: FromLinkedin, fake: FakeCompanion) -> None:
    tab.post(permalink="javascript:alert(1)")
    [request] = fake.wait_for("POST", "shares")
    assert "permalink" not in request.body


def test_a_dropped_share_is_forgotten(tab: FromLinkedin, fake: FakeCompanion, context: BrowserContext) -> None:
    tab.post(outcome="dropped")
    assert stored(context) == []
    assert tab.send("check", text="x")["state"] == "ready"
    assert fake.sent("POST", "shares") == []


def test_a_press_without_outcome_is_logged_as_unconfirmed(
    tab: FromLinkedin, fake: FakeCompanion, context: BrowserContext, popup: Page
) -> None:
    share = press()
    tab.send("pressed", share=share)
    wait = worker(context).evaluate("chrome.alarms.get('outbox').then(alarm => alarm.scheduledTime - Date.now())")
    assert 50_000 < wait <= 60_000
    [record] = stored(context)
    record["at"] -= 60_000
    worker(context).evaluate("record => chrome.storage.local.set({['share:' + record.id]: record})", record)
    ring(context)
    [request] = fake.wait_for("POST", "shares")
    assert (request.body["id"], request.body["status"]) == (share["id"], "unconfirmed")
    wait_until_empty(popup)

    # Evidence that comes late is still worth having.
    tab.send("outcome", id=share["id"], outcome="confirmed", permalink=PERMALINK)
    [change] = fake.wait_for("PATCH", "shares")
    assert change.body == {"status": "confirmed", "permalink": PERMALINK}
    wait_until_empty(popup)
    assert fake.shares[share["id"]]["status"] == "confirmed"


def test_what_could_not_be_sent_waits_and_goes_with_the_next_contact(
    tab: FromLinkedin, fake: FakeCompanion, popup: Page
) -> None:
    port = fake.port
    fake.close()
    share = tab.post()
    state = from_popup(popup, "state")
    assert (state["state"], state["pending"], state["waiting"][0]["text"]) == ("away", 1, DRAFT)
    fake.open(port)
    assert tab.send("check", text="x")["state"] == "ready"
    fake.wait_for("POST", "shares")
    wait_until_empty(popup)
    assert list(fake.shares) == [share["id"]]


def test_what_was_posted_unchecked_is_checked_on_its_way_into_the_history(
    tab: FromLinkedin, fake: FakeCompanion, popup: Page
) -> None:
    port = fake.port
    fake.close()
    variant = str(uuid.uuid4())
    share = tab.post(press(item_id="an item", variant_id=variant, platform_label=True))
    fake.open(port)
    from_popup(popup, "state")
    [kept] = fake.wait_for("POST", "shares")
    [asked] = fake.sent("POST", "checks")
    assert asked.body == {"text": DRAFT, "item": "an item", "variant": variant, "platform_label": True}
    assert {key: kept.body[key] for key in ("id", "disclosure", "findings", "lang", "about_work")} == {
        "id": share["id"], "disclosure": "missing", "findings": [], "lang": "en", "about_work": None}
    wait_until_empty(popup)

    fake.manners.refuse["POST checks"] = (422, "invalid")
    tab.post()
    assert "disclosure" not in fake.wait_for("POST", "shares", 2)[1].body
    wait_until_empty(popup)


def test_the_alarm_tries_again_by_itself(
    tab: FromLinkedin, fake: FakeCompanion, context: BrowserContext, popup: Page
) -> None:
    fake.manners.refuse["POST shares"] = (503, "busy")
    share = tab.post()
    fake.wait_for("POST", "shares")
    until(popup, "async () => Boolean(await chrome.alarms.get('outbox'))")
    assert len(stored(context)) == 1
    fake.manners.refuse.clear()
    ring(context)
    wait_until_empty(popup)
    assert list(fake.shares) == [share["id"]]
    until(popup, "async () => !(await chrome.alarms.get('outbox'))")


def test_a_share_outlives_the_worker(
    tab: FromLinkedin, fake: FakeCompanion, context: BrowserContext, popup: Page
) -> None:
    port = fake.port
    fake.close()
    share = tab.post()
    stop_worker(context, popup)
    fake.open(port)
    assert tab.send("check", text="x")["state"] == "ready"
    fake.wait_for("POST", "shares")
    wait_until_empty(popup)
    assert list(fake.shares) == [share["id"]]


def test_a_press_outlives_the_browser(playwright: Playwright, tmp_path: Path, fake: FakeCompanion) -> None:
    first = launch(playwright, tmp_path / "kept")
    assert from_popup(open_popup(first), "pair", code=fake.code) == {"ok": True}
    port = fake.port
    fake.close()
    tab = FromLinkedin(first)
    decided, undecided = press(), press(text="Another one.")
    tab.post(decided)
    tab.send("pressed", share=undecided)
    first.close()
    fake.open(port)
    second = launch(playwright, tmp_path / "kept")
    try:
        fake.wait_for("POST", "shares")
        popup = open_popup(second)
        until(popup, "async () => (await chrome.runtime.sendMessage({kind: 'state'})).pending === 0")
        [left] = stored(second)
        assert (left["id"], left["stage"]) == (undecided["id"], "pressed")
        left["at"] -= 60_000
        worker(second).evaluate("record => chrome.storage.local.set({['share:' + record.id]: record})", left)
        ring(second)
        fake.wait_for("POST", "shares", 2)
        wait_until_empty(popup)
    finally:
        second.close()
    assert {share_id: share["status"] for share_id, share in fake.shares.items()} == {
        decided["id"]: "confirmed", undecided["id"]: "unconfirmed",
    }


def test_many_shares_at_once_each_arrive_once(tab: FromLinkedin, fake: FakeCompanion, popup: Page) -> None:
    shares = [press(text=f"Post number {number}") for number in range(25)]
    tab.evaluate(f"""Promise.all({json.dumps(shares)}.map(async (share) => {{
        await chrome.runtime.sendMessage({{kind: "pressed", share}});
        await chrome.runtime.sendMessage({{kind: "outcome", id: share.id, outcome: "confirmed"}});
    }}))""")
    wait_until_empty(popup)
    assert {share["text"] for share in fake.shares.values()} == {share["text"] for share in shares}
    assert len(fake.sent("POST", "shares")) == len(shares)


def test_evidence_that_comes_while_the_share_is_under_way_is_not_lost(
    tab: FromLinkedin, fake: FakeCompanion, popup: Page
) -> None:
    fake.manners.hold.add("POST shares")
    share = tab.post(outcome="unconfirmed")
    fake.wait_for("POST", "shares")
    tab.send("outcome", id=share["id"], outcome="confirmed")
    fake.released.set()
    wait_until_empty(popup)
    assert fake.shares[share["id"]]["status"] == "confirmed"


def test_a_conflict_is_kept_aside_and_told(tab: FromLinkedin, fake: FakeCompanion, popup: Page) -> None:
    share = press()
    fake.add(id=share["id"], text="Another text under the same id", posted_at="2026-11-01T08:00:00Z")
    tab.post(share)
    until(popup, "async () => (await chrome.runtime.sendMessage({kind: 'state'})).aside.length === 1")
    state = from_popup(popup, "state")
    assert (state["pending"], state["aside"][0]["text"], state["aside"][0]["reason"]) == (0, DRAFT, "conflict")
    from_popup(popup, "settle-aside", id=share["id"], keep=True)
    assert sorted(kept["text"] for kept in fake.shares.values()) == ["Another text under the same id", DRAFT]
    wait_until_empty(popup)
