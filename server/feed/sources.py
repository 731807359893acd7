"""Sources in the store: added, read again, and what went wrong kept beside what is still good."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from server import clock
from server.feed.address import canonical, item_id
from server.feed.fetch import MOST_BYTES, fetch
from server.feed.model import Entry, Feed, FeedError
from server.feed.read import read_feed
from server.store import Item, Source, Store, Variant


def add_source(
    store: Store,
    place: str,
    *,
    category: str | None = None,
    title: str | None = None,
    allow_private: Iterable[str] | None = None,
) -> Source:
    """Add the feed at an address or in a file, with its items. One that is there already is read again.

    Raises FeedError where it cannot be read; then nothing is added.
    """
    source = source_at(place, category=category or "brand", title=title or "")
    known = next((known for known in store.sources() if known.url == source.url and known.kind != "programme"), None)
    if known:
        source = replace(
            known, category=category or known.category, title=title or known.title, etag=None, last_modified=None
        )
    return _read(store, source, _private(store, allow_private))


def refresh(store: Store, source_id: str, *, allow_private: Iterable[str] | None = None) -> Source:
    """Read a source again. What goes wrong is kept in its `last_error`, and its items stay. Raises NotFound.

    A source of kind `programme` is the programme in force itself, which is taken into use anew.
    """
    source = store.source(source_id)
    try:
        if source.kind == "programme":
            from server import programme, strict  # a programme has sources, so it knows this package

            try:
                programme.use(store, source.url, allow_private=allow_private)
            except strict.StrictError as error:
                raise FeedError(
                    source.url, error.message if error.file == source.url and not error.line else str(error)
                ) from None
            return store.source(source_id)
        return _read(store, source, _private(store, allow_private))
    except FeedError as error:
        return store.put_source(replace(source, refreshed_at=clock.stamp(), last_error=str(error)))


def source_at(place: str, *, category: str = "brand", title: str = "", owner: str = "") -> Source:
    """The source for an address or a path, not yet read. `owner` tells a programme's own sources from added ones."""
    place = place.strip()
    if place.lower().startswith(("http://", "https://")):
        kind, url = "feed", canonical(place, as_asked=True)
        if not url:
            raise FeedError(place, "is not a web address that can be read; check it for typing errors")
        url = url.partition("#")[0]
    elif "://" in place:
        raise FeedError(place, "is neither a web address (https://…) nor a file")
    else:
        kind, url = "file", str(Path(place).expanduser().absolute())
    return Source(
        id=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{owner}|{kind}|{url}")),
        kind=kind,
        url=url,
        title=title,
        category=category,
    )


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


def title_variant(id: str, title: str, lang: str | None) -> Variant:
    """The wording of an item for which nobody has written one: its title, and nothing invented."""
    lang = lang or "en"
    return Variant(str(uuid.uuid5(uuid.UUID(id), f"{lang}|factual|{title}")), title, lang, "factual")


def _private(store: Store, allow_private: Iterable[str] | None) -> tuple[str, ...]:
    if allow_private is not None:
        return tuple(allow_private)
    from server import programme  # a programme has sources, so it knows this package

    in_force = programme.in_force(store)
    return in_force.allow_private if in_force else ()


def _read(store: Store, source: Source, allow_private: tuple[str, ...]) -> Source:
    """Read a source and store it with its items; raises FeedError before anything is stored."""
    now = clock.stamp()
    if source.kind == "file":
        feed = read_feed(read_file(source.url), source.url)
    else:
        fetched = fetch(source.url, etag=source.etag, last_modified=source.last_modified, allow_private=allow_private)
        if fetched.unchanged:
            return store.put_source(replace(source, refreshed_at=now, last_good_at=now, last_error=None))
        feed = read_feed(fetched.data, fetched.url, fetched.content_type)
        source = replace(source, etag=fetched.etag, last_modified=fetched.last_modified)
    left_out = list(feed.left_out)
    if not feed.entries and left_out:
        raise FeedError(
            source.url, f"holds no entry that can be used. {left_out[0]} Look for another feed of that site"
        )
    store.put_source(
        replace(
            source,
            title=source.title or feed.title,
            refreshed_at=now,
            last_good_at=now,
            last_error=None,
            left_out=tuple(left_out),
        )
    )
    store.put_items(source.id, _items(store, source, feed))
    return store.source(source.id)


def _items(store: Store, source: Source, feed: Feed) -> list[Item]:
    """The feed's entries as items. What people added to an item stays; one that another source has is left to it."""
    known = {item.id: item for item in store.items()}
    items = []
    for entry in feed.entries:
        id = item_id(entry.url)
        old = known.get(id)
        if old is None:
            items.append(_item(id, source, entry))
        elif old.source_id == source.id:
            items.append(_renewed(old, entry))
    return items


def _item(id: str, source: Source, entry: Entry) -> Item:
    return Item(
        id=id,
        source_id=source.id,
        title=entry.title,
        url=entry.url,
        summary=entry.summary,
        image=entry.image,
        lang=entry.lang,
        category=source.category,
        topics=entry.topics,
        variants=(title_variant(id, entry.title, entry.lang),),
        published_at=entry.published_at,
    )


def _renewed(old: Item, entry: Entry) -> Item:
    untouched = old.variants == (title_variant(old.id, old.title, old.lang),)
    return replace(
        old,
        title=entry.title,
        url=entry.url,
        summary=entry.summary,
        image=entry.image,
        lang=entry.lang,
        topics=entry.topics,
        variants=(title_variant(old.id, entry.title, entry.lang),) if untouched else old.variants,
        published_at=entry.published_at or old.published_at,
        updated_at="",
    )
