"""Policies are read strictly; what is left out has its default."""

from __future__ import annotations

import pytest

from server.policy import NO_POLICY, PACKS, Company, Policy, load_policy, policy_from_json
from server.strict import StrictError

FULL = """\
company:
  name: Cobalt & Finch
  aliases: [Cobalt and Finch, C&F]
  handles: ["@cobaltandfinch", "#CobaltAndFinch"]
  domains: [cobaltfinch.example]
  products: [Finch Roast, Cold Brew 79]
  competitors: [Globex Coffee]
jurisdictions: [uk, fr]
rewarded: true
confidential: [Project Heron]
cadence: {per_week: 3}
ask: {required: show, warning: off}
packs: [disclosure, respect]
"""


def test_a_full_policy_is_read_as_written():
    policy = load_policy(FULL, "policy.yaml")
    assert policy.company == Company(
        "Cobalt & Finch",
        ("Cobalt and Finch", "C&F"),
        ("@cobaltandfinch", "#CobaltAndFinch"),
        ("cobaltfinch.example",),
        ("Finch Roast", "Cold Brew 79"),
        ("Globex Coffee",),
    )
    assert policy.jurisdictions == ("uk", "fr")
    assert policy.rewarded is True
    assert policy.confidential == ("Project Heron",)
    assert policy.cadence_per_week == 3
    assert dict(policy.ask) == {"required": "show", "warning": "off", "suggestion": "show"}
    assert policy.packs == ("disclosure", "respect")


def test_what_is_left_out_has_its_default():
    policy = load_policy("company: {name: Acme}", "p")
    assert policy == Policy(company=Company("Acme"))
    assert policy.jurisdictions == ("eu",) and policy.packs == PACKS and policy.rewarded is False
    assert dict(policy.ask) == {"required": "confirm", "warning": "show", "suggestion": "show"}


def test_no_policy_has_the_packs_and_no_company():
    assert NO_POLICY.company is None and NO_POLICY.packs == PACKS


def test_json_is_read_like_yaml():
    given = {
        "company": {"name": "Acme", "products": ["Router \U0001f680"]},
        "rewarded": True,
        "cadence": {"per_week": 2},
    }
    policy = policy_from_json(given)
    assert policy.company.products == ("Router \U0001f680",)
    assert policy.rewarded is True and policy.cadence_per_week == 2


@pytest.mark.parametrize(
    ("source", "line", "key", "says"),
    [
        ("company: {name: A}\nrewards: true", 2, "rewards", "rewarded"),
        ("company:\n  name: A\n  name: B", 3, "company.name", "repeated"),
        ("rewarded: yes", 1, "rewarded", "true or false"),
        ("jurisdictions: [uk, no]", 1, "jurisdictions[1]", "no"),
        ("jurisdictions: uk", 1, "jurisdictions", "list"),
        ("jurisdictions: []", 1, "jurisdictions", "at least 1"),
        ("company: {aliases: [A]}", 1, "company.name", "missing"),
        ("company: {name: A, handles: [acme]}", 1, "company.handles[0]", "@ or #"),
        ("company: {name: A, domains: ['http://a.example']}", 1, "company.domains[0]", "domain"),
        ("cadence: {per_week: lots}", 1, "cadence.per_week", "whole number"),
        ("cadence: 3", 1, "cadence", "mapping"),
        ("cadence: {rest_days: 0}", 1, "cadence.rest_days", "whole number"),
        ("ask: {required: never}", 1, "ask.required", "confirm"),
        ("packs: [disclosure, manners]", 1, "packs[1]", "manners"),
        ("- a\n- b", 1, "", "mapping"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_key(source, line, key, says):
    with pytest.raises(StrictError) as caught:
        load_policy(source, "programme.yaml")
    assert (caught.value.file, caught.value.line, caught.value.key) == ("programme.yaml", line, key)
    assert says in str(caught.value)


def test_json_mistakes_are_refused_too():
    with pytest.raises(StrictError):
        policy_from_json({"company": {"name": "A"}, "rewarded": "yes"})
    with pytest.raises(StrictError):
        policy_from_json({"jurisdictions": ["moon"]})


def test_json_from_other_programs_is_read_with_its_escapes():
    policy = load_policy('{"company": {"name": "Caf\\u00e9 \\ud83d\\ude80", "aliases": ["a\\\\b"]}}', "policy.json")
    assert policy.company.name == "Café \U0001f680" and policy.company.aliases == ("a\\b",)


def test_half_a_character_is_refused():
    with pytest.raises(StrictError, match="surrogate"):
        policy_from_json({"company": {"name": "A\ud800"}})
