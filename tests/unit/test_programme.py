"""The programme file: strict reading, stable ids, and what taking one into use leaves in the store."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from server import programme
from server.rules import Context, Engine
from server.store import Store
from server.strict import StrictError

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "server" / "sample" / "programme.yaml"
FULL = """\
name: Northlight
languages: [de, en]
contact: news@northlight.example
allow_private: [intranet.example, 10.1.0.0/16]
policy:
  company: {name: Northlight, competitors: [Globex]}
  rewarded: true
items:
  - title: A quieter pump
    url: https://WWW.northlight.example/pump/?utm_source=mail&id=3
    summary: It hums.
    image: https://www.northlight.example/pump.jpg?v=2
    lang: en
    category: industry
    topics: [engineering, no]
    audience: [everyone]
    variants:
      - {text: I heard nothing., lang: en, voice: first_person}
      - {text: Man hört nichts., lang: de}
    published_at: 2026-11-17
    embargo_until: 2026-11-18T09:00:00+01:00
    expires_at: 2026-12-12
    campaign: Quiet
    reward: 20 points
  - {title: Second, url: "https://www.northlight.example/2", reward: none}
sources:
  - {url: "https://www.northlight.example/feed?format=rss&utm_medium=x", category: industry, title: Newsroom}
  - {file: feeds/own.xml}
"""


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.in_memory() as store:
        yield store


def minimal(items: str = "", more: str = "") -> str:
    return f"name: X\npolicy: {{}}\n{more}" + (f"items:\n{items}" if items else "")


def test_every_key_is_read() -> None:
    found = programme.load_programme(FULL, "/home/nell/programme.yaml")
    assert (found.name, found.languages, found.contact) == ("Northlight", ("de", "en"), "news@northlight.example")
    assert found.allow_private == ("intranet.example", "10.1.0.0/16")
    assert found.policy.rewarded and found.policy.company and found.policy.company.competitors == ("Globex",)
    pump, second = found.items
    assert (pump.title, pump.url, pump.summary) == (
        "A quieter pump",
        "https://www.northlight.example/pump/?id=3",
        "It hums.",
    )
    assert (pump.image, pump.lang, pump.category) == ("https://www.northlight.example/pump.jpg?v=2", "en", "industry")
    assert (pump.topics, pump.audience, pump.campaign, pump.reward) == (
        ("engineering", "no"),
        ("everyone",),
        "Quiet",
        "20 points",
    )
    assert [(variant.text, variant.lang, variant.voice) for variant in pump.variants] == [
        ("I heard nothing.", "en", "first_person"),
        ("Man hört nichts.", "de", "factual"),
    ]
    assert (pump.published_at, pump.embargo_until, pump.expires_at) == (
        "2026-11-17T00:00:00Z",
        "2026-11-18T08:00:00Z",
        "2026-12-12T23:59:59Z",
    )
    assert (second.reward, second.published_at, second.lang, second.category) == ("none", None, "de", "brand")
    assert [(source.kind, source.place, source.category, source.title) for source in found.sources] == [
        ("feed", "https://www.northlight.example/feed?format=rss&utm_medium=x", "industry", "Newsroom"),
        ("file", "/home/nell/feeds/own.xml", "brand", ""),
    ]


def test_an_item_without_a_wording_offers_its_title() -> None:
    second = programme.load_programme(FULL, "p.yaml").items[1]
    assert [(variant.text, variant.lang) for variant in second.variants] == [("Second", "de")]


def test_json_is_read_as_well() -> None:
    text = json.dumps(
        {"name": "X", "policy": {"rewarded": True}, "items": [{"title": "One", "url": "https://x.example/1"}]}
    )
    assert programme.load_programme(text, "p.json").items[0].title == "One"


def test_ids_follow_page_and_words_and_nothing_else() -> None:
    before = programme.load_programme(FULL, "a.yaml").items[0]
    moved = programme.load_programme(
        FULL.replace("utm_source=mail&", "").replace("A quieter pump", "Quiet"), "b.yaml"
    ).items[0]
    assert (before.id, before.variants) == (moved.id, moved.variants)
    reworded = programme.load_programme(FULL.replace("I heard nothing.", "I heard a little."), "a.yaml").items[0]
    assert reworded.id == before.id
    assert reworded.variants[0].id != before.variants[0].id and reworded.variants[1] == before.variants[1]


@pytest.mark.parametrize(
    ("text", "key", "line", "words"),
    [
        ("name: X\npolicy: {}\nitms: []\n", "itms", 3, "did you mean “items”"),
        ("name: X\nname: Y\npolicy: {}\n", "name", 2, "repeated key"),
        ("policy: {}\nitems: []\n", "name", 1, "is missing"),
        ("name: X\npolicy: {rewarded: yes}\n", "policy.rewarded", 2, "true or false"),
        ("name: X\npolicy: {}\nlanguages: [english]\n", "languages[0]", 3, "language code"),
        ("name: X\npolicy: {}\nallow_private: ['a b']\n", "allow_private[0]", 3, "host name"),
        (minimal("  - {title: One}\n"), "items[0].url", 4, "is missing"),
        (minimal("  - {url: https://x.example}\n"), "items[0].title", 4, "is missing"),
        (minimal("  - {title: One, url: x.example}\n"), "items[0].url", 4, "web address"),
        (minimal("  - {title: One, url: 'javascript:alert(1)'}\n"), "items[0].url", 4, "web address"),
        (minimal("  - {title: One, url: https://x.example, category: hr}\n"), "items[0].category", 4, "employer_brand"),
        (
            minimal("  - {title: One, url: https://x.example, published_at: tomorrow}\n"),
            "items[0].published_at",
            4,
            "date or time",
        ),
        (
            minimal("  - {title: One, url: https://x.example, published_at: 2026-02-30}\n"),
            "items[0].published_at",
            4,
            "date or time",
        ),
        (
            minimal("  - {title: One, url: https://x.example, published_at: 2026-02-03, expires_at: 2026-02-01}\n"),
            "items[0].expires_at",
            4,
            "before",
        ),
        (
            minimal("  - title: One\n    url: https://x.example\n    variants:\n      - {lang: en}\n"),
            "items[0].variants[0].text",
            7,
            "is missing",
        ),
        (
            minimal(
                "  - title: One\n    url: https://x.example\n    variants:\n      - {text: a, lang: en, voice: loud}\n"
            ),
            "items[0].variants[0].voice",
            7,
            "first_person",
        ),
        (
            minimal(
                "  - {title: One, url: https://x.example/a}\n  - {title: Two, url: http://x.example/a/?utm_source=b}\n"
            ),
            "items[1].url",
            5,
            "items[0] already",
        ),
        (minimal(more="sources:\n  - {title: News}\n"), "sources[0]", 4, "either url or file"),
        (minimal(more="sources:\n  - {url: https://x.example/a, file: b}\n"), "sources[0]", 4, "either url or file"),
        ("rewarded: true\nitms: []\n", "itms", 2, "unknown key"),
        ("- a\n- b\n", "", 1, "mapping"),
    ],
)
def test_a_mistake_is_told_with_file_line_and_key(text: str, key: str, line: int, words: str) -> None:
    with pytest.raises(StrictError) as caught:
        programme.load_programme(text, "p.yaml")
    assert (caught.value.file, caught.value.key, caught.value.line) == ("p.yaml", key, line)
    assert words in caught.value.message


def test_a_bare_policy_is_a_programme_without_items() -> None:
    found = programme.load_programme("company: {name: Northlight}\nrewarded: true\n", "policy.yaml")
    assert (found.name, found.policy.rewarded, found.items, found.sources) == ("Northlight", True, (), ())


# The sample and the docs.


def test_the_sample_is_whole(store: Store) -> None:
    sample = programme.use(store, str(SAMPLE))
    assert len(sample.items) == 9 and sample.policy.rewarded and sample.policy.jurisdictions == ("uk",)
    assert {item.category for item in sample.items} == {"brand", "employer_brand", "industry", "employee"}
    assert [item.reward for item in sample.items].count("20 points") == 2
    assert all(any(variant.lang == "en" for variant in item.variants) for item in sample.items)
    assert (
        sum(any(variant.lang == lang for variant in item.variants) for item in sample.items for lang in ("fr", "de"))
        >= 8
    )
    assert all(item.url.startswith("https://cobaltfinch.example/") for item in sample.items)


def test_no_wording_of_the_sample_holds_a_label_or_a_confidential_word() -> None:
    label = re.compile(r"#\w|\b(?:ad|advertisement|publicité|anzeige|werbung|project heron|globex)\b", re.IGNORECASE)
    sample = programme.load_programme(SAMPLE.read_text("utf-8"), str(SAMPLE))
    for item in sample.items:
        for variant in item.variants:
            assert not label.search(variant.text), variant.text
            assert len(variant.text) <= 500


def test_every_wording_of_the_sample_passes_its_own_policy_with_the_label_that_is_due() -> None:
    sample = programme.load_programme(SAMPLE.read_text("utf-8"), str(SAMPLE))
    engine = Engine(sample.policy)
    for item in sample.items:
        for variant in item.variants:
            context = Context(item_title=item.title, item_url=item.url, reward=item.reward)
            ready = engine.labelled(f"{variant.text}\n\n{item.url}", lang=variant.lang, context=context)
            check = engine.check(ready, lang=variant.lang, context=context)
            # What is not rewarded owes nothing, or says that its writer works there.
            assert check.disclosure in ({"present"} if item.reward == "20 points" else {"not_required", "present"})
            # That readers elsewhere know the national word better is no more than an idea.
            assert {(found.rule, found.level) for found in check.findings} <= {("undisclosed-interest", "suggestion")}


def test_the_example_in_the_docs_is_a_programme() -> None:
    page = (ROOT / "docs" / "programme.md").read_text("utf-8")
    example = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert example
    found = programme.load_programme(example[1], "/home/nell/programme.yaml")
    assert found.items and found.sources
    assert found.packs.keys() == {"coffee"} and found.pack_folders == (("house-style", "/home/nell/rules/house-style"),)


def test_the_docs_name_every_key() -> None:
    page = (ROOT / "docs" / "programme.md").read_text("utf-8")
    for key in (
        "name",
        "languages",
        "contact",
        "allow_private",
        "policy",
        "rules",
        "items",
        "sources",
        "title",
        "url",
        "file",
        "summary",
        "image",
        "lang",
        "category",
        "topics",
        "audience",
        "variants",
        "text",
        "voice",
        "published_at",
        "embargo_until",
        "expires_at",
        "campaign",
        "reward",
    ):
        assert f"`{key}`" in page, key
