"""Items as the content pages show them: their state, what is said of them in short, which are looked for, the mix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from server import clock, paging
from server.store import CATEGORIES, Item
from server.words import Words

SOON = timedelta(days=14)
STATES = ("live", "waiting", "ended", "shelved")
LOOKS = (*STATES, "drafts", "expiring", "unused")  # what the board can be narrowed to
MOST_SEARCHED = 300
ROOM = 5  # percentage points below what was meant, from which on there is room for more


@dataclass(frozen=True)
class Entry:
    """An item as a card shows it. `days` is in how many days it ends, where that is soon."""

    item: Item
    state: str
    wordings: int
    drafts: int
    voices: list[Any]
    languages: list[str]
    reward: Any
    shared: int
    days: int | None


@dataclass(frozen=True)
class Share:
    """One category's part of what can be shared now, in whole per cent; `meant` None where nothing was meant."""

    category: str
    part: int
    meant: int | None
    said: Any


def state(item: Item, now: str) -> str:
    """What an item is at the UTC stamp `now`: one of STATES."""
    if item.shelved:
        return "shelved"
    if item.expires_at and item.expires_at <= now:
        return "ended"
    return "waiting" if item.embargo_until and item.embargo_until > now else "live"


def ends_soon(item: Item, now: str) -> bool:
    """Whether an item that is not shelved ends within a fortnight."""
    if item.shelved or not item.expires_at or item.expires_at <= now:
        return False
    return item.expires_at <= clock.stamp(datetime.fromisoformat(now) + SOON)


def entry(item: Item, now: str, shared: int, t: Words) -> Entry:
    """The card of an item."""
    ready = [variant for variant in item.variants if not variant.draft]
    reward = None
    if item.reward and item.reward != "none":
        reward = t("feed.reward", reward=item.reward) if item.reward != "rewarded" else t("feed.rewarded")
    return Entry(
        item=item,
        state=state(item, now),
        wordings=len(ready),
        drafts=len(item.variants) - len(ready),
        voices=[t(f"voice.{voice}") for voice in dict.fromkeys(variant.voice for variant in ready)],
        languages=list(dict.fromkeys(variant.lang for variant in ready)),
        reward=reward,
        shared=shared,
        days=_days(now, item.expires_at) if item.expires_at and ends_soon(item, now) else None,
    )


def _days(now: str, then: str) -> int:
    """Days as people count them, by the machine's own midnight; the panel counts them so, too."""
    return (datetime.fromisoformat(then).astimezone().date() - datetime.fromisoformat(now).astimezone().date()).days


def newest(items: Iterable[Item], now: str) -> list[Item]:
    """Items in the order of a column: those that can be shared first, the newest first among them."""
    by_age = sorted(items, key=lambda item: item.published_at or item.added_at, reverse=True)
    return sorted(by_age, key=lambda item: STATES.index(state(item, now)))


def narrowed(items: Iterable[Item], asked: Mapping[str, str], shared: Counter[str], now: str) -> list[Item]:
    """The items that hold the words of `q` and are as `show`, in the language and of the source that is asked for."""
    words = paging.folded(asked.get("q", "")[:MOST_SEARCHED]).split()
    show, lang, source = asked.get("show"), asked.get("lang"), asked.get("source")
    if not (words or show or lang or source):
        return list(items)
    found = []
    for item in items:
        if show in STATES and state(item, now) != show:
            continue
        if show == "drafts" and not any(variant.draft for variant in item.variants):
            continue
        if show == "expiring" and not ends_soon(item, now):
            continue
        if show == "unused" and (shared[item.id] or state(item, now) != "live"):
            continue
        if lang and lang not in {item.lang, *(variant.lang for variant in item.variants)}:
            continue
        if source and item.source_id != source:
            continue
        if words and not _holds(item, words):
            continue
        found.append(item)
    return found


def _holds(item: Item, words: list[str]) -> bool:
    # Not kept by `paging`: 50,000 items would push the person's own posts out of its memory.
    texts = [item.title, item.summary, item.url, item.campaign or "", *item.topics, *item.tags, *item.audience, *item.regions]
    whole = paging.folded("\n".join([*texts, *(variant.text for variant in item.variants)]))
    return all(word in whole for word in words)


def mix(items: Iterable[Item], meant: Mapping[str, int], now: str, t: Words) -> list[Share]:
    """The four categories' parts of what can be shared at `now`, beside what the programme means them to be."""
    counted = Counter(item.category for item in items if state(item, now) == "live")
    total = counted.total()
    shares = []
    for category in CATEGORIES:
        part = round(100 * counted[category] / total) if total else 0
        wanted = meant.get(category, 0) if meant else None
        if wanted is None:
            said = t("mix.is", part=part)
        elif abs(part - wanted) <= 1:
            said = t("mix.as_meant", part=part)
        else:
            said = t("mix.room" if part <= wanted - ROOM else "mix.meant", part=part, meant=wanted)
        shares.append(Share(category, part, wanted, said))
    return shares
