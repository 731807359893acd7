"""Words of faith, body, cosmos and great names (`tables/fervour.yaml`), close together and close to a workplace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from server import strict
from server.rules.model import UI_LANGUAGES, Found
from server.rules.scene import Scene
from server.rules.tables import read
from server.rules.word_classes import spelled

_WEIGHTS = {"low": 0.25, "mid": 0.75, "high": 1.25}  # a word of two lists has the greater
_WINDOW = 26  # tokens that a crowd of such words may reach over
_ENOUGH = (2.25, 3.25, 3.75)  # weight that makes a finding: beside the company's name or a boss, beside work, alone
_LEAST, _MOST_SIGNS = 1.0, 2.0  # weight of words below which no sign helps; what signs may add
_SHORT, _SHORT_LEAVES = 70, 1.0  # a draft of fewer tokens needs so much less: a long one has such words by chance
_BARS = 3  # a list of titles parted by bars is somebody's headline
_LOUD = re.compile(r"\b[A-ZÀ-ÖØ-Þ]{4,}\b")
_EMOJI = re.compile(r"[\u2600-\u27bf\U0001f300-\U0001faff]")
_STRETCHED = re.compile(r"([a-zà-ÿA-Z])\1{2,}")
_FIGURES = re.compile(
    r"\b(?:what an?|thank you for|no words|no \w+, no|you are (?:the|my)|quel(?:le)?s?|merci pour|merci d|pareil(?:le)?s?"
    r"|vous êtes mes|tu es m[ao]n?|ni \w+,? ni|kein\w* \w+, kein\w*|ihr seid|du bist mein\w*|was für|welch|danke für)\b",
    re.IGNORECASE,
)
_ONE_WORD = re.compile(r"(?:\b[A-ZÀ-Þ][\w-]+[.!]\s+){2}[A-ZÀ-Þ][\w-]+[.!]")  # Fearless. Radiant. Ours.
_WOULD = re.compile(
    r"\b(?:I'd|I’d|I would|je [a-zé]+rais|j['’][a-zé]+rais|ich würde?|würd ich|würde ich)\b", re.IGNORECASE
)


class _Words(NamedTuple):
    """The words of `tables/fervour.yaml` in one language: the weight of each, bosses, workplaces."""

    weights: dict[str, float]
    boss: frozenset[str]
    work: frozenset[str]


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    by_language = strict.record(dict.fromkeys(UI_LANGUAGES, strict.text), required=UI_LANGUAGES)
    lists = (*_WEIGHTS, "boss", "work")
    keys = {**dict.fromkeys(lists, by_language), "unless": strict.text}
    given = read("fervour.yaml", strict.record(keys, required=tuple(keys)))
    return {**given, "unless": frozenset(given["unless"].split())}


@lru_cache(maxsize=8)
def _words(lang: str | None) -> _Words:
    table, known = _table(), lang if lang in UI_LANGUAGES else "en"
    weights: dict[str, float] = {}
    for name, weight in _WEIGHTS.items():
        weights |= {word: weight for entry in table[name][known].split() for word in spelled(entry)}
    return _Words(weights, *(frozenset(table[name][known].split()) for name in ("boss", "work")))


def find(scene: Scene, rule: Any) -> Iterator[Found]:
    """The thickest crowd of such words, where it and the signs around it are enough."""
    words, (weights, boss, work), places = scene.draft.words, _words(scene.lang), scene.draft.places
    there = [word for word in places if word in weights]
    if not there or sum(map(weights.__getitem__, there)) < _LEAST:
        return
    at = sorted(index for word in there for index in places[word])
    less = _SHORT_LEAVES * (len(words) < _SHORT)
    begin, best, crowd = 0, 0.0, (0, 0)
    for end, last in enumerate(at):
        while last - at[begin] > _WINDOW:
            begin += 1
        total = sum(weights[word] for word in {words[i] for i in at[begin : end + 1]})
        if total > best:
            best, crowd = total, (at[begin], last)
    if best < _LEAST or not _table()["unless"].isdisjoint(words):
        return
    first, last = _sentences(scene, crowd)
    if scene.draft.text.count("|", *scene.draft.token_span(first, last)) >= _BARS:
        return
    around = words[first : last + 1]
    named = any(first <= hit.first <= last for hit in scene.named("company"))
    anchor = 0 if named or not boss.isdisjoint(around) else 1 if not work.isdisjoint(around) else 2
    enough = _ENOUGH[anchor] - less
    if best + _MOST_SIGNS >= enough:
        start, stop = scene.draft.token_span(first, last)
        if best + _signs(scene.draft.text[start:stop]) >= enough:
            yield Found(start, stop)


def _sentences(scene: Scene, crowd: tuple[int, int]) -> tuple[int, int]:
    """First and last token of the sentences that a crowd stands in."""
    spans, of = scene.draft.sentences, scene.draft.sentence_of
    first, last = spans[of[crowd[0]]][0], spans[of[crowd[1]]][1]
    while last > first and scene.draft.words[last] == "\n":
        last -= 1
    return first, last


def _signs(text: str) -> float:
    """What marks, capitals, stretched words and figures of speech add, at most `_MOST_SIGNS`."""
    marks, loud = text.count("!"), len(_LOUD.findall(text))
    total = 0.5 * (marks > 1) + 0.5 * (marks > 3) + 0.75 * (loud > 1)
    total += 0.75 * (len(_EMOJI.findall(text)) > 2) + 1.0 * bool(_STRETCHED.search(text))
    total += 0.75 * (len(_FIGURES.findall(text)) > 1) + 0.5 * bool(_WOULD.search(text))
    total += 1.0 * bool(_ONE_WORD.search(text))
    return min(_MOST_SIGNS, total)
