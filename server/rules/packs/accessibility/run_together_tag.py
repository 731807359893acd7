"""Hashtags of three words or more without capitals, and where they part.

Words are known from a table of frequent hashtag words and from the draft itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from server.rules.model import Edit, Fix, Found
from server.rules.scene import Scene
from server.rules.tables import tag_words

_SHORTEST = 10  # letters
_LONGEST = 60


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset().union(*tag_words().values())


def find(scene: Scene, rule: Any) -> Iterator[Found]:
    """The tags, each with its words set apart by capitals."""
    draft = scene.draft
    own: frozenset[str] | None = None
    for first, last, body in draft.tags:
        if not _SHORTEST <= len(body) <= _LONGEST or not body.isalpha() or body in _known():
            continue
        written = draft.written(last)
        if any(c.isupper() for c in written[1:]):
            continue
        if own is None:
            tagged = {tag for _, _, tag in draft.tags}
            own = frozenset(word for word in draft.words if len(word) > 3 and word not in tagged)
        parts = _parts(body, own)
        if parts and len(parts) >= 3:
            start, end = draft.token_span(first, last)
            better = "#" + "".join(part[0].upper() + part[1:] for part in parts)
            fix = Fix(rule.label(scene, to=better), (Edit(start, end, better),))
            yield Found(start, end, {"found": written, "to": better}, (fix,))


def _parts(body: str, own: frozenset[str]) -> list[str] | None:
    """The fewest known words that make up `body`, or None."""
    known = _known()
    best: list[list[str] | None] = [[]] + [None] * len(body)
    for end in range(1, len(body) + 1):
        for begin in range(max(0, end - 20), end):
            before = best[begin]
            word = body[begin:end]
            if before is None or not (word in known or word in own):
                continue
            if best[end] is None or len(before) + 1 < len(best[end] or ()):
                best[end] = [*before, word]
    return best[-1]
