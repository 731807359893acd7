"""Figures people shared: cards made by one companion, read by another's page, and everything else that people choose."""

from __future__ import annotations

import base64
import html
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from server.api.wire import BODY_LIMIT
from server.companion import Companion
from server.shares.cards import MOST_BYTES

from .conftest import snapshot
from .pages import ITEM, OTHER, PAGES, READ, SHARE, TEXT, Visitor, come_in, log_share

PLAIN = {"format": "sayso-card", "version": 1, "from": "2026-03-01", "to": "2026-03-31"}


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return come_in(app)


def hand_over(visitor: Visitor, *files: tuple[str, bytes], language: str = "en", **form: str) -> TestResponse:
    form = {"form_token": visitor.token(), **form}
    reply = visitor.client.post(
        "/figures", base_url=PAGES, headers={"Origin": PAGES, "Accept-Language": language},
        data={**form, "file": [(io.BytesIO(data), name) for name, data in files]},
    )
    reply.request.environ["wsgi.input"].close()  # the client's own copy of the form, on the disk where it is large
    return reply


def card(**parts: Any) -> bytes:
    return json.dumps({**PLAIN, **parts}).encode()


def said(reply: TestResponse) -> str:
    return " ".join(BeautifulSoup(reply.text, "html.parser").select_one("main").get_text(" ").split())


def rows(reply: TestResponse) -> dict[str, list[str]]:
    """Each row of the page's tables by its heading."""
    return {
        " ".join(row.th.get_text(" ").split()): [" ".join(cell.get_text(" ").split()) for cell in row.find_all("td")]
        for row in BeautifulSoup(reply.text, "html.parser").select("tbody tr")
    }


def table(reply: TestResponse) -> str:
    link = BeautifulSoup(reply.text, "html.parser").select_one("a[download]")
    return base64.b64decode(link["href"].partition("base64,")[2]).decode("utf-8-sig")


def test_a_card_as_the_history_makes_it_is_read_and_nothing_is_kept(companion: Companion, visitor: Visitor) -> None:
    companion.prefer(lambda now: replace(now, value={"method": "clicks", "currency": "EUR", "cpc": "2.50", "source": "ours"}))
    log_share(companion, item_id=ITEM, readings=(READ,))
    log_share(companion, "=SUM(A1)", id=OTHER, item_id=SHARE)
    query = "first=2026-03-01&last=2026-03-31&part=activity&part=readings&part=items&part=value&text=" + SHARE
    made = visitor.get(f"/history/card.json?{query}").data
    before = snapshot(companion)
    reply = hand_over(visitor, ("jane-doe.json", made), ("second.json", card(readings={"clicks": {"sum": 0, "shares": 2}})))
    text, found = said(reply), rows(reply)
    assert reply.status_code == 200 and "2 cards read." in text and "Read here and forgotten." in text
    assert found["Posts"] == ["2", "from 1 of 2 cards"] and found["Clicks"] == ["12", "from each card, read for 3 posts"]
    assert found["Impressions"] == ["1,200", "from 1 of 2 cards, read for 1 post"] and found["Comments"] == ["–", "in no card"]
    title = companion.item(ITEM).title
    assert found["Value"] == ["€30.00", "€15.00 to €45.00, from 1 of 2 cards, for 1 of 2 posts"]
    assert found[title] == ["1", "1"] and found["One item that this programme doesn’t know"] == ["1", ""]
    assert "Cards bear no names" in text and "One card also holds posts in full." in text
    assert TEXT not in text and "jane-doe" not in text
    assert f"item,,,{ITEM},{title},posts,1" in table(reply) and TEXT not in table(reply)
    assert snapshot(companion) == before and "jane-doe" not in visitor.text("/figures")


def test_every_file_that_does_not_count_is_named_with_what_to_do_and_the_rest_count(visitor: Visitor) -> None:
    good = card(activity={"posts": 3, "by_week": [{"week": "2026-03-02", "posts": 3}]})
    reply = hand_over(
        visitor, ("cards/a.json", good), ("again.json", json.dumps(json.loads(good), indent=3).encode()), ("photo.jpg", b"\xff\xd8\xff\xe0"),
        ("half.json", good[:-9]), ("newer.json", card(version=2)), ("edited.json", card(activity={"posts": "many", "by_week": []})),
        ("history.json", b'{"format": "sayso-export"}'), ("other.json", b"[]"), ("empty.json", b""), ("huge.json", b"{" + b" " * MOST_BYTES),
        ("<b>.json", b"{}"), ("b.json", card()),
    )
    assert reply.status_code == 200 and rows(reply)["Posts"] == ["3", "from 1 of 2 cards"]
    named = {each.b.get_text(): each.get_text() for each in BeautifulSoup(reply.text, "html.parser").select(".notices li")}
    for name, told in {
        "again.json": "The same as a.json", "photo.jpg": "no card but some other kind", "half.json": "breaks off", "newer.json": "Update this one",
        "edited.json": "activity", "history.json": "Delete it", "other.json": "no sharing card", "empty.json": "empty", "huge.json": "1 MB",
        "<b>.json": "no sharing card",
    }.items():
        assert told in named.pop(name)
    assert not named and "2 cards read. 10 are not counted." in said(reply)


def test_cards_that_are_alike_count_as_often_as_one_wants(visitor: Visitor) -> None:
    one = card(activity={"posts": 1, "by_week": [{"week": "2026-03-02", "posts": 1}]})
    assert rows(hand_over(visitor, ("a.json", one), ("b.json", one)))["Posts"] == ["1", "from each card"]
    assert rows(hand_over(visitor, ("a.json", one), ("b.json", one), alike="yes"))["Posts"] == ["2", "from each card"]


def test_a_card_in_a_pasted_mail_is_read(visitor: Visitor) -> None:
    mail = f"Hello,\r\n\r\n> {card(readings={'clicks': {'sum': 4, 'shares': 1}}).decode()}\r\n"
    assert rows(hand_over(visitor, message=mail))["Clicks"][0] == "4"
    reply = hand_over(visitor, message="Hello, the card is attached.")
    assert reply.status_code == 422 and "There is no card in it." in html.unescape(reply.text)


def test_nothing_chosen_says_what_to_do(visitor: Visitor) -> None:
    reply = hand_over(visitor)
    assert reply.status_code == 422 and "Choose files first" in reply.text and "autofocus" in reply.text
    assert hand_over(visitor, ("none.json", b"")).status_code == 422
    assert hand_over(visitor, ("odd.json", card(items=[{"item_id": "\udfff", "posts": 1}], topics={"\ud800": 1}))).status_code == 200


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_five_hundred_cards_over_2_mb_count_in_every_language(visitor: Visitor, language: str) -> None:
    text = "A post in full. " * 300
    cards = [
        (f"{n}.json", card(readings={"impressions": {"sum": n, "shares": 1}}, texts=[{"posted_at": "2026-03-04", "text": text, "permalink": None}]))
        for n in range(1, 501)
    ]
    assert sum(len(data) for _, data in cards) > BODY_LIMIT
    reply = hand_over(visitor, *cards, language=language)
    assert reply.status_code == 200 and any(cells[0] in ("125,250", "125 250", "125.250") for cells in rows(reply).values())


def test_the_board_links_to_the_page(visitor: Visitor) -> None:
    assert 'href="/figures">Figures people shared</a>' in visitor.text("/feed")
