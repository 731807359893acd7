"""Items as people set them: what is kept of an edit, what is refused, and two people at once."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from server.editing import HAND_ID, EditFault, add_item, edit_item, import_table, known
from server.feed import FeedError, item_id
from server.store import Item, ItemChanged, Source, Store, Variant

SOURCE = Source("11111111-1111-4111-8111-111111111111", "feed", "https://news.example/feed.xml", "Newsroom")
ID = item_id("https://news.example/rain")


@pytest.fixture
def store() -> Store:
    store = Store.in_memory()
    store.put_source(SOURCE)
    store.put_items(SOURCE.id, [Item(ID, SOURCE.id, "Late rain", "https://news.example/rain", category="industry")])
    return store


def test_an_edit_names_the_fields_that_a_person_set(store: Store) -> None:
    changed = edit_item(store, ID, {"title": " Rain, late ", "category": "brand", "summary": ""})
    assert (changed.title, changed.category) == ("Rain, late", "brand")
    assert changed.edited == ("title", "category")
    assert edit_item(store, ID, {"topics": ["rain", " rain", ""]}).topics == ("rain",)
    assert store.item(ID).edited == ("title", "category", "topics")


def test_an_edit_that_changes_nothing_writes_nothing(store: Store) -> None:
    before = store.item(ID)
    assert edit_item(store, ID, {"title": "Late rain", "campaign": None}) is before


def test_that_an_item_is_shelved_is_a_person_s_word(store: Store) -> None:
    assert edit_item(store, ID, {"shelved": True}).edited == ("shelved",)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"title": "  "}, "title", "no_title"),
        ({"category": "sport"}, "category", "unknown"),
        ({"url": "https://other.example/"}, "url", "unknown"),
        ({"added_at": "2026-01-01T00:00:00Z"}, "added_at", "unknown"),
        ({"embargo_until": "2026-05-02T00:00:00Z", "expires_at": "2026-05-01T00:00:00Z"}, "expires_at", "ends_early"),
        ({"variants": (Variant("v", " ", "en"),)}, "variants", "no_text"),
        ({"variants": (Variant("v", "x" * 3001, "en"),)}, "variants", "long_text"),
        ({"variants": (Variant("v", "x", "en", "shouted"),)}, "variants", "unknown"),
        ({"variants": (Variant("v", "x", "english"),)}, "variants", "unknown"),
        ({"variants": (Variant("v", "x", "en"), Variant("v", "y", "en"))}, "variants", "unknown"),
    ],
)
def test_what_no_item_may_be_is_refused_whole(store: Store, changes: dict[str, Any], field: str, code: str) -> None:
    before = store.item(ID)
    with pytest.raises(EditFault) as refused:
        edit_item(store, ID, {"summary": "New.", **changes})
    assert (refused.value.field, refused.value.code) == (field, code)
    assert store.item(ID) == before


def test_the_second_of_two_people_is_told_and_nothing_is_lost(store: Store) -> None:
    seen = store.item(ID).updated_at
    edit_item(store, ID, {"title": "The first one's"}, seen)
    with pytest.raises(ItemChanged) as told:
        edit_item(store, ID, {"title": "The second one's"}, seen)
    assert told.value.item.title == "The first one's" == store.item(ID).title
    assert edit_item(store, ID, {"title": "The second one's"}, told.value.item.updated_at).title == "The second one's"


def test_of_many_at_once_exactly_one_gets_through(store: Store) -> None:
    seen = store.item(ID).updated_at
    ready = threading.Barrier(8)
    ended: list[str] = []

    def edit(number: int) -> None:
        ready.wait()
        try:
            edit_item(store, ID, {"title": f"Number {number}"}, seen)
            ended.append("through")
        except ItemChanged:
            ended.append("told")

    threads = [threading.Thread(target=edit, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (ended.count("through"), ended.count("told")) == (1, 7)


def test_an_item_by_hand_is_in_a_source_of_its_own(store: Store) -> None:
    made = add_item(store, {"url": "HTTPS://News.example/frost?utm_source=x", "title": "Frost", "category": "brand"})
    assert made.source_id == HAND_ID and store.source(HAND_ID).kind == "hand"
    assert made.url == "https://news.example/frost" and known(store, made.url) == made
    assert {"title", "category"} <= set(made.edited)


@pytest.mark.parametrize(
    ("url", "code"), [("", "no_address"), ("frost", "no_address"), ("https://news.example/rain?utm_source=mail", "known")],
)
def test_an_item_by_hand_needs_an_address_of_its_own(store: Store, url: str, code: str) -> None:
    with pytest.raises(EditFault) as refused:
        add_item(store, {"url": url, "title": "Frost"})
    assert refused.value.code == code
    assert len(store.items()) == 1 and [source.kind for source in store.sources()] == ["feed"]


def test_a_table_is_brought_in_once_and_says_what_it_left_out(store: Store) -> None:
    table = b"title,url,text\nFrost,https://news.example/frost,It froze.\nNo link,,\nRain,https://news.example/rain,x\n"
    new, changed, left_out = import_table(store, table, "items.csv", "brand")
    assert (new, changed) == (1, 0)
    assert known(store, "https://news.example/frost").category == "brand"  # type: ignore[union-attr]
    assert any("no url" in each for each in left_out) and any("Newsroom" in each for each in left_out)
    assert store.item(ID).title == "Late rain"


def test_a_table_with_a_wrong_head_is_refused_whole(store: Store) -> None:
    with pytest.raises(FeedError):
        import_table(store, b"headline;address\nFrost;https://news.example/frost\n", "items.csv", "brand")
    assert len(store.items()) == 1
