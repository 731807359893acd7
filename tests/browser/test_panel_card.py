"""Where the card lies: next to its words, over nothing that must stay in sight, our own row included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import EXTENSION

PLACE = """({ high, words, keep }) => {
  const element = document.createElement("div");
  element.style.cssText = "position:fixed;overflow:auto";
  element.append(Object.assign(document.createElement("div"), { style: `height:${high}px` }));
  document.body.append(element);
  const box = ([left, top, right, bottom]) => ({ left, top, right, bottom });
  SaysoCard.Card.prototype.place.call({ element }, [box(words)], box([360, 0, 900, 0]), keep.map(box), box([340, 40, 920, 860]));
  const { left, top, right, bottom } = element.getBoundingClientRect();
  element.remove();
  return [left, top, right, bottom];
}"""
# The author above, the tools and Post at the foot of the box.
AUTHOR, FOOT = [360, 50, 900, 110], [360, 800, 900, 850]


@pytest.fixture(scope="module")
def page(plain: Browser) -> Iterator[Page]:
    """A page with the card's own script alone."""
    page = plain.new_page(viewport={"width": 1280, "height": 900})
    page.evaluate("() => { for (const name of ['Words', 'PanelParts', 'Icons']) globalThis[`Sayso${name}`] = {}; }")
    page.add_script_tag(path=EXTENSION / "compose" / "card.js")
    yield page
    page.close()


def over(one: list[float], other: list[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


ROW = [360, 530, 900, 574]
PLACES: dict[str, tuple[int, list[int], list[list[int]]]] = {
    "in the middle of the text": (200, [400, 300, 500, 320], [AUTHOR, FOOT, ROW]),
    "just above the row, controls above": (200, [400, 500, 500, 520], [[360, 200, 900, 480], FOOT, ROW]),
    "just above the row, little room above": (300, [400, 330, 500, 350], [AUTHOR, FOOT, [360, 360, 900, 404]]),
    "just above the row, none below": (400, [400, 500, 500, 520], [AUTHOR, [360, 600, 900, 850], ROW]),
    "about the whole, at the row": (400, ROW, [AUTHOR, [360, 590, 900, 850], ROW]),
}


@pytest.mark.parametrize(("high", "words", "keep"), PLACES.values(), ids=PLACES)
def test_the_card_hides_neither_its_words_nor_a_control_nor_our_row(
    page: Page, high: int, words: list[int], keep: list[list[int]]
) -> None:
    card: Any = page.evaluate(PLACE, {"high": high, "words": words, "keep": keep})
    assert [each for each in [words, *keep] if over(card, each)] == []
    assert card[0] >= 0 and card[1] >= 0 and card[2] <= 1280 and card[3] <= 900
