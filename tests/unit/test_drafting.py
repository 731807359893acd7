"""Wordings drafted from title and summary: what they hold, and above all what they leave out."""

from __future__ import annotations

import re
from typing import Any

import pytest

from server.drafting import draft_wordings, languages
from server.policy import Company
from server.rules.model import LANGUAGES
from server.store import Item, Variant

COMPANY = Company("Cobalt & Finch", domains=("cobaltfinch.example",))
ID = "4f1d2c9a-6f0e-4b58-9a57-0d5c4b6f3a11"


def an_item(**changes: Any) -> Item:
    fields = {"title": "Late rain", "url": "https://cobaltfinch.example/rain", "lang": "en", "summary": ""}
    return Item(ID, "s", **{**fields, **changes})


def drafted(item: Item, company: Company | None = COMPANY) -> dict[str, str]:
    return {each.voice: each.text for each in draft_wordings(item, company)}


def test_there_is_one_draft_a_voice_marked_as_such() -> None:
    made = draft_wordings(an_item(), COMPANY)
    assert [each.voice for each in made] == ["first_person", "question"]  # the bare title alone is no wording
    assert all(each.draft and each.lang == "en" for each in made)
    assert draft_wordings(an_item(), COMPANY) == made


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_of_the_checks_can_be_drafted(lang: str) -> None:
    made = drafted(an_item(lang=lang, summary="Two weeks of rain."))
    assert lang in languages() and len(made) == 3
    assert "Cobalt & Finch" in made["first_person"] and made["question"].count("?") == 1
    assert not re.search(r"[{}]", "".join(made.values()))


def test_a_language_that_we_do_not_write_gets_none() -> None:
    assert draft_wordings(an_item(lang="pl"), COMPANY) == []


@pytest.mark.parametrize(
    "summary",
    [
        "Two weeks of rain. The beds stay empty.",
        "Dr. Okafor measured it. She found 3 cm.",
        "“It rained.” Nobody minded. Everyone stayed, said the U.S. office.",
    ],
)
def test_every_fact_is_a_whole_sentence_of_the_item(summary: str) -> None:
    texts = drafted(an_item(summary=summary)).values()
    assert texts
    for text in texts:
        said = text.partition("\n\n")[2]
        assert said and said in summary
        before = summary[: summary.index(said)]
        assert before == "" or before.rstrip()[-1] in ".!?”"
        assert said[-1] in ".!?”"


@pytest.mark.parametrize(
    ("lang", "summary"),
    [
        ("en", "I spent two weeks in Huila. My notes are here."),
        ("en", "A summary that was cut short in the middle of…"),
        ("en", "The post Late rain appeared first on Coffee News."),
        ("fr", "J’ai passé deux semaines à Huila. Mes notes sont ici."),
        ("de", "Ich war zwei Wochen in Huila. Mein Bericht steht hier."),
        ("en", "x" * 400 + "."),
    ],
)
def test_what_is_not_the_persons_to_say_is_left_out(lang: str, summary: str) -> None:
    texts = drafted(an_item(lang=lang, summary=summary)).values()
    assert texts
    assert not [text for text in texts if "\n" in text]


def test_we_is_the_companys_own_on_its_own_pages_only() -> None:
    summary = "We went to Huila."
    assert summary in drafted(an_item(summary=summary))["factual"]
    assert "factual" not in drafted(an_item(summary=summary, url="https://elsewhere.example/rain"))
    assert "factual" not in drafted(an_item(summary=summary), None)


def test_the_first_person_claims_what_is_true_of_whoever_posts_it() -> None:
    ours, theirs = drafted(an_item()), drafted(an_item(url="https://elsewhere.example/rain"))
    assert ours["first_person"] == "I work at Cobalt & Finch, and this comes from us: “Late rain”."
    assert theirs["first_person"] == "I work at Cobalt & Finch and am passing this on: “Late rain”."
    assert drafted(an_item(), None)["first_person"] == "I am passing this on: “Late rain”."


def test_a_host_that_only_ends_like_the_companys_is_not_the_companys() -> None:
    text = drafted(an_item(url="https://notcobaltfinch.example/rain"))["first_person"]
    assert "from us" not in text
    assert "from us" in drafted(an_item(url="https://news.CobaltFinch.example/rain"))["first_person"]


def test_a_voice_that_is_there_is_not_drafted_again() -> None:
    there = (Variant("v", "What a rain.", "en", "question"), Variant("w", "Late rain", "en", "factual"))
    assert drafted(an_item(variants=there, summary="It rained.")).keys() == {"first_person", "factual"}
    other = (Variant("v", "Quelle pluie.", "fr", "question"),)
    assert "question" in drafted(an_item(variants=other))
