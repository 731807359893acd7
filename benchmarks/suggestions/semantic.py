"""The meaning of a collection's documents, all computed before the first question."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from server.store import Item
from server.suggest.meaning import WAIT, Meaning, available

__all__ = ["WAIT", "meaning_of"]


def meaning_of(items: Sequence[Item], cache: Path | None, wait: float | None) -> Meaning:
    """The meaning of all the items, for which each takes 30 to 100 ms. Ends the program where the extra is absent."""
    if not available():
        raise SystemExit("--semantic needs the extra: pip install sayso[semantic]")
    if cache:
        cache.mkdir(parents=True, exist_ok=True)
    meaning = Meaning(cache, wait=wait)
    meaning.refresh(items)
    while not meaning.settled(5.0):
        done, every = meaning.progress()
        print(f"\r{done:,} of {every:,} documents encoded", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return meaning
