"""Which items to suggest for a draft, in which order, in which wording, and why.

A draft is compared with the items by words (`index.py`, `fit.py`) and, where `meaning` is given, by meaning. Freshness,
the person's topics and the programme's mix lean the order (`favour.py`); with nothing written they make it (`feed.py`).
Items that the person shared or declined are never suggested.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Protocol

from server.store import Item, Variant
from server.suggest.favour import WRITING, Favour
from server.suggest.feed import Ranked, Shelves
from server.suggest.fit import FEW_WORDS, MOST_PLACES, Fit
from server.suggest.index import Index
from server.suggest.live import Live, time_of
from server.suggest.person import Person, topic_key
from server.suggest.reasons import Ground, joined, reasons
from server.suggest.words import read_draft

_CONSIDERED = 100  # best by words, and by meaning; all else decides among these
_WEAK = 0.15  # of the best score: what fits less than this is left out
_MEANING = 1.5  # what meaning counts beside words, of which the best fit counts 1
_CLOSE_ENOUGH = 0.5  # so close, an item is suggested for its meaning alone
_NOBODY = Person()


class Meaning(Protocol):
    """What compares by meaning. `similar` may be asked from any thread, must not wait for what is not computed yet,
    and need not know each item.
    """

    def similar(self, draft: str) -> Mapping[str, float]:
        """Item id → how close the item is to the draft: 0 for what has nothing to do with it, 1 for as close as the
        best usually are. The closest hundred or two are enough.
        """


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An item, the wording to offer, and the reason in words: as one line, and in its parts.

    `variants` are all wordings in the chosen language, in the order dealt to the person; the first is `variant`.
    """

    item: Item
    variant: Variant
    reason: str
    reasons: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()


class Suggester:
    """An index over `items`, but for those shelved or without a finished wording. Any thread may ask it: its contents
    never change.
    """

    def __init__(self, items: Iterable[Item] = (), meaning: Meaning | None = None) -> None:
        self._meaning = meaning
        self._items: list[Item] = []
        self._numbers: dict[str, int] = {}
        self._index, self._live, self._shelves = Index(), Live(), Shelves()
        self._topics: dict[str, frozenset[int]] = {}
        self._add([item for item in items if _is_offered(item)], frozenset())

    def updated(self, items: Iterable[Item]) -> Suggester:
        """A suggester over `items` that takes over what it knows of this one's: only new and changed items are indexed.

        When more than half of what it holds would be left over from earlier items, it begins anew.
        """
        kept: dict[str, int] = {}
        fresh: list[Item] = []
        numbers, held = self._numbers, self._items
        for item in items:
            number = numbers.get(item.id)
            if number is not None and (held[number] is item or held[number] == item):
                kept[item.id] = number
            elif _is_offered(item):
                fresh.append(item)
        if len(held) + len(fresh) > 2 * (len(kept) + len(fresh)):
            return Suggester([*(held[number] for number in kept.values()), *fresh], self._meaning)
        other = Suggester((), self._meaning)
        other._items, other._numbers = held[:], kept
        other._index, other._live, other._shelves, other._topics = self._index, self._live, self._shelves, self._topics
        gone = frozenset(numbers.values()) - frozenset(kept.values()) if len(kept) < len(numbers) else frozenset()
        other._add(fresh, gone)
        return other

    def _add(self, fresh: Sequence[Item], gone: frozenset[int]) -> None:
        numbered = dict(enumerate(fresh, len(self._items)))
        self._items += fresh
        self._numbers.update((item.id, number) for number, item in numbered.items())
        self._index = self._index.added(fresh)
        self._live = self._live.added(fresh, gone)
        self._shelves = self._shelves.added(numbered, gone, self._live.published)
        topics: dict[str, set[int]] = {}
        for number, item in numbered.items():
            for topic in item.topics:
                topics.setdefault(topic_key(topic), set()).add(number)
        self._topics = self._topics | {key: self._topics.get(key, frozenset()) | numbers for key, numbers in topics.items()}

    def suggest(
        self,
        draft: str,
        *,
        now: datetime | str,
        limit: int = 5,
        lang: str | None = None,
        ui_lang: str = "en",
        shared_item_ids: Collection[str] = frozenset(),
        person: Person = _NOBODY,
        mix: Mapping[str, int] | None = None,
        shared_categories: Mapping[str, int] | None = None,
        most_places: int = MOST_PLACES,
    ) -> tuple[list[Suggestion], int]:
        """The best `limit` live items for a draft, and how many there are in all.

        `lang` is the draft's language where it is known, `ui_lang` the language of the reasons. `mix` is the
        programme's, in per cent by category, `shared_categories` how many of the person's last shares were of each.
        `most_places` bounds the work for one draft.
        """
        moment = time_of(now, 0.0)
        words = read_draft(draft, lang, self._index.knows)
        preferred = tuple(dict.fromkeys(filter(None, (words.lang, *person.languages, ui_lang))))
        favour = Favour(person, preferred, mix or {}, shared_categories or {})
        hidden = {self._numbers[id] for id in (*shared_item_ids, *person.declined) if id in self._numbers}
        fit = Fit(self._index, words, most_places)
        if fit.content:
            found, total = self._fitting(fit, draft, moment, limit, favour, hidden)
            if len(fit.content) < FEW_WORDS and len(found) < limit:
                there = {number for number, _ in found}
                others = self._shelves.best(self._items, self._live, moment, limit, favour, hidden | there)
                found += others[: limit - len(found)]
                total = self._in_feed(moment, favour, hidden)
        else:
            found = self._shelves.best(self._items, self._live, moment, limit, favour, hidden)
            total = self._in_feed(moment, favour, hidden)
        return [self._suggestion(each, fit, moment, preferred, person, ui_lang) for each in found[:limit]], total

    def _fitting(
        self, fit: Fit, draft: str, now: float, limit: int, favour: Favour, hidden: set[int]
    ) -> tuple[list[Ranked], int]:
        mask = self._live.at(now)
        if hidden:
            shown = bytearray(mask)
            for number in hidden:
                shown[number] = 0
            mask = bytes(shown)
        by_words = fit.best(mask, max(limit, _CONSIDERED))
        weakest = max(by_words[0][0] * _WEAK, 1e-9) if by_words else 0.0
        words = {number: score for score, number in by_words if score >= weakest and fit.is_meant(number)}
        close = self._close(draft, mask) if len(fit.content) >= FEW_WORDS else {}
        best = max(words.values(), default=1.0)
        ranked = []
        for number in words.keys() | {number for number, near in close.items() if near >= _CLOSE_ENOUGH}:
            by_word, by_meaning = words.get(number, 0.0) / best, _MEANING * close.get(number, 0.0)
            factor, grounds = favour.of(self._items[number], now - self._live.published[number], WRITING)
            if by_meaning > by_word:
                grounds = [Ground("meaning", {}), *grounds]
            ranked.append((-(by_word + by_meaning) * factor, number, grounds))
        ranked.sort(key=lambda each: each[:2])
        return [(number, grounds) for _, number, grounds in ranked], len(ranked)

    def _close(self, draft: str, mask: bytes) -> dict[int, float]:
        """The shown items that are close in meaning, and how close."""
        similar = self._meaning.similar(draft) if self._meaning else {}
        numbers = ((self._numbers.get(id), near) for id, near in similar.items())
        return {number: near for number, near in numbers if number is not None and mask[number]}

    def _in_feed(self, now: float, favour: Favour, hidden: set[int]) -> int:
        """How many items an empty draft could be offered."""
        mask = self._live.at(now)
        resting: set[int] = set().union(*(self._topics.get(topic, ()) for topic in favour.person.resting))
        for topic in favour.person.topics if resting else ():
            resting -= self._topics.get(topic, frozenset())
        return mask.count(1) - sum(mask[number] for number in hidden | resting)

    def _suggestion(
        self, ranked: Ranked, fit: Fit, now: float, preferred: Sequence[str], person: Person, ui_lang: str
    ) -> Suggestion:
        number, grounds = ranked
        item = self._items[number]
        published, ends = self._live.published[number], self._live.ends[number]
        quoted = fit.quote(number)
        parts = reasons(
            [Ground("fits", {"words": quoted}), *grounds] if quoted else grounds,
            category=item.category,
            age=now - published if published > -math.inf else None,
            ends=ends if ends < math.inf else None,
            now=now,
            ui_lang=ui_lang,
        )
        variants = wordings(item, preferred, person.dealt)
        return Suggestion(item, variants[0], joined(parts), parts, variants)


def wordings(item: Item, preferred: Sequence[str], dealt: str) -> tuple[Variant, ...]:
    """The finished wordings of an item in the first of the languages that it has, in the order dealt to a person.

    `dealt` is the random text of their machine: it chooses where in the item's own order to begin, so that colleagues
    are offered different wordings though nobody reports anything.
    """
    offered = [variant for variant in item.variants if not variant.draft]
    spoken = [variant.lang for variant in offered]
    chosen = next((lang for lang in preferred if lang in spoken), spoken[0])
    offered = [variant for variant in offered if variant.lang == chosen]
    if not dealt:
        return tuple(offered)
    drawn = int.from_bytes(blake2b(f"{dealt}\n{item.id}".encode(), digest_size=8).digest(), "big") % len(offered)
    return tuple(offered[drawn:] + offered[:drawn])


def _is_offered(item: Item) -> bool:
    return not item.shelved and any(not variant.draft for variant in item.variants)
