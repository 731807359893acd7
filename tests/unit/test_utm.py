"""Links with the programme's parameters, and the text that goes into a post."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from server import utm
from server.policy import policy_from_json
from server.rules import Engine
from server.rules.examples import SAMPLE
from server.store import Item, Variant
from server.wording import ready_text

SPOKEN = Variant(str(uuid.uuid4()), "Three of us cupped forty samples.", "en", "first_person")
ITEM = Item(
    id=str(uuid.uuid4()),
    source_id=str(uuid.uuid4()),
    title="Forty samples",
    url="https://www.cobaltfinch.example/forty",
    campaign="Harvest & Co",
    category="industry",
    variants=(SPOKEN,),
)
UTM = {"source": "linkedin", "medium": "employee", "campaign": "{campaign}", "content": "{voice}-{lang}-{category}"}
ENGINE = Engine(policy_from_json(SAMPLE))
PLAIN = Engine(policy_from_json({**SAMPLE, "rewarded": False}))


def test_a_link_bears_the_programmes_parameters_with_their_values_filled_in() -> None:
    assert utm.link(ITEM, SPOKEN, UTM) == (
        "https://www.cobaltfinch.example/forty?utm_source=linkedin&utm_medium=employee&utm_campaign=Harvest+%26+Co"
        "&utm_content=first_person-en-industry"
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x?id=7", "https://a.example/x?id=7&utm_source=linkedin"),
        ("https://a.example/x?utm_source=old&id=7", "https://a.example/x?id=7&utm_source=linkedin"),
        ("https://a.example/x#/part", "https://a.example/x?utm_source=linkedin#/part"),
    ],
)
def test_parameters_and_place_that_a_link_has_stay(url: str, expected: str) -> None:
    assert utm.link(replace(ITEM, url=url), SPOKEN, {"source": "linkedin"}) == expected


def test_a_parameter_without_a_value_is_left_out_and_a_programme_without_parameters_changes_nothing() -> None:
    bare = replace(ITEM, campaign=None)
    assert "utm_campaign" not in utm.link(bare, SPOKEN, UTM)
    assert utm.link(bare, SPOKEN, {"campaign": "{campaign}"}) == utm.link(ITEM, SPOKEN, {}) == ITEM.url


@pytest.mark.parametrize(
    "url",
    [
        "https://www.linkedin.com/feed/update/urn:li:activity:7130000000000000000/",
        "https://www.linkedin.com/posts/nora-finch_coffee-activity-7130000000000000000-abcd",
        "https://linkedin.com/posts/nora-finch_coffee-activity-7130000000000000000-abcd",
        "https://fr.linkedin.com/posts/x-activity-7130000000000000000-abcd",
    ],
)
def test_an_existing_post_is_known_and_its_link_stays_as_it_is(url: str) -> None:
    assert utm.is_post(url)
    assert utm.link(replace(ITEM, url=url), SPOKEN, UTM) == url


@pytest.mark.parametrize(
    "url", ["https://www.linkedin.com/company/cobalt/", "https://linkedin.com.evil.example/posts/x", ITEM.url]
)
def test_other_pages_are_no_posts(url: str) -> None:
    assert not utm.is_post(url)


def test_a_mark_is_the_same_for_one_person_and_programme_and_tells_nothing_of_the_number() -> None:
    mark = utm.personal_mark("c0ffee", "Cobalt & Finch")
    assert mark == utm.personal_mark("c0ffee", "Cobalt & Finch") and "c0ffee" not in mark
    assert len({mark, utm.personal_mark("c0ffee", "Another"), utm.personal_mark("decaf", "Cobalt & Finch")}) == 3


def test_tags_that_must_stay_come_before_the_link_and_only_once() -> None:
    item = replace(ITEM, tags=("#Harvest", "#Finch"))
    text = ready_text(PLAIN, item, replace(SPOKEN, text="Forty samples. #harvest"), "https://l.example/?utm_source=x")
    assert text == "Forty samples. #harvest\n\n#Finch\n\nhttps://l.example/?utm_source=x"


def test_an_address_in_the_wording_itself_gets_the_parameters_there() -> None:
    spoken = replace(SPOKEN, text=f"See {ITEM.url}, or {ITEM.url}/more.")
    assert ready_text(PLAIN, ITEM, spoken, "LINK") == f"See LINK, or {ITEM.url}/more."


def test_a_label_that_is_owed_comes_first_unless_the_person_takes_no_part() -> None:
    spoken = replace(SPOKEN, text="Finch Roast is the best coffee I have had all year. Come and get a bag!")
    assert ready_text(ENGINE, ITEM, spoken, ITEM.url).lower().startswith(("ad", "#ad"))
    assert ready_text(ENGINE, ITEM, spoken, ITEM.url, takes_rewards=False) == f"{spoken.text}\n\n{ITEM.url}"
