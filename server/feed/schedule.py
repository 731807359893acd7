"""When a source is read again: hourly, later after failures, and never before a server wants it."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from server import clock
from server.store import Source
from server.store.times import to_moment

EVERY = timedelta(hours=1)
LONGEST = timedelta(days=1)
# What a server may ask for at most: beyond that it is taken for a mistake.
LONGEST_ASKED = timedelta(days=7)
_JITTER = 0.1

Chance = Callable[[], float]  # a number from 0 to 1


def after_success(now: datetime, chance: Chance = random.random) -> str:
    """About an hour from `now`, ten per cent more or less, so that a company's companions do not ask all at once."""
    return _stamp(now, EVERY, chance)


def after_failure(now: datetime, failures: int, asked: float | None = None, chance: Chance = random.random) -> str:
    """About an hour after the first failure, twice as long after each further one, at most a day.

    Never sooner than the server `asked` for, in seconds (Retry-After), and that for a week at most.
    """
    wait = min(EVERY * 2 ** min(max(failures, 1) - 1, 10), LONGEST)
    due = _stamp(now, wait, chance)
    least = clock.stamp(now + min(timedelta(seconds=asked or 0), LONGEST_ASKED) + timedelta(seconds=1)) if asked else ""
    return max(due, least)


def automatic(source: Source) -> bool:
    """Whether the companion reads this source by itself: all but the hand's, and a programme that is a file here."""
    if source.kind == "programme":
        return source.url.lower().startswith(("http://", "https://"))
    return source.kind != "hand"


def due(source: Source, now: datetime) -> bool:
    """Whether it is time to read the source; one that was never read is always due."""
    if not automatic(source):
        return False
    try:
        return source.due_at is None or to_moment(source.due_at) <= now
    except ValueError:
        return True


def _stamp(now: datetime, wait: timedelta, chance: Chance) -> str:
    return clock.stamp(now + wait * (1 - _JITTER + 2 * _JITTER * chance()))
