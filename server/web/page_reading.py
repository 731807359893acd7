"""A new item's form from a page's address: what the page says of itself."""

from __future__ import annotations

from collections.abc import Iterable

from server.feed import fetch
from server.rules.model import LANGUAGES
from server.web import item_form
from server.web.item_form import Form

_ACCEPT = "text/html, application/xhtml+xml, */*;q=0.1"
_MOST_BYTES = 5_000_000


def read_address(address: str, allow_private: Iterable[str], lang: str) -> Form:
    """The form with what the page at an address says. Raises FeedError where it cannot be read."""
    fetched = fetch(address.strip(), allow_private=tuple(allow_private), accept=_ACCEPT, most_bytes=_MOST_BYTES)
    from server.feed.page import read_page  # it loads the reader of HTML

    page = read_page(fetched.data, fetched.url, fetched.content_type)
    found = page.lang if page.lang in LANGUAGES else lang
    form = item_form.blank("", found, url=page.url or fetched.url, title=page.title or "")
    form.values |= {"summary": page.summary or "", "image": page.image or ""}
    form.values["topics"] = ", ".join(topic for topic in page.topics if "," not in topic)
    form.values["published_at"] = item_form.local(page.published_at)
    return form
