"""`sayso rules` and `sayso charter` as they are used: real processes on a real folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from server.policy import NO_POLICY, PACKS
from server.rules import Engine

from .test_cli import sayso
from .test_company_packs import RULE, lay

ROOT = Path(__file__).parents[2]
PACKS_FOLDER = ROOT / "examples" / "packs"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_list_names_every_rule_in_force(data: Path) -> None:
    found = json.loads(sayso("rules", "list", "--json", data=data).stdout)
    assert [each["id"] for each in found] == [rule.id for rule in Engine(NO_POLICY).rules]
    assert {each["pack"] for each in found} == set(PACKS)
    assert all(set(each) == {"id", "pack", "level", "category", "message"} for each in found)
    words = sayso("rules", "list", data=data).stdout
    assert all(each["id"] in words and each["message"] in words for each in found)
    assert not data.exists()


def test_list_and_show_know_the_rules_of_the_programme_in_force(data: Path, tmp_path: Path) -> None:
    assert sayso("programme", "use", lay(tmp_path), data=data).returncode == 0
    assert json.loads(sayso("rules", "list", "--json", data=data).stdout)[-1]["id"] == "big-promise"
    words = sayso("rules", "show", "big-promise", data=data).stdout
    for said in ("Ask first", "Demandez d’abord", "Weil es zählt.", "This tea cures everything.", "This tea is warm."):
        assert said in words
    rule = json.loads(sayso("rules", "show", "big-promise", "--json", data=data).stdout)
    assert rule["message"]["de"] == "Fragen Sie zuerst" and rule["flags"] == [{"text": "This tea cures everything."}]


def test_show_of_an_unknown_rule_says_how_to_see_all(data: Path) -> None:
    done = sayso("rules", "show", "no-such-rule", data=data)
    assert done.returncode == 2 and "sayso rules list" in done.stderr and "Traceback" not in done.stderr


def test_the_built_in_rules_pass_their_own_examples(data: Path) -> None:
    done = sayso("rules", "test", "--json", data=data)
    reply = json.loads(done.stdout)
    assert done.returncode == 0 and reply["faults"] == [] and reply["rules"] == len(Engine(NO_POLICY).rules)


@pytest.mark.parametrize("pack", ["finance", "pharma"])
def test_the_packs_that_serve_as_examples_pass_theirs_and_send_to_compliance(data: Path, pack: str) -> None:
    done = sayso("rules", "test", str(PACKS_FOLDER / pack), data=data)
    assert done.returncode == 0, done.stdout
    assert "nothing amiss" in done.stdout
    for rule in Engine(NO_POLICY, [PACKS_FOLDER / pack]).rules:
        if rule.pack == pack:
            assert rule.message["en"].endswith("Ask compliance.") and not rule.fix and rule.sources
            assert len(rule.flags) >= 5 and len(rule.passes) >= 5
            assert not [text for said in (rule.message, rule.why) for text in said.values() if "'" in text]


def test_an_example_that_fails_is_named_with_its_file(data: Path, tmp_path: Path) -> None:
    lay(tmp_path, rule=RULE.replace("This tea is warm.", "Ours cures everything too."))
    folder = tmp_path / "packs" / "house"
    done = sayso("rules", "test", str(folder), data=data)
    assert done.returncode == 1
    place = folder / "big-promise.yaml"
    assert f"{place}: examples: should pass, but was flagged: Ours cures everything" in done.stdout


def test_every_file_with_a_mistake_is_named_with_line_and_key(data: Path, tmp_path: Path) -> None:
    lay(tmp_path, rule=RULE.replace("level: warning", "level: fatal"))
    folder = tmp_path / "packs" / "house"
    (folder / "second.yaml").write_text(RULE.replace("kind: phrase", "kind: python"), "utf-8")
    (folder / "third.yaml").write_text(RULE, "utf-8")
    done = sayso("rules", "test", str(folder), "--json", data=data)
    reply = json.loads(done.stdout)
    assert done.returncode == 1 and reply["rules"] == 3
    assert [(Path(fault["file"]).name, fault["line"], fault["key"]) for fault in reply["faults"]] == [
        ("big-promise.yaml", 3, "level"), ("second.yaml", 1, "kind"),
    ]


def test_a_pack_by_the_name_of_a_built_in_one_is_refused(data: Path, tmp_path: Path) -> None:
    shutil.copytree(PACKS_FOLDER / "finance", tmp_path / "respect")
    done = sayso("rules", "test", str(tmp_path / "respect"), data=data)
    assert done.returncode == 1 and "built-in pack" in done.stdout


def test_a_folder_that_is_not_there_is_wrong_use(data: Path, tmp_path: Path) -> None:
    assert sayso("rules", "test", str(tmp_path / "none"), data=data).returncode == 2


@pytest.mark.parametrize(("lang", "words"), [("en", "When in doubt"), ("fr", "En cas de doute"), ("de", "Im Zweifel")])
def test_charter_writes_a_file_in_the_language_asked_for(data: Path, tmp_path: Path, lang: str, words: str) -> None:
    target = tmp_path / "charter.html"
    done = sayso("charter", "--output", str(target), "--lang", lang, "--json", data=data)
    assert done.returncode == 0, done.stderr
    reply = json.loads(done.stdout)
    assert reply["file"] == str(target) and reply["lang"] == lang and reply["policy_version"]
    assert words in target.read_text("utf-8")


def test_charter_prints_the_programme_in_force(data: Path) -> None:
    sample = ROOT / "server" / "sample" / "programme.yaml"
    assert sayso("programme", "use", str(sample), data=data).returncode == 0
    done = sayso("charter", data=data)
    assert done.stdout.startswith("<!doctype html>") and "Cobalt &amp; Finch" in done.stdout
    assert "Heron" not in done.stdout


def test_a_charter_that_cannot_be_written_is_said(data: Path, tmp_path: Path) -> None:
    done = sayso("charter", "--output", str(tmp_path / "none" / "charter.html"), data=data)
    assert done.returncode == 2 and "cannot be written" in done.stderr and "Traceback" not in done.stderr
