"""Erasing everything from the popup: at the companion, with its backups, and in the browser; there alone after an erasure elsewhere."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.extension_side import FromLinkedin, from_popup, press, stored, until
from tests.support.browser import open_popup, worker
from tests.support.companion import Companion, sayso

MINE, WAITING = "Words on our new roast that are to go.", "Words on their way that are to go."


def erase(popup: Page) -> None:
    """Presses the button in the settings, and says yes."""
    popup.get_by_role("button", name="Settings").click()
    popup.get_by_role("button", name="Erase everything").click()
    popup.get_by_role("group").get_by_role("button", name="Erase everything").click()


def kept(context: BrowserContext) -> list[Any]:
    """All that the extension has stored, and its alarms."""
    return worker(context).evaluate(
        "async () => [await chrome.storage.local.get(null), await chrome.storage.session.get(null), await chrome.alarms.getAll()]")


def test_everything_goes_here_and_there_and_the_popup_says_so(paired: BrowserContext, companion: Companion) -> None:
    tab = FromLinkedin(paired)
    tab.post(press(text=MINE))
    popup = open_popup(paired)
    until(popup, "async () => (await chrome.runtime.sendMessage({kind: 'shares'})).total === 1")
    waiting = press(text=WAITING)
    tab.send("pressed", share=waiting)  # what became of it is not known yet
    assert [record["share"]["text"] for record in stored(paired)] == [WAITING]
    popup.reload()
    popup.get_by_role("button", name="Settings").click()
    popup.get_by_role("button", name="Erase everything").click()
    popup.get_by_role("button", name="Cancel").click()
    assert from_popup(popup, "shares")["total"] == 1
    popup.get_by_role("button", name="Erase everything").click()
    popup.get_by_role("group").get_by_role("button", name="Erase everything").click()
    expect(popup.get_by_text("Everything is erased, on this computer and in this browser.").first).to_be_visible()
    expect(popup.get_by_role("textbox", name="Pairing code")).to_be_visible()
    assert companion.call("GET", "/shares")["total"] == 0
    assert not [file for file in companion.data.rglob("*") if file.is_file() and b"to go." in file.read_bytes()]
    nothing = [{"connection": {"port": companion.port, "token": None, "key": None}}, {}, []]
    assert kept(paired) == nothing
    # What became of it is known too late: it is not begun anew.
    tab.send("outcome", id=waiting["id"], outcome="confirmed", permalink="https://www.linkedin.com/feed/update/urn:li:share:7/")
    assert kept(paired) == nothing


def test_after_an_erasure_elsewhere_the_popup_erases_what_the_browser_holds(paired: BrowserContext, companion: Companion) -> None:
    tab = FromLinkedin(paired)
    popup = open_popup(paired)
    expect(popup.get_by_role("heading", name="Your first share starts the line")).to_be_visible()
    sayso(companion.data, "shares", "erase", "--yes")
    tab.post(press(text=WAITING))
    popup.reload()
    # The companion has a new key, so it is nobody whom this browser knows.
    expect(popup.get_by_role("list", name="Shares waiting")).to_contain_text(WAITING)
    popup.get_by_role("button", name="Settings").click()
    popup.get_by_role("button", name="Erase everything").click()
    expect(popup.get_by_text("What the companion keeps stays with it")).to_be_visible()
    popup.get_by_role("button", name="Cancel").click()
    popup.get_by_role("button", name="Settings").click()
    assert [record["share"]["text"] for record in stored(paired)] == [WAITING]
    erase(popup)
    expect(popup.get_by_text("What this browser held is erased.").first).to_be_visible()
    nothing = [{"connection": {"port": companion.port, "token": None, "key": None}}, {}, []]
    assert kept(paired) == nothing
    # Not connected at all, one may press it all the same.
    popup.reload()
    erase(popup)
    expect(popup.locator("#said")).to_have_text("What this browser held is erased.")
    assert kept(paired) == nothing
