"""Sources in the store: added, read again, and what went wrong kept beside what is still good."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from server import clock
from server.feed import schedule
from server.feed.address import page_of
from server.feed.fetch import checked
from server.feed.items import items_of
from server.feed.leaving import LeftOut
from server.feed.model import FeedError, NoFeed
from server.feed.reading import Progress, Read, read
from server.feed.readings import readings
from server.store import Source, Store, StoreFull

_WEB_KINDS = ("feed", "page", "newsroom", "csv")
_DISK_KINDS = ("file", "csv", "folder")


def add_source(
    store: Store,
    place: str,
    *,
    kind: str | None = None,
    category: str | None = None,
    title: str | None = None,
    allow_private: Iterable[str] = (),
    now: datetime | None = None,
) -> Source:
    """Add what is at an address, in a file or in a folder, with its items. What is there already is read again.

    `allow_private` names places inside the company that may be fetched from. `kind` is one of SOURCE_KINDS; without it, an address is a feed if it is one, else the feed that its page names.
    Raises FeedError where it cannot be read, NoFeed where a page names no feed; then nothing is added.
    """
    source = source_at(place, kind=kind, category=category or "brand", title=title or "")
    private = tuple(allow_private)
    found: Read | None = None
    if kind is None and source.kind == "feed":
        source, found = _found(source, private)
    known = next((each for each in store.sources() if (each.url, each.kind) == (source.url, source.kind)), None)
    if known:
        source = replace(known, category=category or known.category, title=title or known.title)
    with readings(store).alone(source.id, source.url) as mine:
        if not mine:
            return store.source(source.id)
        # Read whole, whatever was kept of the time before: the category may have changed.
        # That also holds for its pages that were not there.
        whole = replace(source, etag=None, last_modified=None, missing={})
        got = found or read(whole, private, *_told(store, source), now)
        given = {"category": source.category, "title": source.title} if known else {}
        return _kept(store, source, got, now or clock.now(), new=known is None, given=given)


def refresh(store: Store, source_id: str, *, allow_private: Iterable[str] = (), now: datetime | None = None) -> Source:
    """Read a source again. What goes wrong is kept in its `last_error`, and its items stay. Raises NotFound.

    Where it is being read already, that reading is waited for. What is of kind `programme` is `sourcing.refresh`'s.
    """
    source = store.source(source_id)
    with readings(store).alone(source_id, source.url) as mine:
        if not mine:
            return store.source(source_id)
        moment = now or clock.now()
        try:
            got = read(source, tuple(allow_private), *_told(store, source), moment)
            return _kept(store, source, got, moment)
        except FeedError as error:
            return failed(store, source_id, error, moment)


def source_at(place: str, *, kind: str | None = None, category: str = "brand", title: str = "", owner: str = "") -> Source:
    """The source for an address or a path, not yet read. `owner` tells a programme's own sources from added ones.

    Raises FeedError where the place cannot be one, or not one of that kind.
    """
    place = place.strip()
    if place.lower().startswith(("http://", "https://")):
        kind, url = kind or "feed", checked(place, place)
        kinds = _WEB_KINDS
    elif "://" in place:
        raise FeedError(place, "is neither a web address (https://…) nor a file")
    else:
        url = str(Path(place).expanduser().absolute())
        kind = "file" if kind == "feed" else kind or _kind_on_disk(url)
        kinds = _DISK_KINDS
    if kind not in kinds:
        raise FeedError(place, f"cannot be a source of the kind {kind}; here it is one of {', '.join(kinds)}")
    return Source(
        id=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{owner}|{kind}|{url}")),
        kind=kind,
        url=url,
        title=title,
        category=category,
    )


def _kind_on_disk(path: str) -> str:
    try:
        if Path(path).is_dir():
            return "folder"
    except ValueError:  # a zero character in the path
        pass
    return "csv" if path.lower().endswith((".csv", ".tsv")) else "file"


def _found(source: Source, private: tuple[str, ...]) -> tuple[Source, Read]:
    """The feed at an address, or else the first that its page names and that can be read."""
    try:
        return source, read(source, private)
    except NoFeed as error:
        for place in error.named:
            there = source_at(place, category=source.category, title=source.title)
            try:
                return there, read(there, private)
            except FeedError:
                continue
        raise NoFeed(
            source.url,
            "is a web page that names no feed that can be read. Add the page itself with --kind page, or the pages "
            "that it links to, as a newsroom does, with --kind newsroom",
            error.named,
        ) from None


def _told(store: Store, source: Source) -> tuple[Progress, Callable[[str], bool]]:
    """Where a reading tells how far it is, and where it asks whether there is an item for an address."""
    items = store.items() if source.kind == "newsroom" else ()
    pages = {page_of(url) for item in items for url in (item.url, item.guid or item.url)}
    return lambda number, of: readings(store).at(source.id, number, of), lambda url: page_of(url) in pages


def _kept(
    store: Store, source: Source, got: Read, now: datetime, *, new: bool = False, given: Mapping[str, Any] | None = None
) -> Source:
    """Store what was read, and what of the source was `given` anew. What people changed while it was read stays.

    Raises FeedError before anything is stored, NotFound where the source is gone by now.
    """
    moment = clock.stamp(now)
    fresh = {
        "refreshed_at": moment,
        "last_good_at": moment,
        "last_error": None,
        "failures": 0,
        "due_at": schedule.after_success(now) if schedule.automatic(source) else None,
    }
    if got.feed is None:
        return store.put_source(replace(store.source(source.id), **fresh))
    feed = got.feed
    if not feed.entries and feed.left_out and (new or source.kind != "newsroom"):
        raise FeedError(source.url, f"holds no entry that can be used. {feed.left_out[0]} Look for another feed of that site")
    left_out = LeftOut()
    left_out.take(feed)
    if new:
        store.put_source(source)
    try:
        store.renew_items(source.id, lambda: items_of(store, source, feed, left_out))
    except StoreFull as error:
        if new:
            store.remove_source(source.id)
        raise FeedError(source.url, f"has {error}") from None
    there = replace(store.source(source.id), **(given or {}))
    return store.put_source(
        replace(
            there,
            **fresh,
            title=there.title or feed.title,
            entries=feed.found,
            left_out=tuple(left_out.sentences()),
            left_out_why=dict(left_out.why),
            etag=got.etag,
            last_modified=got.last_modified,
            missing=dict(got.missing),
        )
    )


def failed(store: Store, source_id: str, error: FeedError, now: datetime) -> Source:
    """Note a reading that went wrong: what was read before stays, and the next one is later. Raises NotFound."""
    source = store.source(source_id)
    failures = source.failures + 1
    due_at = schedule.after_failure(now, failures, error.retry_after) if schedule.automatic(source) else None
    return store.put_source(
        replace(source, refreshed_at=clock.stamp(now), last_error=str(error), failures=failures, due_at=due_at)
    )
