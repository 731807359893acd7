"""What Sayso draws on a draft: the marks under its words, the card on them, and where the post is cut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from playwright.sync_api import Locator, Page, expect

# The registry is the page's own, so it tells what anyone can see: which words bear which line.
MARKED = """() => Object.fromEntries([...CSS.highlights].sort(([a], [b]) => (a < b ? -1 : 1)).map(
  ([name, ranges]) => [name, [...ranges].map(each => {
  const range = new Range();
  range.setStart(each.startContainer, each.startOffset);
  range.setEnd(each.endContainer, each.endOffset);
  return range.toString();
})]))"""
BOXES = """name => [...(CSS.highlights.get(name) ?? [])].flatMap(each => {
  const range = new Range();
  range.setStart(each.startContainer, each.startOffset);
  range.setEnd(each.endContainer, each.endOffset);
  return [...range.getClientRects()].map(box => box.toJSON());
})"""

# The lower edge of the line in which the caret is, and what can be seen of the text.
SCROLLER = """editor => {
  while (!/auto|scroll/.test(getComputedStyle(editor).overflowY)) editor = editor.parentElement;
  return editor;
}"""
SIGHT = f"""editor => {{
  const home = editor.getRootNode();
  const {{ focusNode, focusOffset }} = (home.getSelection ? home : document).getSelection();
  const caret = new Range();
  caret.setStart(focusNode, focusOffset);
  const box = ({SCROLLER})(editor);
  const {{ top }} = box.getBoundingClientRect();
  return {{ line: caret.getBoundingClientRect().bottom, top, bottom: top + box.clientHeight, scrolled: box.scrollTop }};
}}"""


class Box(TypedDict):
    """A rectangle on the screen."""

    x: float
    y: float
    width: float
    height: float


class Marks:
    """The marks in the one open compose box, and the card."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.card = page.locator(".s-card")

    def words(self) -> dict[str, list[str]]:
        """The words under each name."""
        return self.page.evaluate(MARKED)

    def boxes(self, name: str) -> list[Box]:
        """Where they are, line by line."""
        return self.page.evaluate(BOXES, name)

    def wait_for(self, marks: dict[str, list[str]]) -> None:
        """Waits until these words are marked and no others."""
        self.page.wait_for_function(f"expected => JSON.stringify(({MARKED})()) === expected",
                                    arg=self.page.evaluate("marks => JSON.stringify(marks)", dict(sorted(marks.items()))))

    def point_at(self, name: str) -> None:
        """Rests the pointer on the first words under this name."""
        box = self.boxes(name)[0]
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def button(self, name: str) -> Locator:
        """A button of the card."""
        return self.card.get_by_role("button", name=name, exact=True)

    def each(self, count: int) -> Iterator[None]:
        """Goes from the editor through the cards of so many findings by keys, and closes the last."""
        self.page.keyboard.press("ControlOrMeta+.")
        for _ in range(count):
            expect(self.card).to_be_visible()
            yield
            self.page.keyboard.press("ArrowRight")
        self.page.keyboard.press("Escape")

    def expect_card(self, message: str) -> None:
        """Waits until the card tells this."""
        expect(self.card.locator(".s-msg")).to_have_text(message)
        expect(self.card).to_be_visible()


def overlap(one: Box, other: Box) -> bool:
    """Whether two rectangles share more than an edge."""
    return (one["x"] + 1 < other["x"] + other["width"] and other["x"] + 1 < one["x"] + one["width"]
            and one["y"] + 1 < other["y"] + other["height"] and other["y"] + 1 < one["y"] + one["height"])
