"""Taking files into the history on its own page."""

from __future__ import annotations

import html
from io import BytesIO

import pytest
from flask import Flask

from server.companion import Companion
from server.store.records import Import

from .pages import PAGES, OTHER, Visitor, come_in

ARCHIVE = (
    "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\r\n"
    '2026-03-02 09:00:00,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A7434000000000000001,"Brought along",,,MEMBER_NETWORK\r\n'
)


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return come_in(app)


def upload(visitor: Visitor, data: bytes | str, name: str = "Shares.csv") -> str:
    """What the page of imports says once a file was handed over."""
    reply = visitor.post("/history/imports", file=(BytesIO(data.encode() if isinstance(data, str) else data), name))
    assert reply.status_code in (303, 422)
    return html.unescape(reply.text) if reply.status_code == 422 else visitor.text("/history/imports")


def test_a_file_is_looked_at_before_it_is_taken_in_and_can_be_taken_out(companion: Companion, visitor: Visitor) -> None:
    text = upload(visitor, ARCHIVE)
    assert "What Shares.csv would bring" in text and "Brought along" in text and "Nothing has changed yet." in text
    assert companion.store.shares() == []
    visitor.post("/history/imports/take", do="take")
    assert [share.text for share in companion.store.shares()] == ["Brought along"]
    assert "Shares.csv is in." in visitor.text("/history/imports")
    assert "All of it is in your history already." in upload(visitor, ARCHIVE)
    visitor.post("/history/imports/take", do="drop")
    (done,) = companion.store.imports()
    reply = visitor.post(f"/history/imports/{done.id}/remove")
    assert "Taken out again." in visitor.text(reply.headers["Location"])
    assert companion.store.shares() == [] and companion.store.imports() == []


def test_what_was_looked_at_is_let_go(companion: Companion, visitor: Visitor) -> None:
    upload(visitor, ARCHIVE)
    visitor.post("/history/imports/take", do="drop")
    assert "would bring" not in visitor.text("/history/imports")
    reply = visitor.post("/history/imports/take", do="take")
    assert "more than ten minutes ago" in visitor.text(reply.headers["Location"])
    assert companion.store.shares() == []


def test_the_archive_of_another_member_is_taken_only_on_their_word(companion: Companion, visitor: Visitor) -> None:
    from tests.unit.test_imports import MONDAY, csv_of, profile, row, zipped

    companion.store.put_import(Import(OTHER, "archive", "mine.zip", member="another"))
    text = upload(visitor, zipped(Shares_csv=csv_of(row(MONDAY, "One")), Profile_csv=profile("Bo", "Lund")), "theirs.zip")
    assert "bears another name" in text
    visitor.post("/history/imports/take", do="take")
    assert companion.store.shares() == [] and "bears another name" in visitor.text("/history/imports")
    visitor.post("/history/imports/take", do="take", whoever="yes")
    assert len(companion.store.shares()) == 1


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [(b"PK\x03\x04half", "half.zip", "not a whole zip"), (b"", "empty.csv", "is empty"), (b"<html>", "page.zip", "web page"), (b"a,b\n1,2\n", "t.csv", "t.csv")],
)
def test_a_file_that_is_none_says_what_to_do(companion: Companion, visitor: Visitor, data: bytes, name: str, says: str) -> None:
    text = upload(visitor, data, name)
    assert "This file wasn’t taken." in text and says in text
    assert companion.store.shares() == []


def test_what_is_wrong_with_a_file_is_said_in_the_readers_language(companion: Companion, visitor: Visitor) -> None:
    late = '2199-03-02 09:00:00,,"Later",,,MEMBER_NETWORK\r\n'
    upload(visitor, ARCHIVE.splitlines(keepends=True)[0] + late)
    for language, nothing, why in (
        ("en", "Nothing in it is new.", "Line 2: it lies in the future (2199-03-02T09:00:00Z)."),
        ("fr", "Rien de nouveau dedans.", "Ligne 2\u00a0: elle est dans l’avenir (2199-03-02T09:00:00Z)."),
        ("de", "Darin ist nichts Neues.", "Zeile 2: Sie liegt in der Zukunft (2199-03-02T09:00:00Z)."),
    ):
        text = visitor.text("/history/imports", Accept_Language=language)
        assert nothing in text and why in text and 'lang="en">L' not in text
    data = (BytesIO(b"PK\x03\x04half"), "half.zip")
    reply = visitor.client.post(
        "/history/imports", base_url=PAGES, data={"file": data, "form_token": visitor.token()}, headers={"Origin": PAGES, "Accept-Language": "fr"})
    assert reply.status_code == 422 and "n’est pas un zip complet" in html.unescape(reply.text)


def test_without_a_file_the_page_says_so(visitor: Visitor) -> None:
    reply = visitor.post("/history/imports")
    assert reply.status_code == 422 and "No file was chosen." in reply.text


def test_a_file_that_is_held_is_gone_when_everything_is_erased(companion: Companion, visitor: Visitor, app: Flask) -> None:
    upload(visitor, ARCHIVE)
    companion.erase()
    assert "would bring" not in come_in(app).text("/history/imports")
