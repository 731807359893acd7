"""Suggesting the page in front of one to the programme: read on the press alone, kept, passed on, answered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import connect, with_programme
from tests.support.axe import violations
from tests.support.browser import open_popup, press_button
from tests.support.companion import Companion, sayso

PROGRAMME = """\
name: Cobalt & Finch
contact: stories@cobaltfinch.example
policy: {company: {name: Cobalt & Finch}}
"""
PAGE = """<!doctype html><html lang="en-GB"><head><title>Latte and time – Bean Weekly</title>
<link rel="canonical" href="/latte"><meta property="og:title" content="Latte and
  time"><meta property="og:image" content="/latte.jpg"><meta name="description" content="How long is a queue?">
</head><body><h1>Latte and time</h1></body></html>"""
ADDRESS = "https://www.beanweekly.example/latte?utm_source=letter#more"


@pytest.fixture
def companion(tmp_path: Path) -> Iterator[Companion]:
    """A companion with a programme that names a contact and nothing to choose."""
    with with_programme(tmp_path, PROGRAMME) as running:
        yield running


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page somewhere on the web."""
    page = context.new_page()
    page.route("https://www.beanweekly.example/**", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    page.goto(ADDRESS)
    return page


@pytest.fixture
def popup(context: BrowserContext, companion: Companion, page: Page) -> Page:
    """The popup of a connected person, the page being in front of them and the button pressed there."""
    popup = connect(context, companion)
    press_button(context, page)
    return popup


def rows(popup: Page) -> Locator:
    return popup.get_by_role("list", name="Your suggestions").get_by_role("listitem")


def suggest(popup: Page, why: str = "We had the same queue on Saturday.") -> None:
    popup.get_by_role("button", name="Suggest this page").click()
    popup.get_by_role("textbox", name="Why this one?").fill(why)
    popup.get_by_role("button", name="Suggest it").click()


def proposals(companion: Companion) -> list[dict]:
    return companion.call("GET", "/proposals")["proposals"]


def test_the_page_is_read_and_kept_with_a_line_of_why(popup: Page, companion: Companion) -> None:
    popup.get_by_role("button", name="Suggest this page").click()
    expect(popup.get_by_role("textbox", name="Why this one?")).to_be_focused()
    expect(popup.locator("#about")).to_have_text("Latte and timebeanweekly.example")
    assert not violations(popup)
    popup.get_by_role("textbox", name="Why this one?").fill("We had the same queue on Saturday.")
    popup.get_by_role("button", name="Suggest it").click()
    expect(rows(popup)).to_have_count(1)
    expect(rows(popup).first).to_contain_text("Waiting here")
    assert not violations(popup)
    [kept] = proposals(companion)
    assert kept.items() >= {
        "url": "https://www.beanweekly.example/latte", "title": "Latte and time", "lang": "en", "state": "queued",
        "summary": "How long is a queue?", "image": "https://www.beanweekly.example/latte.jpg",
        "why": "We had the same queue on Saturday.",
    }.items()


def test_before_the_button_is_pressed_no_page_can_be_read(
    context: BrowserContext, companion: Companion, page: Page
) -> None:
    popup = connect(context, companion)
    page.bring_to_front()
    popup.get_by_role("button", name="Suggest this page").click()
    expect(popup.get_by_text("There’s no page here to suggest.")).to_be_visible()
    expect(popup.get_by_role("textbox")).to_have_count(0)
    popup.get_by_role("button", name="Back").click()
    expect(popup.get_by_role("button", name="Suggest this page")).to_be_focused()


def test_a_canonical_address_of_another_site_is_not_believed(
    context: BrowserContext, companion: Companion, page: Page
) -> None:
    head = '<title>Here</title><link rel="canonical" href="https://evil.example/x"><meta property="og:image" content="javascript:1">'
    page.route("https://www.beanweekly.example/**", lambda route: route.fulfill(body=head, content_type="text/html"))
    page.reload()
    popup = connect(context, companion)
    press_button(context, page)
    suggest(popup)
    expect(rows(popup)).to_have_count(1)
    [kept] = proposals(companion)
    assert (kept["url"], kept["image"]) == ("https://www.beanweekly.example/latte", None)


def test_it_goes_to_the_contact_as_a_message_that_the_person_sends(
    context: BrowserContext, popup: Page, companion: Companion
) -> None:
    suggest(popup)
    popup.evaluate("() => { chrome.tabs.create = async (tab) => { globalThis.opened = tab.url; }; }")
    send = rows(popup).get_by_role("button", name="Send to stories@cobaltfinch.example")
    expect(send).to_be_visible()
    send.click()
    expect(rows(popup).first).to_contain_text("Passed on")
    message = urlsplit(popup.evaluate("globalThis.opened"))
    assert (message.scheme, message.path) == ("mailto", "stories@cobaltfinch.example")
    assert "We had the same queue on Saturday." in parse_qs(message.query)["body"][0]
    assert [each["state"] for each in proposals(companion)] == ["sent"]


def test_it_is_saved_as_a_file_for_the_manager(popup: Page, companion: Companion) -> None:
    suggest(popup)
    with popup.expect_download() as download:
        rows(popup).get_by_role("button", name="Save as a file").click()
    assert download.value.suggested_filename == "proposal-latte-and-time.json"
    [kept] = proposals(companion)
    assert json.loads(Path(download.value.path()).read_text("utf-8"))["id"] == kept["id"]


def test_it_is_taken_out_and_brought_back(popup: Page, companion: Companion) -> None:
    suggest(popup)
    rows(popup).get_by_role("button", name="Remove").click()
    expect(rows(popup).get_by_role("button", name="Undo")).to_be_focused()
    assert proposals(companion) == []
    rows(popup).get_by_role("button", name="Undo").click()
    expect(rows(popup).get_by_role("button", name="Remove")).to_be_focused()
    [kept] = proposals(companion)
    assert kept["why"] == "We had the same queue on Saturday."


def test_the_managers_answer_comes_back_with_the_programme(
    context: BrowserContext, popup: Page, companion: Companion, tmp_path: Path
) -> None:
    suggest(popup)
    expect(rows(popup)).to_have_count(1)
    [kept] = proposals(companion)
    answer = f"answers: [{{proposal: {kept['id']}, state: accepted, note: Out on Monday.}}]\n"
    (tmp_path / "programme.yaml").write_text(PROGRAMME + answer, "utf-8")
    sayso(companion.data, "programme", "use", str(tmp_path / "programme.yaml"))
    later = open_popup(context)
    later.get_by_role("button", name="Suggest this page").click()
    expect(rows(later).first).to_contain_text("Taken up")
    expect(rows(later).first).to_contain_text("Out on Monday.")
    expect(rows(later).get_by_role("button")).to_have_count(1)
