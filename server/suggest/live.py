"""Which items may be shown when: published, not under embargo, not over."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable
from datetime import UTC, datetime

from server.store import Item


def time_of(moment: datetime | str | None, without: float) -> float:
    """POSIX seconds of a time; `without` where there is none."""
    if not moment:
        return without
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


class Live:
    """When each item begins and ends, by number. It never changes, but for what it remembers of the last question."""

    def __init__(self) -> None:
        self.published, self.begins, self.ends = array("d"), array("d"), array("d")
        self._mask: tuple[float, float, bytes] = (math.inf, -math.inf, b"")

    def added(self, items: Iterable[Item], gone: Iterable[int]) -> Live:
        """These and further items, but without those of the numbers in `gone`."""
        other = Live()
        other.published, other.begins, other.ends = self.published[:], self.begins[:], self.ends[:]
        for item in items:
            other.published.append(time_of(item.published_at or item.added_at, -math.inf))
            other.begins.append(max(time_of(item.published_at, -math.inf), time_of(item.embargo_until, -math.inf)))
            other.ends.append(time_of(item.expires_at, math.inf))
        for number in gone:
            other.ends[number] = -math.inf
        return other

    def at(self, now: float) -> bytes:
        """A byte for each item: 1 where it may be shown. Counted again only when an item begins or ends."""
        since, until, mask = self._mask
        if not since <= now < until:
            mask = bytes(begin <= now < end for begin, end in zip(self.begins, self.ends, strict=True))
            changes = [*self.begins, *self.ends]
            since = max((moment for moment in changes if moment <= now), default=-math.inf)
            until = min((moment for moment in changes if moment > now), default=math.inf)
            self._mask = since, until, mask  # one assignment: another thread sees the old one or the new one
        return mask
