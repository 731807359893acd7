"""What speaks for an item besides its words: freshness, topics, role, region, campaign, the programme's mix.

Each influence is a factor. One above 1 also gives its ground, which the reasons say in words.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from server.store import Item
from server.suggest.person import EVERYONE, Person, topic_key
from server.suggest.reasons import DAY, Ground


class Strength(NamedTuple):
    """How strong each influence is. `fresh` is the most that a new item gains; the others are factors."""

    fresh: float
    followed: float
    resting: float
    mine: float  # meant for the person's role, or region
    others: float  # meant for other roles, or regions
    campaign: float
    foreign: float  # no wording in the person's first language
    mix: float


# A draft says what it is about, so all else only leans. Where nothing is written, the person's choice decides.
WRITING = Strength(fresh=0.15, followed=1.12, resting=0.6, mine=1.06, others=0.85, campaign=1.06, foreign=0.9, mix=0.1)
FEED = Strength(fresh=1.0, followed=2.0, resting=0.0, mine=1.3, others=0.4, campaign=1.15, foreign=0.5, mix=0.0)
_OLDEST = 3_650 * DAY  # what is older, or of no date, is of this age
MOST_IN_FEED = FEED.followed * FEED.mine**2 * FEED.campaign  # no item gains more than this over its freshness


@dataclass(frozen=True, slots=True)
class Favour:
    """Whom the items are for, and what the programme wants. `preferred` are languages, best first."""

    person: Person
    preferred: Sequence[str]
    mix: Mapping[str, int]
    shared: Mapping[str, int]  # category → how many of the person's last shares

    def short_of(self, category: str) -> float:
        """By how much of all shares a category falls short of the mix, from -1 to 1; 0 without a mix."""
        if not self.mix:
            return 0.0
        total = sum(self.shared.values())
        return self.mix.get(category, 0) / 100 - (self.shared.get(category, 0) / total if total else 0.0)

    def of(self, item: Item, age: float, strength: Strength) -> tuple[float, list[Ground]]:
        """The factor of an item, and the grounds that speak for it. `age` is in seconds, infinite where unknown."""
        person = self.person
        age = min(max(0.0, age), _OLDEST)
        if strength is FEED:
            factor = 1 / (1 + age / (7 * DAY))
        else:
            factor = 1 + strength.fresh * math.exp(-age / (7 * DAY))
        grounds: list[Ground] = []
        if item.topics and (person.topics or person.resting):
            topics = {topic_key(topic): topic for topic in item.topics}
            followed = [topic for key, topic in topics.items() if key in person.topics]
            if followed:
                factor *= strength.followed
                grounds.append(Ground("follow", {"topic": followed[0]}))
            elif not person.resting.isdisjoint(topics):
                factor *= strength.resting
        for ground, mine, meant in (("role", person.role, item.audience), ("region", person.region, item.regions)):
            keys = [topic_key(name) for name in meant] if mine else ()
            if keys and EVERYONE not in keys:
                is_mine = topic_key(mine) in keys
                factor *= strength.mine if is_mine else strength.others
                if is_mine:
                    grounds.append(Ground(ground, {"name": mine}))
        if item.campaign:
            factor *= strength.campaign
            grounds.append(Ground("campaign", {"campaign": item.campaign}))
        if not any(variant.lang in self.preferred[:1] and not variant.draft for variant in item.variants):
            factor *= strength.foreign
        if strength.mix and sum(self.shared.values()):
            short = self.short_of(item.category)
            factor *= 1 + strength.mix * short
            if short >= 0.1:
                grounds.append(Ground("mix", {}))
        return factor, grounds
