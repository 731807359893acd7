"""Shares, one file for each month of `posted_at`: a write rewrites its file, so that the files stay small."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from .base import Base, changed, check_uuid, locked, rows_of, settled
from .codec import BadRecord, shallow, whole_text
from .engine import Drawer
from .errors import NotFound, ShareConflict
from .records import STATUSES, Share
from .schema import Tables
from .times import as_utc, later, sort_key, to_moment, to_text


def _shares(tables: Tables) -> dict[str, Share]:
    found = rows_of("shares", Share)(tables)
    try:
        for share in found.values():
            check_uuid(share.id, "share")
            for moment in filter(None, (share.logged_at, share.updated_at)):
                to_moment(moment)
            to_moment(share.posted_at)
    except ValueError as error:
        raise BadRecord(str(error)) from None
    return found


class ShareMethods(Base):
    """The store's methods on shares."""

    def _load_shares(self) -> None:
        self._shares: dict[str, Share] = {}
        self._month_of: dict[str, str] = {}
        self._months: dict[str, Drawer] = {}
        self._newest: list[Share] | None = None
        self._last: Mapping[str, str] | None = None
        self._left: dict[str, set[str]] = defaultdict(set)  # month → shares that moved on and are still in its file
        for name in self._shelf.names("shares"):
            month = name.partition("/")[2]
            found = self._open_month(month)
            for id, share in found.items():
                other = self._shares.get(id)
                if other and sort_key(other.updated_at) >= sort_key(share.updated_at):
                    self._left[month].add(id)
                    continue
                if other:
                    self._left[self._month_of[id]].add(id)
                self._shares[id], self._month_of[id] = share, month
        # A share that moved between months while the process was killed is in both: the newest stays.
        with contextlib.suppress(OSError):
            self._clear_left()

    def _open_month(self, month: str) -> dict[str, Share]:
        drawer, found = self._shelf.open(f"shares/{month}", _shares)
        drawer.borrow(lambda: {"shares": {id: shallow(self._shares[id]) for id, at in self._month_of.items() if at == month}})
        self._months[month] = drawer
        return found

    def _leave(self, month: str, ids: Iterable[str]) -> None:
        # The move itself is on the disk already: what cannot be taken out of the old file now is taken out later.
        self._left[month].update(ids)
        with contextlib.suppress(OSError):
            self._clear_left()

    def _clear_left(self) -> None:
        """Take what moved on out of the files it was in; before anything is removed, else it would come back from there."""
        for month in list(self._left):
            here = {id for id in self._left[month] if self._month_of.get(id) == month}
            self._months[month].change("shares", remove=self._left[month] - here)
            del self._left[month]

    def _put_share(self, share: Share) -> Share:
        if share.status not in STATUSES:
            raise ValueError(f"the status of a share is one of {', '.join(STATUSES)}")
        record, row = settled(replace(share, posted_at=as_utc(share.posted_at)))
        month, before = record.posted_at[:7], self._month_of.get(record.id)
        if month not in self._months:
            # A new month only: those that were there have been opened at the start.
            self._open_month(month)
        # The new one is written before the old one goes: a crash in between leaves two, never none.
        self._months[month].change("shares", {record.id: row})
        self._shares[record.id], self._month_of[record.id] = record, month
        self._newest = self._last = None
        if before not in (None, month):
            self._leave(before, [record.id])
        return record

    @locked
    def add_share(self, share: Share) -> bool:
        """Log a share; True once it is on the disk, False where it was there already with the same text.

        Raises ShareConflict where the id is there with another text, ValueError where the id is no UUID or the
        time is none. `posted_at` in another zone becomes UTC; `logged_at` and `updated_at` are set where empty.
        """
        check_uuid(share.id, "share")
        known = self._shares.get(share.id)
        if known:
            if known.text != whole_text(share.text):
                raise ShareConflict(share.id)
            return False
        now = to_text(self._clock())
        self._put_share(replace(
            share, logged_at=as_utc(share.logged_at or now), updated_at=as_utc(share.updated_at or now)))
        return True

    @locked
    def share(self, id: str) -> Share:
        """One share. Raises NotFound."""
        if id not in self._shares:
            raise NotFound("share", id)
        return self._shares[id]

    @locked
    def shares(self) -> list[Share]:
        """All shares, newest first by the time they were posted."""
        if self._newest is None:
            # Month by month: keys for all of them at once would take most of a megabyte, which the process then keeps.
            months: dict[str, list[Share]] = defaultdict(list)
            for share in self._shares.values():
                months[share.posted_at[:7]].append(share)
            self._newest = [
                share for month in sorted(months, reverse=True)
                for share in sorted(months[month], key=lambda share: (sort_key(share.posted_at), share.id), reverse=True)]
        return list(self._newest)

    @locked
    def last_shared(self) -> Mapping[str, str]:
        """When each item was last shared, by its id; the very same mapping for as long as nothing changes."""
        if self._last is None:
            self._last = MappingProxyType({share.item_id: share.posted_at for share in reversed(self.shares()) if share.item_id})
        return self._last

    @locked
    def update_share(self, id: str, /, **changes: Any) -> Share:
        """Change fields of a share (not its id, `logged_at` or `updated_at`). Raises NotFound, ValueError.

        A text that was corrected stays in the backups until these are replaced (seven days with writes).
        """
        known = self.share(id)
        new = changed(known, ("id", "logged_at", "updated_at"), changes)
        return self._put_share(replace(new, updated_at=later(self._clock(), known.updated_at)))

    @locked
    def delete_share(self, id: str) -> Share:
        """Remove a share for good and return it. Raises NotFound.

        Its text leaves every backup as well: those that hold it are rewritten without it, before the file itself.
        Not touched is a file that was set aside as unreadable: it may hold other shares; erase() removes it.
        """
        share = self.share(id)
        self._clear_left()
        self._months[self._month_of[id]].forget("shares", id)
        del self._shares[id], self._month_of[id]
        self._newest = self._last = None
        return share

    @locked
    def merge_shares(self, keep_id: str, other_id: str, /, **changes: Any) -> Share:
        """Change the first share as `update_share` does and remove the second, both or neither. Raises NotFound, ValueError.

        As with `delete_share`, no text that was in the second is left in a backup.
        """
        kept, other = self.share(keep_id), self.share(other_id)
        record, row = settled(replace(
            changed(kept, ("id", "posted_at", "logged_at", "updated_at"), changes),
            updated_at=later(self._clock(), kept.updated_at)))
        month, away = self._month_of[keep_id], self._month_of[other_id]
        if away != month:
            # Into one file first, as it is: the change itself is then a single write, whenever the process ends.
            self._months[month].change("shares", {other_id: settled(other)[1]})
            self._month_of[other_id] = month
            self._left[away].add(other_id)
        self._clear_left()
        self._months[month].purge("shares", [other_id])
        self._months[month].change("shares", {keep_id: row}, [other_id], keep_before=False)
        self._shares[keep_id] = record
        del self._shares[other_id], self._month_of[other_id]
        self._newest = self._last = None
        return record

    @locked
    def forget_texts(self, ids: Sequence[str]) -> None:
        """Leave out the texts of shares, here and in the backups, in one write a month; the rest of them stays.

        Raises NotFound for the first that is not there; then nothing is changed.
        """
        self._clear_left()
        rows: dict[str, dict[str, Any]] = {}
        records: dict[str, dict[str, Share]] = defaultdict(dict)
        for id in ids:
            known = self.share(id)
            record, rows[id] = settled(replace(known, text="", updated_at=later(self._clock(), known.updated_at)))
            records[self._month_of[id]][id] = record
        self._purge(rows, rows)
        for month, found in records.items():
            self._months[month].change("shares", {id: rows[id] for id in found}, keep_before=False)
            self._shares.update(found)
            self._newest = None

    def _purge(self, ids: Collection[str], instead: Mapping[str, dict[str, Any]]) -> None:
        # One pass over the backups of all months, in which a share may be that has moved.
        for drawer in [*self._months.values()][:1]:
            drawer.purge("shares", ids, instead)

    @locked
    def add_reading(self, id: str, reading: dict[str, Any]) -> Share:
        """Add a reading to a share; the very same reading again changes nothing. Raises NotFound, ValueError.

        Readings that contradict each other are both kept. See Share for what a reading holds.
        """
        share = self.share(id)
        if reading in share.readings:
            return share
        return self.update_share(id, readings=(*share.readings, reading))

    @locked
    def remove_reading(self, id: str, reading: dict[str, Any]) -> Share:
        """Take the very reading that is given out of a share. Raises NotFound where the share or the reading is not there."""
        share = self.share(id)
        if reading not in share.readings:
            raise NotFound("share with this reading", id)
        return self.update_share(id, readings=tuple(each for each in share.readings if each != reading))

    @locked
    def put_shares(self, shares: Iterable[Share], on_month: Callable[[int, int], None] | None = None) -> None:
        """Add or replace many shares, in one write a month; their ids and times are as given.

        `on_month` is told how many of how many are on the disk, after each write. Raises ValueError where one cannot
        be stored; then none is. A crash in between leaves whole months: the same call again completes it.
        """
        settled_now: dict[str, dict[str, tuple[Share, dict[str, Any]]]] = defaultdict(dict)
        now = to_text(self._clock())
        for share in shares:
            check_uuid(share.id, "share")
            if share.status not in STATUSES:
                raise ValueError(f"the status of a share is one of {', '.join(STATUSES)}")
            record, row = settled(replace(
                share, posted_at=as_utc(share.posted_at), logged_at=as_utc(share.logged_at or now),
                updated_at=as_utc(share.updated_at or now)))
            settled_now[record.posted_at[:7]][record.id] = record, row
        total, done = sum(map(len, settled_now.values())), 0
        for month, found in settled_now.items():
            if month not in self._months:
                self._open_month(month)
            self._months[month].change("shares", {id: row for id, (_, row) in found.items()})
            moved: dict[str, list[str]] = defaultdict(list)
            for id, (record, _) in found.items():
                before = self._month_of.get(id)
                if before not in (None, month):
                    moved[before].append(id)
                self._shares[id], self._month_of[id] = record, month
            self._newest = self._last = None
            for before, ids in moved.items():
                self._leave(before, ids)
            done += len(found)
            if on_month:
                on_month(done, total)

    @locked
    def remove_shares(self, ids: Sequence[str]) -> None:
        """Remove many shares for good, in one write a month, from the backups too. Unknown ids are passed over."""
        self._clear_left()
        by_month: dict[str, list[str]] = defaultdict(list)
        for id in ids:
            if id in self._shares:
                by_month[self._month_of[id]].append(id)
        self._purge(ids, {})
        for month, gone in by_month.items():
            self._months[month].change("shares", remove=gone, keep_before=False)
            for id in gone:
                del self._shares[id], self._month_of[id]
            self._newest = self._last = None
