"""Suggestions for one person: what they chose, what they declined, the programme's mix, and wordings dealt to them."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import replace

import pytest

from server.store import Preferences, Variant
from server.suggest import Person, Suggester, suggest
from server.suggest.person import resting_topics
from tests.unit.test_suggest import NOW, ago, item, titles

MIX = {"brand": 40, "employer_brand": 30, "industry": 20, "employee": 10}


def declined(*days: float, topics: tuple[str, ...] = ("Logistics",)) -> list[dict[str, object]]:
    return [{"item_id": str(uuid.uuid4()), "at": ago(days=day), "topics": list(topics)} for day in days]


# Topics, role, region.


def test_a_followed_topic_comes_before_what_is_somewhat_newer_and_says_so() -> None:
    items = [item("Beans", published=ago(days=8)), item("Ships", published=ago(days=12), topics=("Logistics",))]
    nobody, follower = Person(), Person(topics=frozenset({"logistics"}))
    assert titles(suggest(items, "", now=NOW, person=nobody)) == ["Beans", "Ships"]
    found = suggest(items, "", now=NOW, person=follower)
    assert titles(found) == ["Ships", "Beans"]
    assert found[0].reasons == ("you follow Logistics",)
    assert found[1].reasons == ("company news",)


@pytest.mark.parametrize(("field", "chosen"), [("audience", "role"), ("regions", "region")])
def test_what_is_meant_for_others_is_lowered_but_not_hidden(field: str, chosen: str) -> None:
    items = [item("Pump for others", **{field: ("Sales",)}), item("Pump for me", **{field: ("Workshop",)}), item("Pump")]
    person = Person(**{chosen: "workshop"})
    for draft in ("", "pump"):
        found = suggest(items, draft, now=NOW, person=person)
        assert titles(found) == ["Pump for me", "Pump", "Pump for others"]
        assert "for workshop" in found[0].reasons
        assert not any("for " in reason for each in found[1:] for reason in each.reasons)


@pytest.mark.parametrize(("field", "chosen"), [("audience", "role"), ("regions", "region")])
def test_what_is_meant_for_everyone_is_lowered_for_nobody(field: str, chosen: str) -> None:
    items = [item("Pump for all", **{field: ("Sales", "Everyone")}), item("Pump for others", **{field: ("Sales",)})]
    for person in (Person(**{chosen: "workshop"}), Person(**{chosen: "everyone"})):
        for draft in ("", "pump"):
            found = suggest(items, draft, now=NOW, person=person)
            assert titles(found) == ["Pump for all", "Pump for others"]
            assert not any("for " in reason for each in found for reason in each.reasons)


def test_a_campaign_leans_the_order_and_is_named() -> None:
    items = [item("Pump"), item("Pump too", campaign="Harbour days")]
    for draft in ("", "pump"):
        found = suggest(items, draft, now=NOW)
        assert titles(found) == ["Pump too", "Pump"]
        assert "campaign “Harbour days”" in found[0].reasons
    assert "campagne «\u202fHarbour days\u202f»" in suggest(items, "", now=NOW, ui_lang="fr")[0].reasons


def test_what_a_person_chose_never_hides_what_fits_the_draft() -> None:
    items = [item("How containers wait in the harbour", topics=("Ships",)), item("Beans", topics=("Coffee",))]
    person = Person(topics=frozenset({"coffee"}), resting=frozenset({"ships"}), role="sales")
    assert titles(suggest(items, "our containers are stuck in the harbour", now=NOW, person=person))[0] == items[0].title


# Resting topics.


def test_a_topic_rests_once_three_of_its_items_were_declined_within_thirty_days() -> None:
    assert resting_topics(declined(1, 2), NOW, {}) == frozenset()
    assert resting_topics(declined(1, 2, 29), NOW, {}) == {"logistics"}
    assert resting_topics(declined(1, 2, 33), NOW, {}) == frozenset()
    assert resting_topics(declined(29, 40, 50), NOW, {}) == {"logistics"}
    assert resting_topics(declined(31, 40, 50), NOW, {}) == frozenset()


def test_sharing_or_following_a_topic_wakes_it() -> None:
    kept = Preferences(declined=tuple(declined(1, 2, 3)))
    assert Person.of(kept, NOW).resting == {"logistics"}
    assert Person.of(kept, NOW, {"LOGISTICS": ago(days=2.5)}).resting == frozenset()
    assert Person.of(kept, NOW, {"logistics": ago(days=4)}).resting == {"logistics"}
    assert Person.of(replace(kept, topics=("logistics",)), NOW).resting == frozenset()


def test_a_resting_topic_is_left_out_of_the_feed_and_lowered_in_a_draft() -> None:
    items = [item("Pump by sea", topics=("Logistics",)), item("Pump"), item("Pump by rail", topics=("logistics", "Rail"))]
    person = Person(resting=frozenset({"logistics"}))
    found, total = Suggester(items).suggest("", now=NOW, person=person)
    assert (titles(found), total) == (["Pump"], 1)
    assert titles(suggest(items, "pump", now=NOW, person=person)) == ["Pump", "Pump by sea", "Pump by rail"]
    assert titles(suggest(items, "my own pump by sea", now=NOW, person=person))[0] == "Pump by sea"
    follower = replace(person, topics=frozenset({"rail"}))
    found, total = Suggester(items).suggest("", now=NOW, person=follower)
    assert (titles(found), total) == (["Pump by rail", "Pump"], 2)


# The programme's mix.


def feed(count: int, **given: object) -> list[str]:
    items = [
        item(f"{category} {number}", category=category, published=ago(days=number))
        for category in ("industry", "brand", "employee", "employer_brand")
        for number in range(20)
    ]
    found, _ = Suggester(items).suggest("", now=NOW, limit=count, **given)
    return [suggestion.item.category for suggestion in found]


def test_the_feed_is_dealt_by_the_mix() -> None:
    assert Counter(feed(10, mix=MIX)) == {"brand": 4, "employer_brand": 3, "industry": 2, "employee": 1}
    assert Counter(feed(20, mix=MIX)) == {"brand": 8, "employer_brand": 6, "industry": 4, "employee": 2}
    assert feed(3, mix=MIX)[0] == "brand"


def test_what_the_person_shared_counts_in_the_mix() -> None:
    assert feed(4, mix=MIX, shared_categories={"brand": 8, "employer_brand": 1}) == [
        "employer_brand", "industry", "employer_brand", "industry",
    ]


def test_a_category_without_items_leaves_its_place_to_others() -> None:
    items = [item("Only one", category="employee"), item("And another", category="employee")]
    assert len(suggest(items, "", now=NOW, mix=MIX)) == 2


def test_in_a_draft_the_mix_leans_a_little_and_says_so() -> None:
    items = [item("Pump"), item("Pump work", category="employer_brand")]
    shared = {"brand": 5}
    assert titles(suggest(items, "pump", now=NOW, mix=MIX)) == ["Pump", "Pump work"]
    found = suggest(items, "pump", now=NOW, mix=MIX, shared_categories=shared)
    assert titles(found) == ["Pump work", "Pump"]
    assert "you rarely share this kind" in found[0].reasons
    assert "you rarely share this kind" not in found[1].reasons


# Wordings.


def several(count: int = 3) -> Variant:
    return tuple(Variant(str(uuid.UUID(int=number)), f"Pump {number}", "en") for number in range(count))


def test_colleagues_are_dealt_different_wordings_and_each_keeps_theirs() -> None:
    pump = replace(item("Pump"), variants=(*several(), Variant("fr", "Pompe", "fr")))
    first = Counter()
    for person in range(300):
        given = {suggest([pump], "", now=NOW, person=Person(dealt=f"{person}"))[0].variants for _ in range(2)}
        (dealt,) = given
        assert sorted(variant.text for variant in dealt) == ["Pump 0", "Pump 1", "Pump 2"]
        first[dealt[0].text] += 1
    assert min(first.values()) > 70
    assert [variant.text for variant in suggest([pump], "", now=NOW)[0].variants] == ["Pump 0", "Pump 1", "Pump 2"]


def test_one_person_is_not_dealt_the_same_place_of_each_item() -> None:
    items = [replace(item(f"Pump {number}"), variants=several()) for number in range(40)]
    found = suggest(items, "", now=NOW, limit=40, person=Person(dealt="me"))
    assert len({suggestion.variant.id for suggestion in found}) == 3


def test_the_persons_languages_come_before_the_interfaces_and_after_the_drafts() -> None:
    items = [item("Pump", ("en", "A pump"), ("fr", "Une pompe"), ("de", "Eine Pumpe"))]
    person = Person(languages=("fr", "en"))
    assert suggest(items, "", now=NOW, ui_lang="de", person=person)[0].variant.lang == "fr"
    assert suggest(items, "pump", now=NOW, lang="de", person=person)[0].variant.lang == "de"


def test_what_is_shelved_or_only_drafted_is_not_suggested() -> None:
    pump = item("Pump")
    drafted = tuple(replace(variant, draft=True) for variant in pump.variants)
    for hidden in (replace(pump, shelved=True), replace(pump, variants=drafted)):
        assert Suggester([hidden]).suggest("pump", now=NOW) == ([], 0)
    both = replace(pump, variants=(*drafted, Variant("2", "Said well", "en")))
    assert [variant.text for variant in suggest([both], "", now=NOW)[0].variants] == ["Said well"]
