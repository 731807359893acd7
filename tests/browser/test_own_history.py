"""The history's own pages on a phone: nothing is cut, everything can be pressed, and everybody can use them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_own_pages import SHARE, here
from tests.support.axe import violations
from tests.support.companion import Companion

ONE = f"/history/{SHARE['id']}"
PATHS = (ONE, "/history?q=tea&status=confirmed", "/history/worth", "/history/imports", "/history/own",
         f"/history/card?part=activity&part=readings&part=items&part=topics&part=value&text={SHARE['id']}")


@pytest.fixture
def browser_options() -> dict[str, Any]:
    """A small browser, by night, of a person whose words are longer than the English ones."""
    return {"locale": "de", "viewport": {"width": 360, "height": 800}, "color_scheme": "dark"}


def test_the_historys_pages_fit_a_phone_and_everybody_can_use_them(page: Page, companion: Companion) -> None:
    page.goto(here(page, "/history"))
    empty = violations(page)
    # Of this week and of an item, with something to settle, a line to draw, and two readings that contradict each other.
    posted, read = ((datetime.now(UTC) - timedelta(minutes=gone)).strftime("%Y-%m-%dT%H:%M:%SZ") for gone in (9, 1))
    item = companion.call("GET", "/items?limit=1")["items"][0]["id"]
    readings = [{"read_at": read, "where": "page", "impressions": 1_204_000, "clicks": 3},
                {"read_at": read, "where": "hand", "impressions": 1204, "reactions": 7}]
    companion.call("POST", "/shares", {**SHARE, "posted_at": posted, "status": "unconfirmed", "item_id": item, "disclosure": "missing",
                                       "own_words": 0.4, "readings": readings})
    found = {}
    for path in ("/history", *PATHS):
        page.goto(here(page, path))
        page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert min(page.evaluate("""[...document.querySelectorAll("button, nav a, summary")]
            .filter((each) => each.checkVisibility()).map((each) => each.offsetHeight)""")) >= 24, path
        found[path] = violations(page)
        if path == ONE:
            # Both are kept, with how each is known; the one that was added last is shown.
            expect(page.locator(".readings li")).to_have_count(2)
            expect(page.locator(".readings .ring")).to_have_count(1)
            assert page.locator(".figures dd").first.inner_text().endswith("204")
            assert len(page.locator(".figures dd").first.inner_text()) == 5
    assert (empty, {path: faults for path, faults in found.items() if faults}) == ([], {})
