"""Ways of saying: who is spoken of × what is said, as classes of words in an order and with a distance.

A way such as `colleague 4 insult` stands for every word of the one class with a word of the other at most four tokens
behind it, in the same sentence. A class stands in the rule's own `words` or in `tables/word_classes.yaml`, which all
rules share, or is one of `PSEUDO`. `^class` stands first in its sentence; no number between two: side by side.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import yaml

from server import strict
from server.rules.kind import InContext
from server.rules.language import is_small_word
from server.rules.model import Found
from server.rules.scan import Hit, Scanner
from server.rules.scene import Scene
from server.rules.word_classes import Words, classes, shared

_WAY = re.compile(r"\^?[A-Za-z_]+(?: (?:\d+ )?[A-Za-z_]+)+|\^?[A-Za-z_]+")
_SMALL = 50  # single words that one small word, as "by", outweighs
PSEUDO = ("COMPANY", "COMPETITOR", "NUMBER", "PERSON", "PROPER")


def _often(by: Words) -> int:
    """A measure of how often drafts have words of a class: many single words, and small words above all, are often met."""
    single = (one for some in by.values() for one in some if " " not in one)
    return sum(_SMALL if is_small_word(one) else 1 for one in single)


@lru_cache(maxsize=None)
def _often_shared(name: str) -> int:
    return _often(shared().rare.get(name, {}))


class _Step(NamedTuple):
    """One part of a way: its class, its slot or its common words (neither for a pseudo class), how far behind the last."""

    name: str
    slot: int | None
    common: Mapping[str | None, frozenset[str]] | None
    gap: int


def _parsed(way: str) -> tuple[bool, list[tuple[str, int]]]:
    """Whether it stands first in its sentence, and its classes with the gap before each."""
    steps, gap = [], 0
    for part in way.removeprefix("^").split():
        if part.isdigit():
            gap = int(part)
        else:
            steps.append((part, gap))
            gap = 0
    return way.startswith("^"), steps


class Ways(InContext):
    """Classes of words in ways of saying. `words`: the rule's own classes; `ways`: which make a hit, in which order.

    A hit reaches from the first class of a way to the last.
    """

    keys = {"words": classes, "ways": strict.list_of(strict.matching(_WAY.pattern, "a way such as “who 3 what”"), 1)}
    keys |= InContext.keys
    required = ("ways",)

    def __init__(self, given: dict[str, Any], scanner: Scanner, fix: Mapping[str, str]) -> None:
        super().__init__(given, scanner, fix)
        own: Mapping[str, Words] = given.get("words", {})
        slots = self.own = {name: scanner.slot(by) for name, by in own.items()}
        self.ways: list[tuple[frozenset[int], bool, tuple[_Step, ...]]] = []
        for way in given["ways"]:
            first, parts = _parsed(way)
            steps = tuple(_Step(name, self._slot(name, slots), shared().common.get(name), gap) for name, gap in parts)
            needs = frozenset(step.slot for step in steps if step.slot is not None)
            self.ways.append((needs, first, steps))
        # Looked at only where the class is there that drafts have least often; without one that has a slot, always.
        often = {slots[name]: _often(by) for name, by in own.items()}
        often |= {step.slot: _often_shared(step.name) for *_, steps in self.ways for step in steps if step.slot not in often}
        self._by_slot: dict[int | None, list[int]] = {}
        for number, (needs, _, _) in enumerate(self.ways):
            self._by_slot.setdefault(min(needs, key=often.__getitem__, default=None), []).append(number)
        self._always = self._by_slot.pop(None, [])
        self.begins = None if self._always else frozenset(slot for slot in self._by_slot if slot is not None)

    def _slot(self, name: str, own: dict[str, int]) -> int | None:
        if name in own:
            return own[name]
        if name in shared().rare:
            return self.scanner.shared(name, shared().rare[name])
        return None

    @classmethod
    def check(cls, given: dict[str, Any], node: yaml.Node, at: Any) -> None:
        super().check(given, node, at)
        known = {*given.get("words", {}), *shared().common, *shared().rare, *PSEUDO}
        for number, way in enumerate(given["ways"]):
            for name, _ in _parsed(way)[1]:
                if name not in known:
                    raise at.child("ways").child(number).error(node, f"“{name}” is no class of words known here")

    def find(self, scene: Scene) -> Iterator[Found]:
        there = scene.slots(self.scanner)
        begun = there & self._by_slot.keys()
        if not begun and not self._always or self.near is not None and self.near not in there:
            return iter(())
        found: list[Hit] = []
        for number in (*self._always, *(number for slot in begun for number in self._by_slot[slot])):
            needs, first, steps = self.ways[number]
            if needs <= there:
                found += self._hits(scene, first, steps)
        return self.found(scene, _apart(found)) if found else iter(())

    def _hits(self, scene: Scene, first: bool, steps: Sequence[_Step]) -> list[Hit]:
        """Each last word of a way with the nearest word of the class before it, and so on back: linear."""
        sentence = scene.draft.sentence_of
        reached: Iterable[Hit] = self._of(scene, steps[0])
        if first:
            reached = [hit for hit in reached if hit.first in scene.draft.sentence_start]
        for step in steps[1:]:
            if not reached:
                return []
            before, lasts = list(reached), [hit.last for hit in reached]
            onward = []
            for hit in self._of(scene, step):
                place = bisect_left(lasts, hit.first) - 1
                if place < 0:
                    continue
                last = before[place].last
                if hit.first - last - 1 <= step.gap and sentence[last] == sentence[hit.first]:
                    onward.append(Hit(before[place].first, hit.last, None))
            reached = onward
        return list(reached)

    def _of(self, scene: Scene, step: _Step) -> list[Hit]:
        if step.slot is not None:
            return scene.hits(self.scanner, step.slot)
        return scene.pseudo(step.name) if step.common is None else scene.common(step.name, step.common)


def _apart(hits: list[Hit]) -> list[Hit]:
    """Hits in the order of the text; of those that overlap, the first and longest."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.first, -one.last)):
        if not kept or hit.first > kept[-1].last:
            kept.append(hit)
    return kept
