"""Beside the straight way: who posts, posts shared on or changed, what LinkedIn rebuilds, what is not understood."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.extension_side import from_popup, until
from tests.browser.panel_side import AD, LABEL, TITLES, Scene
from tests.linkedin.site import HOST
from tests.support.linkedin import Linkedin
from tests.support.panel import Panel

DRAFT = "Finch Roast is lovely"
PAGE_POSTS = {
    "en": "Posting as Cobalt & Finch: Fine to post", "de": "Sie posten als Cobalt & Finch: ",
    "fr": "Publication en tant que Cobalt & Finch : ",
}
# Served in ways that make no difference to what is tested: run with the long matrix.
LATER = [pytest.param(form, marks=pytest.mark.long) for form in ("sdui-open", "sdui-frame", "sdui-page")]
FRAMED = pytest.param("sdui-frame", marks=pytest.mark.long)


@pytest.fixture
def context(scene: Scene) -> BrowserContext:
    """The browser that the site's tab opens in."""
    return scene.context


def mend(linkedin: Linkedin, panel: Panel, draft: str = DRAFT) -> None:
    """One click for what is missing."""
    panel.wait_for("checked", "missing")
    panel.fixes(panel.findings.first).first.click()
    linkedin.wait_for_model(LABEL + draft)
    panel.wait_for("checked", "present")


@pytest.mark.parametrize("form", ["classic-page"])
@pytest.mark.parametrize("lang", ["en", *(pytest.param(each, marks=pytest.mark.long) for each in ("de", "fr"))])
def test_a_pages_own_composer_owes_nothing_and_logs_nothing(scene: Scene, linkedin: Linkedin, lang: str) -> None:
    linkedin.visit().open_composer().type(DRAFT)
    linkedin.wait_for_model(DRAFT)
    panel = Panel(linkedin.place, lang).wait_for("checked", "not_required")
    expect(panel.state_line).to_contain_text(PAGE_POSTS[lang])
    expect(panel.findings).to_have_count(0)
    expect(panel.suggestions).to_have_count(0)
    linkedin.press_post()
    linkedin.wait_closed()
    expect(linkedin.view_post).to_be_visible()
    assert [post.text for post in linkedin.posted()] == [DRAFT]
    assert scene.shares() == []


@pytest.mark.parametrize("form", ["sdui", FRAMED])
@pytest.mark.parametrize("author", ["page", "page-picture", "page-photo"])
def test_who_posts_may_change_while_one_writes(scene: Scene, linkedin: Linkedin, author: str) -> None:
    linkedin.visit(author=author).open_composer().type(DRAFT)
    panel = Panel(linkedin.place)
    expect(panel.state_line).to_contain_text(PAGE_POSTS["en"])
    expect(panel.root).to_have_attribute("data-disclosure", "not_required")
    linkedin.dialog.get_by_role("button", name="Cobalt & Finch").click()
    mend(linkedin, panel)
    linkedin.press_post()
    linkedin.wait_closed()
    assert [share["text"] for share in scene.shares()] == [LABEL + DRAFT]


@pytest.mark.parametrize("form", ["sdui", "classic", FRAMED])
def test_a_post_that_is_shared_on_with_thoughts_is_the_persons(scene: Scene, linkedin: Linkedin) -> None:
    linkedin.visit().reshare().type(DRAFT)
    mend(linkedin, Panel(linkedin.place))
    linkedin.press_post()
    linkedin.wait_closed()
    [share] = scene.shares()
    assert (share["text"], share["permalink"]) == (LABEL + DRAFT, linkedin.posted()[0].permalink)


@pytest.mark.parametrize("form", ["classic"])
def test_a_post_that_is_shared_on_without_a_word_is_no_share(scene: Scene, linkedin: Linkedin) -> None:
    linkedin.visit().reshare()
    Panel(linkedin.place).wait_for("checked", "not_required")
    linkedin.press_post()
    linkedin.wait_closed()
    assert len(linkedin.posted()) == 1
    assert scene.shares() == []


@pytest.mark.parametrize("site", [{}, {"lang": "xx", "same_editor": True}], ids=["known words", "unknown words"])
def test_a_post_that_is_changed_is_checked_and_logged_no_second_time(
    scene: Scene, linkedin: Linkedin, site: dict[str, Any]
) -> None:
    editor = linkedin.visit(own_post=DRAFT, **site).edit_post()
    panel = Panel(linkedin.page)
    mend(linkedin, panel)
    expect(editor).to_contain_text(LABEL + DRAFT)
    linkedin.page.get_by_role("button", name=linkedin.word["save"], exact=True).click()
    expect(panel.root).to_have_count(0)
    expect(linkedin.view_post).to_be_visible()
    assert linkedin.site.edited == [LABEL + DRAFT]
    assert scene.shares() == []


@pytest.mark.parametrize(
    "form", ["sdui", "sdui-frame", "classic", pytest.param("classic-page", marks=pytest.mark.long)])
def test_a_box_that_is_built_anew_keeps_the_panel(scene: Scene, linkedin: Linkedin, form: str) -> None:
    linkedin.visit().open_composer().type(DRAFT)
    panel = Panel(linkedin.place).wait_for("checked")
    for _ in range(3):
        linkedin.rerender()
        expect(panel.root).to_have_count(1)
    linkedin.editor.focus()
    linkedin.page.keyboard.press("ControlOrMeta+End")
    linkedin.type(" today")
    linkedin.wait_for_model(f"{DRAFT} today")
    if form == "classic-page":
        panel.wait_for("checked", "not_required")
    else:
        mend(linkedin, panel, f"{DRAFT} today")
    linkedin.close()
    expect(panel.root).to_have_count(0)
    assert linkedin.foreign() == []


@pytest.mark.parametrize("swap", [True, False], ids=["another button", "the same button"])
def test_a_box_that_throws_out_strangers_at_each_key_still_gets_the_panel(linkedin: Linkedin, swap: bool) -> None:
    linkedin.visit(drops=True, swap_button=swap).open_composer().type(DRAFT)
    panel = Panel(linkedin.place)
    expect(panel.root).to_have_count(1)
    mend(linkedin, panel)
    linkedin.press_post()
    linkedin.wait_closed()
    assert [post.text for post in linkedin.posted()] == [LABEL + DRAFT]


def test_the_text_that_media_cost_is_noticed(linkedin: Linkedin) -> None:
    linkedin.visit().open_composer().type(DRAFT)
    panel = Panel(linkedin.place).wait_for("checked", "missing")
    media = linkedin.word["media" if linkedin.kind == "sdui" else "media_classic"]
    linkedin.dialog.get_by_role("button", name=media, exact=True).click()
    linkedin.page.get_by_role("button", name=linkedin.word["next"], exact=True).click()
    expect(linkedin.editor).to_be_focused()
    assert linkedin.model() == ""
    panel.wait_for("checked", "not_required")
    linkedin.type(DRAFT)
    mend(linkedin, panel)


@pytest.mark.parametrize("form", ["sdui", FRAMED])
def test_in_unknown_words_other_buttons_of_the_box_are_not_taken_for_post(scene: Scene, linkedin: Linkedin) -> None:
    linkedin.visit(lang="xx", inside=True).open_composer().type(DRAFT)
    panel = Panel(linkedin.place).wait_for("checked", "missing")
    linkedin.dialog.get_by_role("button", name=linkedin.word["anyone"]).click()
    linkedin.place.get_by_role("button", name=linkedin.word["done"], exact=True).click()
    mend(linkedin, panel)
    linkedin.close(keep=True)
    expect(panel.root).to_have_count(0)

    linkedin.open_composer()
    panel.wait_for("checked", "present")
    linkedin.press_post()
    linkedin.wait_closed()
    assert [share["text"] for share in scene.shares()] == [LABEL + DRAFT]


@pytest.mark.parametrize("form", ["classic"])
def test_a_box_that_loses_post_is_not_understood_until_it_has_it_again(scene: Scene, linkedin: Linkedin) -> None:
    linkedin.visit().open_composer().type(DRAFT)
    panel = Panel(linkedin.place).wait_for("checked", "missing")
    place = linkedin.post_button.evaluate_handle("post => ({ post, parent: post.parentElement })")
    place.evaluate("({ post }) => post.remove()")
    panel.wait_for("not-recognised")
    until(scene.popup, BADGE, arg="?")
    place.evaluate("({ post, parent }) => parent.append(post)")
    panel.wait_for("checked", "missing")
    until(scene.popup, BADGE, arg="")


@pytest.mark.parametrize("form", ["sdui", "classic", *LATER])
def test_a_restored_draft_is_checked_before_a_key_is_pressed(linkedin: Linkedin) -> None:
    linkedin.visit(draft=DRAFT).open_composer()
    mend(linkedin, Panel(linkedin.place))


@pytest.mark.parametrize("form", ["sdui", "classic", FRAMED])
def test_a_fix_is_one_step_back(linkedin: Linkedin) -> None:
    linkedin.visit(draft=DRAFT).open_composer()
    panel = Panel(linkedin.place)
    mend(linkedin, panel)
    linkedin.editor.focus()
    linkedin.page.keyboard.press("ControlOrMeta+z")
    linkedin.wait_for_model(DRAFT)
    panel.wait_for("checked", "missing")


@pytest.mark.parametrize("form", ["sdui", "classic", FRAMED])
def test_a_suggestion_is_one_step_back(linkedin: Linkedin) -> None:
    linkedin.visit().open_composer()
    Panel(linkedin.place).wait_for("checked").use(TITLES[0])
    linkedin.wait_for_model(AD)
    linkedin.editor.focus()
    linkedin.page.keyboard.press("ControlOrMeta+z")
    linkedin.wait_for_model("")


@pytest.mark.parametrize("form", ["sdui"])
def test_a_box_that_tells_of_the_post_itself_is_evidence(scene: Scene, linkedin: Linkedin) -> None:
    linkedin.visit(outcome="in-the-box").open_composer().type(DRAFT)
    mend(linkedin, Panel(linkedin.page))
    linkedin.press_post()
    # By key: at once, and sooner than the box is looked at again.
    linkedin.dialog.get_by_role("button", name=linkedin.word["done"], exact=True).press("Enter")
    linkedin.wait_closed()
    [share] = scene.shares()
    assert (share["status"], share["permalink"]) == ("confirmed", linkedin.posted()[0].permalink)


@pytest.mark.parametrize("form", ["sdui"])
def test_a_text_that_comes_back_into_a_box_was_not_taken(scene: Scene, linkedin: Linkedin) -> None:
    linkedin.visit(outcome="reopened").open_composer().type(DRAFT)
    panel = Panel(linkedin.page)
    mend(linkedin, panel)
    linkedin.press_post()
    expect(panel.root).to_have_count(0)
    linkedin.wait_for_model(LABEL + DRAFT)
    panel.wait_for("checked", "present")
    assert scene.shares() == []
    linkedin.close()


@pytest.mark.parametrize("form", ["sdui"])
def test_a_trigger_without_a_role_opens_it_too(linkedin: Linkedin) -> None:
    linkedin.visit(trigger_role=False).open_composer()
    Panel(linkedin.place).wait_for("checked")


@pytest.mark.parametrize("form", ["sdui"])
def test_an_article_is_never_ours(linkedin: Linkedin) -> None:
    page = linkedin.page
    page.goto(f"{HOST}/article/new/")
    page.get_by_role("textbox", name="Article editor content").click()
    linkedin.type(DRAFT)
    # A message there and back: by then a session would have begun.
    page.goto(f"{HOST}/feed/")
    linkedin.open_composer()
    expect(Panel(page).root).to_have_count(1)


STRANGE = {
    "a plain text field": '<textarea aria-label="What now?">A secret of mine</textarea>',
    "an editor without a button":
        '<div role="textbox" contenteditable="true" style="min-height:40px">A secret of mine</div><b>Elsewhere</b>',
}
BOX = '<dialog open data-testid="dialog"><div componentkey="7c9e6679-7425-40de-944b-e07fc1f90ae7">{0}</div></dialog>'
# What the button in the toolbar shows for the tab on LinkedIn.
BADGE = """async (text) => {
  const [{ id }] = await chrome.tabs.query({ url: "https://www.linkedin.com/*" });
  return (await chrome.action.getBadgeText({ tabId: id })) === text;
}"""


def strange(scene: Scene, inside: str) -> Page:
    """A tab whose compose box is like none that we know."""
    scene.context.route(f"{HOST}/**", lambda route: route.fulfill(
        body=f"<!doctype html><html lang=en>{BOX.format(inside)}", content_type="text/html"))
    page = scene.context.new_page()
    page.goto(f"{HOST}/sharing/compose")
    return page


@pytest.mark.parametrize("inside", STRANGE.values(), ids=STRANGE)
def test_a_box_that_is_not_understood_is_told_and_can_be_reported(scene: Scene, inside: str) -> None:
    page = strange(scene, inside)
    until(scene.popup, BADGE, arg="?")
    expect(Panel(page).root).to_have_count(0)

    scene.popup.reload()
    scene.popup.evaluate("navigator.clipboard.writeText = async (text) => { globalThis.copied = text; }")
    scene.popup.get_by_role("button", name="Copy a report").click()
    expect(scene.popup.get_by_text("It holds none of your words.").first).to_be_visible()
    report = scene.popup.evaluate("copied")
    assert "dialog data-testid=dialog open" in report and "componentkey=*" in report
    assert "secret" not in report and "What now" not in report and "Elsewhere" not in report
    assert page.locator("sayso-panel").count() == 0

    page.evaluate("document.querySelector('dialog').close()")
    until(scene.popup, BADGE, arg="")
    assert from_popup(scene.popup, "report") == {"ok": True, "report": None}


def test_a_strange_box_that_becomes_complete_gets_the_panel(scene: Scene) -> None:
    page = strange(scene, STRANGE["an editor without a button"])
    until(scene.popup, BADGE, arg="?")
    page.evaluate("""document.querySelector('dialog div').append(
        Object.assign(document.createElement('button'), {textContent: 'Post'}))""")
    Panel(page).wait_for("checked")
