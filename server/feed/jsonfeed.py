"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/), read leniently: it comes from outside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from server.feed.address import canonical
from server.feed.entries import MOST_SUMMARY, MOST_TITLE, Raw, feed_of, moment_of
from server.feed.model import Feed, FeedError
from server.feed.plain import first_image, lenient, plain


def read_json(text: str, origin: str) -> Feed:
    """The feed in a JSON document. Raises FeedError where it is none."""
    try:
        document = json.loads(text, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        raise FeedError(
            origin, "begins like JSON, but cannot be read as such; check the address, or try again later"
        ) from None
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in _text(document, "version"):
        raise FeedError(origin, "is JSON, but not a JSON Feed; look for an RSS, Atom or JSON Feed address")
    base = None
    for place in (_text(document, "home_page_url"), _text(document, "feed_url"), origin):
        base = base or canonical(place, as_asked=True)
    return feed_of(_line(document, "title"), base, _entries(items, _text(document, "language")), origin)


def _entries(items: list[Any], lang: str) -> Iterator[Raw]:
    for item in items:
        if not isinstance(item, dict):
            yield Raw()
            continue
        markup = _text(item, "content_html")
        identity = _text(item, "id")
        tags = item.get("tags")
        yield Raw(
            title=_line(item, "title"),
            link=_text(item, "url") or _text(item, "external_url") or (identity if identity.startswith("http") else ""),
            summary=lenient(_text(item, "summary") or _text(item, "content_text"), MOST_SUMMARY)
            or plain(markup, MOST_SUMMARY),
            image=_text(item, "image") or _text(item, "banner_image") or first_image(markup) or "",
            lang=_text(item, "language") or lang,
            published=moment_of(_text(item, "date_published")) or moment_of(_text(item, "date_modified")),
            topics=[tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else (),
            guid=identity,
        )


def _text(holder: dict[str, Any], key: str) -> str:
    value = holder.get(key)
    return value if isinstance(value, str) else ""


def _line(holder: dict[str, Any], key: str) -> str:
    # The specification says plain text, yet WordPress and others leave character references in.
    return lenient(_text(holder, key), MOST_TITLE)
