"""One draft, over every form of the compose box, every outcome of Post and every language: one body for all.

A compact choice runs each time; the whole matrix with `python3 dev.py test --long`.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.panel_side import LABEL, Scene
from tests.linkedin.site import EVERY_FORM, OUTCOMES
from tests.support.linkedin import Linkedin
from tests.support.panel import Panel

DRAFT = "Finch Roast is lovely.\n\nCome and taste it"
LANGUAGES = ("en", "de", "fr")
# What becomes of the draft: by LinkedIn after a press of Post, or by the person without one.
LINKED = {"toast-share", "toast-activity", "two-toasts", "upsell", "own-post", "page-load"}
ENDS = (*OUTCOMES, "schedule", "discard", "draft")
# The page's own composer posts in the page's name: see test_forms_beside.py.
FORMS = tuple(form for form in EVERY_FORM if form != "classic-page")
SHORT = {
    *((form, "toast-share", "en") for form in FORMS),
    ("sdui", "toast-activity", "de"), ("classic", "two-toasts", "fr"), ("sdui-frame", "two-toasts", "fr"),
    ("classic", "upsell", "de"), ("sdui-open", "errors", "en"), ("classic", "failure", "de"),
    ("sdui-frame", "discard", "de"), ("classic", "draft", "en"), ("sdui-page", "none", "en"),
    ("sdui", "schedule", "en"), ("sdui", "own-post", "de"), ("sdui-page", "page-load", "en"),
}


def worth_a_run(end: str, lang: str) -> bool:
    """Whether the site's words have a part in it; the rest is the same in each language."""
    return lang == "en" or end in {"toast-share", "failure", "schedule", "discard", "draft"}


MATRIX = [
    pytest.param(*run, id="-".join(run), marks=[] if run in SHORT else [pytest.mark.long])
    for lang in LANGUAGES for form in FORMS for end in ENDS
    if (run := (form, end, lang)) in SHORT or worth_a_run(end, lang)
]


@pytest.fixture
def context(scene: Scene) -> BrowserContext:
    """The browser that the site's tab opens in."""
    return scene.context


def bring_to_an_end(linkedin: Linkedin, end: str) -> None:
    """Lets the draft become what this run wants of it."""
    if end in {"discard", "draft"}:
        linkedin.close(keep=end == "draft")
        return
    if end == "schedule":
        linkedin.schedule()
        linkedin.schedule_button.click()
    else:
        linkedin.press_post()
    if end in {"errors", "failure"}:
        expect(linkedin.post_button).to_be_enabled()
        linkedin.close()
    else:
        linkedin.wait_closed()


@pytest.mark.parametrize(("form", "end", "lang"), MATRIX)
def test_a_draft_is_read_mended_posted_and_remembered(scene: Scene, linkedin: Linkedin, end: str, lang: str) -> None:
    linkedin.visit(outcome=end if end in OUTCOMES else "toast-share").open_composer()
    panel = Panel(linkedin.place, lang).wait_for("checked", "not_required")
    linkedin.type(DRAFT)
    panel.wait_for("checked", "missing")

    panel.fixes(panel.findings.first).first.click()
    linkedin.wait_for_model(LABEL + DRAFT)
    panel.wait_for("checked", "present")
    assert linkedin.traces() == []
    assert linkedin.foreign() == ["sayso-panel"]

    bring_to_an_end(linkedin, end)
    expect(panel.root).to_have_count(0)
    posted = linkedin.posted()
    shares = scene.shares()
    assert [post.text for post in posted] == [share["text"] for share in shares]
    assert linkedin.foreign() == []
    if end in LINKED:
        [share] = shares
        assert (share["status"], share["permalink"]) == ("confirmed", posted[0].permalink)
        assert share["urns"] == [posted[0].urn]
    elif end in {"none", "schedule"}:
        [share] = shares
        assert share["status"] == "unconfirmed" and "permalink" not in share
    else:
        assert shares == []
    if shares:
        assert shares[0]["disclosure"] == "present"
