"""A company's own rules: named or written in a programme, kept with it, never imported, refused with their place."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from server import company_packs, programme, sourcing
from server.companion import Companion
from server.policy import NO_POLICY
from server.store import Store
from server.strict import StrictError

ROOT = Path(__file__).parents[2]
RULE = """\
kind: phrase
category: unsupported_claim
level: warning
message: {en: Ask first, fr: Demandez d’abord, de: Fragen Sie zuerst}
why: {en: Because it matters., fr: Parce que cela compte., de: Weil es zählt.}
sources: []
phrases: {en: [cures everything]}
examples:
  flags: [This tea cures everything.]
  passes: [This tea is warm.]
"""
INLINE = "name: X\npolicy: {}\nrules:\n  house:\n    big-promise:\n" + "".join(
    f"      {line}\n" for line in RULE.splitlines()
)
FLAGGED = "This tea cures everything."


def lay(folder: Path, text: str = "name: X\npolicy: {}\nrules: {house: packs/house}\n", rule: str = RULE) -> str:
    """A programme's file, and beside it the folder of rules that it names."""
    (folder / "packs" / "house").mkdir(parents=True, exist_ok=True)
    (folder / "packs" / "house" / "big-promise.yaml").write_text(rule, "utf-8")
    (folder / "programme.yaml").write_text(text, "utf-8")
    return str(folder / "programme.yaml")


def flagged(companion: Companion) -> bool:
    check, _ = companion.check(FLAGGED, item_id=None, variant_id=None, lang="en", ui_lang="en")
    return "big-promise" in {finding.rule for finding in check.findings}


@pytest.mark.parametrize("inline", [True, False], ids=["written in the programme", "in a folder"])
def test_the_engine_in_force_uses_them_after_a_restart_and_without_the_folder(tmp_path: Path, inline: bool) -> None:
    source, data = tmp_path / "source", tmp_path / "data"
    with Store.open(data) as store:
        here = Companion(store, 7297)
        assert not flagged(here)
        here.use_programme(lay(source, INLINE) if inline else lay(source))
        assert flagged(here)
        version = here.engine.version
    shutil.rmtree(source)
    with Store.open(data) as store:
        again = Companion(store, 7297)
        assert flagged(again) and again.engine.version == version and store.notices == []


def test_the_next_programme_takes_them_away(tmp_path: Path) -> None:
    with Store.in_memory() as store:
        here = Companion(store, 7297)
        here.use_programme(lay(tmp_path))
        (tmp_path / "other.yaml").write_text("name: Y\npolicy: {}\n")
        here.use_programme(str(tmp_path / "other.yaml"))
        assert not flagged(here)


def test_a_draft_is_checked_with_them_from_the_command_line(tmp_path: Path) -> None:
    options = ["--json", "--data", str(tmp_path / "data"), "--policy", lay(tmp_path)]
    command = [sys.executable, "-m", "server.cli", "check", *options]
    done = subprocess.run(command, input=FLAGGED, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 1, done.stderr
    assert "big-promise" in {finding["rule"] for finding in json.loads(done.stdout)["findings"]}


def test_rules_alone_make_a_file_no_bare_policy() -> None:
    with pytest.raises(StrictError, match="name: is missing"):
        programme.load_programme(INLINE.replace("name: X\npolicy: {}\n", ""), "p.yaml")


def test_a_programme_from_the_web_brings_its_rules_along_and_names_no_folder() -> None:
    address = "https://x.example/programme.yaml"
    assert programme.load_programme(INLINE, address).packs["house"].keys() == {"big-promise"}
    with pytest.raises(StrictError, match="cannot name a folder of this computer") as caught:
        programme.load_programme("name: X\npolicy: {}\nrules:\n  house: /etc\n", address)
    assert (caught.value.line, caught.value.key) == (4, "rules.house")


@pytest.mark.parametrize(
    ("change", "line", "key", "says"),
    [
        (("level: warning", "level: fatal"), 8, "rules.house.big-promise.level", "fatal"),
        (("kind: phrase", "kind: python"), 6, "rules.house.big-promise.kind", "python"),
        (("fr: Demandez d’abord, ", ""), 9, "rules.house.big-promise.message.fr", "missing"),
        (("sources: []", "sources: ['javascript:x']"), 11, "rules.house.big-promise.sources[0]", "http"),
        (("flags: [This tea cures everything.]", "flags: []"), 14, "rules.house.big-promise.examples.flags", "least"),
        (("  house:", "  respect:"), 4, "rules.respect", "built-in pack"),
        (("  house:", "  Our House:"), 4, "rules.Our House", "small letters"),
        (("    big-promise:", "    insult:"), 5, "rules.house.insult", "built-in rule"),
    ],
)
def test_a_mistake_in_a_programme_is_named_with_file_line_and_key(
    change: tuple[str, str], line: int, key: str, says: str
) -> None:
    assert change[0] in INLINE
    with pytest.raises(StrictError, match=says) as caught:
        programme.load_programme(INLINE.replace(*change), "p.yaml")
    assert (caught.value.file, caught.value.line, caught.value.key) == ("p.yaml", line, key)


def test_json_takes_the_same_keys() -> None:
    rule = {
        "kind": "phrase", "category": "copyright", "level": "suggestion", "sources": [], "phrases": ["no tea"],
        "message": {"en": "🫖", "fr": "🫖", "de": "🫖"}, "why": {"en": "a", "fr": "b", "de": "c"},
        "examples": {"flags": ["no tea"], "passes": ["yes"]},
    }
    text = json.dumps({"name": "X", "policy": {}, "rules": {"house": {"tea-pot": rule}}})
    engine = company_packs.engine(NO_POLICY, programme.load_programme(text, "p.json").packs)
    found = engine.check("There is no tea here.").findings
    assert [(each.rule, each.message) for each in found] == [("tea-pot", "🫖")]


def test_a_mistake_in_a_folder_is_named_with_its_file_and_nothing_changes(tmp_path: Path) -> None:
    with Store.in_memory() as store:
        sourcing.use(store, lay(tmp_path))
        before = store.programme()
        broken = lay(tmp_path, rule=RULE.replace("level: warning", "level: fatal"))
        with pytest.raises(StrictError) as caught:
            sourcing.use(store, broken)
        file = tmp_path / "packs" / "house" / "big-promise.yaml"
        assert (caught.value.file, caught.value.line, caught.value.key) == (str(file.resolve()), 3, "level")
        assert store.programme() == before


@pytest.mark.parametrize("name", ["big_promise.py", "notes.txt", "deeper"])
def test_what_is_no_rule_is_refused_and_never_run(tmp_path: Path, name: str) -> None:
    file = lay(tmp_path)
    other = tmp_path / "packs" / "house" / name
    other.mkdir() if name == "deeper" else other.write_text("raise SystemExit('was run')")
    with Store.in_memory() as store, pytest.raises(StrictError, match="only YAML files"):
        sourcing.use(store, file)


@pytest.mark.parametrize("place", ["packs/none", "programme.yaml"])
def test_a_folder_that_is_none_is_refused(tmp_path: Path, place: str) -> None:
    file = lay(tmp_path, f"name: X\npolicy: {{}}\nrules: {{house: {place}}}\n")
    with Store.in_memory() as store, pytest.raises(StrictError, match="cannot be read as a folder"):
        sourcing.use(store, file)


def test_one_rule_stands_in_one_pack(tmp_path: Path) -> None:
    text = INLINE + "  second: packs/house\n"
    with Store.in_memory() as store, pytest.raises(StrictError, match="in the pack house already"):
        sourcing.use(store, lay(tmp_path, text))


def test_kept_rules_that_a_later_version_refuses_leave_the_policy_in_force(tmp_path: Path) -> None:
    with Store.in_memory() as store:
        sourcing.use(store, lay(tmp_path, "name: X\npolicy: {company: {name: Acme}}\nrules: {house: packs/house}\n"))
        kept = store.programme()
        assert kept
        kept.packs["house"]["big-promise"] = RULE.replace("level: warning", "level: fatal")
        here = Companion(store, 7297)
        assert here.policy.company and here.policy.company.name == "Acme"
        assert not flagged(here) and any("company's own rules cannot be read" in notice for notice in store.notices)


def test_the_folders_that_the_loader_reads_are_gone_afterwards() -> None:
    with company_packs.folders({"house": {"big-promise": RULE}}) as places:
        assert [path.name for path in places[0].iterdir()] == ["big-promise.yaml"]
    assert not places[0].exists()
