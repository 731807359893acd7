"""Suggestions: which items, in which order, in which wording, and why."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server import sourcing
from server.store import Item, Store, Variant
from server.suggest import Person, Suggester, Suggestion, suggest
from server.suggest.words import terms

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SAMPLE = Path(__file__).parents[2] / "server" / "sample" / "programme.yaml"


def ago(**span: float) -> str:
    return (NOW - timedelta(**span)).isoformat().replace("+00:00", "Z")


def later(**span: float) -> str:
    return ago(**{unit: -value for unit, value in span.items()})


def item(title: str, *wordings: tuple[str, str], published: str | None = None, **fields: object) -> Item:
    id = str(uuid.uuid5(uuid.NAMESPACE_URL, title))
    variants = tuple(
        Variant(str(uuid.uuid5(uuid.NAMESPACE_URL, text)), text, lang) for lang, text in wordings or (("en", title),)
    )
    return Item(
        id,
        "s",
        title,
        f"https://x.example/{id}",
        variants=variants,
        published_at=published or ago(days=40),
        **{"lang": "en", **fields},
    )


def titles(found: list[Suggestion]) -> list[str]:
    return [suggestion.item.title for suggestion in found]


@pytest.fixture(scope="module")
def sample() -> Suggester:
    with Store.in_memory() as store:
        sourcing.use(store, str(SAMPLE), now=NOW - timedelta(hours=1))
        return Suggester(store.items())


# An empty draft.


def test_an_empty_draft_gets_fresh_items_first() -> None:
    items = [
        item("Old", published=ago(days=200)),
        item("New", published=ago(hours=2)),
        item("Last week", published=ago(days=5)),
        item("Last month", published=ago(days=20)),
    ]
    for draft in ("", "  \n", "\u200b\u200b", "https://x.example/a?b=c", "…", "the and of"):
        assert titles(suggest(items, draft, now=NOW)) == ["New", "Last week", "Last month", "Old"]


@pytest.mark.parametrize("draft", ["", "spring", "the first day of spring in our harbour"])
def test_what_the_person_shared_or_declined_is_never_suggested(draft: str) -> None:
    items = [item("Spring in the harbour, shared"), item("Spring in the harbour"), item("Spring in the harbour, declined")]
    found, total = Suggester(items).suggest(
        draft, now=NOW, shared_item_ids={items[0].id}, person=Person(declined=frozenset({items[2].id}))
    )
    assert (titles(found), total) == (["Spring in the harbour"], 1)


def test_items_of_one_moment_keep_their_order_and_those_in_the_readers_language_come_first() -> None:
    items = [item("A"), item("B", ("de", "B auf Deutsch")), item("C"), item("D", ("de", "D auf Deutsch"))]
    assert titles(suggest(items, "", now=NOW)) == ["A", "C", "B", "D"]
    assert titles(suggest(items, "", now=NOW, ui_lang="de")) == ["B", "D", "A", "C"]


def test_the_sample_begins_with_what_is_new(sample: Suggester) -> None:
    found, _ = sample.suggest("", now=NOW, limit=3)
    assert len(found) == 3
    assert all(suggestion.item.published_at > ago(days=7) for suggestion in found)


# What may be shown at all.


@pytest.mark.parametrize(
    "fields",
    [
        {"published": later(minutes=1)},
        {"embargo_until": later(minutes=1)},
        {"expires_at": ago(minutes=1)},
        {"expires_at": ago(seconds=0)},
    ],
    ids=["published later", "under embargo", "expired", "expires now"],
)
@pytest.mark.parametrize(
    "draft", ["", "harbour pumps", "We mended the harbour pumps again and the whole street heard nothing"]
)
def test_what_is_not_live_is_never_suggested(fields: dict[str, str], draft: str) -> None:
    hidden, live = item("Harbour pumps", **fields), item("Harbour pumps, part two")
    assert titles(suggest([hidden, live], draft, now=NOW)) == ["Harbour pumps, part two"]


def test_an_index_follows_the_clock() -> None:
    suggester = Suggester(
        [item("Soon", published=ago(days=1), embargo_until=later(hours=1)), item("Ending", expires_at=later(hours=2))]
    )
    seen = [titles(suggester.suggest("", now=NOW + timedelta(hours=hours))[0]) for hours in (0, 1, 2, 0)]
    assert seen == [["Ending"], ["Soon", "Ending"], ["Soon"], ["Ending"]]


def test_nothing_to_suggest_is_an_empty_list() -> None:
    assert suggest([], "", now=NOW) == [] and suggest([], "harbour", now=NOW) == []


def test_at_most_as_many_as_asked_for_and_all_are_counted() -> None:
    suggester = Suggester([item(f"Pump {number}") for number in range(8)])
    for draft in ("", "our new pump station in the harbour"):
        found, total = suggester.suggest(draft, now=NOW, limit=3)
        assert (len(found), total) == (3, 8)


# Fit.


def test_the_item_that_fits_comes_first_however_old() -> None:
    items = [
        item("Open day at the roastery", published=ago(hours=1)),
        item("How containers wait in the harbour", published=ago(days=300)),
    ]
    assert titles(suggest(items, "Yesterday I saw our containers stuck in the harbour", now=NOW)) == [
        "How containers wait in the harbour"
    ]


def test_a_longer_draft_that_nothing_fits_gets_nothing(sample: Suggester) -> None:
    assert sample.suggest("I spent the night with astronomy, telescopes and a borrowed book", now=NOW) == ([], 0)


def test_behind_a_very_short_draft_fresh_items_follow() -> None:
    items = [item("Open day", published=ago(hours=1)), item("Harbour pumps")]
    assert titles(suggest(items, "harbour", now=NOW)) == ["Harbour pumps", "Open day"]
    assert titles(suggest(items, "telescope", now=NOW)) == ["Open day", "Harbour pumps"]


def test_a_title_weighs_more_than_a_mention() -> None:
    items = [item("Weather", summary="A short word on pumps."), item("Pumps", summary="A short word on weather.")]
    assert titles(suggest(items, "pumps", now=NOW))[0] == "Pumps"


def test_among_equal_fits_the_fresh_leads() -> None:
    items = [item("Pump station one"), item("Pump station two", published=ago(hours=2))]
    assert titles(suggest(items, "pump station", now=NOW)) == ["Pump station two", "Pump station one"]


@pytest.mark.parametrize(
    ("draft", "title"),
    [
        ("ROASTING curves, and how a roaster reads them", "What a roast curve tells you in nine minutes"),
        ("Nos conteneurs ont du retard, port après port", "Port delays: why your beans wait in the rain"),
        ("Die alten Mühlen und ihre Mahlscheiben", "Idris and the grinder that outlived two vans"),
        ("Samedi on ouvre les portes de la torrefaction", "Saturday is open day at the roastery"),
        ("Come and work with us: #BaristaJobs", "Barista, Bristol: a second pair of hands for the bar"),
        ("Pfandflasche statt Einweg", "Cold Brew 79 comes in returnable bottles"),
    ],
)
def test_the_sample_is_found_across_case_accents_endings_and_languages(
    sample: Suggester, draft: str, title: str
) -> None:
    found, _ = sample.suggest(draft, now=NOW)
    assert titles(found)[0] == title


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "roast roasts roasted roasting roaster roastery"),
        ("en", "taste tastes tasted tasting"),
        ("en", "plan plans planned planning"),
        ("en", "box boxes"),
        ("fr", "torréfié torréfiée torréfiés torréfier"),
        ("fr", "journal journaux"),
        ("fr", "délai délais"),
        ("de", "Röstung Röstungen rösten"),
        ("de", "Mühle Mühlen"),
        ("de", "Straße Strassen"),
    ],
)
def test_the_forms_of_a_word_are_one_term(lang: str, words: str) -> None:
    assert len(set(terms(words, lang))) == 1


def test_different_words_stay_different() -> None:
    for lang, words in (
        ("en", "port pot pump paper water coffee bus glass red ring"),
        ("fr", "port porc pompe eau cas"),
        ("de", "Hafen Haken Post Wasser"),
    ):
        assert len(set(terms(words, lang))) == len(words.split())


# The wording.


def test_the_wording_is_in_the_drafts_language_else_the_readers_else_the_first() -> None:
    items = [item("Pumpe pompe pump", ("it", "Pompa"), ("en", "A pump"), ("fr", "Une pompe"), ("de", "Eine Pumpe"))]

    def chosen(draft: str, **given: str) -> str:
        return suggest(items, draft, now=NOW, **given)[0].variant.lang

    assert chosen("une pompe dans la rue et sur le port") == "fr"
    assert chosen("eine pumpe und noch eine in der stadt", ui_lang="fr") == "de"
    assert chosen("pump", lang="de") == "de"
    assert chosen("", ui_lang="fr") == "fr"
    assert chosen("pump", lang="nl", ui_lang="de") == "de"
    assert chosen("pump", lang="nl", ui_lang="es") == "it"


def test_an_item_without_any_wording_is_left_out() -> None:
    bare = Item("1", "s", "Harbour", "https://x.example/1", published_at=ago(days=1))
    assert suggest([bare], "harbour", now=NOW) == [] and suggest([bare], "", now=NOW) == []


# Any draft.


@pytest.mark.parametrize(
    "draft",
    [
        "a" * 100_000,
        "harbour pumps " * 8_000,
        "\ud800\udfff" * 500 + " harbour",
        "h\u200barb\u200bour pumps",
        "#" * 1_000,
        "\x00\x01",
        "١٢٣ 漢字 кофе",
    ],
)
def test_no_draft_breaks_it(sample: Suggester, draft: str) -> None:
    for suggestion in [*sample.suggest(draft, now=NOW)[0], *suggest([item("Harbour pumps")], draft, now=NOW)]:
        suggestion.reason.encode("utf-8")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_answered_with_live_items_and_readable_reasons(draft: str) -> None:
    items = [
        item("Harbour pumps and cranes"),
        item("Café crème à Brême", ("fr", "Un café"), lang="fr"),
        item("0 1 2 3"),
    ]
    found = suggest(items, draft, now=NOW)
    assert len(found) <= 3
    assert all(suggestion.reason and suggestion.variant in suggestion.item.variants for suggestion in found)


def test_the_same_question_has_the_same_answer() -> None:
    items = [item(f"Pump {number} of the harbour", published=ago(days=number % 9)) for number in range(300)]
    first = titles(suggest(items, "the harbour and its pump", now=NOW, limit=50))
    assert first == titles(Suggester(items).suggest("the harbour and its pump", now=NOW, limit=50)[0])


def test_the_bound_on_the_work_keeps_the_best() -> None:
    common = [item(f"Pump in the harbour, number {number}") for number in range(400)]
    suggester = Suggester([*common, item("Sluice of the harbour")])
    draft = "the sluice beside our pump in the harbour"
    assert titles(suggester.suggest(draft, now=NOW, most_places=10)[0])[0] == "Sluice of the harbour"
