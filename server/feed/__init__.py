"""Sources and items: fetch, read, fold duplicates, refresh. The heavy packages are loaded when first needed."""

from __future__ import annotations

from server.feed.address import canonical, item_id
from server.feed.fetch import fetch
from server.feed.model import Entry, Feed, FeedError, Fetched
from server.feed.read import read_feed
from server.feed.sources import add_source, refresh

__all__ = [
    "Entry",
    "Feed",
    "FeedError",
    "Fetched",
    "add_source",
    "canonical",
    "fetch",
    "item_id",
    "read_feed",
    "refresh",
]
