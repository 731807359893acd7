"""Which items to suggest for a draft, in which order, and why: BM25 over an index of the items.

Title, topics, summary and every variant count, the title most (weights below). Of a draft's words the rarest are
looked up until a bounded number of places has been read, so that the time does not grow with the words of the draft.
"""

from __future__ import annotations

import heapq
import math
import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import compress

from server.store import Item, Variant
from server.suggest.reasons import DAY, joined, reasons
from server.suggest.words import Draft, Word, read_draft, terms

_K1, _B = 1.2, 0.3  # B is low: an item with variants in three languages is no less to the point
_TITLE, _TOPICS, _SUMMARY, _VARIANT = 3, 2, 1, 1
_MOST_PLACES = 12_000
_CONSIDERED = 100  # best by words alone; freshness and use decide among these
_WEAK = 0.15  # of the best score: what fits less than this is left out
_ONE_WORD = 1.2  # in a longer draft, a single word has to weigh this much: to stand in a title, a topic or repeatedly
_FRESH, _USED, _FOREIGN = 0.15, 0.9, 0.9
_FEW_WORDS = 3  # with fewer words of content than this, fresh items follow those that fit
_AGES = (1 * DAY, 3 * DAY, 7 * DAY, 30 * DAY)
_NOWHERE: tuple[array, array] = (array("I"), array("f"))
_JOINING = re.compile(r"[\s'’–-]*")
_MOST_QUOTED_WORDS, _MOST_QUOTED = 5, 48


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An item, the wording to offer, and the reason in words: as one line, and in its parts."""

    item: Item
    variant: Variant
    reason: str
    reasons: tuple[str, ...] = ()


class Suggester:
    """An index over `items`, but for those without a variant. Any thread may ask it: its contents never change."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = [item for item in items if item.variants]
        self._published = array("d", (_time(item.published_at or item.added_at, -math.inf) for item in self._items))
        self._from = array(
            "d",
            (max(_time(item.published_at, -math.inf), _time(item.embargo_until, -math.inf)) for item in self._items),
        )
        self._until = array("d", (_time(item.expires_at, math.inf) for item in self._items))
        self._newest_first = sorted(range(len(self._items)), key=lambda number: -self._published[number])
        self._places: dict[str, tuple[array, array]] = {}  # term → item numbers, and what each adds to a score
        self._mask: tuple[float, float, bytes] = (math.inf, -math.inf, b"")
        self._index()

    def _index(self) -> None:
        counted = [_weighted_terms(item) for item in self._items]
        lengths = [sum(counts.values()) for counts in counted]
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        for number, counts in enumerate(counted):
            norm = _K1 * (1 - _B + _B * lengths[number] / (mean or 1.0))
            for term, count in counts.items():
                place = self._places.get(term)
                if place is None:
                    place = self._places[term] = (array("I"), array("f"))
                place[0].append(number)
                place[1].append(count * (_K1 + 1) / (count + norm))
        for numbers, gains in self._places.values():
            rarity = self._term_rarity(numbers)
            for at in range(len(gains)):
                gains[at] *= rarity

    def _term_rarity(self, numbers: Sequence[int]) -> float:
        return math.log(1 + (len(self._items) - len(numbers) + 0.5) / (len(numbers) + 0.5))

    def suggest(
        self,
        draft: str,
        *,
        now: datetime | str,
        limit: int = 5,
        lang: str | None = None,
        ui_lang: str = "en",
        shared_item_ids: Collection[str] = frozenset(),
        most_places: int = _MOST_PLACES,
    ) -> tuple[list[Suggestion], int]:
        """The best `limit` live items for a draft, and how many there are in all.

        `lang` is the draft's language where it is known, `ui_lang` the language of the reasons. `most_places` bounds
        the work for one draft.
        """
        moment = _time(now, 0.0)
        words = read_draft(draft, lang)
        content = [word for word in words.words if word.terms]
        preferred = tuple(dict.fromkeys(filter(None, (words.lang, ui_lang))))
        if content:
            found, total = self._fitting(content, moment, limit, preferred, shared_item_ids, most_places)
            if len(content) < _FEW_WORDS and len(found) < limit:
                others, live = self._fresh(moment, limit + len(found), preferred, shared_item_ids)
                found += [number for number in others if number not in found][: limit - len(found)]
                total = live
        else:
            found, total = self._fresh(moment, limit, preferred, shared_item_ids)
        return [self._suggestion(number, words, moment, preferred, ui_lang) for number in found[:limit]], total

    def _fitting(self, content, now, limit, preferred, shared, most_places) -> tuple[list[int], int]:
        scores = [0.0] * len(self._items)
        wanted = {term for word in content for term in word.terms}
        places = sorted(
            (self._places[term] for term in wanted if term in self._places), key=lambda place: len(place[0])
        )
        read = 0
        for numbers, gains in places:
            if read and read + len(numbers) > most_places:
                break
            read += len(numbers)
            for number, gain in zip(numbers, gains, strict=True):
                scores[number] += gain
        live = compress(zip(scores, range(0, -len(scores), -1), strict=True), self._live(now))
        best = heapq.nlargest(max(limit, _CONSIDERED), live)
        weakest = max(best[0][0] * _WEAK, 1e-9) if best else 0.0
        content = sorted(
            content, key=lambda word: -max(len(self._places.get(term, _NOWHERE)[0]) for term in word.terms)
        )
        fitting = [(score, -minus) for score, minus in best if score >= weakest and self._means_it(-minus, content)]
        fitting.sort(key=lambda pair: (-pair[0] * self._favour(pair[1], now, preferred, shared), pair[1]))
        return [number for _, number in fitting], len(fitting)

    def _live(self, now: float) -> bytes:
        """A byte for each item: 1 where it may be shown. Counted again only when an item begins or ends."""
        since, until, mask = self._mask
        if not since <= now < until:
            mask = bytes(begin <= now < end for begin, end in zip(self._from, self._until, strict=True))
            changes = [*self._from, *self._until]
            since = max((moment for moment in changes if moment <= now), default=-math.inf)
            until = min((moment for moment in changes if moment > now), default=math.inf)
            self._mask = since, until, mask  # one assignment: another thread sees the old one or the new one
        return mask

    def _means_it(self, number: int, content: Sequence[Word]) -> bool:
        """Whether more than a chance word of a longer draft is in the item. `content` has its commonest words first."""
        if len(content) <= _FEW_WORDS:
            return True
        seen: frozenset[str] | None = None
        weight = 0.0
        for word in content:
            for term in word.terms:
                gain = self._gain(term, number)
                if gain and seen is not None and seen != word.terms:
                    return True
                if gain:
                    seen, weight = word.terms, gain / self._term_rarity(self._places[term][0])
        return weight >= _ONE_WORD

    def _gain(self, term: str, number: int) -> float:
        """What a term adds to the score of an item; 0 where the item does not hold it."""
        numbers, gains = self._places.get(term, _NOWHERE)
        at = bisect_left(numbers, number)
        return gains[at] if at < len(numbers) and numbers[at] == number else 0.0

    def _favour(self, number: int, now: float, preferred: Sequence[str], shared: Collection[str]) -> float:
        item = self._items[number]
        favour = 1 + _FRESH * math.exp(-max(0.0, now - self._published[number]) / (7 * DAY))
        if item.id in shared:
            favour *= _USED
        return favour if any(variant.lang in preferred[:1] for variant in item.variants) else favour * _FOREIGN

    def _fresh(
        self, now: float, limit: int, preferred: Sequence[str], shared: Collection[str]
    ) -> tuple[list[int], int]:
        """Newest first by age group (a day, three, a week, a month, older), within a group unused before used."""
        mask, published = self._live(now), self._published
        live = [number for number in self._newest_first if mask[number]]

        def order(number: int) -> tuple:
            item = self._items[number]
            spoken = any(variant.lang in preferred for variant in item.variants)
            return item.id in shared, -published[number], not spoken, number

        found: list[int] = []
        at = 0
        for age in (*_AGES, math.inf):
            group_end = at
            while (
                group_end < len(live)
                and now - published[live[group_end]] < age
                or group_end < len(live)
                and age == math.inf
            ):
                group_end += 1
            found += heapq.nsmallest(limit - len(found), live[at:group_end], key=order)
            at = group_end
            if len(found) >= limit:
                break
        return found, len(live)

    def _suggestion(self, number: int, draft: Draft, now: float, preferred: Sequence[str], ui_lang: str) -> Suggestion:
        item = self._items[number]
        parts = reasons(
            fit=self._fit(draft, number),
            category=item.category,
            age=now - self._published[number] if self._published[number] > -math.inf else None,
            ends=self._until[number] if self._until[number] < math.inf else None,
            now=now,
            ui_lang=ui_lang,
        )
        spoken = (variant for lang in preferred for variant in item.variants if variant.lang == lang)
        return Suggestion(item, next(spoken, item.variants[0]), joined(parts), parts)

    def _fit(self, draft: Draft, number: int) -> str | None:
        """The words of the draft that say best why the item fits: a run of matching words, with small ones between."""
        gains = [max((self._gain(term, number) for term in word.terms), default=0.0) for word in draft.words]
        runs: list[range] = []
        for at, gain in enumerate(gains):
            if not gain:
                continue
            if runs and self._one_phrase(draft, draft.words[runs[-1][-1] : at + 1]):
                runs[-1] = range(runs[-1][0], at + 1)
            else:
                runs.append(range(at, at + 1))
        if not runs:
            return None
        best = max(runs, key=lambda run: sum(gains[at] for at in run))
        words = draft.words
        while len(best) > _MOST_QUOTED_WORDS or (
            len(best) > 1 and words[best[-1]].end - words[best[0]].start > _MOST_QUOTED
        ):
            best = best[1:] if gains[best[0]] < gains[best[-1]] else best[:-1]
            while not gains[best[0]]:
                best = best[1:]
            while not gains[best[-1]]:
                best = best[:-1]
        return " ".join(draft.text[words[best[0]].start : words[best[-1]].end].split())[:_MOST_QUOTED]

    @staticmethod
    def _one_phrase(draft: Draft, words: Sequence[Word]) -> bool:
        """Whether matching words with at most two small ones between them stand in one phrase."""
        small = words[1:-1]
        if len(small) > 2 or any(word.terms for word in small):
            return False
        return all(
            _JOINING.fullmatch(draft.text, left.end, right.start) for left, right in zip(words, words[1:], strict=False)
        )


def _weighted_terms(item: Item) -> Counter[str]:
    counts: Counter[str] = Counter()
    for text, lang, weight in (
        (item.title, item.lang, _TITLE),
        (" · ".join(item.topics), item.lang, _TOPICS),
        (item.summary, item.lang, _SUMMARY),
        *((variant.text, variant.lang, _VARIANT) for variant in item.variants),
    ):
        for term in terms(text, lang):
            counts[term] += weight
    return counts


def _time(moment: datetime | str | None, without: float) -> float:
    """POSIX seconds of a time; `without` where there is none."""
    if not moment:
        return without
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
