"""How long suggestions take from 10,000 items: `python benchmarks/suggest.py [--items N] [--json]`.

The items are made up, with words as unevenly common as in real text (Zipf), from a fixed seed. Times are processor time
of the asking thread, since other programs run here too; `wall` is the clock's. Beside the figures stands the time of the
same search without its bound on the work, as a ratio within the run, since machines differ. The figures of `adding an
item` are those of `Suggester.updated`, and of the first question after it; `memory` is that of the whole process.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from server.store import Item, Variant  # noqa: E402
from server.suggest import Suggester  # noqa: E402

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TARGET_MS = 10.0
_SYLLABLES = [consonant + vowel for consonant in "bdfklmnprstv" for vowel in "aeiou"]


class Writer:
    """Writes text of made-up words; the n-th most common word has a chance of 1/n."""

    def __init__(self, seed: int, vocabulary: int = 40_000) -> None:
        self._random = random.Random(seed)
        words: dict[str, None] = {}
        while len(words) < vocabulary:
            words["".join(self._random.choices(_SYLLABLES, k=self._random.choice((2, 2, 3, 3, 4))))] = None
        self._words = list(words)
        self._chances = list(accumulate(1 / (place + 1) for place in range(vocabulary)))

    def text(self, words: int) -> str:
        return " ".join(self._random.choices(self._words, cum_weights=self._chances, k=words))

    def item(self, number: int) -> Item:
        published = NOW - timedelta(minutes=self._random.randrange(60 * 24 * 365))
        return Item(
            id=str(uuid.UUID(int=number)),
            source_id=str(uuid.UUID(int=0)),
            title=self.text(9),
            url=f"https://news.example/{number}",
            summary=self.text(35),
            lang="en",
            topics=tuple(self.text(3).split()),
            variants=tuple(Variant(str(uuid.uuid4()), self.text(28), lang) for lang in ("en", "fr")),
            published_at=published.isoformat(),
        )


def spread(call: Callable[[str], object], drafts: list[str], clock: Callable[[], float] = time.thread_time) -> list[float]:
    """Milliseconds of a call for each draft, sorted; each the best of three, so that other programs count less."""
    times = []
    for draft in drafts:
        tries = []
        for _ in range(3):
            start = clock()
            call(draft)
            tries.append((clock() - start) * 1_000)
        times.append(min(tries))
    return sorted(times)


def adding(suggester: Suggester, items: list[Item], writer: Writer, draft: str) -> dict[str, float]:
    """Milliseconds of adding one item, and of the first question after it, over twenty items added one by one."""
    added, first = [], []
    for number in range(20):
        items = [*items, writer.item(len(items) + number)]
        start = time.thread_time()
        suggester = suggester.updated(items)
        done = time.thread_time()
        suggester.suggest(draft, now=NOW)
        added.append((done - start) * 1_000)
        first.append((time.thread_time() - done) * 1_000)
    return {"p50_ms": at(sorted(added), 0.5), "p95_ms": at(sorted(added), 0.95), "first_question_p50_ms": at(sorted(first), 0.5)}


def at(times: list[float], share: float) -> float:
    return round(times[min(len(times) - 1, int(len(times) * share))], 2)


def memory() -> float:
    """Megabytes that this process occupies now, where the system tells; else the most that it did."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--drafts", type=int, default=400)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    writer = Writer(7)
    print(f"Making {options.items:,} items …", file=sys.stderr)
    items = [writer.item(number) for number in range(options.items)]
    before = memory()
    start = time.thread_time()
    suggester = Suggester(items)
    results: dict[str, object] = {
        "items": options.items,
        "index_seconds": round(time.thread_time() - start, 2),
        "memory_mb": round(memory()),
        "of_it_index_mb": round(memory() - before),
    }
    for name, words in (("post of 90 words", 90), ("first words", 6), ("empty draft", 0)):
        drafts = [writer.text(words) for _ in range(options.drafts)]
        times = spread(lambda draft: suggester.suggest(draft, now=NOW), drafts)
        wall = spread(lambda draft: suggester.suggest(draft, now=NOW), drafts[:200], time.perf_counter)
        whole = spread(lambda draft: suggester.suggest(draft, now=NOW, most_places=10**9), drafts[:100])
        results[name] = {
            "p50_ms": at(times, 0.5),
            "p95_ms": at(times, 0.95),
            "p99_ms": at(times, 0.99),
            "wall_p95_ms": at(wall, 0.95),
            "every_word_p50_ms": at(whole, 0.5),
            "times_faster": round(at(whole, 0.5) / max(at(times, 0.5), 0.01), 1),
        }
    worst = max(value["p95_ms"] for value in results.values() if isinstance(value, dict))
    results["adding an item"] = adding(suggester, items, writer, writer.text(90))
    results["target_p95_ms"], results["met"] = TARGET_MS, worst <= TARGET_MS
    if options.json:
        print(json.dumps(results))
    else:
        for name, value in results.items():
            print(f"{name}: {', '.join(f'{k} {v}' for k, v in value.items()) if isinstance(value, dict) else value}")
    return 0 if results["met"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
