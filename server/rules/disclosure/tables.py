"""The tables of the disclosure check, read strictly and compiled once: labels by jurisdiction, ways of speaking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from server import strict
from server.policy import JURISDICTIONS
from server.rules.model import LANGUAGES, UI_LANGUAGES
from server.rules.prepare import fold_accents, phrase_tokens

FOLDER = Path(__file__).parent.parent / "tables"
GRADES = ("accepted", "doubtful", "contested", "weak")

_words = strict.list_of(strict.text)
_by_language = strict.record({lang: _words for lang in LANGUAGES})
_words_by_name = strict.record({lang: strict.mapping(strict.text) for lang in LANGUAGES}, required=LANGUAGES)
_in_words = strict.record({lang: strict.text for lang in UI_LANGUAGES}, required=UI_LANGUAGES)
_grades = strict.record({grade: _words for grade in GRADES})


class Entry(NamedTuple):
    """How a jurisdiction takes one wording: its grade, and whether it is a plain word for advertising anywhere."""

    grade: str
    written: str


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
    """The wordings that one jurisdiction knows in posts of one language.

    `words`: folded tokens → Entry. `first`: the first tokens of these, with the longest length. `tags`: the same
    without spaces. `before` and `after`: tokens that stand right before (or after) the company's name.
    """

    words: Mapping[tuple[str, ...], Entry]
    first: Mapping[str, int]
    tags: Mapping[str, Entry]
    before: Mapping[tuple[str, ...], Entry]
    after: Mapping[tuple[str, ...], Entry]
    with_company: Mapping[str, str]


def _read(name: str, schema: strict.Type) -> Any:
    path = FOLDER / name
    return strict.load(path.read_text("utf-8"), f"tables/{name}", schema)


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
    given = _read(f"labels/{id}.yaml", strict.record(keys, required=tuple(keys)))
    given["languages"], given["sources"] = tuple(given["languages"]), tuple(given["sources"])
    return Jurisdiction(id=id, **given)


@lru_cache(maxsize=1)
def plain() -> dict[str, dict[str, Any]]:
    """By language: `put`, what a fix writes first, and `accepted`, the plain words for advertising."""
    one = strict.record({"put": lambda node, at: node.value, "accepted": _words}, required=("put", "accepted"))
    return _read("plain.yaml", strict.record({lang: one for lang in LANGUAGES}, required=LANGUAGES))


@lru_cache(maxsize=None)
def labels(id: str, lang: str | None) -> Labels:
    """What counts in jurisdiction `id` for a post in `lang` (None: any language's plain word counts).

    A jurisdiction's own words for the language of the post come last and so win. The national words count in
    every language, the national objections only in their own.
    """
    table = jurisdiction(id)
    entries: dict[str, Entry] = {}

    def take(words: list[str], grade: str) -> None:
        for written in words:
            key = " ".join(word if word == "X" else fold_accents(word.lower()) for word in written.split())
            entries[key] = Entry(grade, written)

    for language in (lang,) if lang else LANGUAGES:
        take(plain()[language]["accepted"], "accepted")
    for language in table.languages:
        if language != lang:
            for grade in ("doubtful", "accepted"):
                take(table.labels.get(language, {}).get(grade, []), grade)
    for language in ("any", lang or (table.languages[0] if table.languages else "en")):
        for grade in ("weak", "contested", "doubtful", "accepted"):
            take(table.labels.get(language, {}).get(grade, []), grade)
    return _compiled(entries, table)


def national_label(table: Jurisdiction, lang: str | None, jurisdictions: tuple[str, ...]) -> str | None:
    """What a fix would write in the national language, for a post in a language of none of the jurisdictions."""
    if lang is None or not table.languages or any(lang in jurisdiction(where).languages for where in jurisdictions):
        return None
    return plain()[table.languages[0]]["put"]


def is_national(table: Jurisdiction, key: str) -> bool:
    """Whether a label (its letters alone) is one of the country's own language."""
    known = (labels(table.id, language).tags.get(key) for language in table.languages)
    return any(entry is not None and entry.grade in ("accepted", "doubtful") for entry in known)


def _compiled(entries: dict[str, Entry], table: Jurisdiction) -> Labels:
    words: dict[tuple[str, ...], Entry] = {}
    before: dict[tuple[str, ...], Entry] = {}
    after: dict[tuple[str, ...], Entry] = {}
    for key, entry in entries.items():
        if key.endswith(" X"):
            before[tuple(phrase_tokens(key[:-2].lower()))] = entry
        elif key.startswith("X "):
            after[tuple(phrase_tokens(key[2:].lower()))] = entry
        else:
            words[tuple(phrase_tokens(key))] = entry
    first: dict[str, int] = {}
    for tokens in words:
        first[tokens[0]] = max(first.get(tokens[0], 0), len(tokens))
    tags = {"".join(tokens): entry for tokens, entry in words.items()}
    fused = {
        fold_accents(word.replace(" ", "")): grade for grade in GRADES for word in table.with_company.get(grade, [])
    }
    return Labels(words, first, tags, before, after, fused)


@lru_cache(maxsize=1)
def promotion() -> dict[str, dict[str, list[str]]]:
    """Ways to promote and ways not to: action, contact, offer, launch, praise, quiet, … → language → phrases."""
    names = ("action", "contact", "offer", "launch", "praise", "quiet", "sober", "passing", "earn")
    return _read("promotion.yaml", strict.record({name: _by_language for name in names}, required=names))


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
    return _read("relationship.yaml", strict.record(keys, required=tuple(keys)))


@lru_cache(maxsize=1)
def ties() -> dict[str, dict[str, str]]:
    """By language, the words by which the grammar of a sentence ties its speaker to the company."""
    return _read("ties.yaml", _words_by_name)


@lru_cache(maxsize=1)
def asking() -> dict[str, dict[str, str]]:
    """By language, the words and endings that ask a reader for something."""
    return _read("asking.yaml", _words_by_name)


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
    return _read("denials.yaml", strict.record({"phrases": _by_language, "tags": _words}, required=("phrases", "tags")))


@lru_cache(maxsize=None)
def grammar(name: str) -> frozenset[str]:
    """Small words around a label: leads, connect, employer, negation, unsaid, skipped."""
    names = ("leads", "connect", "employer", "negation", "unsaid", "skipped")
    given = _read("label_grammar.yaml", strict.record({one: _words for one in names}, required=names))
    return frozenset(given[name])


@lru_cache(maxsize=1)
def lookalikes() -> dict[int, str]:
    """A translation table from look-alike letters to the Latin ones."""
    return str.maketrans(_read("lookalikes.yaml", strict.mapping(strict.text)))


@lru_cache(maxsize=1)
def common_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words that may be company names too, all frequent ones among them; and those that always have a capital."""
    given = _read("common_words.yaml", strict.record({"words": strict.text, "always_capital": strict.text}))
    frequent = _read("tag_words.yaml", strict.mapping(strict.text))
    words = {fold_accents(word) for some in frequent.values() for word in some.split()}
    return frozenset({*given["words"].split(), *words}), frozenset(given["always_capital"].split())


@lru_cache(maxsize=1)
def company_context() -> dict[str, Any]:
    """What stands around a company's name and not around the word that it also is."""
    keys: dict[str, strict.Type] = {"before": _by_language, "place": _by_language}
    lists = ("article", "role", "verb", "title", "behind_place", "toponym", "to_firms", "german_article")
    keys |= dict.fromkeys(lists, _words)
    given = _read("company_context.yaml", strict.record(keys, required=tuple(keys)))
    given["before"] = {tuple(phrase_tokens(p)) for some in given["before"].values() for p in some}
    given["place"] = {tuple(phrase_tokens(p)) for some in given["place"].values() for p in some}
    for key in lists:
        given[key] = frozenset(given[key])
    return given


@lru_cache(maxsize=1)
def sayings() -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """What findings say, by language of the panel; and the relationship's sentence for other languages of posts."""
    one = strict.mapping(lambda node, at: node.value)
    given = _read("disclosure_words.yaml", strict.record({lang: one for lang in (*UI_LANGUAGES, "sentences")}))
    sentences = {**given.pop("sentences"), **{lang: words["sentence"] for lang, words in given.items()}}
    return given, sentences
