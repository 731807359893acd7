"""Which entry is which item: by address, by id, by title; and what a person set stays."""

from __future__ import annotations


import pytest

from server.feed import add_source, refresh
from server.feed.titles import Story, Titles
from server.store import Item, Source, Store, Variant
from tests.feeds.site import FeedSite

HERE = ("127.0.0.1",)


def entry(title: str, link: str, guid: str = "", date: str = "", more: str = "") -> str:
    parts = [f"<title>{title}</title><link>https://x.example/{link}</link>"]
    parts += [f"<guid isPermaLink='false'>{guid}</guid>"] if guid else []
    parts += [f"<pubDate>{date} 09:00:00 GMT</pubDate>"] if date else []
    return f"<item>{''.join(parts)}{more}</item>"


def rss(*entries: str, title: str = "News of X") -> bytes:
    return f"<rss version='2.0'><channel><title>{title}</title>{''.join(entries)}</channel></rss>".encode()


def read(store: Store, site: FeedSite, *entries: str, path: str = "/feed") -> Source:
    url = site.serve(path, rss(*entries, title=f"News at {path}"))
    known = next((each for each in store.sources() if each.url == url), None)
    return refresh(store, known.id, allow_private=HERE) if known else add_source(store, url, allow_private=HERE)


def urls(store: Store) -> list[str]:
    return sorted(item.url.removeprefix("https://x.example/") for item in store.items())


def test_an_entry_whose_address_changed_but_not_its_id_is_the_same_item(store: Store, site: FeedSite) -> None:
    read(store, site, entry("Wrens nest early", "old", "w-1"))
    before = store.items()[0]
    store.update_item(before.id, campaign="Spring")
    read(store, site, entry("Wrens nest early this year", "new", "w-1"))
    (after,) = store.items()
    assert (after.id, after.url, after.title, after.guid) == (before.id, "https://x.example/new", "Wrens nest early this year", "w-1")
    assert (after.campaign, after.added_at) == ("Spring", before.added_at)
    read(store, site, entry("Wrens nest early this year", "new", "w-1"), entry("The old address, again", "old", "w-2"))
    assert [item.id for item in store.items()] == [before.id]  # the old address leads to the same page


def test_an_id_used_again_for_another_story_makes_another_item(store: Store, site: FeedSite) -> None:
    read(store, site, entry("Wrens nest early", "a", "latest", "Mon, 02 Nov 2026"))
    read(store, site, entry("A quieter pump", "b", "latest", "Mon, 16 Nov 2026"))
    assert urls(store) == ["a", "b"]


def test_an_id_that_two_entries_bear_is_none(store: Store, site: FeedSite) -> None:
    read(store, site, entry("Wrens nest early", "a", "x"), entry("A quieter pump", "b", "x"))
    assert [item.guid for item in store.items()] == [None, None]


def test_ids_of_different_sources_have_nothing_to_do_with_each_other(store: Store, site: FeedSite) -> None:
    read(store, site, entry("Wrens nest early", "a", "1"))
    read(store, site, entry("A quieter pump", "b", "1"), path="/other")
    assert urls(store) == ["a", "b"]


def test_an_entry_that_moved_without_an_id_is_known_by_its_title(store: Store, site: FeedSite) -> None:
    read(store, site, entry("Wrens nest early", "2026/wrens"), entry("A quieter pump", "2026/pump"))
    ids = {item.title: item.id for item in store.items()}
    read(store, site, entry("Wrens nest early", "news/wrens"), entry("A quieter pump", "news/pump"))
    assert {item.title: item.id for item in store.items()} == ids
    assert urls(store) == ["news/pump", "news/wrens"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Wrens nest early", "WRENS  nest early!"),
        ("Énergie à Brême", "Energie a Breme"),
        ("“Wrens” nest – early", "Wrens nest early"),
        ("Our harbour pump is now quieter than a whisper", "Our harbour pump is now quiter than a whisper"),
        ("The night-shift portraits, part two of our series", "The night shift portraits part two of our series"),
    ],
)
def test_titles_that_say_the_same_are_one_story(store: Store, site: FeedSite, first: str, second: str) -> None:
    source = read(store, site, entry(first, "a"), entry(second, "b"))
    assert urls(store) == ["a"]
    assert source.left_out_why == {"same_title": 1} and source.entries == 2
    assert "the same title as another entry, https://x.example/a" in source.left_out[0]
    again = read(store, site, entry(first, "a"), entry(second, "b"))
    assert urls(store) == ["a"] and again.left_out_why == {"same_title": 1}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Release 4.10.1 of the harbour pump controller", "Release 4.10.2 of the harbour pump controller"),
        ("Northlight opens a new office for engineers in Lyon", "Northlight opens a new office for engineers in Bonn"),
        ("Photo", "Photo"),
        ("Wrens nest early", "Wrens rest early"),
    ],
)
def test_titles_that_only_look_alike_are_two_stories(store: Store, site: FeedSite, first: str, second: str) -> None:
    assert not read(store, site, entry(first, "a"), entry(second, "b")).left_out
    assert urls(store) == ["a", "b"]


def test_a_column_of_the_same_title_each_week_is_a_story_each_week(store: Store, site: FeedSite) -> None:
    read(store, site, entry("The week in the harbour", "46", date="Mon, 09 Nov 2026"))
    read(store, site, entry("The week in the harbour", "47", date="Mon, 16 Nov 2026"))
    assert urls(store) == ["46", "47"]


def test_the_same_story_in_another_source_is_kept_once(store: Store, site: FeedSite) -> None:
    read(store, site, entry("Wrens nest early", "a"))
    second = read(store, site, entry("Wrens nest early", "copy"), entry("A quieter pump", "b"), path="/other")
    assert urls(store) == ["a", "b"]
    assert second.left_out == ("“Wrens nest early”: it has the same title as an item of “News at /feed”.",)
    third = read(store, site, entry("Wrens again", "a"), entry("An otter", "c"), path="/third")
    assert third.left_out == ("“Wrens again”: “News at /feed” has it already.",)


def test_titles_in_two_languages_are_two_stories() -> None:
    titles = Titles()
    titles.add(Story("Northlight Innovation", None, "en", 1))
    assert titles.like(Story("Northlight innovation", None, "fr", 2)) is None
    assert titles.like(Story("Northlight innovation", None, None, 2)).holder == 1  # type: ignore[union-attr]


def test_ten_thousand_titles_that_begin_alike_do_not_make_it_slow() -> None:
    titles = Titles()
    looked: list[int] = []
    for number in range(10_000):
        titles.add(Story(f"A story of the harbour and its {chr(97 + number % 26)}umps told again", None, None, number))
    titles._edges = {edge: looked_at(stories, looked) for edge, stories in titles._edges.items()}  # type: ignore[assignment]
    titles.like(Story("A story of the harbour and its pumpkins told again", None, None, -1))
    assert sum(looked) <= 100


class looked_at(list):  # noqa: N801 - a list that counts what is taken from it
    def __init__(self, stories: list, looked: list[int]) -> None:
        super().__init__(stories)
        self.looked = looked

    def __getitem__(self, place):  # type: ignore[override]
        taken = super().__getitem__(place)
        self.looked.append(len(taken))
        return taken


def test_what_a_person_set_stays_and_the_rest_is_renewed(store: Store, site: FeedSite) -> None:
    source = read(store, site, entry("Wrens nest early", "a", more="<description>Old</description><category>Birds</category>"))
    item = store.items()[0]
    own = (Variant("11111111-1111-4111-8111-111111111111", "I saw them.", "en", "first_person"),)
    store.update_item(item.id, title="Our wrens", variants=own, topics=("Wrens",), shelved=True, edited=("title", "variants", "topics"))
    read(store, site, entry("Wrens nest late", "a", more="<description>New</description><category>Spring</category>"))
    after = store.item(item.id)
    assert (after.title, after.variants, after.topics, after.summary) == ("Our wrens", own, ("Wrens",), "New")
    assert after.shelved and after.edited == ("title", "variants", "topics")
    assert store.source(source.id).items == 1


def test_a_wording_that_follows_the_title_follows_the_title_that_is_kept(store: Store, site: FeedSite) -> None:
    read(store, site, entry("Wrens nest early", "a"))
    id = store.items()[0].id
    store.update_item(id, title="Our wrens", edited=("title",), variants=())
    read(store, site, entry("Wrens nest late", "a"))
    assert [variant.text for variant in store.item(id).variants] == ["Our wrens"]


def test_an_item_of_the_programme_is_never_taken_from_it(store: Store, site: FeedSite) -> None:
    owner = Source("22222222-2222-4222-8222-222222222222", "programme", "/programme.yaml", "Our programme")
    store.put_source(owner)
    mine = Item(id="33333333-3333-4333-8333-333333333333", source_id=owner.id, title="Wrens nest early", url="https://x.example/own")
    store.put_items(owner.id, [mine])
    read(store, site, entry("Wrens nest early", "a"), entry("Other words", "own"), entry("Otters", "c"))
    assert store.item(mine.id).source_id == owner.id and urls(store) == ["c", "own"]
