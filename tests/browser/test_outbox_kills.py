"""The extension cut off in the middle: worker, tab or browser killed while a share is on its way. Each is kept once."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Playwright

from tests.browser.extension_side import (
    DRAFT, FromLinkedin, from_popup, press, ring, stop_worker, stored, until, wait_until_empty,
)
from tests.browser.fake_companion import FakeCompanion
from tests.support.browser import launch, open_popup, worker


def ripen(context: BrowserContext) -> None:
    """Makes every press a minute old, and rings."""
    for record in stored(context):
        record["at"] -= 60_000
        worker(context).evaluate("record => chrome.storage.local.set({['share:' + record.id]: record})", record)
    ring(context)


def kill_browser(context: BrowserContext) -> None:
    assert context.browser
    processes = context.browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    [browser] = [process["id"] for process in processes if process["type"] == "browser"]
    os.kill(browser, signal.SIGKILL)
    with suppress(Error):
        context.close()


def test_a_worker_that_is_killed_while_a_share_is_under_way_sends_it_again_and_it_is_kept_once(
    tab: FromLinkedin, fake: FakeCompanion, context: BrowserContext, popup: Page
) -> None:
    fake.manners.hold.add("POST shares")
    share = tab.post()
    fake.wait_for("POST", "shares")
    stop_worker(context, popup)
    fake.manners.hold.clear()
    fake.released.set()  # the companion keeps it, and nobody hears its answer
    assert tab.send("check", text="x")["state"] == "ready"
    fake.wait_for("POST", "shares", 2)
    wait_until_empty(popup)
    assert list(fake.shares) == [share["id"]]


@pytest.mark.parametrize("told", [False, True])
def test_a_tab_that_is_closed_upon_post_leaves_one_share(
    tab: FromLinkedin, fake: FakeCompanion, context: BrowserContext, popup: Page, told: bool
) -> None:
    share = press()
    tab.send("pressed", share=share)
    if told:  # and closed before the answer: whether it was heard is chance
        tab.evaluate("void chrome.runtime.sendMessage($0)", {"kind": "outcome", "id": share["id"], "outcome": "confirmed"})
    tab.page.close()
    ripen(context)
    fake.wait_for("POST", "shares")
    wait_until_empty(popup)
    assert [(kept["id"], kept["text"]) for kept in fake.shares.values()] == [(share["id"], DRAFT)]
    assert fake.shares[share["id"]]["status"] in (("confirmed", "unconfirmed") if told else ("unconfirmed",))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
def test_a_browser_that_is_killed_has_each_share_once(playwright: Playwright, tmp_path: Path, fake: FakeCompanion) -> None:
    first = launch(playwright, tmp_path / "kept")
    assert from_popup(open_popup(first), "pair", code=fake.code) == {"ok": True}
    tab = FromLinkedin(first)
    fake.manners.hold.add("POST shares")
    under_way, waiting, pressed = (press(text=f"Post {number}") for number in range(3))
    tab.post(under_way)
    fake.wait_for("POST", "shares")
    tab.post(waiting)
    tab.send("pressed", share=pressed)
    kill_browser(first)
    fake.manners.hold.clear()
    fake.released.set()
    second = launch(playwright, tmp_path / "kept")
    try:
        popup = open_popup(second)
        until(popup, "async () => (await chrome.runtime.sendMessage({kind: 'state'})).state === 'ready'")
        ripen(second)
        wait_until_empty(popup)
    finally:
        second.close()
    assert {kept["text"]: kept["status"] for kept in fake.shares.values()} == {
        "Post 0": "confirmed", "Post 1": "confirmed", "Post 2": "unconfirmed",
    }
    assert len(fake.shares) == 3
