"""When something may be shared again: never sooner than the programme's measure of company posts a week allows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from server import clock
from server.shares.cadence import rhythm
from server.shares.weeks import monday
from server.store import Share


def share_again(item_id: str, newest_first: Iterable[Share], per_week: int | None, now: datetime | None = None) -> str:
    """The earliest moment (UTC stamp) to share an item again: not in the week in which it was shared last, and not in a
    week that holds as many company posts as the programme means (`per_week`, None for no measure). Weeks begin on Monday,
    here. What lies in the past may be now.
    """
    now, shares = now or clock.now(), list(newest_first)
    last = next((share for share in shares if share.item_id == item_id), None)
    begin = monday(now)
    week = begin if last is None else max(begin, monday(datetime.fromisoformat(last.posted_at)) + timedelta(weeks=1))
    if week == begin and per_week is not None and rhythm(shares, clock.week_start(now)).posts_this_week >= per_week:
        week += timedelta(weeks=1)
    return clock.stamp(datetime.combine(week, time()).astimezone())
