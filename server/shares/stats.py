"""Counts over the history. What is not known is left out of a sum, never taken for 0."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from server.shares.value import FORMULAS, ValueInputs, value_of
from server.store import FIGURES, Share
from server.store.times import as_utc, sort_key, to_moment, to_text


def stats(
    shares: Iterable[Share], from_: str | None = None, to: str | None = None, inputs: ValueInputs | None = None
) -> dict[str, Any]:
    """Counts of the shares posted from `from_` up to `to` (UTC).

    Either is a day (2026-10-01; the whole of the day `to` counts) or a time (`to` itself does not count).
    Raises ValueError where it is neither. Returns:

    - `from`, `to`: as asked
    - `posts`, `confirmed`, `unconfirmed`: how many
    - `by_disclosure`: verdict → how many; `unchecked` where a post was made without a verdict
    - `by_week`: [{`week`: its Monday, `posts`}], oldest first, only weeks with a post
    - `own_words`: {`mean`, `shares`} over the shares that have the measure, None where none has
    - `measures`: the five that programmes ask for, each None where nothing was read. `reach`: impressions read;
      `activity`: posts; `reactions`: reactions, comments and reposts that were read, each by itself; `visits`: clicks;
      `value`: earned media value {`amount`, `low`, `high`, `currency`, `shares`, `of`, `formula`, `inputs`} by
      server.shares.value, None without inputs
    - `readings`: figure → {`sum`, `shares`}: each share's latest reading of that figure, and how many shares had
      one; None where no share had
    """
    start, end = _bound(from_, last=False), _bound(to, last=True)
    chosen = [
        share for share in shares
        if (start is None or sort_key(share.posted_at) >= start) and (end is None or sort_key(share.posted_at) < end)
    ]
    weeks = Counter(_week(share.posted_at[:10]) for share in chosen)
    status = Counter(share.status for share in chosen)
    own = [share.own_words for share in chosen if share.own_words is not None]
    known = [_figures(share) for share in chosen]
    read = {figure: _summed([each[at] for each in known]) for at, figure in enumerate(FIGURES)}
    return {
        "from": from_,
        "to": to,
        "posts": len(chosen),
        "confirmed": status["confirmed"],
        "unconfirmed": status["unconfirmed"],
        "by_disclosure": dict(sorted(Counter(share.disclosure or "unchecked" for share in chosen).items())),
        "by_week": [{"week": week, "posts": weeks[week]} for week in sorted(weeks)],
        "own_words": {"mean": round(sum(own) / len(own), 4), "shares": len(own)} if own else None,
        "readings": read,
        "measures": {
            "reach": read["impressions"],
            "activity": len(chosen),
            "reactions": {figure: read[figure] for figure in ("reactions", "comments", "reposts")},
            "visits": read["clicks"],
            "value": _value(known, inputs),
        },
    }


def newest(share: Share) -> dict[str, int | None]:
    """Each figure's newest reading, by when it was read; None where it never was."""
    return dict(zip(FIGURES, _figures(share), strict=True))


def forget() -> None:
    """Drop the figures that are kept in memory; to be called once what they came from was erased."""
    _kept.clear()


Figures = tuple[int | None, ...]  # in the order of FIGURES
# Share → its readings, by which a change is noticed, and their newest figures: finding them takes most of stats().
_kept: dict[str, tuple[tuple[dict[str, Any], ...], Figures]] = {}
_MOST_KEPT = 20_000


def _figures(share: Share) -> Figures:
    kept = _kept.get(share.id)
    if kept is None or kept[0] is not share.readings:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        kept = _kept[share.id] = share.readings, _found(share)
    return kept[1]


def _found(share: Share) -> Figures:
    found: dict[str, int | None] = dict.fromkeys(FIGURES)
    for reading in _in_turn(share):
        for figure, number in reading.items():
            if figure in found and type(number) is int:
                found[figure] = number
    return tuple(found.values())


def last_reading(share: Share, figure: str) -> dict[str, Any] | None:
    """The reading by which one figure of a share is known now, None where it never was read."""
    known = [reading for reading in _in_turn(share) if type(reading.get(figure)) is int]
    return known[-1] if known else None


def _in_turn(share: Share) -> Sequence[dict[str, Any]]:
    # Oldest first; of two that were read at the same time the one added later is the newer.
    return sorted(share.readings, key=_read_at) if len(share.readings) > 1 else share.readings


def _read_at(reading: dict[str, Any]) -> str:
    text = reading.get("read_at", "")
    if text[-1:] == "Z":
        return text[:-1]  # sort_key(), without the call: there are thousands
    try:
        return sort_key(as_utc(text))
    except ValueError:
        return ""


def _value(known: Iterable[Figures], inputs: ValueInputs | None) -> dict[str, Any] | None:
    if inputs is None:
        return None
    places = [FIGURES.index(figure) for figure in inputs.needed]
    found = value_of([[each[at] for at in places] for each in known], inputs)
    return {**asdict(found), "formula": FORMULAS[inputs.method], "inputs": inputs.plain()} if found else None


def _summed(numbers: Iterable[int | None]) -> dict[str, int] | None:
    known = [number for number in numbers if number is not None]
    return {"sum": sum(known), "shares": len(known)} if known else None


@lru_cache(maxsize=4096)
def _week(day: str) -> str:
    """The Monday of a day's week."""
    date_ = date.fromisoformat(day)
    return (date_ - timedelta(days=date_.weekday())).isoformat()


def _bound(text: str | None, *, last: bool) -> str | None:
    """The key by which times are held against a bound (server.store.times.sort_key)."""
    if text is None:
        return None
    return sort_key(to_text(_midnight(text, days=int(last)) if len(text) == 10 else to_moment(text)))


def _midnight(day: str, days: int) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(day), time(), UTC) + timedelta(days=days)
    except (ValueError, OverflowError):
        raise ValueError(f"a day such as 2026-10-01 is wanted, not “{day}”") from None
