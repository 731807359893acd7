"""Items that people write down themselves, in tables and in Markdown: the same keys, and the same strictness."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import yaml

from server import clock, strict
from server.feed.address import canonical
from server.feed.model import Entry
from server.store import CATEGORIES, VOICES

LISTS = ("topics", "audience", "regions", "tags")
MOST_TEXT = 3_000  # characters of a post, as LinkedIn takes them


def _address(as_asked: bool) -> strict.Type:
    def load(node: yaml.Node, at: Any) -> str:
        value = strict.text(node, at)
        found = canonical(value, as_asked=as_asked)
        if not found:
            raise at.error(node, f"a web address (https://…) is wanted, not “{value[:100]}”")
        return found

    return load


def _moment(end_of_day: bool) -> strict.Type:
    """A date or a time, as UTC ISO 8601. A date alone is its first moment, or its last where something ends then."""

    def load(node: yaml.Node, at: Any) -> str:
        value = strict.text(node, at)
        # As German spreadsheets write dates; 01/12/2026 is the twelfth of January to some, so it is not guessed at.
        iso = re.sub(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$", lambda d: f"{d[3]}-{d[2]:0>2}-{d[1]:0>2}", value)
        try:
            moment = datetime.fromisoformat(iso)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            if end_of_day and re.fullmatch(r"\d{4}-\d\d-\d\d", iso):
                moment += timedelta(days=1, seconds=-1)
            return clock.stamp(moment)
        except (ValueError, OverflowError):
            raise at.error(node, f"a date such as 2026-12-01 or 2026-12-01T09:30:00Z is wanted, not “{value[:60]}”") from None

    return load


def _short(most: int) -> strict.Type:
    def load(node: yaml.Node, at: Any) -> str:
        value = " ".join(strict.text(node, at).split())
        if len(value) > most:
            raise at.error(node, f"is longer than {most:,} characters")
        return value

    return load


def _tag(node: yaml.Node, at: Any) -> str:
    # Plain YAML takes “#word” for a comment, so the sign may be left out.
    return "#" + strict.matching(r"#?[^\s#]+", "a hashtag, one word")(node, at).lstrip("#")


_lang = strict.matching(r"[a-z]{2,3}", "a language code such as en, fr or de")

KEYS: dict[str, strict.Type] = {
    "id": _short(500),
    "title": _short(300),
    "url": _address(False),
    "summary": _short(2_000),
    "image": _address(True),
    "lang": _lang,
    "category": strict.one_of(*CATEGORIES),
    "topics": strict.list_of(_short(60)),
    "audience": strict.list_of(_short(100)),
    "regions": strict.list_of(_short(100)),
    "tags": strict.list_of(_tag),
    "published_at": _moment(False),
    "embargo_until": _moment(False),
    "expires_at": _moment(True),
    "campaign": _short(300),
    "reward": _short(300),
    "voice": strict.one_of(*VOICES),
}
# What an Item has and an Entry does not, with what stands for "nothing stated".
_FURTHER: dict[str, Any] = {
    "category": None,
    "audience": (),
    "regions": (),
    "tags": (),
    "embargo_until": None,
    "expires_at": None,
    "campaign": None,
    "reward": None,
}


def text(node: yaml.Node, at: Any) -> str:
    """A ready-made wording, with its lines."""
    value = strict.text(node, at)
    if len(value) > MOST_TEXT:
        raise at.error(node, f"is longer than the {MOST_TEXT:,} characters of a post")
    return value


def entry_of(given: Mapping[str, Any], columns: frozenset[str] | None = None, wording: str = "") -> Entry:
    """The entry that is stated under KEYS. `columns` are the keys that could have been given: an empty one is set to
    nothing; without it, all of them. `wording` is its text, in its language and voice. Raises ValueError.
    """
    begins = max(given.get("published_at", ""), given.get("embargo_until", ""))
    if given.get("expires_at", "~") <= begins:
        raise ValueError("expires_at: lies before the item is first shown")
    fields = {
        name: _settled(given.get(name)) if given.get(name) else empty
        for name, empty in _FURTHER.items()
        if columns is None or name in columns
    }
    if str(fields.get("reward") or "").lower() in ("none", "no", "false"):
        fields["reward"] = "none"
    lang = given.get("lang")
    return Entry(
        title=given["title"],
        url=given["url"],
        summary=given.get("summary", ""),
        image=given.get("image"),
        lang=lang,
        published_at=given.get("published_at"),
        topics=tuple(given.get("topics", ())),
        guid=given.get("id"),
        variants=((wording, lang or "en", given.get("voice", "factual")),) if wording else (),
        fields=fields,
    )


def _settled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
