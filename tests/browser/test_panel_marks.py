"""Marks under the words, the card on them and the fold, over both editors: held against the model and the registry."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.panel_side import CLEARER, GOOD, OWED, TAGS, WEAK, KnownCompanion
from tests.support.linkedin import Linkedin
from tests.support.marks import SIGHT, Marks, overlap
from tests.support.panel import Panel

PRAISE = "Finch Roast is lovely"
THREE = f"{PRAISE}, no dishwater. #roastbeans"
LONG = "Word after word, " * 8


@pytest.fixture
def marks(linkedin: Linkedin, panel: Panel) -> Marks:
    """The marks in a fresh compose box."""
    return Marks(linkedin.page)


def test_each_level_has_its_own_line_and_follows_the_words(linkedin: Linkedin, panel: Panel, marks: Marks) -> None:
    linkedin.type(THREE)
    found = {"sayso-required": ["Finch Roast"], "sayso-warning": ["dishwater"], "sayso-suggestion": ["#roastbeans"]}
    marks.wait_for(found)
    linkedin.page.keyboard.press("ControlOrMeta+Home")
    # What was owed and is an idea now has the place and the looks of an idea, and back.
    expect(panel.findings.first).to_have_class(re.compile("is-required"))
    linkedin.type(WEAK)
    expect(panel.findings.filter(has_text=CLEARER)).to_have_class(re.compile("is-suggestion"))
    expect(panel.findings.first).to_contain_text("Unkind")
    for _ in WEAK:
        linkedin.page.keyboard.press("Backspace")
    expect(panel.findings.first).to_have_class(re.compile("is-required"))
    linkedin.type("Well now. ")
    marks.wait_for(found)
    linkedin.rerender()
    marks.wait_for(found)
    assert linkedin.model() == f"Well now. {THREE}"
    # One line under another could not be told apart: the worse one has the words.
    linkedin.clear().type("No #dishwater here")
    marks.wait_for({"sayso-warning": ["dishwater"], "sayso-suggestion": ["#"]})


def test_the_pointer_opens_the_card_and_leaves_the_focus_where_it_is(
    linkedin: Linkedin, panel: Panel, marks: Marks
) -> None:
    linkedin.type(THREE)
    expect(panel.findings).to_have_count(3)
    marks.point_at("sayso-warning")
    marks.expect_card("Unkind")
    for words in ("Worth a look", "Competitors", "Because readers ask. It helps.", GOOD, "2 of 3", "Keep it as it is"):
        expect(marks.card).to_contain_text(words)
    expect(linkedin.editor).to_be_focused()
    assert marks.words()["sayso-warning-on"] == ["dishwater"]
    linkedin.page.mouse.move(5, 5)
    expect(marks.card).to_be_hidden()
    found = {"sayso-required": ["Finch Roast"], "sayso-warning": ["dishwater"], "sayso-suggestion": ["#roastbeans"]}
    marks.wait_for(found)
    # A row of the panel shows where its words are.
    panel.findings.filter(has_text="Unkind").hover()
    marks.wait_for(found | {"sayso-warning-on": ["dishwater"]})
    linkedin.editor.hover()
    marks.wait_for(found)
    marks.point_at("sayso-warning")
    marks.button("Milder").click()
    linkedin.wait_for_model(THREE.replace("dishwater", "tea"))
    expect(marks.card).to_be_hidden()
    expect(linkedin.editor).to_be_focused()


def test_the_caret_opens_it_and_writing_closes_it(linkedin: Linkedin, panel: Panel, marks: Marks) -> None:
    linkedin.type("So much dishwater")
    expect(panel.findings).to_have_count(1)
    expect(marks.card).to_be_hidden()
    linkedin.page.keyboard.press("ArrowLeft")
    marks.expect_card("Unkind")
    linkedin.page.keyboard.press("Escape")
    expect(marks.card).to_be_hidden()
    linkedin.page.keyboard.press("End")
    linkedin.type("!")
    panel.wait_for("checked")
    linkedin.page.keyboard.press("ArrowLeft")
    marks.expect_card("Unkind")
    linkedin.type("?")
    expect(marks.card).to_be_hidden()
    expect(linkedin.dialog).to_have_count(1)


def test_by_keys_alone_it_opens_walks_mends_and_gives_the_focus_back(
    linkedin: Linkedin, panel: Panel, marks: Marks
) -> None:
    linkedin.type(f"{THREE} ")
    expect(panel.findings).to_have_count(3)
    press = linkedin.page.keyboard.press
    press("ControlOrMeta+.")
    marks.expect_card(OWED)
    expect(marks.button("Add #ad")).to_be_focused()
    press("ArrowRight")
    marks.expect_card("Unkind")
    press("ArrowLeft")
    press("ArrowLeft")
    marks.expect_card(TAGS)
    press("Escape")
    expect(marks.card).to_be_hidden()
    expect(linkedin.editor).to_be_focused()
    linkedin.type("x")
    linkedin.wait_for_model(f"{THREE} x")
    panel.wait_for("checked", "missing")
    press("ControlOrMeta+.")
    press("Enter")
    linkedin.wait_for_model(f"#ad {THREE} x")
    expect(linkedin.editor).to_be_focused()
    panel.wait_for("checked", "present")
    press("ControlOrMeta+.")
    marks.expect_card("Unkind")
    press("Tab")
    expect(marks.button("Keep it as it is")).to_be_focused()
    press("Enter")
    marks.expect_card(TAGS)
    expect(panel.findings).to_have_count(1)


def test_words_out_of_sight_come_into_it_when_asked_for_by_key(linkedin: Linkedin, panel: Panel, marks: Marks) -> None:
    linkedin.editor.focus()
    linkedin.page.keyboard.insert_text(f"dishwater. {LONG * 12}")
    linkedin.type("#roastbeans, that is all")
    expect(panel.findings).to_have_count(2)
    linkedin.page.keyboard.press("ControlOrMeta+.")
    for name, message in (("sayso-warning", "Unkind"), ("sayso-suggestion", TAGS)):
        marks.expect_card(message)
        words, sight = marks.boxes(name)[0], linkedin.editor.evaluate(SIGHT)
        assert sight["top"] <= words["y"] and words["y"] + words["height"] <= sight["bottom"]
        assert 0 < sight["scrolled"] if name == "sayso-suggestion" else sight["scrolled"] == 0
        card = marks.card.bounding_box()
        assert card and not overlap(card, words)
        linkedin.page.keyboard.press("ArrowRight")


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (600, 900), (320, 720)])
def test_the_card_hides_neither_the_words_nor_linkedins_controls(
    linkedin: Linkedin, panel: Panel, marks: Marks, width: int, height: int
) -> None:
    linkedin.page.set_viewport_size({"width": width, "height": height})
    linkedin.type(f"{LONG}dishwater. {PRAISE}. #roastbeans, that is all")
    expect(panel.findings).to_have_count(3)
    linkedin.page.keyboard.press("ControlOrMeta+.")
    for level in ("required", "warning", "suggestion"):
        marks.page.wait_for_function("name => CSS.highlights.has(name)", arg=f"sayso-{level}-on")
        card = marks.card.bounding_box()
        assert card
        assert card["x"] >= 0 and card["x"] + card["width"] <= width
        assert card["y"] >= 0 and card["y"] + card["height"] <= height
        shown = [box for box in marks.boxes(f"sayso-{level}-on") if box["y"] < card["y"] + card["height"]]
        assert not any(overlap(card, box) for box in shown)
        for control in (linkedin.post_button, linkedin.dialog.get_by_role("button", name="Dismiss", exact=True)):
            box = control.bounding_box()
            assert box and not overlap(card, box)
        linkedin.page.keyboard.press("ArrowRight")


def test_the_fold_shows_where_the_post_is_cut_and_moves_along(linkedin: Linkedin, panel: Panel, marks: Marks) -> None:
    cuts = panel.root.page.locator(".s-cut")
    linkedin.type("Short.")
    panel.wait_for("checked")
    expect(cuts.first).to_be_hidden()
    linkedin.type(f" {LONG}")
    panel.wait_for("checked")
    expect(cuts.first).to_be_visible()
    expect(cuts.last).to_be_hidden()
    first = cuts.first.bounding_box()
    linkedin.page.keyboard.press("ControlOrMeta+Home")
    linkedin.type("One\ntwo\n")
    panel.wait_for("checked")
    expect(cuts.last).to_be_visible()
    moved = cuts.first.bounding_box()
    assert first and moved and (first["x"], first["y"]) != (moved["x"], moved["y"])
    # Drawn beside the editor, at the place of the first hidden character, and never in the way of the pointer.
    expect(cuts.first).to_have_css("pointer-events", "none")
    assert linkedin.editor.locator(".s-cut").count() == 0


def test_the_first_lines_are_shown_as_readers_see_them(linkedin: Linkedin, panel: Panel, marks: Marks) -> None:
    linkedin.type(f"{LONG}and the rest of it")
    panel.wait_for("checked")
    toggle = panel.root.get_by_role("button", name="First glimpse")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    toggle.click()
    phone, desktop = panel.root.get_by_role("figure").all()
    expect(phone).to_contain_text("…more")
    expect(phone).not_to_contain_text("rest")
    expect(desktop).to_contain_text("and the rest of it")
    expect(desktop).to_contain_text("The whole post")
    behind = linkedin.model() or ""
    assert marks.words()["sayso-behind"] == [behind[140:]]
    toggle.click()
    assert "sayso-behind" not in marks.words()


def test_an_unchecked_draft_bears_no_mark_no_card_and_no_fold_and_is_told_why(
    known: KnownCompanion, linkedin: Linkedin, panel: Panel, marks: Marks
) -> None:
    linkedin.type(f"{LONG}dishwater ")
    panel.wait_for("checked")
    expect(panel.findings).to_have_count(1)
    for api, words in (("2", "newer than this extension"), ("0", "older than this extension")):
        known.manners.api = api
        linkedin.type("and ")
        expect(panel.state_line).to_contain_text(words)
        panel.wait_for("slow")
        assert marks.words() == {}
    known.manners.api = "1"
    panel.root.get_by_role("button", name="Try again").click()
    panel.wait_for("checked")
    expect(panel.findings).to_have_count(1)
    known.close()
    linkedin.type("more")
    panel.wait_for("away")
    assert marks.words() == {}
    expect(panel.root.page.locator(".s-cut").first).to_be_hidden()
    linkedin.page.keyboard.press("ControlOrMeta+.")
    expect(marks.card).to_be_hidden()
