"""How well items fit a draft by its words, and which of its words say so."""

from __future__ import annotations

import heapq
import re
from collections.abc import Sequence
from itertools import compress

from server.suggest.index import Index
from server.suggest.words import Draft, Word

MOST_PLACES = 20_000
FEW_WORDS = 3  # with no more words of content than this, a single word may carry a fit
_ONE_WORD = 1.2  # in a longer draft, a single word has to weigh this much: to stand in a title, a topic or repeatedly
_JOINING = re.compile(r"[\s'’–-]*")
_MOST_QUOTED_WORDS, _MOST_QUOTED = 5, 48


class Fit:
    """One draft against an index. `content` are the draft's words that say something of its subject."""

    def __init__(self, index: Index, draft: Draft, most_places: int = MOST_PLACES) -> None:
        self._index, self._draft = index, draft
        self.content = [word for word in draft.words if word.terms]
        wanted = {term for word in self.content for term in word.terms}
        held = sorted((len(index.places(term)[0]), term) for term in wanted)
        self._rarity = {term: index.rarity(term) for holding, term in held if holding}
        self._looked_up: list[str] = []
        # Of a draft's terms the rarest are looked up until so many places were read, so that the time is bounded.
        read = 0
        for holding, term in held:
            if holding and (not read or read + holding <= most_places):
                read += holding
                self._looked_up.append(term)

    def best(self, live: bytes, most: int) -> list[tuple[float, int]]:
        """The best `most` live items by words alone: (score, number), best first, older numbers first among equals."""
        scores = [0.0] * self._index.count
        for term in self._looked_up:
            rarity = self._rarity[term]
            for number, gain in zip(*self._index.places(term), strict=True):
                scores[number] += gain * rarity
        ranked = compress(zip(scores, range(0, -len(scores), -1), strict=True), live)
        return [(score, -minus) for score, minus in heapq.nlargest(most, ranked) if score > 0]

    def is_meant(self, number: int) -> bool:
        """Whether more than a chance word of a longer draft is in the item."""
        if len(self.content) <= FEW_WORDS:
            return True
        seen: frozenset[str] | None = None
        weight = 0.0
        for word in self.content:
            gain = self._weight(word, number)
            if gain and seen is not None and seen != word.terms:
                return True
            if gain:
                seen, weight = word.terms, gain
        return weight >= _ONE_WORD

    def _weight(self, word: Word, number: int) -> float:
        return max((self._index.gain(term, number) for term in word.terms if term in self._rarity), default=0.0)

    def quote(self, number: int) -> str | None:
        """The words of the draft that say best why the item fits: a run of matching words, with small ones between."""
        words = self._draft.words
        gains = [
            max(
                (self._index.gain(term, number) * self._rarity[term] for term in word.terms if term in self._rarity),
                default=0.0,
            )
            for word in words
        ]
        runs: list[range] = []
        for at, gain in enumerate(gains):
            if not gain:
                continue
            if runs and self._one_phrase(words[runs[-1][-1] : at + 1]):
                runs[-1] = range(runs[-1][0], at + 1)
            else:
                runs.append(range(at, at + 1))
        if not runs:
            return None
        best = max(runs, key=lambda run: sum(gains[at] for at in run))
        while len(best) > _MOST_QUOTED_WORDS or (
            len(best) > 1 and words[best[-1]].end - words[best[0]].start > _MOST_QUOTED
        ):
            best = best[1:] if gains[best[0]] < gains[best[-1]] else best[:-1]
            while not gains[best[0]]:
                best = best[1:]
            while not gains[best[-1]]:
                best = best[:-1]
        return " ".join(self._draft.text[words[best[0]].start : words[best[-1]].end].split())[:_MOST_QUOTED]

    def _one_phrase(self, words: Sequence[Word]) -> bool:
        """Whether matching words with at most two small ones between them stand in one phrase."""
        small = words[1:-1]
        if len(small) > 2 or any(word.terms for word in small):
            return False
        return all(
            _JOINING.fullmatch(self._draft.text, left.end, right.start)
            for left, right in zip(words, words[1:], strict=False)
        )
