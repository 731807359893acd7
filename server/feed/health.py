"""How a source fares, as data that a page can word, and in English."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.feed.leaving import REASONS
from server.store import Source
from server.store.times import to_moment


@dataclass(frozen=True, slots=True)
class Health:
    """`state` is `hand` (nothing reads it), `unread`, `good` or `failing`. `seconds` have passed since the last good reading, None before one;
    `left_out` of `entries` were not taken, `why` (words of server.feed.leaving, the commonest first).
    """

    state: str
    seconds: int | None
    entries: int
    left_out: int
    why: tuple[str, ...]
    failures: int
    error: str | None


def health(source: Source, now: datetime) -> Health:
    """How `source` fares at the moment `now`."""
    seconds = None
    if source.last_good_at:
        try:
            seconds = max(0, int((now - to_moment(source.last_good_at)).total_seconds()))
        except ValueError:
            pass
    state = "hand" if source.kind == "hand" else "failing" if source.last_error else "good" if source.last_good_at else "unread"
    why = sorted(source.left_out_why, key=lambda reason: -source.left_out_why[reason])
    left_out = sum(source.left_out_why.values())
    return Health(state, seconds, source.entries, left_out, tuple(why), source.failures, source.last_error)


def in_words(state: Health) -> str:
    """As in “last good 3 h ago, 2 of 40 entries left out: no link”."""
    if state.state == "hand":
        return "added by hand"
    if state.seconds is None:
        words = "never read yet" if state.state == "unread" else "never read well"
    else:
        words = f"last good {ago(state.seconds)}"
    if state.left_out:
        reasons = ", ".join(REASONS[reason] for reason in state.why)
        words += f", {state.left_out:,} of {state.entries:,} entries left out: {reasons}"
    if state.error:
        times = f" ({state.failures} times in a row)" if state.failures > 1 else ""
        words += f". Could not be read{times}: {state.error}"
    return words


def ago(seconds: int) -> str:
    """A time that has passed, in its largest unit."""
    for length, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= length:
            return f"{seconds // length} {unit} ago"
    return "just now"
