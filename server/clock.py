"""The one source of the present time, and the form in which the API sends it; the store's own is in store/times.py."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta


def now() -> datetime:
    """The present time in UTC, to the microsecond: the store orders by it what changes within one second."""
    return datetime.now(UTC)


def stamp(moment: datetime | None = None) -> str:
    """`moment` (default: now) as UTC ISO 8601 with a trailing Z, as in `2026-11-21T09:30:00Z`: to the second."""
    return (moment or now()).astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z"


def today() -> date:
    """The present day in the machine's own time zone, which is the person's."""
    return now().astimezone().date()


def week_start(moment: datetime | None = None) -> str:
    """The stamp of the last Monday, 00:00 in the machine's own time zone."""
    local = (moment or now()).astimezone()
    monday = (local - timedelta(days=local.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    return stamp(monday)
