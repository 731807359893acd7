"""Which language a draft is in: a vote of function words over the tokens already made."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from server import strict
from server.rules.model import LANGUAGES
from server.rules.prepare import Draft
from server.rules.tables import read

_SURE, _CLOSE = 1.0, 0.5  # votes
_ENOUGH = 300  # words


@lru_cache(maxsize=1)
def _votes() -> dict[str, tuple[tuple[str, float], ...]]:
    """word → its votes. A word of one language says more than one that several share."""
    schema = strict.record({lang: strict.text for lang in LANGUAGES}, required=LANGUAGES)
    languages_of: dict[str, list[str]] = {}
    for lang, words in read("function_words.yaml", schema).items():
        for word in words.split():
            languages_of.setdefault(word, []).append(lang)
    return {word: tuple((lang, 1 / len(langs)) for lang in langs) for word, langs in languages_of.items()}


def is_small_word(word: str) -> bool:
    """Whether a lower-case word is one of the small words of any language: the, new, aber."""
    return word in _votes()


def _share(draft: Draft, index: int) -> float:
    """What a word's vote is worth: nothing inside a name (at Chez Panisse), half where one may begin (Die Zeit)."""
    if not _titled(draft, index):
        return 1
    if index not in draft.sentence_start:
        return 0
    return 0.5 if index + 1 < len(draft.words) and _titled(draft, index + 1) else 1


def _titled(draft: Draft, index: int) -> bool:
    start = draft.starts[index]
    return draft.plain[start].isupper() and not draft.plain[start + 1 : start + 2].isupper()


def detect(draft: Draft, likely: Sequence[str] = ()) -> str | None:
    """The language with most votes, None where there are none or too few.

    `likely`: the languages of the programme, best first. They win where the votes are close, and a language that is
    none of them needs more than one word: a short draft is rather left unsure than taken for the wrong one.
    """
    votes, tally = _votes(), dict.fromkeys(LANGUAGES, 0.0)
    plain, starts = draft.plain, draft.starts
    for index, word in enumerate(draft.words[:_ENOUGH]):
        vote = votes.get(word)
        if vote:
            share = 1 if plain[starts[index]] == word[0] else _share(draft, index)
            for lang, weight in vote:
                tally[lang] += weight * share
    rank = {lang: len(likely) - place for place, lang in reversed(list(enumerate(likely)))}
    best = max(LANGUAGES, key=lambda lang: (tally[lang], rank.get(lang, 0)))
    if tally[best] >= _SURE or not likely or best in likely:
        return best if tally[best] > 0 else None
    close = [lang for lang in likely if tally[lang] > 0 and tally[lang] >= tally[best] - _CLOSE]
    return close[0] if close else None
