"""The companion's own pages in a real browser: what it sends with our forms is what the guard lets in, and no more."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.support.companion import Companion

DRAFT = "Everyone should try our new Finch Roast!"
SHARE = {
    "id": "4f1d2c9a-6f0e-4b58-9a57-0d5c4b6f3a11",
    "text": "Idris retires his first grinder today.",
    "posted_at": "2026-03-04T10:00:00Z",
    "status": "confirmed",
}
EVIL = "https://evil.example/"


def texts(companion: Companion) -> list[str]:
    return [share["text"] for share in companion.call("GET", "/shares")["shares"]]


@pytest.fixture(params=["en", "fr"])
def browser_options(request: pytest.FixtureRequest) -> dict[str, Any]:
    """A small browser of a person who reads this language."""
    return {"locale": request.param, "viewport": {"width": 360, "height": 800}}


def here(page: Page, path: str) -> str:
    return page.evaluate("location.origin") + path


def test_a_person_can_press_every_button_there_is(page: Page, companion: Companion) -> None:
    companion.call("POST", "/shares", SHARE)
    code = page.locator("output").inner_text()
    page.locator(".cards button").click()
    expect(page.locator(".cards")).to_have_count(0)
    page.locator(".connect form button").click()
    expect(page.locator("output")).not_to_have_text(code)

    page.goto(here(page, "/history"))
    page.locator(".share form button").click()
    expect(page.locator(".share")).to_have_count(0)
    expect(page.locator(".undo").get_by_role("status")).to_be_focused()
    assert texts(companion) == []
    page.keyboard.press("Tab")
    expect(page.locator(".undo button")).to_be_focused()
    page.locator(".undo button").click()
    expect(page.locator(".share")).to_have_count(1)
    assert texts(companion) == [SHARE["text"]]
    page.get_by_role("searchbox").fill("tea")
    page.keyboard.press("Enter")
    expect(page.locator(".share")).to_have_count(0)

    page.goto(here(page, "/check"))
    page.get_by_role("textbox").fill(DRAFT)
    page.locator("#draft button").click()
    expect(page.locator(".outcome").get_by_role("status")).to_be_focused()
    page.locator(".mend button").first.click()
    expect(page.get_by_role("textbox")).to_have_value(f"#ad {DRAFT}")
    assert DRAFT not in companion.output


def test_every_page_fits_a_phone_with_targets_for_a_thumb(page: Page, companion: Companion) -> None:
    companion.call("POST", "/shares", SHARE)
    for path in ("/", "/feed", "/history", "/check", "/charter"):
        page.goto(here(page, path))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        heights = page.evaluate("""[...document.querySelectorAll("button, nav a")]
            .filter((each) => each.checkVisibility()).map((each) => each.offsetHeight)""")
        assert min(heights) >= 24, path


def test_another_site_cannot_send_our_forms(page: Page, browser: BrowserContext, companion: Companion) -> None:
    companion.call("POST", "/shares", SHARE)
    target = here(page, f"/history/{SHARE['id']}/delete")
    form = f'<form method="post" action="{target}"><button>Win</button></form>'

    def serve(route: Route) -> None:
        route.fulfill(content_type="text/html", body=form)

    browser.route(EVIL + "**", serve)
    trap = browser.new_page()
    trap.goto(EVIL)
    with trap.expect_response("**/delete") as reply:
        trap.get_by_role("button").click()
    assert reply.value.status == 403
    assert texts(companion) == [SHARE["text"]]
    expect(trap.get_by_role("heading", level=1)).to_have_count(1)
