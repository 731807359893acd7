"""What each key of a share holds in one's own export: one that was edited by hand must not break the pages that show it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from server.rules.model import VERDICTS
from server.store import FIGURES, READ_WHERE, STATUSES
from server.store.times import to_moment

Fits = Callable[[Any], bool]
_MOST_TEXT = 100_000


def _text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _MOST_TEXT


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _part(value: Any) -> bool:
    return type(value) in (int, float) and 0 <= value <= 1


def _count(value: Any) -> bool:
    return type(value) is int and 0 <= value <= 10**12


def _moment(value: Any) -> bool:
    try:
        return bool(_text(value) and to_moment(value))
    except ValueError:
        return False


def _like(pattern: str) -> Fits:
    form = re.compile(pattern)
    return lambda value: isinstance(value, str) and form.fullmatch(value) is not None


def _one_of(*values: str) -> Fits:
    return lambda value: isinstance(value, str) and value in values


def _none_or(fits: Fits) -> Fits:
    return lambda value: value is None or fits(value)


def _list(fits: Fits, most: int) -> Fits:
    return lambda value: isinstance(value, list) and len(value) <= most and all(map(fits, value))


def _object(must: Mapping[str, Fits], may: Mapping[str, Fits]) -> Fits:
    keys = {**must, **may}
    return lambda value: isinstance(value, dict) and must.keys() <= value.keys() <= keys.keys() and all(
        keys[key](entry) for key, entry in value.items()
    )


LINK = _like(r"https?://[^\s/@]+(/\S*)?")
_UUID = _like(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_VERDICT = _none_or(_one_of(*VERDICTS))
_READING = _object({"read_at": _moment, "where": _one_of(*READ_WHERE)}, {**dict.fromkeys(FIGURES, _count), "import_id": _UUID})
_RECEIPT = _object({
    "made_at": _moment, "policy_version": _none_or(_text), "disclosure": _VERDICT, "findings": _list(_text, 200), "share": _text,
    "salt": _like("[0-9a-f]{32}"), "hash": _like("[0-9a-f]{64}"),
}, {})
_FINDING = _object({"rule": _text, "level": _text, "category": _text}, {})
DECLINED = _object({"item_id": _text, "at": _moment, "topics": _list(_text, 50)}, {})

SHARE: Mapping[str, Fits] = {
    "id": _UUID,
    "text": _text,
    "posted_at": _moment,
    "status": _one_of(*STATUSES),
    "permalink": _none_or(LINK),
    "urns": _list(_like("urn:li:[A-Za-z]+:[0-9]+"), 5),
    "item_id": _none_or(_UUID),
    "item_title": _none_or(_text),
    "variant_id": _none_or(_text),
    "own_words": _none_or(_part),
    "lang": _none_or(_like("[a-z]{2}")),
    "disclosure": _VERDICT,
    "platform_label": _flag,
    "findings": _list(_FINDING, 200),
    "policy_version": _none_or(_text),
    "dismissed": _list(_text, 200),
    "topics": _list(_text, 50),
    "about_work": _flag,
    "import_id": _none_or(_UUID),
    "receipts": _list(_RECEIPT, 50),
    "readings": _list(_READING, 1000),
    "logged_at": _moment,
    "updated_at": _moment,
}
