"""Sources and items in the store, the same in memory and on files."""

import threading

import pytest

from server.store import ItemChanged, NotFound, Variant

from .store_scene import a_source, an_id, an_item


@pytest.fixture
def store(opened):
    return opened[0]


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
