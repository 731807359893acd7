"""Counts over the history. What is not known is left out of a sum, never taken for 0."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from server.shares.value import FORMULAS, ValueInputs, value
from server.store import FIGURES, Share
from server.store.times import to_moment


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
    chosen = []
    for share in shares:
        moment = to_moment(share.posted_at)
        if (start is None or moment >= start) and (end is None or moment < end):
            chosen.append((moment, share))
    weeks = Counter((moment.date() - timedelta(days=moment.weekday())).isoformat() for moment, _ in chosen)
    status = Counter(share.status for _, share in chosen)
    own = [share.own_words for _, share in chosen if share.own_words is not None]
    read = {figure: _summed(figure, (share for _, share in chosen)) for figure in FIGURES}
    return {
        "from": from_,
        "to": to,
        "posts": len(chosen),
        "confirmed": status["confirmed"],
        "unconfirmed": status["unconfirmed"],
        "by_disclosure": dict(sorted(Counter(share.disclosure or "unchecked" for _, share in chosen).items())),
        "by_week": [{"week": week, "posts": weeks[week]} for week in sorted(weeks)],
        "own_words": {"mean": round(sum(own) / len(own), 4), "shares": len(own)} if own else None,
        "readings": read,
        "measures": {
            "reach": read["impressions"],
            "activity": len(chosen),
            "reactions": {figure: read[figure] for figure in ("reactions", "comments", "reposts")},
            "visits": read["clicks"],
            "value": _value((share for _, share in chosen), inputs),
        },
    }


def newest(share: Share) -> dict[str, int | None]:
    """Each figure's newest reading."""
    return {figure: latest(share, figure) for figure in FIGURES}


def _value(shares: Iterable[Share], inputs: ValueInputs | None) -> dict[str, Any] | None:
    found = value((newest(share) for share in shares), inputs)
    return {**asdict(found), "formula": FORMULAS[inputs.method], "inputs": inputs.plain()} if found and inputs else None


def latest(share: Share, figure: str) -> int | None:
    """The newest reading of one figure of a share, by when it was read; None where it never was."""
    found = last_reading(share, figure)
    return found[figure] if found else None


def last_reading(share: Share, figure: str) -> dict[str, Any] | None:
    """The reading by which one figure of a share is known now, None where it never was read."""
    known = [reading for reading in share.readings if type(reading.get(figure)) is int]
    # Of two that were read at the same time the one added later is taken.
    newest = max(enumerate(known), key=lambda entry: (_read_at(entry[1]), entry[0]), default=None)
    return newest[1] if newest else None


def _read_at(reading: dict[str, Any]) -> datetime:
    try:
        return to_moment(reading["read_at"])
    except (KeyError, ValueError):
        return datetime.min.replace(tzinfo=UTC)


def _summed(figure: str, shares: Iterable[Share]) -> dict[str, int] | None:
    known = [value for value in (latest(share, figure) for share in shares) if value is not None]
    return {"sum": sum(known), "shares": len(known)} if known else None


def _bound(text: str | None, *, last: bool) -> datetime | None:
    if text is None:
        return None
    if len(text) == 10:
        try:
            midnight = datetime.combine(date.fromisoformat(text), time(), UTC)
            return midnight + timedelta(days=1) if last else midnight
        except (ValueError, OverflowError):
            raise ValueError(f"a day such as 2026-10-01 is wanted, not “{text}”") from None
    return to_moment(text)
