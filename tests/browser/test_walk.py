"""From a bare newsroom address to a published programme, in the pages alone, and on to a colleague's companion."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.feeds.site import FeedSite
from tests.support.companion import Companion

STORIES = {
    "quieter-pump": "A quieter pump for the harbour and the town",
    "test-bench": "Apprentices build their own test bench",
    "second-hall": "Northlight opens a second hall in Lübeck",
}


@pytest.fixture
def companion(tmp_path: Path) -> Iterator[Companion]:
    """A companion at its first start."""
    with Companion.start(tmp_path / "data") as running:
        yield running


class Newsroom(FeedSite):
    """Its second story keeps a reader waiting until `told` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.told = threading.Event()


@pytest.fixture
def site() -> Iterator[Newsroom]:
    """A newsroom of plain pages, without any feed."""
    page = "<!doctype html><html lang=en><meta charset=utf-8><title>{0}</title><nav><a href=/>Home</a></nav><main>{1}</main></html>"
    with Newsroom() as site:
        cards = "".join(
            f"<article><h2><a href='/news/{slug}'>{title}</a></h2><time>{day} March 2026</time></article>"
            for day, (slug, title) in enumerate(STORIES.items(), 1)
        )
        site.serve("/news", page.format("Newsroom", cards).encode(), content_type="text/html")
        for slug, title in STORIES.items():
            body = f"<article><h1>{title}</h1><p>{'It took nine weeks and four people. ' * 9}</p></article>"
            site.serve(f"/news/{slug}", page.format(title, body).encode(), content_type="text/html")
        second = site.answers["/news/test-bench"]
        site.answers["/news/test-bench"] = lambda request: (site.told.wait(60), second(request))
        yield site
        site.told.set()


def test_from_a_newsrooms_address_to_a_colleague(page: Page, companion: Companion, site: Newsroom, tmp_path: Path) -> None:
    # The company, in the place of the made-up one.
    page.get_by_role("link", name="Use your company’s").click()
    page.get_by_role("textbox", name="Company", exact=True).fill("Northlight Pumps")
    page.get_by_role("checkbox", name="United Kingdom").check()
    page.get_by_text("Handles, competitors, how firmly to ask, mix, inside addresses").click()
    page.get_by_role("textbox", name="Addresses inside the company").fill("127.0.0.1")
    page.get_by_role("button", name="Set it up").click()
    # Its newsroom: there is no feed, so one chooses.
    page.get_by_role("textbox", name="Address or path").fill(site.url("/news"))
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="Read it as a newsroom").click()
    expect(page.get_by_role("status")).to_contain_text("2 of 3…")
    page.get_by_role("textbox", name="Address or path").fill("https://the.next.example/")
    site.told.set()
    expect(page.get_by_role("status")).to_contain_text("Newsroom is added. 3 items.")
    expect(page.get_by_role("textbox", name="Address or path")).to_have_value("https://the.next.example/")
    page.get_by_role("link", name="Content").first.click()
    for title in STORIES.values():
        expect(page.get_by_role("link", name=title)).to_be_visible()
    # The bundle.
    page.get_by_role("link", name="Publish").click()
    page.get_by_role("textbox", name="Address at which the file will lie").fill(site.url("/programme.sayso"))
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", name="Version 1")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the file").click()
    site.serve("/programme.sayso", Path(download.value.path()).read_bytes())
    link = page.get_by_role("textbox", name="Subscription link").inner_text()
    # A colleague, who was given the link.
    with Companion.start(tmp_path / "colleague") as other:
        page.goto(other.pages)
        page.get_by_role("link", name="Use your company’s").click()
        page.get_by_role("textbox", name="Link or path").fill(link)
        page.get_by_role("button", name="Use it").click()
        expect(page.get_by_text("Version 1, made")).to_be_visible()
        page.get_by_role("link", name="Content").first.click()
        for title in STORIES.values():
            expect(page.get_by_role("link", name=title)).to_be_visible()
