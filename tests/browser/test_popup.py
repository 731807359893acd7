"""The popup: connecting, what it says when the companion cannot be asked, and that everybody can use it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.browser.extension_side import FromLinkedin, from_popup, press, until
from tests.browser.fake_companion import CODE, FakeCompanion
from tests.browser.popup_side import LINK, add, connect, rows
from tests.support.browser import launch, open_popup

# -- connecting --


@pytest.mark.parametrize("typed", ["{port}-ABCD-EFGH", " {port} abcd efgh ", "{port}–abcdefgh"])
def test_a_code_may_be_typed_in_many_ways(popup: Page, fake: FakeCompanion, typed: str) -> None:
    connect(popup, typed.format(port=fake.port))
    expect(popup.get_by_role("heading", name="Your first share starts the line")).to_be_visible()
    expect(popup.get_by_text("Connected", exact=True).first).to_be_visible()
    [request] = fake.sent("POST", "pairings")
    assert request.body["code"] == CODE
    assert re.match(r"Chrom\w* \d+", request.body["client"])
    assert "Authorization" not in request.headers


def test_what_went_wrong_at_connecting_is_said_with_what_helps(popup: Page, fake: FakeCompanion) -> None:
    alert = popup.get_by_role("alert")
    for nonsense in ("", "hello", "ABCD-EFG", "99999-ABCD-EFGH", "ABCD-EFGH-IJKL"):
        connect(popup, nonsense)
        expect(alert).to_contain_text("A code looks like ABCD-EFGH")
    assert fake.requests == []
    connect(popup, f"{fake.port}-WRNG-CODE")
    expect(alert).to_have_text("That isn’t the code. Please look at it again.")
    expect(popup.get_by_role("textbox", name="Pairing code")).to_be_focused()
    refusals = {"stale_code": "no longer works", "void_code": "five wrong tries", "unheard_of": "did not take"}
    for code, words in refusals.items():
        fake.manners.pairing = (403, code)
        connect(popup, fake.code)
        expect(alert).to_contain_text(words)
        expect(alert).to_contain_text("sayso pair")
    fake.manners.pairing = None
    fake.manners.api = None
    connect(popup, fake.code)
    expect(alert).to_contain_text(f"Another program answers on port {fake.port}")
    fake.close()
    connect(popup, fake.code)
    expect(alert).to_contain_text(f"No companion answers on this computer, port {fake.port}. Start it, then try again.")


def test_the_port_of_a_code_is_kept_only_once_connected(popup: Page, fake: FakeCompanion) -> None:
    connect(popup, f"{fake.port}-WRNG-CODE")
    expect(popup.get_by_role("alert")).not_to_be_empty()
    assert from_popup(popup, "state")["port"] == 7297
    connect(popup, fake.code)
    expect(popup.get_by_role("banner").get_by_role("status")).to_have_text("Connected")
    assert from_popup(popup, "state")["port"] == fake.port


def test_disconnecting_asks_first_and_keeps_the_history(connected: Page, fake: FakeCompanion) -> None:
    add(fake, "Still there", 1)
    connected.get_by_role("button", name="Settings").click()
    connected.get_by_role("button", name="Disconnect this browser").click()
    connected.get_by_role("button", name="Stay connected").click()
    connected.get_by_role("button", name="Disconnect this browser").click()
    connected.get_by_role("button", name="Disconnect", exact=True).click()
    expect(connected.get_by_role("textbox", name="Pairing code")).to_be_focused()
    connect(connected, fake.code)
    expect(rows(connected)).to_have_count(1)


# -- trouble --


def test_while_the_companion_is_away_its_shares_wait_in_sight(
    connected: Page, context: BrowserContext, fake: FakeCompanion
) -> None:
    port = fake.port
    fake.close()
    tab = FromLinkedin(context)
    tab.post(press(text="Written while it was away"))
    connected.reload()
    expect(connected.get_by_role("heading", name="The companion isn’t running")).to_be_visible()
    expect(connected.get_by_text("One share is waiting here and will join it.")).to_be_visible()
    expect(connected.get_by_text("Companion away")).to_be_visible()
    waiting = connected.get_by_role("list", name="Shares waiting").get_by_role("listitem")
    expect(waiting).to_contain_text("Written while it was away")
    expect(waiting).to_contain_text("not yet stored")
    fake.open(port)
    connected.get_by_role("button", name="Try again").click()
    expect(connected.get_by_text("Connected", exact=True).first).to_be_visible()
    fake.wait_for("POST", "shares")
    until(connected, "async () => (await chrome.runtime.sendMessage({kind: 'state'})).pending === 0")
    connected.reload()
    expect(rows(connected)).to_have_count(1)


def test_another_program_on_the_port_is_named_and_a_fresh_code_leads_back(connected: Page, fake: FakeCompanion) -> None:
    add(fake, "Mine", 1)
    fake.manners.honest = False
    connected.reload()
    expect(connected.get_by_role("heading", name=f"Another program answers on port {fake.port}")).to_be_visible()
    expect(connected.get_by_text("told it nothing")).to_be_visible()
    fake.manners.honest = True
    connect(connected, fake.code)
    expect(rows(connected)).to_have_count(1)


def test_a_companion_that_stops_while_the_popup_is_open_is_noticed(connected: Page, fake: FakeCompanion) -> None:
    add(fake, "Mine", 1)
    connected.reload()
    expect(rows(connected)).to_have_count(1)
    fake.close()
    connected.get_by_role("searchbox").fill("m")
    expect(connected.get_by_role("heading", name="The companion isn’t running")).to_be_visible()


# -- by keyboard, in other languages, in the dark --


def test_the_popup_works_by_keyboard_alone(popup: Page, fake: FakeCompanion) -> None:
    share_id = add(fake, "One share", 1, permalink=LINK)
    expect(popup.get_by_role("textbox", name="Pairing code")).to_be_focused()
    popup.keyboard.type(fake.code)
    popup.keyboard.press("Enter")
    expect(popup.get_by_role("heading", name="Your shares")).to_be_focused()
    popup.keyboard.press("Tab")
    expect(popup.get_by_role("combobox", name="Which shares")).to_be_focused()
    popup.keyboard.press("Tab")
    expect(popup.get_by_role("searchbox")).to_be_focused()
    popup.keyboard.press("Tab")
    expect(rows(popup).first.get_by_role("link")).to_be_focused()
    popup.keyboard.press("Tab")  # its figures
    popup.keyboard.press("Tab")
    popup.keyboard.press("Enter")
    expect(rows(popup).first.get_by_role("button", name="Undo")).to_be_focused()
    assert share_id not in fake.shares
    popup.keyboard.press("Enter")
    expect(rows(popup).first.get_by_role("button", name="Delete")).to_be_focused()
    assert share_id in fake.shares


@pytest.mark.parametrize(
    ("lang", "heading", "search", "verdict"),
    [
        ("fr", "Vos partages", "Rechercher dans vos partages", "Mention en place"),
        ("de", "Ihre Beiträge", "Ihre Beiträge durchsuchen", "Kennzeichnung vorhanden"),
    ],
)
def test_the_popup_speaks_the_browsers_language_and_nothing_is_cut(
    playwright: Playwright, tmp_path: Path, fake: FakeCompanion, lang: str, heading: str, search: str, verdict: str
) -> None:
    add(fake, "One share", 1, disclosure="present", own_words=0.9, item_title="Finch Roast", status="unconfirmed")
    browser = launch(playwright, tmp_path / lang, lang=lang, dark=True)
    try:
        popup = open_popup(browser)
        popup.locator("#code").fill(fake.code)
        popup.keyboard.press("Enter")
        expect(popup.get_by_role("heading", name=heading)).to_be_visible()
        expect(popup.get_by_role("searchbox", name=search)).to_be_visible()
        expect(popup.get_by_role("listitem")).to_contain_text(verdict)
        assert popup.locator("html").get_attribute("lang") == lang
        assert fake.sent("GET", "shares")[0].headers["Accept-Language"].startswith(lang)
        assert popup.locator("main").evaluate("main => main.scrollWidth <= main.clientWidth")
        dark = popup.evaluate("getComputedStyle(document.body).backgroundColor")
        assert dark == "rgb(27, 32, 35)"
    finally:
        browser.close()
