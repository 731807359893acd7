"""Checking a text in the popup: one written elsewhere, checked as in the composer, mended, and forgotten."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.extension_side import from_popup
from tests.browser.panel_side import LABEL, OWED, SECRET, KnownCompanion
from tests.support.browser import open_popup, worker

PRAISE = "Finch Roast beats that dishwater."


@pytest.fixture
def fake() -> Iterator[KnownCompanion]:
    """A companion with known answers."""
    with KnownCompanion() as companion:
        yield companion


@pytest.fixture
def popup(context: BrowserContext, fake: KnownCompanion) -> Page:
    """The popup of a connected browser, with the view open."""
    page = open_popup(context)
    assert from_popup(page, "pair", code=fake.code) == {"ok": True}
    page.reload()
    page.get_by_role("button", name="Check a text").click()
    return page


def box(popup: Page) -> Locator:
    return popup.get_by_role("textbox", name="Check a text")


def findings(popup: Page) -> Locator:
    return popup.get_by_role("list", name="Findings").get_by_role("listitem")


def said(popup: Page) -> Locator:
    """What a screen reader is told."""
    return popup.locator("#said")


def test_a_text_is_checked_as_it_is_typed_and_mended_in_its_box(popup: Page, fake: KnownCompanion) -> None:
    expect(box(popup)).to_be_focused()
    popup.keyboard.type(PRAISE)
    expect(said(popup)).to_have_text("One thing is needed. Label missing")
    expect(findings(popup)).to_have_count(2)
    first = findings(popup).first
    expect(first).to_contain_text("Needed")
    expect(first).to_contain_text(OWED)
    expect(first.locator(".m")).to_have_text("Finch Roast")
    expect(first).not_to_contain_text("Because readers ask.", use_inner_text=True)
    first.get_by_role("button", name="Why?").click()
    expect(first).to_contain_text("Because readers ask.", use_inner_text=True)
    expect(popup.get_by_role("button", name="Dismiss finding")).to_have_count(0)
    first.get_by_role("group", name="Fixes").get_by_role("button", name="Add #ad").click()
    expect(box(popup)).to_have_value(LABEL + PRAISE)
    expect(box(popup)).to_be_focused()
    expect(said(popup)).to_have_text("One thing worth a look. Label in place")
    findings(popup).get_by_role("button", name="Milder").click()
    expect(box(popup)).to_have_value(f"{LABEL}Finch Roast beats that tea.")
    expect(said(popup)).to_have_text("Fine. Label in place")
    popup.keyboard.press("ControlOrMeta+z")
    expect(box(popup)).to_have_value(LABEL + PRAISE)
    expect(findings(popup)).to_have_count(1)


def test_offsets_hold_beyond_an_emoji_and_only_the_pause_is_checked(popup: Page, fake: KnownCompanion) -> None:
    popup.keyboard.insert_text("☕🌱 dishwater, again")
    findings(popup).get_by_role("button", name="Milder").click()
    expect(box(popup)).to_have_value("☕🌱 tea, again")
    expect(said(popup)).to_have_text("Fine. No label owed")
    texts = [request.body["text"] for request in fake.sent("POST", "checks")]
    assert texts == ["☕🌱 dishwater, again", "☕🌱 tea, again"]


def test_a_fix_of_an_older_text_waits_for_the_present_one(popup: Page, fake: KnownCompanion) -> None:
    box(popup).fill("so dishwater")
    milder = findings(popup).get_by_role("button", name="Milder")
    expect(milder).to_be_visible()
    # Both within the pause: the button is still that of the text before.
    popup.evaluate("""() => {
      const box = document.querySelector("textarea");
      box.value = "now " + box.value;
      box.dispatchEvent(new Event("input"));
      document.querySelector(".s-fixes button").click();
    }""")
    expect(box(popup)).to_have_value("now so tea")


def test_a_secret_is_told_without_repeating_it(popup: Page) -> None:
    box(popup).fill(f"Soon there is {SECRET}")
    expect(findings(popup)).to_contain_text("Still ours alone")
    expect(findings(popup)).not_to_contain_text(SECRET)


def test_without_a_companion_it_says_not_checked_first(popup: Page, fake: KnownCompanion) -> None:
    port = fake.port
    box(popup).fill(PRAISE)
    expect(findings(popup)).to_have_count(2)
    fake.close()
    box(popup).fill("Fine words")
    expect(said(popup)).to_have_text("Not checked. Sayso’s companion isn’t running on this computer.")
    expect(findings(popup)).to_have_count(0)
    expect(popup.get_by_role("banner").get_by_role("status")).to_have_text("Companion away")
    fake.open(port)
    popup.get_by_role("main").get_by_role("button", name="Try again").click()
    expect(said(popup)).to_have_text("Fine. No label owed")
    fake.manners.refuse["POST checks"] = (422, "too_long")
    box(popup).fill("Fine words too")
    expect(said(popup)).to_have_text("Not checked. too_long, in words")
    fake.manners.refuse.clear()
    fake.manners.honest = False
    box(popup).fill("Fine words three")
    other = "Another program answers in the companion’s place, so nothing was sent to it."
    expect(said(popup)).to_have_text(f"Not checked. {other}")
    fake.manners.honest, fake.manners.known_token = True, False
    box(popup).fill("Fine words four")
    expect(said(popup)).to_have_text("Not checked. Go back, and connect your companion first.")
    popup.get_by_role("button", name="Back").click()
    expect(popup.get_by_role("textbox", name="Pairing code")).to_be_focused()


def test_a_slow_companion_never_looks_like_a_check(popup: Page, fake: KnownCompanion) -> None:
    fake.manners.hold = {"POST checks"}
    box(popup).fill("Fine words")
    expect(popup.get_by_text("Checking…")).to_be_visible()
    expect(said(popup)).to_have_text("Not checked. Still waiting for the companion.")


def test_nothing_of_the_text_is_kept(popup: Page, context: BrowserContext, fake: KnownCompanion) -> None:
    told: list[str] = []
    popup.on("console", lambda message: told.append(message.text))
    box(popup).fill(PRAISE)
    expect(findings(popup)).to_have_count(2)
    popup.get_by_role("button", name="Back").click()
    expect(popup.get_by_role("button", name="Check a text")).to_be_focused()
    expect(popup.get_by_role("heading", name="Your first share starts the line")).to_be_visible()
    areas = "async () => [await chrome.storage.local.get(null), await chrome.storage.session.get(null)]"
    assert "dishwater" not in str(worker(context).evaluate(areas))
    assert popup.evaluate("localStorage.length + sessionStorage.length") == 0
    assert told == []
    assert fake.sent("POST", "shares") == []
    # Until the popup closes it is there to come back to.
    popup.keyboard.press("Enter")
    expect(box(popup)).to_have_value(PRAISE)
    popup.reload()
    popup.get_by_role("button", name="Check a text").click()
    expect(box(popup)).to_have_value("")
    expect(said(popup)).to_have_text("")


def test_the_text_goes_to_the_clipboard_by_keyboard(popup: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    expect(popup.get_by_role("button", name="Copy")).to_be_disabled()
    popup.keyboard.type("Fine words")
    expect(said(popup)).to_have_text("Fine. No label owed")
    popup.keyboard.press("Tab")
    popup.keyboard.press("Enter")
    expect(said(popup)).to_have_text("Copied")
    assert popup.evaluate("navigator.clipboard.readText()") == "Fine words"


def test_rules_left_out_are_counted_in_the_settings_and_come_back(popup: Page, fake: KnownCompanion) -> None:
    settings = popup.get_by_role("button", name="Settings")
    fake.preferences["dismissed_rules"] = ["one", "two"]
    settings.click()
    expect(popup.get_by_text("2 rules left out")).to_be_visible()
    popup.get_by_role("button", name="Show them again").click()
    expect(popup.get_by_text("2 rules left out")).to_have_count(0)
    expect(said(popup)).to_have_text("All rules are shown again.")
    assert fake.preferences == {"takes_rewards": False, "dismissed_rules": []}
