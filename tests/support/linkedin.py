"""What a person does on LinkedIn, over whichever compose box the site shows; and what the site got."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.linkedin.site import HOST, Posted, Site

WORDS = {
    "en": {"start": "Start a post", "post": "Post", "view": "View post", "close": "Dismiss", "discard": "Discard"},
    "de": {"start": "Beitrag beginnen", "post": "Posten", "view": "Beitrag ansehen", "close": "Verwerfen",
           "discard": "Verwerfen"},
    "fr": {"start": "Commencer un post", "post": "Publier", "view": "Voir le post", "close": "Fermer",
           "discard": "Supprimer"},
}
EDITORS = {
    "sdui": '[componentkey="ShareBox_textEditor"][contenteditable="true"]',
    "classic": '[data-test-ql-editor-contenteditable="true"]',
}
DIALOGS = {
    "sdui": 'dialog:has([data-sdui-screen$="sharing.ShareCompose"])',
    "classic": "[data-test-modal-id=sharebox] .share-box-v2__modal",
}


class Linkedin:
    """One tab on the site."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page = page
        self.site = site

    def visit(self, **options: Any) -> "Linkedin":
        """Opens the feed, with the site's options changed as named, and waits until it answers presses."""
        self.site.options = replace(self.site.options, **options)
        self.page.goto(f"{HOST}/feed/")
        self.page.locator('body[data-rehydrated="true"]').wait_for()
        return self

    @property
    def word(self) -> dict[str, str]:
        """The site's own words in its language."""
        return WORDS[self.site.options.lang]

    @property
    def dialog(self) -> Locator:
        """The compose box."""
        return self.page.locator(DIALOGS[self.site.options.form])

    @property
    def editor(self) -> Locator:
        """Its text editor."""
        return self.page.locator(EDITORS[self.site.options.form])

    @property
    def post_button(self) -> Locator:
        """LinkedIn's own Post."""
        return self.dialog.get_by_role("button", name=self.word["post"], exact=True)

    @property
    def view_post(self) -> Locator:
        """The link in the notice after a post."""
        return self.page.get_by_role("link", name=self.word["view"])

    def open_composer(self) -> "Linkedin":
        """Presses "Start a post" and waits for the editor, which then has the focus."""
        self.page.get_by_role("button", name=self.word["start"], exact=True).click()
        expect(self.editor).to_be_focused()
        return self

    def type(self, text: str) -> "Linkedin":
        """Types key by key where the caret is; a line end is Enter."""
        self.page.keyboard.type(text)
        return self

    def clear(self) -> "Linkedin":
        """Empties the editor as a person does."""
        self.editor.focus()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.press("Delete")
        return self

    def model(self) -> str | None:
        """The text in the editor's own model; None without a composer."""
        return self.page.evaluate("fixture.model()")

    def wait_for_model(self, text: str) -> None:
        """Waits until the editor's own model holds exactly this text."""
        self.page.wait_for_function("text => fixture.model() === text", arg=text)

    def press_post(self) -> None:
        """Presses LinkedIn's Post as soon as it can be pressed."""
        self.post_button.click()

    def posted(self) -> list[Posted]:
        """What LinkedIn's server got, oldest first."""
        return self.site.posted

    def wait_closed(self) -> None:
        """Waits until the compose box is gone."""
        expect(self.dialog).to_have_count(0)

    def close(self) -> None:
        """Closes the compose box, throwing the draft away if asked."""
        discard = self.page.get_by_role("button", name=self.word["discard"], exact=True)
        empty = not (self.model() or "").strip()
        self.dialog.get_by_role("button", name=self.word["close"], exact=True).click()
        if not empty:
            discard.last.click()
        self.wait_closed()

    def traces(self) -> list[dict[str, str]]:
        """What a site that looks for extensions has seen so far."""
        return self.page.evaluate("fixture.inspect()")

    def foreign(self) -> list[str]:
        """Tag names of the elements which are not the site's."""
        return self.page.evaluate("fixture.foreign()")
