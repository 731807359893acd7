"""Where items come from, as the programme in force has it: a programme taken into use, sources added and read again.

It stands above `programme`, `bundle` and `feed`, which know nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from server import clock, feed, strict
from server.bundle import subscribe
from server.bundle.seal import is_bundle
from server.feed import FeedError, canonical, fetch, schedule
from server.feed.reading import read_file
from server.feed.readings import readings
from server.feed.sources import failed
from server.programme import allowed, load_programme, take, with_folders
from server.programme_file import ProgrammeFile
from server.store import Programme, Source, Store

_MOST_BYTES = 5_000_000
_ACCEPT = "application/yaml, text/yaml, text/x-yaml, application/json, text/plain;q=0.9, */*;q=0.1"


def use(
    store: Store,
    origin: str,
    *,
    allow_private: Iterable[str] | None = None,
    now: datetime | None = None,
) -> ProgrammeFile:
    """Take the programme at a path, an http(s) address or a subscription link into use: its text, items and sources.

    Items and sources of the programme before it go, those that the person added stay, and so does what they changed in
    an item. Sources are named here and read by `refresh`. The address of a programme that is subscribed to stands
    for its link. Raises StrictError, whose message says what is wrong and where; then nothing changes.
    """
    kept = store.programme()
    if subscribe.is_link(origin):
        return subscribe.subscribe(store, origin, allow_private=allow_private, now=now)
    if kept and kept.link and origin == kept.origin:
        return subscribe.follow(store, kept, allow_private=allow_private, now=now)
    file, text = _read(store, origin, allow_private)
    given = with_folders(load_programme(text, file))
    read = {pack: dict(given.packs[pack]) for pack, _ in given.pack_folders}
    take(store, given, Programme(text, file, clock.stamp(now), read))
    return given


def add_source(store: Store, place: str, *, kind: str | None = None, category: str | None = None) -> Source:
    """As `feed.add_source`, with the places inside the company that the programme in force allows."""
    return feed.add_source(store, place, kind=kind, category=category, allow_private=allowed(store))


def refresh(store: Store, source_id: str, *, now: datetime | None = None) -> Source:
    """As `feed.refresh`, likewise; a source of kind `programme` is the programme in force, taken into use anew."""
    source = store.source(source_id)
    if source.kind != "programme":
        return feed.refresh(store, source_id, allow_private=allowed(store), now=now)
    with readings(store).alone(source_id, source.url) as mine:
        if not mine:
            return store.source(source_id)
        moment = now or clock.now()
        try:
            use(store, source.url)
        except strict.StrictError as error:
            message = error.message if error.file == source.url and not error.line else str(error)
            return failed(store, source_id, FeedError(source.url, message), moment)
        again = store.source(source_id)
        due_at = schedule.after_success(moment) if schedule.automatic(again) else None
        return store.put_source(replace(again, failures=0, due_at=due_at))


def _read(store: Store, origin: str, allow_private: Iterable[str] | None) -> tuple[str, str]:
    """The name and the text of a programme file. Raises StrictError."""
    try:
        if origin.strip().lower().startswith(("http://", "https://")):
            file = canonical(origin, as_asked=True) or origin
            private = allowed(store) if allow_private is None else allow_private
            data = fetch(file, allow_private=private, accept=_ACCEPT, most_bytes=_MOST_BYTES).data
        elif re.match(r"[a-z][a-z0-9+.-]+://", origin.strip(), re.IGNORECASE):
            raise FeedError(origin.strip(), "is not a web address; it has to begin with https:// or http://")
        else:
            file = str(Path(origin).expanduser().absolute())
            data = read_file(file, _MOST_BYTES)
    except FeedError as error:
        raise strict.StrictError(error.source, 0, "", error.message) from None
    if is_bundle(data):
        message = "is a published programme; take it into use by its whole subscription link, with the part after #"
        raise strict.StrictError(file, 0, "", message)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise strict.StrictError(file, line, "", "is not UTF-8; save the file in that encoding") from None
    if re.match(r"\s*<(?:!doctype html|html)", text, re.IGNORECASE):
        raise strict.StrictError(file, 0, "", "is a web page, not a programme; give the address of the file itself")
    return file, text
