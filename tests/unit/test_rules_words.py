"""What the rules say to people is set as a printer sets it: apostrophes, and in French spaces that do not break."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from server.policy import NO_POLICY
from server.rules import Engine
from server.rules.disclosure.tables import sayings
from server.rules.model import UI_LANGUAGES

STRAIGHT = re.compile(r"\w'\w")
BREAKS = re.compile(r"« | »| [;!?]|\S :(?:\s|$)")


def said(lang: str) -> Iterator[tuple[str, str]]:
    for rule in Engine(NO_POLICY).rules:
        for words in (rule.message, rule.why, rule.fix):
            if words:
                yield rule.id, words[lang]
    for name, words in sayings()[0][lang].items():
        if name != "sentence":  # goes into the post, as the person would type it
            yield name, words


@pytest.mark.parametrize("lang", UI_LANGUAGES)
def test_apostrophes_are_typographic(lang: str) -> None:
    assert [(where, words) for where, words in said(lang) if STRAIGHT.search(words)] == []


def test_french_signs_stay_with_their_words() -> None:
    assert [(where, words) for where, words in said("fr") if BREAKS.search(words)] == []
