"""Figures that were read on LinkedIn's page: whose post they are of, what the texts say, and whether they say anything new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from server.shares.imports.found import urn_of
from server.shares.numbers import count_of
from server.store import FIGURES, Share
from server.store.times import sort_key, to_moment

# A post has one number as a share and another as an activity. Both hold the moment in which they were made, in
# milliseconds since 1970 above the lowest 22 bits, and they are made one after the other.
_SAME_POST_MS = 5_000
_FIRST_MS = 1_052_092_800_000  # LinkedIn's first day, 2003-05-05; older numbers were counted, and hold no moment
# Where a share bears no number: from the press of Post until LinkedIn has made the post.
_SAME_PRESS = timedelta(seconds=90)


def of_post(shares: Iterable[Share], urn: str) -> Share | None:
    """The share that a post on LinkedIn is, by its URN; None where none is, or where more than one may be meant.

    First by the number itself, then by the moment that two numbers hold, then, for a share of which no number is known,
    by the time it was posted.
    """
    number = _number(urn)
    near, unnamed = [], []
    for share in shares:
        known = [_number(each) for each in (*share.urns, urn_of(share.permalink or "")) if each]
        if number in known:
            return share
        if number >> 22 < _FIRST_MS:
            continue
        if any(abs((each >> 22) - (number >> 22)) <= _SAME_POST_MS for each in known):
            near.append(share)
        elif not known and abs(to_moment(share.posted_at) - _made(number)) <= _SAME_PRESS:
            unnamed.append(share)
    found = near or unnamed
    return found[0] if len(found) == 1 else None


def counted(texts: Mapping[str, str]) -> tuple[dict[str, int], list[str]]:
    """(figures, names of those whose text is no number): "12K" is 12000, "0" is 0, "–" is not known."""
    read = {figure: count_of(text) for figure, text in texts.items()}
    return {figure: count for figure, count in read.items() if count is not None}, [
        figure for figure, count in read.items() if count is None
    ]


def says_more(share: Share, reading: Mapping[str, Any]) -> bool:
    """Whether a reading from the page adds to what was read there that day (UTC): another figure, or another number."""
    day = reading["read_at"][:10]
    read = [each for each in share.readings if each["where"] == "page" and each["read_at"][:10] == day]
    known: dict[str, Any] = {}
    for each in sorted(read, key=lambda each: sort_key(each["read_at"])):
        known |= each
    return any(known.get(figure) != reading[figure] for figure in FIGURES if figure in reading)


def _number(urn: str) -> int:
    return int(urn.rpartition(":")[2])


def _made(number: int) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=number >> 22)
