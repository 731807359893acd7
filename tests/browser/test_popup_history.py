"""The person's own history in the popup: listed, searched, settled, deleted and brought back."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.extension_side import FromLinkedin, from_popup, press, until
from tests.browser.fake_companion import FakeCompanion
from tests.browser.popup_side import LINK, add, moment, rows
from tests.support.browser import open_popup
from tests.support.companion import Companion


def test_shares_are_listed_newest_first_with_all_that_is_known(connected: Page, fake: FakeCompanion) -> None:
    add(fake, "An old one about grinders", 400, disclosure="not_required")
    newest = add(
        fake, "#ad I tasted sample 7 blind.\n\nThat one became Finch Roast.", 0, permalink=LINK, item_id="x",
        item_title="Finch Roast is here", disclosure="present", own_words=0.7,
    )
    connected.reload()
    expect(connected.get_by_role("heading", name="Your shares")).to_be_visible()
    expect(rows(connected)).to_have_count(2)
    first = rows(connected).first
    expect(first).to_contain_text("Today")
    link = first.get_by_role("link")
    expect(link).to_have_attribute("href", LINK)
    expect(link).to_have_attribute("target", "_blank")
    name = "#ad I tasted sample 7 blind. That one became Finch Roast. (opens in a new tab)"
    expect(link).to_have_accessible_name(name)
    expect(first.locator("time")).to_have_attribute("datetime", fake.shares[newest]["posted_at"])
    for words in ("Finch Roast is here", "Label in place", "Mostly yours"):
        expect(first).to_contain_text(words)
    second = rows(connected).nth(1)
    expect(second.get_by_role("link")).to_have_count(0)
    for words in ("An old one about grinders", "your own", "No label owed"):
        expect(second).to_contain_text(words)
    expect(second).not_to_contain_text("yours")


def test_a_day_is_named_once_and_a_row_stays_readable_as_text(connected: Page, fake: FakeCompanion) -> None:
    add(fake, "Second", 2)
    add(fake, "First", 2.0001)
    add(fake, "<img src=x onerror=alert(1)><b>bold</b>", 40, permalink="javascript:alert(1)", item_title="<i>item</i>")
    connected.reload()
    expect(rows(connected)).to_have_count(3)
    assert connected.locator("p.day:visible").count() == 2
    hostile = rows(connected).nth(2)
    expect(hostile).to_contain_text("<img src=x onerror=alert(1)><b>bold</b>")
    expect(hostile).to_contain_text("<i>item</i>")
    expect(hostile.get_by_role("link")).to_have_count(0)
    expect(hostile.locator(".t img, .t b, .t i")).to_have_count(0)


def test_searching_shows_what_was_found_and_marks_it(connected: Page, fake: FakeCompanion) -> None:
    for number in range(3):
        add(fake, f"About the grinder, part {number}", number)
    add(fake, "About tea", 1)
    connected.reload()
    box = connected.get_by_role("searchbox", name="Search your shares")
    box.fill("Grinder")
    expect(connected.get_by_text("3 shares mention “Grinder”")).to_be_visible()
    expect(rows(connected)).to_have_count(3)
    expect(rows(connected).first.locator("mark")).to_have_text("grinder")
    box.fill("tea (1+")
    expect(connected.get_by_text("No share mentions “tea (1+”")).to_be_visible()
    expect(rows(connected)).to_have_count(0)
    connected.get_by_role("button", name="Clear search").click()
    expect(box).to_be_focused()
    expect(rows(connected)).to_have_count(4)
    expect(connected.locator("mark")).to_have_count(0)


def test_a_long_history_comes_page_by_page(connected: Page, fake: FakeCompanion) -> None:
    fake.manners.page_size = 5
    for number in range(12):
        add(fake, f"Share {number}", number)
    connected.reload()
    expect(rows(connected).first).to_contain_text("Share 0")
    more = connected.get_by_role("button", name="Show more")
    more.focus()
    connected.keyboard.press("Enter")
    expect(rows(connected).nth(9)).to_contain_text("Share 9")
    rows(connected).last.scroll_into_view_if_needed()
    connected.keyboard.press("End")
    expect(rows(connected)).to_have_count(12)
    expect(more).to_be_hidden()
    texts = rows(connected).locator(".t").all_inner_texts()
    assert texts == [f"Share {number}" for number in range(12)]


def test_deleting_can_be_undone_in_place(connected: Page, fake: FakeCompanion) -> None:
    share_id = add(fake, "To be deleted", 1, permalink=LINK, own_words=0.2, item_title="Item", disclosure="present",
                   readings=[{"read_at": moment(0), "where": "hand", "impressions": 7}])
    add(fake, "Another", 2)
    before = dict(fake.shares[share_id])
    connected.reload()
    rows(connected).first.get_by_role("button", name="Delete").click()
    undo = rows(connected).first.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    expect(rows(connected)).to_have_count(2)
    assert list(share["text"] for share in fake.shares.values()) == ["Another"]
    connected.keyboard.press("Enter")
    expect(rows(connected).first.get_by_role("button", name="Delete")).to_be_focused()
    expect(rows(connected).first).to_contain_text("To be deleted")
    assert fake.shares[share_id] == before


def test_an_undo_outlives_the_companion(connected: Page, fake: FakeCompanion) -> None:
    share_id = add(fake, "To be deleted", 1)
    connected.reload()
    rows(connected).first.get_by_role("button", name="Delete").click()
    undo = rows(connected).first.get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    port = fake.port
    fake.close()
    undo.click()
    expect(rows(connected).first.get_by_role("button", name="Delete")).to_be_visible()
    fake.open(port)
    connected.reload()
    fake.wait_for("POST", "shares")
    assert list(fake.shares) == [share_id]


def test_a_share_that_is_gone_already_is_said_and_the_list_is_made_anew(connected: Page, fake: FakeCompanion) -> None:
    share_id = add(fake, "Deleted elsewhere", 1)
    add(fake, "Another", 2)
    connected.reload()
    expect(rows(connected)).to_have_count(2)
    del fake.shares[share_id]
    rows(connected).first.get_by_role("button", name="Delete").click()
    expect(connected.get_by_role("alert")).to_contain_text("That did not work.")
    expect(rows(connected)).to_have_count(1)


@pytest.mark.parametrize("answer", ["Yes, it’s live", "No, it isn’t", "Later"])
def test_an_unconfirmed_share_is_asked_about(connected: Page, fake: FakeCompanion, answer: str) -> None:
    share_id = add(fake, "Notes from a cupping", 0, status="unconfirmed", disclosure="missing")
    add(fake, "Another", 2)
    connected.reload()
    question = connected.get_by_role("region", name="Did this one go out?")
    expect(question).to_contain_text("Notes from a cupping")
    expect(question).to_contain_text("You pressed Post")
    expect(rows(connected).first).to_contain_text("not settled yet")
    question.get_by_role("button", name=answer).click()
    expect(question).to_have_count(0)
    expect(rows(connected)).to_have_count(1 if answer.startswith("No") else 2)
    expected = {"Yes, it’s live": "confirmed", "No, it isn’t": None, "Later": "unconfirmed"}[answer]
    assert fake.shares.get(share_id, {}).get("status") == expected


def test_the_companions_own_pages_open_by_a_link_of_the_proved_companion(
    connected: Page, context: BrowserContext, fake: FakeCompanion
) -> None:
    with context.expect_page() as opened:
        connected.get_by_role("button", name="Settings").click()
        connected.get_by_role("button", name="Open your pages").click()
    opened.value.wait_for_url(f"http://sayso.localhost:{fake.port}/enter?key=once", wait_until="commit")


def test_no_other_address_is_opened_as_own_pages(connected: Page, context: BrowserContext, fake: FakeCompanion) -> None:
    fake.manners.page_link = "https://elsewhere.example/"
    before = len(context.pages)
    assert from_popup(connected, "pages") == {"state": "foreign-port"}
    assert len(context.pages) == before


def test_a_share_that_the_companion_refuses_is_told_and_can_be_kept(
    connected: Page, context: BrowserContext, fake: FakeCompanion
) -> None:
    share = press(text="The later text")
    fake.add(id=share["id"], text="The earlier text", posted_at=moment(1))
    tab = FromLinkedin(context)
    tab.post(share)
    until(connected, "async () => (await chrome.runtime.sendMessage({kind: 'state'})).aside.length === 1")
    connected.reload()
    card = connected.get_by_role("region", name="This share could not join your history")
    expect(card).to_contain_text("The later text")
    card.get_by_role("button", name="Keep both").click()
    expect(card).to_have_count(0)
    expect(rows(connected)).to_have_count(2)


def test_with_the_real_companion_a_share_is_logged_found_deleted_and_brought_back(
    paired: BrowserContext, companion: Companion
) -> None:
    tab = FromLinkedin(paired)
    share = press(text="#ad We taste before we sell, every Tuesday.", lang="en", disclosure="present", own_words=1.0)
    tab.post(share, permalink=LINK, urns=["urn:li:share:7"])
    popup = open_popup(paired)
    until(popup, "async () => (await chrome.runtime.sendMessage({kind: 'shares'})).total === 1")
    popup.reload()
    before = from_popup(popup, "shares")["shares"]
    popup.get_by_role("searchbox").fill("tuesday")
    expect(rows(popup).locator("mark")).to_have_text("Tuesday")
    week = popup.get_by_role("region", name="This week")
    expect(week).to_contain_text("1 post.")
    rows(popup).get_by_role("button", name="Delete").click()
    undo = rows(popup).get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    assert from_popup(popup, "shares")["total"] == 0
    expect(week).not_to_contain_text("1 post.")
    undo.click()
    expect(week).to_contain_text("1 post.")
    expect(rows(popup).get_by_role("link")).to_have_attribute("href", LINK)
    assert from_popup(popup, "shares")["shares"] == before
    assert companion.running


def test_with_the_real_companion_its_own_pages_open(paired: BrowserContext, companion: Companion) -> None:
    popup = open_popup(paired)
    with paired.expect_page() as opened:
        popup.get_by_role("button", name="Settings").click()
        popup.get_by_role("button", name="Open your pages").click()
    expect(opened.value).to_have_url(f"http://sayso.localhost:{companion.port}/")
