"""Paging, search, counts and export of the history."""

import json
import uuid
from dataclasses import asdict, fields

import pytest

from server import paging
from server.shares.export import export
from server.shares.history import page
from server.shares.stats import stats
from server.store import Pairing, Preferences, Programme, Share, Source, Store

UNSET = json.loads(json.dumps(asdict(Preferences())))  # lists for tuples


def an_id(number):
    return str(uuid.UUID(int=number))


def a_share(number, **given):
    values = {"id": an_id(number), "text": f"Post {number}", "posted_at": f"2026-10-{number:02d}T09:00:00Z"}
    return Share(**values | given)


def numbers(shares):
    return [uuid.UUID(share.id).int for share in shares]


# Pages

def test_a_page_holds_the_newest_first_and_says_how_many_there_are():
    shares = [a_share(number) for number in (3, 1, 5, 2, 4)]
    given, total, cursor = page(shares, limit=2)
    assert (numbers(given), total) == ([5, 4], 5)
    given, total, cursor = page(shares, limit=2, cursor=cursor)
    assert (numbers(given), total) == ([3, 2], 5)
    given, total, cursor = page(shares, limit=2, cursor=cursor)
    assert (numbers(given), total, cursor) == ([1], 5, None)


def test_a_last_page_that_is_just_full_has_no_next_one():
    assert page([a_share(1), a_share(2)], limit=2)[2] is None
    assert page([]) == ([], 0, None)


def test_shares_added_or_deleted_between_two_pages_neither_repeat_nor_hide_one():
    shares = [a_share(number) for number in range(1, 9)]
    first, _, cursor = page(shares, limit=3)
    assert numbers(first) == [8, 7, 6]
    changed = [share for share in shares if uuid.UUID(share.id).int != 6] + [a_share(20), a_share(21)]
    assert numbers(page(changed, limit=3, cursor=cursor)[0]) == [5, 4, 3]


def test_shares_of_one_moment_are_each_given_once_over_pages():
    shares = [a_share(number, posted_at="2026-10-01T09:00:00Z") for number in range(1, 12)]
    seen, cursor = [], None
    while True:
        given, _, cursor = page(shares, limit=3, cursor=cursor)
        seen += numbers(given)
        if cursor is None:
            break
    assert sorted(seen) == list(range(1, 12)) and len(seen) == 11


def test_fractions_of_a_second_are_in_order():
    shares = [a_share(1, posted_at="2026-10-01T09:00:00Z"), a_share(2, posted_at="2026-10-01T09:00:00.900Z")]
    assert numbers(page(shares)[0]) == [2, 1]


@pytest.mark.parametrize("limit", [0, -1, 201])
def test_a_limit_out_of_bounds_is_refused(limit):
    with pytest.raises(ValueError, match="1 to 200"):
        page([], limit=limit)


@pytest.mark.parametrize("cursor", [
    "x", "é", "bm9uc2Vuc2U", "WzEsMl0", "W10", "eyJhIjoxfQ", "WyJhIiwiYiIsImMiXQ", "====", "a b"])
def test_a_cursor_that_was_not_given_out_is_refused(cursor):
    with pytest.raises(ValueError, match="cursor"):
        page([a_share(1)], cursor=cursor)


# Search

@pytest.mark.parametrize("q, found", [
    ("coffee", [1]), ("COFFEE", [1]), ("rosterei", [2]), ("RÖSTEREI", [2]), ("strasse", [2]),
    ("déjà", [3]), ("deja", [3]), ("deja vu", [3]), ("vu deja", [3]),
    ("deja coffee", []), ("cold brew", [1]), ("brew coffee", [1]), ("🚀", [3]),
    ("", [3, 2, 1]), ("   ", [3, 2, 1]), (None, [3, 2, 1]), (".*", []), ("ro\u0308st", [2]),
])
def test_search_finds_words_in_text_and_item_title_whatever_case_and_accents(q, found):
    shares = [
        a_share(1, text="Good Coffee", item_title="Cold Brew, two ways"),
        a_share(2, text="Unsere Rösterei, Lange Straße"),
        a_share(3, text="De\u0301ja\u0300 vu 🚀"),
    ]
    given, total, _ = page(shares, q)
    assert (numbers(given), total) == (found, len(found))


def test_search_goes_on_over_pages_and_counts_what_matches():
    shares = [a_share(number, text="even" if number % 2 == 0 else "odd") for number in range(1, 11)]
    given, total, cursor = page(shares, "even", limit=3)
    assert (numbers(given), total) == ([10, 8, 6], 5)
    assert (numbers(page(shares, "even", limit=3, cursor=cursor)[0])) == [4, 2]


def test_folded_texts_can_be_forgotten():
    page([a_share(1)], "post")
    assert paging.folded_once.cache_info().currsize > 0
    paging.forget()
    assert paging.folded_once.cache_info().currsize == 0


# Counts

def test_counts_of_an_empty_history_know_nothing_and_claim_nothing():
    assert stats([]) == {
        "from": None, "to": None, "posts": 0, "confirmed": 0, "unconfirmed": 0, "by_disclosure": {}, "by_week": [],
        "own_words": None,
        "readings": {"impressions": None, "reactions": None, "comments": None, "reposts": None, "clicks": None},
        "measures": {
            "reach": None, "activity": 0, "reactions": {"reactions": None, "comments": None, "reposts": None},
            "visits": None, "value": None,
        },
    }


def test_posts_are_counted_by_verdict_status_and_week():
    found = stats([
        a_share(4, disclosure="present"), a_share(5, disclosure="present", status="unconfirmed"),  # a Sunday, a Monday
        a_share(11, disclosure="missing"), a_share(12),
    ])
    assert (found["posts"], found["confirmed"], found["unconfirmed"]) == (4, 3, 1)
    assert found["by_disclosure"] == {"missing": 1, "present": 2, "unchecked": 1}
    assert found["by_week"] == [
        {"week": "2026-09-28", "posts": 1}, {"week": "2026-10-05", "posts": 2}, {"week": "2026-10-12", "posts": 1}]


def reading(day, **figures):
    return {"read_at": f"2026-10-{day:02d}T09:00:00Z", "where": "hand"} | figures


def test_sums_take_each_shares_latest_reading_and_never_a_missing_one_for_nought():
    found = stats([
        a_share(1, readings=(reading(9, impressions=90, reactions=0), reading(5, impressions=50, comments=3))),
        a_share(2, readings=(reading(3, impressions=7),)),
        a_share(3, readings=(reading(3, impressions=None, clicks="12"),)),
        a_share(4),
    ])["readings"]
    assert found == {
        "impressions": {"sum": 97, "shares": 2}, "reactions": {"sum": 0, "shares": 1},
        "comments": {"sum": 3, "shares": 1}, "reposts": None, "clicks": None}


def test_of_readings_of_one_moment_the_later_added_counts_and_one_without_a_time_last():
    untimed = ({"clicks": 9}, {"read_at": "x", "clicks": 8})
    share = a_share(1, readings=(reading(3, clicks=1), reading(3, clicks=2), *untimed))
    assert stats([share])["readings"]["clicks"] == {"sum": 2, "shares": 1}


def test_own_words_are_averaged_over_the_shares_that_have_the_measure():
    found = stats([a_share(1, own_words=0.0), a_share(2, own_words=0.5), a_share(3)])
    assert found["own_words"] == {"mean": 0.25, "shares": 2}


@pytest.mark.parametrize("from_, to, found", [
    ("2026-10-02", "2026-10-03", 2), ("2026-10-02", None, 3), (None, "2026-10-02", 2), ("2026-10-09", None, 0),
    ("2026-10-02T09:00:00Z", "2026-10-03T09:00:00Z", 1), ("2026-10-02T12:00:00+03:00", "2026-10-02T12:00:01+03:00", 1),
])
def test_days_are_whole_and_a_time_at_the_end_does_not_count(from_, to, found):
    result = stats([a_share(number) for number in (1, 2, 3, 4)], from_, to)
    assert (result["posts"], result["from"], result["to"]) == (found, from_, to)


@pytest.mark.parametrize("bound", ["yesterday", "2026-13-01", "2026-02-30", "2026-10-02T09:00:00", "", "9999-12-31"])
def test_a_bound_that_is_no_time_is_refused(bound):
    with pytest.raises(ValueError, match="wanted"):
        stats([], None, bound)


# Export

def test_an_export_holds_all_that_is_the_persons_and_no_secret():
    store = Store.in_memory()
    finding = {"rule": "hashtag-wall", "fixes": [{"label": "x"}]}
    store.add_share(a_share(1, findings=(finding,), urns=("urn:li:share:1",)))
    store.add_share(a_share(2))
    store.add_reading(an_id(1), reading(9, impressions=0))
    store.set_preferences(Preferences(takes_rewards=False, dismissed_rules=("a",)))
    store.add_pairing(Pairing(an_id(9), "ab" * 32, "Chromium", "2026-10-01T09:00:00Z"))
    store.put_source(Source(
        an_id(8), "feed", "https://cobaltfinch.example/feed.xml", "Blog", added_at="2026-10-01T09:00:00Z"))
    store.set_programme(Programme("name: Cobalt", "sample", "2026-10-01T09:00:00Z"))
    key = store.health_key()

    document = export(store)
    text = json.dumps(document)
    assert json.loads(text) == document
    assert (document["format"], document["version"]) == ("sayso-export", 1)
    assert [share["id"] for share in document["shares"]] == [an_id(2), an_id(1)]
    assert set(document["shares"][1]) == {field.name for field in fields(Share)}
    assert document["shares"][1]["findings"] == [finding]
    assert document["shares"][1]["readings"] == [reading(9, impressions=0)]
    assert document["preferences"] == {**UNSET, "takes_rewards": False, "dismissed_rules": ["a"]}
    assert document["proposals"] == []
    assert document["pairings"] == [{"client": "Chromium", "paired_at": "2026-10-01T09:00:00Z"}]
    assert document["programme"] == {"origin": "sample", "used_at": "2026-10-01T09:00:00Z"}
    assert document["sources"] == [{
        "kind": "feed", "url": "https://cobaltfinch.example/feed.xml", "title": "Blog", "category": "brand",
        "added_at": "2026-10-01T09:00:00Z"}]
    assert key not in text and "abab" not in text


def test_an_export_of_an_empty_store_has_every_key():
    document = export(Store.in_memory())
    assert document.pop("exported_at").endswith("Z")
    assert document == {
        "format": "sayso-export", "version": 1, "shares": [], "pairings": [], "programme": None, "sources": [],
        "proposals": [], "preferences": UNSET}
