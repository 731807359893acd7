"""LinkedIn's creator analytics as XLSX: of all posts in a period (sheet TOP POSTS: two tables side by side, each post's
address, its day and one figure), or of one post (sheet PERFORMANCE: a figure a line).

The figures are of the period alone: a post that is older than it gets none from here, since part of its life is missing.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from server import clock, strict
from server.shares.imports.found import Found, FoundReading, ImportProblem, link_of, posted_at, urn_of
from server.shares.numbers import count_of
from server.store import FIGURES

_LABELS = Path(__file__).with_name("labels.yaml")
_DAY = re.compile(r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{2,4})")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})")
_MOST_ROWS = 20_000


@dataclass
class _Post:
    urn: str
    permalink: str | None
    day: Any = None
    figures: dict[str, int] = field(default_factory=dict)


def read_workbook(data: bytes, name: str) -> Found:
    """The readings of an XLSX of LinkedIn's creator analytics. Raises ImportProblem."""
    sheets = _sheets(data, name)
    posts: dict[str, _Post] = {}
    sums = False
    for rows in sheets.values():
        sums |= _tables(rows, posts) | _lines(rows, posts)
    if not posts:
        raise ImportProblem(
            f"{name} names no post. Of LinkedIn's exports, take that of your posts (Analytics, Content, Export) or that "
            "of one post (its own analytics, Export)."
        )
    day_first = _day_first(posts.values())
    begin, end = _period(sheets.values(), name, day_first)
    problems = [] if end else ["The file does not say when it was made: its figures bear the time of this import."]
    if sums:
        problems.append("Engagements are a sum of several kinds and were left out: Sayso keeps the kinds.")
    read_at = _end_of(end)
    if end and end > clock.now().date():
        raise ImportProblem(f"{name} is of a period that ends in the future ({end}). Check this computer's date.")
    readings, young = [], 0
    for post in posts.values():
        when = posted_at(post.urn)
        if not post.figures:
            continue
        if begin and when and when[:10] < begin.isoformat():
            young += 1
            continue
        readings.append(FoundReading(post.urn, read_at, post.figures, when, post.permalink))
    if young:
        problems.append(
            f"Posts older than the period of this export ({begin} to {end}): {young}. It holds only part of their figures, so "
            "these were left out. Export a period that begins before them."
        )
    return Found("analytics", name, readings=tuple(readings), problems=tuple(problems))


def _sheets(data: bytes, name: str) -> dict[str, list[list[Any]]]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = {sheet: book.get_sheet_by_name(sheet).to_python(skip_empty_area=True) for sheet in book.sheet_names}
    except (python_calamine.CalamineError, ValueError, OSError):
        raise ImportProblem(f"{name} cannot be read as an Excel file. Export it from LinkedIn again.") from None
    if sum(map(len, sheets.values())) > _MOST_ROWS:
        raise ImportProblem(f"{name} has more than {_MOST_ROWS:,} rows, which no export of LinkedIn's has.")
    return sheets


def _tables(rows: Sequence[Sequence[Any]], posts: dict[str, _Post]) -> bool:
    """Tables with a heading a column: wherever a column holds posts' addresses. Whether one held sums."""
    heads: dict[int, tuple[str, str]] = {}  # column → what it holds, of which column's posts
    sums = False
    for row in rows:
        at = [column for column, value in enumerate(row) if _urn(value)]
        labels = {column: _label(value) for column, value in enumerate(row)}
        if not at and any(labels.values()):
            heads = {column: label for column, label in labels.items() if label}
            continue
        for number, start in enumerate(at):
            post = _post(row[start], posts)
            stop = at[number + 1] if number + 1 < len(at) else len(row)
            for column in range(start + 1, stop):
                label = heads.get(column)
                sums |= label == "sums"
                if label in FIGURES:
                    _take(post, label, row[column])
                elif not label and post.day is None and _days(row[column]):
                    post.day = row[column]
    return sums


def _lines(rows: Sequence[Sequence[Any]], posts: dict[str, _Post]) -> bool:
    """One post, a figure a line. Whether a sum was among them."""
    found = [(index, value) for index, row in enumerate(rows) for value in row[1:2] if _urn(value)]
    if len(found) != 1 or any(_label(value) in FIGURES for value in rows[max(0, found[0][0] - 1)][2:]):
        return False
    post, sums = _post(found[0][1], posts), False
    for row in rows:
        label = _label(row[0]) if len(row) > 1 else None
        sums |= label == "sums"
        if label in FIGURES:
            _take(post, label, row[1])
    return sums


def _take(post: _Post, figure: str, value: Any) -> None:
    count = count_of(value) if isinstance(value, str) else _whole(value)
    if count is not None:
        post.figures.setdefault(figure, count)


def _whole(value: Any) -> int | None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return int(value) if number and value >= 0 and value == int(value) else None


def _post(value: Any, posts: dict[str, _Post]) -> _Post:
    urn = _urn(value)
    return posts.setdefault(urn, _Post(urn, link_of(value)))


def _urn(value: Any) -> str | None:
    return urn_of(value) if isinstance(value, str) and "linkedin.com" in value else None


@cache
def _labels() -> dict[str, str]:
    given = strict.load(_LABELS.read_text("utf-8"), _LABELS.name, strict.mapping(strict.list_of(strict.text)))
    return {name: label for label, names in given.items() for name in names}


def _label(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    flat = unicodedata.normalize("NFKD", value.replace("’", "'")).casefold()
    flat = "".join(letter for letter in flat if not unicodedata.combining(letter))
    return _labels().get(" ".join(flat.split()).strip(" :"))


def _days(value: Any) -> list[tuple[int, int, int]]:
    """The three numbers of each day that a cell's text holds, as written."""
    if not isinstance(value, str):
        return []
    return [(int(a), int(b), int(c)) for a, b, c in _DAY.findall(value)]


def _day_first(posts: Iterable[_Post]) -> bool:
    """Whether days are written 31/12 rather than 12/31: told by posts whose own number says when they were made."""
    votes = 0
    for post in posts:
        made = posted_at(post.urn)
        for first, second, _ in _days(post.day)[:1]:
            if made and first != second:
                # A day to either side: the file counts days in the member's own time zone.
                day, month = int(made[8:10]), int(made[5:7])
                votes += (second == month and abs(first - day) <= 1) - (first == month and abs(second - day) <= 1)
    return votes > 0


def _period(sheets: Iterable[Sequence[Sequence[Any]]], name: str, day_first: bool) -> tuple[date | None, date | None]:
    """First and last day that the figures are of, as the file says, else as its name does; None where neither."""
    for rows in sheets:
        for row in rows:
            if row and _label(row[0]) == "period":
                days = [day for value in row[1:] for day in _read_days(value, day_first)]
                if days:
                    return (min(days) if len(days) > 1 else None), max(days)
    named = sorted(date.fromisoformat(text) for text in _ISO.findall(name) if _is_day(text))
    return (named[0] if len(named) > 1 else None), (named[-1] if named else None)


def _read_days(value: Any, day_first: bool) -> Iterator[date]:
    if isinstance(value, datetime | date):
        yield value.date() if isinstance(value, datetime) else value
    for first, second, third in _days(value):
        year, month, day = (first, second, third) if first > 31 else (
            (third, second, first) if (day_first or first > 12) and second <= 12 else (third, first, second)
        )
        try:
            yield date(year if year > 99 else 2000 + year, month, day)
        except ValueError:
            continue


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _end_of(day: date | None) -> str:
    """The last moment of a day, or now where that is earlier or no day is known."""
    now = clock.now()
    return clock.stamp(min(now, datetime.combine(day, time(23, 59, 59), UTC)) if day else now)
