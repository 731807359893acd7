"""What an import would change, before it does; doing it; and taking a whole import out again."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from server import paging
from server.shares.imports.found import Found, FoundReading, FoundShare, ImportProblem
from server.store import Import, Preferences, Proposal, Share, Store
from server.store.codec import from_plain, to_plain
from server.store.times import sort_key

_NEAR = timedelta(minutes=10)
_MARK = uuid.UUID("5d0f3c1e-6a0b-4d55-9d5e-3b7a1f0a2c44")  # the name space of shares that come from an archive
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking in a file would do. `new` are shares to be added, `changed` those there already that get a URN, a link
    or a reading, `known` how many of the file's posts and readings are there already, `proposals` the person's own that
    are not there.
    """

    found: Found
    new: tuple[Share, ...]
    changed: tuple[Share, ...]
    known: int
    readings: int
    problems: tuple[str, ...]
    proposals: tuple[Proposal, ...] = ()

    @property
    def brings(self) -> bool:
        """Whether anything would change."""
        return bool(self.new or self.changed or self.proposals)


def plan(store: Store, found: Found, *, whoever: bool = False) -> Plan:
    """Compare a file with the history. Nothing is written.

    Raises ImportProblem for the archive of another member than the one before; `whoever` takes it all the same.
    """
    if found.member and not whoever:
        others = {done.member for done in store.imports() if done.member}
        if others and found.member not in others:
            raise ImportProblem(
                f"{found.name} is another member's archive: its profile bears another name than the one that was taken in "
                "before. If the name was changed, take it in all the same with --whoever."
            )
    index = _Index(store)
    new: dict[str, Share] = {}
    changed: dict[str, Share] = {}
    known = readings = strangers = 0
    import_id = str(uuid.uuid4())
    for share in found.kept:
        present = index.by_id(share.id)
        if present is None:
            new[share.id] = replace(share, import_id=import_id)
        elif merged := _merged(present, share):
            changed[share.id] = merged
        else:
            known += 1
    for post in found.shares:
        present = index.same_post(post)
        if present is None:
            made = _share(post, import_id)
            new.setdefault(made.id, made)
            index.add(made)
        elif post.urn and post.urn not in present.urns and present.id not in new:
            before = changed.get(present.id, present)
            changed[present.id] = _linked(before, post)
        else:
            known += 1
    for reading in found.readings:
        present = index.by_urn(reading)
        if present is None:
            strangers += 1
            continue
        before = changed.get(present.id, present)
        row = {"read_at": reading.read_at, "where": "import", **reading.figures, "import_id": import_id}
        if any(_same_figures(row, other) for other in before.readings):
            known += 1
            continue
        changed[present.id] = replace(before, readings=(*before.readings, row))
        readings += 1
    problems = list(found.problems)
    if strangers:
        problems.append(
            f"Posts of the file that are not in your history: {strangers}. Their figures were left out. Take in your archive "
            "(Shares.csv) first, then this file again."
        )
    proposed = {proposal.id for proposal in store.proposals()}
    settings = found.more.get("preferences")
    if settings and not _unset(store.preferences()) and settings != to_plain(store.preferences()):
        problems.append("The settings in the file were left out: here some are set already.")
    return Plan(replace(found, more={**found.more, "import_id": import_id}), tuple(new.values()), tuple(changed.values()),
                known, readings, tuple(problems), tuple(each for each in found.proposals if each.id not in proposed))


def carry_out(store: Store, planned: Plan, on_progress: Progress | None = None) -> Import:
    """Write what was planned. The record of the import comes first, so that one cut off can be taken out or repeated."""
    found = planned.found
    done = store.put_import(Import(
        found.more["import_id"], found.kind, found.name,
        added=tuple(share.id for share in planned.new), read=tuple(share.id for share in planned.changed),
        member=found.member,
    ))
    dated = (replace(share, logged_at=share.logged_at or done.made_at, updated_at=share.updated_at or done.made_at)
             for share in planned.new)
    store.put_shares([*dated, *planned.changed], on_progress)
    for proposal in planned.proposals:
        store.put_proposal(proposal)
    settings = found.more.get("preferences")
    if settings and _unset(store.preferences()):
        store.set_preferences(from_plain(Preferences, settings))
    return done


def _unset(preferences: Preferences) -> bool:
    """Whether the person has set nothing yet; the number by which wordings are dealt is made by itself."""
    return replace(preferences, dealt="") == Preferences()


def undo(store: Store, id: str) -> Import:
    """Take a whole import out again: the shares that came with it, and the readings. Raises NotFound.

    A share that was changed by hand since then stays; only the readings that the import brought go. Settings and
    proposals that an own export brought stay.
    """
    done = next((each for each in store.imports() if each.id == id), None)
    if done is None:
        return store.remove_import(id)  # raises what is said of an unknown one
    present = {share.id: share for share in store.shares()}
    gone = [
        share_id for share_id in done.added
        if share_id in present and sort_key(present[share_id].updated_at) <= sort_key(done.made_at)
    ]
    mended = []
    for share_id in {*done.read, *done.added} - set(gone):
        share = present.get(share_id)
        if share is None:
            continue
        left = tuple(row for row in share.readings if row.get("import_id") != id)
        if left != share.readings:
            mended.append(replace(share, readings=left))
    store.put_shares(mended)
    store.remove_shares(gone)
    paging.forget()
    return store.remove_import(id)


class _Index:
    """The history by what tells that two posts are one."""

    def __init__(self, store: Store) -> None:
        self._ids: dict[str, Share] = {}
        self._urns: dict[str, Share] = {}
        self._texts: dict[str, list[Share]] = {}
        for share in store.shares():
            self.add(share)

    def add(self, share: Share) -> None:
        self._ids[share.id] = share
        for urn in share.urns:
            self._urns[urn] = share
            self._urns[_number(urn)] = share
        self._texts.setdefault(_folded(share.text), []).append(share)

    def by_id(self, id: str) -> Share | None:
        return self._ids.get(id)

    def by_urn(self, reading: FoundReading) -> Share | None:
        return self._urns.get(reading.urn) or self._urns.get(_number(reading.urn)) or self._near(reading)

    def same_post(self, post: FoundShare) -> Share | None:
        """The share that a post of an archive is: by its URN, else by the same words at about the same time."""
        if post.urn and (found := self._urns.get(post.urn) or self._urns.get(_number(post.urn))):
            return found
        for share in self._texts.get(_folded(post.text), ()):
            if abs(_moment(share.posted_at) - _moment(post.posted_at)) <= _NEAR:
                return share
        return None

    def _near(self, reading: FoundReading) -> Share | None:
        # The same post has one number as a share and another as an activity, made within seconds of each other: where
        # just one share was posted in that minute, it is meant.
        if not reading.posted_at:
            return None
        when = _moment(reading.posted_at)
        close = [share for share in self._ids.values() if abs(_moment(share.posted_at) - when) <= timedelta(seconds=90)]
        return close[0] if len(close) == 1 else None


def _share(post: FoundShare, import_id: str) -> Share:
    # The same post of a later archive gets the same id.
    id = str(uuid.uuid5(_MARK, post.urn or f"{post.posted_at}|{post.text}"))
    return Share(
        id, post.text, post.posted_at, permalink=post.permalink, urns=(post.urn,) if post.urn else (), import_id=import_id
    )


def _linked(share: Share, post: FoundShare) -> Share:
    return replace(
        share,
        urns=(*share.urns, post.urn)[:5] if post.urn else share.urns,
        permalink=share.permalink or post.permalink,
        status="confirmed",
    )


def _merged(present: Share, given: Share) -> Share | None:
    """`present` with the readings and addresses that only `given` has; None where there are none."""
    readings = [row for row in given.readings if not any(_same_figures(row, other) for other in present.readings)]
    urns = tuple(urn for urn in given.urns if urn not in present.urns)
    if not readings and not urns and (present.permalink or not given.permalink):
        return None
    return replace(
        present,
        readings=(*present.readings, *readings),
        urns=(*present.urns, *urns)[:5],
        permalink=present.permalink or given.permalink,
    )


def _same_figures(row: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two readings are one: the same figures, the same origin, the same day (an export knows no more)."""
    return _bare(row) == _bare(other)


def _bare(row: dict[str, Any]) -> dict[str, Any]:
    bare = {key: value for key, value in row.items() if key != "import_id"}
    return {**bare, "read_at": row["read_at"][:10]} if row["where"] == "import" else bare


def _number(urn: str) -> str:
    return urn.rpartition(":")[2]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)
