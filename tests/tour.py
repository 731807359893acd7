"""The main job, played in headless Chromium on the stand-in for LinkedIn, with a picture of each step.

Everything else is real: the extension, the companion with its sample programme, the editor. The README's pictures
come from here: python3 dev.py run --tour --output docs/pictures
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.linkedin.site import Options, Site
from tests.support.browser import launch, open_popup
from tests.support.companion import Companion
from tests.support.linkedin import Linkedin

WORDS = (
    "Three months of cupping and one very patient team: Finch Roast is on the shelves today. "
    "I can't stop drinking it. Come by and I'll pull you a shot."
)


@dataclass
class Tour:
    """Tells each step in a line and keeps a picture of it."""

    folder: Path
    steps: list[str] = field(default_factory=list)

    def step(self, page: Page, name: str, line: str) -> None:
        """Say what is seen, and save the picture as NN-name.png."""
        self.steps.append(name)
        file = self.folder / f"{len(self.steps):02}-{name}.png"
        page.screenshot(path=file, animations="disabled", caret="hide")
        print(f"{len(self.steps):2}. {line}\n    {file.name}", flush=True)


@contextmanager
def stage(dark: bool) -> Iterator[tuple[Companion, BrowserContext, Site]]:
    """A companion on a fresh folder, a browser with the extension on a fresh profile, and the site."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        companion = stack.enter_context(Companion.start(folder / "data"))
        playwright = stack.enter_context(sync_playwright())
        context = launch(playwright, folder / "profile", dark=dark, height=1000, scale=1.5)
        stack.callback(context.close)
        context.set_default_timeout(15_000)
        yield companion, context, Site(Options(dark=dark, chat=False)).attach(context)


def connect(tour: Tour, companion: Companion, context: BrowserContext) -> None:
    popup = open_popup(context)
    popup.get_by_role("textbox", name="Pairing code").fill(companion.first_code)
    tour.step(popup, "connect", "The companion printed a pairing code; it goes into the popup, once.")
    popup.get_by_role("button", name="Connect", exact=True).click()
    popup.get_by_role("button", name="Skip").click()
    popup.get_by_role("heading", name="Your shares").wait_for()
    tour.step(popup, "connected", "Connected. The history is still empty, and it is yours.")
    popup.close()


def write(tour: Tour, linkedin: Linkedin) -> None:
    page = linkedin.page
    linkedin.visit().open_composer()
    suggestions = page.get_by_role("list", name="Suggestions").get_by_role("listitem")
    expect(suggestions.first).to_be_visible()
    tour.step(page, "empty", "An empty compose box: company posts that could be a start, each with its reason.")

    # Each person is dealt another wording; this one has words in common with what is written next.
    blend = suggestions.filter(has_text="Finch Roast is here")
    blend.get_by_role("button", name="Factual").click()
    blend.get_by_role("button", name="Use", exact=True).click()
    expect(page.locator("[data-state=checked]")).to_have_attribute("data-disclosure", "present")
    tour.step(page, "used", "One click on Use: a reward makes a label due, so it stands first. The rest is the person's to change.")

    linkedin.editor.hover()  # suggestions never change under the pointer
    linkedin.clear().type(WORDS)
    expect(page.locator("[data-state=checked]")).to_have_attribute("data-disclosure", "missing")
    expect(suggestions.filter(has_not_text="Fits")).to_have_count(0)
    tour.step(page, "missing", "In one's own words instead: the label is missing, and Sayso says why.")

    linkedin.press_post()
    question = page.get_by_role("alertdialog", name="Before you post")
    expect(question).to_be_visible()
    tour.step(page, "question", "Post is held once, with one question: mend it, post as it is, or keep writing.")

    question.get_by_role("button", name="Add", exact=False).first.click()
    expect(page.locator("[data-state=checked]")).to_have_attribute("data-disclosure", "present")
    linkedin.wait_for_model(f"#ad {WORDS}")
    tour.step(page, "mended", "One click, and it is fine to post.")

    linkedin.press_post()
    linkedin.wait_closed()
    expect(linkedin.view_post).to_be_visible()
    tour.step(page, "posted", f"LinkedIn's own Post sent it. LinkedIn got: {linkedin.posted()[-1].text[:40]}…")


def remember(tour: Tour, context: BrowserContext, linkedin: Linkedin) -> None:
    popup = open_popup(context)
    # Asked once, with the first share; the picture is to show the share.
    not_now = popup.get_by_role("button", name="Not now")
    not_now.click()
    expect(not_now).to_have_count(0)
    share = popup.get_by_role("list", name="Shares").get_by_role("listitem").first
    expect(share.get_by_role("link")).to_have_attribute("href", linkedin.posted()[-1].permalink)
    tour.step(popup, "history", "The share is in the person's own history, with its link and what the check said.")
    popup.close()


def pages(tour: Tour, companion: Companion, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(companion.call("POST", "/page-links")["url"])
    tour.step(page, "companion", "The companion's own pages: what is set up, the feed, the charter, the history.")
    page.close()


def main() -> None:
    """Play the tour. Fails where a step does not show what it says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--dark", action="store_true")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    tour = Tour(options.output)
    with stage(options.dark) as (companion, context, site):
        connect(tour, companion, context)
        linkedin = Linkedin(context.new_page(), site)
        write(tour, linkedin)
        remember(tour, context, linkedin)
        pages(tour, companion, context)
    print(f"\n{len(tour.steps)} steps; the pictures are in {options.output}")


if __name__ == "__main__":
    main()
