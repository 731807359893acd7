"""What to offer where nothing is written yet: what is new and for this person, dealt out by the programme's mix."""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Collection, Mapping, Sequence

from server.store import CATEGORIES, Item
from server.suggest.favour import FEED, MOST_IN_FEED, Favour
from server.suggest.live import Live
from server.suggest.reasons import DAY, Ground

Ranked = tuple[int, list[Ground]]  # an item's number, and the grounds that speak for it


class Shelves:
    """The items' numbers by category, newest first. They never change; `added` gives others."""

    def __init__(self) -> None:
        self._numbers: dict[str, list[int]] = {}

    def added(self, items: Mapping[int, Item], gone: Collection[int], published: array) -> Shelves:
        """These and further items (by number), but without those of the numbers in `gone`."""
        other = Shelves()
        fresh: dict[str, list[int]] = {}
        for number, item in items.items():
            fresh.setdefault(item.category, []).append(number)
        for category in self._numbers.keys() | fresh.keys():
            numbers = self._numbers.get(category, [])
            if category in fresh or gone:
                numbers = [number for number in numbers if number not in gone] if gone else numbers[:]
                numbers += fresh.get(category, ())
                numbers.sort(key=published.__getitem__, reverse=True)
            other._numbers[category] = numbers
        return other

    def best(
        self, items: Sequence[Item], live: Live, now: float, limit: int, favour: Favour, hidden: Collection[int]
    ) -> list[Ranked]:
        """The best `limit` live items for an empty draft, in order."""
        mask = live.at(now)
        dealt = {
            category: self._of_category(category, items, live.published, mask, now, limit, favour, hidden)
            for category in sorted(self._numbers, key=_place)
        }
        if favour.mix:
            return _mixed(dealt, limit, favour)
        every = [each for ranked in dealt.values() for each in ranked]
        return [(number, grounds) for _, number, grounds in sorted(every, key=_order)[:limit]]

    def _of_category(self, category, items, published, mask, now, limit, favour, hidden) -> list[Scored]:
        """Its best `limit`, best first: newest first is walked until no older one could still be among them."""
        best: list[float] = []
        found: list[Scored] = []
        for number in self._numbers[category]:
            age = now - published[number]
            if len(best) == limit and MOST_IN_FEED / (1 + age / (7 * DAY)) < best[0]:
                break
            if not mask[number] or number in hidden:
                continue
            score, grounds = favour.of(items[number], age, FEED)
            if not score:
                continue
            if len(best) < limit:
                heapq.heappush(best, score)
            elif score > best[0]:
                heapq.heapreplace(best, score)
            else:
                continue
            found.append((score, number, grounds))
        return sorted(found, key=_order)[:limit]


Scored = tuple[float, int, list[Ground]]


def _order(scored: Scored) -> tuple[float, int]:
    return -scored[0], scored[1]


def _place(category: str) -> int:
    return CATEGORIES.index(category) if category in CATEGORIES else len(CATEGORIES)


def _mixed(dealt: dict[str, list[Scored]], limit: int, favour: Favour) -> list[Ranked]:
    """One after the other from the category that, with it, falls shortest of the mix; shares made count as dealt."""
    counts = {category: favour.shared.get(category, 0) for category in {*dealt, *favour.mix}}
    left = {category: list(reversed(ranked)) for category, ranked in dealt.items() if ranked}
    found: list[Ranked] = []
    while left and len(found) < limit:
        every = sum(counts.values()) + 1

        def short(category: str, every: int = every) -> tuple[float, float, int]:
            wanted = favour.mix.get(category, 0) / 100 * every
            return counts[category] - wanted, -left[category][-1][0], _place(category)

        category = min(left, key=short)
        first = min(left, key=lambda each: _order(left[each][-1]))
        _, number, grounds = left[category].pop()
        # Told only where the mix, and neither date nor topic, put the item here.
        found.append((number, [*grounds, Ground("mix", {})] if category != first and favour.shared else grounds))
        counts[category] += 1
        if not left[category]:
            del left[category]
    return found
