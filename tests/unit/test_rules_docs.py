"""The pages in docs/rules/ are what the rules say today."""

from __future__ import annotations

import re

from server.policy import NO_POLICY, PACKS
from server.rules import Engine
from server.rules.pages import FOLDER, pages, stale, write


def test_no_page_is_stale() -> None:
    assert stale() == [], "write them anew with: python -m server.rules.pages"


def test_each_pack_has_a_page_with_every_rule_and_example() -> None:
    made = pages()
    assert made.keys() == {"README.md", *(f"{pack}.md" for pack in PACKS)}
    for rule in Engine(NO_POLICY).rules:
        page = made[f"{rule.pack}.md"]
        assert f"## {rule.id}\n" in page
        for example in (*rule.flags, *rule.passes):
            assert example.text.replace("\n", "⏎") in page
        for source in rule.sources:
            assert f"]({source})" in page


def test_a_page_holds_no_value_of_a_draft() -> None:
    for page in pages().values():
        said = re.sub(r"`+[^`]*`+", "", page)
        assert not re.search(r"\{\w+\}", said)


def test_a_change_makes_a_page_stale_and_writing_mends_it(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("server.rules.pages.FOLDER", tmp_path / "rules")
    write()
    assert stale() == [] and FOLDER != tmp_path / "rules"
    (tmp_path / "rules" / "respect.md").write_text("old", "utf-8")
    (tmp_path / "rules" / "gone.md").write_text("old", "utf-8")
    assert stale() == ["gone.md", "respect.md"]
    write()
    assert stale() == []
