"""Pausing: nothing on the page, nothing sent, nobody told; and waking where one left off."""

from __future__ import annotations

from datetime import datetime, timedelta

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import popup_side
from tests.browser.extension_side import DRAFT, FromLinkedin, badge, from_popup, press, stored, until
from tests.browser.fake_companion import TOKEN, FakeCompanion
from tests.support.browser import open_popup, worker
from tests.support.linkedin import Linkedin
from tests.support.panel import Panel

KINDS = ["hello", "check", "suggest", "dismiss-rule", "pressed", "outcome", "not-recognised"]


def pause(popup: Page, choice: str) -> None:
    popup.get_by_role("button", name="Settings").click()
    if popup.get_by_role("button", name="Disconnect this browser").count():
        expect(popup.get_by_role("checkbox").first).to_be_visible()  # all that the settings ask for has come
    popup.get_by_role("group", name="Pause Sayso").get_by_role("button", name=choice).click()
    expect(popup.get_by_role("heading", name="Sayso is paused")).to_be_focused()


def alarms(context: BrowserContext) -> dict[str, float]:
    return worker(context).evaluate("async () => Object.fromEntries((await chrome.alarms.getAll()).map(a => [a.name, a.scheduledTime]))")


def test_a_pause_for_today_ends_at_midnight_by_itself(connected: Page, context: BrowserContext) -> None:
    pause(connected, "For today")
    expect(connected.get_by_text("Until midnight.")).to_be_visible()
    expect(connected.get_by_role("banner").get_by_role("status")).to_have_text("Paused")
    assert badge(context, connected, "") == "Sayso: paused"
    midnight = (datetime.now() + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    assert abs(alarms(context)["pause"] / 1000 - midnight.timestamp()) < 3700  # give or take a change of the clocks
    worker(context).evaluate("chrome.alarms.create('pause', {when: Date.now()})")
    until(connected, "async () => (await chrome.runtime.sendMessage({kind: 'state'})).state === 'ready'")
    assert alarms(context) == {}
    assert badge(context, connected, "") == "Sayso"


def test_while_paused_nobody_is_asked_and_nobody_is_told(connected: Page, context: BrowserContext, fake: FakeCompanion) -> None:
    tab = FromLinkedin(context)
    earlier, later = press(text="Before the pause"), press(text="During the pause")
    fake.manners.refuse["POST shares"] = (500, "crash")
    tab.post(earlier)
    fake.wait_for("POST", "shares")
    pause(connected, "Until I say")
    expect(connected.get_by_text("Until you wake it.")).to_be_visible()
    fake.manners.refuse.clear()
    fake.requests.clear()
    fields = {"check": {"text": DRAFT}, "suggest": {"text": DRAFT}, "dismiss-rule": {"rule": "one"}, "pressed": {"share": later},
              "outcome": {"id": later["id"], "outcome": "confirmed"}, "not-recognised": {"on": True}}
    for kind in KINDS:
        assert tab.send(kind, **fields.get(kind, {})) == {"state": "paused"}, kind
    for kind in ("shares", "pages", "left-out", "unpair"):
        assert from_popup(connected, kind) == {"state": "paused"}, kind
    assert from_popup(connected, "state")["state"] == "paused"
    connected.reload()
    expect(connected.get_by_role("heading", name="Sayso is paused")).to_be_visible()
    worker(context).evaluate("chrome.alarms.create('outbox', {when: Date.now()})")
    until(connected, "async () => !(await chrome.alarms.getAll()).length")
    assert fake.requests == []
    assert [record["share"]["text"] for record in stored(context)] == ["Before the pause"]

    connected.get_by_role("button", name="Wake Sayso").click()
    expect(connected.get_by_role("banner").get_by_role("status")).to_have_text("Connected")
    [arrived] = fake.wait_for("POST", "shares")
    assert arrived.body["text"] == "Before the pause"


def test_paused_means_no_element_on_the_page_until_it_is_over(linkedin: Linkedin, context: BrowserContext, fake: FakeCompanion) -> None:
    popup = open_popup(context)
    popup_side.connect(popup, fake.code)
    expect(popup.get_by_role("heading", name="Your first share starts the line")).to_be_visible()
    linkedin.visit().open_composer()
    panel = Panel(linkedin.page)
    panel.wait_for("checked")
    pause(popup, "Until I say")
    expect(panel.root).to_have_count(0)
    fake.requests.clear()
    linkedin.type("A draft that nobody reads along with.")
    linkedin.close()
    linkedin.open_composer().type("Another")
    expect(panel.root).to_have_count(0)
    assert linkedin.page.evaluate("CSS.highlights.size") == 0
    # A page that opens during the pause learns of it with its first box.
    linkedin.close()
    linkedin.visit().open_composer().type("A third")
    until(popup, "async () => (await chrome.runtime.sendMessage({kind: 'state'})).state === 'paused'")
    expect(panel.root).to_have_count(0)
    assert fake.requests == []
    popup.get_by_role("button", name="Wake Sayso").click()
    panel.wait_for("checked")


def test_for_good_asks_first_forgets_the_connection_and_tells_nobody(connected: Page, context: BrowserContext, fake: FakeCompanion) -> None:
    connected.evaluate("""() => { chrome.management.uninstallSelf = (options) => {
        globalThis.asked = options; return Promise.reject(new Error("the person said no")); }; }""")
    fake.requests.clear()
    connected.get_by_role("button", name="Settings").click()
    connected.get_by_role("button", name="For good").click()
    expect(connected.get_by_role("button", name="Keep Sayso")).to_be_focused()
    connected.get_by_role("button", name="Keep Sayso").click()
    expect(connected.get_by_role("button", name="For good")).to_be_focused()
    connected.get_by_role("button", name="For good").click()
    connected.get_by_role("button", name="Remove Sayso").click()
    expect(connected.get_by_text("It has forgotten its connection")).to_be_visible()
    assert connected.evaluate("asked") == {"showConfirmDialog": True}
    assert not [request for request in fake.requests if request.method == "DELETE"]
    assert TOKEN not in str(worker(context).evaluate("chrome.storage.local.get(null)"))
    connected.get_by_role("button", name="Wake Sayso").click()
    expect(connected.get_by_role("textbox", name="Pairing code")).to_be_focused()


def test_what_would_be_lost_for_good_is_said(connected: Page, context: BrowserContext, fake: FakeCompanion) -> None:
    fake.close()
    tab = FromLinkedin(context)
    for _ in range(2):
        tab.post()
    connected.reload()
    connected.get_by_role("button", name="Settings").click()
    connected.get_by_role("button", name="For good").click()
    expect(connected.get_by_text("2 shares that wait here would be lost.")).to_be_visible()


def test_one_who_is_not_connected_can_pause_too(popup: Page) -> None:
    pause(popup, "Until I say")
    popup.get_by_role("button", name="Wake Sayso").click()
    expect(popup.get_by_role("textbox", name="Pairing code")).to_be_focused()
