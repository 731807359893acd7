"""The extension is updated while a compose box is open: what is left behind on the page takes itself away."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser import popup_side
from tests.browser.extension_side import reload_extension, stop_worker
from tests.browser.fake_companion import FakeCompanion
from tests.support.browser import open_popup, worker
from tests.support.linkedin import Linkedin
from tests.support.panel import Panel


def begin(linkedin: Linkedin, context: BrowserContext, fake: FakeCompanion) -> Panel:
    popup = open_popup(context)
    popup_side.connect(popup, fake.code)
    expect(popup.get_by_role("heading", name="Your first share starts the line")).to_be_visible()
    popup.close()
    linkedin.visit().open_composer().type("A draft")
    return Panel(linkedin.page).wait_for("checked")


@pytest.mark.updates
def test_an_update_takes_the_panel_away_at_once(linkedin: Linkedin, context: BrowserContext, fake: FakeCompanion) -> None:
    panel = begin(linkedin, context, fake)
    reload_extension(worker(context))
    expect(panel.root).to_have_count(0)
    assert linkedin.page.evaluate("CSS.highlights.size") == 0
    # The draft and LinkedIn's own ways are untouched, and nothing of ours wakes up again.
    fake.requests.clear()
    linkedin.type(", went on")
    linkedin.wait_for_model("A draft, went on")
    linkedin.close()
    linkedin.open_composer().type("Another")
    expect(panel.root).to_have_count(0)
    assert fake.requests == []


@pytest.mark.updates
def test_an_update_while_the_worker_sleeps_is_noticed_at_the_next_key(
    linkedin: Linkedin, context: BrowserContext, fake: FakeCompanion
) -> None:
    panel = begin(linkedin, context, fake)
    popup = open_popup(context)
    stop_worker(context, popup)
    reload_extension(popup)
    linkedin.page.bring_to_front()
    linkedin.type(" goes on")
    expect(panel.root).to_have_count(0)
    linkedin.wait_for_model("A draft goes on")
