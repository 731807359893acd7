"""The scanner finds exactly the phrases that stand in a draft, whatever the phrases have in common."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from server.rules.prepare import phrase_tokens, prepare
from server.rules.scan import Scanner

WORDS = st.lists(st.sampled_from(["a", "b", "ab", "ba", "é", "-"]), min_size=1, max_size=4).map(" ".join)
PHRASES = st.lists(st.tuples(st.sampled_from(["", "", "*"]), WORDS, st.sampled_from(["", "", "*"])), max_size=8)
TEXTS = st.lists(st.sampled_from(["a", "b", "ab", "ba", "é", "-", "\n"]), max_size=12).map(" ".join)


def stands(phrase: str, words: list[str]) -> bool:
    """Whether a phrase with its asterisks stands for these words."""
    tokens = phrase_tokens(phrase.strip("*"))
    if len(tokens) != len(words) or list(tokens[1:-1]) != words[1:-1]:
        return False
    begins, ends = phrase.startswith("*"), phrase.endswith("*")
    if len(words) == 1 and begins and ends:
        return tokens[0] in words[0]
    first = words[0].endswith(tokens[0]) if begins else words[0] == tokens[0]
    last = words[-1].startswith(tokens[-1]) if ends else words[-1] == tokens[-1]
    if len(words) == 1:
        return first if begins else last
    return first and last


@settings(max_examples=300, deadline=None)
@given(PHRASES, TEXTS)
def test_each_phrase_is_found_wherever_it_stands_and_nowhere_else(parts: list[tuple[str, str, str]], text: str) -> None:
    phrases, scanner, draft = ["".join(part) for part in parts], Scanner(), prepare(text)
    slots = [scanner.slot({None: [phrase]}) for phrase in phrases]
    scanner.warm()
    found = scanner.phrases_in(draft, "en")
    for slot, phrase in zip(slots, phrases, strict=True):
        length = len(phrase_tokens(phrase.strip("*")))
        there = [(at, at + length - 1) for at in range(len(draft.words) - length + 1)
                 if stands(phrase, draft.words[at : at + length])]  # fmt: skip
        assert [(hit.first, hit.last) for hit in found.get(slot, [])] == there


def test_of_phrases_that_end_together_a_list_tells_the_longest() -> None:
    scanner = Scanner()
    slot = scanner.slot({"en": ["roast", "our roast", "our roast is in"]})
    scanner.warm()
    hits = scanner.phrases_in(prepare("Yes, our roast is in."), "en")[slot]
    assert [(hit.first, hit.last) for hit in hits] == [(2, 3), (2, 5)]


def test_lists_that_hold_the_same_phrases_share_a_slot_and_others_do_not() -> None:
    scanner = Scanner()
    same = [scanner.slot({"en": ["roast", "beans"]}) for _ in range(2)]
    others = [scanner.slot({"fr": ["roast", "beans"]}), scanner.slot({"en": ["roast"]}), scanner.slot(), scanner.slot()]
    assert len({*same, *others}) == 5
    scanner.warm()
    found = scanner.phrases_in(prepare("roast beans"), "en")
    assert {slot: len(hits) for slot, hits in found.items()} == {same[0]: 2, others[1]: 1}


def test_where_the_language_is_unknown_a_phrase_of_several_is_told_once() -> None:
    scanner = Scanner()
    slot = scanner.slot({"en": ["budget", "the budget"], "fr": ["budget"], None: ["budget"]})
    scanner.warm()
    hits = scanner.phrases_in(prepare("Oh, the budget"), None)[slot]
    assert [(hit.first, hit.last) for hit in hits] == [(2, 3)]


def test_phrases_of_another_language_and_payloads_keep_apart() -> None:
    scanner = Scanner()
    slot = scanner.slot()
    scanner.add(slot, "chat", "fr", "cat")
    scanner.add(slot, "chat", "en", "talk")
    scanner.add(slot, "chat noir", "fr", "black cat")
    scanner.warm()
    draft = prepare("un chat noir")

    def payloads(lang: str | None) -> list[str]:
        return [hit.payload for hit in scanner.phrases_in(draft, lang).get(slot, [])]

    assert payloads("en") == ["talk"]
    assert payloads("fr") == ["cat", "black cat"]
    assert payloads("de") == []
    assert payloads(None) == ["cat", "talk", "black cat"]
