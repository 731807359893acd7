"""From text to terms: folding, light stemming, and the words of a draft with their places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from server.suggest.function_words import BUILDING, SILENT

_WORD = re.compile(r"[^\W_]+")
_DRAFT_WORD = re.compile(r"([#@]?)([^\W_]+)")
_LINK = re.compile(r"https?://\S+|www\.\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*", re.IGNORECASE)
_CAMEL = re.compile(r"[^\W\d_a-z]?[^\W\d_A-Z]+|[A-Z]+(?![^\W\d_A-Z])|\d+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_VOWELS = frozenset("aeiouy")
_LINKING = ("s", "es", "n", "en", "er")  # between the parts of a German compound
_SMALL = frozenset().union(*BUILDING.values())
_SHORTEST_COMPOUND, _LONGEST_COMPOUND = 8, 40
# A post has 3,000 characters at most; of anything longer, the beginning says what it is about.
MOST_CHARACTERS = 4_000


@lru_cache(maxsize=16_384)
def fold(word: str) -> str:
    """A word without case and accents; ß is ss, œ is oe."""
    word = word.casefold()
    if word.isascii():
        return word
    word = word.replace("œ", "oe").replace("æ", "ae").replace("ø", "o")
    return "".join(mark for mark in unicodedata.normalize("NFKD", word) if not unicodedata.combining(mark))


def _english(word: str) -> str:
    if len(word) < 4:
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif re.search(r"(?:x|ch|sh|ss|zz)es$", word):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for suffix, least in (("ing", 6), ("ed", 5)):
        stem = word.removesuffix(suffix)
        if stem != word and len(word) >= least and _VOWELS & set(stem):
            word = stem[:-1] if stem[-1:] == stem[-2:-1] and stem[-1] not in "lsz" else stem
            break
    for suffix, least in (("ery", 8), ("er", 7)):
        if word.endswith(suffix) and len(word) >= least:
            return word.removesuffix(suffix)
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def _french(word: str) -> str:
    if len(word) < 4:
        return word
    if word.endswith("aux") and len(word) > 5 and not word.endswith("eaux"):
        word = word[:-3] + "al"
    elif word.endswith(("s", "x")):
        word = word[:-1]
    if word.endswith("euse"):
        return word[:-4] + "eur"
    word = word.rstrip("e") if len(word) > 4 else word
    for suffix in ("aient", "ait", "ant", "ons", "ez", "er"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            word = word.removesuffix(suffix)
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] in "lnt" else word


def _german(word: str) -> str:
    if word.endswith("ungen"):
        word = word[:-2]
    for suffix in ("ung", "ern", "em", "en", "er", "es", "st", "e", "n", "s", "t"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word.removesuffix(suffix)
    return word


_STEMMERS: dict[str, Callable[[str], str]] = {"en": _english, "fr": _french, "de": _german}


@lru_cache(maxsize=16_384)
def _term(word: str, lang: str | None) -> str | None:
    folded = fold(word)
    if (len(folded) < 2 and not folded.isdigit()) or folded in SILENT.get(lang or "", ()):
        return None
    stemmer = _STEMMERS.get(lang or "")
    return stemmer(folded) if stemmer else folded


def words_of(text: str) -> list[str]:
    """The words of a text as they stand, in order."""
    return _WORD.findall(text)


def stem(word: str, lang: str) -> str:
    """The term that a folded word is in a language."""
    return _STEMMERS[lang](word)


def terms(text: str, lang: str | None) -> list[str]:
    """The terms of a text in a known language, in order, repeated as they stand."""
    found = (_term(word, lang) for word in words_of(text))
    return [term for term in found if term]


@lru_cache(maxsize=16_384)
def _every_stem(word: str) -> frozenset[str]:
    return frozenset([word, *(stem(word) for stem in _STEMMERS.values())])


def split(word: str, known: Callable[[str], bool], *, least: int, linking: Sequence[str] = ()) -> tuple[str, ...]:
    """A folded word as two or more known words written as one, the first as long as can be; () where it is not.

    Each part has at least `least` letters; behind a part one of `linking` may stand.
    """
    for end in range(len(word) - least, least - 1, -1):
        if not known(word[:end]):
            continue
        for link in ("", *linking):
            rest = word[end:].removeprefix(link)
            if len(rest) < least or len(rest) + len(link) + end != len(word):
                continue
            if known(rest):
                return word[:end], rest
            if parts := split(rest, known, least=least, linking=linking):
                return word[:end], *parts
    return ()


def compound(word: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """The parts of a German compound (folded), where the items' own vocabulary has them; else ()."""
    if not _SHORTEST_COMPOUND <= len(word) <= _LONGEST_COMPOUND:
        return ()
    return split(word, known, least=4, linking=_LINKING)


def language_of(text: str) -> str | None:
    """The language with most function words in a text; None where nothing tells."""
    return _language([fold(word) for word in _WORD.findall(text[:MOST_CHARACTERS])])


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a draft: its place in the readable draft, and the terms by which items may hold it.

    A word that says nothing of the subject has no terms.
    """

    start: int
    end: int
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a draft is searched by. `text` is its readable part; `lang` None where nothing tells the language."""

    text: str
    words: tuple[Word, ...]
    lang: str | None


def readable(text: str) -> str:
    """What people read of a draft: no links, nothing invisible."""
    return _LINK.sub(" ", _INVISIBLE.sub("", text[:MOST_CHARACTERS]))


def read_draft(text: str, lang: str | None, known: Callable[[str], bool] = lambda word: False) -> Draft:
    """Read a draft. Without `lang`, the language with most function words is taken.

    `known` tells a word (folded) of the items' vocabulary, by which hashtags, handles and German compounds are split.
    """
    text = _INVISIBLE.sub("", text[:MOST_CHARACTERS])
    searched = _LINK.sub(lambda match: " " * len(match[0]), text)
    found = list(_DRAFT_WORD.finditer(searched))
    lang = lang or _language([fold(match[2]) for match in found])
    silent = SILENT.get(lang or "", frozenset())
    return Draft(text, tuple(_word(match, lang, silent, known) for match in found), lang)


def _word(match: re.Match[str], lang: str | None, silent: frozenset[str], known: Callable[[str], bool]) -> Word:
    whole = fold(match[2])
    if (len(whole) < 2 and not whole.isdigit()) or whole in silent:
        return Word(match.start(2), match.end(2), frozenset())
    # Items may be in another language than the draft, or the draft's be misread: each language's stem counts.
    stems = set(_every_stem(whole))
    for part in _parts(match[2], whole, bool(match[1]), lang, known):
        if len(part) > 1 and part not in silent:
            stems |= _every_stem(part)
    return Word(match.start(2), match.end(2), frozenset(stems))


def _parts(word: str, whole: str, marked: bool, lang: str | None, known: Callable[[str], bool]) -> Sequence[str]:
    """The words that a hashtag, a handle or a German compound is made of."""
    if not marked:
        return compound(whole, known) if lang == "de" else ()
    humps = _CAMEL.findall(word)
    if len(humps) > 1:
        return [fold(part) for part in humps]
    if len(whole) > _LONGEST_COMPOUND or known(whole):
        return ()
    return split(whole, lambda part: known(part) or part in _SMALL, least=3)


def _language(folded: list[str]) -> str | None:
    votes = sorted(((sum(word in words for word in folded), lang) for lang, words in BUILDING.items()), reverse=True)
    return votes[0][1] if votes[0][0] > votes[1][0] else None
