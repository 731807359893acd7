"""Subscribing: a published bundle fetched, verified and taken into use, and from then on followed by its link."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from server import clock, programme
from server.bundle import BundleError, archive, content, link, seal
from server.bundle.link import Link, is_link
from server.feed.fetch import fetch
from server.feed.model import FeedError
from server.programme_file import SOURCE_ID, ProgrammeFile
from server.store import NotFound, Programme, Source, Store
from server.strict import StrictError

__all__ = ["follow", "is_link", "subscribe"]

_ACCEPT = "application/octet-stream, */*;q=0.5"


def subscribe(
    store: Store, text: str, *, allow_private: Iterable[str] | None = None, now: datetime | None = None
) -> ProgrammeFile:
    """Take the bundle at a subscription link into use, and keep the link.

    Raises StrictError, whose words never hold the link's part after #; then nothing changes.
    """
    try:
        given = link.parse(text)
    except BundleError as error:
        raise StrictError("subscription link", 0, "", str(error)) from None
    taken = _take(store, given, store.programme(), None, allow_private, now)
    assert taken is not None  # nothing was asked conditionally
    return taken


def follow(
    store: Store, kept: Programme, *, allow_private: Iterable[str] | None = None, now: datetime | None = None
) -> ProgrammeFile:
    """Ask whether the bundle that is subscribed to has changed, and take the newer one into use.

    Raises StrictError; then the one in force stays.
    """
    given = link.parse(kept.link or "")
    try:
        known = store.source(SOURCE_ID)
    except NotFound:  # removed by hand: it comes back
        known = None
    taken = _take(store, given, kept, known, allow_private, now)
    return taken or programme.as_kept(kept)


def _take(
    store: Store,
    given: Link,
    kept: Programme | None,
    known: Source | None,
    allow_private: Iterable[str] | None,
    now: datetime | None,
) -> ProgrammeFile | None:
    """The programme at the link, taken into use; None where it is the one in force, read before as `known`."""
    place, moment = given.address, clock.stamp(now)
    if kept and not (kept.link and link.parse(kept.link).pin == given.pin):
        kept = None  # another publisher's, whose versions say nothing here
    try:
        # Whoever gave the link named its host; any other private one is as closed as ever.
        allowed = [given.host, *(programme.allowed(store) if allow_private is None else allow_private)]
        etag = known.etag if known else None
        fetched = fetch(place, etag=etag, allow_private=allowed, accept=_ACCEPT, most_bytes=seal.MOST_BYTES)
        sealed = None if fetched.unchanged else seal.verify(fetched.data, given.pin, now)
        if sealed and kept:
            _not_older(sealed.header, kept)
        if known and (sealed is None or (kept and _age(sealed.header) == _age(kept))):
            etag = fetched.etag or etag
            store.put_source(replace(known, etag=etag, refreshed_at=moment, last_good_at=moment, last_error=None))
            return None
        assert sealed is not None
        files = archive.unpack(seal.opened(sealed, given))
        read, head = content.programme_of(files, place)
    except FeedError as error:
        raise StrictError(place, 0, "", error.message) from None
    except BundleError as error:
        raise StrictError(place, 0, "", str(error)) from None
    packs = {pack: dict(rules) for pack, rules in read.packs.items()}
    header = sealed.header
    as_kept = Programme(head, place, moment, packs, str(given), header.version, header.made_at)
    programme.take(store, read, as_kept, fetched.etag)
    return read


def _age(of: seal.Header | Programme) -> tuple[int, str]:
    # Two bundles of one version are the sign of a publisher's data folder that came back from an older copy.
    return of.version, of.made_at or ""


def _not_older(header: seal.Header, kept: Programme) -> None:
    if _age(header) < _age(kept):
        raise BundleError(
            f"is version {header.version} of {header.made_at[:10]}, older than version {kept.version} of "
            f"{(kept.made_at or '')[:10]} that is in use, so it is not used. "
            "Tell whoever publishes the programme to upload the present one"
        )
