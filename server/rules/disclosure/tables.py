"""The tables of the disclosure check, read strictly and compiled once: labels by jurisdiction, ways of speaking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar, get_origin, get_type_hints

from server import strict
from server.policy import JURISDICTIONS
from server.rules.model import LANGUAGES, UI_LANGUAGES
from server.rules.prepare import fold_accents, phrase_tokens
from server.rules.tables import read, tag_words

GRADES = ("accepted", "doubtful", "contested", "weak")

_words = strict.list_of(strict.text)
_by_language = strict.record({lang: _words for lang in LANGUAGES})
_words_by_name = strict.record({lang: strict.mapping(strict.text) for lang in LANGUAGES}, required=LANGUAGES)
_in_words = strict.record({lang: strict.text for lang in UI_LANGUAGES}, required=UI_LANGUAGES)
_grades = strict.record({grade: _words for grade in GRADES})


@dataclass(frozen=True)
class Jurisdiction:
    """One jurisdiction's table, as read."""

    id: str
    name: Mapping[str, str]
    languages: tuple[str, ...]
    place: str  # "start": before anything else; "view": where a phone shows it without a click
    unrewarded: str  # whether praise of one's employer owes the relationship: required, advice, nothing
    rewarded_relationship: str  # what the relationship alone is worth where a label is owed: a grade
    platform_label: str  # what LinkedIn's own label is worth: accepted, weak
    labels: Mapping[str, Mapping[str, list[str]]]
    with_company: Mapping[str, list[str]]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Labels:
    """The wordings that one jurisdiction knows in posts of one language, each with its grade.

    `words`: by folded tokens. `first`: the first tokens of these, with the longest length. `tags`: the same
    without spaces. `before` and `after`: tokens that stand right before (or after) the company's name.
    """

    words: Mapping[tuple[str, ...], str]
    first: Mapping[str, int]
    tags: Mapping[str, str]
    before: Mapping[tuple[str, ...], str]
    after: Mapping[tuple[str, ...], str]
    with_company: Mapping[str, str]


@lru_cache(maxsize=None)
def jurisdiction(id: str) -> Jurisdiction:
    """The table of one jurisdiction."""
    keys = {
        "name": _in_words,
        "languages": strict.list_of(strict.one_of(*LANGUAGES)),
        "place": strict.one_of("start", "view"),
        "unrewarded": strict.one_of("required", "advice", "nothing"),
        "rewarded_relationship": strict.one_of("accepted", "contested", "weak"),
        "platform_label": strict.one_of("accepted", "weak"),
        "labels": strict.record({lang: _grades for lang in (*LANGUAGES, "any")}),
        "with_company": _grades,
        "sources": strict.list_of(strict.link, least=1),
    }
    assert id in JURISDICTIONS
    given = read(f"labels/{id}.yaml", strict.record(keys, required=tuple(keys)))
    given["languages"], given["sources"] = tuple(given["languages"]), tuple(given["sources"])
    return Jurisdiction(id=id, **given)


@lru_cache(maxsize=1)
def plain() -> dict[str, dict[str, Any]]:
    """By language: `put`, what a fix writes first, and `accepted`, the plain words for advertising."""
    one = strict.record({"put": lambda node, at: node.value, "accepted": _words}, required=("put", "accepted"))
    return read("plain.yaml", strict.record({lang: one for lang in LANGUAGES}, required=LANGUAGES))


@lru_cache(maxsize=None)
def labels(id: str, lang: str | None) -> Labels:
    """What counts in jurisdiction `id` for a post in `lang` (None: any language's plain word counts).

    A jurisdiction's own words for the language of the post come last and so win. The national words count in
    every language, the national objections only in their own.
    """
    table = jurisdiction(id)
    grades: dict[str, str] = {}

    def take(words: list[str], grade: str) -> None:
        for written in words:
            key = " ".join(word if word == "X" else fold_accents(word.lower()) for word in written.split())
            grades[key] = grade

    for language in (lang,) if lang else LANGUAGES:
        take(plain()[language]["accepted"], "accepted")
    for language in table.languages:
        if language != lang:
            for grade in ("doubtful", "accepted"):
                take(table.labels.get(language, {}).get(grade, []), grade)
    for language in ("any", lang or (table.languages[0] if table.languages else "en")):
        for grade in ("weak", "contested", "doubtful", "accepted"):
            take(table.labels.get(language, {}).get(grade, []), grade)
    return _compiled(grades, table)


def national_label(table: Jurisdiction, lang: str | None, jurisdictions: tuple[str, ...]) -> str | None:
    """What a fix would write in the national language, for a post in a language of none of the jurisdictions."""
    if lang is None or not table.languages or any(lang in jurisdiction(where).languages for where in jurisdictions):
        return None
    return plain()[table.languages[0]]["put"]


def is_national(table: Jurisdiction, key: str) -> bool:
    """Whether a label (its letters alone) is one of the country's own language."""
    return any(labels(table.id, language).tags.get(key) in ("accepted", "doubtful") for language in table.languages)


def _compiled(grades: dict[str, str], table: Jurisdiction) -> Labels:
    words: dict[tuple[str, ...], str] = {}
    before: dict[tuple[str, ...], str] = {}
    after: dict[tuple[str, ...], str] = {}
    for key, grade in grades.items():
        if key.endswith(" X"):
            before[phrase_tokens(key[:-2].lower())] = grade
        elif key.startswith("X "):
            after[phrase_tokens(key[2:].lower())] = grade
        else:
            words[phrase_tokens(key)] = grade
    first: dict[str, int] = {}
    for tokens in words:
        first[tokens[0]] = max(first.get(tokens[0], 0), len(tokens))
    tags = {"".join(tokens): grade for tokens, grade in words.items()}
    fused = {
        fold_accents(word.replace(" ", "")): grade for grade in GRADES for word in table.with_company.get(grade, [])
    }
    return Labels(words, first, tags, before, after, fused)


def promotion() -> dict[str, dict[str, list[str]]]:
    """Ways to promote and ways not to: action, contact, offer, launch, praise, quiet, … → language → phrases."""
    names = ("action", "contact", "offer", "launch", "praise", "quiet", "sober", "passing", "earn")
    return read("promotion.yaml", strict.record({name: _by_language for name in names}, required=names))


@lru_cache(maxsize=1)
def relationship() -> dict[str, Any]:
    """Ways to say that one works for the company."""
    job = strict.record({"person": _words, "place": _words}, required=("person", "place"))
    maker_keys = {"who": _words, "made": _words, "reach": strict.whole(1, 20)}
    makers = strict.record(maker_keys, required=tuple(maker_keys))
    keys = {
        "explicit": _by_language,
        "implicit": _by_language,
        "statements": strict.record({"label": _by_language, "paid": _by_language}, required=("label", "paid")),
        "tags": strict.record({"before": _words, "after": _words}, required=("before", "after")),
        "job": strict.record({lang: job for lang in LANGUAGES}, required=LANGUAGES),
        "somebody": _by_language,
        "makers": strict.record({lang: makers for lang in LANGUAGES}, required=LANGUAGES),
        "we": strict.record({lang: _words for lang in LANGUAGES}, required=LANGUAGES),
    }
    return read("relationship.yaml", strict.record(keys, required=tuple(keys)))


W = TypeVar("W")


def worded(kind: type[W], given: Mapping[str, str]) -> W:
    """A NamedTuple of words from the texts of one language: each field, a frozenset or a tuple, by its name.

    A name that Python keeps to itself has an underscore behind it (`from_`), the text’s name has none.
    """
    kinds = {name: get_origin(hint) for name, hint in get_type_hints(kind).items()}
    return kind(**{name: of(given.get(name.rstrip("_"), "").split()) for name, of in kinds.items()})


@lru_cache(maxsize=1)
def ties() -> dict[str, dict[str, str]]:
    """By language, the words by which the grammar of a sentence ties its speaker to the company."""
    return read("ties.yaml", _words_by_name)


@lru_cache(maxsize=1)
def asking() -> dict[str, dict[str, str]]:
    """By language, the words and endings that ask a reader for something."""
    return read("asking.yaml", _words_by_name)


@lru_cache(maxsize=1)
def rewards() -> dict[str, dict[str, str]]:
    """By language, the words by which a sentence tells that its speaker is rewarded for the post."""
    return read("rewards.yaml", _words_by_name)


@lru_cache(maxsize=1)
def tag_parts() -> frozenset[str]:
    """What may stand beside a company's name in one hashtag: labels, roles, ways to say that one works there."""
    parts = {*relationship()["tags"]["before"], *relationship()["tags"]["after"]}
    for id in JURISDICTIONS:
        known = labels(id, None)
        parts |= known.tags.keys() | known.with_company.keys()
    return frozenset(parts)


@lru_cache(maxsize=None)
def makers(lang: str | None) -> tuple[frozenset[str], int]:
    """Words for making a thing, and how far behind its maker one may stand. None: of all languages."""
    given = relationship()["makers"]
    some = [given[lang]] if lang else list(given.values())
    return frozenset(word for one in some for word in one["made"]), max(one["reach"] for one in some)


@lru_cache(maxsize=None)
def we(lang: str | None) -> frozenset[str]:
    """We and our. None: of all languages."""
    given = relationship()["we"]
    return frozenset(word for one in ([lang] if lang else given) for word in given[one])


@lru_cache(maxsize=1)
def denials() -> dict[str, Any]:
    """Ways to deny that a post is advertising: phrases by language, hashtags."""
    given = read("denials.yaml", strict.record({"phrases": _by_language, "tags": _words}, required=("phrases", "tags")))
    return {**given, "tags": frozenset(given["tags"])}


@lru_cache(maxsize=1)
def grammar() -> Mapping[str, frozenset[str]]:
    """Small words around a label, by what they do there (see the table)."""
    names = "leads connect employer negation unsaid skipped answers thanks or my this is and".split()
    given = read("label_grammar.yaml", strict.record({one: _words for one in names}, required=tuple(names)))
    return {name: frozenset(some) for name, some in given.items()}


@lru_cache(maxsize=1)
def lookalikes() -> dict[int, str]:
    """A translation table from look-alike letters to the Latin ones."""
    return str.maketrans(read("lookalikes.yaml", strict.mapping(strict.text)))


@lru_cache(maxsize=1)
def common_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words that may be company names too, all frequent ones among them; and those that always have a capital."""
    given = read("common_words.yaml", strict.record({"words": strict.text, "always_capital": strict.text}))
    words = {fold_accents(word) for some in tag_words().values() for word in some}
    return frozenset({*given["words"].split(), *words}), frozenset(given["always_capital"].split())


@lru_cache(maxsize=1)
def work_words() -> frozenset[str]:
    """Words by which a post is taken to be about work, without accents, of all languages together."""
    given = read("work_words.yaml", strict.record({"words": strict.record(dict.fromkeys(LANGUAGES, strict.text))}))
    return frozenset(fold_accents(word) for some in given["words"].values() for word in some.split())


@lru_cache(maxsize=1)
def company_context() -> dict[str, Any]:
    """What stands around a company's name and not around the word that it also is."""
    keys: dict[str, strict.Type] = {"before": _by_language, "place": _by_language}
    lists = ("article", "role", "verb", "title", "behind_place", "toponym", "to_firms", "german_article")
    keys |= dict.fromkeys(lists, _words)
    given = read("company_context.yaml", strict.record(keys, required=tuple(keys)))
    given["before"] = {tuple(phrase_tokens(p)) for some in given["before"].values() for p in some}
    given["place"] = {lang: {tuple(phrase_tokens(p)) for p in some} for lang, some in given["place"].items()}
    given["place"][None] = {tokens for some in given["place"].values() for tokens in some}
    for key in lists:
        given[key] = frozenset(given[key])
    return given


@lru_cache(maxsize=1)
def sayings() -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """What findings say, by language of the panel; and the relationship's sentence for other languages of posts."""
    one = strict.mapping(lambda node, at: node.value)
    given = read("disclosure_words.yaml", strict.record({lang: one for lang in (*UI_LANGUAGES, "sentences")}))
    sentences = {**given.pop("sentences"), **{lang: words["sentence"] for lang, words in given.items()}}
    return given, sentences
