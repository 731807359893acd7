"""When an item may be shared again: never sooner than the programme allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from server import clock
from server.policy import Policy
from server.shares.cadence import rhythm
from server.shares.weeks import monday
from server.store import Item, NotFound, Share, Store, Variant


@dataclass(frozen=True, slots=True)
class Again:
    """`last`: item → when it was last shared; `room`: the Monday of the first week that has room for a company post;
    `rest`: how long an item rests after it was shared, None where the programme does not say.
    """

    last: Mapping[str, str]
    room: date
    rest: timedelta | None
    now: datetime

    @classmethod
    def of(cls, store: Store, policy: Policy, now: datetime | None = None) -> Again:
        """By the history and the programme's `cadence`. A week that holds as many company posts as it means has no room."""
        now = now or clock.now()
        most, room = policy.cadence_per_week, monday(now)
        if most is not None and rhythm(store.shares(), clock.week_start(now)).posts_this_week >= most:
            room += timedelta(weeks=1)
        rest = timedelta(days=policy.cadence_rest_days) if policy.cadence_rest_days else None
        return cls(store.last_shared(), room, rest, now)

    def at(self, item_id: str) -> str:
        """The earliest moment (UTC stamp) to share an item: in a week with room, not in the week in which it was shared
        last, and not before it has rested. Weeks begin on Monday, here. What lies in the past may be now.
        """
        week, last = self.room, self.last.get(item_id)
        if last is None:
            return clock.stamp(_begin(week))
        shared = datetime.fromisoformat(last)
        earliest = _begin(max(week, monday(shared) + timedelta(weeks=1)))
        return clock.stamp(max(earliest, shared + self.rest) if self.rest else earliest)

    def resting(self) -> frozenset[str]:
        """The items that are not to be suggested now. Where the programme names no rest, one that was shared stays away."""
        if self.rest is None:
            return frozenset(self.last)
        now = clock.stamp(self.now)
        return frozenset(item_id for item_id in self.last if self.at(item_id) > now)


def live_item(store: Store, share: Share) -> Item | None:
    """The item that a share used, where it can be shared now."""
    now = clock.stamp()
    try:
        item = store.item(share.item_id) if share.item_id else None
    except NotFound:
        return None
    if item is None or item.shelved or (item.expires_at or "9999") <= now or (item.embargo_until or "") > now:
        return None
    return item


def wording(item: Item, share: Share) -> Variant | None:
    """The wording that a share used, else the first one there is."""
    ready = [variant for variant in item.variants if not variant.draft]
    return next((variant for variant in ready if variant.id == share.variant_id), ready[0] if ready else None)


def _begin(week: date) -> datetime:
    return datetime.combine(week, time()).astimezone()
