"""What the tests of the panel need: a companion with known answers, and a browser that is paired with it."""

from __future__ import annotations

import re
import uuid
from dataclasses import asdict, dataclass
from typing import Any

from playwright.sync_api import BrowserContext, Page

from server.rules.fold import fold
from tests.browser.extension_side import from_popup, wait_until_empty
from tests.browser.fake_companion import FakeCompanion, Request
from tests.support.browser import rest

LABEL = "#ad "
OWED = "Tell readers that this is advertising"
WEAK = "Ad: "
CLEARER = "Readers know #ad better"
AD = "#ad I tasted it blind and asked for it twice.\n\nThat one became Finch Roast."
PLAIN = "Our green buyer is in Huila this week."
TITLES = ("How we chose the blend", "Harvest notes")
SECRET = "Heron"
TAGS = "A capital for each word"
GOOD = "Ours has more body; theirs is the lighter cup."
PLATFORM_LABEL = {"label": "I switched on LinkedIn’s own label", "edits": []}


def units(text: str, start: int, end: int) -> dict[str, int]:
    """Offsets as the API gives them: UTF-16 units."""
    return {"start": len(text[:start].encode("utf-16-le")) // 2, "end": len(text[:end].encode("utf-16-le")) // 2}


def finding(
    rule: str, category: str, level: str, message: str, place: dict[str, int], fixes: list[dict[str, Any]]
) -> dict[str, Any]:
    """One finding as the API gives it."""
    return {
        "rule": rule, "category": category, "level": level, "message": message, "why": "Because readers ask. It helps.",
        "sources": ["https://example.org/rule", "Charter"], **place, "fixes": fixes,
    }


class KnownCompanion(FakeCompanion):
    """Finds praise of Finch Roast without a label, unkind words, a secret and tags in one case; has two suggestions."""

    def _authorised(self, request: Request, path: str, query: dict[str, str]) -> tuple[int, Any]:
        if path == "policy":
            return 200, {"ask": {"required": "confirm", "warning": "show", "suggestion": "show"}}
        if path == "checks":
            return 200, self._check(request.body)
        if path == "suggestions":
            return 200, {"suggestions": [self._suggestion(i, text) for i, text in enumerate((AD, PLAIN))], "total": 2}
        return super()._authorised(request, path, query)

    def _check(self, body: dict[str, Any]) -> dict[str, Any]:
        text = body["text"]
        findings = []
        labelled = text.startswith((LABEL, WEAK)) or body.get("platform_label") is True
        if "Finch Roast" in text and text.startswith(WEAK):
            findings.append(finding("label", "disclosure", "suggestion", CLEARER, units(text, 0, len(WEAK) - 2), []))
        elif "Finch Roast" in text and not labelled:
            place = units(text, text.index("Finch Roast"), text.index("Finch Roast") + 11)
            fix = {"label": "Add #ad", "edits": [{"start": 0, "end": 0, "text": LABEL}]}
            findings.append(finding("label", "disclosure", "required", OWED, place, [fix, PLATFORM_LABEL]))
        for match in re.finditer("dishwater", text):
            place = units(text, match.start(), match.end())
            fix = {"label": "Milder", "edits": [{**place, "text": "tea"}]}
            unkind = finding("unkind", "competitor_disparagement", "warning", "Unkind", place, [fix])
            findings.append({**unkind, "example": GOOD})
        if SECRET in text:
            place = units(text, text.index(SECRET), text.index(SECRET) + len(SECRET))
            findings.append(finding("secret", "confidential", "suggestion", "Still ours alone", place, []))
        for match in re.finditer("#[a-z]{8,}", text):
            place = units(text, match.start(), match.end())
            fix = {"label": TAGS, "edits": [{**place, "text": f"#{match[0][1:].title()}"}]}
            findings.append(finding("tag-case", "accessibility", "suggestion", TAGS, place, [fix]))
        left_out = self.preferences["dismissed_rules"]
        findings = [each for each in findings if each["level"] == "required" or each["rule"] not in left_out]
        verdict = "not_required" if "Finch Roast" not in text else "present" if labelled else "missing"
        own = 0.5 if body.get("variant") else None
        return {"disclosure": verdict, "jurisdiction": "uk", "lang": "en", "findings": findings, "own_words": own,
                "fold": asdict(fold(text))}

    @staticmethod
    def _suggestion(number: int, text: str) -> dict[str, Any]:
        ids = str(uuid.UUID(int=number + 1)), str(uuid.UUID(int=number + 101))
        return {
            "item": {"id": ids[0], "title": TITLES[number], "url": "https://example.org/", "category": "brand"},
            "variant": {"id": ids[1], "lang": "en", "voice": "factual"},
            "text": text, "reason": "New today · industry",
        }


def pair(context: BrowserContext, fake: FakeCompanion) -> None:
    """Connects the extension with the companion."""
    assert from_popup(rest(context), "pair", code=fake.code) == {"ok": True}


@dataclass
class Scene:
    """A browser of one language, paired with a companion of known answers; one for all tests of that language."""

    context: BrowserContext
    fake: KnownCompanion
    popup: Page

    def shares(self) -> list[dict[str, Any]]:
        """What has joined the history, once the extension has nothing left to send."""
        wait_until_empty(self.popup)
        return [request.body for request in self.fake.sent("POST", "shares")]
