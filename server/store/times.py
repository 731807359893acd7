"""Times as the store writes them: UTC, ISO 8601, a trailing Z."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def to_text(moment: datetime) -> str:
    """`moment` (with a zone) as UTC ISO 8601 with a trailing Z."""
    return moment.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


def to_moment(text: str) -> datetime:
    """The moment of an ISO 8601 text; ValueError where it is none or has no zone."""
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError
        return moment.astimezone(UTC)
    except (ValueError, OverflowError, TypeError):
        raise ValueError(
            f"A time such as 2026-10-21T09:30:00Z is wanted, with its zone, not “{str(text)[:40]}”.") from None


def as_utc(text: str) -> str:
    """An ISO 8601 time with any zone in the store's form; ValueError where it is none."""
    converted = to_text(to_moment(text))
    # A text that is in our form already keeps its characters: what came in is what is given back.
    return text if text.endswith("Z") and text[10:11] == "T" and text[:16] == converted[:16] else converted


def sort_key(text: str) -> str:
    """A key by which times sort, with or without fractions of a second (Z sorts after a point)."""
    return text.removesuffix("Z")


def later(now: datetime, than: str) -> str:
    """`now` as text, or the least time after `than` where the clock was set back."""
    candidate = to_text(now)
    if not than or sort_key(candidate) > sort_key(than):
        return candidate
    return to_text(to_moment(than) + timedelta(microseconds=1))
