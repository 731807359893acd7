"""Shares, one file for each month of `posted_at`: a write rewrites its file, so that the files stay small."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .base import Base, changed, check_uuid, locked, rows_of, settled
from .codec import BadRecord, whole_text
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
        stale: list[tuple[str, str]] = []
        for name in self._shelf.names("shares"):
            month = name.partition("/")[2]
            self._months[month], found = self._shelf.open(name, _shares)
            for id, share in found.items():
                other = self._shares.get(id)
                if other and sort_key(other.updated_at) >= sort_key(share.updated_at):
                    stale.append((month, id))
                    continue
                if other:
                    stale.append((self._month_of[id], id))
                self._shares[id], self._month_of[id] = share, month
        # A share that moved between months while the process was killed is in both: the newest stays.
        for month, id in stale:
            self._months[month].change("shares", remove=[id])

    def _put_share(self, share: Share) -> Share:
        if share.status not in STATUSES:
            raise ValueError(f"the status of a share is one of {', '.join(STATUSES)}")
        record, row = settled(replace(share, posted_at=as_utc(share.posted_at)))
        month, before = record.posted_at[:7], self._month_of.get(record.id)
        if month not in self._months:
            # A new month only: those that were there have been opened at the start.
            self._months[month], _ = self._shelf.open(f"shares/{month}", _shares)
        # The new one is written before the old one goes: a crash in between leaves two, never none.
        self._months[month].change("shares", {record.id: row})
        self._shares[record.id], self._month_of[record.id], self._newest = record, month, None
        if before not in (None, month):
            self._months[before].change("shares", remove=[record.id])
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
            self._newest = sorted(
                self._shares.values(), key=lambda share: (sort_key(share.posted_at), share.id), reverse=True)
        return list(self._newest)

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
        self._months[self._month_of[id]].forget("shares", id)
        del self._shares[id], self._month_of[id]
        self._newest = None
        return share

    @locked
    def add_reading(self, id: str, reading: dict[str, Any]) -> Share:
        """Add a reading to a share; the very same reading again changes nothing. Raises NotFound, ValueError.

        Readings that contradict each other are both kept. See Share for what a reading holds.
        """
        share = self.share(id)
        if reading in share.readings:
            return share
        return self.update_share(id, readings=(*share.readings, reading))
