"""The history's own pages: each in the reader's language, the list with its weeks, what it was worth."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from server import clock
from server.companion import Companion
from server.shares.weeks import monday, weeks
from server.store import Share
from server.web.frame import CSP, CSP_THAT_ASKS

from .pages import LANGUAGES, OTHER, READ, SHARE, TEXT, Visitor, come_in, log_share

PATHS = (f"/history/{SHARE}", "/history/worth", "/history/imports", "/history/own", "/history/card")
PRICES = {"method": "clicks", "currency": "EUR", "cpc": "1.20", "low": "0.5", "high": "1.5", "source": "Ours"}


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return come_in(app)


def ago(**gone: float) -> str:
    return clock.stamp(clock.now() - timedelta(**gone))


# -- every page --


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_speaks_the_readers_language(companion: Companion, visitor: Visitor, path: str, language: str) -> None:
    log_share(companion, readings=(READ,), disclosure="present", findings=({"rule": "x", "level": "warning", "category": "copyright"},))
    reply = visitor.get(path, Accept_Language=language)
    assert reply.status_code == 200 and f'<html lang="{language}">' in reply.text
    assert re.findall(r'<a href="([^"]+)" aria-current="true">', reply.text) == ["/history"]
    assert reply.text.count("<h1") == 1 and " style=" not in reply.text
    assert reply.headers["Content-Security-Policy"] == (CSP_THAT_ASKS if path == "/history/imports" else CSP)


@pytest.mark.parametrize("path", [*PATHS, "/history/export.json", "/history/export.csv", f"/history/{SHARE}/receipt", "/history/card.json"])
def test_nothing_is_shown_without_a_visit(app: Flask, companion: Companion, path: str) -> None:
    log_share(companion)
    reply = Visitor(app.test_client()).get(path)
    assert reply.status_code == 401 and TEXT not in reply.text


# -- the list --


def test_filters_narrow_and_unknown_ones_count_for_nothing(companion: Companion, visitor: Visitor) -> None:
    log_share(companion, disclosure="missing", topics=("Craft",))
    log_share(companion, "My garden", id=OTHER, status="unconfirmed", about_work=False, topics=("Home",))
    for query, there, away in (
        ("disclosure=missing", TEXT, "My garden"), ("topic=craft", TEXT, "My garden"), ("about=company", TEXT, "My garden"),
        ("status=unconfirmed", "My garden", TEXT), ("about=other", "My garden", TEXT),
    ):
        listed = visitor.text(f"/history?{query}").partition('id="shares"')[2]
        assert there in listed and away not in listed and "1 share fits." in listed, query
    assert "2 shares fit." in visitor.text("/history?status=nonsense")
    assert "No share fits." in visitor.text("/history?topic=nonsense")


def test_the_weeks_are_drawn_and_told_in_a_table(companion: Companion, visitor: Visitor) -> None:
    posted = ago(days=7)
    log_share(companion, posted_at=posted, readings=({**READ, "read_at": ago(days=1), "where": "hand"},))
    log_share(companion, "Unread", id=OTHER, posted_at=ago(days=14))
    text = visitor.text("/history")
    row = re.search(r"<tr><th scope=\"row\">[^<]+</th><td>1</td><td>1,200</td><td>40</td>.*?</tr>", text, re.S)
    assert row and "by hand" in row[0]
    # The week of the post nobody read is a gap, not a zero.
    assert len(re.findall(r'class="ring" r="3.6"', text.partition('class="keys"')[0].partition('role="img"')[2])) == 1
    found = weeks(companion.store.shares(), 4)
    assert [week.figures["impressions"] for week in found if week.posts] == [None, 1200]


def test_weeks_begin_on_monday_here_and_hold_what_is_known() -> None:
    last = monday(datetime(2026, 11, 18, 12, tzinfo=UTC))
    noon = datetime(2026, 11, 9, 12, tzinfo=UTC)
    share = Share(SHARE, TEXT, clock.stamp(noon), readings=(
        {"read_at": "2026-11-10T10:00:00Z", "where": "page", "impressions": 0},
        {"read_at": "2026-11-11T10:00:00Z", "where": "import", "reactions": 3},
    ))
    found = weeks([share], 3, last)
    assert [(str(week.start), week.posts) for week in found] == [("2026-11-02", 0), ("2026-11-09", 1), ("2026-11-16", 0)]
    assert found[1].figures == {"impressions": 0, "reactions": 3, "comments": None, "reposts": None, "clicks": None}
    assert (found[1].read, found[1].where) == (1, "page")


def test_this_week_says_how_many_more_fit_the_programme(companion: Companion, visitor: Visitor) -> None:
    assert companion.policy.cadence_per_week == 3
    log_share(companion, posted_at=clock.stamp())
    text = visitor.text("/history")
    assert "1 post. 2 more fit the programme." in re.sub(r"\s+", " ", text) and 'class="beat" width="36"' in text


def test_a_week_of_more_posts_than_a_row_of_dots_can_show_is_told_in_words(companion: Companion, visitor: Visitor) -> None:
    for number in range(11):
        log_share(companion, id=f"6f1d2c9a-6f0e-4b58-9a57-0000000000{number:02}", posted_at=clock.stamp())
    text = visitor.text("/history")
    assert "11 posts. That is a good measure for a week." in re.sub(r"\s+", " ", text) and 'class="beat"' not in text


def test_several_that_are_not_settled_are_asked_about_together(companion: Companion, visitor: Visitor) -> None:
    log_share(companion, status="unconfirmed")
    assert "Did this one go out?" in visitor.text("/history")
    log_share(companion, "Another", id=OTHER, status="unconfirmed")
    assert "Did these go out?" in visitor.text("/history") and "Did this one go out?" in visitor.text(f"/history/{OTHER}")


@pytest.mark.parametrize(("live", "said"), [("yes", "The share is in your history"), ("no", "taken out of your history")])
def test_an_unconfirmed_share_is_settled(companion: Companion, visitor: Visitor, live: str, said: str) -> None:
    log_share(companion, status="unconfirmed")
    assert "Did this one go out?" in visitor.text("/history")
    reply = visitor.post(f"/history/{SHARE}/settle", live=live)
    text = visitor.text(reply.headers["Location"])
    assert said in text and "Did this one go out?" not in text
    assert [share.status for share in companion.store.shares()] == (["confirmed"] if live == "yes" else [])
    if live == "no":
        visitor.post("/history/undo")
        assert companion.store.share(SHARE).status == "unconfirmed"


# -- what it was worth --


def test_the_five_measures_give_no_figure_where_nothing_was_read(companion: Companion, visitor: Visitor) -> None:
    log_share(companion, posted_at=ago(hours=2))
    five = visitor.text("/history").partition('class="five"')[2].partition("</dl>")[0]
    assert five.count("nothing read yet") == 3 and five.count(">–<") == 4
    assert "No post has all it takes: impressions" in five


def test_the_value_is_a_band_with_how_many_it_is_of(companion: Companion, visitor: Visitor) -> None:
    visitor.post("/history/worth", **PRICES)
    log_share(companion, posted_at=ago(hours=2), readings=({**READ, "read_at": ago(hours=1)},))
    log_share(companion, "Unread", id=OTHER, posted_at=ago(hours=1))
    five = visitor.text("/history").partition('class="five"')[2].partition("</dl>")[0]
    assert "€7.20 to €21.60" in five and "for 1 of 2." in five and "impressions, read for 1 of 2" in five
    text = visitor.text("/history/worth")
    assert "clicks × CPC" in text and "€1.20" in text and "Ours" in text


def test_own_prices_come_before_the_programmes_and_can_be_dropped(companion: Companion, visitor: Visitor) -> None:
    theirs = companion.value_inputs()
    reply = visitor.post("/history/worth", **{**PRICES, "cpc": "1,20", "currency": "eur", "low": "0,7"})
    assert "Your prices are in use." in visitor.text(reply.headers["Location"])
    mine = companion.value_inputs()
    assert mine and (str(mine.cpc), mine.currency, str(mine.low)) == ("1.20", "EUR", "0.7")
    visitor.post("/history/worth", do="drop")
    assert companion.value_inputs() == theirs


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"cpc": ""}, "the price of a click"), ({"cpc": "dear"}, "the price of a click"), ({"currency": "Euro"}, "Three capitals"),
        ({"low": "2"}, "has to hold 1"), ({"method": "guess"}, "Choose how it is reckoned"), ({"cpc": "1.234,50"}, "the price of a click"),
    ],
)
def test_prices_that_do_not_fit_are_named(companion: Companion, visitor: Visitor, changes: dict[str, str], says: str) -> None:
    reply = visitor.post("/history/worth", **{**PRICES, **changes})
    assert reply.status_code == 422 and says in html.unescape(reply.text) and 'value="Ours"' in reply.text
    assert companion.store.preferences().value == {}
