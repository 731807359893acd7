"""The history week by week, Monday to Sunday in the machine's own time zone, as charts draw it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from server import clock
from server.shares.stats import last_reading
from server.store import FIGURES, Share
from server.store.times import sort_key

# Of several ways in which a week's figures are known, the one that is told: the one to be looked at most closely.
_TOLD = ("page", "import", "hand")


@dataclass
class Week:
    """The posts of one week. `figures`: each figure's sum over those posts as last read, None where none was read;
    `read`: of how many posts the impressions were; `where`: how they are known, of several ways the weakest.
    """

    start: date
    posts: int = 0
    read: int = 0
    where: str | None = None
    figures: dict[str, int | None] = field(default_factory=lambda: dict.fromkeys(FIGURES))


def monday(moment: datetime | None = None) -> date:
    """The Monday of the week in which a moment (default: now) lies, here."""
    local = (moment or clock.now()).astimezone().date()
    return local - timedelta(days=local.weekday())


def readings_since(shares: Iterable[Share], moment: str) -> int:
    """How many readings were taken from a moment (UTC stamp) on, of whatever share."""
    begin = sort_key(moment)
    return sum(sort_key(reading["read_at"]) >= begin for share in shares for reading in share.readings)


def weeks(shares: Iterable[Share], many: int, last: date | None = None) -> list[Week]:
    """So many weeks up to the one that begins at `last` (default: this one), oldest first, empty ones too.

    `shares` come newest first, as the store gives them.
    """
    last = last or monday()
    found = [Week(last - timedelta(weeks=ago)) for ago in reversed(range(many))]
    for share in shares:
        posted = datetime.fromisoformat(share.posted_at).astimezone().date()
        ago = (last + timedelta(days=6) - posted).days // 7
        if ago >= many:
            break
        if ago >= 0:
            _count(found[many - 1 - ago], share)
    return found


def _count(week: Week, share: Share) -> None:
    week.posts += 1
    for figure in FIGURES:
        reading = last_reading(share, figure)
        if reading is None:
            continue
        week.figures[figure] = (week.figures[figure] or 0) + reading[figure]
        if figure == "impressions":
            week.read += 1
            where = reading.get("where")
            week.where = max(week.where or _TOLD[0], where if where in _TOLD else _TOLD[-1], key=_TOLD.index)
