"""A newsroom's page without a feed: which of its links are articles, and what stands beside them."""

from __future__ import annotations

import pytest

from server.feed import Entry, FeedError
from server.feed.model import Missing
from server.feed.newsroom import links_of

ORIGIN = "https://www.northlight.example/newsroom"


def page(main: str, lang: str = "en") -> bytes:
    return f"""<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Newsroom | Northlight</title></head><body>
<header class="site-header"><a class="logo" href="/">Northlight</a>
<nav><ul><li><a href="/products/pumps">Our pumps for harbours and towns</a></li>
<li><a href="/products/service">Service and spare parts for your pump</a></li></ul></nav></header>
<main>{main}</main>
<footer><ul><li><a href="/legal">Legal notice and terms of use</a></li>
<li><a href="/about/history-of-the-company">The long history of the company</a></li></ul></footer>
</body></html>""".encode()


def card(slug: str, title: str, date: str = "", summary: str = "", image: str = "") -> str:
    return (
        f'<article class="card"><a href="{slug}"><img src="{image}" alt=""></a>'
        f'<h3><a href="{slug}">{title}</a></h3>{date}<p>{summary}</p>'
        f'<a href="{slug}#more">Read more</a> <a href="/newsroom/tag/pumps">Pumps and motors</a></article>'
    )


PUMP = card(
    "/newsroom/quiet-pump?utm_source=home",
    "A quieter pump for the harbour &amp; the town",
    '<time datetime="2026-03-04T09:30:00+01:00">4 March</time>',
    "It hums at 41 decibels, which is less than a fridge.",
    "/img/pump.jpg",
)
BENCH = card(
    "/newsroom/test-bench", "Apprentices build their own test bench", "<span>1 March 2026</span>", "Nine weeks of sawing.",
    "data:image/gif;base64,R0lGOD",
)


def test_cards_are_read_with_date_summary_and_picture() -> None:
    assert links_of(page(PUMP + BENCH), ORIGIN) == [
        Entry(
            title="A quieter pump for the harbour & the town",
            url="https://www.northlight.example/newsroom/quiet-pump",
            summary="It hums at 41 decibels, which is less than a fridge.",
            image="https://www.northlight.example/img/pump.jpg",
            lang="en",
            published_at="2026-03-04T08:30:00Z",
        ),
        Entry(
            title="Apprentices build their own test bench",
            url="https://www.northlight.example/newsroom/test-bench",
            lang="en",
            published_at="2026-03-01T12:00:00Z",
        ),
    ]


def urls(main: str) -> list[str]:
    return [entry.url.rpartition("northlight.example")[2] for entry in links_of(page(main), ORIGIN)]


def test_a_plain_list_of_links_with_dates_in_german_is_read() -> None:
    rows = "".join(
        f'<li><span class="d">{day}. März 2026</span> <a href="/presse/{day}-meldung">Meldung Nummer {day} aus dem Werk</a></li>'
        for day in (4, 3, 2)
    )
    entries = links_of(page(f"<ul>{rows}</ul>", "de"), ORIGIN)
    assert [(entry.title, entry.published_at) for entry in entries] == [
        (f"Meldung Nummer {day} aus dem Werk", f"2026-03-0{day}T12:00:00Z") for day in (4, 3, 2)
    ]


def test_a_table_without_dates_is_read_by_its_long_titles() -> None:
    rows = "".join(
        f'<tr><td><a href="/n/{slug}">{title}</a></td></tr>'
        for slug, title in (("a", "Northlight opens a second hall in Lübeck"), ("b", "What forty apprentices learned this year"))
    )
    assert urls(f"<table>{rows}</table>") == ["/n/a", "/n/b"]


def test_a_card_that_is_one_link_keeps_its_title_apart_from_date_and_summary() -> None:
    cards = "".join(
        f'<div class="tile"><a href="/news/{slug}"><span>2 March 2026</span><div class="tile-title">{title}</div>'
        "<p>A sentence that says a little more about what happened.</p></a></div>"
        for slug, title in (("one", "Harbour pump wins a prize"), ("two", "New colleagues in the lab"))
    )
    entries = links_of(page(cards), ORIGIN)
    assert [entry.title for entry in entries] == ["Harbour pump wins a prize", "New colleagues in the lab"]
    assert entries[0].published_at == "2026-03-02T12:00:00Z"
    assert entries[0].summary == "A sentence that says a little more about what happened."


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://elsewhere.example/newsroom/x">Another site that wrote about our pumps</a>',
        '<a href="/newsroom/category/pumps">Everything that we wrote about pumps</a>',
        '<a href="/newsroom/author/mira-holm">All the articles by Mira Holm</a>',
        '<a href="/newsroom?page=2">Older articles from the newsroom</a>',
        '<a href="/newsroom/page/2">Older articles from the newsroom</a>',
        '<a href="/newsroom/2025">All of the year before this one</a>',
        '<a href="/privacy-policy">How we treat what we know of you</a>',
        '<a href="/files/report.pdf">Our report of the year as a PDF</a>',
        '<a href="/newsroom#top">Back to the top of this page</a>',
        '<a href="mailto:press@northlight.example">Write to our friendly press office</a>',
        '<a href="javascript:void(0)">Open the gallery of our pictures</a>',
        '<a href="/">Northlight, the home of quiet pumps</a>',
        '<a href="http://[::1/">An address that is none at all</a>',
    ],
)
def test_what_is_no_article_is_left_out(link: str) -> None:
    extra = f'<article class="card"><h3>{link}</h3><span>1 March 2026</span></article>'
    assert urls(PUMP + extra + BENCH) == ["/newsroom/quiet-pump", "/newsroom/test-bench"]


def test_menus_and_footers_are_left_out_whatever_they_are_made_of() -> None:
    menu = "".join(f'<li><a href="/p/{n}">A product with quite a long name, number {n}</a></li>' for n in range(4))
    around = f'<div class="mega-menu"><ul>{menu}</ul></div><div id="page-footer"><ul>{menu}</ul></div>'
    assert urls(around + PUMP + BENCH) == ["/newsroom/quiet-pump", "/newsroom/test-bench"]


def test_undated_teasers_of_products_beside_dated_news_are_left_out() -> None:
    teasers = "".join(
        f'<div class="teaser"><h3><a href="/products/{n}">A pump for every kind of harbour {n}</a></h3></div>' for n in range(3)
    )
    assert urls(teasers + PUMP + BENCH) == ["/newsroom/quiet-pump", "/newsroom/test-bench"]


def test_a_large_first_story_built_otherwise_comes_first() -> None:
    hero = (
        '<section class="hero"><h2><a href="/newsroom/award">The quiet pump wins the harbour award</a></h2>'
        "<p>A jury of nineteen harbour masters listened closely.</p></section>"
    )
    assert urls(hero + PUMP + BENCH) == ["/newsroom/award", "/newsroom/quiet-pump", "/newsroom/test-bench"]


def test_an_address_linked_twice_is_one_entry() -> None:
    assert urls(PUMP + BENCH + PUMP) == ["/newsroom/quiet-pump", "/newsroom/test-bench"]


def test_a_date_to_come_is_not_a_date_of_publication() -> None:
    event = card("/newsroom/fair", "Meet us at the harbour fair", "<span>1 March 2099</span>", "In hall nine, by the door.")
    entries = links_of(page(PUMP + event), ORIGIN)
    assert [entry.published_at for entry in entries] == ["2026-03-04T08:30:00Z", None]


def test_relative_addresses_follow_the_base_of_the_page() -> None:
    cards = card("quiet-pump", "A quieter pump for the harbour") + card("test-bench", "Apprentices build a test bench")
    document = page(cards).replace(b"<head>", b'<head><base href="/stories/2026/">')
    assert [entry.url for entry in links_of(document, ORIGIN)] == [
        "https://www.northlight.example/stories/2026/quiet-pump",
        "https://www.northlight.example/stories/2026/test-bench",
    ]


def test_titles_in_japanese_count_without_spaces() -> None:
    rows = "".join(f'<li>2026年3月{n}日 <a href="/ja/news/{n}">新しい静かなポンプを発表しました</a></li>' for n in (1, 2))
    assert [entry.published_at for entry in links_of(page(f"<ul>{rows}</ul>", "ja"), ORIGIN)] == [
        "2026-03-01T12:00:00Z",
        "2026-03-02T12:00:00Z",
    ]


def test_a_page_without_a_list_of_articles_is_refused_with_advice() -> None:
    with pytest.raises(FeedError) as caught:
        links_of(page("<h1>Welcome</h1><p>We build quiet pumps for loud harbours, and have done so for ninety years.</p>"), ORIGIN)
    assert caught.value.source == ORIGIN
    assert "--kind page" in caught.value.message


def test_an_error_page_is_refused_as_such() -> None:
    document = b"<html><title>404 - Page not found | Northlight</title><body><h1>Page not found</h1></body></html>"
    with pytest.raises(Missing, match="no such page"):
        links_of(document, ORIGIN)
