"""The charter is made from policy and rules in force, in three languages, and keeps the company's words to itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from server.charter import Charter, build, good, labels_to_begin_with, new_rules
from server.charter.build import _examples, _hushed
from server.company_packs import engine as engine_with
from server.policy import NO_POLICY, PACKS, Policy, policy_from_json
from server.rules import Engine
from server.rules.examples import SAMPLE
from server.rules.model import Example
from server.web.charter import alone
from server.words import ALL

LANGUAGES = ("en", "fr", "de")
ENGINE = Engine(policy_from_json(SAMPLE))
CHARTERS = {
    language: build(
        ENGINE, ALL[language], languages=LANGUAGES, since="2026-11-20T09:00:00Z", contact="ask@cobaltfinch.example"
    )
    for language in LANGUAGES
}
OWN = """\
kind: phrase
category: authenticity
level: required
message: {en: Our own rule, fr: Notre règle, de: Unsere Regel}
why: {en: Because we said so., fr: Nous l’avons dit., de: So haben wir es gesagt.}
sources: []
phrases: [synergy]
examples: {flags: [What a synergy.], passes: [What a day.]}
"""


def squashed(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_holds_every_rule_in_force_once_apart_by_what_is_asked_and_what_is_advised(language: str) -> None:
    charter = CHARTERS[language]
    asked = [clause for part in charter.parts for clause in part.asked]
    advised = [clause for part in charter.parts for clause in part.advised]
    assert sorted(clause.id for clause in (*asked, *advised)) == sorted(rule.id for rule in ENGINE.rules)
    assert {clause.level for clause in asked} == {"required"} and "required" not in {each.level for each in advised}
    assert [part.pack for part in charter.parts] == list(PACKS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shown_as_right_is_never_told_off(language: str) -> None:
    for part in CHARTERS[language].parts:
        for clause in (*part.asked, *part.advised):
            if clause.like:
                found = ENGINE.check(clause.like.text, lang=clause.like.lang).findings
                assert not [each for each in found if each.level != "suggestion"], (clause.id, clause.like.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_as_good_is_good(language: str) -> None:
    assert good().keys() <= {rule.id for rule in ENGINE.rules}
    for rule, said in good().items():
        found = ENGINE.check(said[language], lang=language).findings
        assert not [each for each in found if each.level != "suggestion" or each.rule == rule], said[language]
        assert "'" not in said[language]


def test_a_fix_that_writes_something_shows_what_is_right() -> None:
    disclosure = next(part for part in CHARTERS["en"].parts if part.pack == "disclosure")
    clause = disclosure.asked[0]
    assert clause.like and clause.not_like
    assert clause.like.text.startswith("#ad ") and clause.not_like.text in clause.like.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_says_all_that_a_charter_says_and_needs_nothing_from_outside(language: str) -> None:
    html, t = alone(CHARTERS[language], language), ALL[language]
    assert f'<html lang="{language}">' in html and html.count("<h1") == 1
    for name in ("conduct_title", "doubt_title", "sees_title", "kinds_1", "free", "asked", "advised", "sees_not_5"):
        assert str(t(f"charter.{name}")) in html
    for pack in PACKS:
        assert f'id="{pack}"' in html
    assert "<script" not in html and "<link" not in html and "<img" not in html
    assert not re.search(r"@import|url\(|\bsrc=", html)
    assert not re.search(r"\{\w+\}", html.split("</style>")[1])
    # What leads elsewhere is a source that a person may follow, and nothing that a browser fetches.
    for tag in re.findall(r'<[^>]*https?://[^>]*>', html):
        assert tag.startswith('<a class="link"')


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_confidential_word_is_printed(language: str) -> None:
    html = alone(CHARTERS[language], language)
    assert squashed("Project Heron") not in squashed(html)
    assert str(ALL[language]("charter_policy.confidential")) in html


def test_a_companys_own_pack_has_its_part_with_its_own_examples() -> None:
    engine = engine_with(policy_from_json(SAMPLE), {"house-style": {"own-rule": OWN}})
    part = build(engine, ALL["fr"]).parts[-1]
    assert (part.pack, part.title) == ("house-style", "House style")
    clause = part.asked[0]
    assert (clause.message, clause.like and clause.like.text) == ("Notre règle", "What a day.")


def test_a_level_that_the_policy_switches_off_is_left_out() -> None:
    charter = build(Engine(policy_from_json({**SAMPLE, "ask": {"suggestion": "off"}})), ALL["en"])
    assert "suggestion" not in {clause.level for part in charter.parts for clause in part.advised}


def test_without_a_policy_there_is_a_charter_too() -> None:
    charter: Charter = build(Engine(NO_POLICY), ALL["de"])
    assert charter.company is None and charter.since is None and charter.parts
    assert "United Kingdom" not in alone(charter, "de")


def test_labels_to_begin_with_are_owed_only_where_sharing_is_rewarded() -> None:
    t = ALL["en"]
    assert labels_to_begin_with(policy_from_json(SAMPLE), ("en",), t) == ["#ad"]
    assert len(labels_to_begin_with(policy_from_json({**SAMPLE, "jurisdictions": ["uk", "de"]}), ("en",), t)) >= 2
    assert labels_to_begin_with(policy_from_json({**SAMPLE, "rewarded": False}), ("en",), t) == []
    assert labels_to_begin_with(NO_POLICY, ("en",), t) == []


def test_new_rules_are_those_not_known_firmest_first() -> None:
    known = [rule.id for rule in ENGINE.rules if rule.id not in ("undisclosed-interest", "hashtag-wall")]
    first, second = new_rules(ENGINE, known, "en")
    assert first == next(rule for rule in ENGINE.rules if rule.id == "undisclosed-interest").message["en"]
    assert second == "… hashtags in one post"
    assert new_rules(ENGINE, [rule.id for rule in ENGINE.rules], "de") == []


def test_an_example_never_holds_a_confidential_word() -> None:
    policy = policy_from_json({"confidential": ["Project Heron"]})
    told = Example("We call it something else.", "en")
    kept = [Example(f"We call it {word}.", "en") for word in (
        "PROJECT HERON", "#ProjectHeron", "project-heron", "project\nheron",
    )]
    assert _examples((*kept, told), policy, "en") == [told]
    assert _hushed("About project heron", policy) == "About …"
    short = policy_from_json({"confidential": ["Era"]})
    assert _hushed("The camera of an era", short) == "The camera of an …"


def test_an_example_is_true_where_the_readers_are_and_then_in_the_readers_language() -> None:
    french = Example(
        "Nous avons goûté le café de la maison et nous vous le conseillons.", policy={"jurisdictions": ["fr"]},
    )
    english = Example("This is the coffee of the house and you should try it.")
    france, uk = policy_from_json({"jurisdictions": ["fr"]}), policy_from_json({"jurisdictions": ["uk"]})

    def chosen(policy: Policy, language: str) -> str:
        example = _examples((english, french), policy, language)[0]
        return f"{example.lang} {example.text}"

    assert chosen(france, "fr") == f"fr {french.text}"
    assert chosen(france, "en") == f"en {english.text}"
    assert chosen(uk, "fr") == f"en {english.text}"


def test_the_charter_knows_neither_store_nor_web() -> None:
    for path in (Path(__file__).parents[2] / "server" / "charter").glob("*.py"):
        assert not re.search(r"from server\.(?:store|web|api|companion)\b|import flask", path.read_text("utf-8"))
