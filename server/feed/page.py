"""One web page: title, address, summary, picture, language and date as it declares and shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from server import clock
from server.feed import jsonld
from server.feed.address import canonical
from server.feed.entries import MOST_SUMMARY, language
from server.feed.headline import completed, headline, site_name
from server.feed.markup import Markup, aside
from server.feed.model import Entry, FeedError
from server.feed.pagedate import published
from server.feed.pictures import first_picture, picture_called, pictures_something
from server.feed.plain import lenient, tidy
from server.feed.titles import folded
from server.feed.walls import refuse_walls

_MOST_TOPICS = 12
_MOST_TOPIC = 60
_ABOUT = re.compile(r"article|posting|report|news|recipe|page|product|video")
_LEAST_PARAGRAPH = 60


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of itself, in plain text. `url` is canonical; `published_at` UTC ISO 8601, noon where the page
    names a day only; `published_on` the day as the page writes it (it may differ from that of `published_at`).
    """

    title: str
    url: str
    site: str = ""
    summary: str = ""
    image: str | None = None
    lang: str | None = None
    published_at: str | None = None
    published_on: str | None = None
    topics: tuple[str, ...] = ()

    def entry(self) -> Entry:
        """The page as an entry of a feed."""
        return Entry(self.title, self.url, self.summary, self.image, self.lang, self.published_at, self.topics)


def read_page(data: bytes, origin: str, content_type: str | None = None) -> Page:
    """The page in an HTML document that came from `origin`.

    Raises FeedError where it is none, has no title, or is a page about something else than what was asked for: not
    found, a login, a test for people, a question for consent, an error.
    """
    page = Markup(data, origin, content_type)
    refuse_walls(page)
    title, heading = headline(page)
    if not title:
        raise FeedError(origin, "is a web page without a title; add it by hand, with a title of your own")
    when = published(page, heading, clock.now())
    return Page(
        title=title,
        url=_address(page),
        site=site_name(page),
        summary=_summary(page, title),
        image=_image(page, title),
        lang=language(page.lang),
        published_at=clock.stamp(when.at) if when else None,
        published_on=when.day if when else None,
        topics=_topics(page),
    )


def _about(page: Markup) -> Iterator[dict]:
    return (node for node in page.nodes if _ABOUT.search(" ".join(jsonld.types(node))))


def _first(page: Markup, key: str) -> str:
    return next(filter(None, (jsonld.text_of(node.get(key)) for node in _about(page))), "")


def _address(page: Markup) -> str:
    """The address that the page calls its own, unless that is another site's or the front page by mistake."""
    here = canonical(page.origin) or page.origin
    declared = [tag["href"] for tag in page.links("canonical")] + [page.said("og:url")]
    for address in declared:
        own = canonical(address, page.base) if address else None
        if own and _of_site(own) == _of_site(here) and (_path(own) or not _path(here)):
            return own
    return here


def _of_site(url: str) -> str:
    return ".".join((urlsplit(url).hostname or "").rsplit(".", 2)[-2:])


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path.strip("/") + parts.query


def _summary(page: Markup, title: str) -> str:
    """What the page says that it is about; else its first paragraph."""
    names = ("og:description", "description", "twitter:description", "dc.description", "dcterms.description")
    declared = [page.said(name) for name in names] + [_first(page, "description")]
    lines = [lenient(text.replace("\xad", ""), MOST_SUMMARY) for text in declared]
    for line in (completed(line, lines) for line in lines):
        if line and folded(line) not in (folded(title), folded(site_name(page)), ""):
            return line
    for paragraph in page.soup.find_all("p", limit=60):
        line = tidy(paragraph.get_text(" "), MOST_SUMMARY)
        if len(line) >= _LEAST_PARAGRAPH and not aside(paragraph):
            return line
    return ""


def _image(page: Markup, title: str) -> str | None:
    """The picture that the page declares for being shared; else the first of its own that is large enough to be one."""
    names = ("og:image", "og:image:secure_url", "og:image:url", "twitter:image", "twitter:image:src", "thumbnail")
    declared = [page.said(name) for name in names]
    declared += [tag["href"] for tag in page.links("image_src")]
    declared += [jsonld.text_of(node.get(key)) for node in _about(page) for key in ("image", "thumbnailUrl")]
    usable = [found for text in declared if text and (found := canonical(text, page.base, as_asked=True))]
    for found in usable:
        if pictures_something(found):
            return found
    found = picture_called(title, page.soup, page.base)
    for part in () if found else page.soup.find_all(("article", "main"), limit=3):
        found = found or first_picture(part, page.base)
    return found


def _topics(page: Markup) -> tuple[str, ...]:
    words = [*page.meta.get("article:tag", ()), *page.meta.get("article:section", ())]
    for key in ("keywords", "articleSection"):
        for node in _about(page):
            value = node.get(key)
            words += [word for word in (value if isinstance(value, list) else [value]) if isinstance(word, str)]
    if not words:
        words = [page.said("news_keywords") or page.said("keywords")]
    found: dict[str, str] = {}
    for word in words:
        for part in word.split(","):
            topic = lenient(part, _MOST_TOPIC)
            if topic and len(found) < _MOST_TOPICS:
                found.setdefault(topic.casefold(), topic)
    return tuple(found.values())
