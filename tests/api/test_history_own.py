"""What is the person's to decide about their history: what is kept, exports, the sharing card, erasing."""

from __future__ import annotations

import html
import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from server.companion import Companion

from .pages import OTHER, READ, SHARE, TEXT, Visitor, come_in, log_share


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return come_in(app)


def test_what_is_kept_is_set_and_old_texts_go(companion: Companion, visitor: Visitor) -> None:
    log_share(companion)
    reply = visitor.post("/history/own", keep_days="30", log_all="yes")
    assert "Saved." in visitor.text(reply.headers["Location"])
    kept = companion.store.preferences()
    assert (kept.keep_text, kept.keep_days, kept.log_all) == (False, 30, True)
    assert companion.store.share(SHARE).text == ""
    assert "The text isn’t kept" in visitor.text("/history")
    visitor.post("/history/own", keep_text="yes", keep_days="")
    assert companion.store.preferences().keep_days is None


@pytest.mark.parametrize("days", ["0", "-1", "soon", "36501", "1.5", "٣"])
def test_days_that_are_none_change_nothing(companion: Companion, visitor: Visitor, days: str) -> None:
    log_share(companion)
    reply = visitor.post("/history/own", keep_days=days)
    assert reply.status_code == 422 and "A whole number from 1 to 36,500" in reply.text
    assert companion.store.preferences().keep_text and companion.store.share(SHARE).text == TEXT


def test_exports_are_files(companion: Companion, visitor: Visitor) -> None:
    log_share(companion, "=1+1")
    for path, kind, holds in (("export.json", "application/json", '"=1+1"'), ("export.csv", "text/csv", "'=1+1")):
        reply = visitor.get(f"/history/{path}")
        assert reply.mimetype == kind and holds in reply.text
        assert re.fullmatch(r'attachment; filename="sayso-\d{4}-\d\d-\d\d\.(json|csv)"', reply.headers["Content-Disposition"])


def shown_card(text: str) -> Any:
    return json.loads(html.unescape(text.partition("<pre")[2].partition(">")[2].partition("</pre>")[0]))


def test_the_card_is_empty_until_something_is_chosen_and_goes_as_it_is_shown(companion: Companion, visitor: Visitor) -> None:
    log_share(companion, topics=("Craft",), readings=(READ,))
    log_share(companion, "My garden", id=OTHER, about_work=False)
    days = "first=2026-03-01&last=2026-03-31"
    reply = visitor.get(f"/history/card?{days}").text
    assert shown_card(reply).keys() == {"format", "version", "from", "to"}
    query = f"{days}&part=activity&part=readings&text={SHARE}&text={OTHER}&part=nonsense"
    page = visitor.get(f"/history/card?{query}").text
    file = visitor.get("/history/card.json?" + query)
    assert shown_card(page) == json.loads(file.data)
    assert shown_card(page)["activity"]["posts"] == 1 and TEXT in file.text and "My garden" not in file.text
    told = BeautifulSoup(page, "html.parser").select_one(".told")
    assert told and told.select_one(".words").get_text() == TEXT and "My garden" not in told.get_text()
    said = [" ".join(row.get_text(" ").split()) for row in told.select("dl > div")]
    assert re.fullmatch(r"Week of 2 March( \d{4})? 1 post", said[0])
    assert said[1] == f"impressions {READ['impressions']:,} read for 1 post"
    link = html.unescape(re.search(r'href="(/history/card\.json[^"]+)"', page)[1])
    assert visitor.get(link).data == file.data
    assert 'href="mailto:stories@cobaltfinch.example?subject=' in page


def test_days_of_a_card_that_are_none_are_the_last_four_weeks(visitor: Visitor) -> None:
    card = shown_card(visitor.get("/history/card?first=soon&last=").text)
    assert datetime.fromisoformat(card["to"]) - datetime.fromisoformat(card["from"]) == timedelta(days=27)


def test_erasing_asks_says_what_and_says_when_it_is_done(companion: Companion, visitor: Visitor) -> None:
    log_share(companion, readings=(READ,))
    assert "1 share with its text and receipts" in visitor.text("/history/own")
    reply = visitor.post("/history/erase")
    assert reply.status_code == 422 and "Tick the box first" in reply.text and companion.store.shares()
    reply = visitor.post("/history/erase", sure="erase")
    text = html.unescape(reply.text)
    assert reply.status_code == 200 and "Everything is erased" in text and "1 share with its text" in text and "1 reading" in text
    assert not companion.store.shares() and not companion.store.items()
    assert visitor.get("/history").status_code == 401
