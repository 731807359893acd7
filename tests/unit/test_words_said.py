"""Messages of sources, files and bundles in the reader's language: every one that the code can give is known in each."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markupsafe import Markup

from server.feed import walls
from server.words import ALL
from server.words.said import messages, said

fetching = importlib.import_module("server.feed.fetch")  # the package names its function alike
SERVER = Path(__file__).parents[2] / "server"
WRITTEN = ("strict", "policy", "programme", "programme_file", "programme_items", "company_packs", "proposals", "own_programme", "sourcing",
           "rules/loader", "rules/kind", "rules/kinds", "shares/value")
FILES = [*sorted((SERVER / "feed").glob("*.py")), *sorted((SERVER / "bundle").glob("*.py")), *(SERVER / f"{name}.py" for name in WRITTEN)]
# Which of its arguments is what an error says, or what one made of it says.
ERRORS = {"FeedError": 1, "NoFeed": 1, "Missing": 1, "BundleError": 0, "StrictError": 3, "error": 1, "matching": 1, "_scalar": 2,
          "ValueError": 0}
# Made of parts that are themselves looked for, or of what a rule of the programme's file says.
COMPOSED = frozenset({"{}.", "{}: {}", "cannot be reached{}; check the address and your connection, then try again", "has {}",
                      "answered with a web page, not a feed; {}", "has a column “{}” that is not known{} The columns are: {}",
                      "has {} items, and Sayso keeps {} in all{}"})
# For whoever writes the code, never for whoever reads a page.
INNER = frozenset({"a proposal is accepted or declined", "there is another way to write these bytes", "only {} belong in a pack",
                   "{{}} is not known here; known: {}", "{} is no reason to leave an entry out"})


def _texts(node: ast.expr, constants: dict[str, str]) -> Iterator[str]:
    """What an expression can say, with {} where a value stands; nothing of what is told elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(each.value) if isinstance(each, ast.Constant) else "{}" for each in node.values)
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body, constants), *_texts(node.orelse, constants))
    elif isinstance(node, ast.Name) and node.id in constants:
        yield constants[node.id]


def _said_in(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    constants = {
        target.id: str(node.value.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if name in ERRORS and node.args:
            yield from _texts(node.args[min(ERRORS[name], len(node.args) - 1)], constants)
        elif name == "add" and len(node.args) == 2:
            yield from _texts(node.args[1], constants)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_message_is_known_in_each_language(path: Path) -> None:
    for message in _said_in(path):
        behind = message.partition(": ")[2]  # the key that it is about
        assert {message, behind} & messages().keys() or message in COMPOSED | INNER, message


def test_messages_that_are_kept_in_tables_are_known() -> None:
    given = [*fetching._STATUS.values(), *(value for name, value in vars(walls).items() if name in (
        "_MISSING", "_ROBOT", "_LOGIN", "_CONSENT", "_FAULT", "_SCRIPT"))]
    assert len(given) == 11 and set(given) <= messages().keys()
    assert said(fetching._too_large(5_000_000), "de") and said("cannot be reached: there is no such host; check the address and your connection, then try again", "fr")


@pytest.mark.parametrize("language", ["fr", "de"])
def test_every_sentence_takes_the_values_of_the_english_one(language: str) -> None:
    for english, sentence in messages().items():
        places = {int(number) for number in re.findall(r"\{(\d)\}", sentence[language])}
        assert places <= set(range(english.count("{}"))), english
        assert "'" not in sentence[language] and "!" not in sentence[language]
        assert language != "fr" or not re.search(r"(?<![\u202f\u00a0])[;?»]|« |(?<=[^\u00a0/s]):(?!//|\d)", sentence[language]), sentence[language]


def test_a_message_is_known_behind_what_it_is_about_and_within_another() -> None:
    kept = "https://x.example/feed: leads on to what is not there (404); check the address"
    assert ALL["de"].said(kept) == "https://x.example/feed: leitet an eine Adresse weiter, und die ist nicht da (404); prüfen Sie die Adresse"
    left_out = "Entry 2, “A <b>”: it has no link."
    assert ALL["fr"].said(left_out) == "Entrée 2, «\u202fA &lt;b&gt;\u202f»\u00a0: sans lien."


def test_what_is_wrong_in_a_file_is_said_whole_with_its_place() -> None:
    line = "Line 3, “Two: 2”: category: “quark” is not one of brand, industry."
    assert ALL["fr"].said(line) == "Ligne 3, «\u202fTwo: 2\u202f»\u00a0: category\u00a0: «\u202fquark\u202f» n’est pas connu ici\u202f; possibles\u00a0: brand, industry."
    assert ALL["de"].said("p.yaml:3: items[0].lang: a language code such as en, fr or de is wanted, not “x”") == (
        "p.yaml:3: items[0].lang: hier steht „x“; erwartet wird ein Sprachkürzel wie en, fr oder de")
    half = "is not whole: 7,028 of 14,291 bytes are there. Try again later; if it stays so, tell whoever publishes the programme to upload it again"
    assert "7.028 von 14.291 Bytes" in ALL["de"].said(half) and "7\u202f028 octets" in ALL["fr"].said(half)
    assert [str(ALL["en"].said(each, alone=True)) for each in ("the bundle <is>", "https://x.example: is empty", "Where?")] == [
        "The bundle &lt;is&gt;.", "https://x.example: is empty.", "Where?"]
    assert ALL["de"].said("b.md:2: titel: unknown key; did you mean “title”?").endswith("unbekannter Schlüssel; meinten Sie „title“?")


def test_what_is_not_known_is_marked_as_english_and_escaped() -> None:
    assert ALL["fr"].said("a <b>: strange thing") == '<span lang="en">a &lt;b&gt;: strange thing</span>'
    assert ALL["en"].said("a <b>") == "a &lt;b&gt;" and ALL["fr"].said(Markup("déjà dit")) == "déjà dit"
