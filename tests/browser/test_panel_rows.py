"""The panel's rows: what is gathered, what is remembered, what scrolls, and what is spoken."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.panel_side import TAGS
from tests.support.linkedin import Linkedin
from tests.support.marks import SCROLLER, SIGHT, Marks
from tests.support.panel import Panel

DRAFT = "Come by. #roastbeans #coldbrewing #lightroasts"
MENDED = "Come by. #Roastbeans #Coldbrewing #Lightroasts"
GATHERED = "3 things for people who listen to posts"
# What a screen reader would say of the state line from now on.
LISTEN = """status => {
  globalThis.spoken = [];
  let last = status.innerText;
  new MutationObserver(() => {
    if (status.innerText === last) return;
    last = status.innerText;
    spoken.push(last);
  }).observe(status, { childList: true, characterData: true, subtree: true, attributes: true });
}"""


def test_what_concerns_listeners_is_one_row_with_one_fix(linkedin: Linkedin, panel: Panel) -> None:
    linkedin.type(f"{DRAFT} ")
    expect(panel.findings).to_have_count(1)
    row = panel.findings.first
    expect(row).to_contain_text(GATHERED)
    expect(panel.state_line).to_contain_text("One idea")
    assert Marks(linkedin.page).words() == {"sayso-suggestion": ["#roastbeans", "#coldbrewing", "#lightroasts"]}
    why = row.get_by_role("button", name="Why?")
    expect(row.get_by_text(TAGS)).to_have_count(3)
    expect(row.get_by_text(TAGS).first).to_be_hidden()
    why.click()
    expect(row.get_by_text("#coldbrewing")).to_be_visible()
    panel.fixes(row).first.click()
    linkedin.wait_for_model(f"{MENDED} ")
    panel.root.get_by_role("button", name="Undo").click()
    linkedin.wait_for_model(f"{DRAFT} ")
    expect(row).to_contain_text(GATHERED)
    row.get_by_role("button", name="Dismiss finding").click()
    expect(panel.findings).to_have_count(0)
    panel.root.get_by_role("button", name="Undo").click()
    expect(row).to_contain_text(GATHERED)


def test_a_collapsed_panel_stays_so_in_the_next_box(linkedin: Linkedin, panel: Panel) -> None:
    panel.root.get_by_role("button", name="Collapse Sayso").click()
    expect(panel.suggestions.first).to_be_hidden()
    linkedin.visit().open_composer()
    panel.wait_for("checked")
    expect(panel.root.get_by_role("button", name="Expand Sayso")).to_have_attribute("aria-expanded", "false")
    expect(panel.suggestions.first).to_be_hidden()


def test_many_findings_scroll_inside_and_push_nothing_out(linkedin: Linkedin, panel: Panel) -> None:
    linkedin.page.set_viewport_size({"width": 320, "height": 720})
    linkedin.type("dishwater " * 12)
    expect(panel.findings).to_have_count(12)
    body = panel.root.locator(".s-body")
    assert body.evaluate("body => body.scrollHeight > body.clientHeight + 200")
    outer, inner, post = (each.bounding_box() for each in (linkedin.dialog, panel.root, linkedin.post_button))
    assert outer and inner and post
    assert inner["x"] >= 0 and inner["x"] + inner["width"] <= 320
    assert inner["y"] + inner["height"] <= post["y"] <= outer["y"] + outer["height"]
    panel.findings.last.scroll_into_view_if_needed()
    panel.fixes(panel.findings.last).first.click()
    linkedin.wait_for_model("dishwater " * 11 + "tea ")
    # What is new is in sight, wherever one had scrolled to.
    assert body.evaluate("body => body.scrollTop") > 0
    linkedin.editor.hover()
    linkedin.type("dishwater ")
    expect(panel.findings).to_have_count(12)
    assert body.evaluate("body => body.scrollTop") == 0


@pytest.mark.parametrize("form", ["sdui"])
def test_it_gets_lower_only_after_a_pause(linkedin: Linkedin, panel: Panel) -> None:
    linkedin.editor.focus()
    linkedin.page.keyboard.insert_text("dishwater " * 3)
    expect(panel.findings).to_have_count(3)
    tall = panel.root.evaluate("panel => panel.offsetHeight")
    linkedin.page.keyboard.press("ControlOrMeta+a")
    # Observed from within: how high it is when the findings go, and that it is lower once nobody writes.
    later = panel.root.evaluate_handle("""panel => {
      const heights = {};
      new MutationObserver(() => { heights.then ??= panel.offsetHeight; }).observe(
        panel.querySelector(".s-findings"), { childList: true });
      return heights;
    }""")
    linkedin.type("Tea")
    expect(panel.findings).to_have_count(0)
    assert later.evaluate("heights => heights.then") == tall
    linkedin.page.wait_for_function("([panel, tall]) => panel.offsetHeight < tall - 50", arg=[panel.root.element_handle(), tall])


def test_the_state_is_spoken_once_a_change_and_not_at_each_key(linkedin: Linkedin, panel: Panel) -> None:
    panel.wait_for("checked")
    expect(panel.suggestions.first).to_be_visible()
    expect(panel.state_line).to_contain_text("start from one of these")
    panel.state_line.evaluate(LISTEN)
    for word in ("The ", "green ", "buyer ", "is ", "in ", "Huila ", "this ", "week. "):
        linkedin.type(word)
        panel.wait_for("checked")
    expect(panel.state_line).to_contain_text("Fine to post")
    assert len(linkedin.page.evaluate("spoken")) == 1
    linkedin.type("dishwater ")
    expect(panel.findings).to_have_count(1)
    linkedin.type("and more")
    panel.wait_for("checked")
    assert len(linkedin.page.evaluate("spoken")) == 2


@pytest.mark.parametrize("form", ["sdui"])
def test_in_a_low_box_the_text_keeps_room_for_three_lines(linkedin: Linkedin, panel: Panel) -> None:
    dialog = linkedin.dialog
    dialog.evaluate("dialog => { dialog.style.height = '400px'; }")
    linkedin.page.keyboard.insert_text("Globex is rubbish. Of dishwater. Globex is rubbish again.\n" * 8)
    panel.wait_for("checked")
    expect(panel.findings.first).to_be_visible()
    text, box, ours = (linkedin.editor.evaluate(f"editor => ({SCROLLER})(editor).clientHeight"),
                       dialog.bounding_box(), linkedin.page.locator("sayso-panel").bounding_box())
    assert text >= 90 and ours["height"] >= 100
    assert ours["y"] + ours["height"] < box["y"] + box["height"]
    # As high as before once there is room again.
    dialog.evaluate("dialog => { dialog.style.height = ''; }")
    linkedin.type(".")
    panel.wait_for("checked")
    linkedin.page.wait_for_function("height => document.querySelector('sayso-panel').offsetHeight > height", arg=ours["height"] + 50)


def test_a_panel_that_grows_leaves_the_line_one_writes_in_sight(linkedin: Linkedin, panel: Panel) -> None:
    fold = panel.root.locator(".s-fold")
    fold.click()
    linkedin.editor.focus()
    linkedin.page.keyboard.insert_text("Word after word. " * 170)
    linkedin.type("The end of dishwater")
    panel.wait_for("checked")
    before = linkedin.editor.evaluate(SIGHT)
    fold.click()
    expect(panel.findings.first).to_be_visible()
    after = linkedin.editor.evaluate(SIGHT)
    assert after["bottom"] < before["line"] - 50
    assert after["top"] < after["line"] <= after["bottom"]
    # Whoever reads elsewhere is left there.
    fold.click()
    linkedin.editor.evaluate(f"editor => {{ ({SCROLLER})(editor).scrollTop = 0; }}")
    fold.click()
    expect(panel.findings.first).to_be_visible()
    assert linkedin.editor.evaluate(SIGHT)["scrolled"] == 0
