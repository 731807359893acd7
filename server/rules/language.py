"""Which language a draft is in: a vote of function words over the tokens already made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from server import strict
from server.rules.model import LANGUAGES
from server.rules.prepare import Draft
from server.rules.tables import read

_VOTE = 120  # what one small word of one language counts; so much that it parts evenly among six
_SURE, _CLOSE = _VOTE, _VOTE // 2
_ENOUGH = 300  # words
_ELIDED = frozenset(("m", "t"))  # behind an apostrophe they are English (I'm, don't), before one French (m'a, t'es)
# Before a German noun, which always has a capital; no name begins so.
_BEFORE_NOUNS = frozenset(("unser", "unsere", "unseren", "unserem", "mein", "meine"))


@lru_cache(maxsize=1)
def _votes() -> tuple[dict[str, int], list[tuple[str, ...]]]:
    """word → which languages share its vote, as a place in the list; its first place is nobody's."""
    schema = strict.record({lang: strict.text for lang in LANGUAGES}, required=LANGUAGES)
    languages_of: dict[str, list[str]] = {}
    for lang, words in read("function_words.yaml", schema).items():
        for word in words.split():
            languages_of.setdefault(word, []).append(lang)
    shared = [(), *dict.fromkeys(map(tuple, languages_of.values()))]
    return {word: shared.index(tuple(langs)) for word, langs in languages_of.items()}, shared


def is_small_word(word: str) -> bool:
    """Whether a lower-case word is one of the small words of any language: the, new, aber."""
    return word in _votes()[0]


def _share(draft: Draft, index: int) -> float:
    """What a word's vote is worth: nothing inside a name (at Chez Panisse), half where one may begin (Die Zeit)."""
    if index not in draft.sentence_start:
        return not _titled(draft, index)
    if not _titled(draft, index):
        return 1
    if draft.words[index] in _BEFORE_NOUNS:
        return 1
    return 0.5 if index + 1 < len(draft.words) and _titled(draft, index + 1) else 1


def _titled(draft: Draft, index: int) -> bool:
    start = draft.starts[index]
    return draft.plain[start].isupper() and not draft.plain[start + 1 : start + 2].isupper()


def detect(draft: Draft, likely: Sequence[str] = ()) -> str | None:
    """The language with most votes, None where there are none or too few.

    `likely`: the languages of the programme, best first. They win where the votes are close, and a language that is
    none of them needs more than one word: a short draft is rather left unsure than taken for the wrong one.
    """
    (votes, shared), words = _votes(), draft.words[:_ENOUGH]
    counts: dict[int, float] = Counter(filter(None, map(votes.get, words)))
    for index in draft.capitals:
        if index < _ENOUGH and words[index] in votes:
            counts[votes[words[index]]] -= 1 - _share(draft, index)
    for word in _ELIDED & draft.places.keys():
        for at in draft.places[word]:
            before, behind = words[at - 1 : at], words[at + 1 : at + 2]
            if behind == ["'"] != before and draft.ends[at] == draft.starts[at + 1]:
                counts[votes[word]] -= 1
                counts[votes["qu"]] += 1
    tally = dict.fromkeys(LANGUAGES, 0.0)
    for place, count in counts.items():
        for lang in shared[place]:
            tally[lang] += count * _VOTE / len(shared[place])
    most = max(tally.values())
    best = next((lang for lang in likely if tally[lang] == most), "")
    if not best:
        best = next(lang for lang in LANGUAGES if tally[lang] == most)
    if tally[best] >= _SURE or not likely or best in likely:
        return best if tally[best] > 0 else None
    close = [lang for lang in likely if tally[lang] > 0 and tally[lang] >= tally[best] - _CLOSE]
    return close[0] if close else None
