"""What the store does, the same in memory and on files."""

import threading
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from server.store import (
    Item, ItemChanged, NotFound, Pairing, Preferences, Programme, Share, ShareConflict, Source, Store, StoreError, Variant, as_utc,
)


class FakeClock:
    """A clock that the test sets; each look moves it by a millisecond."""

    def __init__(self):
        self.now = datetime(2026, 10, 21, 9, 30, tzinfo=UTC)

    def __call__(self):
        self.now += timedelta(milliseconds=1)
        return self.now


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture(params=["memory", "file"])
def opened(request, tmp_path, clock):
    """(store, again): `again` closes a store on files and opens it anew, and leaves one in memory as it is."""
    store = Store.in_memory(clock=clock) if request.param == "memory" else Store.open(tmp_path / "data", clock=clock)
    held = [store]

    def again():
        if request.param == "file":
            held[0].close()
            held[0] = Store.open(tmp_path / "data", clock=clock)
        return held[0]

    yield store, again
    assert held[0].notices == []
    held[0].close()


@pytest.fixture
def store(opened):
    return opened[0]


@pytest.fixture
def again(opened):
    return opened[1]


def an_id(number):
    return str(uuid.UUID(int=number))


def a_share(number=1, **fields):
    values = {"id": an_id(number), "text": f"Post {number}", "posted_at": "2026-10-21T09:00:00Z"} | fields
    return Share(**values)


def a_source(number=1, **fields):
    return Source(**{"id": an_id(number), "kind": "feed", "url": f"https://cobaltfinch.example/{number}.xml"} | fields)


def an_item(number, source=1, **fields):
    values = {"id": an_id(number), "source_id": an_id(source), "title": f"Item {number}",
              "url": f"https://cobaltfinch.example/{number}"}
    return Item(**values | fields)


# Shares

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


@pytest.mark.parametrize("call", [
    lambda store: store.share(an_id(5)), lambda store: store.update_share(an_id(5), text="x"),
    lambda store: store.delete_share(an_id(5)), lambda store: store.add_reading(an_id(5), {}),
    lambda store: store.remove_reading(an_id(5), {}),
    lambda store: store.item(an_id(5)), lambda store: store.update_item(an_id(5), title="x"),
    lambda store: store.delete_item(an_id(5)), lambda store: store.source(an_id(5)),
    lambda store: store.remove_source(an_id(5)), lambda store: store.put_items(an_id(5), []),
    lambda store: store.remove_pairing(an_id(5)),
])
def test_what_is_not_there_is_said_to_be_missing(store, call):
    with pytest.raises(NotFound, match=an_id(5)):
        call(store)


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


# Sources and items

def test_sources_come_back_with_their_items_counted(store, again):
    store.put_source(a_source(1, title="Blog", left_out=("an entry without a link",), items=99))
    store.put_source(a_source(2))
    store.put_items(an_id(1), [an_item(10), an_item(11)])
    first, second = again().sources()
    assert (first.title, first.left_out, first.items) == ("Blog", ("an entry without a link",), 2)
    assert (second.id, second.items, second.added_at[:10]) == (an_id(2), 0, "2026-10-21")


def test_a_source_that_is_put_again_keeps_the_time_it_was_added(store, again):
    added_at = store.put_source(a_source(1)).added_at
    store.put_source(a_source(1, title="New", added_at="2030-01-01T00:00:00Z"))
    assert (again().source(an_id(1)).title, again().source(an_id(1)).added_at) == ("New", added_at)


@pytest.mark.parametrize("id", [
    "../outside", "a/b", "", an_id(1) + "\n", an_id(0xABC).upper(), "..", an_id(1).replace("-", "")])
def test_a_source_id_that_is_no_uuid_is_refused(store, again, id):
    with pytest.raises(ValueError, match="UUID"):
        store.put_source(a_source(1, id=id))
    assert again().sources() == []


def test_items_are_replaced_by_id_counted_and_keep_the_time_they_were_added(store, again, clock):
    store.put_source(a_source(1))
    variant = Variant("v", "I like this", "en", "first_person")
    assert store.put_items(an_id(1), [an_item(1, variants=(variant,), topics=("coffee",)), an_item(2)]) == (2, 0)
    before = store.item(an_id(1))
    assert store.put_items(an_id(1), [an_item(1, title="Better"), an_item(2), an_item(3)]) == (1, 1)
    after = again().item(an_id(1))
    assert (after.title, after.added_at) == ("Better", before.added_at)
    assert after.updated_at > before.updated_at
    assert before.variants == (variant,)
    assert [item.id for item in again().items()] == [an_id(1), an_id(2), an_id(3)]


def test_items_that_are_not_in_the_list_stay_and_those_as_before_are_not_touched(store, again):
    store.put_source(a_source(1))
    store.put_items(an_id(1), [an_item(1), an_item(2)])
    before = store.items()
    assert store.put_items(an_id(1), [an_item(2)]) == (0, 0)
    assert again().items() == before


def test_the_last_of_two_items_with_one_id_wins(store, again):
    store.put_source(a_source(1))
    assert store.put_items(an_id(1), [an_item(1, title="First"), an_item(1, title="Last")]) == (1, 0)
    assert [item.title for item in again().items()] == ["Last"]


def test_an_item_that_another_source_brings_moves_there(store, again):
    store.put_source(a_source(1))
    store.put_source(a_source(2))
    store.put_items(an_id(1), [an_item(10), an_item(11)])
    store.put_items(an_id(2), [an_item(10, source=2)])
    assert {item.id: item.source_id for item in again().items()} == {an_id(10): an_id(2), an_id(11): an_id(1)}


def test_an_item_can_be_changed_but_not_moved_by_hand(store, again):
    store.put_source(a_source(1))
    store.put_items(an_id(1), [an_item(1)])
    store.update_item(an_id(1), title="By hand", expires_at="2027-01-01T00:00:00Z")
    assert (again().item(an_id(1)).title, again().item(an_id(1)).expires_at) == ("By hand", "2027-01-01T00:00:00Z")
    with pytest.raises(ValueError, match="source_id"):
        again().update_item(an_id(1), source_id=an_id(2))


def test_an_item_that_is_not_as_it_was_seen_stays_and_is_shown_as_it_is(store, again):
    store.put_source(a_source(1))
    store.put_items(an_id(1), [an_item(1)])
    seen = store.item(an_id(1)).updated_at
    assert store.revise_item(an_id(1), seen, lambda item: {}) == store.item(an_id(1))
    first = store.revise_item(an_id(1), seen, lambda item: {"title": f"{item.title}, revised"})
    with pytest.raises(ItemChanged) as told:
        store.revise_item(an_id(1), seen, lambda item: {"title": "Lost"})
    assert told.value.item == first == again().item(an_id(1)) and first.title == "Item 1, revised"


def test_an_item_that_many_revise_at_once_has_what_each_of_them_did(store, again):
    store.put_source(a_source(1))
    store.put_items(an_id(1), [an_item(1)])
    ready = threading.Barrier(8)

    def revise(number):
        ready.wait()
        store.revise_item(an_id(1), None, lambda item: {"topics": (*item.topics, str(number))})

    threads = [threading.Thread(target=revise, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(again().item(an_id(1)).topics) == [str(number) for number in range(8)]


def test_a_deleted_item_is_gone_and_a_removed_source_takes_its_items_along(store, again):
    store.put_source(a_source(1))
    store.put_source(a_source(2))
    store.put_items(an_id(1), [an_item(10), an_item(11)])
    store.put_items(an_id(2), [an_item(20, source=2)])
    assert store.delete_item(an_id(10)).title == "Item 10"
    assert [item.id for item in again().items()] == [an_id(11), an_id(20)]
    again().remove_source(an_id(1))
    assert [item.id for item in again().items()] == [an_id(20)]
    assert [source.id for source in again().sources()] == [an_id(2)]
    with pytest.raises(NotFound):
        again().item(an_id(11))


# The person

def test_preferences_are_the_defaults_until_set(store, again):
    assert store.preferences() == Preferences()
    store.set_preferences(Preferences(takes_rewards=False, dismissed_rules=("hashtag-wall",)))
    assert again().preferences() == Preferences(takes_rewards=False, dismissed_rules=("hashtag-wall",))


def test_pairings_are_kept_and_removed(store, again):
    first, second = (Pairing(an_id(number), "ab" * 32, "Chromium", "2026-10-21T09:00:00Z") for number in (1, 2))
    store.add_pairing(first)
    store.add_pairing(second)
    assert again().pairings() == [first, second]
    again().remove_pairing(first.id)
    assert again().pairings() == [second]


def test_the_health_key_is_made_once(store, again):
    key = store.health_key()
    assert len(bytes.fromhex(key)) == 32
    assert again().health_key() == key
    assert Store.in_memory().health_key() != key


def test_the_programme_in_force_is_the_last_that_was_set(store, again):
    assert store.programme() is None
    store.set_programme(Programme("name: One", "one.yaml", ""))
    store.set_programme(Programme("name: Two", "two.yaml", "2026-10-21T09:00:00Z"))
    assert again().programme() == Programme("name: Two", "two.yaml", "2026-10-21T09:00:00Z")


def test_after_erase_the_store_is_empty_usable_and_has_another_key(store, again):
    store.put_source(a_source(1))
    store.put_items(an_id(1), [an_item(1)])
    store.add_share(a_share())
    store.set_preferences(Preferences(takes_rewards=False))
    store.add_pairing(Pairing(an_id(1), "ab" * 32, "Chromium", ""))
    store.set_programme(Programme("name: One", "one.yaml", ""))
    key = store.health_key()
    store.erase()
    for current in (lambda: store, again):
        store = current()
        assert (store.sources(), store.items(), store.shares(), store.pairings()) == ([], (), [], [])
        assert (store.programme(), store.preferences()) == (None, Preferences())
    assert store.health_key() != key
    assert store.add_share(a_share(text="After")) is True
    assert [share.text for share in again().shares()] == ["After"]


def test_lists_that_were_given_out_do_not_change_the_store(store):
    store.add_share(a_share())
    store.shares().clear()
    store.sources().append(a_source())
    assert (len(store.shares()), store.sources()) == (1, [])


def test_a_closed_store_says_so(store):
    store.close()
    store.close()
    for call in (store.shares, store.items, store.health_key, store.erase):
        with pytest.raises(StoreError, match="closed"):
            call()


@pytest.mark.parametrize("given, kept", [
    ("2026-10-21T09:00:00Z", "2026-10-21T09:00:00Z"), ("2026-10-21T09:00:00.123Z", "2026-10-21T09:00:00.123Z"),
    ("2026-10-21T09:00:00+00:00", "2026-10-21T09:00:00Z"), ("2026-10-21T01:00:00+02:00", "2026-10-20T23:00:00Z"),
    ("20261021T090000Z", "2026-10-21T09:00:00Z"), ("2026-W43-3T09:00:00Z", "2026-10-21T09:00:00Z"),
])
def test_times_of_any_zone_and_form_become_utc(given, kept):
    assert as_utc(given) == kept
