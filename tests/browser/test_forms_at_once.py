"""Posting with the extension, faster than anyone could: the next box in the same moment, a double click."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.panel_side import LABEL, Scene
from tests.browser.posting_side import HERE, NEWER, OLDER, SITE, URN
from tests.linkedin.site import HOST
from tests.support.panel import Panel

DRAFTS = ("One, and nothing else", "Finch Roast, another")


@pytest.fixture
def page(scene: Scene) -> Page:
    """A tab on LinkedIn, with an empty box."""
    scene.context.route(f"{HOST}/**", lambda route: route.fulfill(
        body=f"<!doctype html><main></main><script>{SITE}</script>", content_type="text/html"))
    page = scene.context.new_page()
    page.goto(f"{HOST}/feed/")
    page.evaluate("() => open('').querySelector('p').parentElement.focus()")
    return page


@pytest.mark.parametrize("order", [
    "box.remove(); const next = open(''); next.firstChild.focus();", "const next = open(''); next.firstChild.focus(); box.remove();",
], ids=["the old one goes first", "the new one comes first"])
def test_the_next_box_in_the_same_moment_is_another_draft(scene: Scene, page: Page, order: str) -> None:
    Panel(page).wait_for("checked")
    page.keyboard.type(DRAFTS[0])
    page.evaluate(f"() => {{ globalThis.onPost = (box) => {{ {order} next.id = 'next'; }} }}")
    post = page.get_by_role("button", name="Post", exact=True)
    post.click()
    # Faster than anyone could: the panel has not moved yet.
    page.locator("#next").wait_for()
    page.keyboard.type(DRAFTS[1])
    page.evaluate(f"""() => {{ globalThis.onPost = (box) => {{
        box.remove(); toast(at("{OLDER}")).remove(); setTimeout(() => toast(at("{NEWER}")).remove(), 20); }} }}""")
    post.click()
    shares = scene.shares()
    assert [(share["text"], share.get("urns")) for share in shares] == [(DRAFTS[0], [OLDER]), (DRAFTS[1], [NEWER])]
    # Posted before it was checked: what the check says is in the history all the same.
    assert shares[1]["disclosure"] == "missing" and shares[1]["findings"][0]["rule"] == "label"
    assert len({share["id"] for share in shares}) == 2


def test_a_double_click_on_post_is_one_post_though_the_first_is_told_before_the_second(scene: Scene, page: Page) -> None:
    panel = Panel(page).wait_for("checked")
    page.keyboard.type(LABEL + DRAFTS[1])
    panel.wait_for("checked", "present")
    page.evaluate(f"""() => {{ globalThis.onPost = (box) => {{
        globalThis.onPost = () => setTimeout(() => box.remove(), 300); toast({HERE}).remove(); }} }}""")
    page.get_by_role("button", name="Post", exact=True).dblclick()
    expect(panel.root).to_have_count(0)
    [share] = scene.shares()
    assert (share["status"], share["urns"], share["disclosure"]) == ("confirmed", [URN], "present")
