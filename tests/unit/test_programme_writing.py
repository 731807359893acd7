"""A programme written back out: read again, it is the same."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.feed.address import item_id
from server.policy import Policy
from server.programme_file import SOURCE_ID, ProgrammeFile, load_programme
from server.programme_writing import written
from server.store import CATEGORIES, Item, Variant
from tests.unit.test_programme import FULL, SAMPLE

ROOT = Path(__file__).parents[2]
POLICY = """\
name: P
policy:
  company: {name: C & F, aliases: [CF], handles: ["@cf"], domains: [cf.example], products: [Roast], competitors: [G]}
  jurisdictions: [de, uk]
  rewarded: true
  confidential: [Heron, "no", "12:30"]
  cadence: {per_week: 3, rest_days: 30}
  ask: {required: show, warning: off}
  packs: [disclosure, claims]
value: {method: views, currency: EUR, cpm: "6.50", low: "0.8"}
"""
RULES = """\
name: R
policy: {}
rules:
  coffee:
    no-health-claims:
      kind: phrase
      category: unsupported_claim
      level: warning
      message: {en: Coffee is no medicine, fr: Le café n’est pas un remède, de: Kaffee ist keine Medizin}
      why: {en: Nobody may say so., fr: Personne ne peut le dire., de: Das darf niemand sagen.}
      sources: []
      phrases: {en: [good for the heart, "no"], fr: [bon pour le cœur], de: [gut fürs herz]}
      examples: {flags: [Our roast is good for the heart.], passes: [A good roast.]}
"""


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize("text", [FULL, POLICY, RULES, "name: X\npolicy: {}\n"])
def test_a_programme_written_out_is_the_same_again(text: str, as_json: bool) -> None:
    found = load_programme(text, "/home/nell/programme.yaml")
    out = written(found, found.items, as_json=as_json)
    again = load_programme(out, "/home/nell/programme.yaml")
    if as_json and found.packs:
        # What kind a value in a rule is, the rule's schema says: here all are texts.
        assert again.packs.keys() == found.packs.keys()
        again = replace(again, packs=found.packs)
    assert again == found
    assert written(found, found.items, as_json=as_json) == out


def test_every_part_of_a_programme_is_among_those_tried() -> None:
    tried = [load_programme(text, "/home/nell/programme.yaml") for text in (FULL, POLICY, RULES)]
    bare = ProgrammeFile("", Policy())
    folders = {"pack_folders"}  # written as rules, see below
    same = {field.name for field in fields(bare) if all(getattr(each, field.name) == getattr(bare, field.name) for each in tried)}
    assert same == folders
    policies, plain = [each.policy for each in tried], Policy()
    assert not [name.name for name in fields(plain) if all(getattr(each, name.name) == getattr(plain, name.name) for each in policies)]


def test_the_sample_written_out_is_the_sample() -> None:
    sample = load_programme(SAMPLE.read_text("utf-8"), str(SAMPLE))
    assert load_programme(written(sample, sample.items), str(SAMPLE)) == sample


def test_rules_of_folders_are_written_with_the_others(tmp_path: Path) -> None:
    from server import programme

    folder = ROOT / "examples" / "packs" / "finance"
    file = tmp_path / "programme.yaml"
    found = programme.with_folders(load_programme(f"name: X\npolicy: {{}}\nrules: {{finance: {folder}}}\n", str(file)))
    for as_json in (False, True):
        again = load_programme(written(found, (), as_json=as_json), str(file))
        assert again.packs["finance"].keys() == found.packs["finance"].keys() and not again.pack_folders


# Whatever people may have in a text, line ends of other systems and characters that YAML minds among it.
_TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).map(str.strip).filter(bool)


@given(
    title=_TEXTS, summary=_TEXTS, topics=st.lists(_TEXTS, max_size=3), wording=_TEXTS, category=st.sampled_from(CATEGORIES)
)
@settings(max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_any_text_of_an_item_comes_back(title: str, summary: str, topics: list[str], wording: str, category: str) -> None:
    base = ProgrammeFile("X", load_programme(POLICY, "p").policy)
    url = "https://x.example/1"
    item = Item(item_id(url), SOURCE_ID, title, url, summary, lang="en", category=category, topics=tuple(topics))
    item = replace(item, variants=(Variant("id", wording, "en"),))
    for as_json in (False, True):
        (again,) = load_programme(written(base, [item], as_json=as_json), "p").items
        assert (again.title, again.summary, again.topics) == (title, summary, tuple(topics))
        assert [each.text for each in again.variants] == [wording]
