"""Rules are read strictly: a mistake is named with file, line and key; a company's pack holds no code."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.policy import Company, Policy
from server.rules import Engine
from server.rules.examples import complaints
from server.strict import StrictError

GOOD = """\
kind: phrase
category: unsupported_claim
level: warning
message: {en: Ask first, fr: Demandez, de: Fragen Sie}
why: {en: Because., fr: Parce que., de: Darum.}
sources: [https://a.example/policy]
phrases: {en: [cures everything], fr: [guérit tout]}
examples:
  flags: [This tea cures everything.]
  passes: [This tea is warm.]
"""


def engine(tmp_path, source, name="big-promise.yaml"):
    folder = tmp_path / "pharma"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(source, "utf-8")
    return Engine(Policy(Company("Acme")), [folder])


def test_a_company_pack_is_used_beside_the_built_in_ones(tmp_path):
    own = engine(tmp_path, GOOD)
    rule = own.rules[-1]
    assert (rule.id, rule.pack, rule.kind, rule.level) == ("big-promise", "pharma", "phrase", "warning")
    assert rule.examples == {"flags": ["This tea cures everything."], "passes": ["This tea is warm."]}
    found = [one for one in own.check("This tea CURES everything.").findings if one.rule == "big-promise"]
    assert [one.message for one in found] == ["Ask first"]
    assert own.version != Engine(Policy(Company("Acme"))).version


@pytest.mark.parametrize(
    ("change", "line", "key", "says"),
    [
        (("level: warning", "level: error"), 3, "level", "error"),
        (("level: warning", "levle: warning"), 3, "levle", "did you mean “level”"),
        (("kind: phrase", "kind: python"), 1, "kind", "python"),
        (("kind: phrase", "kind: regex"), 1, "kind", "regex"),
        (("category: unsupported_claim", "category: nonsense"), 2, "category", "nonsense"),
        (("en: Ask first, ", ""), 4, "message.en", "missing"),
        (("Ask first", "'Ask {who}'"), 4, "message.en", "{who}"),
        (("Because.", "'Because { of'"), 5, "why.en", "written twice"),
        (("https://a.example/policy", "javascript:alert(1)"), 6, "sources[0]", "http"),
        (("en: [cures everything]", "xx: [cures everything]"), 7, "phrases.xx", "unknown key"),
        (("  flags: [This tea cures everything.]\n", ""), 9, "examples.flags", "missing"),
        (("  flags: [This tea cures everything.]", "  flags: []"), 9, "examples.flags", "at least 1"),
        (("phrases: {en: [cures everything], fr: [guérit tout]}\n", ""), 1, "phrases", "either"),
        (("why:", "remove: words\nwhy:"), 1, "fix", "missing"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_key(tmp_path, change, line, key, says):
    assert change[0] in GOOD
    with pytest.raises(StrictError) as caught:
        engine(tmp_path, GOOD.replace(*change))
    assert (caught.value.file, caught.value.line, caught.value.key) == ("pharma/big-promise.yaml", line, key)
    assert says in str(caught.value)


def test_patterns_run_in_linear_time_or_not_at_all(tmp_path):
    source = GOOD.replace("kind: phrase", "kind: pattern").replace(
        "phrases: {en: [cures everything], fr: [guérit tout]}", r"patterns: ['(a)\1']"
    )
    with pytest.raises(StrictError, match="RE2 does not take it") as caught:
        engine(tmp_path, source)
    assert caught.value.key == "patterns" and caught.value.line == 7
    with pytest.raises(StrictError, match="empty text"):
        engine(tmp_path, source.replace(r"(a)\1", "x*"))


def test_a_secret_is_never_quoted(tmp_path):
    source = GOOD.replace("unsupported_claim", "confidential").replace("Ask first", "'{found} is secret'")
    with pytest.raises(StrictError, match="found"):
        engine(tmp_path, source)


def test_code_in_a_company_pack_is_refused_and_never_run(tmp_path):
    folder = tmp_path / "pharma"
    folder.mkdir()
    (folder / "big_promise.py").write_text("raise SystemExit('was run')")
    with pytest.raises(StrictError, match="only YAML"):
        engine(tmp_path, GOOD)


def test_an_empty_pack_and_a_bad_file_name_are_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(StrictError, match="holds no rule"):
        Engine(Policy(), [tmp_path / "empty"])
    with pytest.raises(StrictError, match="small letters"):
        engine(tmp_path, GOOD, "Big_Promise.yaml")


def test_the_example_of_the_docs_is_a_rule(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "adding-a-rule.md").read_text("utf-8")
    folder = tmp_path / "manners"
    folder.mkdir()
    (folder / "puts-down.yaml").write_text(page.split("```yaml\n")[1].split("```")[0], "utf-8")
    rule = Engine(Policy(), [folder]).rules[-1]
    assert rule.id == "puts-down" and list(complaints(rule, [folder])) == []
