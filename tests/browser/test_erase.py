"""Erasing everything from the popup: at the companion, with its backups, and in the browser."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, expect

from tests.browser.extension_side import FromLinkedin, from_popup, press, stored, until
from tests.support.browser import open_popup, worker
from tests.support.companion import Companion

MINE, WAITING = "Words on our new roast that are to go.", "Words on their way that are to go."


def test_everything_goes_here_and_there_and_the_popup_says_so(paired: BrowserContext, companion: Companion) -> None:
    tab = FromLinkedin(paired)
    tab.post(press(text=MINE))
    popup = open_popup(paired)
    until(popup, "async () => (await chrome.runtime.sendMessage({kind: 'shares'})).total === 1")
    tab.send("pressed", share=press(text=WAITING))  # what became of it is not known yet
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
    kept = worker(paired).evaluate(
        "async () => [await chrome.storage.local.get(null), await chrome.storage.session.get(null), await chrome.alarms.getAll()]")
    assert kept == [{"connection": {"port": companion.port, "token": None, "key": None}}, {}, []]
