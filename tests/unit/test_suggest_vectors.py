"""What computes meaning: the items' vectors, kept and made in the background; the encoder itself where it is there."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from server.suggest import Suggester
from server.suggest.meaning import FILE, Meaning, available
from tests.unit.test_suggest import NOW, item, titles

numpy = pytest.importorskip("numpy", reason="the extra `semantic` is not installed")


HARBOUR, BEANS = item("Harbour pumps"), item("How beans travel")
DRAFT = "Nos pompes du port tournent encore"


class Counting:
    """An encoder of two dimensions, the harbour's and the rest; it counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def _vector(self, text: str) -> object:
        self.asked.append(text)
        harbour = any(word in text.lower() for word in ("harbour", "port"))
        return numpy.array([1.0, 0.0] if harbour else [0.0, 1.0], numpy.float32)

    passage = query = _vector


def encoded(folder: Path | None, encoder: Counting, *items: object) -> Meaning:
    meaning = Meaning(folder, encoder=lambda: encoder, wait=None)
    meaning.refresh(items)
    assert meaning.settled(30)
    return meaning


def test_items_are_encoded_once_and_kept(tmp_path: Path) -> None:
    first, second = Counting(), Counting()
    meaning = encoded(tmp_path, first, HARBOUR, BEANS)
    assert len(first.asked) == 2 and meaning.progress() == (2, 2)
    assert meaning.similar(DRAFT).keys() == {HARBOUR.id}
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    meaning.close()
    more = encoded(tmp_path, second, HARBOUR, BEANS, item("Night shift"))
    assert second.asked == ["Night shift."] and more.progress() == (3, 3)
    more.close()


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 half", b"\x00" * 400])
def test_a_damaged_file_is_made_again(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / FILE).write_bytes(damage)
    encoder = Counting()
    encoded(tmp_path, encoder, HARBOUR).close()
    assert len(encoder.asked) == 1
    encoded(tmp_path, encoder, HARBOUR).close()
    assert len(encoder.asked) == 1


def test_forgetting_leaves_nothing(tmp_path: Path) -> None:
    meaning = encoded(tmp_path, Counting(), HARBOUR)
    meaning.forget()
    assert not list(tmp_path.iterdir()) and meaning.similar(DRAFT) == {} and meaning.progress() == (0, 0)
    meaning.close()


def test_what_is_written_on_costs_its_last_piece_alone_and_no_text_is_remembered() -> None:
    encoder = Counting()
    meaning = encoded(None, encoder, HARBOUR)
    start = "The harbour was loud. " * 20
    meaning.similar(start + "And then")
    before = len(encoder.asked)
    meaning.similar(start + "And then it stopped")
    assert len(encoder.asked) == before + 1
    assert "harbour" not in repr(meaning._remembered)
    meaning.close()


def test_no_call_waits_for_a_slow_encoder_and_an_earlier_state_stands_in() -> None:
    release = threading.Event()

    class Slow(Counting):
        def query(self, text: str) -> object:
            if text.endswith("slow"):
                release.wait(30)
            return self._vector(text)

    meaning = Meaning(None, encoder=Slow, wait=None)
    meaning.refresh([HARBOUR])
    meaning.settled(30)
    draft = "Nos pompes du port tournent encore"
    assert meaning.similar(draft)
    meaning._wait = 0.0
    assert meaning.similar(draft + " slow").keys() == {HARBOUR.id}
    assert meaning.similar("Something else altogether, slow") == {}
    release.set()
    meaning.close()


def test_an_encoder_that_fails_leaves_suggestions_by_words(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> Counting:
        raise OSError("no model")

    meaning = Meaning(None, encoder=broken, wait=None)
    meaning.refresh([HARBOUR])
    assert meaning.settled(30)
    assert titles(Suggester([HARBOUR], meaning).suggest("loud harbour pumps", now=NOW)[0]) == ["Harbour pumps"]
    assert "OSError" in caplog.text and "arbour" not in caplog.text
    meaning.close()


@pytest.mark.skipif(not available(), reason="the extra `semantic` is not installed")
def test_a_french_draft_finds_the_english_item() -> None:
    others = [item(title) for title in ("Barista wanted in Bristol", "A new grinder for the bar", "Our climate report is out")]
    delays = item("Port delays: why your beans wait in the rain", summary="Ships queue for days outside Rotterdam.")
    meaning = Meaning(None, wait=None)
    meaning.refresh([*others, delays])
    assert meaning.settled(60)
    found, _ = Suggester([*others, delays], meaning).suggest(
        "Les conteneurs attendent devant le quai, le café prend du retard", now=NOW
    )
    assert found and found[0].item.id == delays.id
    meaning.close()
