"""The one source of the present time, in the form in which it is stored and sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def now() -> datetime:
    """The present time in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def stamp(moment: datetime | None = None) -> str:
    """`moment` (default: now) as UTC ISO 8601 with a trailing Z, as in `2026-11-21T09:30:00Z`."""
    return (moment or now()).astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z"


def week_start(moment: datetime | None = None) -> str:
    """The stamp of the last Monday, 00:00 in the machine's own time zone."""
    local = (moment or now()).astimezone()
    monday = (local - timedelta(days=local.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    return stamp(monday)
