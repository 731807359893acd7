"""Ways of saying: classes of words in an order and with a distance."""

from __future__ import annotations

import pytest

from server.policy import Company, Policy
from server.rules import Engine
from server.rules.ways import spelled
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
