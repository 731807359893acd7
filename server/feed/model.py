"""What reading a feed gives, and the one error that it raises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class FeedError(ValueError):
    """Why a source could not be read: `source` names it, `message` says what happened and what to do about it.

    `retry_after` is for how many seconds the server asked to be left alone, None where it did not.
    """

    def __init__(self, source: str, message: str, retry_after: float | None = None) -> None:
        self.source, self.message, self.retry_after = source, message, retry_after
        super().__init__(f"{source}: {message}")


class Missing(FeedError):
    """There is nothing at that address, or no longer."""


class NoFeed(FeedError):
    """An address answers with a web page, no feed; `named` are the addresses of feeds that the page names."""

    def __init__(self, source: str, message: str, named: tuple[str, ...] = ()) -> None:
        super().__init__(source, message)
        self.named = named


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed, in plain text. `url` is canonical; `lang` a code such as `en`; times UTC ISO 8601.

    `guid` is what the feed itself calls the entry, where that is unique in it. Of an `untitled` entry, the title is the
    beginning of its text. `variants` are (text, language, voice); `fields` are further fields of an Item that the
    format states, with None or () for those that it leaves empty.
    """

    title: str
    url: str
    summary: str = ""
    image: str | None = None
    lang: str | None = None
    published_at: str | None = None
    topics: tuple[str, ...] = ()
    guid: str | None = None
    untitled: bool = False
    variants: tuple[tuple[str, str, str], ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Feed:
    """What one document holds.

    `found` counts its entries, taken or not. `left_out` has a sentence for each that was not taken, the last one
    standing for the rest where there are many; `why` counts them by reason (see server.feed.leaving).
    """

    title: str
    entries: list[Entry]
    left_out: list[str]
    found: int = 0
    why: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer from the web. With `unchanged` there is no new content, and `data` is empty."""

    url: str
    unchanged: bool
    data: bytes = b""
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
