"""The programme: a company's policy, its items and where more of them come from, taken into use and kept.

docs/programme.md describes the file, `server.programme_file` reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from server import clock, company_packs, strict
from server.feed.address import canonical
from server.feed.fetch import fetch
from server.feed.model import FeedError
from server.feed.sources import read_file, source_at
from server.programme_file import SOURCE_ID, ProgrammeFile, ProgrammeSource, load_programme
from server.store import Item, Programme, Source, Store

__all__ = ["SOURCE_ID", "ProgrammeFile", "as_kept", "in_force", "load_programme", "use", "with_folders"]

_OWNER = "programme"
_MOST_BYTES = 5_000_000
_ACCEPT = "application/yaml, text/yaml, text/x-yaml, application/json, text/plain;q=0.9, */*;q=0.1"


def use(
    store: Store,
    origin: str,
    *,
    allow_private: Iterable[str] | None = None,
    now: datetime | None = None,
) -> ProgrammeFile:
    """Take the programme at a path or an http(s) address into use: its text, items and sources.

    Items and sources of the programme before it go, those that the person added stay. Sources are named here and
    read by `feed.refresh`. Raises StrictError, whose message says what is wrong and where; then nothing changes.
    """
    file, text = _read(store, origin, allow_private)
    programme = with_folders(load_programme(text, file))
    moment = clock.stamp(now)
    known = {source.id: source for source in store.sources()}
    added = {
        source.url for source in known.values() if source.kind != "programme" and source.id != _owned(source.url).id
    }
    # A source that the person has added already stays theirs.
    sources = [_source(wanted) for wanted in programme.sources if wanted.place not in added]
    earlier = {item.id: item for item in store.items() if item.source_id == SOURCE_ID}
    items = [_dated(item, earlier.get(item.id), moment) for item in programme.items]

    store.put_source(Source(SOURCE_ID, "programme", file, programme.name, refreshed_at=moment, last_good_at=moment))
    store.put_items(SOURCE_ID, items)
    for gone in earlier.keys() - {item.id for item in items}:
        store.delete_item(gone)
    for source in sources:
        old = known.get(source.id)
        if old and old.category != source.category:
            for item in store.items():
                if item.source_id == source.id and item.category == old.category:
                    store.update_item(item.id, category=source.category)
        store.put_source(replace(old, category=source.category, title=source.title or old.title) if old else source)
    wanted = {SOURCE_ID, *(source.id for source in sources)}
    for source in known.values():
        if source.id not in wanted and source.kind != "programme" and source.url not in added:
            store.remove_source(source.id)
    # Last, so that what is in force is only ever a programme whose items are there.
    read = {pack: dict(programme.packs[pack]) for pack, _ in programme.pack_folders}
    store.set_programme(Programme(text, file, moment, read))
    return programme


def in_force(store: Store) -> ProgrammeFile | None:
    """The programme in use, None where there is none. Raises StrictError where this version cannot read it."""
    kept = store.programme()
    return as_kept(kept) if kept else None


def as_kept(kept: Programme) -> ProgrammeFile:
    """The programme that was taken into use, with its rules as they were read then. Raises StrictError."""
    programme = load_programme(kept.text, kept.origin)
    return replace(programme, packs={**programme.packs, **kept.packs})


def with_folders(programme: ProgrammeFile) -> ProgrammeFile:
    """The programme with the rules of the folders that it names. Raises StrictError."""
    packs = dict(programme.packs)
    for pack, folder in programme.pack_folders:
        packs[pack] = company_packs.from_folder(pack, Path(folder))
        for other in packs.keys() - {pack}:
            for rule in packs[pack].keys() & packs[other].keys():
                place = str(Path(folder) / f"{rule}.yaml")
                raise strict.StrictError(place, 0, "", f"stands in the pack {other} already; choose another name")
    return replace(programme, packs=packs)


def _read(store: Store, origin: str, allow_private: Iterable[str] | None) -> tuple[str, str]:
    """The name and the text of a programme file. Raises StrictError."""
    try:
        if origin.strip().lower().startswith(("http://", "https://")):
            file = canonical(origin, as_asked=True) or origin
            if allow_private is None:
                before = in_force(store)
                allow_private = before.allow_private if before else ()
            data = fetch(file, allow_private=allow_private, accept=_ACCEPT, most_bytes=_MOST_BYTES).data
        else:
            file = str(Path(origin).expanduser().absolute())
            data = read_file(file, _MOST_BYTES)
    except FeedError as error:
        raise strict.StrictError(error.source, 0, "", error.message) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise strict.StrictError(file, line, "", "is not UTF-8; save the file in that encoding") from None
    if re.match(r"\s*<(?:!doctype html|html)", text, re.IGNORECASE):
        raise strict.StrictError(file, 0, "", "is a web page, not a programme; give the address of the file itself")
    return file, text


def _dated(item: Item, earlier: Item | None, moment: str) -> Item:
    # Used again, a programme does not make its old items new.
    first = earlier.published_at if earlier and earlier.published_at else moment
    return replace(item, published_at=item.published_at or min(first, moment))


def _owned(place: str, category: str = "brand", title: str = "") -> Source:
    return source_at(place, category=category, title=title, owner=_OWNER)


def _source(wanted: ProgrammeSource) -> Source:
    return _owned(wanted.place, wanted.category, wanted.title)
