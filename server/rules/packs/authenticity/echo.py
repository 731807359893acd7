"""One word three times or more in a row, laughter left out."""

from __future__ import annotations

from collections.abc import Iterator
from operator import eq
from typing import Any

from server.rules.model import Edit, Fix, Found
from server.rules.scene import Scene

_LAUGHTER = frozenset("ha haha hah he hehe hi ho bla blah na la yeah".split())
_BETWEEN = frozenset(",.!-")


def find(scene: Scene, rule: Any) -> Iterator[Found]:
    """Each run of the same word."""
    words = scene.draft.words
    if not any(map(eq, words, words[1:])) and not any(map(eq, words, words[2:])):
        return  # nothing stands twice, which is soon seen and nearly always so
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
