"""The content page: what there is to share, and where it comes from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask import Response

from server import clock
from server.companion import companion
from server.store import Item
from server.store.records import CATEGORIES
from server.web.frame import blueprint, page, words
from server.words import Words


@dataclass(frozen=True)
class Entry:
    """An item as the page shows it. `state` is `live`, `waiting` (under embargo) or `ended`."""

    item: Item
    state: str
    variants: int
    voices: list[Any]
    languages: list[str]
    reward: Any
    shared: int


_ORDER = {"live": 0, "waiting": 1, "ended": 2}


def state(item: Item, now: str) -> str:
    """Whether an item may be shared at the UTC stamp `now`."""
    if item.expires_at and item.expires_at <= now:
        return "ended"
    return "waiting" if item.embargo_until and item.embargo_until > now else "live"


def _entry(item: Item, now: str, shared: int, t: Words) -> Entry:
    reward = None
    if item.reward and item.reward != "none":
        reward = t("feed.reward", reward=item.reward) if item.reward != "rewarded" else t("feed.rewarded")
    return Entry(
        item=item,
        state=state(item, now),
        variants=len(item.variants),
        voices=[t(f"voice.{voice}") for voice in dict.fromkeys(variant.voice for variant in item.variants)],
        languages=list(dict.fromkeys(variant.lang for variant in item.variants)),
        reward=reward,
        shared=shared,
    )


@blueprint.get("/feed")
def feed() -> Response:
    """Items by category, those that can be shared now first, newest first; then the sources."""
    store, t, now = companion().store, words(), clock.stamp()
    shared = Counter(share.item_id for share in store.shares() if share.item_id)
    entries = [_entry(item, now, shared[item.id], t) for item in store.items()]
    entries.sort(key=lambda entry: entry.item.published_at or entry.item.added_at, reverse=True)
    entries.sort(key=lambda entry: _ORDER[entry.state])
    columns = [(category, [entry for entry in entries if entry.item.category == category]) for category in CATEGORIES]
    states = Counter(entry.state for entry in entries)
    return page(
        "feed",
        total=states["live"],
        waiting=states["waiting"],
        ended=states["ended"],
        columns=[(category, found) for category, found in columns if found],
        sources=store.sources(),
    )
