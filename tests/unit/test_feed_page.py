"""One page: address, summary, picture, language, topics and date, and the pages that are refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.feed import FeedError
from server.feed.page import Page, read_page

ORIGIN = "https://www.northlight.example/news/quiet-pump?utm_source=home"
TEXT = "It hums at 41 decibels, which is less than a fridge, and the neighbours of the harbour wrote to thank us for it. "


def document(head: str = "", body: str = "", lang: str = "en") -> bytes:
    start = f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}</head>'
    return f"{start}<body>{body or '<h1>A quieter pump</h1>'}<p>{TEXT * 20}</p></body></html>".encode()


def read(head: str = "", body: str = "", lang: str = "en", origin: str = ORIGIN) -> Page:
    return read_page(document(head, body, lang), origin, "text/html")


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def ld(*nodes: object) -> str:
    return "".join(f'<script type="application/ld+json">{n if isinstance(n, str) else json.dumps(n)}</script>' for n in nodes)


def test_a_page_says_what_it_is() -> None:
    head = (
        "<title>A quieter pump – Northlight</title>"
        + meta("og:title", "A quieter pump")
        + meta("og:site_name", "Northlight")
        + meta("og:description", "It hums at 41 decibels &amp; not more.")
        + meta("og:image", "/img/pump.jpg?w=1200")
        + meta("article:published_time", "2026-03-04T09:30:00+01:00")
        + meta("article:tag", "Pumps")
        + meta("article:tag", "Harbours")
        + '<link rel="canonical" href="https://www.northlight.example/news/quiet-pump">'
    )
    page = read(head, lang="en-GB")
    assert page == Page(
        title="A quieter pump",
        url="https://www.northlight.example/news/quiet-pump",
        site="Northlight",
        summary="It hums at 41 decibels & not more.",
        image="https://www.northlight.example/img/pump.jpg?w=1200",
        lang="en",
        published_at="2026-03-04T08:30:00Z",
        published_on="2026-03-04",
        topics=("Pumps", "Harbours"),
    )
    entry = page.entry()
    assert (entry.title, entry.url, entry.published_at) == (page.title, page.url, page.published_at)


# Dates.

DAY = "2026-03-04"


@pytest.mark.parametrize(
    ("shown", "lang"),
    [
        ("4 March 2026", "en"),
        ("Posted on March 4th, 2026", "en"),
        ("Mar. 4, 2026, 9:30 a.m. EST", "en-US"),
        ("March 4 2026", "en-US"),
        ("04/03/2026", "fr"),
        ("Publié le 4 mars 2026 à 9h30", "fr"),
        ("4. März 2026", "de"),
        ("04.03.2026 · 09:30 Uhr", "de"),
        ("4.3.26", "de"),
        ("4 de marzo de 2026", "es"),
        ("4 marzo 2026", "it"),
        ("4 de março de 2026", "pt"),
        ("4 maart 2026", "nl"),
        ("4 marca 2026", "pl"),
        ("4. března 2026", "cs"),
        ("4 mars 2026", "sv"),
        ("2026. március 4.", "hu"),
        ("4 Mart 2026", "tr"),
        ("4 марта 2026 г.", "ru"),
        ("4 березня 2026", "uk"),
        ("4 Μαρτίου 2026", "el"),
        ("2026年3月4日", "ja"),
        ("2026년 3월 4일", "ko"),
        ("2026-03-04", "en"),
    ],
)
def test_a_date_shown_by_the_heading_is_read_in_many_languages(shown: str, lang: str) -> None:
    page = read("", f"<h1>A quieter pump</h1><span>{shown}</span>", lang)
    assert page.published_on == DAY
    assert page.published_at is not None and page.published_at.startswith(DAY)


@pytest.mark.parametrize(
    "head",
    [
        meta("article:published_time", "2026-03-04"),
        meta("parsely-pub-date", "Wed, 04 Mar 2026 09:30:00 GMT"),
        '<meta name="DC.date.issued" content="20260304">',
        '<meta itemprop="datePublished" content="2026/03/04">',
        meta("article:published_time", DAY) + ld({"@type": "Article", "datePublished": DAY, "dateModified": "2026-05-07"}),
        ld({"@type": "NewsArticle", "datePublished": DAY}),
        ld({"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, {"@type": ["Article"], "datePublished": DAY}]}),
        ld("not JSON at all", {"@type": "BlogPosting", "datePublished": DAY}),
        ld('{"@type": "NewsArticle", /* by hand */ "headline": "A\npump", "datePublished": "2026-03-04",}'),
        ld('<!-- {"@type": "Article", "datePublished": "2026-03-04"} -->'),
        ld('//<![CDATA[\n{"@type": "Article", "description": "it\\\'s", "datePublished": "2026-03-04"}\n//]]>'),
        ld('{"@type": "WebSite"}\n{"@type": "Article", "datePublished": "2026-03-04"};'),
        ld({"@type": "Article", "datePublished": 1772616600}, {"@type": "Article", "datePublished": "1772616600"}),
    ],
)
def test_a_declared_date_is_read(head: str) -> None:
    assert read(head).published_on == DAY


def test_a_date_in_json_is_not_believed_beside_the_mark_of_a_change() -> None:
    head = ld({"@type": "NewsArticle", "datePublished": DAY})
    changed = "<h1>A quieter pump</h1><p>Updated 19 March 2026</p>"
    assert (read(head, changed).published_on, read(meta("article:published_time", DAY) + head, changed).published_on) == (None, DAY)


def test_a_day_without_a_time_is_kept_at_noon_so_that_it_is_the_same_day_nearly_everywhere() -> None:
    assert read(meta("article:published_time", DAY)).published_at == "2026-03-04T12:00:00Z"


def test_what_is_declared_in_utc_and_shown_a_day_earlier_was_written_that_day() -> None:
    page = read(meta("article:published_time", "2026-03-05T03:30:00Z"), "<h1>A quieter pump</h1><p>March 4, 2026 10:30 pm</p>")
    assert (page.published_at, page.published_on) == ("2026-03-05T03:30:00Z", DAY)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (meta("article:published_time", "2099-03-04"), ""),
        (meta("article:published_time", "1970-01-01"), ""),
        (meta("article:modified_time", DAY), ""),
        (meta("article:published_time", "2024-03-04"), "<h1>A quieter pump</h1><p>4 March 2026</p>"),
        ("", "<h1>A quieter pump</h1><p>Last updated: 4 March 2026</p>"),
        ("", "<h1>A quieter pump</h1><p>3 March 2026</p><p>7 May 2025</p>"),
        ("", "<h1>A quieter pump</h1><p>03/04/2026</p>"),
        ("", "<h1>A quieter pump</h1><footer>© Northlight, 4 March 2026</footer>"),
        ("", '<h1>A quieter pump</h1><div class="related-posts"><span>4 March 2026</span></div>'),
        ("", "<h1>A quieter pump</h1>" + "<p>x</p>" * 10 + "<p>4 March 2026</p>"),
        (meta("date", DAY), ""),
        (
            meta("article:published_time", DAY)
            + ld({"@type": "Article", "datePublished": DAY, "dateModified": "2026-05-07"}),
            "<h1>A quieter pump</h1><p>Updated 7 April 2026</p>",
        ),
        ("", "<h1>A quieter pump</h1><p>© 2026</p>"),
        ("", "<h1>A quieter pump</h1><p>31 February 2026</p>"),
        (ld('{"@type": "Article", "datePublished": "' + "9" * 400 + '"}'), ""),
    ],
)
def test_a_date_that_is_none_or_that_contradicts_another_is_not_taken(head: str, body: str) -> None:
    assert read(head, body).published_at is None


def test_two_dates_and_an_address_that_decides() -> None:
    page = read(
        meta("article:published_time", "2026-03-04T09:00:00Z"),
        "<h1>A quieter pump</h1><p>7 May 2025</p>",
        origin="https://www.northlight.example/2026/03/04/quiet-pump",
    )
    assert page.published_on == DAY


def test_a_page_rewritten_long_after_has_no_day_of_its_own() -> None:
    body = "<h1>A quieter pump</h1><p>Updated 4 March 2026</p>"
    assert read(meta("article:published_time", "2024-05-07"), body).published_on is None
    assert read(meta("article:published_time", "2026-03-01"), body).published_on == "2026-03-01"


def test_where_a_page_declares_the_day_of_a_change_the_day_that_it_shows_counts() -> None:
    body = "<h1>A quieter pump</h1><p>4 March 2026</p><p>Updated 7 May 2026</p>"
    assert read(meta("article:published_time", "2026-05-07"), body).published_on == DAY


def test_what_is_read_counts_more_than_what_its_element_says() -> None:
    body = '<h1>A quieter pump</h1><time datetime="2026-05-07">4 March 2026</time>'
    assert read("", body).published_on == DAY


def test_an_address_alone_names_the_day() -> None:
    assert read(origin="https://www.northlight.example/2026/03/04/quiet-pump").published_on == DAY


# Address, summary, picture, language, topics.


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="/news/pump?utm_medium=x">', "https://www.northlight.example/news/pump"),
        (meta("og:url", "https://northlight.example/news/pump"), "https://northlight.example/news/pump"),
        ('<link rel="canonical" href="https://www.northlight.example/">', "https://www.northlight.example/news/quiet-pump"),
        ('<link rel="canonical" href="https://elsewhere.example.net/pump">', "https://www.northlight.example/news/quiet-pump"),
        ('<link rel="canonical" href="javascript:1">', "https://www.northlight.example/news/quiet-pump"),
        ('<base href="/other/"><link rel="canonical" href="pump">', "https://www.northlight.example/other/pump"),
    ],
)
def test_the_address_is_the_one_that_the_page_calls_its_own_on_its_own_site(head: str, url: str) -> None:
    assert read(head).url == url


def test_a_summary_that_only_names_page_or_site_gives_way_to_the_first_paragraph() -> None:
    head = meta("og:site_name", "Northlight") + meta("og:description", "Northlight") + meta("description", "A quieter pump")
    assert read(head).summary.startswith("It hums at 41 decibels")


def test_a_logo_gives_way_to_the_next_picture() -> None:
    head = meta("og:image", "/assets/logo.png") + meta("twitter:image", "/img/default-share.jpg")
    body = (
        '<h1>A quieter pump</h1><article><img src="/icon.png" width="32"><img src="data:image/gif;base64,R0" '
        'data-src="/img/pump.jpg"></article>'
    )
    assert read(head, body).image == "https://www.northlight.example/img/pump.jpg"
    assert read(head).image is None


def test_a_picture_that_is_described_by_the_title_stands_for_the_page() -> None:
    body = (
        '<h1>A quieter pump at the harbour</h1><main><img src="/boat.jpg" alt="A boat"></main>'
        '<img src="/pump.jpg" alt="A quieter pump">'
    )
    assert read("", body).image == "https://www.northlight.example/pump.jpg"
    assert read(meta("og:image", "/film.mp4"), body).image == "https://www.northlight.example/pump.jpg"


def test_a_summary_cut_for_being_shared_is_taken_whole_where_the_page_has_it() -> None:
    head = meta("og:description", "It hums at 41 decibels, which …") + meta("description", "It hums at 41 decibels, which is little.")
    assert read(head).summary == "It hums at 41 decibels, which is little."


def test_an_image_in_json_ld_is_found_however_it_is_told() -> None:
    for image in ("/a.jpg", ["/a.jpg", "/b.jpg"], {"@type": "ImageObject", "url": "/a.jpg"}, [{"contentUrl": "/a.jpg"}]):
        assert read(ld({"@type": "Article", "image": image})).image == "https://www.northlight.example/a.jpg"


def test_language_and_topics_from_where_they_are_told() -> None:
    page = read(meta("og:locale", "fr_CA") + ld({"@type": "Article", "keywords": "Pompes, Ports, pompes"}), lang="")
    assert (page.lang, page.topics) == ("fr", ("Pompes", "Ports"))


# Encodings.


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("cp1252", '<meta charset="iso-8859-1">'),
        ("iso8859-2", '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">'),
        ("cp1251", "<meta charset=windows-1251>"),
        ("utf-16", ""),
        ("shift_jis", '<meta charset="Shift_JIS">'),
        ("gbk", '<meta charset="gb2312">'),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_declares(encoding: str, head: str) -> None:
    title = {"iso8859-2": "Cichsza pompa w Łodzi", "cp1251": "Тихий насос", "shift_jis": "静かなポンプ", "gbk": "安静的水泵"}
    wanted = title.get(encoding, "Une pompe à Sète")
    data = f"<html><head>{head}<title>{wanted}</title></head><body><p>{'x' * 2_000}</p></body></html>".encode(encoding)
    assert read_page(data, ORIGIN).title == wanted


def test_the_answer_s_own_encoding_counts_where_the_page_names_none() -> None:
    data = "<html><title>Тихий насос</title></html>".encode("koi8-r")
    assert read_page(data, ORIGIN, "text/html; charset=koi8-r").title == "Тихий насос"


# What is refused.


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("404 - Page not found | Northlight", "no such page"),
        ("Error 404", "no such page"),
        ("Page Not Found", "no such page"),
        ("Seite nicht gefunden – Northlight", "no such page"),
        ("Page introuvable", "no such page"),
        ("Página no encontrada", "no such page"),
        ("The page you requested was not found", "no such page"),
        ("Just a moment...", "are you a robot"),
        ("Attention Required! | Cloudflare", "are you a robot"),
        ("Are you a robot?", "are you a robot"),
        ("Access Denied", "are you a robot"),
        ("Sign in to LinkedIn", "asks for a login"),
        ("Anmelden | Northlight", "asks for a login"),
        ("Log in to your account", "asks for a login"),
        ("Before you continue to Northlight", "cookies or consent"),
        ("DPG Media Privacy Gate", "cookies or consent"),
        ("503 Service Temporarily Unavailable", "an error of its server"),
        ("Internal Server Error", "an error of its server"),
        ("Account Suspended", "an error of its server"),
    ],
)
def test_a_page_that_is_another_than_asked_for_is_refused_with_advice(title: str, words: str) -> None:
    data = f"<html><head><title>{title}</title></head><body><h1>Oops</h1><p>Northlight</p></body></html>".encode()
    with pytest.raises(FeedError) as caught:
        read_page(data, ORIGIN)
    assert caught.value.source == ORIGIN
    assert words in caught.value.message
    assert ";" in caught.value.message  # what happened; what to do


@pytest.mark.parametrize(
    "body",
    [
        "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>",
        "<p>Please verify you are a human.</p>",
        "<h2>Hm</h2><p>The page you are looking for has moved on.</p>",
    ],
)
def test_a_page_that_says_hardly_anything_else_is_refused(body: str) -> None:
    with pytest.raises(FeedError):
        read_page(f"<html><head><title>Northlight</title></head><body>{body}</body></html>".encode(), ORIGIN)


@pytest.mark.parametrize("title", ["Page not found", "Why 404 pages are loved", "Login", "The robots are coming: are you a robot?"])
def test_an_article_is_not_refused_for_its_title(title: str) -> None:
    assert read(f"<title>{title}</title>", f"<h1>{title}</h1>").title == title


def test_a_short_notice_is_taken() -> None:
    data = "<html><title>Closed on Friday</title><body><h1>Closed on Friday</h1><p>See you on Monday.</p></body></html>"
    assert read_page(data.encode(), ORIGIN).title == "Closed on Friday"


@pytest.mark.parametrize("data", [b"", b"  \n", b"%PDF-1.7 ...", b"\x89PNG\r\n", b"just words", b'{"a": 1}'])
def test_what_is_no_page_is_refused(data: bytes) -> None:
    with pytest.raises(FeedError):
        read_page(data, ORIGIN)


# Bad input.


@pytest.mark.parametrize(
    "part",
    ["<!--", "<a ", "</a ", "<div>", "<b>", '<a x="', "&#", "<script>", "<![CDATA[", "<title>", "<h1>", "<time>", "<p><i></b>"],
)
def test_a_document_made_to_be_slow_ends(part: str) -> None:
    data = b"<html><title>A quieter pump</title><body><h1>A quieter pump</h1>" + part.encode() * (400_000 // len(part))
    assert read_page(data, ORIGIN).title


def test_json_ld_nested_without_end_does_no_harm() -> None:
    deep = '{"@graph":[' * 100_000
    assert read(ld(deep, "/*" * 100_000, '"' * 100_001)).title == "A quieter pump"


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=300), st.text(max_size=200))
def test_anything_at_all_is_read_or_refused(data: bytes, text: str) -> None:
    head = f"<title>A title</title>{meta('og:title', text)}{ld(text)}<link rel=canonical href='{text}'>"
    for document in (data, b"<html>" + data, (head + text).encode("utf-8", "replace") + data):
        try:
            assert read_page(document, ORIGIN).title
        except FeedError as error:
            assert error.message
