"""When what was read of a page counts as what its label says."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from server.feed.titles import folded

Judge = Callable[[dict[str, Any], dict[str, Any]], bool]
_LEAST = 8  # characters that one title must share with another to be a part of it
_SUMMARY = 60
_APART = re.compile(r"\s*[|｜]+\s*|\s+(?:[·•–—»«›/~:-]|::)\s+")  # what sets the name of a site apart


def same_title(found: dict[str, Any], row: dict[str, Any]) -> bool:
    """The same words in the same order; case, accents and punctuation aside."""
    return folded(found["title"]) == folded(row["title"])


def same_but_site(found: dict[str, Any], row: dict[str, Any]) -> bool:
    """The same words; or one has at its end or beginning something more, set apart as the name of a site is."""
    return same_title(found, row) or any(
        folded(short) in (folded(longer[: match.start()]), folded(longer[match.end() :]))
        for short, longer in ((found["title"], row["title"]), (row["title"], found["title"]))
        for match in _APART.finditer(longer)
    )


def close_title(found: dict[str, Any], row: dict[str, Any]) -> bool:
    """The same words; or one is the other with more before or after it; or nine letters in ten are the same."""
    from rapidfuzz import fuzz

    ours, theirs = folded(found["title"]), folded(row["title"])
    part = min(len(ours), len(theirs)) >= _LEAST and (ours in theirs or theirs in ours)
    return ours == theirs or part or fuzz.ratio(ours, theirs) >= 90


def same_description(found: dict[str, Any], row: dict[str, Any]) -> bool:
    """The same words, as far as the shorter goes (both are cut); or nine letters in ten of them.

    One label in ten was taken from the page's source as it stands, with "&uuml;" for "ü": it is read as it is meant.
    """
    from rapidfuzz import fuzz

    ours, theirs = (folded(html.unescape(each["description"])) for each in (found, row))
    length = min(len(ours), len(theirs))
    if length < min(_SUMMARY, len(theirs)):
        return ours == theirs
    return fuzz.ratio(ours[:length], theirs[:length]) >= 90


def same_image(found: dict[str, Any], row: dict[str, Any]) -> bool:
    """The same file; where it is asked for in which size is left out."""
    return _file(found["image"]) == _file(row["image"])


def _file(url: str) -> str:
    path = unquote(urlsplit(url).path).rstrip("/")
    return path.rpartition("/")[2].lower()


def same_day(found: dict[str, Any], row: dict[str, Any]) -> bool:
    """The day that the label writes; where it writes a time with a zone, the same day in UTC will do."""
    label = str(row["date"])
    if found["date"] == label[:10]:
        return True
    try:
        moment = datetime.fromisoformat(label)
    except ValueError:
        return False
    if not moment.tzinfo or "moment" not in found:
        return False
    return found["moment"][:10] == moment.astimezone(UTC).date().isoformat()


RIGHT: dict[str, Judge] = {
    "title": same_title,
    "title (site forgiven)": same_but_site,
    "title (close)": close_title,
    "description": same_description,
    "image": same_image,
    "date": same_day,
}
FIELDS = tuple(RIGHT)
