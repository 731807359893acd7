"""Reading feeds: what is taken from each format, what is left out, what is refused."""

from __future__ import annotations

import codecs
import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.feed import Entry, Feed, FeedError, read_feed
from server.feed.model import Missing, NoFeed

FEEDS = Path(__file__).parents[1] / "feeds"
RSS, ATOM, JSON = "newsroom.rss.xml", "engineering.atom.xml", "people.feed.json"


def read(name: str, origin: str = "https://feeds.example/all") -> Feed:
    return read_feed((FEEDS / name).read_bytes(), origin)


def rss(items: str, before: str = '<?xml version="1.0"?>') -> bytes:
    head = "<title>T</title><link>https://x.example/</link>"
    return f'{before}<rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()


def item(title: str = "A title", link: str = "https://x.example/a", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def test_rss_entries_are_taken_in_plain_text_and_canonical_form() -> None:
    feed = read(RSS)
    assert feed.title == "Northlight Newsroom"
    assert feed.entries == [
        Entry(
            title="A quieter pump for the harbour & the town",
            url="https://www.northlight.example/news/quiet-pump/?ref=7",
            summary="It hums at 41 decibels. Neighbours wrote to thank us.",
            image="https://www.northlight.example/img/pump.jpg",
            lang="en",
            published_at="2026-11-17T08:30:00Z",
            topics=("Engineering",),
            guid="n-101",
        ),
        Entry(
            title="Apprentices build their own test bench",
            url="https://www.northlight.example/news/apprentices",
            summary="Nine weeks, four apprentices.",
            image="https://www.northlight.example/img/bench.png",
            lang="en",
            published_at="2026-11-17T04:30:00Z",
        ),
    ]


def test_each_entry_left_out_has_a_sentence_that_says_why() -> None:
    assert read(RSS).left_out == [
        "Entry 3, “The same pump once more”: it links to the same page as an entry before it.",
        "Entry 4, “This one has neither title nor link.”: it has no link.",
        "Entry 5, “A number, not an address”: it has no link.",
        "Entry 6, “Not a page”: its link is not an address of a web page.",
    ]


def test_atom_is_read_with_a_blank_line_before_its_declaration() -> None:
    feed = read(ATOM)
    assert feed.title == "Ingénierie & métier"
    first, second = feed.entries
    assert first == Entry(
        title="Pourquoi deux capteurs valent mieux qu’un",
        url="https://blog.northlight.example/tech/2026/deux-capteurs",
        summary="Le premier mesure, le second doute.",
        image="https://blog.northlight.example/img/capteurs.png",
        lang="fr",
        published_at="2026-11-17T21:15:00Z",
        topics=("Capteurs",),
        guid="tag:northlight.example,2026:1",
    )
    assert (second.title, second.summary, second.published_at) == (
        "Is a < b?",
        "A question of “order”.",
        "2026-11-16T08:00:00Z",
    )


def test_json_feed_is_read() -> None:
    feed = read(JSON)
    assert feed.title == "People of Northlight – portraits"
    mira, tom, untitled = feed.entries
    assert mira == Entry(
        title="Mira misst den Wind",
        url="https://people.northlight.example/mira",
        summary="Seit sechs Jahren auf dem Dach.",
        image="https://people.northlight.example/img/mira.jpg",
        lang="de",
        published_at="2026-11-15T09:00:00Z",
        topics=("Menschen", "Wind", "7"),
        guid="p-1",
    )
    assert (tom.url, tom.lang, tom.published_at) == (
        "https://people.northlight.example/tom",
        "en",
        "2026-11-14T10:00:00Z",
    )
    assert (untitled.title, untitled.untitled, untitled.summary) == ("No title.", True, "")
    assert [sentence.partition(":")[0] for sentence in feed.left_out] == ["Entry 3, “No link”", "Entry 5"]
    assert (feed.found, feed.why) == (5, {"no_link": 1, "no_title": 1})


def test_json_feed_1_0_is_read_whatever_its_content_type() -> None:
    document = {
        "version": "https://jsonfeed.org/version/1",
        "title": "T",
        "items": [{"id": "1", "url": "https://x.example/1", "title": "One"}],
    }
    assert read_feed(json.dumps(document).encode(), "https://x.example/f", "text/html").entries[0].title == "One"


def test_a_relative_link_in_a_file_without_a_site_is_left_out() -> None:
    document = (
        b"<rss version='2.0'><channel><title>T</title><item><title>A</title><link>a</link></item></channel></rss>"
    )
    feed = read_feed(document, "/home/nell/feed.xml")
    assert feed.entries == [] and "not an address" in feed.left_out[0]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-1", "windows-1252"]
)
def test_a_document_is_read_in_the_encoding_it_declares(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = rss(item("Café à Brême"), f'<?xml version="1.0" encoding="{declared}"?>').decode()
    assert read_feed(text.encode(encoding), "x").entries[0].title == "Café à Brême"


def test_the_real_encoding_wins_over_a_wrong_declaration() -> None:
    wrong = rss(item("Café à Brême"), '<?xml version="1.0" encoding="iso-8859-1"?>')
    assert read_feed(wrong, "x", "text/xml; charset=iso-8859-1").entries[0].title == "Café à Brême"
    claims_utf8 = rss(item("Café à Brême"), '<?xml version="1.0" encoding="utf-8"?>').decode().encode("cp1252")
    assert read_feed(claims_utf8, "x").entries[0].title == "Café à Brême"


def test_the_charset_of_the_answer_is_used_where_the_document_is_silent() -> None:
    assert (
        read_feed(rss(item("Привет")).decode().encode("koi8-r"), "x", "application/rss+xml; charset=koi8-r")
        .entries[0]
        .title
        == "Привет"
    )


def test_one_broken_byte_does_not_cost_every_accent() -> None:
    data = rss(item("Café") + item("Thé à la menthe, crème brûlée, pâté", "https://x.example/b")).replace(
        "é</title>".encode(), b"\xe9</title>", 1
    )
    assert read_feed(data, "x").entries[1].title == "Thé à la menthe, crème brûlée, pâté"


def test_an_unknown_encoding_name_is_survived() -> None:
    assert (
        len(
            read_feed(rss(item(), '<?xml version="1.0" encoding="klingon-8"?>'), "x", "text/xml; charset=rot13").entries
        )
        == 1
    )


@pytest.mark.parametrize(
    "document",
    [
        rss(item("Bed & breakfast")),
        rss(item("Line\x0bfeed")),
        rss(item("A&nbsp;title")),
        rss(item()).removesuffix(b"</channel></rss>"),
        b"<br>\n<b>Warning</b>: something in line 3\n" + rss(item()),
        b"<!-- <html> --><!-- made by hand -->" + rss(item(), ""),
        rss(
            item(),
            '<?xml version="1.0"?>'
            '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">',
        ),
        rss(item(), '<!DOCTYPE rss [<!ENTITY % HTMLlat1 PUBLIC "-//W3C//ENTITIES Latin 1//EN" "http://x.example/lat1.ent"> %HTMLlat1;]>'),
        gzip.compress(rss(item())),
        b"<!DOCTYPE html PUBLIC 'x' 'y'><html><body>" + rss(item(), "") + b"</body></html>",
        b'<entry xmlns="http://www.w3.org/2005/Atom"><title>A title</title><link href="https://x.example/a"/></entry>',
    ],
    ids=[
        "bare ampersand",
        "control character",
        "HTML entity",
        "cut off",
        "PHP warning first",
        "comments first",
        "plain doctype",
        "names for accents",
        "packed",
        "wrapped in a page",
        "one entry alone",
    ],
)
def test_a_slightly_broken_feed_is_still_read(document: bytes) -> None:
    assert [entry.url for entry in read_feed(document, "x").entries] == ["https://x.example/a"]


def test_a_long_summary_is_cut_at_a_word() -> None:
    summary = read_feed(rss(item(more=f"<description>{'word ' * 500}</description>")), "x").entries[0].summary
    assert len(summary) <= 400 and summary.endswith("word…")


def test_nothing_executable_or_invisible_is_left_in_the_words() -> None:
    hostile = (
        "&lt;script&gt;steal()&lt;/script&gt;&lt;style&gt;a{}&lt;/style&gt;"
        "&lt;img src=x onerror=steal()&gt;See\u202e you\u200b there"
    )
    entry = read_feed(
        rss(item(f"{hostile}", more=f"<description>{hostile}</description><category>{hostile}</category>")), "x"
    ).entries[0]
    assert entry.title == "See you there"
    assert "steal" not in entry.summary


def test_more_than_fifty_thousand_entries_are_refused_before_they_are_read() -> None:
    document = rss("".join(f"<item><link>https://x.example/{n}</link></item>" for n in range(50_001)))
    for data in (document, document + b"<"):  # well-formed and not: two ways lead there
        with pytest.raises(FeedError, match="more than 50,000 entries"):
            read_feed(data, "x")
    many = {"version": "https://jsonfeed.org/version/1.1", "items": [{}] * 50_001}
    with pytest.raises(FeedError, match="more than 50,000 entries"):
        read_feed(json.dumps(many).encode(), "x")


def test_many_bad_entries_make_few_sentences() -> None:
    feed = read_feed(rss("<item><title>T</title></item>" * 100), "x")
    assert len(feed.left_out) == 20 and feed.left_out[-1] == "And 81 more."


ENTITIES = '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>'
FILE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
REFUSED = [
    (b"", "is empty"),
    (b" \n\t", "is empty"),
    (codecs.BOM_UTF8, "is empty"),
    (
        b"<!DOCTYPE html><html><head><title>News</title></head></html>",
        "answered with a web page, not a feed; look for its RSS address",
    ),
    (
        b"<html><link rel='alternate' type='application/rss+xml' href='/rss.xml'></html>",
        "try the feed it names: https://s.example/rss.xml",
    ),
    (b"<body>hello</body>", "web page"),
    (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", "it begins with <urlset>"),
    (b"Not found", "is not a feed"),
    (b"%PDF-1.7 \x00\x01", "is not a feed"),
    (b'{"items": [', "begins like JSON"),
    (b'{"items": []}', "is JSON, but not a JSON Feed"),
    (b"[1, 2]", "is JSON, but not a JSON Feed"),
    (b"[" * 100_000, "begins like JSON"),
    (rss(item("&lol2;"), '<?xml version="1.0"?>' + ENTITIES), "document type with definitions"),
    (rss(item("&x;"), FILE), "document type with definitions"),
    (rss(item("&lol2;"), ENTITIES).decode().encode("utf-16"), "document type with definitions"),
    (b"<!-- first -->\n<!ENTITY a 'b'>" + rss(item(), ""), "document type with definitions"),
    (gzip.compress(bytes(50_000_000)), "unpacks to more than 10 MB"),
    (b"\x1f\x8b\x08 not packed at all", "is packed by gzip and damaged"),
    (rss("<a>" * 5_000), "is no ordinary feed"),
    (rss("<item " + " ".join(f"a{n}='1'" for n in range(20_000)) + "/>"), "is no ordinary feed"),
    (rss("<item/>" * 250_000), "is no ordinary feed"),
]


@pytest.mark.parametrize(
    ("document", "words"), REFUSED, ids=[words[:30] + str(place) for place, (_, words) in enumerate(REFUSED)]
)
def test_what_is_no_feed_is_refused_by_name_with_advice(document: bytes, words: str) -> None:
    with pytest.raises(FeedError) as caught:
        read_feed(document, "https://s.example/feed")
    assert str(caught.value).startswith("https://s.example/feed: ")
    assert words in caught.value.message
    assert any(advice in caught.value.message for advice in ("check", "look for", "try", "ask"))


def test_entities_defined_after_the_root_are_not_expanded() -> None:
    document = f'<rss version="2.0">{ENTITIES}<channel>{item("&lol2;")}</channel></rss>'.encode()
    titles = [entry.title for entry in read_feed(document, "x").entries]
    assert not any("lol" * 3 in title for title in titles)


def test_elements_of_a_feeds_own_that_are_named_like_the_parsers_keys_do_no_harm() -> None:
    names = ("links", "tags", "media_content", "media_thumbnail", "title_detail", "summary_detail", "image")
    own = "".join(f"<{name}>a, b</{name}>" for name in names)
    document = f'<rss version="2.0"><channel>{own}{item("A quiet pump", more=own)}</channel></rss>'
    assert [entry.title for entry in read_feed(document.encode(), "https://s.example/feed").entries] == ["A quiet pump"]


DOCUMENTS = [(FEEDS / name).read_bytes() for name in (RSS, ATOM, JSON)]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(DOCUMENTS), st.data())
def test_damaged_documents_are_read_or_refused_but_never_break(document: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(document)))
    length = data.draw(st.integers(0, 60))
    damage = data.draw(
        st.binary(max_size=12) | st.sampled_from([b"<", b"]]>", b"&", b"\x00", b"\xff", b"<![CDATA[", b"<!--", b'"'])
    )
    try:
        feed = read_feed(document[:at] + damage + document[at + length :], "https://s.example/feed")
    except FeedError:
        return
    for entry in feed.entries:
        assert entry.title and entry.url.startswith(("http://", "https://"))
        json.dumps([entry.title, entry.summary, *entry.topics]).encode("utf-8")


def test_an_entry_without_a_title_is_called_by_its_first_sentence() -> None:
    words = "Our wrens nest early this year. Come and see them before the rain does."
    message = f"<item><link>https://x.example/m</link><description>{words}</description></item>"
    (entry,) = read_feed(rss(message), "x").entries
    assert (entry.title, entry.summary, entry.untitled) == ("Our wrens nest early this year.", words, True)


def test_a_title_is_taken_whole_up_to_three_hundred_characters() -> None:
    title = "Pump " * 59 + "ends"
    assert read_feed(rss(item(title)), "x").entries[0].title == title


def test_an_error_told_as_a_page_is_no_page_without_a_feed() -> None:
    with pytest.raises(Missing, match="no such page"):
        read_feed(b"<html><head><title>Page not found</title></head><body><h1>404</h1></body></html>", "x")
    feed = b'<link rel="alternate" type="application/rss+xml" href="https://x.example/feed">'
    for page in (b"<title>Press</title><p>All our news</p>", b"<title>Page not found</title>" + feed):
        with pytest.raises(NoFeed):
            read_feed(b"<html><head>" + page + b"</head></html>", "x")
