"""The title of a page: its heading or what its head declares, without the name of the site."""

from __future__ import annotations

import json

import pytest

from server.feed import FeedError
from server.feed.page import read_page

ORIGIN = "https://www.northlight.example/news/quiet-pump?utm_source=home"
TEXT = "It hums at 41 decibels, which is less than a fridge, and the neighbours of the harbour wrote to thank us for it. "


def title_of(head: str = "", body: str = "", origin: str = ORIGIN) -> str:
    document = f'<!doctype html><html><head><meta charset="utf-8">{head}</head><body>{body}<p>{TEXT * 20}</p></body></html>'
    return read_page(document.encode(), origin, "text/html").title


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def ld(node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>A quieter pump | Northlight</title>", "<p>x</p>", "A quieter pump"),
        ("<title>Northlight: news - A quieter pump</title>", "<h1>A quieter pump</h1>", "A quieter pump"),
        ("<title>A quieter pump - Northlight News</title>", "<p>x</p>", "A quieter pump"),
        ("<title>Pumps - and why they hum</title>", "<p>x</p>", "Pumps - and why they hum"),
        ("<title>Is a &lt; b?  A &quot;question&quot;</title>", "<p>x</p>", 'Is a < b? A "question"'),
        (meta("og:title", "Tom &amp;amp; Mira&amp;#8217;s pump"), "<p>x</p>", "Tom & Mira’s pump"),
        (meta("og:title", "A pump, quieter") + "<title>x</title>", "<h1>A Pump, Quieter</h1>", "A Pump, Quieter"),
        (meta("og:title", "You won’t believe this pump"), "<h1>Related</h1>", "You won’t believe this pump"),
        (
            meta("og:title", "A pump that hardly hums"),
            "<h1><span>Harbour</span> A pump that hardly hums</h1>",
            "A pump that hardly hums",
        ),
        ("", "<header><h1>Northlight</h1></header><h1>A quieter pump</h1>", "A quieter pump"),
        ("<title>Pum\u00adpen sind lei\u00adse</title>", "<p>x</p>", "Pumpen sind leise"),
        (ld({"@type": "NewsArticle", "headline": "A pump, told in JSON"}), "<p>x</p>", "A pump, told in JSON"),
        # A heading in a banner counts where it says what the head says; one in a menu, or like nothing declared, does not.
        (
            meta("og:title", "A quieter pump: what it costs"),
            '<div class="hero banner"><h1>A quieter pump, and what it costs</h1></div>',
            "A quieter pump, and what it costs",
        ),
        (
            meta("og:title", "A quieter pump: what it costs"),
            '<div class="main-menu"><h1>A quieter pump, and what it costs</h1></div>',
            "A quieter pump: what it costs",
        ),
        (
            "<title>A quieter pump - The Harbour Book</title>",
            '<div class="menu-bar"><h1>The Harbour Book</h1></div>',
            "A quieter pump - The Harbour Book",
        ),
        # A line above the title, a label, a sign that links a heading to itself.
        (
            meta("og:title", "A pump that hardly hums - Harbour"),
            '<h1><span class="overline">Harbour</span> A pump that hardly hums</h1>',
            "A pump that hardly hums",
        ),
        (
            meta("og:title", "Harbour: A pump that hardly hums"),
            '<h1><span class="kicker">Harbour</span><span>: </span><span>A pump that hardly hums</span></h1>',
            "Harbour: A pump that hardly hums",
        ),
        ("<title>A pump, quieter - Docs</title>", "<h1>A pump, quieter <a href='#top'>¶</a></h1>", "A pump, quieter"),
        ("<title>A pump, quieter - Docs</title>", "<h1>A pump, quieter <button>Copy</button></h1>", "A pump, quieter"),
        # Cut by a quotation mark in its attribute, or for being shared.
        (
            "<title>They call the pump \"quiet\"</title>" + meta("og:title", "They call the pump "),
            "<p>x</p>",
            'They call the pump "quiet"',
        ),
        (
            "<title>A pump that hardly hums at all</title>" + meta("og:title", "A pump that hardly …"),
            "<p>x</p>",
            "A pump that hardly hums at all",
        ),
        # "Home" is no title; a site's name is none, unless it is the whole title of the page given as one.
        (meta("og:title", "Home") + "<title>A quieter pump</title>", "<p>x</p>", "A quieter pump"),
        (
            meta("og:title", "A quieter pump | Sluice") + meta("og:site_name", "A quieter pump | Sluice"),
            "<h1>A quieter pump</h1>",
            "A quieter pump",
        ),
        ("<title>Northlight pumps – Northlight handbook</title>", "<h1>Northlight pumps</h1>", "Northlight pumps"),
        ("<title>About - Northlight</title>", "<p>x</p>", "About - Northlight"),
        # What follows the title: always after a bar; after a dash on pages that do not say what they are.
        (meta("og:type", "article") + "<title>A quieter pump at work | Press</title>", "<p>x</p>", "A quieter pump at work"),
        ("<title>A quieter pump - a guide</title>", "<p>x</p>", "A quieter pump - a guide"),
        ("<title>A quieter pump at work - a guide</title>", "<p>x</p>", "A quieter pump at work"),
        (
            meta("og:type", "article") + "<title>A quieter pump at work - a guide</title>",
            "<p>x</p>",
            "A quieter pump at work - a guide",
        ),
        # A line above the heading is left out where the head sets it apart too, and kept where a colon joins them.
        (
            "<title>Harbour news - A quieter pump</title>",
            '<h1><span class="topline">Harbour news</span> A quieter pump</h1>',
            "A quieter pump",
        ),
        (
            "<title>Harbour news: A quieter pump</title>",
            '<h1><span class="topline">Harbour news</span>: A quieter pump</h1>',
            "Harbour news: A quieter pump",
        ),
        # A slogan gives way where the page does not say what it is, and the head has one title: a brief one, or no sentence.
        (meta("og:title", "Quiet Pumps"), "<h1>Quiet pumps at last</h1>", "Quiet Pumps"),
        (
            meta("og:title", "Quiet Pumps For Harbours, Marinas And Mills"),
            "<h1>We make quiet pumps for harbours and mills</h1>",
            "Quiet Pumps For Harbours, Marinas And Mills",
        ),
        (
            meta("og:title", "Quiet Pumps") + ld({"@type": "Product", "name": "x"}),
            "<h1>Quiet pumps at last</h1>",
            "Quiet pumps at last",
        ),
        # Encoded twice.
        (
            meta("og:title", "The pumpâ\x80\x99s cafÃ©, â€œso quietâ€\x9d"),
            "<p>x</p>",
            "The pump’s café, “so quiet”",
        ),
        (meta("og:title", "PÂTÉ „MENÜ“ à São Tomé"), "<p>x</p>", "PÂTÉ „MENÜ“ à São Tomé"),
    ],
)
def test_the_title_is_the_page_s_own(head: str, body: str, title: str) -> None:
    assert title_of(head, body) == title


def test_a_front_page_keeps_the_name_of_its_site() -> None:
    head = meta("og:title", "Northlight | Quiet pumps") + meta("og:site_name", "Northlight")
    body = "<h1>Sleep well by the harbour</h1>"
    assert title_of(head, body, "https://northlight.example/") == "Northlight | Quiet pumps"


def test_a_page_without_any_title_is_refused() -> None:
    with pytest.raises(FeedError, match="without a title"):
        title_of("", "<p>x</p>")
