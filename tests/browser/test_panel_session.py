"""One draft with the panel, over both forms of the compose box: what is shown, used, mended, asked and left behind."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from tests.browser.extension_side import World, reload_extension, stop_worker, wait_until_empty
from tests.browser.panel_side import AD, GOOD, OWED, PLAIN, SECRET, TITLES, KnownCompanion
from tests.support.browser import open_popup, worker
from tests.support.linkedin import Linkedin
from tests.support.panel import Panel

PRAISE = "Finch Roast is lovely"
MARKS = "[...CSS.highlights.keys()]"


def button(panel: Panel, name: str) -> Locator:
    return panel.root.get_by_role("button", name=name, exact=True)


def test_using_a_suggestion_fills_an_empty_draft_and_undo_takes_it_back(linkedin: Linkedin, panel: Panel) -> None:
    panel.use(TITLES[0])
    linkedin.wait_for_model(AD)
    panel.wait_for("checked", "present")
    meter = panel.root.get_by_role("meter", name="Own words")
    expect(meter).to_have_attribute("aria-valuetext", "Half yours")
    panel.suggestion(TITLES[0]).get_by_role("button", name="Undo").click()
    linkedin.wait_for_model("")
    expect(meter).to_have_count(0)


def test_with_text_present_it_goes_in_below_and_undo_leaves_the_rest(linkedin: Linkedin, panel: Panel) -> None:
    linkedin.type("Hello.\nMore")
    linkedin.page.keyboard.press("ArrowUp")
    linkedin.page.keyboard.press("ControlOrMeta+A")
    panel.use(TITLES[1])
    linkedin.wait_for_model(f"Hello.\nMore\n\n{PLAIN}")
    # By the mouse: within 200 ms of the focus, ProseMirror takes a caret that a key brings to the start for an accident.
    linkedin.editor.locator("p").first.click(position={"x": 1, "y": 8})
    linkedin.type("Well. ")
    panel.suggestion(TITLES[1]).get_by_role("button", name="Undo").click()
    linkedin.wait_for_model("Well. Hello.\nMore")


def test_the_share_bears_the_item_the_verdict_and_no_words_of_findings(
    context: BrowserContext, linkedin: Linkedin, panel: Panel
) -> None:
    log = """() => { globalThis.share = new Promise((done) =>
      chrome.runtime.onMessage.addListener((message) => { if (message.kind === "pressed") done(message.share); })); }"""
    worker(context).evaluate(log)
    panel.use(TITLES[0])
    panel.wait_for("checked", "present")
    linkedin.press_post()
    linkedin.wait_closed()
    share = worker(context).evaluate("() => share")
    assert {key: share[key] for key in ("text", "disclosure", "own_words", "lang", "findings")} == {
        "text": AD, "disclosure": "present", "own_words": 0.5, "lang": "en", "findings": []}
    assert share["item_id"] and share["variant_id"]


def test_a_fix_is_one_click_and_undo_another(linkedin: Linkedin, panel: Panel) -> None:
    linkedin.type(PRAISE)
    panel.wait_for("checked", "missing")
    expect(panel.state_line).to_contain_text(OWED)
    panel.fixes(panel.findings.first).first.click()
    linkedin.wait_for_model(f"#ad {PRAISE}")
    panel.wait_for("checked", "present")
    button(panel, "Undo").click()
    linkedin.wait_for_model(PRAISE)
    panel.wait_for("checked", "missing")


def test_collapsed_the_row_still_tells_and_mends(linkedin: Linkedin, panel: Panel) -> None:
    linkedin.type(PRAISE)
    panel.wait_for("checked", "missing")
    button(panel, "Collapse Sayso").click()
    expect(panel.findings.first).to_be_hidden()
    button(panel, "Add #ad").click()
    linkedin.wait_for_model(f"#ad {PRAISE}")
    button(panel, "Expand Sayso").click()
    expect(panel.suggestions.first).to_be_visible()


def test_findings_keep_their_place_while_the_person_writes_on(linkedin: Linkedin, panel: Panel) -> None:
    linkedin.type("Globex is dishwater.")
    expect(panel.findings).to_have_count(1)
    panel.findings.first.get_by_role("button", name="Why?").click()
    expect(panel.findings.first).to_contain_text("Because readers ask.")
    linkedin.editor.focus()
    linkedin.page.keyboard.press("ControlOrMeta+End")
    linkedin.type(f" {PRAISE}, and so is more dishwater")
    # Three, and the two sources of the one that is open, which are a list in it.
    expect(panel.findings).to_have_count(3 + 2)
    # What is owed is new and worse, so it comes first; the row that was there stays open.
    expect(panel.findings.nth(0)).to_contain_text(OWED)
    expect(panel.findings.nth(1).get_by_role("button", name="Why?")).to_have_attribute("aria-expanded", "true")


def test_a_dismissed_finding_is_gone_for_this_draft_and_asks_nothing(linkedin: Linkedin, panel: Panel) -> None:
    linkedin.type(PRAISE)
    panel.wait_for("checked", "missing")
    panel.findings.first.get_by_role("button", name="Dismiss finding").click()
    expect(panel.findings).to_have_count(0)
    expect(panel.state_line).not_to_contain_text("Fine")
    linkedin.press_post()
    linkedin.wait_closed()
    assert [post.text for post in linkedin.posted()] == [PRAISE]


def test_a_finding_left_out_comes_back_and_its_rule_can_be_left_out_always(
    known: KnownCompanion, linkedin: Linkedin, panel: Panel
) -> None:
    linkedin.type(f"{PRAISE}, unlike dishwater or more dishwater")
    expect(panel.findings).to_have_count(3)
    dismiss = panel.findings.nth(1).get_by_role("button", name="Dismiss finding")
    dismiss.focus()
    linkedin.page.keyboard.press("Enter")
    expect(panel.findings).to_have_count(2)
    expect(panel.root.get_by_text("Left out here.")).to_be_visible()
    expect(button(panel, "Always leave this rule out")).to_be_focused()
    linkedin.page.keyboard.press("Tab")
    linkedin.page.keyboard.press("Enter")
    expect(panel.findings).to_have_count(3)
    expect(dismiss).to_be_focused()
    expect(panel.root.get_by_text("Left out here.")).to_have_count(0)
    dismiss.click()
    button(panel, "Always leave this rule out").click()
    expect(panel.root.get_by_text("This rule is left out from now on.")).to_be_visible()
    expect(panel.findings).to_have_count(1)
    assert known.preferences == {"takes_rewards": False, "dismissed_rules": ["unkind"]}
    # What is required can be left out of this draft, and of no other.
    panel.findings.first.get_by_role("button", name="Dismiss finding").click()
    expect(panel.findings).to_have_count(0)
    expect(button(panel, "Always leave this rule out")).to_have_count(0)


def test_a_rule_that_the_companion_did_not_take_down_is_left_out_here_alone(
    known: KnownCompanion, linkedin: Linkedin, panel: Panel
) -> None:
    known.manners.refuse["PUT preferences"] = (500, "crash")
    linkedin.type("So much dishwater")
    panel.findings.first.get_by_role("button", name="Dismiss finding").click()
    button(panel, "Always leave this rule out").click()
    expect(panel.root.get_by_text("Left out here alone")).to_be_visible()
    linkedin.editor.focus()
    linkedin.type(" and more")
    expect(button(panel, "Undo")).to_have_count(0)


def test_the_question_keeps_the_focus_and_escape_only_goes_back_to_the_text(linkedin: Linkedin, panel: Panel) -> None:
    linkedin.type(PRAISE)
    panel.wait_for("checked", "missing")
    linkedin.press_post()
    expect(panel.question.get_by_role("button", name="Add #ad")).to_be_focused()
    for name in ("Post as it is", "Keep writing", "Add #ad"):
        linkedin.page.keyboard.press("Tab")
        expect(panel.question.get_by_role("button", name=name)).to_be_focused()
    linkedin.page.keyboard.press("Escape")
    expect(panel.question).to_have_count(0)
    expect(linkedin.editor).to_be_focused()
    expect(linkedin.dialog).to_have_count(1)


def test_escape_in_the_panel_does_not_close_the_box(linkedin: Linkedin, panel: Panel) -> None:
    button(panel, "Collapse Sayso").focus()
    linkedin.page.keyboard.press("Escape")
    expect(linkedin.editor).to_be_focused()
    expect(linkedin.dialog).to_have_count(1)


def test_a_press_faster_than_the_check_goes_through(known: KnownCompanion, linkedin: Linkedin, panel: Panel) -> None:
    known.manners.hold = {"POST checks"}
    linkedin.type(PRAISE)
    expect(panel.root).to_have_attribute("data-state", "checking")
    expect(panel.root).to_have_attribute("aria-busy", "true")
    linkedin.press_post()
    linkedin.wait_closed()
    assert [post.text for post in linkedin.posted()] == [PRAISE]
    known.released.set()


def test_a_worker_that_slept_in_between_asks_as_firmly_as_before(
    context: BrowserContext, linkedin: Linkedin, panel: Panel
) -> None:
    linkedin.type("Finch Roast")
    panel.wait_for("checked", "missing")
    stop_worker(context, linkedin.page)
    linkedin.type(" is here.")
    panel.wait_for("checked", "missing")
    linkedin.press_post()
    expect(panel.question).to_be_visible()
    assert linkedin.posted() == []


def test_a_companion_that_goes_away_and_comes_back(known: KnownCompanion, linkedin: Linkedin, panel: Panel) -> None:
    port = known.port
    known.close()
    linkedin.type(PRAISE)
    panel.wait_for("away")
    expect(panel.state_line).to_contain_text("Not checked")
    assert linkedin.page.evaluate(MARKS) == []
    known.open(port)
    button(panel, "Try again").click()
    panel.wait_for("checked", "missing")
    assert linkedin.page.evaluate(MARKS) == ["sayso-required"]


def test_a_companion_that_comes_back_is_found_without_a_hand(
    known: KnownCompanion, linkedin: Linkedin, panel: Panel
) -> None:
    port = known.port
    known.close()
    linkedin.type(PRAISE)
    panel.wait_for("away")
    known.open(port)
    expect(panel.root).to_have_attribute("data-disclosure", "missing", timeout=20_000)
    panel.wait_for("checked", "missing")


def test_linkedins_own_label_is_taken_at_the_persons_word_and_kept_with_the_share(
    context: BrowserContext, known: KnownCompanion, linkedin: Linkedin, panel: Panel
) -> None:
    linkedin.type(PRAISE)
    panel.wait_for("checked", "missing")
    button(panel, "I switched on LinkedIn’s own label").click()
    panel.wait_for("checked", "present")
    assert linkedin.model() == PRAISE
    button(panel, "Undo").click()
    panel.wait_for("checked", "missing")
    button(panel, "I switched on LinkedIn’s own label").click()
    panel.wait_for("checked", "present")
    linkedin.press_post()
    linkedin.wait_closed()
    assert [post.text for post in linkedin.posted()] == [PRAISE]
    expect(linkedin.view_post).to_be_visible()
    wait_until_empty(open_popup(context))
    [share] = known.sent("POST", "shares")
    assert share.body["platform_label"] is True and share.body["disclosure"] == "present"


def test_why_shows_a_good_way_to_say_it(linkedin: Linkedin, panel: Panel) -> None:
    linkedin.type("Theirs is dishwater")
    panel.wait_for("checked", "not_required")
    panel.findings.first.get_by_role("button", name="Why?").click()
    expect(panel.findings.first).to_contain_text(GOOD)


def test_marks_follow_the_words_and_go_with_the_box(linkedin: Linkedin, panel: Panel) -> None:
    linkedin.type(f"{PRAISE} dishwater")
    panel.wait_for("checked", "missing")
    marked = """() => [...CSS.highlights].map(([name, marks]) =>
      [name, [...marks].map((mark) => mark.startContainer.data.slice(mark.startOffset, mark.endOffset))])"""
    expected = [["sayso-required", ["Finch Roast"]], ["sayso-warning", ["dishwater"]]]
    assert linkedin.page.evaluate(marked) == expected
    linkedin.page.keyboard.press("ControlOrMeta+Home")
    linkedin.type("So: ")
    panel.wait_for("checked", "missing")
    assert linkedin.page.evaluate(marked) == expected
    linkedin.close()
    linkedin.page.wait_for_function("() => CSS.highlights.size === 0")
    assert linkedin.foreign() == []


def test_a_secret_is_told_without_repeating_it(linkedin: Linkedin, panel: Panel) -> None:
    linkedin.type(f"Soon there is {SECRET} for all")
    expect(panel.findings).to_have_count(1)
    expect(panel.findings.first).to_contain_text("Still ours alone")
    expect(panel.root).not_to_contain_text(SECRET)


def test_the_panel_comes_back_when_the_site_drops_it(linkedin: Linkedin, panel: Panel) -> None:
    drop = """() => {
      const find = (root) => root.querySelector("sayso-panel")
        ?? [...root.querySelectorAll("*")].map((each) => each.shadowRoot && find(each.shadowRoot)).find(Boolean);
      find(document).remove();
    }"""
    linkedin.page.evaluate(drop)
    expect(panel.root).to_have_count(1)
    linkedin.editor.focus()
    linkedin.type(PRAISE)
    panel.wait_for("checked", "missing")


@pytest.mark.updates
def test_a_panel_whose_extension_is_gone_takes_itself_away(
    context: BrowserContext, linkedin: Linkedin, panel: Panel
) -> None:
    linkedin.type(PRAISE)
    panel.wait_for("checked", "missing")
    errors: list[str] = []
    linkedin.page.on("pageerror", lambda error: errors.append(str(error)))
    world = World(linkedin.page)
    reload_extension(worker(context))
    world("""new Promise((gone) => {
      const look = () => (chrome.runtime?.id ? requestAnimationFrame(look) : gone());
      look();
    })""")
    linkedin.editor.focus()
    linkedin.type(" more")
    expect(panel.root).to_have_count(0)
    assert linkedin.page.evaluate(MARKS) == []
    assert errors == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_follows_the_theme_of_the_site(known: KnownCompanion, linkedin: Linkedin, dark: bool) -> None:
    linkedin.visit(dark=dark).open_composer().type(PRAISE)
    panel = Panel(linkedin.page).wait_for("checked", "missing")
    expect(panel.root).to_have_css("color-scheme", "dark" if dark else "light")
    assert linkedin.page.evaluate(MARKS) == ["sayso-required-dark" if dark else "sayso-required"]
