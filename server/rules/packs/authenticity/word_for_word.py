"""A post that is nearly all the variant's (see `own_words`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from server.rules.model import Found
from server.rules.own_words import own_words
from server.rules.scene import Scene

LEAST_OWN = 0.15  # below this share of own words a post counts as taken over
_SHORTEST = 6  # words; shorter texts are alike by chance


def find(scene: Scene, rule: Any) -> Iterator[Found]:
    """One finding on the whole text."""
    if scene.context.variant_text is None or len(scene.draft.words) < _SHORTEST:
        return
    share = own_words(scene.draft.text, scene.context.variant_text)
    if share is not None and share < LEAST_OWN:
        yield Found(*scene.draft.token_span(0, len(scene.draft.words) - 1))
