"""Reading and writing the editors' text: both ways exact, held against the editor's own model."""

from __future__ import annotations

import random

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.extension_side import World
from tests.browser.panel_side import units
from tests.support.linkedin import Linkedin

TEXTS = [
    "First line\n\nSecond para\nthird #tag", "x", "a\n", "\na", "\n\n", " lead", "trail ", "a  b   c",
    "fr : «\u00a0Publicité\u00a0»", "zero\u200bwidth", "join\u200cer", "👩‍👩‍👧 family 🇫🇷", "many\n\n\n\nlines",
    "<b>&amp;</b>", "日本語", "Lorem ipsum dolor sit amet, consectetur. \n" * 70,
]
PIECES = [
    "a", "b c", "é", "👩‍👩‍👧", "🇫🇷", "\u00a0", "\u200b", " ", "  ", "\n", "\n\n", "word ", "#ad ", "—", "<b>", "日本",
]
EDITS = 30


@pytest.fixture
def world(context: BrowserContext, linkedin: Linkedin) -> World:
    """The content scripts' world, with the open composer as `box`."""
    linkedin.visit()
    world = World(linkedin.page)
    linkedin.open_composer()
    world("globalThis.box = SaysoComposer.find(); void 0")
    return world


def test_every_text_is_written_and_read_as_it_is(linkedin: Linkedin, world: World) -> None:
    for text in TEXTS:
        assert world("box.replaceAll($0)", text) is True
        assert linkedin.model() == text
        assert world("box.readText()") == text


def test_edits_by_offset_change_just_what_they_name(linkedin: Linkedin, world: World) -> None:
    chance = random.Random(20261121)

    def some(most: int) -> str:
        return "".join(chance.choice(PIECES) for _ in range(chance.randint(0, most)))

    for _ in range(EDITS):
        before = some(16)
        assert world("box.replaceAll($0)", before) is True
        start, end = sorted(chance.randint(0, len(before)) for _ in range(2))
        new = some(5)
        edit = {**units(before, start, end), "text": new}
        assert world("box.applyEdits([$0])", edit) is True, (before, edit)
        assert linkedin.model() == before[:start] + new + before[end:]


def test_line_ends_and_tabs_go_in_as_editors_have_them(linkedin: Linkedin, world: World) -> None:
    assert world("box.replaceAll($0)", "one\r\ntwo\tthree") is True
    assert linkedin.model() == "one\ntwo three"


def test_several_edits_are_one_step_to_undo(linkedin: Linkedin, world: World) -> None:
    world("box.replaceAll($0)", "one two three")
    edits = [{"start": 0, "end": 3, "text": "ONE"}, {"start": 8, "end": 13, "text": "drei\nvier"}]
    assert world("box.applyEdits($0)", edits) is True
    assert linkedin.model() == "ONE two drei\nvier"
    linkedin.page.keyboard.press("ControlOrMeta+z")
    # Both editors may join a step with the one just before it; half of ours they never take back.
    linkedin.page.wait_for_function("() => ['one two three', ''].includes(fixture.model())")


def test_nothing_is_written_while_an_input_method_is_composing(
    context: BrowserContext, linkedin: Linkedin, world: World
) -> None:
    linkedin.page.keyboard.insert_text("ab")
    nobody = "{changed() {}, typed() {}, moved() {}, closed() {}}"
    world(f"SaysoFollowing.follow(box, {nobody}, new AbortController().signal)")
    session = context.new_cdp_session(linkedin.page)
    session.send("Input.imeSetComposition", {"text": "に", "selectionStart": 1, "selectionEnd": 1})
    assert world("box.replaceAll($0)", "gone") is False
    session.send("Input.insertText", {"text": "日本"})
    linkedin.wait_for_model("ab日本")
    assert world("box.applyEdits([{start: 0, end: 2, text: ''}])") is True
    linkedin.wait_for_model("日本")


def test_what_the_person_types_meanwhile_is_never_taken_back(linkedin: Linkedin, world: World) -> None:
    world("globalThis.writing = box.replaceAll($0); void 0", "Ours. ")
    linkedin.wait_for_model("Ours. ")
    linkedin.type("Theirs.")
    assert world("writing") is True
    assert linkedin.model() == "Ours. Theirs."


@pytest.mark.parametrize(("markup", "text"), [
    ('<p>Hi <span data-type="mention" contenteditable="false">Idris Vale</span>!</p>', "Hi Idris Vale!"),
    ("<p>one<br>two</p><p>three</p>", "one\ntwo\nthree"),
    ("<p>one<br></p><p><br></p><p>two</p>", "one\n\ntwo"),
    ('<p>a<span class="ql-cursor">\ufeff</span>b</p>', "ab"),
    ("<ul><li>x</li><li>y</li></ul><p>z</p>", "x\ny\nz"),
    ("<p><span>a <b>bold</b></span> tail<br class='ProseMirror-trailingBreak'></p>", "a bold tail"),
    ("", ""),
], ids=["mention", "breaks", "blank", "cursor", "list", "inline", "nothing"])
def test_what_editors_draw_is_read_as_their_model_has_it(context: BrowserContext, markup: str, text: str) -> None:
    empty = "<!doctype html>"
    context.route("https://www.linkedin.com/**", lambda route: route.fulfill(body=empty, content_type="text/html"))
    page: Page = context.new_page()
    world = World(page)
    page.goto("https://www.linkedin.com/feed/")
    read = """(() => {
      const editor = document.createElement("div");
      editor.style.whiteSpace = "pre-wrap";
      editor.innerHTML = $0;
      document.body.append(editor);
      const reading = SaysoEditorText.read(editor);
      const ends = [...Array(reading.text.length + 1).keys()].map((at) => {
        const range = new Range();
        range.setStart(editor, 0);
        range.setEnd(...SaysoEditorText.locate(reading, at, true));
        return range.toString().replaceAll("\\ufeff", "").length;
      });
      return [reading.text, ends.every((each, at) => !at || each >= ends[at - 1])];
    })()"""
    assert world(read, markup) == [text, True]
