"""A web page as a tree, bounded: what its head declares, and what of its body a reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from server.feed import jsonld
from server.feed.decode import decoded
from server.feed.model import FeedError

if TYPE_CHECKING:
    from bs4 import Tag

# Of 4,600 real pages the largest had 26,000 tags; made-up ones nest so that the work grows with their square.
_MOST_TAGS = 50_000
_MOST_CHARACTERS = 6_000_000
_ANCESTORS = 25
_UNSEEN = frozenset(
    "script style template noscript head iframe object svg math select option textarea title button".split()
)
# Parts of a page that are not about the page itself, by element, role, class or id.
_ASIDE_ELEMENTS = frozenset(("footer", "nav", "aside", "dialog"))
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:foot(?:er)?|copyright|legal|related|recommend\w*|sidebar|side-bar|rail|widget\w*|comment(?:s|list)?"
    r"|disqus\w*|respond|nav(?:bar|igation)?|menu|breadcrumbs?|cookie\w*|consent|banner|advert\w*|promo\w*|newsletter"
    r"|trending|popular|latest|read-?more|more-?(?:news|stories|articles|from)|teasers?|carousel|prev(?:ious)?|next|mostread"
    r"|most-read|also-?like|popup|modal)(?:$|[\s_-])",
    re.IGNORECASE,
)


# UTF-8 that was taken for Latin-1 or windows-1252 and written as UTF-8 once more: "Ã©" for "é", "â€™" for "’".
_TWICE = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf]"
    "|\u00e2[\u0080\u20ac][\u0080-\u00bf\u0153\u02dc\u2018-\u201e\u2020-\u2026\u2122]"
    "|\u00f0[\u009f\u0178][\u0080-\u00bf\u2018-\u201e]{2}"
)


def _mended(text: str) -> str:
    """The text with characters put right that were encoded twice; whatever is no such character stays as it is."""
    return _TWICE.sub(_once, text)


def _once(match: re.Match[str]) -> str:
    data = b"".join(each.encode("cp1252") if each > "\xff" else each.encode("latin-1") for each in match[0])
    return data.decode("utf-8", "ignore") or match[0]


class Markup:
    """One page. `soup` is the tree, `origin` the address that it came from.

    Raises FeedError where the document is empty or no web page.
    """

    def __init__(self, data: bytes, origin: str, content_type: str | None = None) -> None:
        import warnings

        from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning

        if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"RIFF")):
            raise FeedError(origin, "is a file (a picture, PDF or archive), not a web page; give the page that shows it")
        text = _mended(decoded(data, content_type)[:_MOST_CHARACTERS])
        if not text.strip():
            raise FeedError(origin, "is empty; check the address, or try again later")
        if "<" not in text:
            raise FeedError(origin, "is plain text, not a web page; check the address")
        pieces = text.split("<", _MOST_TAGS)
        if len(pieces) > _MOST_TAGS:
            text = "<".join(pieces[:_MOST_TAGS])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)  # XHTML with its XML declaration
            self.soup = BeautifulSoup(text, "lxml")
        self.origin = origin

    @cached_property
    def meta(self) -> dict[str, list[str]]:
        """What <meta> elements say, by their name in lower case, in order."""
        found: dict[str, list[str]] = {}
        for tag in self.soup.find_all("meta"):
            content = str(tag.get("content") or tag.get("value") or "").strip()  # some write `value`
            for key in ("property", "name", "itemprop", "http-equiv"):
                if content and tag.get(key):
                    found.setdefault(tag[key].strip().lower(), []).append(content)
        return found

    def said(self, *names: str) -> str:
        """The first that one of the named <meta> elements says, in the order of the names."""
        return next((self.meta[name][0] for name in names if name in self.meta), "")

    def links(self, rel: str) -> Iterator[Tag]:
        """The <link> elements of a relation that lead somewhere."""
        for tag in self.soup.find_all("link", href=True):
            if rel in " ".join(tag.get_attribute_list("rel") or ()).lower().split():
                yield tag

    @cached_property
    def nodes(self) -> list[dict[str, Any]]:
        """The page's JSON-LD."""
        blocks = self.soup.find_all("script", type=re.compile(r"^\s*application/ld\+json", re.IGNORECASE))
        return jsonld.nodes(block.get_text() for block in blocks)

    @cached_property
    def lang(self) -> str:
        """The tag of the page's language as it declares it, "" where it does not."""
        tag = self.soup.html.get("lang") if self.soup.html else None
        named = str(tag or self.said("og:locale", "content-language", "dc.language", "language"))
        return named or next(filter(None, (jsonld.text_of(node.get("inLanguage")) for node in self.nodes)), "")

    @cached_property
    def base(self) -> str:
        """What relative addresses are resolved against."""
        from urllib.parse import urljoin

        tag = self.soup.find("base", href=True)
        try:
            return urljoin(self.origin, tag["href"]) if tag else self.origin
        except ValueError:
            return self.origin

    @cached_property
    def strings(self) -> list[tuple[str, Tag]]:
        """The words that a reader sees, in order, each with the element that holds them."""
        from bs4 import CData, NavigableString

        found = []
        for piece in (self.soup.body or self.soup).descendants:
            if type(piece) in (NavigableString, CData) and piece.parent.name not in _UNSEEN and not piece.isspace():
                found.append((" ".join(piece.split()), piece.parent))
        return found


def ancestors(tag: Tag) -> Iterator[Tag]:
    """The element and those around it, from inside; no more than a real page nests."""
    yield tag
    yield from islice(tag.parents, _ANCESTORS)


def surroundings(tag: Tag) -> Iterator[Tag]:
    """The element and those around it within the page's own matter; what holds that matter says nothing of a part."""
    for around in ancestors(tag):
        if around.name in ("body", "html", "article", "main"):
            return
        yield around


def signs(tag: Tag) -> str:
    """The names that the author gave an element: class, id, role."""
    return " ".join(" ".join(tag.get_attribute_list(key)) for key in ("class", "id", "role") if tag.get(key))


def aside(tag: Tag) -> bool:
    """Whether an element belongs to what stands beside the page's own matter: menus, footers, comments, other news."""
    return any(around.name in _ASIDE_ELEMENTS or _ASIDE.search(signs(around)) for around in surroundings(tag))
