"""A page's own title: what its head declares and what its heading shows, without the name of the site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from server.feed import jsonld
from server.feed.address import canonical
from server.feed.markup import Markup, aside
from server.feed.plain import lenient
from server.feed.titles import folded

if TYPE_CHECKING:
    from bs4 import Tag

_MOST = 300
# What stands between a title and the name of a site.
_BETWEEN = re.compile(r"\s*[|｜]+\s*|\s+(?:[·•–—»«›/~-]|::)\s+|\s+-(?=\w)|(?<=[\u3000-\u9fff])[-_–—](?=[\u3000-\u9fff])")
_NAMED = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher")
_ABOUT = re.compile(r"article|posting|report|news|recipe")
# In per cent of likeness: below this, a heading speaks of something else than the page's title.
_ALIKE = 45.0
_LONG, _SHORT = 15, 8  # characters; a heading shorter than these may be a label


def headline(page: Markup) -> tuple[str, Tag | None]:
    """The page's title, "" where it has none, and the heading that bears it, where one does.

    The heading (<h1>) is taken where it agrees with what the head declares (og:title, twitter:title, JSON-LD,
    <title>), and says it in its own form; else what is declared, the most specific first.
    """
    from rapidfuzz import fuzz

    names = _site_names(page)
    declared = [_line(text) for text in (page.said("og:title"), page.said("twitter:title"), _in_json(page), _title(page))]
    stated = [text for text in (_own(text, names) for text in declared) if text and not _is_site(text, names)]
    headings = [(_line(tag.get_text(" ")), tag) for tag in page.soup.find_all("h1", limit=20) if not aside(tag)]
    headings = [(text, tag) for text, tag in headings if text and not _is_site(text, names) and not _leads_home(page, tag)]
    known = [folded(text) for text in stated]
    parts = {folded(part) for text in declared for part in _BETWEEN.split(text)}
    for words in known:
        for text, tag in headings:
            if folded(text) == words:
                return text, tag
    for text, tag in headings:
        if len(folded(text)) >= _SHORT and folded(text) in parts:
            return text, tag
    for text, tag in headings:  # with a kicker before the title, or a second line after it
        for title, words in zip(stated, known, strict=True):
            if len(words) >= _LONG and (folded(text).endswith(" " + words) or folded(text).startswith(words + " ")):
                return title, tag
    if headings and stated:
        likeness = [max(fuzz.token_sort_ratio(folded(text), words) for words in known) for text, _ in headings]
        best = likeness.index(max(likeness))
        only_title = not any(declared[:3])
        if likeness[best] >= _ALIKE or only_title and len(headings) == 1 and len(headings[0][0]) >= _LONG:
            return headings[best]
    tag = headings[0][1] if len(headings) == 1 else None
    if stated:
        return stated[0], tag
    if headings:
        return headings[0]
    return next(filter(None, declared), "") or _subheading(page), None


def site_name(page: Markup) -> str:
    """What the site calls itself, "" where it does not say."""
    name = page.said("og:site_name", "application-name")
    if not name:
        found = (jsonld.name_of(node.get("publisher")) for node in page.nodes)
        name = next(filter(None, found), "")
    return lenient(name, 100)


def _subheading(page: Markup) -> str:
    lines = (_line(tag.get_text(" ")) for tag in page.soup.find_all("h2", limit=5) if not aside(tag))
    return next(filter(None, lines), "")


def _line(text: str) -> str:
    return lenient(text.replace("\xad", ""), _MOST)


def _title(page: Markup) -> str:
    return page.soup.title.get_text() if page.soup.title else ""


def _in_json(page: Markup) -> str:
    about = (node for node in page.nodes if _ABOUT.search(" ".join(jsonld.types(node))))
    return next(filter(None, (jsonld.text_of(node.get("headline")) for node in about)), "")


def _site_names(page: Markup) -> list[str]:
    """What the site may be called, folded and without spaces."""
    host = (urlsplit(page.origin).hostname or "").removeprefix("www.")
    names = [page.said(key) for key in _NAMED] + [jsonld.name_of(node.get("publisher")) for node in page.nodes]
    names += [host, *(label for label in host.split(".")[:-1] if len(label) > 3)]
    return list({folded(name).replace(" ", ""): None for name in names if folded(name)})


def _is_site(text: str, names: list[str]) -> bool:
    short = folded(text).replace(" ", "")
    for name in names:
        longer = len(name) > 3 and short.startswith(name) and len(short) <= len(name) + 12
        if short == name or longer or len(short) > 3 and name.startswith(short):
            return True
        if len(short) > 4 and short in name and len(short) >= len(name) * 0.6:
            return True
    return not short


def _leads_home(page: Markup, heading: Tag) -> bool:
    """Whether a heading is a link to the front page, as the name of a site is."""
    return any(urlsplit(canonical(link["href"], page.base) or "x").path == "/" for link in heading.find_all("a", href=True))


def _own(text: str, names: list[str]) -> str:
    """The text without the names of the site at its ends."""
    parts, between = _BETWEEN.split(text), _BETWEEN.findall(text)
    first, last = 0, len(parts)
    while last - first > 1 and _is_site(parts[last - 1], names):
        last -= 1
    while last - first > 1 and _is_site(parts[first], names):
        first += 1
    joined = parts[first]
    for at in range(first + 1, last):
        joined += between[at - 1] + parts[at]
    return joined.strip()
