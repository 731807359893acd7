"""The history and the check of a text, on the companion's own pages."""

from __future__ import annotations

import html
import logging
import re

import pytest
from flask import Flask

from server.companion import Companion

from .conftest import snapshot
from .pages import DRAFT, PAGES, SHARE, TEXT, VIEWS, Visitor, come_in, log_share


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return come_in(app)


# -- history --


def test_history_shows_shares_by_day_with_verdict_and_own_words_in_words(
    companion: Companion, visitor: Visitor
) -> None:
    link = "https://www.linkedin.com/x"
    log_share(companion, disclosure="buried", own_words=0.7, item_title="Finch Roast is here", permalink=link)
    reply = visitor.get("/history").text
    for words in ("Label comes too late", "Mostly yours", "Finch Roast is here", 'datetime="2026-03-04T10:00:00Z"'):
        assert words in reply
    assert 'href="https://www.linkedin.com/x"' in reply
    assert "%" not in re.sub(r"<[^>]*>", "", reply)


@pytest.mark.parametrize(
    ("value", "phrase"),
    [
        (0.0, "Still the template’s"),
        (0.1, "A little yours"),
        (0.5, "Half yours"),
        (0.94, "Mostly yours"),
        (1.0, "All yours"),
    ],
)
def test_own_words_are_a_phrase(companion: Companion, visitor: Visitor, value: float, phrase: str) -> None:
    log_share(companion, own_words=value)
    assert phrase in visitor.text("/history")


def test_an_unconfirmed_share_says_so(companion: Companion, visitor: Visitor) -> None:
    log_share(companion, status="unconfirmed")
    text = visitor.text("/history")
    assert "Not confirmed yet" in text and "Not checked" in text


def test_history_finds_words_and_says_when_there_are_none(companion: Companion, visitor: Visitor) -> None:
    log_share(companion)
    log_share(companion, "Idris retires his first grinder today.", id="5f1d2c9a-6f0e-4b58-9a57-0d5c4b6f3a12")
    found = visitor.text("/history?q=GRINDER")
    assert "Idris retires" in found and TEXT not in found
    assert "No share mentions “<i>tea</i>”." in visitor.text("/history?q=<i>tea</i>")
    assert "<i>tea" not in visitor.get("/history?q=<i>tea</i>").text


def test_a_long_history_goes_on_to_earlier_shares(companion: Companion, visitor: Visitor) -> None:
    for number in range(120):
        at = f"2026-01-01T10:{number // 60:02}:{number % 60:02}Z"
        log_share(companion, f"Post number {number:03}", id=f"4f1d2c9a-6f0e-4b58-9a57-{number:012}", posted_at=at)
    seen: list[str] = []
    path: str | None = "/history"
    while path:
        text = visitor.text(path)
        seen += re.findall(r"Post number \d+", text)
        following = re.search(r'href="(/history\?cursor=[^"]+)"', text)
        path = following[1] if following else None
    assert seen == [f"Post number {number:03}" for number in reversed(range(120))]


def test_a_cursor_changed_by_hand_shows_the_first_page(companion: Companion, visitor: Visitor) -> None:
    log_share(companion)
    assert TEXT in visitor.text("/history?cursor=nonsense")


def test_a_deleted_share_can_be_put_back_as_it_was(companion: Companion, visitor: Visitor) -> None:
    log_share(companion, disclosure="present", own_words=0.3, readings=(
        {"read_at": "2026-03-05T10:00:00Z", "where": "hand", "impressions": 12},
    ))
    kept = companion.store.share(SHARE)
    reply = visitor.post(f"/history/{SHARE}/delete", q="sample")
    assert reply.status_code == 303
    assert companion.store.shares() == []
    after = visitor.text(reply.headers["Location"])
    assert "Undo" in after and TEXT not in after
    reply = visitor.post("/history/undo")
    assert companion.store.share(SHARE) == kept
    assert "The share is back." in visitor.text(reply.headers["Location"])


def test_undo_works_once_and_in_the_session_that_deleted(app: Flask, companion: Companion, visitor: Visitor) -> None:
    log_share(companion)
    visitor.post(f"/history/{SHARE}/delete")
    other = come_in(app)
    assert "Undo" not in other.text("/history?said=deleted")
    assert "can’t be put back" in other.text(other.post("/history/undo").headers["Location"])
    assert companion.store.shares() == []
    visitor.post("/history/undo")
    companion.store.delete_share(SHARE)
    visitor.post("/history/undo")
    assert companion.store.shares() == []


def test_undo_over_another_text_keeps_both_sides(companion: Companion, visitor: Visitor) -> None:
    log_share(companion)
    visitor.post(f"/history/{SHARE}/delete")
    other = log_share(companion, "Another text under the same number")
    assert visitor.post("/history/undo").status_code == 409
    assert companion.store.share(SHARE).text == other.text
    companion.store.delete_share(SHARE)
    assert visitor.post("/history/undo").status_code == 303
    assert companion.store.share(SHARE).text == TEXT


def test_deleting_what_is_gone_is_a_page_that_says_so(visitor: Visitor) -> None:
    reply = visitor.post(f"/history/{SHARE}/delete")
    assert reply.status_code == 404 and "There is nothing here" in reply.text


@pytest.mark.parametrize("text", [
    "<script>alert(1)</script>", "'\"><img src=x onerror=alert(1)>", "{{ 7*7 }}", "\u202e backwards", "x" * 5000,
])
def test_a_post_is_shown_as_text_and_nothing_else(companion: Companion, visitor: Visitor, text: str) -> None:
    log_share(companion, text)
    reply = visitor.get("/history").text
    assert "<script" not in reply and "<img" not in reply and "49" not in re.sub(r"<[^>]*>", "", reply)
    assert text[:20] in html.unescape(reply)


def test_half_a_surrogate_pair_does_not_take_the_page_along(companion: Companion, visitor: Visitor) -> None:
    companion.store.notices.append("broken \ud83d notice")
    assert "broken ? notice" in visitor.text("/")


# -- check a text --


def test_a_checked_text_gets_its_verdict_reasons_and_mended_words(companion: Companion, visitor: Visitor) -> None:
    found, _ = companion.check(DRAFT, item_id=None, variant_id=None, lang=None, ui_lang="en")
    assert found.disclosure == "missing" and found.findings
    reply = visitor.post("/check", text=DRAFT)
    text = html.unescape(reply.text)
    assert reply.status_code == 200 and "Label missing" in text and DRAFT in text
    for finding in found.findings:
        assert finding.message in text and finding.why in text
    assert "#ad" in text[text.index("With this change") :]


def test_the_best_fix_is_one_press_away(companion: Companion, visitor: Visitor) -> None:
    found, _ = companion.check(DRAFT, item_id=None, variant_id=None, lang=None, ui_lang="en")
    owed = next(finding for finding in found.findings if finding.category == "disclosure" and finding.fixes)
    handle = re.search(rf'name="fix" value="({re.escape(owed.rule)}:\d+)"', visitor.post("/check", text=DRAFT).text)
    assert handle
    text = html.unescape(visitor.post("/check", text=DRAFT, fix=handle[1]).text)
    assert owed.fixes[0].apply(DRAFT) in text
    assert "Label missing" not in text


@pytest.mark.parametrize("fix", ["", "unknown:0", "x" * 5000, "label:-1"])
def test_a_fix_that_is_no_longer_there_changes_nothing(visitor: Visitor, fix: str) -> None:
    text = html.unescape(visitor.post("/check", text=DRAFT, fix=fix).text)
    assert f">\n{DRAFT}</textarea>" in text


def test_lines_come_back_as_they_were_written(visitor: Visitor) -> None:
    reply = visitor.post("/check", text="\r\nFirst line.\r\n\r\nSecond line.\rThird.")
    assert ">\n\nFirst line.\n\nSecond line.\nThird.</textarea>" in reply.text


def test_each_finding_leads_to_its_rule_in_the_charter(companion: Companion, visitor: Visitor) -> None:
    text = visitor.post("/check", text=DRAFT).text
    charter = visitor.text("/charter")
    leads = re.findall(r'href="/charter#(rule-[\w-]+)"', text)
    found, _ = companion.check(DRAFT, item_id=None, variant_id=None, lang=None, ui_lang="en")
    assert leads == [f"rule-{finding.rule}" for finding in found.findings]
    assert all(f'id="{lead}"' in charter for lead in leads)
    version = companion.engine.version[:8]
    assert f"version {version} of the charter, in force since" in text and f"Version {version}" in charter


def test_a_checked_text_is_kept_nowhere(
    companion: Companion, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    before = snapshot(companion)
    with caplog.at_level(logging.DEBUG):
        visitor.post("/check", text=DRAFT)
    assert snapshot(companion) == before
    assert DRAFT not in caplog.text
    for path in VIEWS:
        assert DRAFT not in visitor.text(path)


@pytest.mark.parametrize(("text", "status"), [("", 422), (" \r\n ", 422), ("x" * 100_001, 413)])
def test_what_cannot_be_checked_never_looks_checked(visitor: Visitor, text: str, status: int) -> None:
    reply = visitor.post("/check", text=text)
    assert reply.status_code == status
    assert "Not checked" in reply.text and "Fine to post" not in reply.text


def test_what_is_larger_than_the_companion_takes_is_refused_with_a_page(visitor: Visitor) -> None:
    reply = visitor.post("/check", text="x" * 3_000_000)
    assert reply.status_code == 413 and reply.mimetype == "text/html"


@pytest.mark.parametrize("text", [
    "\u200b" * 500, "a\u200db\u2060c", "🙂" * 300, "e\u0301" * 200, "word " * 20_000, "</textarea><script>x</script>",
])
def test_odd_texts_are_checked_without_a_crash(visitor: Visitor, text: str) -> None:
    reply = visitor.post("/check", text=text)
    assert reply.status_code == 200 and "<script" not in reply.text


def test_bytes_that_are_no_text_are_checked_without_a_crash(visitor: Visitor) -> None:
    body = b"form_token=" + visitor.token().encode() + b"&text=%ED%A0%80%FF lone"
    reply = visitor.client.post(
        "/check", base_url=PAGES, data=body, headers={"Origin": PAGES}, content_type="application/x-www-form-urlencoded"
    )
    assert reply.status_code == 200
