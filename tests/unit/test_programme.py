"""The programme file: strict reading, stable ids, and what taking one into use leaves in the store."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from server import programme, sourcing, utm
from server.programme_file import ProgrammeFile
from server.rules import Engine
from server.store import VOICES, Store
from server.strict import StrictError
from server.vetting import Vetting

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
    regions: [dach]
    tags: ["#QuietPump", northlight]
    variants:
      - {text: I heard nothing., lang: en, voice: first_person, reason: Nell heard it herself.}
      - {text: Man hört nichts., lang: de, draft: true}
    published_at: 2026-11-17
    embargo_until: 2026-11-18T09:00:00+01:00
    expires_at: 2026-12-12
    campaign: Quiet
    reward: 20 points
  - {title: Second, url: "https://www.northlight.example/2", reward: none, shelved: true}
mix: {brand: 40, employer_brand: 30, industry: 20, employee: 10}
utm: {source: linkedin, medium: employee, campaign: "{campaign}", content: "{voice}-{lang}"}
personal_parameter: utm_term
roles: [engineer, sales]
regions: [dach, france]
answers:
  - {proposal: 3F2B8C1E-0d5a-4c7e-9f61-2a4b6c8d0e1f, state: accepted, note: Gladly!}
  - {proposal: 3f2b8c1e-0d5a-4c7e-9f61-2a4b6c8d0e2f, state: declined}
sources:
  - {url: "https://www.northlight.example/feed?format=rss&utm_medium=x", category: industry, title: Newsroom}
  - {file: feeds/own.xml}
  - {url: "https://www.northlight.example/news", kind: newsroom}
"""


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
    assert (pump.regions, pump.tags, pump.shelved, second.shelved) == (
        ("dach",),
        ("#QuietPump", "#northlight"),
        False,
        True,
    )
    assert found.mix == {"brand": 40, "employer_brand": 30, "industry": 20, "employee": 10}
    assert found.utm["content"] == "{voice}-{lang}" and found.personal_parameter == "utm_term"
    assert (found.roles, found.regions) == (("engineer", "sales"), ("dach", "france"))
    assert found.answers == (
        programme.Answer("3f2b8c1e-0d5a-4c7e-9f61-2a4b6c8d0e1f", "accepted", "Gladly!"),
        programme.Answer("3f2b8c1e-0d5a-4c7e-9f61-2a4b6c8d0e2f", "declined"),
    )
    assert (pump.topics, pump.audience, pump.campaign, pump.reward) == (
        ("engineering", "no"),
        ("everyone",),
        "Quiet",
        "20 points",
    )
    assert [(each.text, each.lang, each.voice, each.draft, each.reason) for each in pump.variants] == [
        ("I heard nothing.", "en", "first_person", False, "Nell heard it herself."),
        ("Man hört nichts.", "de", "factual", True, None),
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
        ("newsroom", "https://www.northlight.example/news", "brand", ""),
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
        ("name: X\npolicy: {}\nmix: {brand: 50, employee: 49}\n", "mix", 3, "adds up to 99 per cent"),
        ("name: X\npolicy: {}\nmix: {brand: 50.5}\n", "mix.brand", 3, "whole number from 0 to 100"),
        ("name: X\npolicy: {}\nutm: {campaign: '{person}'}\n", "utm.campaign", 3, "“{person}” is nothing"),
        ("name: X\npolicy: {}\nutm: {sauce: x}\n", "utm.sauce", 3, "did you mean “source”"),
        (
            "name: X\npolicy: {}\nutm: {term: x}\npersonal_parameter: utm_term\n",
            "personal_parameter",
            1,
            "choose another name",
        ),
        ("name: X\npolicy: {}\nanswers: [{proposal: 7, state: accepted}]\n", "answers[0].proposal", 3, "UUID"),
        (
            "name: X\npolicy: {}\nanswers: [{proposal: 3f2b8c1e-0d5a-4c7e-9f61-2a4b6c8d0e1f, state: sent}]\n",
            "answers[0].state",
            3,
            "accepted, declined",
        ),
        ("name: X\npolicy: {}\nsources: [{file: a.csv, kind: page}]\n", "sources[0].kind", 3, "belongs to a url"),
        (minimal("  - {title: One, url: https://x.example, tags: ['two words']}\n"), "items[0].tags[0]", 4, "hashtag"),
        (minimal("  - {title: One, url: https://x.example, shelved: 1}\n"), "items[0].shelved", 4, "true or false"),
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


@pytest.fixture(scope="module")
def sample() -> ProgrammeFile:
    """The programme of the first run."""
    return programme.load_programme(SAMPLE.read_text("utf-8"), str(SAMPLE))


def test_the_sample_is_taken_into_use_whole(store: Store) -> None:
    sample = sourcing.use(store, str(SAMPLE))
    assert len(sample.items) == len(store.items()) == 40
    assert sample.policy.rewarded and sample.policy.jurisdictions == ("uk", "fr", "de") and sample.value
    assert len(sample.policy.confidential) >= 2 and sample.policy.company and len(sample.policy.company.competitors) >= 2


def test_the_sample_is_mixed_as_it_means_to_be(sample: ProgrammeFile) -> None:
    items = Counter(item.category for item in sample.items)
    assert {category: 100 * count / len(sample.items) for category, count in items.items()} == sample.mix
    assert Counter(item.reward for item in sample.items) == {"20 points": 7, "none": 33}
    assert len({item.campaign for item in sample.items if item.campaign}) >= 3 and any(item.tags for item in sample.items)


def test_the_sample_speaks_three_languages_and_three_voices(sample: ProgrammeFile) -> None:
    spoken = Counter(frozenset(variant.lang for variant in item.variants) for item in sample.items)
    assert frozenset().union(*spoken) == set(sample.languages) == {"en", "fr", "de"}
    assert sum(count for langs, count in spoken.items() if len(langs) > 1) >= len(sample.items) / 3
    assert min(spoken[frozenset({lang})] for lang in sample.languages) >= 3
    assert {variant.voice for item in sample.items for variant in item.variants} == set(VOICES)
    assert all(2 <= len(item.variants) <= 5 and item.summary and item.topics for item in sample.items)
    texts = [variant.text for item in sample.items for variant in item.variants]
    assert len(set(texts)) == len(texts)


def test_the_sample_is_for_those_who_can_be_chosen_and_never_ages(sample: ProgrammeFile) -> None:
    assert {role for item in sample.items for role in item.audience} == set(sample.roles)
    assert {region for item in sample.items for region in item.regions} == set(sample.regions)
    assert not any(item.published_at or item.embargo_until or item.expires_at for item in sample.items)


def test_the_sample_leads_to_made_up_places_alone(sample: ProgrammeFile) -> None:
    posts = [item for item in sample.items if utm.is_post(item.url)]
    assert len(posts) == 1 and len(posts[0].variants) >= 2
    elsewhere = [item for item in sample.items if not item.url.startswith("https://cobaltfinch.example/")]
    assert all(re.match(r"https://[a-z]+\.example/", item.url) for item in elsewhere if item not in posts)
    assert {item.category for item in elsewhere if item not in posts} == {"industry"}


def test_no_wording_of_the_sample_holds_a_label_a_secret_or_a_competitor(sample: ProgrammeFile) -> None:
    assert sample.policy.company
    names = "|".join(map(re.escape, (*sample.policy.confidential, *sample.policy.company.competitors)))
    unwanted = re.compile(rf"#\w|\b(?:ad|advertisement|publicité|anzeige|werbung|{names})\b", re.IGNORECASE)
    for item in sample.items:
        for text in (item.title, item.summary, *(variant.text for variant in item.variants)):
            assert not unwanted.search(text), text
            assert len(text) <= 500


def test_every_wording_of_the_sample_passes_its_own_policy_with_the_label_that_is_due(sample: ProgrammeFile) -> None:
    vetting = Vetting(Engine(sample.policy), {})
    for item in sample.items:
        for variant in item.variants:
            look = vetting.look(item, variant, link=utm.link(item, variant, sample.utm))
            for each in look.vetted:
                # What is not rewarded owes nothing, or says that its writer works there.
                assert each.disclosure in ({"present"} if item.reward == "20 points" else {"not_required", "present"}), look.text
                # That readers elsewhere know the national word better is no more than an idea.
                found = {(finding.rule, finding.level) for finding in each.findings}
                assert found <= {("undisclosed-interest", "suggestion")}, look.text


def test_french_in_the_sample_has_its_spaces(sample: ProgrammeFile) -> None:
    french = [variant.text for item in sample.items for variant in item.variants if variant.lang == "fr"]
    french += [text for item in sample.items if item.lang == "fr" for text in (item.title, item.summary)]
    assert not [text for text in french if re.search(r" [:;?!»]|« |\w[;?!»]", text)]


def test_the_example_in_the_docs_is_a_programme() -> None:
    page = (ROOT / "docs" / "programme.md").read_text("utf-8")
    example = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert example
    found = programme.load_programme(example[1], "/home/nell/programme.yaml")
    assert found.items and found.sources
    assert found.packs.keys() == {"coffee"} and found.pack_folders == (("house-style", "/home/nell/rules/house-style"),)


@pytest.mark.parametrize("place", [
    "items: [], %s", "policy: {%s}", "policy: {company: {%s}}", "policy: {cadence: {%s}}", "policy: {ask: {%s}}",
    "items: [{%s}]", "items: [{variants: [{%s}]}]", "sources: [{%s}]", "items: [], answers: [{%s}]", "items: [], utm: {%s}",
])
def test_the_docs_name_every_key(place: str) -> None:
    page = (ROOT / "docs" / "programme.md").read_text("utf-8")
    with pytest.raises(StrictError, match="unknown key; known: ") as refused:
        programme.load_programme(f"{{{place % 'qqqq: 1'}}}", "programme.yaml")
    for key in refused.value.message.partition("known: ")[2].split(", "):
        assert f"`{key}`" in page or re.search(rf"`{{[^`]*\b{key}: ", page), key
