"""Sayso's panel in the compose box, by the roles and names that it promises."""

from __future__ import annotations

from playwright.sync_api import FrameLocator, Locator, Page, expect

# The names are a promise to assistive technology, so they are written out here and not read from _locales.
WORDS = {
    "en": {"findings": "Findings", "suggestions": "Suggestions", "use": "Use", "fixes": "Fixes",
           "question": "Before you post", "as_it_is": "Post as it is", "keep": "Keep writing", "shares": "Shares",
           "code": "Pairing code", "connect": "Connect", "connected": "Connected"},
    "fr": {"findings": "Remarques", "suggestions": "Suggestions", "use": "Utiliser", "fixes": "Corrections",
           "question": "Avant de publier", "as_it_is": "Publier tel quel", "keep": "Continuer à écrire",
           "shares": "Partages", "code": "Code d’association", "connect": "Connecter", "connected": "Connecté"},
    "de": {"findings": "Hinweise", "suggestions": "Vorschläge", "use": "Verwenden", "fixes": "Korrekturen",
           "question": "Bevor Sie posten", "as_it_is": "So posten", "keep": "Weiterschreiben", "shares": "Beiträge",
           "code": "Kopplungscode", "connect": "Verbinden", "connected": "Verbunden"},
}


class Panel:
    """The panel of the one open compose box."""

    def __init__(self, page: Page | FrameLocator, lang: str = "en") -> None:
        self.page = page
        self.words = WORDS[lang]
        self.root = page.get_by_role("complementary", name="Sayso", exact=True)
        self.state_line = self.root.get_by_role("status")
        self.findings = self.root.get_by_role("list", name=self.words["findings"]).get_by_role("listitem")
        self.suggestions = self.root.get_by_role("list", name=self.words["suggestions"]).get_by_role("listitem")
        self.question = page.get_by_role("alertdialog", name=self.words["question"])
        self.as_it_is = self.question.get_by_role("button", name=self.words["as_it_is"])
        self.keep_writing = self.question.get_by_role("button", name=self.words["keep"])

    def wait_for(self, state: str, disclosure: str | None = None) -> "Panel":
        """Waits until the panel tells this state, no check is under way, and the verdict, if named, is this one."""
        expect(self.root).to_have_attribute("data-state", state)
        if disclosure is not None:
            expect(self.root).to_have_attribute("data-disclosure", disclosure)
        expect(self.root).not_to_have_attribute("aria-busy", "true")
        return self

    def fixes(self, finding: Locator) -> Locator:
        """The buttons that mend a finding, best first."""
        return finding.get_by_role("group", name=self.words["fixes"]).get_by_role("button")

    def suggestion(self, title: str) -> Locator:
        """The suggestion with this title."""
        return self.suggestions.filter(has_text=title)

    def use(self, title: str) -> None:
        """Presses *Use* at the suggestion with this title."""
        self.suggestion(title).get_by_role("button", name=self.words["use"], exact=True).click()


class Popup:
    """The popup of a connected person: their shares."""

    def __init__(self, page: Page, lang: str = "en") -> None:
        self.page = page
        self.shares = page.get_by_role("list", name=WORDS[lang]["shares"]).get_by_role("listitem")

    def wait_for_share(self, text: str) -> Locator:
        """The share in which this text occurs, once it has joined the history: after a press of Post it waits for
        evidence, and for the companion where that is away. The popup follows by itself."""
        found = self.shares.filter(has_text=text)
        expect(found).to_have_count(1)
        return found
