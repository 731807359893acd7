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


def folded(text: str) -> str:
    """`text` without case and accents."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold()


@lru_cache(maxsize=16_384)
def folded_once(texts: tuple[str, ...]) -> str:
    # Kept, since folding 5,000 posts takes 60 ms and searching them 4. No word that is looked for holds a line feed.
    return folded("\n".join(filter(None, texts)))


def forget() -> None:
    """Drop the folded texts from memory; to be called once what they came from was erased."""
    folded_once.cache_clear()


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
    found = [record for record in records if _matches(words(record), wanted)] if wanted else list(records)
    if not _in_order(map(when, found)):
        found.sort(key=lambda record: _key(when(record)), reverse=True)
    total, begin = len(found), 0
    if cursor:
        after = _read_cursor(cursor)
        begin = next((at for at, record in enumerate(found) if _key(when(record)) < after), total)
    given = found[begin : begin + limit]
    following = _cursor(_key(when(given[-1]))) if total > begin + limit else None
    return given, total, following


def _in_order(keys: Iterable[Key]) -> bool:
    # As the store's shares are; the keys of 5,000 to sort by would take most of a megabyte, which the process then keeps.
    before = None
    for when in keys:
        key = _key(when)
        if before is not None and key > before:
            return False
        before = key
    return True


def _key(when: Key) -> Key:
    # Without the Z, times with fractions of a second sort behind those without.
    return when[0].removesuffix("Z"), when[1]


def _matches(words: Iterable[str], wanted: list[str]) -> bool:
    text = folded_once(tuple(words))
    for word in wanted:
        if word not in text:
            return False
    return True


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
