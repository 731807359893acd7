"""The geometry of the history's charts: places in per cent, so that a drawing fits any width without a script.

Lines go through what was read and nothing else: where nothing is known there is a gap, never a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from server.shares.weeks import Week
from server.store import Share
from server.words import Words

_STEPS = (1, 2, 5)
_EDGE = 2.5  # per cent left free at both ends of a curve over time, for its dots


@dataclass(frozen=True)
class Dot:
    """One known figure: where it lies, how it is known, what it says. `value` is drawn beside it where it is set."""

    x: float
    y: float
    where: str
    said: Any
    value: Any = None
    anchor: str = "middle"


@dataclass(frozen=True)
class Tick:
    """A line of the grid, or a name under the axis, at `at` per cent. `now` is the present; one that is `spare` is left
    out where there is little room."""

    at: float
    name: Any
    anchor: str = "middle"
    now: bool = False
    spare: bool = False


@dataclass(frozen=True)
class Chart:
    """`lines` and `areas` are paths on 100 × 100, `posts` the places and numbers of posts under the axis."""

    lines: list[str]
    areas: list[str]
    dots: list[Dot]
    grid: list[Tick]
    names: list[Tick]
    posts: list[tuple[float, int]]


def by_week(weeks: Sequence[Week], t: Words) -> Chart | None:
    """The impressions of each week's posts, and when there were posts; None where no post's were ever read."""
    known = [week.figures["impressions"] for week in weeks]
    most = max((value for value in known if value is not None), default=None)
    if most is None:
        return None
    top, grid = _grid(most, t)
    column = 100 / len(weeks)
    places = [(column * (at + 0.5), None if value is None else _y(value, top)) for at, value in enumerate(known)]
    peak = max((at for at, value in enumerate(known) if value == most), default=0)
    dots = [
        Dot(x, y, week.where or "page", t("history_week.of", day=t.date(week.start.isoformat()), n=t.number(value or 0)),
            t.number(value) if at == peak and value else None, _anchor(x))
        for at, ((x, y), week, value) in enumerate(zip(places, weeks, known, strict=True)) if y is not None
    ]
    runs = _runs(places)
    every = max(1, round(len(weeks) / 4))
    last = len(weeks) - 1
    names = [
        Tick(places[at][0], t("history_week.this") if at == last else t.short_day(weeks[at].start.isoformat()),
             _anchor(places[at][0]) if len(weeks) > 4 else "middle", at == last, at == last - every)
        for at in range(len(weeks)) if at == last or (last - at) % every == 0 and last - at >= every
    ]
    return Chart(
        [_path(run) for run in runs], [_area(run) for run in runs], dots, grid, names,
        [(x, week.posts) for (x, _), week in zip(places, weeks, strict=True) if week.posts],
    )


def curve(share: Share, t: Words, figure: str = "impressions") -> Chart | None:
    """One figure of a share from the moment it was posted, when it was 0; None where it was never read."""
    known = sorted(
        ((_moment(reading["read_at"]), reading) for reading in share.readings if type(reading.get(figure)) is int),
        key=lambda pair: pair[0],
    )
    if not known:
        return None
    begin, end = _moment(share.posted_at), known[-1][0]
    long = max(end - begin, timedelta(minutes=1))
    top, grid = _grid(max(reading[figure] for _, reading in known), t)

    def x(moment: datetime) -> float:
        return _EDGE + (100 - 2 * _EDGE) * min(max((moment - begin) / long, 0), 1)

    places: list[tuple[float, float | None]] = [(x(moment), _y(reading[figure], top)) for moment, reading in known]
    dots = [
        Dot(place, y or 0, str(reading["where"]),
            t("history_reading.said", time=t.moment(reading["read_at"]), n=t.number(reading[figure]), how=t(f"history_reading.{reading['where']}")),
            t.number(reading[figure]) if at == len(known) - 1 else None, "end" if place > 60 else "middle")
        for at, ((place, y), (_, reading)) in enumerate(zip(places, known, strict=True))
    ]
    runs = _runs([(_EDGE, 100.0), *places] if known[0][0] > begin else places)
    names = [Tick(_EDGE, t.moment(share.posted_at), "start"), Tick(100 - _EDGE, _end(share, known[-1][1], t), "end")]
    return Chart([_path(run) for run in runs], [_area(run) for run in runs], dots, grid, names, [])


def spark(share: Share) -> tuple[str, float] | None:
    """The impressions of a share so far, as a path on 100 × 100 and the height at which it ends; None below two points."""
    known = sorted(
        (_moment(reading["read_at"]), reading["impressions"])
        for reading in share.readings if type(reading.get("impressions")) is int
    )
    begin = _moment(share.posted_at)
    if not known or known[-1][0] <= begin or not known[-1][1]:
        return None
    most, long = max(value for _, value in known), known[-1][0] - begin
    points = [(0.0, 100.0), *((100 * max((moment - begin) / long, 0), 100 - 100 * value / most) for moment, value in known)]
    return _path(points), round(points[-1][1], 1)


def _end(share: Share, reading: dict[str, Any], t: Words) -> Any:
    """The end of a curve: its time alone where it is still the day of the post."""
    same = t.date(share.posted_at) == t.date(reading["read_at"])
    return t.time(reading["read_at"]) if same else t.short_day(reading["read_at"])


def _grid(most: int, t: Words) -> tuple[int, list[Tick]]:
    """The value at the top of a chart and its lines: at most four, at round values."""
    step = next(
        each * 10**power for power in range(13) for each in _STEPS if each * 10**power * 3 >= max(most, 1)
    )
    # The top is what is there, not the next line above it: a low chart would tell less.
    top = max(most, 1)
    lines = [value for value in range(step, top + 1, step)]
    return top, [Tick(_y(value, top), t.number(value)) for value in lines]


def _y(value: int, top: int) -> float:
    return round(100 - 100 * value / top, 2)


def _anchor(x: float) -> str:
    return "start" if x < 8 else "end" if x > 92 else "middle"


def _moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)


def _runs(places: Sequence[tuple[float, float | None]]) -> list[list[tuple[float, float]]]:
    """Points in a row without a gap; a point alone is a dot and no line."""
    runs: list[list[tuple[float, float]]] = [[]]
    for x, y in places:
        if y is None:
            runs.append([])
        elif not runs[-1] or x > runs[-1][-1][0]:
            runs[-1].append((x, y))
        else:  # two readings of one moment: the line goes on from the newer
            runs[-1][-1] = (x, y)
    return [run for run in runs if len(run) > 1]


def _path(points: Sequence[tuple[float, float]]) -> str:
    """A smooth line that never overshoots: monotone cubic pieces (Fritsch and Carlson, 1980)."""
    slopes = [(b[1] - a[1]) / ((b[0] - a[0]) or 1) for a, b in pairwise(points)]
    turns = [slopes[0], *(0.0 if a * b <= 0 else 2 * a * b / (a + b) for a, b in pairwise(slopes)), slopes[-1]]
    parts = [f"M{points[0][0]:.2f} {points[0][1]:.2f}"]
    for at, (a, b) in enumerate(pairwise(points)):
        third = (b[0] - a[0]) / 3
        parts.append(
            f"C{a[0] + third:.2f} {a[1] + third * turns[at]:.2f} "
            f"{b[0] - third:.2f} {b[1] - third * turns[at + 1]:.2f} {b[0]:.2f} {b[1]:.2f}"
        )
    return "".join(parts)


def _area(points: Sequence[tuple[float, float]]) -> str:
    return f"{_path(points)}V100H{points[0][0]:.2f}Z"
