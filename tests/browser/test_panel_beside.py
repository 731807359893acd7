"""The browser's side panel, opened as a tab: the same parts, and LinkedIn's page is left alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.extension_side import from_popup, wait_until_empty
from tests.browser.panel_side import AD, OWED, TITLES, KnownCompanion
from tests.support.browser import open_beside, open_popup
from tests.support.linkedin import Linkedin
from tests.support.marks import Marks
from tests.support.panel import Panel

PRAISE = "Finch Roast is lovely"


@pytest.fixture
def beside(context: BrowserContext, known: KnownCompanion, linkedin: Linkedin) -> Page:
    """The side panel, switched on before a box is open."""
    popup = open_popup(context)
    popup.get_by_role("button", name="Settings").click()
    popup.get_by_role("checkbox", name="Show Sayso in the side panel").check()
    expect(popup.get_by_role("button", name="Open the side panel")).to_be_visible()
    popup.close()
    linkedin.visit()
    page = open_beside(context)
    expect(page.get_by_text("Start a post on LinkedIn")).to_be_visible()
    linkedin.page.bring_to_front()
    linkedin.open_composer()
    return page


def test_it_follows_mends_and_logs_and_the_page_gets_nothing(
    context: BrowserContext, known: KnownCompanion, linkedin: Linkedin, beside: Page
) -> None:
    panel = Panel(beside).wait_for("checked", "not_required")
    linkedin.type(PRAISE)
    panel.wait_for("checked", "missing")
    expect(panel.state_line).to_contain_text(OWED)
    assert linkedin.foreign() == []
    assert Marks(linkedin.page).words() == {}
    panel.fixes(panel.findings.first).first.click()
    linkedin.wait_for_model(f"#ad {PRAISE}")
    panel.wait_for("checked", "present")
    linkedin.clear()
    panel.wait_for("checked", "not_required")
    panel.use(TITLES[0])
    linkedin.wait_for_model(AD)
    panel.wait_for("checked", "present")
    linkedin.press_post()
    linkedin.wait_closed()
    expect(linkedin.view_post).to_be_visible()
    expect(beside.get_by_text("Start a post on LinkedIn")).to_be_visible()
    wait_until_empty(open_popup(context))
    assert [request.body["text"] for request in known.sent("POST", "shares")] == [AD]
    assert linkedin.foreign() == []


def test_no_press_is_held(linkedin: Linkedin, beside: Page) -> None:
    linkedin.type(PRAISE)
    Panel(beside).wait_for("checked", "missing")
    linkedin.press_post()
    linkedin.wait_closed()
    assert [post.text for post in linkedin.posted()] == [PRAISE]


def test_it_is_switched_on_and_off_while_one_writes(
    context: BrowserContext, known: KnownCompanion, linkedin: Linkedin, panel: Panel
) -> None:
    linkedin.type(PRAISE)
    panel.wait_for("checked", "missing")
    page = open_beside(context)
    expect(page.get_by_text("Sayso is in LinkedIn’s page")).to_be_visible()
    page.get_by_role("button", name="Show Sayso here").click()
    aside = Panel(page).wait_for("checked", "missing")
    expect(panel.root).to_have_count(0)
    assert Marks(linkedin.page).words() == {}
    aside.findings.first.get_by_role("button", name="Dismiss finding").click()
    expect(aside.findings).to_have_count(0)
    page.get_by_role("button", name="Show it in LinkedIn’s page").click()
    panel.wait_for("checked", "missing")
    expect(panel.findings).to_have_count(0)
    # Paused it says so, and offers nothing that could not be done.
    assert from_popup(page, "pause", how="open") == {"ok": True}
    expect(page.get_by_text("Sayso is paused")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    assert from_popup(page, "resume") == {"ok": True}
    expect(page.get_by_role("button", name="Show Sayso here")).to_be_visible()
