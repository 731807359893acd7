"""Receipts, corrections, merging, retention, and what a history was worth."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from server import paging
from server.shares import history, ledger
from server.shares.card import PARTS, Choices, card
from server.shares.receipts import document, holds, verified
from server.shares.retention import Retention
from server.shares.stats import stats
from server.shares.value import ValueInputs, value
from server.store import Preferences, Share, ShareConflict, Store
from tests.support.companion import Companion

TEXT = "#ad Finch Roast is out. Café, naïve, ☕"


def a_share(**more: object) -> Share:
    return Share(**{"id": str(uuid.uuid4()), "text": TEXT, "posted_at": "2026-11-03T10:00:00Z", "disclosure": "present",
                    "policy_version": "v1", "findings": ({"rule": "emoji-run", "level": "suggestion", "category": "x"},), **more})


@pytest.fixture
def store() -> Store:
    return Store.in_memory()


def logged(store: Store, **more: object) -> Share:
    share = a_share(**more)
    ledger.log(store, share)
    return store.share(share.id)


def test_a_receipt_holds_for_its_text_and_for_no_other(store: Store) -> None:
    (made,) = logged(store).receipts
    assert (made["disclosure"], made["policy_version"], made["findings"]) == ("present", "v1", ["emoji-run"])
    assert holds(made, TEXT)
    data = TEXT.encode()
    for at in range(len(data)):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        assert not holds(made, changed.decode("utf-8", "surrogateescape"))
    # The same letters written otherwise are other bytes.
    assert not holds(made, TEXT.replace("é", "e\u0301"))


@pytest.mark.parametrize("key", ["made_at", "policy_version", "disclosure", "findings", "share", "salt", "hash"])
def test_a_receipt_that_was_altered_does_not_hold(store: Store, key: str) -> None:
    (made,) = logged(store).receipts
    assert not holds({**made, key: [] if key == "findings" else "0" * len(str(made[key]))}, TEXT)
    assert not holds({name: made[name] for name in made if name != key}, TEXT)


def test_two_receipts_of_the_same_text_have_nothing_in_common(store: Store) -> None:
    (one,), (other,) = logged(store).receipts, logged(store).receipts
    assert one["salt"] != other["salt"] and one["hash"] != other["hash"]


def test_a_correction_makes_a_second_receipt_that_claims_no_check(store: Store) -> None:
    share = logged(store)
    corrected = ledger.correct(store, share.id, text="Finch Roast is out.")
    first, second = corrected.receipts
    assert holds(first, TEXT) and holds(second, "Finch Roast is out.")
    assert (second["disclosure"], second["policy_version"], second["findings"]) == (None, None, [])
    assert len(ledger.correct(store, share.id, text="Finch Roast is out.").receipts) == 2


def test_a_document_is_verified_alone_or_against_a_text(store: Store) -> None:
    share = logged(store)
    given = json.loads(json.dumps(document(share.id, share.text, list(share.receipts))))
    assert [each["holds"] for each in verified(given)] == [True]
    assert [each["holds"] for each in verified(given, TEXT + "\n")] == [False]
    with pytest.raises(ValueError, match="no receipt of Sayso's"):
        verified({"format": "something"})


def test_a_deletion_takes_the_receipts_and_undo_brings_them_back(store: Store) -> None:
    share = logged(store)
    gone = store.delete_share(share.id)
    assert store.shares() == []
    assert ledger.log(store, gone) and store.share(share.id).receipts == share.receipts


@pytest.mark.parametrize("change", [
    lambda store, one, two: ledger.correct(store, one.id, text="Cold Brew is out."),
    lambda store, one, two: ledger.delete(store, one.id),
    lambda store, one, two: ledger.merge(store, two.id, one.id),
])
def test_a_text_that_goes_leaves_the_memory_of_searching(store: Store, change: Callable[[Store, Share, Share], object]) -> None:
    one, two = logged(store), logged(store, text="Another post.")
    assert history.page(store.shares(), q="roast")[0] == [one]
    assert paging.folded_once.cache_info().currsize
    change(store, one, two)
    assert paging.folded_once.cache_info().currsize == 0


def test_where_no_text_is_kept_the_receipt_knows_the_share_again(store: Store) -> None:
    store.set_preferences(Preferences(keep_text=False))
    share = a_share()
    assert ledger.log(store, share) and store.share(share.id).text == ""
    assert holds(store.share(share.id).receipts[0], TEXT)
    assert not ledger.log(store, share)
    with pytest.raises(ShareConflict):
        ledger.log(store, replace(share, text="Another text"))


def test_old_texts_go_and_leave_the_backups_too(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        old = logged(store, text="Words that should go", posted_at="2026-10-01T10:00:00Z")
        other = logged(store, text="Words that stay", posted_at="2026-10-30T10:00:00Z")
        store.add_reading(old.id, {"read_at": "2026-10-02T10:00:00Z", "where": "hand", "clicks": 4})
        store.set_preferences(Preferences(keep_days=14))
        assert ledger.forget_texts(store, datetime(2026, 11, 5, tzinfo=UTC)) == 1
        assert store.share(old.id).text == "" and store.share(old.id).readings and store.share(old.id).receipts
        assert store.share(other.id).text == "Words that stay"
        assert ledger.forget_texts(store, datetime(2026, 11, 5, tzinfo=UTC)) == 0
    assert not [file for file in tmp_path.rglob("*.json") if b"Words that should go" in file.read_bytes()]
    with Store.open(tmp_path) as again:
        assert again.share(old.id).text == "" and again.share(old.id).receipts == store._shares[old.id].receipts


def test_old_texts_are_looked_for_again_and_again_while_the_companion_runs(store: Store) -> None:
    kept = logged(store, posted_at="2026-10-01T10:00:00Z")
    store.set_preferences(Preferences(keep_days=14))
    looks, third = iter([datetime(2026, 10, 2, tzinfo=UTC), datetime(2026, 10, 3, tzinfo=UTC)]), threading.Event()

    def now() -> datetime:
        looked = next(looks, None)
        if looked is None:
            assert third.is_set() or store.share(kept.id).text == TEXT
            third.set()
        return looked or datetime(2026, 10, 16, tzinfo=UTC)

    retention = Retention(store, now=now, every=0.001)
    retention.start()
    assert third.wait(10)
    retention.stop()
    assert store.share(kept.id).text == "" and retention.round() == 0


def test_what_cannot_be_written_is_tried_again(store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    kept = logged(store, posted_at="2026-10-01T10:00:00Z")
    store.set_preferences(Preferences(keep_days=14))
    retention = Retention(store)
    with monkeypatch.context() as full:
        full.setattr(Store, "forget_texts", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device", TEXT)))
        assert retention.round() == 0
    assert "tried again" in caplog.text and TEXT not in caplog.text
    assert store.share(kept.id).text == TEXT and retention.round() == 1


def test_a_companion_has_forgotten_old_texts_before_it_answers(tmp_path: Path) -> None:
    with Store.open(tmp_path) as closed:
        logged(closed, text="Words that should go")
        closed.set_preferences(Preferences(keep_days=1))
    companion = Companion.start(tmp_path)
    try:
        (share,) = companion.call("GET", "/shares")["shares"]
        assert share["text"] == "" and share["receipts"]
    finally:
        companion.stop()
    assert not [file for file in tmp_path.rglob("*.json") if b"Words that should go" in file.read_bytes()]


def test_two_records_of_one_post_become_one(store: Store) -> None:
    reading = {"read_at": "2026-11-04T10:00:00Z", "where": "hand", "clicks": 4}
    one = logged(store, status="unconfirmed", urns=("urn:li:share:7000000000000000001",), readings=(reading,))
    other = logged(store, urns=("urn:li:activity:7000000000000000002",), permalink="https://www.linkedin.com/feed/update/x",
                   readings=(reading, {**reading, "clicks": 5}), disclosure="missing")
    merged = ledger.merge(store, one.id, other.id)
    assert [share.id for share in store.shares()] == [one.id]
    assert merged.urns == (*one.urns, *other.urns) and merged.permalink == other.permalink
    assert [row["clicks"] for row in merged.readings] == [4, 5] and merged.status == "confirmed"
    assert merged.disclosure == "present" and len(merged.receipts) == 2
    with pytest.raises(ValueError, match="the same one twice"):
        ledger.merge(store, one.id, one.id)


MIXED = {"method": "mixed", "currency": "EUR", "cpc": "1.20", "cpm": "8", "multiplier": "0.5", "low": "0.7", "high": "1.3",
         "source": "own campaigns of 2026"}


def test_the_value_is_the_formula_s_and_its_band() -> None:
    figures = [{"impressions": 2500, "reactions": 40, "clicks": 10}]
    found = value(figures, ValueInputs.of(MIXED))
    # 8 × 2.5 + 1.20 × (0.5 × 40 + 10) = 20 + 36
    assert (found.amount, found.low, found.high, found.currency) == ("56.00", "39.20", "72.80", "EUR")
    assert value(figures, ValueInputs.of({"method": "clicks", "currency": "JPY", "cpc": "99.5"})).amount == "995"
    assert value(figures, ValueInputs.of({"method": "views", "currency": "EUR", "cpm": Decimal("8")})).amount == "20.00"


def test_without_an_input_there_is_no_value_and_a_share_that_lacks_one_is_left_out() -> None:
    inputs = ValueInputs.of(MIXED)
    assert value([{"impressions": 100, "reactions": None, "clicks": 3}], inputs) is None
    assert value([{"clicks": 3}], None) is None
    found = value([{"impressions": 0, "reactions": 0, "clicks": 0}, {"impressions": 9, "clicks": 1}], inputs)
    assert (found.amount, found.shares, found.of) == ("0.00", 1, 2)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"method": "guess"}, "method"), ({"currency": "eur"}, "currency"), ({"cpc": "a lot"}, "cpc"), ({"cpm": "-1"}, "cpm"),
        ({"low": "1.2"}, "band"), ({"price": "1"}, "price"), ({"multiplier": "NaN"}, "multiplier"), ({"cpc": "1e400"}, "cpc"),
    ],
)
def test_inputs_that_cannot_be_are_refused_by_name(change: dict[str, str], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        ValueInputs.of({**MIXED, **change})
    missing = {key: each for key, each in MIXED.items() if key != "cpm"}
    with pytest.raises(ValueError, match="cpm: is needed"):
        ValueInputs.of(missing)


def test_the_figures_hold_the_five_measures(store: Store) -> None:
    logged(store, readings=({"read_at": "2026-11-04T10:00:00Z", "where": "hand", "impressions": 1000, "clicks": 5},))
    logged(store)
    measures = stats(store.shares(), inputs=ValueInputs.of({"method": "clicks", "currency": "EUR", "cpc": "2"}))["measures"]
    assert measures["reach"] == {"sum": 1000, "shares": 1} and measures["activity"] == 2
    assert measures["reactions"] == {"reactions": None, "comments": None, "reposts": None}
    assert measures["visits"] == {"sum": 5, "shares": 1}
    assert (measures["value"]["amount"], measures["value"]["shares"], measures["value"]["of"]) == ("10.00", 1, 2)
    assert measures["value"]["formula"] == "clicks × CPC" and measures["value"]["inputs"]["cpc"] == "2"


def test_a_card_holds_nothing_that_was_not_chosen(store: Store) -> None:
    logged(store, topics=("roasting",), item_id="00000000-0000-4000-8000-000000000001",
           readings=({"read_at": "2026-11-04T10:00:00Z", "where": "hand", "clicks": 5},))
    assert card(store.shares(), Choices("2026-11-01", "2026-11-30")) == {
        "format": "sayso-card", "version": 1, "from": "2026-11-01", "to": "2026-11-30"}


def test_a_card_holds_what_was_chosen_and_no_words_but_those(store: Store) -> None:
    told = logged(store, topics=("roasting",), item_id="00000000-0000-4000-8000-000000000001",
                  readings=({"read_at": "2026-11-04T10:00:00Z", "where": "hand", "clicks": 5},))
    untold = logged(store, text="Only for me", posted_at="2026-11-05T10:00:00Z")
    private = logged(store, text="My holiday", about_work=False)
    logged(store, text="Another month", posted_at="2026-12-05T10:00:00Z")
    made = card(store.shares(), Choices("2026-11-01", "2026-11-30", PARTS, (told.id, private.id)))
    assert made["activity"]["posts"] == 2 and made["readings"] == {"clicks": {"sum": 5, "shares": 1}}
    assert made["items"] == [{"item_id": told.item_id, "posts": 1}] and made["topics"] == {"roasting": 1}
    assert made["value"] is None and [each["text"] for each in made["texts"]] == [TEXT]
    said = json.dumps(made, ensure_ascii=False)
    for word in ("Only for me", "My holiday", "Another month", untold.id, told.id, "2026-11-03T"):
        assert word not in said
