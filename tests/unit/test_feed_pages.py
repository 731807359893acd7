"""Pages and newsrooms as sources: one item a page, and the pages that a page links to, each read once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from server import clock
from server.feed import FeedError, add_source, refresh
from server.feed.readings import readings
from server.store import Store
from tests.feeds.site import FeedSite

HERE = ("127.0.0.1",)
WORDS = "The harbour pump was rebuilt over nine weeks by four people who had never built one before, and it hums quietly now. "


def story(site: FeedSite, path: str, title: str, more: str = "") -> str:
    head = f'<title>{title}</title><meta property="og:title" content="{title}"><meta property="og:type" content="article">{more}'
    body = f"<main><article><h1>{title}</h1><p>{WORDS * 8}</p></article></main>"
    page = f"<!doctype html><html lang='en'><head>{head}</head><body>{body}</body></html>"
    return site.serve(path, page.encode(), content_type="text/html; charset=utf-8")


def newsroom(site: FeedSite, *stories: tuple[str, str]) -> str:
    links = "".join(f"<article><h2><a href='{path}'>{title}</a></h2><time>2026-11-20</time><p>{WORDS}</p></article>" for path, title in stories)
    body = f"<nav><a href='/about'>About us</a><a href='/careers'>Careers</a></nav><main><h1>News</h1>{links}</main>"
    page = f"<!doctype html><html lang='en'><head><title>News of Northlight</title></head><body>{body}</body></html>"
    return site.serve("/news", page.encode(), content_type="text/html; charset=utf-8", etag=f'"{len(stories)}"')


PUMP, WRENS, OTTERS = (
    ("/news/2026/a-quieter-pump-for-the-harbour", "A quieter pump for the harbour"),
    ("/news/2026/wrens-nest-early-this-year", "Wrens nest early this year"),
    ("/news/2026/otters-are-back-in-the-old-dock", "Otters are back in the old dock"),
)


def test_a_page_is_one_item(store: Store, site: FeedSite) -> None:
    more = '<meta property="article:published_time" content="2026-11-20T09:00:00Z"><meta name="description" content="It hums.">'
    source = add_source(store, story(site, "/pump", "A quieter pump", more), kind="page", category="industry", allow_private=HERE)
    (item,) = store.items()
    assert (source.kind, source.entries, source.items) == ("page", 1, 1)
    assert (item.title, item.url, item.summary, item.published_at) == ("A quieter pump", site.url("/pump"), "It hums.", "2026-11-20T09:00:00Z")
    story(site, "/pump", "An even quieter pump")
    refresh(store, source.id, allow_private=HERE)
    assert [each.title for each in store.items()] == ["An even quieter pump"]


def test_a_page_that_answers_200_with_an_error_is_not_taken(store: Store, site: FeedSite) -> None:
    source = add_source(store, story(site, "/pump", "A quieter pump"), kind="page", allow_private=HERE)
    site.serve("/pump", b"<!doctype html><title>404 Page not found</title><h1>Page not found</h1>", content_type="text/html")
    failed = refresh(store, source.id, allow_private=HERE)
    assert failed.last_error and [item.title for item in store.items()] == ["A quieter pump"]
    with pytest.raises(FeedError):
        add_source(store, site.url("/pump"), kind="page", category="brand", allow_private=HERE, title="x")


def test_a_newsroom_is_the_pages_it_links_to_and_each_is_read_once(store: Store, site: FeedSite) -> None:
    for path, title in (PUMP, WRENS, OTTERS):
        story(site, path, title)
    source = add_source(store, newsroom(site, PUMP, WRENS), kind="newsroom", allow_private=HERE)
    assert sorted(item.title for item in store.items()) == [PUMP[1], WRENS[1]]
    assert (source.kind, source.title, source.entries, source.left_out) == ("newsroom", "News of Northlight", 2, ())
    before = len(site.asked)
    newsroom(site, PUMP, WRENS, OTTERS)
    assert refresh(store, source.id, allow_private=HERE).items == 3
    assert [path for path, _ in site.asked[before:]] == ["/news", OTTERS[0]]


def test_a_page_of_a_newsroom_that_is_not_there_is_left_out_and_looked_for_again_a_week_later(store: Store, site: FeedSite) -> None:
    story(site, *PUMP)
    source = add_source(store, newsroom(site, PUMP, WRENS), kind="newsroom", allow_private=HERE)
    assert source.left_out_why == {"unreadable": 1} and "is not there (404)" in source.left_out[0]
    asked = len(site.asked)
    again = refresh(store, source.id, allow_private=HERE)
    assert again.last_error is None and again.items == 1
    assert again.left_out_why == {"unreadable": 1} and "it is looked for again from" in again.left_out[0]
    assert [path for path, _ in site.asked[asked:]] == ["/news"]  # the page itself was left alone
    story(site, *WRENS)
    later = refresh(store, source.id, allow_private=HERE, now=clock.now() + timedelta(days=7, minutes=1))
    assert later.items == 2 and not later.left_out and not later.missing


def test_what_a_page_does_not_say_is_taken_from_the_list(store: Store, site: FeedSite) -> None:
    story(site, *PUMP)
    site.serve(WRENS[0], b"", status=500)
    source = add_source(store, newsroom(site, PUMP, WRENS), kind="newsroom", allow_private=HERE)
    assert source.left_out == () and sorted(item.title for item in store.items()) == [PUMP[1], WRENS[1]]
    assert {(item.published_at or "")[:10] for item in store.items()} == {"2026-11-20"}


def test_a_page_that_names_another_address_as_its_own_is_read_once_too(store: Store, site: FeedSite) -> None:
    story(site, *PUMP)
    story(site, *WRENS, '<link rel="canonical" href="/stories/wrens-nest-early-this-year">')
    source = add_source(store, newsroom(site, PUMP, WRENS), kind="newsroom", allow_private=HERE)
    assert sorted(item.url for item in store.items()) == [site.url(PUMP[0]), site.url("/stories/wrens-nest-early-this-year")]
    before = len(site.asked)
    refresh(store, source.id, allow_private=HERE)
    assert [path for path, _ in site.asked[before:]] == ["/news"]


def test_how_far_the_reading_of_a_newsroom_is_can_be_asked(store: Store, site: FeedSite) -> None:
    story(site, *PUMP)
    wrens = story(site, *WRENS)
    answer, seen = site.answers[WRENS[0]], []

    def watched(request):
        seen.extend((each.number, each.of) for each in readings(store).now())
        answer(request)

    site.answers[WRENS[0]] = watched
    add_source(store, newsroom(site, PUMP, WRENS), kind="newsroom", allow_private=HERE)
    assert wrens and seen == [(2, 2)]


def test_a_page_without_news_is_no_newsroom(store: Store, site: FeedSite) -> None:
    with pytest.raises(FeedError, match="--kind page"):
        add_source(store, story(site, "/pump", "A quieter pump"), kind="newsroom", allow_private=HERE)
    assert not store.sources()
