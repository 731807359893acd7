"""What suits the person: asked once in the popup, skipped or answered, changed any time, kept by the companion."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.browser.conftest import connect, with_programme
from tests.browser.extension_side import until
from tests.support.axe import violations
from tests.support.browser import launch, open_popup
from tests.support.companion import Companion

PROGRAMME = """\
name: Cobalt & Finch
languages: [en, fr]
contact: stories@cobaltfinch.example
personal_parameter: utm_term
roles: [Roaster, Barista]
regions: [Scotland, Brittany]
policy: {company: {name: Cobalt & Finch}}
items:
  - {title: Forty samples, url: "https://www.cobaltfinch.example/forty", topics: [cupping, harvest]}
  - {title: The queue at seven, url: "https://www.cobaltfinch.example/queue", topics: [harvest]}
"""


@pytest.fixture
def companion(tmp_path: Path) -> Iterator[Companion]:
    """A companion with a programme of two items."""
    with with_programme(tmp_path, PROGRAMME) as running:
        yield running


@pytest.fixture
def popup(context: BrowserContext, companion: Companion) -> Page:
    """The popup, just connected."""
    return connect(context, companion)


def preferences(companion: Companion) -> dict:
    return companion.call("GET", "/preferences")


def heading(popup: Page, name: str) -> None:
    expect(popup.get_by_role("heading", name=name, level=1)).to_be_focused()


def test_three_screens_by_keyboard_and_what_was_chosen_is_kept(popup: Page, companion: Companion) -> None:
    heading(popup, "What do you like to write about?")
    expect(popup.get_by_text("1 of 3")).to_be_visible()
    assert not violations(popup)
    popup.keyboard.press("Tab")
    expect(popup.get_by_role("checkbox", name="harvest")).to_be_focused()
    popup.keyboard.press("Space")
    popup.keyboard.press("Enter")
    heading(popup, "In which languages do you post?")
    popup.get_by_role("checkbox", name="French").check()
    popup.get_by_role("radio", name="Brittany").check()
    assert not violations(popup)
    popup.get_by_role("button", name="Next").click()
    heading(popup, "What do you do?")
    popup.get_by_role("button", name="Back").click()
    expect(popup.get_by_role("radio", name="Brittany")).to_be_checked()
    popup.get_by_role("button", name="Next").click()
    popup.get_by_role("radio", name="Barista").check()
    assert preferences(companion)["asked"] is False
    popup.get_by_role("button", name="Done").click()
    expect(popup.get_by_role("heading", name="Your first share starts the line")).to_be_visible()
    kept = preferences(companion)
    assert {key: kept[key] for key in ("topics", "languages", "region", "role", "asked")} == {
        "topics": ["harvest"], "languages": ["fr"], "region": "Brittany", "role": "Barista", "asked": True,
    }


def test_skipped_it_is_not_asked_again_and_nothing_is_kept(popup: Page, companion: Companion) -> None:
    popup.get_by_role("checkbox", name="harvest").check()
    popup.get_by_role("button", name="Skip").click()
    expect(popup.get_by_role("heading", name="Your first share starts the line")).to_be_visible()
    kept = preferences(companion)
    assert (kept["topics"], kept["languages"], kept["role"], kept["region"], kept["asked"]) == ([], [], "", "", True)
    popup.reload()
    expect(popup.get_by_role("heading", name="Your first share starts the line")).to_be_visible()


def test_it_is_changed_in_the_settings_and_cancel_changes_nothing(popup: Page, companion: Companion) -> None:
    popup.get_by_role("button", name="Skip").click()
    for end in ("Cancel", "Done"):
        popup.get_by_role("button", name="Settings").click()
        popup.get_by_role("button", name="What suits you").click()
        popup.get_by_role("checkbox", name="cupping").check()
        if end == "Done":
            popup.get_by_role("button", name="Next").click()
            popup.get_by_role("button", name="Next").click()
        popup.get_by_role("button", name=end).click()
        expect(popup.get_by_role("heading", name="Your first share starts the line")).to_be_visible()
        assert preferences(companion)["topics"] == (["cupping"] if end == "Done" else [])


def test_links_bear_a_mark_only_once_that_is_ticked(popup: Page, companion: Companion) -> None:
    popup.get_by_role("button", name="Skip").click()
    popup.get_by_role("button", name="Settings").click()
    box = popup.get_by_role("checkbox", name="Let the links you post bear a random mark")
    expect(box).not_to_be_checked()
    assert preferences(companion)["tell_clicks"] is False
    box.check()
    until(popup, "async () => (await chrome.runtime.sendMessage({kind: 'suits'})).preferences.tell_clicks")
    popup.reload()
    popup.get_by_role("button", name="Settings").click()
    expect(popup.get_by_role("checkbox", name="Let the links you post bear a random mark")).to_be_checked()
    assert preferences(companion)["tell_clicks"] is True


@pytest.mark.parametrize(("lang", "title"), [("fr", "De quoi aimez-vous parler"), ("de", "Worüber schreiben Sie gern")])
def test_in_other_languages_and_in_the_dark_nothing_is_cut(
    playwright: Playwright, tmp_path: Path, companion: Companion, lang: str, title: str
) -> None:
    browser = launch(playwright, tmp_path / lang, lang=lang, dark=True)
    try:
        popup = open_popup(browser)
        popup.locator("#code").fill(companion.first_code)
        popup.keyboard.press("Enter")
        expect(popup.get_by_role("heading", name=title)).to_be_visible()
        for _ in range(3):
            assert popup.locator("main").evaluate("main => main.scrollWidth <= main.clientWidth")
            assert not violations(popup)
            popup.keyboard.press("Tab")
            popup.locator("form button.primary").click()
        expect(popup.locator("form.suits")).to_have_count(0)
    finally:
        browser.close()
