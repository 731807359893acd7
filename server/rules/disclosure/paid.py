"""Where a draft tells, in words of its own, that its author is rewarded for it: "X is giving me a gift card for writing
this". What is given, to whom and for what stand in one sentence (`tables/rewards.yaml`); set phrases are elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from server.rules.disclosure.tables import grammar, rewards, worded
from server.rules.scene import Scene

_REACH = 9  # tokens on either side of the reward


class Words(NamedTuple):
    """The words of `tables/rewards.yaml` for the language of one draft."""

    reward: frozenset[str]
    me: frozenset[str]
    i: frozenset[str]
    gets: frozenset[str]
    post: frozenset[str]
    unless: frozenset[str]


@lru_cache(maxsize=None)
def words_of(lang: str | None) -> Words:
    """The words for one language. None: a draft whose language is not known is read as an English one."""
    return worded(Words, rewards()[lang or "en"])


def rewards_told(scene: Scene) -> Iterator[tuple[int, int]]:
    """First and last token of what tells of a reward for the post."""
    known, draft = words_of(scene.lang), scene.draft
    words, of = draft.words, draft.sentence_of
    for index in sorted(at for word in known.reward & draft.places.keys() for at in draft.places[word]):
        first, last = draft.sentences[of[index]]
        around = range(max(first, index - _REACH), min(last, index + _REACH) + 1)
        said = [words[at] for at in around]
        if known.post.isdisjoint(said) or not grammar()["negation"].isdisjoint(said):
            continue
        giver = next((at for at in range(index - 1, around[0] - 1, -1) if words[at] in known.me), None)
        if giver is None and not known.gets.isdisjoint(said):
            giver = next((at for at in range(index - 1, around[0] - 1, -1) if words[at] in known.i), None)
        if giver is not None and known.unless.isdisjoint(words[max(first, giver - 3) : index]):
            ends = [at for at in around if words[at] in known.post]
            yield min(index, *ends), max(index, *ends)
