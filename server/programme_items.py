"""The items of a programme's file: what their keys are and what they become."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import yaml

from server import clock, strict
from server.feed.address import canonical, item_id
from server.feed.items import title_variant
from server.store import CATEGORIES, VOICES, Item, Variant

SOURCE_ID = str(uuid.uuid5(uuid.NAMESPACE_URL, "the programme in force"))


def load_items(text: str, file: str, languages: tuple[str, ...]) -> tuple[Item, ...]:
    """The items of a programme in `languages` that stand in a file of their own, under the key `items`."""
    return finished(strict.load(text, file, strict.record({"items": item_list}, required=("items",)))["items"], languages)


# Each function below is a type of server.strict: a node and its place in, a value out.

LANG = strict.matching(r"[a-z]{2,3}", "a language code such as en, fr or de")
WORDS = strict.list_of(strict.text)
CATEGORY = strict.one_of(*CATEGORIES)


def address(as_asked: bool) -> strict.Type:
    """An http(s) address in canonical form; with its whole query where it is one to fetch."""

    def load(node: yaml.Node, at: Any) -> str:
        value = strict.text(node, at)
        found = canonical(value, as_asked=as_asked)
        if not found:
            raise at.error(node, f"a web address (https://…) is wanted, not “{value}”")
        return found

    return load


def _moment(end_of_day: bool) -> strict.Type:
    """A date or a time, as UTC ISO 8601. A date alone is its first moment, or its last where something ends then."""

    def load(node: yaml.Node, at: Any) -> str:
        value = strict.text(node, at)
        try:
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=UTC)
            if end_of_day and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                moment += timedelta(days=1, seconds=-1)
            return clock.stamp(moment)
        except (ValueError, OverflowError):
            raise at.error(
                node, f"a date or time such as 2026-12-01 or 2026-12-01T09:30:00Z is wanted, not “{value}”"
            ) from None

    return load


def _tag(node: yaml.Node, at: Any) -> str:
    # Plain YAML takes “#word” for a comment, so the sign may be left out.
    return "#" + _bare_tag(node, at).lstrip("#")


_bare_tag = strict.matching(r"#?[^\s#]+", "a hashtag, one word, with or without its #")
_VARIANT = strict.record(
    {
        "text": strict.text,
        "lang": LANG,
        "voice": strict.one_of(*VOICES),
        "draft": strict.flag,
        "reason": strict.text,
    },
    required=("text", "lang"),
)
_ITEM = strict.record(
    {
        "title": strict.text,
        "url": address(False),
        "summary": strict.text,
        "image": address(True),
        "lang": LANG,
        "category": CATEGORY,
        "topics": WORDS,
        "audience": WORDS,
        "regions": WORDS,
        "tags": strict.list_of(_tag),
        "shelved": strict.flag,
        "variants": strict.list_of(_VARIANT),
        "published_at": _moment(False),
        "embargo_until": _moment(False),
        "expires_at": _moment(True),
        "campaign": strict.text,
        "reward": strict.text,
    },
    required=("title", "url"),
)


def _item(node: yaml.Node, at: Any) -> Item:
    given = _ITEM(node, at)
    id = item_id(given["url"])
    variants: dict[str, Variant] = {}
    for raw in given.pop("variants", ()):
        voice = raw.get("voice", "factual")
        variant = str(uuid.uuid5(uuid.UUID(id), f"{raw['lang']}|{voice}|{raw['text']}"))
        variants[variant] = Variant(
            variant, raw["text"], raw["lang"], voice, raw.get("draft", False), raw.get("reason")
        )
    if given.get("reward", "").lower() in ("none", "no", "false"):
        given["reward"] = "none"
    begins = max(given.get("published_at", ""), given.get("embargo_until", ""))
    if "expires_at" in given and given["expires_at"] <= begins:
        raise at.child("expires_at").error(node, "lies before the item is first shown")
    lists = {key: tuple(given.pop(key, ())) for key in ("topics", "audience", "regions", "tags")}
    return Item(id=id, source_id=SOURCE_ID, variants=tuple(variants.values()), **lists, **given)


def item_list(node: yaml.Node, at: Any) -> list[Item]:
    """Items, no page twice."""
    items = strict.list_of(_item)(node, at)
    first: dict[str, int] = {}
    for index, (item, child) in enumerate(zip(items, node.value, strict=True)):
        if item.id in first:
            raise at.child(index).child("url").error(
                child, f"is the page of items[{first[item.id]}] already; add this wording there, as one of its variants"
            )
        first[item.id] = index
    return items


def finished(items: Iterable[Item], languages: tuple[str, ...]) -> tuple[Item, ...]:
    """The items with what is meant where nothing is written: the programme's first language, the title as wording."""
    told = (replace(item, lang=item.lang or languages[0]) for item in items)
    return tuple(
        item if item.variants else replace(item, variants=(title_variant(item.id, item.title, item.lang),))
        for item in told
    )
