"""Which language a draft is in: a vote of function words over the tokens already made."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from server import strict
from server.rules.model import LANGUAGES
from server.rules.prepare import Draft

_TABLE = Path(__file__).parent / "tables" / "function_words.yaml"


@lru_cache(maxsize=1)
def _votes() -> dict[str, tuple[tuple[str, float], ...]]:
    """word → its votes. A word of one language says more than one that several share."""
    schema = strict.record({lang: strict.text for lang in LANGUAGES}, required=LANGUAGES)
    table = strict.load(_TABLE.read_text("utf-8"), _TABLE.name, schema)
    languages_of: dict[str, list[str]] = {}
    for lang, words in table.items():
        for word in words.split():
            languages_of.setdefault(word, []).append(lang)
    return {word: tuple((lang, 1 / len(langs)) for lang in langs) for word, langs in languages_of.items()}


def is_small_word(word: str) -> bool:
    """Whether a lower-case word is one of the small words of any language: the, new, aber."""
    return word in _votes()


def detect(draft: Draft, likely: Sequence[str] = ()) -> str | None:
    """The language with most votes, None without any. Equal votes go to the first of `likely`."""
    votes, tally = _votes(), dict.fromkeys(LANGUAGES, 0.0)
    for word in draft.words[:600]:
        for lang, weight in votes.get(word, ()):
            tally[lang] += weight
    rank = {lang: len(likely) - place for place, lang in reversed(list(enumerate(likely)))}
    best = max(LANGUAGES, key=lambda lang: (tally[lang], rank.get(lang, 0)))
    return best if tally[best] > 0 else None
