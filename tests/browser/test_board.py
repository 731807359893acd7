"""The content pages in a real browser: moving by keyboard, editing with the preview beside it, and who can use them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from server.feed import item_id
from tests.support.axe import violations
from tests.support.companion import Companion

ITEM = item_id("https://cobaltfinch.example/stories/finch-roast")
TITLE = "Finch Roast is here: how we chose the blend"
PATHS = ("/feed", "/feed?category=industry", "/feed?q=nothing-like-it", f"/items/{ITEM}", "/items/new", "/programme", "/sources", "/proposals", "/publish", "/figures")


@pytest.fixture
def page(page: Page) -> Page:
    """The content page."""
    page.goto(page.evaluate("location.origin") + "/feed")
    return page


def category(companion: Companion) -> str:
    return companion.call("GET", f"/items/{ITEM}")["category"]


def column(page: Page, name: str):  # noqa: ANN201 - a locator
    return page.get_by_role("region", name=name)


def test_an_item_is_moved_by_keys_and_keeps_the_focus(page: Page, companion: Companion) -> None:
    card = page.get_by_role("link", name=TITLE)
    card.focus()
    page.keyboard.press("Shift+ArrowRight")
    moved = column(page, "Employer brand").get_by_role("link", name=TITLE)
    expect(moved).to_be_focused()
    expect(page.get_by_role("status")).to_contain_text("is now under Employer brand.")
    assert category(companion) == "employer_brand"
    page.keyboard.press("Shift+ArrowLeft")
    expect(column(page, "Brand").first.get_by_role("link", name=TITLE)).to_be_focused()
    # There is no column before the first.
    page.keyboard.press("Shift+ArrowLeft")
    page.get_by_role("button", name="Undo").press("Enter")
    expect(column(page, "Employer brand").get_by_role("link", name=TITLE)).to_be_visible()
    assert category(companion) == "employer_brand"


def test_an_item_is_moved_with_the_select_on_its_card(page: Page, companion: Companion) -> None:
    card = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=TITLE))
    card.locator("summary").press("Enter")
    card.get_by_role("combobox", name="Category").select_option("Employees’ own")
    card.get_by_role("button", name="Move").press("Enter")
    expect(column(page, "Employees’ own").get_by_role("link", name=TITLE)).to_be_focused()
    assert category(companion) == "employee"


def test_a_card_can_be_dragged(page: Page, companion: Companion) -> None:
    card = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=TITLE))
    card.drag_to(column(page, "Industry").get_by_role("heading", name="Industry"))
    expect(column(page, "Industry").get_by_role("link", name=TITLE)).to_be_focused()
    assert category(companion) == "industry"


def test_the_preview_follows_what_is_written(page: Page, companion: Companion) -> None:
    page.get_by_role("link", name=TITLE).press("Enter")
    second = page.get_by_role("group", name="Wording 2")
    box, reason = second.get_by_role("textbox", name="Text"), second.get_by_role("textbox", name="Why it is fine")
    expect(reason).to_be_hidden()
    box.fill("Finch Roast cures headaches. " + "And so on. " * 20)
    look = page.locator("#look details[open]")
    expect(look).to_have_count(1)
    expect(look.locator(".post")).to_contain_text("#ad Finch Roast cures headaches.")
    expect(look.locator(".post")).to_contain_text("…more on a phone")
    expect(look.locator(".where")).to_contain_text("promises more")
    expect(page.locator("#overview tbody tr").nth(1)).to_contain_text("Worth a look")
    expect(box).to_be_focused()
    # What the checks point out needs a reason; the field for it is there now.
    reason.fill("A quote from the study.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").first).to_have_text("Saved.")
    variant = companion.call("GET", f"/items/{ITEM}")["variants"][1]
    assert variant["text"].startswith("Finch Roast cures") and variant["reason"] == "A quote from the study."
    assert variant["draft"] is False


@pytest.mark.parametrize("changed", [True, False], ids=["changed", "changed-back"])
def test_leaving_with_changes_is_asked_about(page: Page, changed: bool) -> None:
    page.get_by_role("link", name=TITLE).press("Enter")
    title = page.get_by_role("textbox", name="Title")
    title.fill("Another title")
    # What counts is what stands there: no event tells of this, as none does where a browser fills a form again.
    title.evaluate("(field, text) => { field.value = text; }", "Yet another" if changed else TITLE)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="History").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your history")
    assert asked == (["beforeunload"] if changed else [])


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_content_pages_serve_everybody(page: Page, width: int, dark: bool) -> None:
    page.emulate_media(color_scheme="dark" if dark else "light")
    page.set_viewport_size({"width": width, "height": 800})
    origin = page.evaluate("location.origin")
    for path in PATHS:
        page.goto(origin + path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        heights = page.evaluate("""[...document.querySelectorAll("button:not([tabindex='-1']), select, summary, nav a")]
            .filter((each) => each.checkVisibility()).map((each) => each.offsetHeight)""")
        assert min(heights) >= 24, path


def test_cards_are_read_and_saved_as_a_table_and_one_that_is_none_stays_out(page: Page, tmp_path: Path) -> None:
    card, video = tmp_path / "card.json", tmp_path / "video.json"
    read = {"clicks": {"sum": 12, "shares": 3}}
    card.write_text(json.dumps({"format": "sayso-card", "version": 1, "from": "2026-03-01", "to": "2026-03-31", "readings": read}), "utf-8")
    video.write_bytes(b"x" * 80_000_000)
    page.get_by_role("link", name="Figures people shared").click()
    files = page.get_by_label("Files")
    files.set_input_files([card, video])
    expect(page.get_by_role("alert")).to_contain_text("video.json Larger than a card ever is")
    assert files.evaluate("each => [...each.files].map((file) => file.name)") == ["card.json"]
    page.get_by_role("button", name="Read them").press("Enter")
    expect(page.get_by_role("status")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("1 card read.")
    assert violations(page) == []
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save as a table").press("Enter")
    assert saved.value.suggested_filename.startswith("sayso-figures-")
    assert "all,,,,,clicks,12,,,,3,1,1" in saved.value.path().read_text("utf-8")
