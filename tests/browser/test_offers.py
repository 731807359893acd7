"""What a draft can begin from: wordings to choose, copies for elsewhere, what is not wanted, posts that are out, nudges."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.extension_side import wait_until_empty
from tests.browser.fake_companion import Request
from tests.browser.panel_side import LABEL, KnownCompanion, finding, pair, units
from tests.support.axe import violations
from tests.support.linkedin import Linkedin
from tests.support.panel import Panel

ROAST, POST, PLAIN = "How we chose the blend", "A word from Nora", "Harvest notes"
URL = "https://www.cobaltfinch.example/blend"
TRACKED = f"{URL}?utm_source=linkedin&utm_content=x"
VOICES = {
    "first_person": "I tasted Finch Roast blind and asked for it twice.",
    "factual": "Finch Roast was chosen blind, from forty samples.",
    "question": "Which of forty would you choose blind? Ours is Finch Roast.",
}
THEIRS = "https://www.linkedin.com/feed/update/urn:li:activity:7130000000000000000/"
SAME = "https://www.linkedin.com/feed/update/urn:li:share:7130000000100000000/"


def text_of(voice: str) -> str:
    return f"{LABEL}{VOICES[voice]}\n\n{TRACKED}"


class OfferingCompanion(KnownCompanion):
    """Offers an item in three voices, a post that is out already, and a plain one; knows a template by its words."""

    def __init__(self) -> None:
        super().__init__()
        self.declined: list[str] = []

    def _authorised(self, request: Request, path: str, query: dict[str, str]) -> tuple[int, Any]:
        if path == "suggestions":
            offers = [offer for offer in _offers() if offer["item"]["id"] not in self.declined]
            return 200, {"suggestions": offers, "total": len(offers)}
        if path.endswith("/decline"):
            item = path.split("/")[1]
            self.declined.append(item) if request.method == "POST" else self.declined.remove(item)
            return 200, {"done": True}
        return super()._authorised(request, path, query)

    def _check(self, body: dict[str, Any]) -> dict[str, Any]:
        check = super()._check(body)
        template = next((words for words in VOICES.values() if words in body["text"]), None)
        if body.get("variant"):
            own = body["text"].count("\n") > 3
            check["own_words"] = 0.5 if own or not template else 0.0
            if template and not own:
                place = units(body["text"], 0, len(body["text"]))
                check["findings"].append(finding("word-for-word", "authenticity", "suggestion", "Still theirs", place, []))
        return check


def _offers() -> list[dict[str, Any]]:
    voices = [
        {"id": str(uuid.UUID(int=200 + number)), "lang": "en", "voice": voice, "text": text_of(voice), "label": LABEL}
        for number, voice in enumerate(VOICES)
    ]
    return [
        _offer(1, ROAST, URL, voices, link=TRACKED),
        _offer(2, POST, THEIRS, [{**voices[0], "id": str(uuid.UUID(int=300)), "text": "Nora says it.", "label": ""}], reshare=True),
        _offer(3, PLAIN, URL, [{**voices[0], "id": str(uuid.UUID(int=301)), "text": "Three photos.", "label": ""}]),
    ]


def _offer(number: int, title: str, url: str, voices: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    first = voices[0]
    return {
        "item": {"id": str(uuid.UUID(int=number)), "title": title, "url": url, "category": "brand"},
        "variant": {key: first[key] for key in ("id", "lang", "voice")}, "text": first["text"],
        "reason": "Fits “blend” · new today · you follow tasting", "reasons": ["fits “blend”", "new today", "you follow tasting"],
        "voices": voices, "link": url, "reshare": False, "tags": [], **more,
    }


@pytest.fixture(params=["classic", "sdui"])
def form(request: pytest.FixtureRequest) -> str:
    """The two editors."""
    return request.param


@pytest.fixture
def known(context: BrowserContext) -> Iterator[OfferingCompanion]:
    """The companion of this page, paired."""
    made_up = OfferingCompanion()
    made_up.open()
    pair(context, made_up)
    yield made_up
    made_up.close()


def button(place: Locator, name: str) -> Locator:
    return place.get_by_role("button", name=name, exact=True)


def copied(page: Page) -> str:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page.evaluate("navigator.clipboard.readText()")


def test_one_click_uses_the_first_voice_and_another_can_be_chosen_by_keyboard(
    known: OfferingCompanion, linkedin: Linkedin, panel: Panel
) -> None:
    row = panel.suggestion(ROAST)
    expect(row).to_contain_text("Fits “blend” · new today · you follow tasting")
    voices = row.get_by_role("group", name="Wording").get_by_role("button")
    expect(voices).to_have_text(["First person", "Factual", "Question"])
    expect(voices.first).to_have_attribute("aria-pressed", "true")
    voices.nth(1).focus()
    linkedin.page.keyboard.press("Tab")
    linkedin.page.keyboard.press("Enter")
    expect(voices.nth(2)).to_be_focused()
    expect(row).to_contain_text(VOICES["question"])
    panel.use(ROAST)
    linkedin.wait_for_model(text_of("question"))
    expect(panel.root.get_by_role("meter", name="Own words")).to_be_visible()
    assert known.sent("POST", "checks")[-1].body["variant"] == str(uuid.UUID(int=202))
    row.get_by_role("button", name="Undo").click()
    linkedin.wait_for_model("")
    expect(voices.nth(2)).to_have_attribute("aria-pressed", "true")


def test_what_is_written_stays_on_top_and_a_label_that_is_owed_goes_before_it(linkedin: Linkedin, panel: Panel) -> None:
    linkedin.type("We had a good day.")
    expect(panel.suggestion(ROAST)).to_be_visible()
    panel.use(ROAST)
    linkedin.wait_for_model(f"{LABEL}We had a good day.\n\n{VOICES['first_person']}\n\n{TRACKED}")
    panel.wait_for("checked", "present")
    panel.suggestion(ROAST).get_by_role("button", name="Undo").click()
    linkedin.wait_for_model("We had a good day.")


def test_a_copy_has_label_and_link_and_no_parameter_of_linkedins(linkedin: Linkedin, panel: Panel) -> None:
    linkedin.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copy = button(panel.suggestion(ROAST), "Copy")
    copy.click()
    expect(button(panel.suggestion(ROAST), "Copied")).to_be_visible()
    assert copied(linkedin.page) == f"{LABEL}{VOICES['first_person']}\n\n{URL}"
    assert linkedin.model() == ""


def test_what_is_not_wanted_goes_and_comes_back_in_its_place(
    known: OfferingCompanion, linkedin: Linkedin, panel: Panel
) -> None:
    row = panel.suggestions.nth(2)
    expect(row).to_contain_text(PLAIN)
    button(row, "Not for me").focus()
    linkedin.page.keyboard.press("Enter")
    expect(row).to_contain_text("You won’t see this one again.")
    expect(button(row, "Undo")).to_be_focused()
    expect(button(row, "Use")).to_have_count(0)
    linkedin.page.keyboard.press("Enter")
    expect(button(row, "Use")).to_be_focused()
    expect(row).to_contain_text(PLAIN)
    assert known.declined == []
    button(row, "Not for me").click()
    expect(row).to_contain_text("You won’t see this one again.")
    # Rows wait while pointer or focus are on them.
    linkedin.page.mouse.move(1, 1)
    linkedin.editor.focus()
    linkedin.type("On I write. ")
    expect(panel.suggestion(PLAIN)).to_have_count(0)
    assert known.declined == [str(uuid.UUID(int=3))]


def test_a_decline_that_the_companion_did_not_note_is_not_told_as_done(
    known: OfferingCompanion, linkedin: Linkedin, panel: Panel
) -> None:
    known.manners.refuse[f"POST items/{uuid.UUID(int=3)}/decline"] = (500, "crash")
    row = panel.suggestions.nth(2)
    button(row, "Not for me").click()
    expect(panel.root.get_by_text("The companion didn’t take that down.")).to_be_visible()
    expect(button(row, "Use")).to_be_visible()


def test_a_post_that_is_out_is_opened_by_the_persons_own_click_with_the_words_copied(
    known: OfferingCompanion, linkedin: Linkedin, panel: Panel, popup: Page
) -> None:
    linkedin.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    row = panel.suggestion(POST)
    expect(row).to_contain_text("It’s on LinkedIn already.")
    expect(button(row, "Use")).to_have_count(0)
    link = row.get_by_role("link", name="Open the post")
    expect(link).to_have_attribute("href", THEIRS)
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    with linkedin.page.expect_popup() as opened:
        link.click()
    assert opened.value.url == THEIRS
    opened.value.close()
    assert copied(linkedin.page) == "Nora says it."
    assert linkedin.model() == ""

    # Written on where it stands, it is a share of that item, under whichever of its names the page has it.
    linkedin.close()
    linkedin.page.evaluate("path => history.pushState(null, '', path)", SAME.removeprefix("https://www.linkedin.com"))
    linkedin.reshare().type("So proud of Nora.")
    panel.wait_for("checked")
    assert known.sent("POST", "checks")[-1].body["item"] == str(uuid.UUID(int=2))
    linkedin.press_post()
    linkedin.wait_closed()
    wait_until_empty(popup)
    assert known.sent("POST", "shares")[-1].body["item_id"] == str(uuid.UUID(int=2))


def test_one_nudge_while_the_words_are_the_templates_and_none_after(linkedin: Linkedin, panel: Panel) -> None:
    panel.use(ROAST)
    nudge = panel.root.get_by_role("group", name="One sentence of yours is plenty")
    expect(nudge.get_by_role("button")).to_have_text(["What did you do in this?", "What would you tell a colleague?", ""])
    # It stands for the finding of the same thing, which is not told twice.
    expect(panel.findings).to_have_count(0)
    expect(panel.state_line).to_contain_text("Fine to post")
    assert not violations(linkedin.page, "sayso-panel")
    nudge.get_by_role("button", name="What did you do in this?").click()
    expect(linkedin.editor).to_be_focused()
    linkedin.type("\nI poured the water.\nTwice.\n")
    expect(nudge).to_have_count(0)
    panel.suggestion(ROAST).get_by_role("button", name="Undo").click()
    linkedin.clear()
    expect(panel.suggestion(ROAST)).to_be_visible()
    panel.use(ROAST)
    expect(panel.root.get_by_role("meter", name="Own words")).to_have_attribute("aria-valuetext", "Still the template’s")
    expect(nudge).to_have_count(0)


def test_a_nudge_can_be_sent_away(linkedin: Linkedin, panel: Panel) -> None:
    panel.use(ROAST)
    nudge = panel.root.get_by_role("group", name="One sentence of yours is plenty")
    button(nudge, "It’s fine as it is").click()
    expect(nudge).to_have_count(0)
    linkedin.type(" And")
    panel.wait_for("checked", "present")
    expect(nudge).to_have_count(0)
