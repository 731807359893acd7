"""A jab at a competitor: a sentence that names one, and what is said around it, weighed.

To name a competitor is fine, and so is to praise or to compare. What speaks for a jab (a sharp word, mockery, a no, a
rhetorical question, "unlike them") counts up, what speaks for fairness (praise, thanks, a source, "we lost to", a
person's own job or shopping) counts down. Only drafts that name a competitor, or speak of rivals, are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from server import strict
from server.rules.model import UI_LANGUAGES, Found
from server.rules.prepare import phrase_tokens
from server.rules.scan import Hit
from server.rules.scene import Scene
from server.rules.tables import read

_ENOUGH = 2  # points
_BEHIND = 2  # sentences behind the name that may speak of it
_SHORT = 45  # tokens of a whole draft; a name in so few words is seldom news
_LONG = 130  # tokens of a passage; beyond it, sentences were not told apart
_LIST_MARKS = frozenset("-•#🔹*")
_LISTS = (
    "sharp", "mock", "tone", "no", "contrast", "fair", "neutral", "kind", "rival", "they", "you", "self"
)  # fmt: skip


class _Listed(NamedTuple):
    """One list of `tables/jabs.yaml` in one language: whole words, beginnings of words, phrases between spaces."""

    words: frozenset[str]
    begin: tuple[str, ...]
    phrases: tuple[str, ...]


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    by_language = strict.record(dict.fromkeys(UI_LANGUAGES, strict.text), required=UI_LANGUAGES)
    keys = {**dict.fromkeys(_LISTS, by_language), "rival_words": strict.text}
    given = read("jabs.yaml", strict.record(keys, required=tuple(keys)))
    return {**given, "rival_words": frozenset(given["rival_words"].split())}


def language(scene: Scene) -> str:
    """The draft's language where the lists know it, else English."""
    return scene.lang if scene.lang in UI_LANGUAGES else "en"


@lru_cache(maxsize=64)
def _listed(name: str, lang: str) -> _Listed:
    words, begin, phrases = set(), set(), set()
    for one in _table()[name][lang].split(","):
        tokens = phrase_tokens(one.strip().rstrip("*"))
        ends = "" if one.strip().endswith("*") else " "
        if len(tokens) > 1:
            phrases.add(" " + " ".join(tokens) + ends)
        elif tokens:
            (words if ends else begin).add(tokens[0])
    return _Listed(frozenset(words), tuple(sorted(begin)), tuple(sorted(phrases)))


def _matches(name: str, words: list[str], lang: str) -> Iterator[str]:
    listed = _listed(name, lang)
    for word in words:
        if word in listed.words or word.startswith(listed.begin):
            yield word
    joined = " " + " ".join(words) + " "
    for phrase in listed.phrases:
        if phrase in joined:
            yield phrase[1:]


def holds(name: str, words: list[str], lang: str) -> bool:
    """Whether some tokens hold a word or phrase of one of the lists in `tables/jabs.yaml`."""
    return next(_matches(name, words, lang), None) is not None


def weight(words: list[str], lang: str) -> int:
    """How sharp a passage is, whoever it speaks of: sharp words, mockery, a no; praise counts down."""
    return _sharp(words, lang) + holds("mock", words, lang) + holds("no", words, lang) - 3 * holds("fair", words, lang)


def sentence(scene: Scene, first: int, last: int) -> list[str]:
    """The tokens of some sentences that follow each other."""
    spans = scene.draft.sentences
    return scene.draft.words[spans[first][0] : spans[last][1] + 1]


def found(scene: Scene, first: int, last: int) -> Found:
    """A finding on whole sentences."""
    spans = scene.draft.sentences
    whole = scene.sentence(Hit(spans[first][0], spans[last][1], None))
    start, end = scene.draft.token_span(whole.first, whole.last)
    return Found(start, end, {"found": scene.draft.text[start:end]})


def find(scene: Scene, rule: Any) -> Iterator[Found]:
    """The first passage that weighs enough."""
    draft = scene.draft
    named = scene.named("competitor")
    if not named and _table()["rival_words"].isdisjoint(draft.words):
        return
    lang = language(scene)
    numbers = sorted({draft.sentence_of[hit.first] for hit in named})
    if not named:
        every = range(len(draft.sentences))
        numbers = [number for number in every if holds("rival", sentence(scene, number, number), lang)]
    for number in numbers:
        last = _weighed(scene, number, lang, named)
        if last is not None:
            yield found(scene, number, last)
            return


def _weighed(scene: Scene, number: int, lang: str, named: list[Hit]) -> int | None:
    """The last sentence of the passage if it weighs enough, else None."""
    own, first = sentence(scene, number, number), scene.draft.sentences[number][0]
    if len(own) > _LONG or own[0] in _LIST_MARKS or " : / / " in " ".join(own):
        return None
    about_them = any(first <= hit.first <= first + 2 for hit in named)
    points = _points(own, lang) + about_them + (len(scene.draft.words) <= _SHORT) + ("?" in own[-2:])
    best = number
    for behind in range(number + 1, min(number + 1 + _BEHIND, len(scene.draft.sentences))):
        if "\n" in sentence(scene, behind - 1, behind - 1):
            break  # another paragraph
        words = sentence(scene, behind, behind)
        more = _points(words, lang) + holds("they", words, lang)
        points += more if more < 0 or behind == number + 1 else more - 1
        if more > 0:
            best = behind
    return best if points >= _ENOUGH else None


def _sharp(words: list[str], lang: str) -> int:
    kinds = len({match[:4] for match in _matches("sharp", words, lang)})
    return 2 * bool(kinds) + (kinds > 1)


def _points(words: list[str], lang: str) -> int:
    mock = holds("mock", words, lang)
    points = _sharp(words, lang) + 2 * mock - 2 * holds("neutral", words, lang)
    points += sum(holds(name, words, lang) for name in ("no", "contrast", "you"))
    return points if mock else points - 3 * holds("fair", words, lang)
