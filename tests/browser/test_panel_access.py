"""For everyone: axe-core finds nothing in anything of ours, and the main job needs no mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.panel_side import OWED, KnownCompanion
from tests.support.axe import violations
from tests.support.browser import open_beside, open_popup
from tests.support.companion import Companion
from tests.support.linkedin import Linkedin
from tests.support.marks import Marks
from tests.support.panel import Panel

PRAISE = "Finch Roast is lovely, no dishwater. #roastbeans #coldbrewing "
FOCUSED = "element => element.getRootNode().activeElement === element"
MOST_TABS = 60
MOTION = """panel => [...panel.querySelectorAll("*")].flatMap((each) =>
  Object.values((({ transitionDuration, animationDuration }) => ({ transitionDuration, animationDuration }))(getComputedStyle(each)))
).flatMap((each) => each.split(", "))"""
LINE = """(editor, level) => {
  const { textDecorationStyle, textDecorationColor } = getComputedStyle(editor, `::highlight(sayso-${level})`);
  return [textDecorationStyle, textDecorationColor];
}"""
SYSTEM = """(editor, colour) => {
  const probe = editor.ownerDocument.body.appendChild(document.createElement("i"));
  probe.style.color = colour;
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}"""
GROUND = "element => getComputedStyle(element).backgroundColor"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_in_the_panel_the_card_and_the_question(
    known: KnownCompanion, linkedin: Linkedin, dark: bool
) -> None:
    linkedin.visit(dark=dark).open_composer()
    panel = Panel(linkedin.page).wait_for("checked")
    page = linkedin.page
    assert violations(page, "sayso-panel") == []
    linkedin.type(PRAISE * 3)
    panel.wait_for("checked", "missing")
    for why in panel.root.get_by_role("button", name="Why?").all():
        why.click()
    panel.root.get_by_role("button", name="First glimpse").click()
    assert violations(page, "sayso-panel") == []
    linkedin.editor.focus()
    for _ in Marks(page).each(3):
        assert violations(page, "sayso-panel") == []
    linkedin.press_post()
    expect(panel.question).to_be_visible()
    assert violations(page, "sayso-panel") == []
    panel.keep_writing.click()
    known.close()
    linkedin.type("more")
    panel.wait_for("away")
    assert violations(page, "sayso-panel") == []


@pytest.mark.parametrize("form", ["sdui"])
def test_axe_finds_nothing_in_the_side_panel(
    context: BrowserContext, known: KnownCompanion, linkedin: Linkedin, panel: Panel
) -> None:
    linkedin.type(PRAISE)
    panel.wait_for("checked", "missing")
    page = open_beside(context)
    page.get_by_role("button", name="Show Sayso here").wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Show Sayso here").click()
    Panel(page).wait_for("checked", "missing")
    assert violations(page) == []


@pytest.mark.parametrize("form", ["sdui"])
def test_what_matters_is_told_apart_without_our_colours_and_nothing_moves_where_that_is_not_wanted(
    known: KnownCompanion, linkedin: Linkedin, panel: Panel
) -> None:
    page = linkedin.page
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    linkedin.type(PRAISE)
    panel.wait_for("checked", "missing")
    assert panel.root.evaluate("panel => panel.getRootNode().getAnimations().length") == 0
    assert set(panel.root.evaluate(MOTION)) == {"0s"}
    Marks(page).wait_for({"sayso-required": ["Finch Roast"], "sayso-warning": ["dishwater"],
                          "sayso-suggestion": ["#roastbeans", "#coldbrewing"]})
    # Chromium gives them the ground of a selection: on it the lines must be seen.
    lines = [linkedin.editor.evaluate(LINE, level) for level in ("required", "warning", "suggestion")]
    seen = linkedin.editor.evaluate(SYSTEM, "HighlightText")
    assert lines == [["solid", seen], ["dashed", seen], ["dotted", seen]]
    page.keyboard.press("ControlOrMeta+.")
    edged = [panel.root, page.locator(".s-card"), *panel.root.locator(".s-btn:visible").all()]
    for element in edged:
        assert element.evaluate("element => getComputedStyle(element).borderTopStyle") == "solid"
    filled, plain = (page.locator(f".s-card .s-btn{which}").first.evaluate(GROUND) for which in (".primary", ".bare"))
    assert filled != plain


def test_axe_finds_nothing_in_the_popup(context: BrowserContext, companion: Companion, paired: BrowserContext) -> None:
    popup = open_popup(context)
    popup.get_by_role("heading", name="Your shares").or_(popup.get_by_role("heading").first).first.wait_for()
    assert violations(popup) == []
    popup.get_by_role("button", name="Settings").click()
    popup.get_by_role("checkbox").first.wait_for()
    assert violations(popup) == []
    companion.stop()
    popup.reload()
    expect(popup.get_by_role("banner").get_by_role("status")).not_to_have_text("Connected")
    assert violations(popup) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_in_the_companions_own_pages(context: BrowserContext, companion: Companion, dark: bool) -> None:
    page: Page = context.new_page()
    page.emulate_media(color_scheme="dark" if dark else "light")
    page.goto(companion.call("POST", "/page-links")["url"])
    links = {link.get_attribute("href") for link in page.get_by_role("navigation").first.get_by_role("link").all()}
    assert len(links) > 2
    for link in sorted(filter(None, links)):
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + link)
        assert violations(page) == [], link


@pytest.mark.parametrize("form", ["sdui"])
def test_the_focus_goes_on_where_what_had_it_is_gone(known: KnownCompanion, linkedin: Linkedin, panel: Panel) -> None:
    def press(button: Locator) -> None:
        button.focus()
        linkedin.page.keyboard.press("Enter")

    def row(words: str) -> Locator:
        return panel.findings.filter(has_text=words)

    fold = panel.root.get_by_role("button", name="Collapse Sayso")
    action = panel.root.locator(".s-state .s-btn")
    linkedin.type("Finch Roast is no dishwater ")
    panel.wait_for("checked", "missing")
    press(row("Unkind").get_by_role("button", name="Dismiss finding"))
    expect(row("Unkind")).to_have_count(0)
    expect(panel.root.get_by_role("button", name="Always leave this rule out")).to_be_focused()
    press(panel.root.get_by_role("button", name="Undo"))
    expect(row("Unkind").get_by_role("button", name="Dismiss finding")).to_be_focused()
    press(panel.fixes(row(OWED)).nth(1))
    panel.wait_for("checked", "present")
    expect(fold).to_be_focused()
    press(action)
    panel.wait_for("checked", "missing")
    expect(fold).to_be_focused()
    press(action)
    linkedin.wait_for_model("#ad Finch Roast is no dishwater ")
    expect(linkedin.editor).to_be_focused()
    panel.wait_for("checked", "present")
    press(action)
    linkedin.wait_for_model("Finch Roast is no dishwater ")
    panel.wait_for("checked", "missing")
    press(row(OWED).get_by_role("button", name="Dismiss finding"))
    expect(row(OWED)).to_have_count(0)
    expect(fold).to_be_focused()
    known.manners.honest = False
    linkedin.editor.focus()
    linkedin.type("x")
    panel.wait_for("foreign-port")
    known.manners.honest = True
    press(action)
    panel.wait_for("checked")
    expect(fold).to_be_focused()
    linkedin.page.keyboard.press("Escape")
    expect(linkedin.editor).to_be_focused()
    expect(linkedin.dialog).to_have_count(1)


def tab_to(page: Page, target: Locator) -> None:
    """Presses Tab until this has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if target.count() == 1 and target.evaluate(FOCUSED):
            return
    raise AssertionError(f"{target} was not reached by Tab")


def test_the_main_job_needs_no_mouse(known: KnownCompanion, linkedin: Linkedin) -> None:
    linkedin.visit()
    page = linkedin.page
    linkedin.trigger.focus()
    page.keyboard.press("Enter")
    expect(linkedin.editor).to_be_focused()
    panel = Panel(page).wait_for("checked")
    use = panel.suggestions.first.get_by_role("button", name="Use", exact=True)
    tab_to(page, use)
    page.keyboard.press("Enter")
    panel.wait_for("checked", "present")
    linkedin.clear().type("Finch Roast is lovely, no dishwater at all")
    panel.wait_for("checked", "missing")
    page.keyboard.press("ControlOrMeta+.")
    page.keyboard.press("Enter")
    linkedin.wait_for_model("#ad Finch Roast is lovely, no dishwater at all")
    panel.wait_for("checked", "present")
    tab_to(page, panel.fixes(panel.findings.first).first)
    page.keyboard.press("Enter")
    linkedin.wait_for_model("#ad Finch Roast is lovely, no tea at all")
    panel.wait_for("checked", "present")
    tab_to(page, linkedin.post_button)
    page.keyboard.press("Enter")
    linkedin.wait_closed()
    assert [post.text for post in linkedin.posted()] == ["#ad Finch Roast is lovely, no tea at all"]
