"""A newsroom without a feed: the articles that its page lists, read from how the page is built."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from server import clock
from server.feed.address import canonical, item_id
from server.feed.dates import Moment, moment_in
from server.feed.entries import MOST_SUMMARY, language
from server.feed.markup import Markup, ancestors, signs
from server.feed.model import Entry, FeedError
from server.feed.pictures import first_picture
from server.feed.plain import tidy
from server.feed.titles import folded
from server.feed.walls import refuse_walls

if TYPE_CHECKING:
    from bs4 import Tag

_MOST_LINKS = 3_000
_MOST_ENTRIES = 200
_MOST_TITLE = 300
_LEAST_ENTRIES = 2
_MOST_IN_BLOCK = 10  # links within the block of one article: to itself, its topics, its authors
# Where a page keeps what is not its matter. Narrower than for one article: a list of teasers is the matter here.
_FRAME_ELEMENTS = frozenset(("nav", "footer", "form", "dialog"))
_FRAME = re.compile(
    r"(?:^|[\s_-])(?:foot(?:er)?|nav(?:bar|igation)?|menu|mega-?menu|breadcrumbs?|pagination|pager|cookie\w*|consent|sidebar"
    r"|side-bar|share|social|legal|copyright|language|lang|skip-?link\w*|search|login|tag-?cloud|filters?)(?:$|[\s_-])",
    re.IGNORECASE,
)
# Addresses of pages that are no articles, by a part of the path, and those of lists, where that part is the last but one.
_NO_ARTICLE = frozenset(
    "legal legal-notice privacy privacy-policy datenschutz datenschutzerklaerung impressum imprint mentions-legales agb terms "
    "terms-of-use conditions cgu cookie cookies cookie-policy contact contact-us kontakt about about-us ueber-uns a-propos "
    "login signin sign-in signup register logout account search suche recherche cart warenkorb checkout sitemap feed rss "
    "accessibility barrierefreiheit subscribe newsletter unsubscribe wp-login.php wp-admin share print help faq".split()
)
_LIST = frozenset(
    "tag tags category categories kategorie kategorien categorie rubrik rubrique topic topics thema themen theme author "
    "authors autor autoren auteur page seite archive archives label collections section year".split()
)
_LIST_QUERY = re.compile(r"(?:^|&)(?:page|paged|seite|cat|category|tag|author|s|q|search|share|replytocom|filter\w*|sort|lang)=")
_FILE = re.compile(
    r"\.(?:pdf|jpe?g|png|gif|webp|svg|eps|zip|docx?|xlsx?|pptx?|mp[34]|mov|avi|ics|xml|rss|atom|json|css|js)$", re.IGNORECASE
)
_GENERIC = re.compile(
    r"(?:read|learn|find out|see|view|discover|show|load|more|continue|weiter|mehr|jetzt|zum|hier|lire|en savoir|voir|découvrir"
    r"|la suite|leer|ver|scopri|leggi|lees)\b.{0,24}|(?:download|share|video|play|watch|details?|news|article|here|\W*)"
    r"|(?:\d+ |no )?(?:comments?|kommentare?|commentaires?|replies)\b.{0,20}",
    re.IGNORECASE,
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TITLE_CLASS = re.compile(r"(?:^|[\s_-])(?:title|headline|heading|titel|titre)(?:$|[\s_-])", re.IGNORECASE)
_LONG_TITLE = 32  # characters; so long is hardly any label of a menu


@dataclass
class _Found:
    """One address that the page links to, with what stands in its block."""

    url: str
    links: list[Tag] = field(default_factory=list)
    block: Tag | None = None
    title: str = ""
    summary: str = ""
    image: str | None = None
    moment: Moment | None = None
    headed: bool = False

    @property
    def section(self) -> str:
        """The first part of its path: articles of one newsroom share it."""
        return urlsplit(self.url).path.strip("/").partition("/")[0]


def links_of(data: bytes, origin: str, content_type: str | None = None) -> list[Entry]:
    """The articles that a page lists, in its order: links to the same site that stand in blocks built alike, with a
    title, and with date, summary and picture where the block has them.

    Menus, footers, legal pages, lists by tag or author and further pages of the list are left out. Raises FeedError
    where the page is none, or lists no articles.
    """
    page = Markup(data, origin, content_type)
    refuse_walls(page)
    found = _candidates(page)
    _blocks(found)
    for one in found:
        _describe(page, one)
    found = [one for one in found if _titled(one.title)]
    entries = _entries(page, _articles(found))
    if len(entries) < _LEAST_ENTRIES:
        raise FeedError(
            origin,
            "shows no list of articles that can be told from its menus; look for its RSS address, or add single pages "
            "with --kind page",
        )
    return entries[:_MOST_ENTRIES]


def _candidates(page: Markup) -> list[_Found]:
    """The addresses of the same site that may be articles, each once."""
    here = canonical(page.origin) or page.origin
    own = _path(here)
    found: dict[str, _Found] = {}
    for link in page.soup.find_all("a", href=True, limit=_MOST_LINKS):
        url = canonical(link["href"], page.base)
        if not url or _site(url) != _site(here) or item_id(url) == item_id(here) or not _may_be_article(url, own):
            continue
        if not any(around.name in _FRAME_ELEMENTS or _FRAME.search(signs(around)) for around in _inside(link)):
            found.setdefault(item_id(url), _Found(url)).links.append(link)
    return list(found.values())


def _inside(tag: Tag) -> Iterator[Tag]:
    """The element and those around it, up to the page's body, whose own classes say nothing of a part."""
    for around in ancestors(tag):
        if around.name in ("body", "html", "main"):
            return
        yield around


def _site(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _path(url: str) -> list[str]:
    return [part for part in urlsplit(url).path.lower().split("/") if part]


def _may_be_article(url: str, own: list[str]) -> bool:
    path, query = _path(url), urlsplit(url).query.lower()
    if not path and not query or _FILE.search(urlsplit(url).path) or _LIST_QUERY.search(query):
        return False
    if path == own[: len(path)] and not query:  # a page above this one
        return False
    beyond = path[len(own) :] if path[: len(own)] == own else path
    if any(part in _NO_ARTICLE for part in beyond):
        return False
    if len(beyond) < len(path) and re.fullmatch(r"\d{1,3}", "/".join(beyond)):  # a further page of this one
        return False
    if path and (path[-1] in _LIST or len(path) > 1 and path[-2] in _LIST):
        return False
    return not (path and re.fullmatch(r"(?:19|20)\d\d", path[-1]))  # an archive of a year


def _blocks(found: list[_Found]) -> None:
    """Give each address its block: the largest element that holds no link to another."""
    holders: dict[int, set[int]] = defaultdict(set)
    for number, one in enumerate(found):
        for link in one.links:
            for around in _inside(link):
                holders[id(around)].add(number)
    for one in found:
        # The link with most words is the one whose block tells most.
        link = max(one.links, key=lambda link: len(link.get_text()))
        one.block = link
        for around in _inside(link):
            if len(holders[id(around)]) > 1 or len(around.find_all("a", limit=_MOST_IN_BLOCK + 1)) > _MOST_IN_BLOCK:
                break
            one.block = around


def _describe(page: Markup, one: _Found) -> None:
    """Read title, date, summary and picture of an address from its block."""
    block = one.block
    assert block is not None
    now = clock.now()
    lang = page.lang
    one.title, one.headed = _title(one, lang)
    for tag in [block, *block.find_all("time", limit=3)]:
        if tag.name == "time" and not one.moment:
            one.moment = moment_in(str(tag.get("datetime") or tag.get_text(" ")), lang, now=now)
    long = ""
    for text in block.stripped_strings:
        text = " ".join(text.split())
        if not one.moment and len(text) <= 60 and any(character.isdigit() for character in text) and text != one.title:
            one.moment = moment_in(text, lang, now=now)
        if len(text) > max(40, len(long)) and folded(text) != folded(one.title):
            long = text
    paragraph = next((tag for tag in block.find_all("p") if len(tag.get_text(" ", strip=True)) > 40), None)
    summary = tidy(paragraph.get_text(" ") if paragraph else long, MOST_SUMMARY)
    one.summary = "" if folded(summary).startswith(folded(one.title)) and len(summary) < len(one.title) + 20 else summary
    one.image = first_picture(block, page.base)


def _title(one: _Found, lang: str) -> tuple[str, bool]:
    """The title of an address, and whether a heading bears it."""
    assert one.block is not None
    heads = [*one.block.find_all(_HEADINGS), *one.block.find_all(class_=_TITLE_CLASS)]
    own = {id(link) for link in one.links}
    labels = [tidy(str(link.get("aria-label") or ""), _MOST_TITLE) for link in one.links]
    for tag in heads:
        text = tidy(tag.get_text(" "), _MOST_TITLE)
        if _titled(text) and all(id(link) in own for link in tag.find_all("a", href=True)):
            # With a kicker before it in the heading, the link's own label may be the bare title.
            return next((label for label in labels if _titled(label) and text.endswith(" " + label)), text), True
    plain = []
    for link in one.links:
        pieces = [" ".join(piece.split()) for piece in link.stripped_strings]
        plain += [piece for piece in pieces if len(pieces) == 1 or not moment_in(piece, lang, now=clock.now())][:2]
        plain += [str(link.get(key) or "") for key in ("aria-label", "title")]
    plain = [tidy(text, _MOST_TITLE) for text in plain if text]
    good = [text for text in plain if _titled(text)]
    return (max(good[:4], key=len) if good else ""), False


def _titled(text: str) -> bool:
    """Whether a text may be a title: more than a label, and no "Read more"."""
    wide = sum(character > "\u2e7f" for character in text)
    return not _GENERIC.fullmatch(text) and (len(text) >= 15 and len(text.split()) >= 3 or wide >= 6)


def _articles(found: list[_Found]) -> list[_Found]:
    """Those that stand in blocks built alike and look like articles; with them single ones of the same section."""
    groups: dict[tuple[str, ...], list[_Found]] = defaultdict(list)
    for one in found:
        groups[_build(one.block)].append(one)
    taken: set[int] = set()
    dated = [group for group in groups.values() if len(group) >= 2 and _share(group, "moment") >= 0.5]
    sections = Counter(one.section for group in dated for one in group)
    for group in groups.values():
        long = median(len(one.title) for one in group) >= _LONG_TITLE
        alike = len(group) >= 2 and (long or _share(group, "moment") >= 0.5 or _share(group, "headed") >= 0.5)
        if not alike:
            continue
        # Where the news bears dates, what bears none is something else, unless it lies beside the news.
        if dated and group not in dated and not any(sections[one.section] for one in group):
            continue
        taken.update(map(id, group))
    sections = Counter(one.section for one in found if id(one) in taken)
    for one in found:
        beside = sections[one.section] * 2 >= sum(sections.values()) and len(_path(one.url)) > 1
        if one.moment and (sections[one.section] or not taken) or (beside and taken and (one.headed or one.summary)):
            taken.add(id(one))
    return [one for one in found if id(one) in taken]


def _share(group: list[_Found], what: str) -> float:
    return sum(bool(getattr(one, what)) for one in group) / len(group)


def _build(block: Tag | None) -> tuple[str, ...]:
    """How a block is built: its name and first class, and those of the two elements around it, numbers left out."""
    assert block is not None
    names = []
    for tag in list(ancestors(block))[:3]:
        first = next(iter(tag.get_attribute_list("class")), None) or ""
        names.append(f"{tag.name}.{re.sub(r'[0-9]+', '', first)}")
    return tuple(names)


def _entries(page: Markup, articles: list[_Found]) -> list[Entry]:
    lang = language(page.lang)
    return [
        Entry(
            title=one.title,
            url=one.url,
            summary=one.summary,
            image=one.image,
            lang=lang,
            published_at=clock.stamp(one.moment.at) if one.moment and one.moment.sure else None,
        )
        for one in articles
    ]
