"""One page of a list that is searched by words and read newest first: shares, items."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

import orjson

MOST = 200

_MARKS = re.compile("[\u0300-\u036f]+")
Key = tuple[str, str]
R = TypeVar("R")


@lru_cache(maxsize=16_384)
def folded(text: str) -> str:
    """`text` without case and accents. Kept, since folding 5,000 posts takes 60 ms and searching them 3."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold()


def forget() -> None:
    """Drop the folded texts from memory; to be called once what they came from was erased."""
    folded.cache_clear()


def page(
    records: Iterable[R],
    when: Callable[[R], Key],
    words: Callable[[R], Iterable[str]],
    *,
    q: str | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> tuple[list[R], int, str | None]:
    """(records, how many match in all, cursor of the next page or None), newest first by `when` (time, id).

    A record matches where each word of `q` is in one of its `words`, whatever case and accents. A cursor names the
    place after the last record given, so records that come or go meanwhile neither repeat nor hide one. Raises
    ValueError for a limit outside 1 to 200 and for a cursor that is none of ours.
    """
    if not 1 <= limit <= MOST:
        raise ValueError(f"limit is from 1 to {MOST}")
    wanted = folded(q).split() if q else []
    keyed = sorted(((_key(when(record)), record) for record in records if _matches(words(record), wanted)), key=_first, reverse=True)
    total = len(keyed)
    if cursor:
        after = _read_cursor(cursor)
        keyed = [(key, record) for key, record in keyed if key < after]
    following = _cursor(keyed[limit - 1][0]) if len(keyed) > limit else None
    return [record for _, record in keyed[:limit]], total, following


def _first(pair: tuple[Key, object]) -> Key:
    return pair[0]


def _key(when: Key) -> Key:
    # Without the Z, times with fractions of a second sort behind those without.
    return when[0].removesuffix("Z"), when[1]


def _matches(words: Iterable[str], wanted: list[str]) -> bool:
    if not wanted:
        return True
    texts = [folded(text) for text in words if text]
    return all(any(word in text for text in texts) for word in wanted)


def _cursor(key: Key) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(key)).decode().rstrip("=")


def checked_cursor(cursor: str) -> str:
    """The cursor itself. Raises ValueError where it is none of ours."""
    _read_cursor(cursor)
    return cursor


def _read_cursor(cursor: str) -> Key:
    try:
        time, id = orjson.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, TypeError):
        raise ValueError("this cursor is not one that was given out") from None
    if not isinstance(time, str) or not isinstance(id, str):
        raise ValueError("this cursor is not one that was given out")
    return time, id
