"""Meaning as `sayso serve` brings it: encoded in the background with its progress told, across languages, or left off."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from server.programme import SAMPLE
from server.store import Item, Store
from server.suggest.meaning import FILE, available
from tests.support.companion import Companion

PROGRAMME = """
name: X
policy: {}
languages: [en, fr]
items:
  - {title: "Port delays: why your beans wait in the rain", url: "https://x.example/delays", summary: Ships queue for days outside Rotterdam., lang: en}
  - {title: Barista wanted in Bristol, url: "https://x.example/barista", lang: en}
  - {title: A new grinder for the bar, url: "https://x.example/grinder", lang: en}
"""
FEED = Path(__file__).parents[1] / "feeds" / "newsroom.rss.xml"
DRAFT = "Les conteneurs attendent devant le quai, le café prend du retard"
ENGLISH = "My beans wait in the rain"
_ROUNDS = 3_000  # each a request; the encoder needs a second or two


def serve(tmp_path: Path, *options: str) -> Companion:
    file = tmp_path / "programme.yaml"
    file.write_text(PROGRAMME, "utf-8")
    return Companion.start(tmp_path / "data", programme=file, options=options)


def best(companion: Companion, draft: str) -> str:
    found = companion.call("POST", "/suggestions", {"text": draft, "limit": 1})["suggestions"]
    return str(found[0]["item"]["url"]) if found else ""


def until(ready: Any) -> bool:
    return any(ready() for _ in range(_ROUNDS))


@pytest.mark.skipif(not available(), reason="the extra `semantic` is not installed")
def test_served_with_the_extra_a_french_draft_finds_the_english_item(tmp_path: Path) -> None:
    with serve(tmp_path) as companion:
        assert until(lambda: companion.call("GET", "/status")["meaning"] == {"done": 3, "of": 3})
        # A moment may pass until the draft itself is encoded; nothing waits for it.
        assert until(lambda: best(companion, DRAFT) == "https://x.example/delays")
    assert (tmp_path / "data" / FILE).is_file()
    # What was encoded is kept: nothing is done again.
    with Companion.start(tmp_path / "data") as companion:
        assert until(lambda: companion.call("GET", "/status")["meaning"] == {"done": 3, "of": 3})


@pytest.mark.parametrize("options", [("--no-meaning",), ()] if not available() else [("--no-meaning",)])
def test_off_or_absent_suggestions_go_by_words(tmp_path: Path, options: tuple[str, ...]) -> None:
    with serve(tmp_path, *options) as companion:
        assert companion.call("GET", "/status")["meaning"] is None
        assert best(companion, ENGLISH) == "https://x.example/delays"
    assert not (tmp_path / "data" / FILE).exists()


def test_only_a_companion_that_is_served_indexes_before_it_is_asked(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from server.companion import Companion as Here
    from server.suggest import current

    def indexed() -> list[int]:
        for thread in threading.enumerate():
            if thread.name == "index":
                thread.join()
        return made

    made: list[int] = []

    class Counted(current.Suggester):
        def __init__(self, items: Sequence[Item], meaning: Any) -> None:
            made.append(len(items))
            super().__init__(items, meaning)

        def updated(self, items: Iterable[Item]) -> Counted:
            return Counted(tuple(items), None)

    monkeypatch.setattr(current, "Suggester", Counted)
    here = Here(store, 0)
    here.use_programme(str(SAMPLE))
    assert indexed() == []  # as by `sayso programme use` while no companion runs
    here.suggestions.serve()
    assert indexed() == [40]
    source = here.add_source(str(FEED))
    assert indexed() == [40, 40 + source.items] and source.items
