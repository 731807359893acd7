"""Connecting from the companion's own page: an offer, a question in the popup, and nothing sent before the answer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.extension_side import FromLinkedin, from_popup
from tests.browser.fake_companion import CODE, FakeCompanion
from tests.support.browser import extension_id, open_popup, worker
from tests.support.companion import Companion, sayso

PAGE = "<!doctype html><title>A page on this computer</title>"


def page_at(context: BrowserContext, address: str) -> Page:
    """A page that some program on this computer serves."""
    # This one address: what the worker asks of the companion at the same port is not for us to answer.
    context.route(f"{address}/page", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    page = context.new_page()
    page.goto(f"{address}/page")
    return page


def offer(page: Page, extension: str, message: Any) -> Any:
    """What the worker answers to a message from the page; None where it does not."""
    ask = "([id, message]) => chrome.runtime.sendMessage(id, message).then((answer) => answer ?? null, () => null)"
    return page.evaluate(ask, [extension, message])


def kept(context: BrowserContext) -> Any:
    return worker(context).evaluate("async () => (await chrome.storage.session.get('offer')).offer ?? null")


def test_a_press_on_the_companions_page_and_a_yes_in_the_popup_connect(context: BrowserContext, companion: Companion) -> None:
    page = context.new_page()
    page.goto(json.loads(sayso(companion.data, "pages", "--json"))["url"])
    page.get_by_role("button", name="Connect this browser").click()
    expect(page.locator("#offer").get_by_role("status")).to_contain_text("Sayso’s popup")
    assert companion.call("GET", "/status")["pairings"] == 0
    popup = open_popup(context)
    expect(popup.get_by_role("heading", name=f"Connect to the companion at port {companion.port}?")).to_be_focused()
    popup.get_by_role("button", name="Connect", exact=True).click()
    expect(popup.get_by_role("banner").get_by_role("status")).to_have_text("Connected")
    assert companion.call("GET", "/status")["pairings"] == 1
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.get_by_role("heading", name="Connected")).to_be_visible()


def test_nothing_is_sent_before_the_answer_and_nothing_after_a_no(
    context: BrowserContext, popup: Page, fake: FakeCompanion
) -> None:
    page = page_at(context, f"http://sayso.localhost:{fake.port}")
    answer = offer(page, extension_id(context), {"kind": "offer", "code": fake.code})
    assert answer["ok"] is True and set(answer) == {"ok", "open"}
    # A popup that is open already asks by itself.
    expect(popup.get_by_role("heading", name=f"Connect to the companion at port {fake.port}?")).to_be_visible()
    assert CODE not in popup.content()
    popup.get_by_role("button", name="Not now").click()
    expect(popup.get_by_role("textbox", name="Pairing code")).to_be_focused()
    assert fake.requests == [] and kept(context) is None


def test_one_who_is_connected_already_is_told_so_and_asked(
    context: BrowserContext, connected: Page, fake: FakeCompanion
) -> None:
    page = page_at(context, f"http://127.0.0.1:{fake.port}")
    fake.requests.clear()
    assert offer(page, extension_id(context), {"kind": "offer", "code": fake.code})["ok"]
    expect(connected.get_by_text(f"This browser is connected already, to the companion at port {fake.port}.")).to_be_visible()
    assert fake.sent("POST", "pairings") == []
    connected.get_by_role("button", name="Connect anew").click()
    expect(connected.get_by_role("heading", name="Your first share starts the line")).to_be_visible()
    # The token from before is given back, so that this browser is not listed twice.
    assert len(fake.wait_for("DELETE", "pairings")) == 1


def test_a_code_that_no_longer_works_is_told_and_what_was_is_kept(
    context: BrowserContext, connected: Page, fake: FakeCompanion
) -> None:
    fake.manners.pairing = (403, "stale_code")
    page = page_at(context, f"http://sayso.localhost:{fake.port}")
    offer(page, extension_id(context), {"kind": "offer", "code": fake.code})
    connected.get_by_role("button", name="Connect anew").click()
    expect(connected.get_by_role("alert")).to_contain_text("no longer works")
    connected.get_by_role("button", name="Not now").click()
    expect(connected.get_by_role("banner").get_by_role("status")).to_have_text("Connected")


def test_what_the_person_read_is_what_is_taken(context: BrowserContext, popup: Page, fake: FakeCompanion) -> None:
    page = page_at(context, f"http://sayso.localhost:{fake.port}")
    other = page_at(context, "http://sayso.localhost:7777")
    offer(page, extension_id(context), {"kind": "offer", "code": fake.code})
    read = from_popup(popup, "state")["offer"]
    offer(other, extension_id(context), {"kind": "offer", "code": f"7777-{CODE}"})
    assert from_popup(popup, "take-offer", id=read["id"])["error"]["code"] == "no_offer"
    assert fake.requests == []
    assert from_popup(popup, "state")["offer"]["port"] == 7777


def test_an_offer_is_void_after_ten_minutes(context: BrowserContext, popup: Page, fake: FakeCompanion) -> None:
    page = page_at(context, f"http://sayso.localhost:{fake.port}")
    offer(page, extension_id(context), {"kind": "offer", "code": fake.code})
    worker(context).evaluate("""async () => { const { offer } = await chrome.storage.session.get("offer");
        await chrome.storage.session.set({ offer: { ...offer, at: offer.at - 600_001 } }); }""")
    assert from_popup(popup, "state")["offer"] is None


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://sayso.localhost:7001", {"kind": "offer", "code": f"7002-{CODE}"}),  # another program's port
        ("http://127.0.0.1:7001", {"kind": "offer", "code": CODE}),  # the default port, named by a page of another
        ("http://sayso.localhost:7297", {"kind": "offer", "code": "no code"}),
        ("http://sayso.localhost:7297", {"kind": "offer", "code": CODE, "port": 7297}),
        ("http://sayso.localhost:7297", {"kind": "offer", "code": 7}),
        ("http://sayso.localhost:7297", {"kind": "pair", "code": CODE}),
        ("http://sayso.localhost:7297", {"kind": "state"}),
        ("http://sayso.localhost:7297", {"kind": "check", "text": "x"}),
        ("http://sayso.localhost:7297", None),
    ],
)
def test_anything_else_gets_no_answer_and_has_no_effect(context: BrowserContext, address: str, message: Any) -> None:
    assert offer(page_at(context, address), extension_id(context), message) is None
    assert kept(context) is None


def test_a_frame_may_not_offer(context: BrowserContext) -> None:
    page = page_at(context, "http://sayso.localhost:7297")
    page.set_content('<iframe src="/page"></iframe>')
    frame = page.frames[1]
    frame.wait_for_load_state()
    answer = frame.evaluate(
        "([id, code]) => chrome.runtime.sendMessage(id, {kind: 'offer', code}).then((a) => a ?? null, () => null)",
        [extension_id(context), CODE],
    )
    assert answer is None and kept(context) is None


def test_while_paused_no_offer_is_kept(context: BrowserContext, popup: Page) -> None:
    assert from_popup(popup, "pause", how="open") == {"ok": True}
    page = page_at(context, "http://sayso.localhost:7297")
    assert offer(page, extension_id(context), {"kind": "offer", "code": CODE}) is None
    assert kept(context) is None


def test_linkedins_page_has_nothing_to_speak_to(context: BrowserContext) -> None:
    tab = FromLinkedin(context)
    assert tab.page.evaluate("typeof globalThis.chrome?.runtime") == "undefined"
    elsewhere = page_at(context, "http://localhost:7297")
    assert elsewhere.evaluate("typeof globalThis.chrome?.runtime") == "undefined"
