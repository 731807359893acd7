"""Which items hold a term, and how much it says of each: the fields' part of BM25F.

A field's count of a term is divided by its length beside the usual length of that field and weighted; the sum is
saturated (Robertson and Zaragoza, “The Probabilistic Relevance Framework: BM25 and Beyond”, 2009, section 3.6). The
usual lengths are fixed here and how rare a term is gets asked when a draft is there, so nothing in the index depends
on the other items, and a new item adds its own terms alone.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence

from server.store import Item
from server.suggest.words import compound, fold, language_of, stem, terms, words_of

_K1 = 1.3
# Weight, usual length in terms, and how much the length counts (the b of BM25).
_TITLE, _TEXT, _TOPICS = (2.0, 8, 0.4), (1.0, 20, 0.5), (1.5, 4, 0.2)
_COMPOUND_PART = 0.5  # of the weight of a whole word

Places = tuple[array, array]  # item numbers, ascending, and what the term adds to each, before rarity
_NOWHERE: Places = (array("I"), array("f"))


class Index:
    """Terms of the items by number. It never changes, so any thread may read it; `added` gives another."""

    def __init__(self) -> None:
        self.count = 0
        self._places: dict[str, Places] = {}

    def added(self, items: Sequence[Item]) -> Index:
        """This index with further items, numbered from `count`. What no new item holds is shared with this one."""
        german = {term for item in items for text, _ in _german(item) for term in terms(text, "de")}

        def known(word: str) -> bool:
            term = stem(word, "de")
            return term in german or term in self._places

        added: defaultdict[str, Places] = defaultdict(lambda: (array("I"), array("f")))
        for number, item in enumerate(items, self.count):
            for term, weight in _weights(item, known).items():
                place = added[term]
                place[0].append(number)
                place[1].append(weight * (_K1 + 1) / (weight + _K1))
        other = Index()
        other.count = self.count + len(items)
        other._places = self._places | added
        for term in added.keys() & self._places.keys():
            before, new = self._places[term], added[term]
            other._places[term] = before[0] + new[0], before[1] + new[1]
        return other

    def places(self, term: str) -> Places:
        """The items that hold a term, and what it adds to each of them, before its rarity."""
        return self._places.get(term, _NOWHERE)

    def rarity(self, term: str) -> float:
        """How much more a term says for being in few items (BM25's logarithm)."""
        holding = len(self.places(term)[0])
        return math.log(1 + (self.count - holding + 0.5) / (holding + 0.5))

    def gain(self, term: str, number: int) -> float:
        """What a term adds to one item, before its rarity; 0 where the item does not hold it."""
        numbers, gains = self.places(term)
        at = bisect_left(numbers, number)
        return gains[at] if at < len(numbers) and numbers[at] == number else 0.0

    def knows(self, word: str) -> bool:
        """Whether a folded word, in whichever form, is in an item."""
        return any(stem(word, lang) in self._places for lang in ("en", "fr", "de"))


def _lang(item: Item) -> str | None:
    return item.lang or language_of(f"{item.title} {item.summary}")


def _labels(item: Item) -> str:
    return " · ".join((*item.topics, *item.tags, item.campaign or ""))


def _german(item: Item) -> list[tuple[str, float]]:
    """The German texts of an item, and the weight of a word in each."""
    texts = [(variant.text, 1.0) for variant in item.variants if variant.lang == "de" and not variant.draft]
    if _lang(item) == "de":
        texts += [(item.title, _TITLE[0]), (item.summary, _TEXT[0]), (_labels(item), _TOPICS[0])]
    return texts


def _weights(item: Item, known: Callable[[str], bool]) -> dict[str, float]:
    """The terms of an item and their weights over all fields. `known` tells the words that compounds may be made of."""
    weights: defaultdict[str, float] = defaultdict(float)
    lang = _lang(item)
    for text, field in ((item.title, _TITLE), (item.summary, _TEXT), (_labels(item), _TOPICS)):
        for term, weight in _counted(terms(text, lang), field).items():
            weights[term] += weight
    # Several voices say the same, so they count as the one that says it most.
    spoken: dict[str, float] = {}
    for variant in item.variants:
        if not variant.draft:
            for term, weight in _counted(terms(variant.text, variant.lang), _TEXT).items():
                spoken[term] = max(weight, spoken.get(term, 0.0))
    for term, weight in spoken.items():
        weights[term] += weight
    for word, weight in dict.fromkeys((word, weight) for text, weight in _german(item) for word in words_of(text)):
        for part in compound(fold(word), known):
            weights[stem(part, "de")] += weight * _COMPOUND_PART
    return weights


def _counted(found: list[str], field: tuple[float, int, float]) -> dict[str, float]:
    weight, usual, b = field
    each = weight / (1 - b + b * len(found) / usual)
    counts: defaultdict[str, float] = defaultdict(float)
    for term in found:
        counts[term] += each
    return counts
