"""An export that was edited by hand: what is not as Sayso writes it stays out and is named; every sentence in each language."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from server.shares.export import export
from server.shares.imports import carry_out, plan, read
from server.shares.receipts import receipt
from server.store import Preferences, Share, Store
from server.words.said import messages

IMPORTS = Path(__file__).parents[2] / "server" / "shares" / "imports"
ID = "3f2b8c1e-0d5a-4c7e-9f61-2a4b6c8d0e1f"
READING = {"read_at": "2026-03-03T09:00:00Z", "where": "hand", "impressions": 5}
RECEIPT = receipt(ID, "One", made_at="2026-03-02T09:00:00Z", policy_version="1", disclosure="present", findings=["x"])
FINDING = {"rule": "x", "level": "warning", "category": "copyright"}
WHOLE = Share(
    ID, "One", "2026-03-02T09:00:00Z", permalink="https://www.linkedin.com/feed/update/urn:li:share:7", urns=("urn:li:share:7",),
    item_id=ID, own_words=0.5, lang="en", disclosure="present", findings=(FINDING,), dismissed=("y",), topics=("Craft",),
    import_id=ID, receipts=(RECEIPT,), readings=(READING, {**READING, "import_id": ID}),
)


def exported(**settings: Any) -> dict[str, Any]:
    """An export of one share with everything in it."""
    store = Store.in_memory()
    store.add_share(WHOLE)
    store.set_preferences(Preferences(takes_rewards=False, **settings))
    document: dict[str, Any] = json.loads(json.dumps(export(store)))
    return document


def test_a_share_with_everything_in_it_comes_over_whole() -> None:
    store, found = Store.in_memory(), read(json.dumps(exported()).encode(), "mine.json")
    assert found.problems == ()
    carry_out(store, plan(store, found))
    share = store.share(ID)
    assert (share.readings, share.receipts, share.findings) == (WHOLE.readings, WHOLE.receipts, WHOLE.findings)
    assert not store.preferences().takes_rewards


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", "nonsense"), ("id", ID.upper()), ("text", 5), ("posted_at", "yesterday"), ("status", "maybe"), ("permalink", "javascript:alert(1)"),
        ("urns", ["x"]), ("own_words", 7.5), ("own_words", True), ("disclosure", "fine"), ("findings", [5]), ("findings", [{"rule": "x"}]),
        ("platform_label", 1), ("topics", "Craft"), ("receipts", [{"x": 1}]), ("receipts", [{**RECEIPT, "salt": "zz"}]), ("readings", {"a": 1}),
        ("readings", [{**READING, "impressions": -5}]), ("readings", [{**READING, "where": "moon"}]), ("readings", [{"where": "hand"}]),
        ("readings", [{**READING, "glitter": 3}]), ("readings", [{**READING, "impressions": True}]), ("updated_at", "soon"),
    ],
)
def test_a_share_that_is_not_as_sayso_writes_it_is_named_and_left_out(key: str, value: Any) -> None:
    document = exported()
    document["shares"].append({**document["shares"][0], key: value})
    found = read(json.dumps(document).encode(), "mine.json")
    assert found.problems == (f"Share 2 was left out: “shares.{key}” in it is not as Sayso writes it",)
    assert [share.text for share in found.kept] == ["One"]


@pytest.mark.parametrize(
    ("change", "says"), [(lambda share: share.pop("posted_at"), "it lacks “shares.posted_at”"), (lambda share: share.update(colour="red"), "unknown key “shares.colour”")]
)
def test_a_key_too_few_or_too_many_is_named(change: Any, says: str) -> None:
    document = exported()
    change(document["shares"][0])
    assert says in read(json.dumps(document).encode(), "mine.json").problems[0]


@pytest.mark.parametrize(
    "change",
    [{"keep_days": -5}, {"keep_days": 10**9}, {"value": {"method": "guess"}}, {"declined": [{"item_id": ID}]}, {"later": 1}, {"takes_rewards": "no"}],
)
def test_settings_that_would_do_harm_are_left_out_and_the_shares_come(change: dict[str, Any]) -> None:
    document, store = exported(), Store.in_memory()
    document["preferences"] |= change
    planned = plan(store, read(json.dumps(document).encode(), "mine.json"))
    assert planned.problems == ("The settings in the file were left out: they are not as Sayso writes them.",)
    carry_out(store, planned)
    assert store.preferences() == Preferences() and len(store.shares()) == 1


@pytest.mark.parametrize("proposals", [5, {"a": 1}, [5], [{"id": ID, "url": "javascript:alert(1)", "title": "x"}]])
def test_proposals_that_are_none_stay_out(proposals: Any) -> None:
    document, store = exported(), Store.in_memory()
    document["proposals"] = proposals
    carry_out(store, plan(store, read(json.dumps(document).encode(), "mine.json")))
    assert store.proposals() == [] and len(store.shares()) == 1


@pytest.mark.parametrize("data", [b"%PDF-1.4\n\0\0", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"])
def test_a_file_of_another_kind_is_told_what_to_take_instead(data: bytes) -> None:
    with pytest.raises(ValueError, match="is no file with posts. Take LinkedIn's zip"):
        read(data, "other.bin")


# -- what is said --


def sentences(path: Path) -> Iterator[str]:
    """What a module says of a file, {} for a value: errors, problems that are appended or returned."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        name = getattr(getattr(node, "func", None), "id", getattr(getattr(node, "func", None), "attr", ""))
        said: list[ast.expr] = []
        if isinstance(node, ast.Call) and name in ("ImportProblem", "ValueError", "append"):
            said = node.args[:1]
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
            said = node.value.elts[1:]
        for each in said:
            if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value:
                yield each.value
            elif isinstance(each, ast.JoinedStr):
                yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in each.values)


@pytest.mark.parametrize("path", sorted(IMPORTS.glob("*.py")), ids=lambda path: path.stem)
def test_every_sentence_about_a_file_is_known_in_each_language(path: Path) -> None:
    # What the command alone says, and what the page asks in its own words.
    spared = ("{} is a folder.", "{} is not there;", "{} cannot be read: {}.", "{} is another member's archive:")
    for sentence in sentences(path):
        assert sentence in messages() or sentence.startswith(spared), sentence
