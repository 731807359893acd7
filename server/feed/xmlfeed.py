"""RSS and Atom through feedparser, which is shown nothing that could keep it busy for long."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any
from xml.parsers import expat

from server.feed.address import canonical
from server.feed.entries import MOST_ENTRIES, MOST_SUMMARY, MOST_TITLE, Raw, feed_of
from server.feed.model import Feed, FeedError
from server.feed.plain import first_image, lenient, plain

# feedparser's time grows with the square of the attributes of an element and of the depth (measured: 50,000
# attributes 26 s, 100,000 levels 1.2 s), and a feed has few of either.
_MOST_ATTRIBUTES = 200
_MOST_DEPTH = 200
_MOST_ELEMENTS = 600_000
_TOO_MANY = f"more than {MOST_ENTRIES:,} entries"


class _Suspicious(Exception):
    pass


def read_xml(text: str, origin: str) -> Feed:
    """The feed in XML that begins with its root element. Raises FeedError where feedparser can make nothing of it."""
    data = text.encode("utf-8", "replace")
    try:
        _weigh(data)
    except _Suspicious as error:
        raise FeedError(origin, f"is no ordinary feed ({error}), so it was not read; check the address") from None
    import feedparser

    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        # What it makes of HTML is not used: plain() takes the words out. So it need not clean or resolve there.
        parsed = feedparser.parse(
            io.BytesIO(data), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
        )
    except Exception:  # noqa: BLE001 - a parser of broken input breaks in ways of its own; none may end a refresh
        raise FeedError(origin, "is XML that cannot be read as a feed; check the address, or try again later") from None
    if not parsed.get("version") and not parsed["entries"]:
        raise FeedError(origin, "is XML, but not a feed; look for an RSS or Atom address")
    title = _title(parsed["feed"]) if parsed["feed"] else ""
    base = _base(parsed, origin)
    return feed_of(title, base, (_raw(entry, parsed["feed"]) for entry in parsed["entries"]), origin)


def _weigh(data: bytes) -> None:
    """Raise _Suspicious for a document that is built to be slow rather than to be read, or that is far too long."""
    depth = elements = entries = 0

    def start(name: str, attributes: list[str]) -> None:
        nonlocal depth, elements, entries
        depth += 1
        elements += 1
        entries += name in ("item", "entry")
        if entries > MOST_ENTRIES:
            raise _Suspicious(_TOO_MANY)
        if len(attributes) > _MOST_ATTRIBUTES * 2 or depth > _MOST_DEPTH or elements > _MOST_ELEMENTS:
            raise _Suspicious(f"{elements:,} elements, {depth} deep, {len(attributes) // 2} attributes in one")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        # Not well-formed: feedparser will read it with its lenient parser, whose time grows evenly.
        if data.count(b"<") > 2 * _MOST_ELEMENTS or data.count(b"<item") + data.count(b"<entry") > MOST_ENTRIES:
            raise _Suspicious(_TOO_MANY) from None


def _base(parsed: Any, origin: str) -> str | None:
    """What relative links mean. Atom: the document's own address. RSS has no rule; its channel's link is meant."""
    feed = parsed["feed"]
    own = canonical(origin, as_asked=True)
    links = feed.get("links") or []
    itself = next((link.get("href") for link in links if link.get("rel") == "self"), None)
    site = canonical(feed.get("link") or "", own, as_asked=True)
    itself = canonical(itself or "", own or site, as_asked=True)
    atom = str(parsed.get("version", "")).startswith("atom")
    return (own or itself or site) if atom else (site or own or itself)


def _raw(entry: Any, feed: Any) -> Raw:
    link = entry.get("feedburner_origlink") or entry.get("link") or ""
    # Without a link, feedparser offers the guid, which need not be an address.
    if entry.get("guidislink") and link == entry.get("id") and not link.lower().startswith(("http://", "https://")):
        link = ""
    contents = [str(part.get("value") or "") for part in entry.get("content") or []]
    markup = contents[0] if contents else str(entry.get("summary") or "")
    detail = entry.get("summary_detail") or {}
    summary = _words(str(entry.get("summary") or ""), detail, MOST_SUMMARY) or plain(markup, MOST_SUMMARY)
    lang = (entry.get("title_detail") or {}).get("language") or entry.get("language") or feed.get("language")
    return Raw(
        title=_title(entry),
        link=str(link),
        summary=summary,
        image=_image(entry) or first_image(markup) or first_image(str(entry.get("summary") or "")) or "",
        lang=str(lang) if lang else None,
        published=_moment(entry),
        topics=[str(tag.get("label") or tag.get("term") or "") for tag in entry.get("tags") or []],
        guid=str(entry.get("id") or "").strip(),
    )


def _title(holder: Any) -> str:
    return _words(str(holder.get("title") or ""), holder.get("title_detail") or {}, MOST_TITLE)


def _words(text: str, detail: Any, most: int) -> str:
    # Only what is declared to be plain may hold a bare "<", but many declare so and send markup all the same.
    return lenient(text, most) if detail.get("type") == "text/plain" else plain(text, most)


def _image(entry: Any) -> str | None:
    for part in entry.get("media_content") or []:
        if part.get("url") and (part.get("medium") == "image" or str(part.get("type", "")).startswith("image/")):
            return str(part["url"])
    for part in entry.get("media_thumbnail") or []:
        if part.get("url"):
            return str(part["url"])
    for part in entry.get("links") or []:
        if part.get("rel") == "enclosure" and str(part.get("type", "")).startswith("image/") and part.get("href"):
            return str(part["href"])
    image = entry.get("image")
    return str(image["href"]) if isinstance(image, dict) and image.get("href") else None


def _moment(entry: Any) -> datetime | None:
    # Asked for in turn: feedparser answers for a missing key with another one, and warns.
    for key in ("published_parsed", "updated_parsed", "created_parsed"):
        if dict.__contains__(entry, key) and dict.__getitem__(entry, key):
            try:
                return datetime(*dict.__getitem__(entry, key)[:6], tzinfo=UTC)
            except (ValueError, TypeError):
                return None
    return None
