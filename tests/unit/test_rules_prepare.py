"""A draft is made ready once, and every span leads back to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.rules.fold import fold, in_view
from server.rules.language import detect
from server.rules.offsets import utf16_index
from server.rules.own_words import own_words
from server.rules.prepare import phrase_tokens, prepare


def quoted(text, word):
    """The piece of the draft that a token came from."""
    draft = prepare(text)
    token = draft.words.index(word)
    start, end = draft.token_span(token, token)
    return text[start:end]


@pytest.mark.parametrize(
    ("text", "word", "source"),
    [
        ("Plain words here", "words", "words"),
        ("＃ａｄ wide", "ad", "ａｄ"),
        ("𝗔𝗱: bold", "ad", "𝗔𝗱"),
        ("#a\u200bd hidden", "ad", "a\u200bd"),
        ("cafe\u0301 au lait", "café", "cafe\u0301"),
        ("wait… what", "what", "what"),
        ("soft\u00adhyphen", "softhyphen", "soft\u00adhyphen"),
        ("🚀 launch", "launch", "launch"),
        ("İstanbul now", "now", "now"),
    ],
)
def test_tokens_lead_back_to_the_draft(text, word, source):
    assert quoted(text, word) == source


def test_elisions_possessives_and_per_cent_are_cut_alike():
    assert prepare("l’offre d'été").words == ["l", "'", "offre", "d", "'", "été"]
    assert prepare("Nimbus’s 100% and 100 %").joined == " nimbus ' s 100 % and 100 % "


def test_hashtags_are_found_with_their_words():
    draft = prepare("Go #Coffee #b2 # not #, but C# no")
    assert [body for _, _, body in draft.tags] == ["coffee", "b2"]


def test_sentences_end_at_marks_before_spaces_and_at_new_lines():
    draft = prepare("Version 2.0 is out. Try it!\nNew line")
    assert len(draft.sentences) == 3
    assert [draft.words[begin] for begin, _ in draft.sentences] == ["version", "try", "new"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The coffee is on the table and it is for you.", "en"),
        ("Le café est sur la table, il est pour vous.", "fr"),
        ("Der Kaffee steht auf dem Tisch und ist für euch.", "de"),
        ("El café está en la mesa y es para vosotros.", "es"),
        ("Il caffè è sul tavolo ed è per voi.", "it"),
        ("De koffie staat op de tafel en is voor jullie.", "nl"),
        ("🚀🚀", None),
        ("", None),
    ],
)
def test_language_is_a_vote_of_small_words(text, lang):
    assert detect(prepare(text)) == lang


def test_a_german_noun_makes_no_name_of_the_word_before_it():
    likely = ("de", "fr", "es", "it", "nl", "en")
    assert detect(prepare("Unser Tee heilt Kopfschmerzen in Minuten."), likely) == "de"
    assert detect(prepare("Die Zeit is a newspaper."), likely) == "en"


def test_equal_votes_go_to_the_likely_language():
    assert detect(prepare("die"), ("en", "de")) == detect(prepare("die"), ("de",)) == "de"


def test_the_fold_counts_characters_and_lines():
    assert fold("short").mobile is None and fold("short").desktop is None
    assert fold("a" * 139).mobile is None
    assert fold("a" * 300).mobile == 140 and fold("a" * 300).desktop == 210
    blank = "One\n\n\n\nTwo lines later, below the fold"
    assert fold(blank).mobile is not None and fold(blank).mobile < blank.index("Two")


def test_a_label_on_the_last_line_of_a_short_post_is_in_view():
    text = "Finch Roast is back.\n\n#ad"
    assert in_view(text, text.index("#ad"), fold(text).mobile)
    long = "Finch Roast is back.\n\n#ad" + "\nmore" * 20
    assert not in_view(long, long.index("#ad"), fold(long).mobile)


def test_utf16_offsets_count_emoji_twice_and_surrogates_once():
    at = utf16_index("a🚀b\ud800c")
    assert [at(i) for i in range(6)] == [0, 1, 3, 4, 5, 6]


def test_own_words_is_what_is_not_in_runs_of_four():
    variant = "Finch Roast is back on the shelves today"
    assert own_words(variant, variant) == 0.0
    assert own_words("#ad " + variant + " #coffee https://a.example/x", variant) == 0.0
    assert own_words("Entirely my own words here", variant) == 1.0
    assert own_words("I say: finch roast is back. So there, really", variant) == pytest.approx(1 - 4 / 9, abs=1e-3)
    assert own_words("finch roast is", variant) == 1.0  # a run of three is chance
    assert own_words("anything", None) is None
    assert own_words("#ad #coffee", variant) is None
    assert own_words(" [ #ad ] " + variant, variant) == 0.0
    # The label is looked for in one pass: by any other way this would take minutes.
    assert own_words(" " * 100_000 + variant, variant) == 0.0


@given(st.text(st.one_of(st.characters(max_codepoint=0x17F), st.sampled_from("’`ﬁ…\u0301"))))
def test_a_phrase_is_cut_as_a_draft_is(phrase: str) -> None:
    assert list(phrase_tokens(phrase)) == prepare(phrase).words
