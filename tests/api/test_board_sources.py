"""The pages of sources and of colleagues' proposals."""

from __future__ import annotations

import html
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from server import clock
from server.companion import Companion
from server.feed.readings import readings
from server.proposals import file_of
from server.programme import SAMPLE
from server.store import Proposal, Source
from server.web.frame import JOBS
from tests.feeds.site import FeedSite

from .pages import COOKIE, Visitor, come_in

FEED = Path(__file__).parents[1] / "feeds" / "newsroom.rss.xml"
PATIENCE_S = 20.0
SOURCE = "11111111-1111-4111-8111-111111111111"
PROPOSAL = Proposal("55555555-5555-4555-8555-555555555555", "https://blog.example/grinder", "The grinder", "Customers ask.")


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return come_in(app)


@pytest.fixture
def site(companion: Companion, tmp_path: Path) -> Iterator[FeedSite]:
    """A web site here, which the programme allows to be read."""
    programme = tmp_path / "programme.yaml"
    programme.write_text(SAMPLE.read_text("utf-8").replace("policy:\n", "allow_private: [127.0.0.1]\n\npolicy:\n", 1), "utf-8")
    companion.use_programme(str(programme))
    with FeedSite() as site:
        yield site


def settle(visitor: Visitor) -> str:
    """The sources page once what this visit began is over."""
    cookie = visitor.client.get_cookie(COOKIE, domain="sayso.localhost")
    assert cookie
    job = visitor.client.application.extensions[JOBS].of(cookie.value, "sources")
    assert job and job.over.wait(PATIENCE_S)
    return visitor.text("/sources")


def added(companion: Companion) -> list[Source]:
    return [source for source in companion.store.sources() if source.kind not in ("programme", "hand")]


# -- adding --


def test_an_address_is_known_without_its_scheme(visitor: Visitor, site: FeedSite) -> None:
    visitor.post("/sources/add", place=f"127.0.0.1:{site.port}/feed.xml", category="industry")
    assert f'value="https://127.0.0.1:{site.port}/feed.xml"' in settle(visitor)
    visitor.post("/sources/add", place="feeds/newsroom.xml", category="industry")
    assert "check the path" in settle(visitor)


def test_a_file_is_added_and_its_items_are_on_the_board(companion: Companion, visitor: Visitor) -> None:
    assert visitor.post("/sources/add", place=str(FEED), category="industry").status_code == 303
    text = settle(visitor)
    (source,) = added(companion)
    assert source.category == "industry" and source.items > 0
    assert " is added." in text and f"{source.items} items" in text
    assert " is added." not in visitor.text("/sources")  # told once
    assert source.title in visitor.text(f"/feed?source={source.id}")


def test_an_address_without_a_feed_offers_the_two_other_ways(companion: Companion, visitor: Visitor, site: FeedSite) -> None:
    page = b"<html><title>News</title><body><p>" + b"Words of a page. " * 50 + b"</p></body></html>"
    address = site.serve("/news", page, content_type="text/html")
    visitor.post("/sources/add", place=address, category="employer_brand")
    soup = BeautifulSoup(settle(visitor), "html.parser")
    assert "There is no feed at this address" in soup.text and added(companion) == []
    buttons = soup.select("form.theirs button")
    assert [(each["name"], each["value"]) for each in buttons] == [("kind", "newsroom"), ("kind", "page")]
    kept = {each["name"]: each["value"] for each in soup.select("form.theirs input")}
    assert kept["address"] == address and kept["category"] == "employer_brand"


@pytest.mark.parametrize("place", ["/nowhere/at/all.xml", "ftp://news.example/", "http://169.254.169.254/", "https://"])
def test_what_cannot_be_read_is_not_added_and_says_why(companion: Companion, visitor: Visitor, place: str) -> None:
    visitor.post("/sources/add", place=place)
    assert "It was not added." in settle(visitor) and added(companion) == []


def test_nothing_is_no_address(companion: Companion, visitor: Visitor) -> None:
    reply = visitor.post("/sources/add", place="  ")
    assert reply.status_code == 422 and "Give an address or a path first." in reply.text


# -- reading again, removing --


def test_a_source_is_read_again_and_says_how_it_went(companion: Companion, visitor: Visitor, site: FeedSite) -> None:
    address = site.serve("/feed.xml", FEED.read_bytes(), content_type="application/rss+xml")
    visitor.post("/sources/add", place=address)
    settle(visitor)
    (source,) = added(companion)
    site.serve("/feed.xml", b"", status=503)
    visitor.post(f"/sources/{source.id}/refresh")
    text = settle(visitor)
    assert "It could not be read the last time." in text and "503" in text and "What it brought before is still here." in text
    assert companion.store.source(source.id).items == source.items


def test_a_reading_under_way_is_told_with_how_far_it_is(companion: Companion, visitor: Visitor) -> None:
    companion.store.put_source(Source(SOURCE, "newsroom", "https://news.example/", "Newsroom"))
    under_way = readings(companion.store)
    with under_way.alone(SOURCE, "https://news.example/"):
        under_way.at(SOURCE, 3, 12)
        text = visitor.text("/sources")
        assert "data-reading" in text and "Reading https://news.example/: 3 of 12…" in text
        assert 'aria-label="Read again: Newsroom" disabled' in text
    assert "data-reading" not in visitor.text("/sources")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "Last good 3 h ago · 0 items · 2 of 40 entries left out: no link"),
        ("fr", "Dernière bonne lecture il y a 3 h · 0 contenu · entrées laissées de côté\u00a0: 2 sur 40 (pas de lien)"),
        ("de", "Zuletzt gut vor 3 Std. · 0 Inhalte · 2 von 40 Einträgen ausgelassen: kein Link"),
    ],
)
def test_health_is_told_in_words(companion: Companion, visitor: Visitor, lang: str, words: str) -> None:
    good = clock.stamp(clock.now() - timedelta(hours=3, minutes=5))
    companion.store.put_source(Source(
        SOURCE, "feed", "https://news.example/feed.xml", "Newsroom", last_good_at=good, entries=40,
        left_out=("Entry 3: it has no link.",), left_out_why={"no_link": 2}))
    text = visitor.text("/sources", Accept_Language=lang)
    assert words in text
    assert {"en": "Entry 3: it has no link.", "fr": "Entrée 3\u00a0: sans lien.", "de": "Eintrag 3: ohne Link."}[lang] in text


def test_a_source_is_removed_with_its_items_and_comes_back_with_them(companion: Companion, visitor: Visitor) -> None:
    visitor.post("/sources/add", place=str(FEED))
    settle(visitor)
    (source,) = added(companion)
    items = [item for item in companion.store.items() if item.source_id == source.id]
    reply = visitor.post(f"/sources/{source.id}/remove")
    assert added(companion) == [] and f"with what it brought ({len(items)})" in visitor.text(reply.headers["Location"])
    reply = visitor.post("/undo")
    assert reply.headers["Location"].startswith("/sources")
    assert added(companion) == [source]
    assert [item for item in companion.store.items() if item.source_id == source.id] == items


def test_the_programme_itself_cannot_be_removed_here(companion: Companion, visitor: Visitor) -> None:
    (programme,) = companion.store.sources()
    text = visitor.text("/sources")
    assert "The made-up programme that Sayso comes with" in text and programme.url not in text
    assert visitor.post(f"/sources/{programme.id}/remove").status_code == 409
    assert companion.store.items() and 'id="remove-' not in visitor.get("/sources").text


def test_reading_the_programme_again_takes_it_into_use(companion: Companion, visitor: Visitor, tmp_path: Path) -> None:
    file = tmp_path / "programme.yaml"
    file.write_text(SAMPLE.read_text("utf-8"), "utf-8")
    companion.use_programme(str(file))
    (programme,) = companion.store.sources()
    file.write_text(SAMPLE.read_text("utf-8").replace("jurisdictions: [uk, fr, de]", "jurisdictions: [de]"), "utf-8")
    visitor.post(f"/sources/{programme.id}/refresh")
    settle(visitor)
    assert companion.engine.policy.jurisdictions == ("de",)


# -- a table --


def send(visitor: Visitor, path: str, content: bytes, name: str, **more: Any) -> Any:
    return visitor.post(path, file=(io.BytesIO(content), name), **more)


def test_a_table_is_brought_in(companion: Companion, visitor: Visitor) -> None:
    table = "title;url\nFrost;https://news.example/frost\nOhne Link;\n".encode()
    reply = send(visitor, "/sources/import", table, "items.csv", category="employee")
    text = html.unescape(reply.text)
    assert reply.status_code == 200 and "Brought in: 1 new, 0 changed." in text and "it has no url" in text
    (made,) = [item for item in companion.store.items() if item.title == "Frost"]
    assert made.category == "employee"


@pytest.mark.parametrize("content", [b"", b"headline,address\nx,y\n", b"\x00\xff\xfe", b"title,url\n\"unclosed", b"PK\x03\x04\x14"])
def test_a_table_with_a_wrong_head_changes_nothing(companion: Companion, visitor: Visitor, content: bytes) -> None:
    before = companion.store.items()
    reply = send(visitor, "/sources/import", content, "items.csv")
    assert reply.status_code == 422 and "The table was not brought in." in html.unescape(reply.text)
    assert ("save it as CSV" in reply.text) == content.startswith(b"PK")
    assert companion.store.items() is before


def test_no_file_is_no_table(visitor: Visitor) -> None:
    assert "Choose a file first." in visitor.post("/sources/import").text


# -- proposals --


def test_a_proposal_comes_in_as_a_file_or_as_a_message(companion: Companion, visitor: Visitor) -> None:
    reply = send(visitor, "/proposals/take", file_of(PROPOSAL), "proposal.json")
    text = visitor.text(reply.headers["Location"].partition("#")[0])
    assert "The proposal is here." in text and "The grinder" in text and "Customers ask." in text
    line = json.dumps({"sayso_proposal": 1, "id": "66666666-6666-4666-8666-666666666666", "url": "https://blog.example/2", "title": "Two"})
    visitor.post("/proposals/take", message=f"Hello,\n\n> {line}\n\nbye")
    assert {each.title for each in companion.store.proposals()} == {"The grinder", "Two"}


@pytest.mark.parametrize("message", ["", "Just a mail.", '{"sayso_proposal": 1}', '{"sayso_proposal": 9, "id": "x"}', "x" * 70_000])
def test_what_is_no_proposal_is_refused_with_a_reason(companion: Companion, visitor: Visitor, message: str) -> None:
    reply = visitor.post("/proposals/take", message=message)
    assert reply.status_code == 422 and 'role="alert"' in reply.text
    assert companion.store.proposals() == []


def test_an_accepted_proposal_becomes_an_item_and_can_be_undone(companion: Companion, visitor: Visitor) -> None:
    send(visitor, "/proposals/take", file_of(PROPOSAL), "proposal.json")
    reply = visitor.post(f"/proposals/{PROPOSAL.id}", answer="accepted", note="Lovely.", category="employee")
    assert "is accepted and now an item." in visitor.text(reply.headers["Location"])
    (item,) = [item for item in companion.store.items() if item.url == PROPOSAL.url]
    kept = companion.store.proposal(PROPOSAL.id)
    assert item.category == "employee" and (kept.state, kept.note) == ("accepted", "Lovely.")
    visitor.post("/undo")
    assert companion.store.proposal(PROPOSAL.id).state == "sent"
    assert not [item for item in companion.store.items() if item.url == PROPOSAL.url]


def test_a_declined_proposal_makes_no_item(companion: Companion, visitor: Visitor) -> None:
    send(visitor, "/proposals/take", file_of(PROPOSAL), "proposal.json")
    count = len(companion.store.items())
    visitor.post(f"/proposals/{PROPOSAL.id}", answer="declined", note="We ran it in June.")
    assert companion.store.proposal(PROPOSAL.id).state == "declined" and len(companion.store.items()) == count
    assert "We ran it in June." in visitor.text("/proposals")
    assert visitor.post(f"/proposals/{PROPOSAL.id}", answer="ignored").status_code == 422


def test_undoing_an_answer_leaves_an_item_that_was_there_before(companion: Companion, visitor: Visitor) -> None:
    known = companion.store.items()[0]
    proposal = Proposal(PROPOSAL.id, known.url, "Again", own=False, state="sent")
    companion.store.put_proposal(proposal)
    assert "This page is an item already." in visitor.text("/proposals")
    visitor.post(f"/proposals/{PROPOSAL.id}", answer="accepted")
    visitor.post("/undo")
    assert companion.store.item(known.id) == known


# -- what is no page --

NOT_THERE = b"<!doctype html><title>Page not found | Northlight</title><h1>Page not found</h1><p>Go back to our home page."


@pytest.mark.parametrize(
    ("path", "words", "en_francais"),
    [("/gone", "says that there is no such page", "dit que cette page n’existe pas"), ("/picture.jpg", "is larger than 5 MB", "dépasse 5 Mo")],
)
def test_an_error_told_as_a_page_and_a_huge_picture_are_refused_in_the_readers_language(
    companion: Companion, visitor: Visitor, site: FeedSite, path: str, words: str, en_francais: str
) -> None:
    site.serve("/gone", NOT_THERE, content_type="text/html")
    site.stream("/picture.jpg", b"\xff\xd8" * 5_000, content_type="image/jpeg", content_length="80000000")
    before = len(companion.store.items())
    visitor.post("/sources/add", place=site.url(path), kind="page")
    text = settle(visitor)
    assert "It was not added." in text and words in text
    visitor.post("/sources/add", place=site.url(path), kind="page")
    cookie = visitor.client.get_cookie(COOKIE, domain="sayso.localhost")
    assert cookie and visitor.client.application.extensions[JOBS].of(cookie.value, "sources").over.wait(PATIENCE_S)
    assert en_francais in html.unescape(visitor.get("/sources", Accept_Language="fr").text)
    begun = visitor.post("/items/new", do="read", address=site.url(path))
    assert begun.status_code == 422 and words in html.unescape(begun.text) and site.url(path) in begun.text
    assert not added(companion) and len(companion.store.items()) == before
