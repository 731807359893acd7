"""Shares in the store, the same in memory and on files."""

import json
import sys
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from server.store import NotFound, ShareConflict

from .store_scene import a_share, an_id


@pytest.fixture
def store(opened):
    return opened[0]


def test_a_share_comes_back_as_it_was_given_with_its_times_set(store, again):
    share = a_share(
        text="Ad – I like it ☕\nÀ bientôt", status="unconfirmed", permalink="https://www.linkedin.com/feed/update/1",
        urns=("urn:li:share:1", "urn:li:activity:2"), item_id=an_id(7), item_title="Cold brew", variant_id="v1",
        own_words=0.25, lang="en", disclosure="present", findings=({"rule": "x", "fixes": [{"label": "y"}]},))
    assert store.add_share(share) is True
    kept = again().share(share.id)
    assert kept.logged_at == kept.updated_at != ""
    assert kept.logged_at.startswith("2026-10-21T09:30:00.") and kept.logged_at.endswith("Z")
    assert replace(kept, logged_at="", updated_at="") == share


def test_the_same_share_again_changes_nothing_and_another_text_is_refused(store, again):
    store.add_share(a_share())
    assert store.add_share(a_share(status="unconfirmed")) is False
    with pytest.raises(ShareConflict, match="another text"):
        store.add_share(a_share(text="Other"))
    assert [(share.text, share.status) for share in again().shares()] == [("Post 1", "confirmed")]


def test_shares_come_newest_first_whatever_the_fraction_of_a_second(store, again):
    times = ["2026-10-21T09:00:00Z", "2026-10-21T09:00:00.500Z", "2025-01-01T00:00:00Z", "2026-11-01T00:00:00Z"]
    for number, posted_at in enumerate(times, 1):
        store.add_share(a_share(number, posted_at=posted_at))
    for found in (store.shares(), again().shares()):
        assert [share.id for share in found] == [an_id(number) for number in (4, 2, 1, 3)]


@pytest.mark.parametrize("lone", ["\ud83d", "\udc00 then", "a\ud800\ud800"])
def test_a_lone_surrogate_is_replaced_and_the_share_still_known_again(store, again, lone):
    assert store.add_share(a_share(text=lone)) is True
    assert store.add_share(a_share(text=lone)) is False
    assert "\ufffd" in again().share(an_id(1)).text


def test_halves_of_a_surrogate_pair_are_joined(store, again):
    store.add_share(a_share(text="\ud83d\ude80"))
    assert again().share(an_id(1)).text == "🚀"


@pytest.mark.parametrize("fields, said", [
    ({"id": "../../etc/passwd"}, "UUID"), ({"id": an_id(1).upper() + "0"}, "UUID"), ({"id": ""}, "UUID"),
    ({"posted_at": "../../2026-10"}, "time"), ({"posted_at": "2026-10-21T09:00:00"}, "zone"),
    ({"posted_at": ""}, "time"),
    ({"posted_at": "0000-10-21T09:00:00Z"}, "time"), ({"posted_at": "9999-12-31T23:59:59-10:00"}, "time"),
    ({"updated_at": "soon"}, "time"), ({"logged_at": "soon"}, "time"),
    ({"status": "posted"}, "confirmed"), ({"own_words": "much"}, "float"), ({"text": 5}, "str"),
    ({"findings": ({"n": 2**70},)}, "stored"), ({"urns": (1,)}, "str"),
])
def test_a_share_that_cannot_be_kept_is_refused_and_leaves_nothing(store, again, fields, said):
    with pytest.raises(ValueError, match=said):
        store.add_share(a_share(**fields))
    assert again().shares() == []


def test_a_share_nested_without_end_is_refused(store):
    nested = {}
    for _ in range(2000):
        nested = {"n": nested}
    with pytest.raises(ValueError, match="cannot be stored"):
        store.add_share(a_share(findings=(nested,)))


def test_the_time_of_another_zone_becomes_utc_and_names_the_month(store, again):
    store.add_share(a_share(posted_at="2026-11-01T00:30:00+02:00"))
    assert again().share(an_id(1)).posted_at == "2026-10-31T22:30:00Z"


def test_a_changed_share_is_kept_and_its_time_grows_though_the_clock_is_set_back(store, again, clock):
    store.add_share(a_share(status="unconfirmed"))
    before = store.share(an_id(1))
    clock.now -= timedelta(days=400)
    after = store.update_share(an_id(1), status="confirmed", permalink="https://www.linkedin.com/feed/update/1")
    assert (after.status, after.logged_at) == ("confirmed", before.logged_at)
    assert after.updated_at > before.updated_at
    assert again().share(an_id(1)) == after


@pytest.mark.parametrize("changes", [
    {"id": an_id(9)}, {"logged_at": "x"}, {"nonsense": 1}, {"status": "gone"}, {"text": None}])
def test_a_change_that_is_not_the_callers_to_make_is_refused(store, changes):
    store.add_share(a_share())
    kept = store.share(an_id(1))
    with pytest.raises(ValueError):
        store.update_share(an_id(1), **changes)
    assert store.shares() == [kept]


def test_a_share_whose_month_changes_moves_and_is_there_once(store, again):
    store.add_share(a_share(1))
    store.add_share(a_share(2))
    store.update_share(an_id(1), posted_at="2025-02-03T00:00:00Z", text="Corrected")
    found = again().shares()
    assert [(share.id, share.text) for share in found] == [(an_id(2), "Post 2"), (an_id(1), "Corrected")]
    store = again()
    store.delete_share(an_id(1))
    assert [share.id for share in again().shares()] == [an_id(2)]


def test_a_deleted_share_is_given_back_and_can_be_logged_again_as_it_was(store, again):
    store.add_share(a_share())
    deleted = store.delete_share(an_id(1))
    assert again().shares() == []
    assert again().add_share(deleted) is True
    assert again().share(an_id(1)) == deleted


def test_readings_add_up_and_the_very_same_one_is_not_added_twice(store, again):
    store.add_share(a_share())
    first = {"read_at": "2026-10-22T09:00:00Z", "where": "hand", "impressions": 12, "clicks": 0}
    other = first | {"impressions": 11}
    for reading in (first, first, other):
        store.add_reading(an_id(1), reading)
    assert again().share(an_id(1)).readings == (first, other)


def test_rows_with_the_same_keys_take_less_memory_and_are_plain_dicts(store, again):
    reading = {"read_at": "2026-10-22T09:00:00Z", "where": "hand", "impressions": 12, "clicks": 0}
    receipt = {"made_at": "2026-10-21T09:00:00Z", "findings": ["x"], "salt": "00", "an odd key": [1]}
    for number in range(1, 9):
        store.add_share(a_share(number, readings=(reading,), receipts=(receipt,)))
    shares = again().shares()
    assert all(share.readings == (reading,) and share.receipts == (receipt,) for share in shares)
    assert type(shares[0].readings[0]) is dict and json.dumps(shares[0].receipts[0]) == json.dumps(receipt)
    assert sys.getsizeof(shares[0].readings[0]) < sys.getsizeof(dict(**reading))


def test_the_very_reading_that_is_given_is_taken_out_and_none_that_is_not_there(store, again):
    store.add_share(a_share())
    first = {"read_at": "2026-10-22T09:00:00Z", "where": "hand", "impressions": 12}
    other = first | {"impressions": 11}
    for reading in (first, other):
        store.add_reading(an_id(1), reading)
    store.remove_reading(an_id(1), first)
    with pytest.raises(NotFound, match="this reading"):
        store.remove_reading(an_id(1), first)
    assert again().share(an_id(1)).readings == (other,)


def test_shares_logged_by_eight_threads_at_once_are_all_kept(store, again):
    failed = []

    def log(thread):
        try:
            for number in range(40):
                posted_at = f"2026-0{1 + number % 3}-10T09:00:00Z"
                assert store.add_share(a_share(1 + thread * 40 + number, posted_at=posted_at))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=log, args=(thread,)) for thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert {share.id for share in again().shares()} == {an_id(number) for number in range(1, 321)}
