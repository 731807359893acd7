"""Ways of saying: classes of words in an order and with a distance."""

from __future__ import annotations

import pytest

from server.policy import Company, Policy
from server.rules import Engine
from server.rules.word_classes import spelled
from server.strict import StrictError

RULE = """\
kind: ways
category: unsupported_claim
level: warning
message: {en: Found, fr: Trouvé, de: Gefunden}
why: {en: Because., fr: Parce que., de: Darum.}
sources: []
words:
  pet: [cat(s), dog]
  mood: "happy, very sad"
ways: [pet 2 mood]
examples: {flags: [The cat is happy.], passes: [A bird.]}
"""


def found(tmp_path, text, source=RULE, company="Acme"):
    folder = tmp_path / "pets"
    folder.mkdir(exist_ok=True)
    (folder / "mood.yaml").write_text(source, "utf-8")
    findings = Engine(Policy(Company(company)), [folder]).check(text, lang="en").findings
    return [(text[one.start : one.end], one.level) for one in findings if one.rule == "mood"]


def test_endings_are_written_out():
    assert spelled("idiot(s)") == ["idiot", "idiots"]
    assert spelled("dumm(e|er) wie") == ["dumm wie", "dumme wie", "dummer wie"]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("My cats are so happy today.", ["cats are so happy"]),
        ("A dog, very sad.", ["dog, very sad"]),
        ("The cat is here and it is happy.", []),
        ("Here is my cat. Happy days.", []),
        ("I am happy, and so is my cat.", []),
        ("The cat, the dog is happy.", ["dog is happy"]),
    ],
)
def test_order_distance_and_sentence_count(tmp_path, text, marked):
    assert [words for words, _ in found(tmp_path, text)] == marked


def test_a_way_may_have_to_stand_first(tmp_path):
    source = RULE.replace("pet 2 mood", "^pet 2 mood")
    assert found(tmp_path, "Dog is happy.", source)
    assert not found(tmp_path, "The dog is happy.", source)


def test_numbers_people_and_names_are_classes_too(tmp_path):
    source = RULE.replace("[pet 2 mood]", "[pet 2 NUMBER, PERSON 2 mood, COMPANY 1 mood]")
    assert [words for words, _ in found(tmp_path, "My dog is 4.", source)] == ["dog is 4"]
    assert [words for words, _ in found(tmp_path, "We saw that Clara is happy.", source)] == ["Clara is happy"]
    assert [words for words, _ in found(tmp_path, "Here Acme is happy.", source)] == ["Acme is happy"]


def test_the_sentence_may_be_marked_and_the_level_kept_low(tmp_path):
    source = RULE.replace("words:", "marks: sentence\nadvise_without: company\nwords:", 1)
    text = "Well, as I said to them, the cat is happy."
    assert found(tmp_path, text, source) == [(text, "suggestion")]
    named = "Well, as I said at Acme, the cat is happy."
    assert found(tmp_path, named, source) == [(named, "warning")]


def test_an_unknown_class_is_named(tmp_path):
    with pytest.raises(StrictError, match="no class of words"):
        found(tmp_path, "", RULE.replace("pet 2 mood", "pet 2 weather"))


def test_too_many_posts_marks_no_word():
    from server.rules import Context

    policy = Policy(Company("Acme"), cadence_per_week=1)
    findings = Engine(policy).check("Hello there.", context=Context(posts_this_week=1)).findings
    assert [(one.start, one.end) for one in findings if one.category == "cadence"] == [(0, 0)]


def test_a_shared_class_spares_a_draft_where_a_rule_names_it(tmp_path):
    source = RULE + "unless_anywhere: {classes: [mourning]}\n"
    assert found(tmp_path, "The cat is happy. See you soon.", source)
    assert not found(tmp_path, "The cat is happy. Our deepest sympathy.", source)


def test_a_class_that_nobody_knows_is_refused(tmp_path):
    with pytest.raises(StrictError, match="no class of words known here"):
        found(tmp_path, "The cat is happy.", RULE + "unless_anywhere: {classes: [unheard_of]}\n")


def test_words_for_long_drafts_spare_no_short_one(tmp_path):
    source = RULE + "unless_long: {en: [bird]}\n"
    assert found(tmp_path, "The cat is happy. So is the bird.", source)
    assert not found(tmp_path, "The cat is happy. So is the bird." + " Then we sat in the sun for a while." * 6, source)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("advise_with: {en: [novel]}", "The cat is happy, says the novel."),
        ("advise_without: {en: [vet]}", "The cat is happy."),
        ("advise_without: company", "The cat is happy."),
    ],
)
def test_what_is_around_makes_it_a_suggestion(tmp_path, key, text):
    assert [level for _, level in found(tmp_path, text, f"{RULE}{key}\n")] == ["suggestion"]
    other = "Acme: the cat is happy, says the vet."
    assert [level for _, level in found(tmp_path, other, f"{RULE}{key}\n")] == ["warning"]


@pytest.mark.parametrize(
    ("text", "named"), [("We like Oberon most.", True), ("Oberon is fine.", False), ("We like May.", False)]
)
def test_a_word_with_a_capital_within_a_sentence_is_a_class(tmp_path, text, named):
    source = RULE.replace("[pet 2 mood]", "[PROPER]")
    assert bool(found(tmp_path, text, source)) is named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Ottilie from accounts laughed.", True),
        ("Ottilie de la compta rit.", True),
        ("Ottilie from Leeds laughed.", False),
        ("Mrs D. Osei laughed.", True),
    ],
)
def test_someone_is_named_before_where_they_work(tmp_path, text, named):
    source = RULE.replace("[pet 2 mood]", "[PERSON 6 mood]").replace("happy, very sad", "laughed, rit")
    assert bool(found(tmp_path, text, source)) is named
