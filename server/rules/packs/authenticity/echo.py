"""One word three times or more in a row, laughter left out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from server.rules.model import Edit, Fix, Found
from server.rules.scene import Scene

_LAUGHTER = frozenset("ha haha hah he hehe hi ho bla blah na la yeah".split())
_BETWEEN = frozenset(",.!-")


def find(scene: Scene, rule: Any) -> Iterator[Found]:
    """Each run of the same word."""
    words = scene.draft.words
    often = [(word, at) for word, at in scene.draft.places.items() if len(at) > 2]
    if not any(word.isalpha() and _echoes(words, at) for word, at in often):
        return
    run: list[int] = []
    for index, word in enumerate([*words, "\n"]):
        if run and word in _BETWEEN and index < len(words):
            continue
        if run and word == words[run[0]]:
            run.append(index)
            continue
        if len(run) > 2:
            start, end = scene.draft.token_span(run[0], run[-1])
            kept = scene.draft.token_span(run[0], run[0])[1]
            yield Found(start, end, fixes=(Fix(rule.label(scene), (Edit(kept, end, ""),)),))
        run = [index] if len(word) > 1 and word.isalpha() and word not in _LAUGHTER else []


def _echoes(words: list[str], at: list[int]) -> bool:
    """Whether somewhere nothing but signs stands between a word and its next place."""
    for one, other in pairwise(at):
        if other == one + 1 or words[one + 1] in _BETWEEN and _BETWEEN.issuperset(words[one + 1 : other]):
            return True
    return False
