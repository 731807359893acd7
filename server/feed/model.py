"""What reading a feed gives, and the one error that it raises."""

from __future__ import annotations

from dataclasses import dataclass


class FeedError(ValueError):
    """Why a source could not be read: `source` names it, `message` says what happened and what to do about it."""

    def __init__(self, source: str, message: str) -> None:
        self.source, self.message = source, message
        super().__init__(f"{source}: {message}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed, in plain text. `url` is canonical; `lang` a code such as `en`; times UTC ISO 8601."""

    title: str
    url: str
    summary: str = ""
    image: str | None = None
    lang: str | None = None
    published_at: str | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """What one document holds. `left_out` has a sentence for each entry that could not be taken."""

    title: str
    entries: list[Entry]
    left_out: list[str]


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer from the web. With `unchanged` there is no new content, and `data` is empty."""

    url: str
    unchanged: bool
    data: bytes = b""
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
