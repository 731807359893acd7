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
    itself = next((_text(link, "href") for link in _parts(feed, "links") if link.get("rel") == "self"), "")
    site = canonical(_text(feed, "link"), own, as_asked=True)
    itself = canonical(itself, own or site, as_asked=True)
    atom = str(parsed.get("version", "")).startswith("atom")
    return (own or itself or site) if atom else (site or own or itself)


def _parts(holder: Any, key: str) -> list[Any]:
    """What feedparser keeps as a list of records. An element of the feed's own that bears the key's name, such as
    <tags>, stands there as a text."""
    given = holder.get(key)
    return [part for part in given if isinstance(part, dict)] if isinstance(given, list) else []


def _detail(holder: Any, key: str) -> Any:
    given = holder.get(key)
    return given if isinstance(given, dict) else {}


def _text(holder: Any, key: str) -> str:
    given = holder.get(key)
    return given if isinstance(given, str) else ""


def _raw(entry: Any, feed: Any) -> Raw:
    link = _text(entry, "feedburner_origlink") or _text(entry, "link")
    # Without a link, feedparser offers the guid, which need not be an address.
    if entry.get("guidislink") and link == entry.get("id") and not link.lower().startswith(("http://", "https://")):
        link = ""
    contents = [_text(part, "value") for part in _parts(entry, "content")]
    markup = contents[0] if contents else _text(entry, "summary")
    detail = _detail(entry, "summary_detail")
    summary = _words(_text(entry, "summary"), detail, MOST_SUMMARY) or plain(markup, MOST_SUMMARY)
    lang = _text(_detail(entry, "title_detail"), "language") or _text(entry, "language") or _text(feed, "language")
    return Raw(
        title=_title(entry),
        link=link,
        summary=summary,
        image=_image(entry) or first_image(markup) or first_image(_text(entry, "summary")) or "",
        lang=lang or None,
        published=_moment(entry),
        topics=[_text(tag, "label") or _text(tag, "term") for tag in _parts(entry, "tags")],
        guid=_text(entry, "id").strip(),
    )


def _title(holder: Any) -> str:
    return _words(_text(holder, "title"), _detail(holder, "title_detail"), MOST_TITLE)


def _words(text: str, detail: Any, most: int) -> str:
    # Only what is declared to be plain may hold a bare "<", but many declare so and send markup all the same.
    return lenient(text, most) if detail.get("type") == "text/plain" else plain(text, most)


def _image(entry: Any) -> str | None:
    for part in _parts(entry, "media_content"):
        if part.get("url") and (part.get("medium") == "image" or str(part.get("type", "")).startswith("image/")):
            return str(part["url"])
    for part in _parts(entry, "media_thumbnail"):
        if part.get("url"):
            return str(part["url"])
    for part in _parts(entry, "links"):
        if part.get("rel") == "enclosure" and str(part.get("type", "")).startswith("image/") and part.get("href"):
            return str(part["href"])
    return _text(_detail(entry, "image"), "href") or None


def _moment(entry: Any) -> datetime | None:
    # Asked for in turn: feedparser answers for a missing key with another one, and warns.
    for key in ("published_parsed", "updated_parsed", "created_parsed"):
        if dict.__contains__(entry, key) and dict.__getitem__(entry, key):
            try:
                return datetime(*dict.__getitem__(entry, key)[:6], tzinfo=UTC)
            except (ValueError, TypeError):
                return None
    return None
