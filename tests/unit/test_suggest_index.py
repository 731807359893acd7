"""The index: new items are added to it alone, and words written as one are taken apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

import server.suggest.index
from server.suggest import Suggester, suggest
from server.suggest.words import compound, split
from tests.unit.test_suggest import NOW, ago, item, later, titles

DRAFTS = ("", "pump", "our loud pump by the harbour wall", "the sluice beside the harbour")


def answers(suggester: Suggester) -> list[list[str]]:
    return [sorted(titles(suggester.suggest(draft, now=NOW, limit=100)[0])) for draft in DRAFTS]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that is indexed from now on."""
    texts: list[str] = []
    terms = server.suggest.index.terms
    monkeypatch.setattr("server.suggest.index.terms", lambda text, lang: texts.append(text) or terms(text, lang))
    return texts


def test_adding_an_item_indexes_that_item_alone(read: list[str]) -> None:
    items = [item(f"Pump {number}") for number in range(50)]
    before = Suggester(items)
    read.clear()
    sluice = item("Sluice of the harbour")
    after = before.updated([*items, sluice])
    assert set(filter(None, read)) == {"Sluice of the harbour"}
    assert titles(after.suggest("the sluice", now=NOW)[0])[0] == "Sluice of the harbour"
    assert "Sluice of the harbour" not in titles(before.suggest("the sluice", now=NOW, limit=100)[0])


def test_an_updated_index_answers_as_a_new_one_does() -> None:
    items = [item(f"Pump {number} of the harbour", published=ago(days=number), topics=("Pumps",)) for number in range(40)]
    changed = [
        replace(items[0], title="Wall of the harbour"),
        *items[2:30],
        replace(items[30], shelved=True),
        replace(items[31], expires_at=ago(days=1)),
        replace(items[32], embargo_until=later(days=1)),
        item("Sluice of the harbour"),
    ]
    updated = Suggester(items).updated(changed)
    assert answers(updated) == answers(Suggester(changed))
    assert answers(updated.updated(items)) == answers(Suggester(items))
    assert answers(updated.updated([])) == [[], [], [], []]


def test_an_index_does_not_grow_for_ever() -> None:
    suggester = Suggester([item("Pump")])
    for number in range(50):
        suggester = suggester.updated([item(f"Pump {number}")])
    assert len(suggester._items) <= 3


def test_several_voices_that_say_the_same_count_once() -> None:
    nine = [("en", f"The pump runs {number}") for number in range(1, 10)]
    items = [item("Harbour", nine[0]), item("Harbours", *nine)]
    assert titles(suggest(items, "a pump", now=NOW)) == ["Harbour", "Harbours"]


# Words written as one.


@pytest.mark.parametrize(
    ("draft", "title"),
    [
        ("Proud of this #HarbourPumps moment", "Pumps of the harbour"),
        ("Proud of this #harbourpumps moment", "Pumps of the harbour"),
        ("Well done @HarbourPumps today, that was quick", "Pumps of the harbour"),
        ("Unsere Hafenpumpe läuft wieder", "Die Pumpe im Hafen"),
        ("Eine Lieferungsverspätung nach der anderen", "Verspätung der Lieferung"),
        ("Die Flasche ist zurück", "Neue Pfandflaschen"),
    ],
)
def test_hashtags_handles_and_compounds_find_their_parts(draft: str, title: str) -> None:
    german = item(title, ("de", title), lang="de")
    english = item(title, lang="en")
    others = [item("Pfand und Glas", lang="de"), item("Eine Flasche aus Glas", lang="de"), item("Tea in the hall")]
    right = english if title.startswith("Pumps") else german
    found = titles(suggest([*others, right], draft, now=NOW))
    assert title in found


def test_only_known_words_are_taken_apart() -> None:
    known = {"hafen", "pumpe", "lieferung", "verspatung", "harbour", "pump"}.__contains__
    assert compound("hafenpumpe", known) == ("hafen", "pumpe")
    assert compound("lieferungsverspatung", known) == ("lieferung", "verspatung")
    assert compound("hafenlieferungsverspatung", known) == ("hafen", "lieferung", "verspatung")
    assert compound("hafenmeister", known) == ()
    assert split("harbourpump", known, least=3) == ("harbour", "pump")
    assert split("harbour", known, least=3) == ()
    assert compound("a" * 3_000, known) == ()


def test_the_language_of_an_item_that_says_none_is_read_from_it() -> None:
    bare = item("Nos torréfactions et les délais dans le port", lang=None)
    assert titles(suggest([bare], "un délai de torréfaction", now=NOW)) == [bare.title]
