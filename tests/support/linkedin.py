"""What a person does on LinkedIn, over whichever compose box the site shows; and what the site got."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from playwright.sync_api import Frame, FrameLocator, Locator, Page, expect

from tests.linkedin.site import HOST, Posted, Site

WORDS = {
    "en": {"start": "Start a post", "post": "Post", "view": "View post", "close": "Dismiss", "discard": "Discard",
           "keep": "Save as draft", "clock": "Schedule post", "clock_sdui": "Scheduled", "confirm": "Confirm",
           "schedule": "Schedule", "media": "Media", "media_classic": "Add media", "next": "Next", "repost": "Repost",
           "thoughts": "Repost with your thoughts", "menu": "Open control menu", "edit": "Edit post", "save": "Save",
           "failed": "Something went wrong", "anyone": "Post to Anyone", "done": "Done"},
    "de": {"start": "Beitrag beginnen", "post": "Posten", "view": "Beitrag ansehen", "close": "Verwerfen",
           "discard": "Verwerfen", "keep": "Als Entwurf speichern", "clock": "Beitrag planen", "clock_sdui": "Geplant",
           "confirm": "Bestätigen", "schedule": "Planen", "failed": "Etwas ist schiefgegangen"},
    "fr": {"start": "Commencer un post", "post": "Publier", "view": "Voir le post", "close": "Fermer",
           "discard": "Supprimer", "keep": "Enregistrer le brouillon", "clock": "Programmer le post",
           "clock_sdui": "Programmé", "confirm": "Confirmer", "schedule": "Programmer",
           "failed": "Une erreur s’est produite"},
}
# The language that nobody knows.
WORDS["xx"] = {key: said[::-1] for key, said in WORDS["en"].items()}
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
        """Opens the page one posts from, the site's options changed as named, and waits until it answers presses."""
        self.site.options = replace(self.site.options, **options)
        self.page.goto(f"{HOST}{self.site.options.start}")
        self.page.locator('body[data-rehydrated="true"]').wait_for()
        return self

    @property
    def word(self) -> dict[str, str]:
        """The site's own words in its language."""
        return WORDS[self.site.options.lang]

    @property
    def kind(self) -> str:
        """Which of the two boxes it is, in whatever way it is served."""
        return self.site.options.form.split("-")[0]

    @property
    def place(self) -> Page | FrameLocator:
        """The document the compose box stands in."""
        framed = self.site.options.form == "sdui-frame"
        return self.page.frame_locator("iframe[data-testid=compose-frame]") if framed else self.page

    @property
    def dialog(self) -> Locator:
        """The compose box."""
        return self.place.locator(DIALOGS[self.kind])

    @property
    def editor(self) -> Locator:
        """Its text editor."""
        return self.place.locator(EDITORS[self.kind])

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
        self.trigger.click()
        expect(self.editor).to_be_focused()
        return self

    @property
    def trigger(self) -> Locator:
        """What opens the compose box."""
        if not self.site.options.trigger_role:
            return self.page.get_by_label(self.word["start"]).first
        return self.page.get_by_role("button", name=self.word["start"], exact=True)

    def reshare(self) -> "Linkedin":
        """Opens the composer on the newest post of another's."""
        self.page.get_by_role("button", name=self.word["repost"], exact=True).first.click()
        self.page.get_by_role("menuitem", name=self.word["thoughts"]).click()
        expect(self.editor).to_be_focused()
        return self

    def edit_post(self) -> Locator:
        """Opens the person's own post for editing and returns its editor."""
        self.page.get_by_role("button", name=self.word["menu"], exact=True).click()
        self.page.get_by_role("menuitem", name=self.word["edit"]).click()
        editor = self.page.locator(".ql-container .ql-editor, dialog .ProseMirror")
        expect(editor).to_be_focused()
        return editor

    def schedule(self) -> None:
        """Sets a time: LinkedIn's Post becomes its Schedule."""
        name = self.word["clock_sdui" if self.kind == "sdui" else "clock"]
        self.dialog.get_by_role("button", name=name, exact=True).click()
        self.place.get_by_role("button", name=self.word["confirm"], exact=True).click()
        expect(self.schedule_button).to_be_enabled()

    @property
    def schedule_button(self) -> Locator:
        """What LinkedIn's Post is called once a time is set."""
        return self.dialog.get_by_role("button", name=self.word["schedule"], exact=True)

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

    def rerender(self) -> None:
        """LinkedIn builds the box anew, with the text that is in it."""
        self.page.evaluate("fixture.rerender()")

    def close(self, keep: bool = False) -> None:
        """Closes the compose box; asked about the draft, throws it away, or keeps it."""
        discard = self.place.get_by_role("button", name=self.word["keep" if keep else "discard"], exact=True)
        empty = not (self.model() or "").strip()
        self.dialog.get_by_role("button", name=self.word["close"], exact=True).click()
        if not empty:
            discard.last.click()
        self.wait_closed()

    @property
    def _frames(self) -> list[Frame]:
        """The site's documents with a watcher in them."""
        return [frame for frame in self.page.frames if frame.evaluate("typeof fixture === 'object'")]

    def traces(self) -> list[dict[str, str]]:
        """What a site that looks for extensions has seen so far."""
        return [trace for frame in self._frames for trace in frame.evaluate("fixture.inspect()")]

    def foreign(self) -> list[str]:
        """Tag names of the elements which are not the site's."""
        shown = [frame for frame in self._frames if "/preload/" not in frame.url]
        return [name for frame in shown for name in frame.evaluate("fixture.foreign()")]
