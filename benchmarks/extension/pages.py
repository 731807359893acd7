"""Two browsers on the fixture site, one with the extension and one without, and a companion for the first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import BrowserContext, expect, sync_playwright

from benchmarks.checks import POSTS, posts_from_file
from tests.linkedin.site import Options, Site
from tests.support.browser import launch, open_popup
from tests.support.companion import ROOT, Companion
from tests.support.linkedin import Linkedin
from tests.support.panel import WORDS, Panel

PROGRAMME = ROOT / "server" / "sample" / "programme.yaml"
CHARACTERS = 3_000
# So that there is something to mark and to tell, as in a post that needs Sayso.
OPENING = "We have spent the autumn on Finch Roast, and it is the best coffee in the world, guaranteed.\n\n"
POSTS_IN_FEED = 60
SETTLED_MS = 1500


@dataclass(frozen=True)
class Browser:
    """One Chromium."""

    context: BrowserContext
    has_extension: bool

    def tab(self, form: str) -> Linkedin:
        """A new tab with a long feed; the draft waits in the compose box, which is closed."""
        for page in self.context.pages[1:]:
            page.close()
        page = self.context.new_page()
        # On the page, not on the browser: there it would slow down what the worker asks the companion for, too.
        site = Site(Options(form=form, draft=draft(), chat=False)).attach(page)
        return Linkedin(page, site)

    def compose(self, tab: Linkedin) -> None:
        """Opens the compose box, the caret at the end of the draft, and waits until all is calm."""
        tab.open_composer()
        if self.has_extension:
            Panel(tab.page).wait_for("checked")
        tab.page.keyboard.press("ControlOrMeta+End")
        tab.page.wait_for_timeout(SETTLED_MS)


def draft() -> str:
    """A draft that is almost as long as LinkedIn allows."""
    text = OPENING + "\n\n".join(posts_from_file(POSTS))
    return text[: CHARACTERS - 100].rsplit(" ", 1)[0]


def lengthen(tab: Linkedin) -> None:
    """A feed as it is after some scrolling."""
    tab.page.evaluate(
        """count => {
            const list = document.querySelector("main [role=list]");
            const [, ...plain] = list.children;
            for (let i = 0; i < count; i += 1) list.append(plain[i % plain.length].cloneNode(true));
        }""",
        POSTS_IN_FEED,
    )


def _pair(context: BrowserContext, companion: Companion) -> None:
    popup = open_popup(context)
    popup.get_by_role("textbox", name=WORDS["en"]["code"]).fill(companion.first_code)
    popup.get_by_role("button", name=WORDS["en"]["connect"]).click()
    expect(popup.get_by_role("banner").get_by_role("status")).to_have_text(re.compile(WORDS["en"]["connected"]))
    popup.close()


@contextmanager
def browsers() -> Iterator[tuple[Browser, Browser]]:
    """The browser without the extension and that with it, which is paired with a companion."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        companion = stack.enter_context(Companion.start(folder / "data", programme=PROGRAMME))
        playwright = stack.enter_context(sync_playwright())
        plain = launch(playwright, folder / "plain", extension=None)
        stack.callback(plain.close)
        ours = launch(playwright, folder / "ours")
        stack.callback(ours.close)
        _pair(ours, companion)
        yield Browser(plain, False), Browser(ours, True)
