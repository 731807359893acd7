"""One source, read as its kind asks for: from the web or from this machine, and what came of it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from server import clock
from server.feed.fetch import MOST_BYTES, fetch
from server.feed.leaving import LeftOut
from server.feed.model import Entry, Feed, FeedError, Fetched, Missing
from server.feed.plain import tidy
from server.feed.read import read_feed
from server.store import Source

PAGE_TYPES = "text/html, application/xhtml+xml, */*;q=0.1"
_MOST_PAGE = 5_000_000
# Of a newsroom, at one reading; the rest comes at the next.
_MOST_PAGES = 40
_PAGE_SECONDS = 15.0
_NEWSROOM_SECONDS = 75.0
# A page that is not there is hardly there an hour later.
MISSING_RESTS = timedelta(days=7)

Progress = Callable[[int, int], None]  # how many of how many


@dataclass(frozen=True, slots=True)
class Read:
    """What a reading gave; `feed` is None where nothing has changed. The rest is what is needed to ask again, `missing` as
    in Source."""

    feed: Feed | None
    etag: str | None = None
    last_modified: str | None = None
    missing: Mapping[str, str] = field(default_factory=dict)


def read(
    source: Source,
    allow_private: tuple[str, ...] = (),
    progress: Progress = lambda number, of: None,
    known: Callable[[str], bool] = lambda url: False,
    now: datetime | None = None,
) -> Read:
    """What the source holds now, unless it is what was read last (by its `etag` and `last_modified`).

    Of a newsroom, only pages that are not `known` are read, and `progress` is told of each. Raises FeedError.
    """
    if not source.url.lower().startswith(("http://", "https://")):
        return _from_disk(source)
    moment = clock.stamp(now)
    # Where a page is to be looked for again, the list is wanted though it may not have changed.
    again = any(until <= moment for until in source.missing.values())
    kept = {} if again else {"etag": source.etag, "last_modified": source.last_modified}
    if source.kind in ("page", "newsroom"):
        kept |= {"accept": PAGE_TYPES, "most_bytes": _MOST_PAGE}
    fetched = fetch(source.url, allow_private=allow_private, **kept)
    if fetched.unchanged:
        return Read(None)
    if source.kind == "page":
        return Read(_page(fetched), fetched.etag, fetched.last_modified)
    if source.kind == "newsroom":
        resting = {url: until for url, until in source.missing.items() if until > moment}
        later = clock.stamp((now or clock.now()) + MISSING_RESTS)
        return _newsroom(fetched, allow_private, progress, known, resting, later)
    feed = _document(source, fetched.data, fetched.url, fetched.content_type)
    return Read(feed, fetched.etag, fetched.last_modified)


def read_file(path: str, most_bytes: int = MOST_BYTES) -> bytes:
    """The bytes of a file on this machine. Raises FeedError where it cannot be read or is too large."""
    try:
        if not Path(path).is_file():
            raise FeedError(
                path, "is a folder or device, not a file" if Path(path).exists() else "is not there; check the path"
            )
        with open(path, "rb") as file:
            data = file.read(most_bytes + 1)
    except OSError as error:
        raise FeedError(path, f"cannot be read ({error.strerror}); check its permissions") from None
    except ValueError:  # a zero character in the path
        raise FeedError(path.replace("\0", "?"), "is not there; check the path") from None
    if len(data) > most_bytes:
        raise FeedError(path, f"is larger than {most_bytes / 1_000_000:g} MB; keep the newest entries only")
    return data


def _page(fetched: Fetched) -> Feed:
    """One page as a feed of one entry."""
    from server.feed.page import read_page

    entry = read_page(fetched.data, fetched.url, fetched.content_type).entry()
    return Feed(entry.title, [entry], [], 1)


def _newsroom(
    fetched: Fetched,
    allow_private: tuple[str, ...],
    progress: Progress,
    known: Callable[[str], bool],
    resting: Mapping[str, str],
    later: str,
) -> Read:
    """The articles that a page lists; those not known yet are read one by one, for what the list does not say.

    A page that is not there is left alone until `later`, as those `resting` are until their own time.
    """
    from server.feed.newsroom import links_of

    listed = links_of(fetched.data, fetched.url, fetched.content_type)
    unknown = [entry for entry in listed if not known(entry.url)]
    fresh = [entry for entry in unknown if entry.url not in resting]
    missing = {entry.url: resting[entry.url] for entry in unknown if entry.url in resting}
    batch, done = fresh[:_MOST_PAGES], 0
    entries: list[Entry] = []
    left_out = LeftOut()
    for entry in unknown:
        if entry.url in missing:
            left_out.add(
                "unreadable",
                f"“{tidy(entry.title, 60)}”: its page was not there; "
                f"it is looked for again from {missing[entry.url][:10]} on.",
            )
    end = time.monotonic() + _NEWSROOM_SECONDS
    for entry in batch:
        if time.monotonic() > end:
            break
        done += 1
        progress(done, len(batch))
        try:
            entries.append(_fuller(entry, allow_private))
        except Missing as error:
            missing[entry.url] = later
            left_out.add("unreadable", f"“{tidy(entry.title, 60)}”: {error}.")
    feed = Feed(_name(fetched), entries, left_out.sentences(), len(listed), dict(left_out.why))
    # Where pages are still to be read, it is looked at next time though it may not have changed.
    whole = done == len(fresh)
    return Read(feed, fetched.etag, fetched.last_modified, missing) if whole else Read(feed, missing=missing)


def _fuller(listed: Entry, allow_private: tuple[str, ...]) -> Entry:
    """An article with what its own page says, or as it is listed where that cannot be read. Raises Missing.

    Its id is the address in the list: the page may name another as its own.
    """
    listed = replace(listed, guid=listed.url)
    try:
        page = _page(
            fetch(
                listed.url,
                allow_private=allow_private,
                accept=PAGE_TYPES,
                most_bytes=_MOST_PAGE,
                most_seconds=_PAGE_SECONDS,
            )
        ).entries[0]
    except Missing:
        raise
    except FeedError:
        return listed
    return replace(
        page,
        summary=page.summary or listed.summary,
        image=page.image or listed.image,
        lang=page.lang or listed.lang,
        published_at=page.published_at or listed.published_at,
        guid=listed.guid,
    )


def _name(fetched: Fetched) -> str:
    try:
        return _page(fetched).title
    except FeedError:
        return ""


def _from_disk(source: Source) -> Read:
    """A file or folder of this machine; what stands for an ETag is made of it."""
    if source.kind == "folder":
        from server.feed.folder import read_folder, state_of

        try:
            if not Path(source.url).is_dir():
                raise FeedError(source.url, "is no folder, or is not there; check the path")
            state = state_of(source.url)
            return Read(None) if state == source.etag else Read(read_folder(source.url), state)
        except OSError as error:
            raise FeedError(source.url, f"cannot be read ({error.strerror}); check its permissions") from None
    data = read_file(source.url)
    state = hashlib.sha256(data).hexdigest()
    return Read(None) if state == source.etag else Read(_document(source, data, source.url), state)


def _document(source: Source, data: bytes, origin: str, content_type: str | None = None) -> Feed:
    if source.kind == "csv":
        from server.feed.table import read_table

        return read_table(data, origin)
    return read_feed(data, origin, content_type)
