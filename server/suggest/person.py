"""Whom suggestions are for: what they chose, what they declined, and which topics rest meanwhile.

All of it stands in the preferences, where the person sees and changes it. Nothing else is kept or inferred.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from server.store import Preferences
from server.suggest.live import time_of

EVERYONE = "everyone"  # among the roles or regions that an item is meant for, as good as none
REST = timedelta(days=30)
DECLINED_TO_REST = 3


def topic_key(topic: str) -> str:
    """A topic as it is compared: its case and spacing do not count."""
    return " ".join(topic.casefold().split())


@dataclass(frozen=True, slots=True)
class Person:
    """What suggestions may take into account of a person; `Person()` is nobody in particular.

    `topics` they follow and `resting` ones are as `topic_key` makes them, `declined` are item ids. `dealt` is a
    random text of their machine: by it variants are dealt.
    """

    topics: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ()
    role: str = ""
    region: str = ""
    declined: frozenset[str] = frozenset()
    resting: frozenset[str] = frozenset()
    dealt: str = ""

    @classmethod
    def of(cls, preferences: Preferences, now: datetime | str, shared: Mapping[str, str] | None = None) -> Person:
        """The person whose preferences these are. `shared`: topic → when an item of it was last shared (ISO 8601)."""
        topics = frozenset(map(topic_key, preferences.topics))
        return cls(
            topics=topics,
            languages=preferences.languages,
            role=preferences.role,
            region=preferences.region,
            declined=frozenset(entry["item_id"] for entry in preferences.declined),
            resting=resting_topics(preferences.declined, now, shared or {}) - topics,
            dealt=preferences.dealt,
        )


def resting_topics(
    declined: Iterable[Mapping[str, Any]], now: datetime | str, shared: Mapping[str, str]
) -> frozenset[str]:
    """The topics that rest at `now`.

    A topic rests when three of its items were declined within thirty days; it rests until thirty days after the last
    of these three. Sharing an item of it (`shared`: topic → when) takes back what was declined before; following it
    wakes it at once.
    """
    moment, rest = time_of(now, 0.0), REST.total_seconds()
    since = {topic_key(topic): time_of(at, 0.0) for topic, at in shared.items()}
    times: dict[str, list[float]] = {}
    for entry in declined:
        at = time_of(entry["at"], 0.0)
        for topic in {topic_key(topic) for topic in entry.get("topics") or ()}:
            if since.get(topic, 0.0) < at <= moment:
                times.setdefault(topic, []).append(at)
    return frozenset(topic for topic, at in times.items() if _rests(sorted(at), moment, rest))


def _rests(at: list[float], now: float, rest: float) -> bool:
    first = at[: 1 - DECLINED_TO_REST]
    last = at[DECLINED_TO_REST - 1 :]
    return any(end - begin <= rest and now - end < rest for begin, end in zip(first, last, strict=True))
