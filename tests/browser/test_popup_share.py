"""The history in the popup: this week at a glance, narrowed lists, one share in full, readings, sharing again."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.fake_companion import FakeCompanion
from tests.browser.panel_side import Scene
from tests.browser.popup_side import LINK, add, moment, rows
from tests.support.axe import violations
from tests.support.browser import open_popup
from tests.support.companion import Companion

TEXT = "#ad I tasted sample 7 blind.\n\nThat one became Finch Roast."
QUESTION = "Fill in your figures for you?"


def glance(**this_week: Any) -> dict[str, Any]:
    """Eight weeks as GET week tells them; nobody posted in the oldest, and nobody read the one after it."""
    unknown = dict.fromkeys(("where", "impressions", "reactions", "comments", "reposts", "clicks"))
    begin = date.today() - timedelta(days=date.today().weekday(), weeks=7)
    weeks = [{"start": (begin + timedelta(weeks=at)).isoformat(), "posts": min(at, 2), "read": 0, **unknown} for at in range(8)]
    for at in range(2, 8):
        weeks[at] |= {"read": 1, "where": "page", "impressions": 300 * at, "reactions": at, "comments": 0}
    weeks[-1] |= this_week
    return {"weeks": weeks, "readings": 4, "company": 2, "per_week": 3, "ask": False}


@pytest.fixture
def fake(scene: Scene) -> Iterator[FakeCompanion]:
    """The scene's companion, which tells of no week and has no word about figures after the test."""
    before = scene.fake.preferences
    yield scene.fake
    scene.fake.week, scene.fake.preferences = None, before


def cells(popup: Page, row: int) -> list[str]:
    return popup.get_by_role("table").get_by_role("row").nth(row).get_by_role("cell").all_text_contents()


def test_this_week_is_drawn_and_told_and_the_list_can_be_narrowed(scene: Scene, fake: FakeCompanion) -> None:
    popup = scene.popup
    add(fake, "Grinders, without a label", 1, disclosure="missing", about_work=True)
    add(fake, "Tea, with a label", 2, disclosure="present", permalink=LINK)
    fake.week = glance(impressions=2400, where="hand")
    popup.reload()
    week = popup.get_by_role("region", name="This week")
    for words in ("2,400", "2 posts. 1 with figures. 4 readings taken. 1 more fits the programme."):
        expect(week).to_contain_text(words)
    # The line has a gap where nothing was read, and the table tells what is drawn.
    expect(week.locator("svg.chart[aria-hidden=true] :is(.full, .ring)")).to_have_count(6)
    expect(week.get_by_role("table", name="This week").get_by_role("row")).to_have_count(9)
    assert cells(popup, 1) == ["2", "2,400", "7", "0"]
    assert cells(popup, 7)[1] == "–not known" and cells(popup, 8)[0] == "0"
    assert violations(popup) == []

    pick = popup.get_by_role("combobox", name="Which shares")
    pick.select_option(label="Label missing")
    expect(popup.get_by_text("1 share fits", exact=True)).to_be_visible()
    expect(rows(popup)).to_have_count(1)
    popup.get_by_role("searchbox").fill("tea")
    expect(popup.get_by_text("No share fits", exact=True)).to_be_visible()
    pick.select_option(label="All")
    expect(popup.get_by_text("1 share mentions “tea”")).to_be_visible()
    expect(rows(popup)).to_contain_text("Tea, with a label")


def test_reading_ones_figures_is_asked_about_once_and_taken_at_its_word(scene: Scene, fake: FakeCompanion) -> None:
    popup = scene.popup
    fake.week = {**glance(), "ask": True}
    # Nothing of theirs could be read yet, so nothing is asked.
    add(fake, "Not to be found on LinkedIn", 1)
    popup.reload()
    expect(rows(popup)).to_have_count(1)
    question = popup.get_by_role("region", name=QUESTION)
    expect(question).to_have_count(0)
    add(fake, TEXT, 0, permalink=LINK, urns=["urn:li:share:7"])
    popup.reload()
    expect(question).to_contain_text("LinkedIn’s terms name browser add-ons that copy from its pages")
    assert violations(popup) == []
    question.get_by_role("button", name="Not now").click()
    expect(question).to_have_count(0)
    expect(popup.get_by_role("heading", name="Your shares")).to_be_focused()
    expect(popup.locator("#said")).to_have_text("Noted. The settings can change it.")
    assert fake.preferences["read_pages"] is False


def test_one_share_in_full_with_the_real_companion(paired: BrowserContext, companion: Companion) -> None:
    item = companion.call("GET", "/items?limit=1")["items"][0]
    read = {"read_at": moment(19), "where": "page", "impressions": 1240, "reactions": 40}
    later = {"read_at": moment(9), "where": "import", "impressions": 1905}
    share = {"id": str(uuid.uuid4()), "text": TEXT, "posted_at": moment(20), "status": "confirmed", "item_id": item["id"],
             "disclosure": "present", "own_words": 0.8, "permalink": LINK, "readings": [read, later]}
    companion.call("POST", "/shares", share)
    popup = open_popup(paired)
    rows(popup).get_by_role("button", name="1,905").click()
    expect(popup.get_by_role("heading", name="One share")).to_be_focused()
    expect(popup.get_by_role("img", name=re.compile("Impressions since it was posted: .+: 1,240, .+: 1,905"))).to_be_visible()
    readings = popup.get_by_role("main").locator(".readings li")
    expect(readings.nth(0)).to_contain_text("from a file")
    expect(readings.nth(1)).to_contain_text("read on LinkedIn")
    expect(readings.nth(1)).to_contain_text("reactions\u00a040")
    expect(popup.get_by_role("main").get_by_text("Label in place · Mostly yours")).to_be_visible()

    # Figures as people write them; one that is none stays in its box, and the others are kept.
    popup.get_by_role("button", name="Add one").click()
    popup.keyboard.type("1.2 thousand")
    popup.get_by_label("reactions").fill("1.2K")
    popup.keyboard.press("Enter")
    expect(popup.get_by_role("alert")).to_have_text("No whole number: impressions")
    expect(popup.get_by_label("impressions", exact=True)).to_have_value("1.2 thousand")
    assert violations(popup) == []
    # Lower than before: both are kept, and the newer is shown.
    popup.get_by_label("impressions", exact=True).fill("1,204")
    popup.keyboard.press("Enter")
    expect(popup.get_by_role("button", name="Add one")).to_be_focused()
    expect(popup.locator("#said")).to_have_text("Reading added")
    expect(popup.locator(".four")).to_contain_text("1,204")
    kept = companion.call("GET", f"/shares/{share['id']}")["readings"]
    assert [reading.get("impressions") for reading in kept] == [1240, 1905, None, 1204]
    assert [(reading["where"], reading["reactions"]) for reading in kept if "reactions" in reading] == [("page", 40), ("hand", 1200)]

    # A reading is taken out and brought back, and what is shown of the share goes along.
    popup.locator(".readings li").first.get_by_role("button", name="Remove reading").click()
    expect(popup.get_by_role("button", name="Undo")).to_be_focused()
    expect(popup.locator(".four")).to_contain_text("1,905")
    assert len(companion.call("GET", f"/shares/{share['id']}")["readings"]) == 3
    assert violations(popup) == []
    popup.keyboard.press("Enter")
    expect(popup.locator(".readings li").first.get_by_role("button", name="Remove reading")).to_be_focused()
    expect(popup.locator(".four")).to_contain_text("1,204")
    assert companion.call("GET", f"/shares/{share['id']}")["readings"] == kept

    # Nothing of this item went out in this week: LinkedIn's box opens and the link is at hand.
    popup.evaluate("""() => { navigator.clipboard.writeText = async (text) => { globalThis.copied = text; };
        chrome.tabs.create = async ({url}) => { globalThis.opened = url; }; }""")
    popup.get_by_role("button", name="Share it again").click()
    expect(popup.locator("#said")).to_have_text("Its link is copied. Put it into your post.")
    assert popup.evaluate("globalThis.opened") == "https://www.linkedin.com/feed/?shareActive=true"
    assert popup.evaluate("globalThis.copied").startswith(item["url"])
    popup.get_by_role("button", name="Your shares").click()
    expect(rows(popup).get_by_role("button", name="1,204")).to_be_focused()

    # Shared this week, so not again before the next.
    companion.call("POST", "/shares", {**share, "id": str(uuid.uuid4()), "posted_at": moment(0), "status": "unconfirmed", "readings": []})
    popup.reload()
    rows(popup).first.locator(".n").click()
    expect(popup.get_by_text("Fits from: ")).to_be_visible()
    expect(popup.get_by_role("button", name="Share it again")).to_have_count(0)
    popup.get_by_role("main").get_by_role("button", name="Yes, it’s live").click()
    expect(popup.get_by_role("heading", name="Your shares")).to_be_focused()
    expect(popup.get_by_text("not settled yet")).to_have_count(1)  # what the list can be narrowed to

    # The list can be narrowed to a topic that was written about, and to no other.
    companion.call("POST", "/shares", {"id": str(uuid.uuid4()), "text": "Of no item", "status": "confirmed", "topics": ["a=b"]})
    popup.reload()
    expect(rows(popup)).to_have_count(3)
    pick = popup.get_by_role("combobox", name="Which shares")
    pick.focus()
    expect(pick.locator("optgroup[label=Topics] option")).to_have_text(sorted(["a=b", *item["topics"]], key=str.casefold))
    pick.select_option(label="a=b")
    expect(popup.get_by_text("1 share fits", exact=True)).to_be_visible()
    pick.select_option(label=item["topics"][0])
    expect(popup.get_by_text("2 shares fit", exact=True)).to_be_visible()
