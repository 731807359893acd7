"""One document in, one feed out: which of the formats it is, and what to say where it is none."""

from __future__ import annotations

import html
import re
import zlib
from urllib.parse import urljoin

from server.feed.decode import decoded
from server.feed.model import Feed, FeedError, NoFeed

_HEAD_OF_PAGE = 300_000  # characters in which a page that is an error, a login or a test says so
_FEED_ROOTS = ("rss", "feed", "rdf", "entry")
_PAGE_ROOTS = ("html", "head", "body", "title", "meta", "script", "div", "p", "main", "h1")
_ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_LATE_ROOT = re.compile(r"<(?:rss|feed|(?:[A-Za-z]+:)?RDF)[\s>]")
# A feed that went through a browser's idea of it: its own root stands inside a page.
_WRAPPED = re.compile(r"<(?:feed|rss|(?:[A-Za-z]+:)?RDF)\s[^<>]{0,500}?(?:w3\.org/2005/Atom|version=|rdf-syntax-ns)")
_ENTITY = re.compile(r"<!entity\s+[^%\s]", re.IGNORECASE)
_LINK = re.compile(r"<(?:link|base)\b[^<>]{1,2000}>", re.IGNORECASE)
_FEED_TYPE = re.compile(r"(?:rss|atom|feed|rdf)\+|^application/json$")
_COMMENTS = re.compile(r"comment|kommentar")
_KEY = re.compile(r"\b([a-zA-Z]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
# Where a broken server's own warnings, or a page's head, are looked for.
_HEAD = 100_000
_MOST_BYTES = 10_000_000


def read_feed(data: bytes, origin: str, content_type: str | None = None) -> Feed:
    """The feed in a document: RSS, Atom or JSON Feed, whatever its Content-Type claims.

    `origin` is the address or path it came from: it names the source in every complaint, and relative links are
    resolved against it. Raises FeedError where the document is no feed; an entry that cannot be taken is left out
    with a sentence, and the rest goes on.
    """
    text = decoded(_unpacked(data, origin), content_type).lstrip()
    if not text:
        raise FeedError(origin, "is empty; check the address, or try again later")
    if text[0] in "{[":
        from server.feed.jsonfeed import read_json

        return read_json(text, origin)
    start = _after_prolog(text, origin)
    root = _ROOT.match(text, start)
    name = root[2].lower() if root else ""
    if name not in _FEED_ROOTS:
        late = (_WRAPPED if name in _PAGE_ROOTS[:3] else _LATE_ROOT).search(text, 0, _HEAD // 20)
        if not late:
            raise _no_feed(text, name, origin, content_type)
        start = late.start()
    from server.feed.xmlfeed import read_xml

    return read_xml(text[start:], origin)


def _unpacked(data: bytes, origin: str) -> bytes:
    """The document itself where it was stored packed by gzip, and sent or saved as it was."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        unpacked = zlib.decompressobj(31).decompress(data, _MOST_BYTES + 1)
    except zlib.error:
        raise FeedError(origin, "is packed by gzip and damaged; check the address, or try again later") from None
    if len(unpacked) > _MOST_BYTES:
        raise FeedError(origin, f"unpacks to more than {_MOST_BYTES // 1_000_000} MB; look for a feed with fewer entries")
    return unpacked


def _after_prolog(text: str, origin: str) -> int:
    """Where the root element begins. What stands before it is never read on: a document type can define entities
    that grow without end or name files of this machine, so one with definitions is refused.
    """
    at = 0
    while True:
        at += len(text[at:]) - len(text[at:].lstrip()) if text[at : at + 1].isspace() else 0
        if text.startswith("<?", at):
            end = text.find("?>", at)
            after = end + 2
        elif text.startswith("<!--", at):
            end = text.find("-->", at)
            after = end + 3
        elif text.startswith("<!", at):
            end = text.find(">", at)
            if "[" in text[at:end] and not text.startswith("<![", at):
                end = text.find(">", max(text.find("]", at), at))
            after = end + 1
            if _ENTITY.search(text, at, end + 1 if end >= 0 else len(text)):
                raise FeedError(
                    origin,
                    "holds a document type with definitions of its own, which no feed needs and which can do harm; "
                    "ask whoever runs that site for a feed without one",
                )
        else:
            return at
        if end < 0:
            return at
        at = after


def _no_feed(text: str, root: str, origin: str, content_type: str | None) -> FeedError:
    """What to say of a document that is no feed. Raises FeedError for a page about something else than was asked for."""
    if root in _PAGE_ROOTS or "html" in text[:200].lower() or "text/html" in (content_type or ""):
        found = announced(text, origin)
        if not found:
            from server.feed.markup import Markup  # they load the reader of HTML
            from server.feed.walls import refuse_walls

            refuse_walls(Markup(text[:_HEAD_OF_PAGE].encode("utf-8", "replace"), origin, "text/html; charset=utf-8"))
        advice = f"try the feed it names: {found[0]}" if found else "look for its RSS address"
        return NoFeed(origin, f"answered with a web page, not a feed; {advice}", tuple(found[:3]))
    if root:
        return FeedError(origin, f"is XML, but not a feed (it begins with <{root[:40]}>); look for an RSS or Atom address")
    return FeedError(origin, "is not a feed: neither RSS nor Atom nor JSON Feed; check the address")


def announced(page: str, origin: str) -> list[str]:
    """The feeds that a web page names in its head, if their addresses can be added; those of comments last."""
    from server.feed.address import canonical

    found: dict[str, bool] = {}
    base = origin
    for tag in _LINK.findall(page[:_HEAD]):
        keys = {match[1].lower(): html.unescape(match[2] or match[3] or match[4] or "") for match in _KEY.finditer(tag)}
        if tag[:5].lower() == "<base":
            base = urljoin(origin, keys.get("href", ""))
        elif "alternate" in keys.get("rel", "").lower().split() and _FEED_TYPE.search(keys.get("type", "").lower()):
            place = canonical(urljoin(base, keys.get("href", "").strip()), as_asked=True)
            if place and place not in found:
                found[place] = bool(_COMMENTS.search(f"{keys.get('title', '')} {place}".lower()))
    return sorted(found, key=found.__getitem__)
