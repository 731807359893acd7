"""Plain BM25, to compare with: words in lower case, nothing left out, title and text as one."""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter
from collections.abc import Mapping

_WORD = re.compile(r"\w+")


class Plain:
    """BM25 (k1 1.2, b 0.75) over documents given as id → (title, text)."""

    def __init__(self, documents: Mapping[str, tuple[str, str]], k1: float = 1.2, b: float = 0.75) -> None:
        self._ids = list(documents)
        counted = [Counter(_WORD.findall(" ".join(document).lower())) for document in documents.values()]
        lengths = [sum(counts.values()) for counts in counted]
        mean = sum(lengths) / len(lengths)
        self._gains: dict[str, list[tuple[int, float]]] = {}
        for number, counts in enumerate(counted):
            norm = k1 * (1 - b + b * lengths[number] / mean)
            for word, count in counts.items():
                self._gains.setdefault(word, []).append((number, count * (k1 + 1) / (count + norm)))
        for held in self._gains.values():
            rarity = math.log(1 + (len(self._ids) - len(held) + 0.5) / (len(held) + 0.5))
            held[:] = [(number, gain * rarity) for number, gain in held]

    def best(self, text: str, limit: int) -> list[str]:
        scores: dict[int, float] = {}
        for word in _WORD.findall(text.lower()):
            for number, gain in self._gains.get(word, ()):
                scores[number] = scores.get(number, 0.0) + gain
        best = heapq.nsmallest(limit, scores, key=lambda number: (-scores[number], number))
        return [self._ids[number] for number in best]
