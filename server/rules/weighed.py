"""The kind `weighed`: no one word says it, yet all the classes of words in a short draft together lean that way.

Each class of words of every built-in rule, and each that they share, has a weight for a category
(`tables/weights.yaml`, fitted by `python -m benchmarks.weigh` on drafts and examples of our own). What stands in the
draft is added up and set against a threshold, as a logistic regression does. It only ever suggests.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from server import strict
from server.rules.kind import LONG, Kind
from server.rules.model import Found
from server.rules.scan import Hit, Scanner
from server.rules.scene import Scene
from server.rules.tables import read
from server.rules.ways import PSEUDO, Ways
from server.rules.word_classes import shared

LEAST = 0.6  # probability that makes a finding
_OF_BEST = 0.4  # of the heaviest sentence's weight: others so heavy are marked with it
MARKS = ("?", "!")
_NAMED = tuple(name for name in PSEUDO if name != "COMPANY")  # to name one's company is no sign of anything
_SPARED = ("mourning", "workers_voice")  # a draft with such words is left alone
_KINDS = 2  # classes that must speak for it


@lru_cache(maxsize=1)
def weights() -> Mapping[str, Mapping[str, float]]:
    """By category, the weight of each class of words. Raises StrictError."""
    number = lambda node, at: float(strict.text(node, at))  # noqa: E731
    return read("weights.yaml", strict.mapping(strict.mapping(number)))


def named_slots(finders: Mapping[str, Kind], scanner: Scanner) -> dict[str, int]:
    """The slots of all classes that can be weighed, by name: `rule.class`, or the class alone where rules share it."""
    ways = {rule: one for rule, one in finders.items() if isinstance(one, Ways)}
    slots = {f"{rule}.{name}": slot for rule, one in ways.items() for name, slot in one.own.items()}
    return slots | {name: scanner.shared(name, words) for name, words in shared().rare.items()}


def features(scene: Scene, scanner: Scanner, slots: Mapping[str, int]) -> Iterator[tuple[str, list[Hit]]]:
    """What can be weighed in a draft, with where it stands."""
    there = scene.slots(scanner)
    for name, slot in slots.items():
        if slot in there:
            yield name, scene.hits(scanner, slot)
    yield from unlisted(scene, (*shared().common, *_NAMED, *MARKS))


def unlisted(scene: Scene, names: Iterable[str]) -> Iterator[tuple[str, list[Hit]]]:
    """Classes without a slot: common words, those that no list can hold, marks."""
    for name in names:
        if name in MARKS:
            hits = [Hit(place, place, None) for place in scene.draft.places.get(name, ())]
        elif name in PSEUDO:
            hits = scene.pseudo(name)
        else:
            hits = scene.common(name, shared().common[name])
        if hits:
            yield name, hits


class Weighed(Kind):
    """All classes of words of a short draft, weighed together for the rule's category."""

    def __init__(self, given: dict[str, Any], scanner: Scanner, fix: Mapping[str, str]) -> None:
        super().__init__(given, scanner, fix)
        self._slots: dict[int, float] = {}
        self._unlisted: dict[str, float] = {}
        self._spared: tuple[int, ...] = ()
        self._bias = -math.inf  # until it is bound it finds nothing

    def bind(self, category: str, slots: Mapping[str, int]) -> None:
        """Looks up its weights, when all rules are read. A weight of a class that is gone has no effect."""
        mine = weights().get(category, {})
        self._bias = mine.get("BIAS", -math.inf)
        self._spared = tuple(slots[name] for name in _SPARED)
        for name, weight in mine.items():
            if name in slots:
                self._slots[slots[name]] = self._slots.get(slots[name], 0.0) + weight
            elif name in shared().common or name in _NAMED or name in MARKS:
                self._unlisted[name] = weight

    def find(self, scene: Scene) -> Iterator[Found]:
        draft = scene.draft
        if len(draft.words) > LONG or scene.has_link or "#" in draft.words:
            return
        there = scene.slots(self.scanner)
        if not there.isdisjoint(self._spared) or sum(self._slots.get(slot, 0.0) > 0 for slot in there) < _KINDS:
            return
        hits = [(self._slots[slot], scene.hits(self.scanner, slot)) for slot in there & self._slots.keys()]
        hits += [(self._unlisted[name], some) for name, some in unlisted(scene, self._unlisted)]
        if self._bias + sum(weight for weight, _ in hits) < math.log(LEAST / (1 - LEAST)):
            return
        by = dict.fromkeys(range(len(draft.sentences)), 0.0)
        for weight, some in hits:
            for number in {draft.sentence_of[hit.first] for hit in some}:
                by[number] += weight
        heavy = [number for number, weight in by.items() if weight >= _OF_BEST * max(by.values())]
        first, last = draft.sentences[heavy[0]][0], draft.sentences[heavy[-1]][1]
        yield Found(*draft.token_span(first, last))
