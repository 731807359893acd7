"""What people write by hand is read strictly, and every complaint says where and what."""

from __future__ import annotations

import pytest

from server import strict
from server.strict import StrictError

KIND = strict.record(
    {
        "name": strict.text,
        "rewarded": strict.flag,
        "per_week": strict.whole(1, 50),
        "ask": strict.one_of("confirm", "show", "off"),
        "words": strict.list_of(strict.text),
        "by_lang": strict.mapping(strict.text, strict.matching("[a-z]{2}", "a language of two letters")),
        "url": strict.link,
    },
    required=("name",),
)


def load(source: str) -> object:
    return strict.load(source, "policy.yaml", KIND)


def test_words_stay_words() -> None:
    loaded = load("name: no\nwords: [yes, 1.0, 2026-01-01, null, ~]\nrewarded: true\nper_week: 3")
    assert loaded == {"name": "no", "words": ["yes", "1.0", "2026-01-01", "null", "~"], "rewarded": True, "per_week": 3}


def test_json_is_read_as_well() -> None:
    assert load('{"name": "Zürich", "words": ["a\\u00e9"]}') == {"name": "Zürich", "words": ["aé"]}


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("nmae: x", "policy.yaml:1: nmae: unknown key; did you mean “name”?"),
        ("name: x\nname: y", "policy.yaml:2: name: repeated key; it already stands in line 1"),
        ("rewarded: true", "policy.yaml:1: name: is missing"),
        ("name: x\nrewarded: yes", "policy.yaml:2: rewarded: true or false is wanted, not “yes”"),
        ("name: x\nper_week: many", "policy.yaml:2: per_week: a whole number from 1 to 50 is wanted, not “many”"),
        ("name: x\nask: confrim", "policy.yaml:2: ask: “confrim” is not one of confirm, show, off; did you mean “confirm”?"),
        ("name: x\nwords: alone", "policy.yaml:2: words: a list is wanted here"),
        ("name: x\nwords:\n  - a\n  - [b]", "policy.yaml:4: words[1]: text is wanted here"),
        ("name: x\nwords: ['']", "policy.yaml:2: words[0]: is empty; write a text or leave the key out"),
        ("name: x\nby_lang: {english: y}", "policy.yaml:2: by_lang.english: a language of two letters is wanted, not “english”"),
        ("name: x\nurl: javascript:alert(1)", "policy.yaml:2: url: an address that begins with http:// or https:// is wanted, not “javascript:alert(1)”"),
        ("name: &a x\nwords: [*a]", "policy.yaml:2: aliases (*name) are not read here; write the value out"),
        ("- x", "policy.yaml:1: a mapping of keys to values is wanted here"),
        ("", "policy.yaml: is empty"),
    ],
)
def test_complaint_names_file_line_and_key(source: str, complaint: str) -> None:
    with pytest.raises(StrictError) as caught:
        load(source)
    assert str(caught.value) == complaint


@pytest.mark.parametrize("source", ["a: [", "\x00", "%bad", "[" * 20_000, "{a: " * 20_000, "x" * 6_000_000, "\ud800: 1"])
def test_what_is_no_yaml_is_a_complaint_too(source: str) -> None:
    with pytest.raises(StrictError):
        load(source)
