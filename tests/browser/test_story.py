"""The main job, as a person lives it, over every form of the compose box: idea, check, mend, post, history."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from server.programme import load_programme
from server.store.records import Item, Variant
from tests.browser.conftest import PROGRAMME
from tests.support.browser import open_popup
from tests.support.companion import Companion
from tests.support.linkedin import Linkedin
from tests.support.panel import Panel, Popup

PRAISE = "Finch Roast is the best coffee we have ever made, and I can't stop drinking it. Come and try it on Saturday!"
MENDED = f"#ad {PRAISE}"


@pytest.fixture
def panel(paired: BrowserContext, linkedin: Linkedin, lang: str) -> Panel:
    """The panel on the tab, the extension being paired."""
    return Panel(linkedin.page, lang)


@pytest.fixture(scope="module")
def rewarded() -> tuple[Item, Variant]:
    """An item of the sample programme that earns its sharer something, and its English text."""
    programme = load_programme(PROGRAMME.read_text("utf-8"), str(PROGRAMME))
    return next((item, text) for item in programme.items if item.reward for text in item.variants if text.lang == "en")


def listed(context: BrowserContext, text: str, lang: str = "en") -> Locator:
    """The share with this text as the popup lists it."""
    return Popup(open_popup(context), lang).wait_for_share(text)


def test_a_suggestion_is_used_posted_and_remembered(
    paired: BrowserContext, linkedin: Linkedin, panel: Panel, rewarded: tuple[Item, Variant]
) -> None:
    item, _ = rewarded
    linkedin.visit().open_composer()
    panel.wait_for("checked", "not_required")
    expect(panel.suggestions.first).to_be_visible()

    # One click puts in the text, the label that its reward makes due first.
    panel.use(item.title)
    panel.wait_for("checked", "present")
    text = linkedin.model()
    wordings = [variant.text for variant in item.variants if variant.lang == "en"]
    assert any(text.startswith(f"#ad {words}\n\n") for words in wordings)
    assert text.rpartition("\n\n")[2].partition("?")[0] == item.url
    expect(panel.root.get_by_role("button", name="Undo").first).to_be_visible()

    # The second click is LinkedIn's own Post: nothing is asked.
    linkedin.press_post()
    expect(linkedin.view_post).to_be_visible()
    [post] = linkedin.posted()
    assert post.text == text
    linkedin.wait_closed()
    assert linkedin.foreign() == []

    share = listed(paired, item.title)
    expect(share.get_by_role("link")).to_have_attribute("href", post.permalink)
    expect(share.locator("time[datetime]")).to_have_count(1)
    expect(share).to_contain_text("Label in place · Still the template’s")


def test_a_draft_that_keeps_nothing_of_the_item_is_no_longer_of_it(
    paired: BrowserContext, linkedin: Linkedin, panel: Panel, rewarded: tuple[Item, Variant]
) -> None:
    linkedin.visit().open_composer()
    panel.use(rewarded[0].title)
    expect(panel.root.get_by_text("Own words")).to_be_visible()
    linkedin.clear().type("We swept the whole yard this morning, all nine of us.")
    panel.wait_for("checked", "not_required")
    expect(panel.root.get_by_text("Own words")).to_have_count(0)
    linkedin.press_post()
    expect(listed(paired, "We swept the whole yard")).not_to_contain_text(rewarded[0].title)


def test_what_is_missing_is_told_asked_once_and_mended_with_a_click(
    paired: BrowserContext, linkedin: Linkedin, panel: Panel
) -> None:
    linkedin.visit().open_composer().type(PRAISE)
    panel.wait_for("checked", "missing")
    expect(panel.state_line).to_contain_text("This post needs #ad")
    expect(panel.findings.first.get_by_role("button", name="Why?")).to_be_visible()

    linkedin.press_post()
    expect(panel.question).to_be_visible()
    assert linkedin.posted() == []
    fix = panel.question.get_by_role("button").first
    expect(fix).to_be_focused()
    fix.click()
    expect(panel.question).to_have_count(0)
    panel.wait_for("checked", "present")
    assert linkedin.model() == MENDED
    assert linkedin.posted() == [], "the person posts, not Sayso"

    linkedin.press_post()
    expect(linkedin.view_post).to_be_visible()
    [post] = linkedin.posted()
    assert post.text == MENDED
    share = listed(paired, MENDED[:40])
    expect(share.get_by_role("link")).to_have_attribute("href", post.permalink)


def test_one_click_in_the_panel_mends_and_undo_takes_it_back(linkedin: Linkedin, panel: Panel) -> None:
    linkedin.visit().open_composer().type(PRAISE)
    panel.wait_for("checked", "missing")
    panel.fixes(panel.findings.first).first.click()
    panel.wait_for("checked", "present")
    assert linkedin.model() == MENDED
    panel.root.get_by_role("button", name="Undo").click()
    linkedin.wait_for_model(PRAISE)
    panel.wait_for("checked", "missing")


@pytest.mark.parametrize(("lang", "draft", "owed", "label"), [
    ("fr", "Finch Roast est le meilleur café que nous ayons fait. Venez le goûter !", "Commencez par", "Publicité"),
    ("de", "Finch Roast ist der beste Kaffee, den wir je gemacht haben. Probiert ihn!", "Anzeige", "Anzeige"),
], ids=["fr", "de"])
def test_the_same_in_french_and_german(
    paired: BrowserContext, linkedin: Linkedin, panel: Panel, lang: str, draft: str, owed: str, label: str
) -> None:
    linkedin.visit().open_composer().type(draft)
    panel.wait_for("checked", "missing")
    expect(panel.state_line).to_contain_text(owed)
    linkedin.press_post()
    expect(panel.as_it_is).to_be_visible()
    panel.question.get_by_role("button").first.click()
    panel.wait_for("checked", "present")
    mended = linkedin.model() or ""
    assert mended.startswith(label) and mended.endswith(draft)
    linkedin.press_post()
    expect(linkedin.view_post).to_be_visible()
    assert [post.text for post in linkedin.posted()] == [mended]
    listed(paired, draft[:40], lang)


def test_post_as_it_is_presses_nothing_and_the_next_press_posts(
    paired: BrowserContext, linkedin: Linkedin, panel: Panel
) -> None:
    linkedin.visit().open_composer().type(PRAISE)
    panel.wait_for("checked", "missing")
    linkedin.press_post()
    panel.as_it_is.click()
    expect(panel.question).to_have_count(0)
    expect(linkedin.post_button).to_be_focused()
    assert linkedin.posted() == []

    linkedin.page.keyboard.press("Enter")
    expect(linkedin.view_post).to_be_visible()
    [post] = linkedin.posted()
    assert post.text == PRAISE
    expect(listed(paired, PRAISE[:40]).get_by_role("link")).to_have_attribute("href", post.permalink)


def test_keep_writing_goes_back_to_the_text_and_asks_no_second_time(linkedin: Linkedin, panel: Panel) -> None:
    linkedin.visit().open_composer().type(PRAISE)
    panel.wait_for("checked", "missing")
    linkedin.press_post()
    panel.keep_writing.click()
    expect(linkedin.editor).to_be_focused()
    linkedin.type(" Really.")
    linkedin.wait_for_model(f"{PRAISE} Really.")
    panel.wait_for("checked", "missing")
    linkedin.press_post()
    expect(linkedin.view_post).to_be_visible()
    assert [post.text for post in linkedin.posted()] == [f"{PRAISE} Really."]


def test_a_stopped_companion_never_holds_a_post_up_and_the_share_arrives_later(
    paired: BrowserContext, linkedin: Linkedin, panel: Panel, companion: Companion
) -> None:
    linkedin.visit().open_composer()
    panel.wait_for("checked")
    companion.stop()
    linkedin.type(PRAISE)
    panel.wait_for("away")
    expect(panel.state_line).to_contain_text("Not checked")

    linkedin.press_post()
    expect(linkedin.view_post).to_be_visible()
    [post] = linkedin.posted()
    assert post.text == PRAISE

    back = Companion.start(companion.data, port=companion.port)
    try:
        expect(listed(paired, PRAISE[:40]).get_by_role("link")).to_have_attribute("href", post.permalink)
    finally:
        back.stop()


def test_a_failed_post_is_not_remembered(paired: BrowserContext, linkedin: Linkedin, panel: Panel) -> None:
    linkedin.visit(outcome="failure").open_composer().type("Sweeping the roastery floor.")
    panel.wait_for("checked", "not_required")
    linkedin.press_post()
    expect(linkedin.page.get_by_text("Something went wrong")).to_be_visible()
    linkedin.close()
    popup = open_popup(paired)
    expect(popup.get_by_role("heading", name="Your first share starts the line")).to_be_visible()
    expect(Popup(popup).shares).to_have_count(0)


def test_no_other_editor_gets_a_panel_and_a_closed_composer_leaves_nothing(linkedin: Linkedin, panel: Panel) -> None:
    page = linkedin.visit().page
    page.get_by_role("dialog", name="Messaging").get_by_role("textbox").click()
    linkedin.type("Finch Roast is the best")
    page.get_by_role("textbox", name="Text editor for creating comment").click()
    linkedin.type("Finch Roast is the best")
    linkedin.open_composer()
    panel.wait_for("checked")
    expect(panel.root).to_have_count(1)
    assert len(linkedin.foreign()) == 1
    linkedin.close()
    expect(panel.root).to_have_count(0)
    assert linkedin.foreign() == []
