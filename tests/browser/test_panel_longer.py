"""The layout holds where a language needs 40 % more room: nothing is cut off, nothing lies over anything else."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright

from tests.browser.extension_side import PATIENCE_MS
from tests.browser.panel_side import KnownCompanion
from tests.support.browser import EXTENSION, launch, open_beside, open_popup
from tests.support.linkedin import Linkedin
from tests.support.marks import Marks
from tests.support.panel import Panel

DRAFT = "Finch Roast is lovely, no dishwater. #roastbeans #coldbrewing " * 3
# Text that is content and not ours to word may end in an ellipsis where the mocks let it.
GIVES_WAY = ".s-sug-title, .s-sug-text, .s-reason, .s-foot .push"
FAULTS = """(root, givesWay) => {
  const seen = (element) => {
    let { left, top, right, bottom } = element.getBoundingClientRect();
    for (let up = element.parentElement; up; up = up.parentElement) {
      if (getComputedStyle(up).overflowY === "visible") continue;
      const box = up.getBoundingClientRect();
      [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
      [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
    }
    return { left, top, right, bottom };
  };
  const faults = [];
  const lines = [];
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const words = texts.currentNode.data.trim();
    if (!words || element.closest("style, .s-hidden") || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (getComputedStyle(element).clipPath !== "none" || element.closest("[role=status]")?.matches(".is-checking *")) continue;
    const room = seen(element);
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    for (const box of range.getClientRects()) {
      // Scrolled out of sight is no fault.
      if (box.bottom > room.bottom + 1 || box.top < room.top - 1 || box.width < 2) continue;
      const wide = box.right > Math.min(room.right, innerWidth) + 1 || box.left < Math.max(room.left, 0) - 1;
      if (wide && !element.closest(givesWay)) faults.push(`cut off: ${words}`);
      const right = Math.min(box.right, room.right);
      lines.push({ element, words, left: box.left, right, top: box.top, bottom: box.bottom });
    }
  }
  lines.forEach((one, index) => lines.slice(index + 1).forEach((other) => {
    const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    if (across > 2 && down > 4 && one.element !== other.element) faults.push(`overlap: ${one.words} / ${other.words}`);
  }));
  return faults;
}"""
# Rows of buttons that end before the edge, as one left over on a line of its own would.
RAGGED = """acts => [...acts.children].filter((each) => {
  const right = (element) => element.getBoundingClientRect().right;
  const beside = each.nextElementSibling?.offsetTop === each.offsetTop;
  return !beside && right(acts) - right(each) > 1;
}).map((each) => each.textContent)"""


def longer(message: str) -> str:
    """The same message with each word 40 % longer; what stands for a value stays."""
    return re.sub(r"[^\W\d_]{2,}", lambda word: word[0] + word[0][-1] * max(1, round(len(word[0]) * 0.4)), message)


@pytest.fixture(scope="module")
def stretched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the extension in words 40 % longer."""
    copy = shutil.copytree(EXTENSION, tmp_path_factory.mktemp("longer") / "extension")
    file = copy / "_locales" / "en" / "messages.json"
    words = json.loads(file.read_text(encoding="utf-8"))
    for key, entry in words.items():
        # The language's own name and the verdict of "one two three" are no sentences.
        if key not in ("words_language", "words_numbers"):
            entry["message"] = longer(entry["message"])
    file.write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
    return copy


@pytest.fixture
def context(playwright: Playwright, tmp_path: Path, stretched: Path) -> Iterator[BrowserContext]:
    """A fresh browser with that copy."""
    browser = launch(playwright, tmp_path / "profile", extension=stretched)
    browser.set_default_timeout(PATIENCE_MS)
    yield browser
    browser.close()


def faults(page: Page, root: str) -> list[str]:
    """What is cut off or lies over something else below the element."""
    return page.locator(root).first.evaluate(FAULTS, GIVES_WAY)


@pytest.mark.parametrize("width", [320, 600])
def test_the_panel_the_card_and_the_question_hold_longer_words(
    known: KnownCompanion, linkedin: Linkedin, panel: Panel, width: int
) -> None:
    page = linkedin.page
    page.set_viewport_size({"width": width, "height": 760})
    assert faults(page, ".sayso") == []
    panel.root.locator(".s-sug .s-btn:visible").last.click()
    panel.wait_for("checked")
    assert faults(page, ".sayso") == []
    linkedin.clear().type(DRAFT)
    panel.wait_for("checked", "missing")
    assert faults(page, ".sayso") == []
    for why in panel.root.locator(".s-why").all():
        why.click()
    panel.root.locator(".s-toggle").click()
    for row in panel.root.locator(".s-finding, .s-toggle, .s-glimpse").all():
        row.scroll_into_view_if_needed()
        assert faults(page, ".sayso") == []
    linkedin.editor.focus()
    for _ in Marks(page).each(3):
        assert faults(page, ".s-card") == []
    panel.root.locator(".s-fold").click()
    assert faults(page, ".sayso") == []
    linkedin.press_post()
    page.locator(".s-ask").wait_for()
    assert faults(page, ".s-ask") == []
    assert page.locator(".s-ask .acts").evaluate(RAGGED) == []
    page.locator(".s-ask .bare").click()
    known.close()
    linkedin.editor.focus()
    linkedin.type("more")
    panel.wait_for("away")
    panel.root.locator(".s-fold").click()
    assert faults(page, ".sayso") == []


@pytest.mark.parametrize("form", ["sdui"])
def test_the_side_panel_and_the_popup_hold_longer_words(
    context: BrowserContext, known: KnownCompanion, linkedin: Linkedin, panel: Panel
) -> None:
    linkedin.type(DRAFT)
    panel.wait_for("checked", "missing")
    page = open_beside(context)
    page.set_viewport_size({"width": 320, "height": 720})
    page.locator(".waiting .s-btn").wait_for()
    assert faults(page, "body") == []
    page.locator(".waiting .s-btn").click()
    Panel(page).wait_for("checked", "missing")
    assert faults(page, "body") == []
    assert faults(page, ".sayso") == []
    popup = open_popup(context)
    popup.locator("#settings").wait_for(state="attached")
    popup.locator("header .s-icon").click()
    popup.locator("#settings input").first.wait_for()
    assert faults(popup, "body") == []
