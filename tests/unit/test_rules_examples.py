"""Every rule's own examples run as tests."""

from __future__ import annotations

import pytest

from server.policy import NO_POLICY, PACKS
from server.rules import Engine
from server.rules.examples import complaints
from server.rules.model import UI_LANGUAGES

RULES = Engine(NO_POLICY).rules


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_examples_are_flagged_or_passed_and_fixes_mend(rule):
    assert list(complaints(rule)) == []


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_a_rule_has_five_examples_of_each(rule):
    assert len(rule.flags) >= 5 and len(rule.passes) >= 5


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_a_rule_speaks_all_languages_of_the_panel(rule):
    for said in (rule.message, rule.why, *([rule.fix] if rule.fix else [])):
        assert set(said) == set(UI_LANGUAGES)
        assert all(text.strip() for text in said.values())


def test_each_pack_has_a_rule_and_each_kind_is_used():
    assert {rule.pack for rule in RULES} == set(PACKS)
    assert {rule.kind for rule in RULES} == {"phrase", "pattern", "ways", "replace", "limit", "require", "python", "weighed"}


def test_ids_are_unique():
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))


def test_the_words_of_the_panel_keep_their_tone():
    forbidden = ("violation", "compliance", "must", "!", "error")
    for rule in RULES:
        for text in (*rule.message.values(), *rule.why.values(), *rule.fix.values()):
            assert not [word for word in forbidden if word in text.lower().split() or word == "!" and "!" in text], text
