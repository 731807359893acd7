"""What the store keeps of the person, and what holds for all of it; the same in memory and on files."""

import pytest

from server.store import NotFound, Pairing, Preferences, Programme, Store, StoreError, as_utc

from .store_scene import a_share, a_source, an_id, an_item


@pytest.fixture
def store(opened):
    return opened[0]


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
