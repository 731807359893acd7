"""Sources in the store: what adding and refreshing leave there, above all when something goes wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from server import programme, sourcing
from server.feed import FeedError, add_source, refresh
from server.feed.model import NoFeed
from server.store import NotFound, Store, Variant
from tests.feeds.site import FeedSite

FEEDS = Path(__file__).parents[1] / "feeds"
HERE = ("127.0.0.1",)


def rss(*titles: str) -> bytes:
    items = "".join(
        f"<item><title>{title}</title><link>https://x.example/{title.split()[0]}</link></item>" for title in titles
    )
    head = "<title>News of X</title><link>https://x.example/</link>"
    return f"<rss version='2.0'><channel>{head}{items}</channel></rss>".encode()


def titles(store: Store) -> list[str]:
    return sorted(item.title for item in store.items())


@pytest.mark.parametrize(
    ("name", "count", "left_out"),
    [("newsroom.rss.xml", 2, 4), ("engineering.atom.xml", 2, 0), ("people.feed.json", 3, 2)],
)
def test_a_file_is_added_with_its_items(store: Store, name: str, count: int, left_out: int) -> None:
    source = add_source(store, str(FEEDS / name), category="industry")
    assert (source.kind, source.url, source.items, len(source.left_out)) == ("file", str(FEEDS / name), count, left_out)
    assert source.title and source.last_error is None and source.last_good_at == source.refreshed_at
    assert {item.category for item in store.items()} == {"industry"}
    assert list(store.sources()) == [source]


def test_an_address_is_added_with_its_items(store: Store, site: FeedSite) -> None:
    source = add_source(store, site.serve("/feed", rss("One", "Two")), allow_private=HERE)
    assert (source.kind, source.title, source.items) == ("feed", "News of X", 2)
    assert titles(store) == ["One", "Two"]


def test_an_item_of_a_feed_offers_its_title_as_wording(store: Store) -> None:
    add_source(store, str(FEEDS / "people.feed.json"))
    mira = next(item for item in store.items() if item.lang == "de")
    assert [(variant.text, variant.lang, variant.voice) for variant in mira.variants] == [
        ("Mira misst den Wind", "de", "factual")
    ]


@pytest.mark.parametrize("place", ["/no/such/file.xml", "ftp://x.example/feed", "https://", "\0", str(FEEDS)])
def test_what_cannot_be_read_is_not_added(store: Store, place: str) -> None:
    with pytest.raises(FeedError):
        add_source(store, place)
    assert not store.sources() and not store.items()


def test_a_feed_without_one_usable_entry_is_not_added(store: Store, site: FeedSite) -> None:
    with pytest.raises(FeedError, match="holds no entry that can be used. Entry 1: it has no title"):
        add_source(
            store, site.serve("/feed", b"<rss version='2.0'><channel><item/></channel></rss>"), allow_private=HERE
        )
    assert not store.sources()


def test_this_machine_is_refused_unless_the_programme_in_force_names_it(
    store: Store, site: FeedSite, tmp_path: Path
) -> None:
    url = site.serve("/feed", rss("One"))
    with pytest.raises(FeedError, match="private address"):
        add_source(store, url)
    file = tmp_path / "programme.yaml"
    file.write_text("name: X\npolicy: {}\nallow_private: [127.0.0.1]\n", "utf-8")
    sourcing.use(store, str(file))
    assert sourcing.add_source(store, url).items == 1


def test_adding_again_reads_again_and_doubles_nothing(store: Store, site: FeedSite) -> None:
    first = add_source(store, site.serve("/feed", rss("One")), allow_private=HERE)
    site.serve("/feed", rss("One", "Two"))
    second = add_source(store, site.url("/feed"), allow_private=HERE, category="industry")
    assert (first.id, first.added_at) == (second.id, second.added_at)
    assert second.category == "industry" and len(store.sources()) == 1
    assert titles(store) == ["One", "Two"]


def test_refresh_brings_new_entries_and_keeps_those_that_left_the_feed(store: Store, site: FeedSite) -> None:
    source = add_source(store, site.serve("/feed", rss("One", "Two")), allow_private=HERE)
    kept = {item.title: item for item in store.items()}
    site.serve("/feed", rss("Two, better", "Three"))
    assert refresh(store, source.id, allow_private=HERE).items == 4
    assert titles(store) == ["One", "Three", "Two", "Two, better"]
    assert {item.title: item for item in store.items()}["One"] == kept["One"]


def test_an_entry_that_changed_is_the_same_item(store: Store, site: FeedSite) -> None:
    source = add_source(store, site.serve("/feed", rss("One")), allow_private=HERE)
    before = store.items()[0]
    site.serve("/feed", rss("One and a half"))
    refresh(store, source.id, allow_private=HERE)
    after = store.items()[0]
    assert (after.id, after.title, after.added_at) == (before.id, "One and a half", before.added_at)
    assert after.variants[0].text == "One and a half" and after.updated_at > before.updated_at


def test_what_people_added_to_an_item_outlives_a_refresh(store: Store, site: FeedSite) -> None:
    source = add_source(store, site.serve("/feed", rss("One")), allow_private=HERE)
    id = store.items()[0].id
    own = (Variant("11111111-1111-4111-8111-111111111111", "My wording", "en", "first_person"),)
    store.update_item(id, variants=own, category="industry", reward="20 points", audience=("roasters",))
    site.serve("/feed", rss("One and a half"))
    refresh(store, source.id, allow_private=HERE)
    item = store.item(id)
    assert (item.title, item.variants, item.category, item.reward, item.audience) == (
        "One and a half",
        own,
        "industry",
        "20 points",
        ("roasters",),
    )


@pytest.mark.parametrize("answer", ["page", "empty", "gone", "bomb", "private"])
def test_a_failed_refresh_is_kept_beside_the_old_items(store: Store, site: FeedSite, answer: str) -> None:
    source = add_source(store, site.serve("/feed", rss("One"), etag='"1"'), allow_private=HERE)
    old = store.items()
    {
        "page": lambda: site.serve("/feed", b"<!doctype html><title>Sorry</title>"),
        "empty": lambda: site.serve("/feed", b""),
        "gone": lambda: site.serve("/feed", b"", status=410),
        "bomb": lambda: site.serve("/feed", b"<!DOCTYPE a [<!ENTITY b 'c'>]><rss/>"),
        "private": lambda: site.redirect("/feed", site.url("/feed", host="localhost")),
    }[answer]()
    failed = refresh(store, source.id, allow_private=HERE if answer != "private" else ["127.0.0.2"])
    assert failed.last_error is not None and failed.last_error.startswith(source.url + ": ")
    assert failed.last_good_at == source.last_good_at and failed.etag == source.etag
    assert store.items() == old
    site.serve("/feed", rss("One", "Two"))
    mended = refresh(store, source.id, allow_private=HERE)
    assert mended.last_error is None and mended.items == 2


def test_an_unchanged_feed_is_asked_for_conditionally_and_keeps_its_items(store: Store, site: FeedSite) -> None:
    source = add_source(
        store,
        site.serve("/feed", rss("One"), etag='"1"', last_modified="Tue, 17 Nov 2026 09:00:00 GMT"),
        allow_private=HERE,
    )
    assert (source.etag, source.last_modified) == ('"1"', "Tue, 17 Nov 2026 09:00:00 GMT")
    old = store.items()
    site.serve("/feed", b"", status=304)
    again = refresh(store, source.id, allow_private=HERE)
    asked = {name.lower(): value for name, value in site.asked[-1][1].items()}
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"1"', "Tue, 17 Nov 2026 09:00:00 GMT")
    assert (again.last_error, again.etag, again.items) == (None, '"1"', 1)
    assert store.items() == old


def test_one_page_in_two_feeds_is_one_item_of_the_first(store: Store, site: FeedSite) -> None:
    first = add_source(store, site.serve("/a", rss("One", "Two")), allow_private=HERE)
    second = add_source(store, site.serve("/b", rss("Two", "Three")), allow_private=HERE)
    assert (store.source(first.id).items, second.items) == (2, 1)
    assert titles(store) == ["One", "Three", "Two"]
    assert refresh(store, second.id, allow_private=HERE).items == 1


def test_a_given_title_stays(store: Store, site: FeedSite) -> None:
    source = add_source(store, site.serve("/feed", rss("One")), title="Our news", allow_private=HERE)
    assert refresh(store, source.id, allow_private=HERE).title == "Our news"


def test_refreshing_the_programme_takes_it_into_use_anew(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "programme.yaml"
    file.write_text("name: X\npolicy: {}\nitems:\n  - {title: One, url: https://x.example/1}\n", "utf-8")
    sourcing.use(store, str(file))
    file.write_text("name: X\npolicy: {}\nitems:\n  - {title: Two, url: https://x.example/2}\n", "utf-8")
    assert sourcing.refresh(store, programme.SOURCE_ID).last_error is None
    assert titles(store) == ["Two"]
    file.write_text("name: X\npolicy: {}\nitms: []\n", "utf-8")
    failed = sourcing.refresh(store, programme.SOURCE_ID)
    assert failed.last_error is not None and "itms" in failed.last_error and "programme.yaml:3" in failed.last_error
    assert titles(store) == ["Two"]


def test_refreshing_what_is_not_there_raises(store: Store) -> None:
    with pytest.raises(NotFound):
        refresh(store, "11111111-1111-4111-8111-111111111111")


def test_a_source_put_with_a_strange_address_fails_visibly(store: Store, site: FeedSite) -> None:
    source = add_source(store, site.serve("/feed", rss("One")), allow_private=HERE)
    store.put_source(replace(source, url="https://"))
    assert "not a web address" in (refresh(store, source.id).last_error or "")


# What an address leads to, where nobody said what it is.


def page(*links: str, base: str = "") -> bytes:
    return f"<!doctype html><html><head><title>Newsroom</title>{base}{''.join(links)}</head><body>News</body></html>".encode()


def named(place: str, kind: str = "application/rss+xml", title: str = "News") -> str:
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{place}">'


def test_the_feed_that_a_page_names_is_added_in_its_place(store: Store, site: FeedSite) -> None:
    site.serve("/news", page(named("/comments.xml", title="Comments on X"), named("gone.xml"), named("feeds/all.xml", "application/atom+xml")))
    site.serve("/comments.xml", rss("A comment"))
    site.serve("/feeds/all.xml", rss("One", "Two"))
    source = add_source(store, site.url("/news"), allow_private=HERE)
    assert (source.kind, source.url, source.items) == ("feed", site.url("/feeds/all.xml"), 2)
    assert add_source(store, site.url("/news"), allow_private=HERE).id == source.id and len(store.sources()) == 1


def test_a_named_feed_is_found_from_the_base_of_its_page(store: Store, site: FeedSite) -> None:
    site.serve("/news", page(named("all.xml"), base='<base href="/feeds/">'))
    site.serve("/feeds/all.xml", rss("One"))
    assert add_source(store, site.url("/news"), allow_private=HERE).url == site.url("/feeds/all.xml")


@pytest.mark.parametrize("links", [(), (named("/gone.xml"),), (named("javascript:alert(1)"),)])
def test_a_page_without_a_feed_is_offered_as_page_or_newsroom(store: Store, site: FeedSite, links: tuple[str, ...]) -> None:
    with pytest.raises(NoFeed, match="--kind page.*--kind newsroom"):
        add_source(store, site.serve("/news", page(*links)), allow_private=HERE)
    assert not store.sources()


def test_a_feed_that_was_asked_for_must_be_one(store: Store, site: FeedSite) -> None:
    site.serve("/feed", rss("One"))
    with pytest.raises(FeedError, match="try the feed it names"):
        add_source(store, site.serve("/news", page(named("/feed"))), kind="feed", allow_private=HERE)


def test_a_named_feed_in_a_private_place_is_not_asked_for(store: Store, site: FeedSite) -> None:
    site.serve("/news", page(named(site.serve("/feed", rss("One")))))
    with pytest.raises(NoFeed):
        add_source(store, site.url("/news", host="localhost"), allow_private=["localhost"])
    assert [path for path, _ in site.asked] == ["/news"]


@pytest.mark.parametrize(("place", "kind"), [("https://x.example/", "folder"), ("https://x.example/", "hand"), ("/x.csv", "page"), ("/x.csv", "programme")])
def test_a_kind_that_a_place_cannot_be_is_refused_with_those_it_can(store: Store, place: str, kind: str) -> None:
    with pytest.raises(FeedError, match=f"cannot be a source of the kind {kind}; here it is one of"):
        add_source(store, place, kind=kind)


def test_a_table_at_an_address_is_read_on_request(store: Store, site: FeedSite) -> None:
    source = add_source(store, site.serve("/export", b"title,url\nOne,https://x.example/1\n"), kind="csv", allow_private=HERE)
    assert (source.kind, source.items) == ("csv", 1)


# How much there may be.


def test_pictures_are_never_fetched(store: Store, site: FeedSite) -> None:
    picture = site.stream("/picture.jpg", b"x" * 1_000, content_length="80000000")
    item = f"<item><title>One</title><link>https://x.example/1</link><enclosure type='image/jpeg' length='80000000' url='{picture}'/></item>"
    add_source(store, site.serve("/feed", f"<rss version='2.0'><channel>{item}</channel></rss>".encode()), allow_private=HERE)
    assert store.items()[0].image == picture
    assert [path for path, _ in site.asked] == ["/feed"]


def test_beyond_fifty_thousand_items_a_reading_is_refused_and_changes_nothing(
    store: Store, site: FeedSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.store.content.MOST_ITEMS", 3)
    first = add_source(store, site.serve("/a", rss("One", "Two", "Three")), allow_private=HERE)
    with pytest.raises(FeedError, match=f"{site.url('/b')}: has 1 new items, and there are 3 already: Sayso keeps 3 in all. Remove"):
        add_source(store, site.serve("/b", rss("Four")), allow_private=HERE)
    assert [source.id for source in store.sources()] == [first.id]
    site.serve("/a", rss("One and more", "Four"))
    refused = refresh(store, first.id, allow_private=HERE)
    assert "Sayso keeps 3" in (refused.last_error or "") and titles(store) == ["One", "Three", "Two"]
    site.serve("/a", rss("One and more", "Two"))
    assert refresh(store, first.id, allow_private=HERE).last_error is None
    assert titles(store) == ["One and more", "Three", "Two"]


def test_a_refresh_writes_the_items_once_and_nothing_where_nothing_changed(tmp_path: Path, site: FeedSite) -> None:
    with Store.open(tmp_path / "data") as store:
        source = add_source(store, site.serve("/feed", rss(*(f"Story{n} of the harbour" for n in range(500)))), allow_private=HERE)
        file = tmp_path / "data" / "content" / f"{source.id}.json"
        generation = json.loads(file.read_bytes())["generation"]
        site.serve("/feed", rss(*(f"Story{n} of the river" for n in range(400)), *(f"New{n} of them" for n in range(99))))
        refresh(store, source.id, allow_private=HERE)
        assert json.loads(file.read_bytes())["generation"] == generation + 1
        refresh(store, source.id, allow_private=HERE)
        assert json.loads(file.read_bytes())["generation"] == generation + 1


def test_what_was_found_and_left_out_is_counted_by_reason(store: Store) -> None:
    source = add_source(store, str(FEEDS / "newsroom.rss.xml"))
    assert (source.entries, source.left_out_why) == (6, {"same_page": 1, "no_link": 2, "bad_link": 1})
