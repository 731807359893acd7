"""Sharing cards at the other end: what is a card, and what many say together."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

import pytest

from server.shares.card import PARTS, Choices, card
from server.shares.cards import MOST_BYTES, WHY, Card, NoCard, Sum, add_up, alike, csv_of_cards, in_message, read_card
from server.shares.value import ValueInputs
from server.store import Share
from server.words import ALL

PRICES = ValueInputs.of({"method": "clicks", "currency": "EUR", "cpc": "2.50", "source": "our own campaigns"})
READ = {"read_at": "2026-03-05T10:00:00Z", "where": "page", "impressions": 1200, "reactions": 0}
SHARES = [
    Share(id="4f1d2c9a-6f0e-4b58-9a57-0d5c4b6f3a11", text="One", posted_at="2026-03-04T10:00:00Z", item_id="roast", topics=("Craft",),
          readings=({**READ, "clicks": 12},)),
    Share(id="5f1d2c9a-6f0e-4b58-9a57-0d5c4b6f3a12", text="Two", posted_at="2026-03-06T10:00:00Z", item_id="roast", readings=(READ,)),
]
WHOLE = card(SHARES, Choices("2026-03-01", "2026-03-31", PARTS, (SHARES[0].id,)), PRICES)
PLAIN = {"format": "sayso-card", "version": 1, "from": "2026-03-01", "to": "2026-03-31"}


def of(**parts: Any) -> Card:
    return read_card(json.dumps({**PLAIN, **parts}).encode())


def why(data: bytes) -> tuple[str, str | None]:
    with pytest.raises(NoCard) as caught:
        read_card(data)
    return caught.value.why, caught.value.part


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("parts", [(), *((part,) for part in PARTS), PARTS])
def test_every_card_that_is_made_can_be_read(parts: tuple[str, ...], encoding: str) -> None:
    made = card(SHARES, Choices("2026-03-01", "2026-03-31", parts, (SHARES[0].id,)), PRICES)
    read = read_card(json.dumps(made, ensure_ascii=False, indent=2).encode(encoding))
    assert json.loads(read.model_dump_json(by_alias=True, exclude_unset=True)) == made


def test_what_is_no_card_says_why() -> None:
    text = json.dumps(WHOLE)
    assert why(b"") == why(b" \n") == ("empty", None)
    assert why(b" " * (MOST_BYTES + 1)) == ("large", None)
    assert why(b"PK\x03\x04") == why(b"posted_at,text\r\n") == why(b"[" * 90_000) == ("no_json", None)
    assert why(b"\xff\xfe\x00\xd8{\x00") == ("no_json", None)
    assert why(b"{}") == why(b'{"format": ["sayso-card"]}') == ("no_card", None)
    assert why(b'{"format": "sayso-export", "shares": []}') == ("export", None)
    assert why(text.replace('"version": 1', '"version": 2, "more": 1').encode()) == ("newer", None)
    assert {why(text[:at].encode())[0] for at in range(1, len(text))} == {"half"}
    assert {each for each in WHY if f"figures.why_{each}" not in ALL["en"]} == set()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"Jane Doe": 7}, ("edited", None)), ({"from": "2026-04-01"}, ("edited", None)), ({"version": 0}, ("edited", None)),
        ({"version": True}, ("part", "version")), ({"from": "soon"}, ("part", "from")), ({"to": "20260331"}, ("part", "to")),
        ({"activity": {"posts": -1, "by_week": []}}, ("part", "activity")), ({"activity": {"posts": "2", "by_week": []}}, ("part", "activity")),
        ({"activity": 2}, ("part", "activity")), ({"readings": {"likes": {"sum": 1, "shares": 1}}}, ("part", "readings")),
        ({"readings": {"clicks": {"sum": 10**13, "shares": 1}}}, ("part", "readings")), ({"readings": {"clicks": 3}}, ("part", "readings")),
        ({"readings": {"clicks": {"sum": True, "shares": 1}}}, ("part", "readings")), ({"items": [{"item_id": "a", "posts": 0}]}, ("part", "items")),
        ({"value": {**WHOLE["value"], "amount": "1e9"}}, ("part", "value")), ({"value": {**WHOLE["value"], "amount": "NaN"}}, ("part", "value")),
        ({"value": {**WHOLE["value"], "inputs": {"method": "guess"}}}, ("part", "value")), ({"texts": "none"}, ("part", "texts")),
    ],
)
def test_a_card_that_was_edited_is_refused_and_a_foreign_key_never_repeated(change: dict[str, Any], said: tuple[str, str | None]) -> None:
    assert why(json.dumps({**WHOLE, **change}).encode()) == said


def test_repeated_keys_and_numbers_that_are_none_are_refused() -> None:
    whole = json.dumps(WHOLE)
    assert why(whole.replace('"version": 1', '"version": 1, "version": 1').encode()) == ("edited", None)
    assert why(whole.replace('"posts": 2', '"posts": NaN').encode()) == ("edited", None)
    assert why(whole.replace('"posts": 2', f'"posts": {"9" * 5000}').encode()) == ("edited", None)


def test_zero_is_counted_and_missing_is_not() -> None:
    cards = [of(readings={"clicks": {"sum": 0, "shares": 2}}), of(readings={"clicks": {"sum": 5, "shares": 1}}), of(readings={}), of()]
    found = add_up(cards).all
    assert found.figures["clicks"] == Sum(5, 2, 3) and found.cards == 4
    assert found.figures["impressions"] is None and found.figures["posts"] is None and not found.worth
    assert add_up(cards[:1]).all.figures["clicks"] == Sum(0, 1, 2)


def test_posts_are_never_guessed_from_items() -> None:
    found = add_up([of(items=[{"item_id": "a", "posts": 3}]), of(items=[{"item_id": "a", "posts": 1}, {"item_id": "b", "posts": 1}])])
    assert found.all.figures["posts"] is None and found.with_items == 2
    assert found.items == {"a": Sum(4, 2, 4), "b": Sum(1, 1, 1)}


def test_value_is_kept_apart_by_currency_and_says_how_many_ways_it_was_reckoned() -> None:
    euro = WHOLE["value"]
    dear = {**euro, "inputs": {**euro["inputs"], "cpc": "5.00"}}
    pound = {**euro, "currency": "GBP", "amount": "0.10", "low": "0.05", "high": "0.15"}
    in_euro, in_pound = add_up([of(value=euro), of(value=dear), of(value=pound), of(value=None), of()]).all.worth
    assert (in_euro.currency, in_euro.amount, in_euro.cards, in_euro.shares, in_euro.of, in_euro.ways) == ("EUR", Decimal("60.00"), 2, 2, 4, 2)
    assert (in_euro.low, in_euro.high) == (Decimal("30.00"), Decimal("90.00"))
    assert (in_pound.currency, in_pound.amount, in_pound.ways) == ("GBP", Decimal("0.10"), 1)


def test_periods_stand_apart() -> None:
    april = of(**{"from": "2026-04-01", "to": "2026-04-30"}, activity={"posts": 1, "by_week": []})
    march = of(activity={"posts": 2, "by_week": [{"week": "2026-03-02", "posts": 2}]})
    found = add_up([april, march, march]).periods
    assert [(period, sums.cards, sums.figures["posts"]) for period, sums in found.items()] == [
        (("2026-03-01", "2026-03-31"), 2, Sum(4, 2, 4)), (("2026-04-01", "2026-04-30"), 1, Sum(1, 1, 1)),
    ]


def test_cards_that_say_the_same_are_alike_however_they_are_written() -> None:
    again = read_card(json.dumps(dict(reversed(WHOLE.items())), indent=4).encode())
    assert alike(again) == alike(of(**WHOLE)) != alike(of())
    assert alike(of(value=None)) != alike(of())
    assert alike(of(topics={"\ud800": 1}, items=[{"item_id": "\udfff", "posts": 1}])) != alike(of())


def test_cards_are_found_in_mails_however_they_were_broken_and_quoted() -> None:
    line = json.dumps(WHOLE)
    at = line.index(" ", 300)
    broken = f"Hello {{you}},\r\n\r\n> {line[:at]}\r\n> {line[at:].strip()}\r\n\r\nBye\r\n{json.dumps(PLAIN)}\r\n{line[:200]}"
    first, second, third = in_message(broken)
    assert read_card(first) == of(**WHOLE) and read_card(second) == of() and why(third)[0] == "half"
    assert not list(in_message("A mail without any. {")) and not list(in_message('"sayso-card"'))


def test_the_table_runs_no_formula_and_leaves_out_what_is_in_no_card() -> None:
    totals = add_up([of(**WHOLE), of(items=[{"item_id": "gone", "posts": 2}])])
    rows = list(csv.DictReader(io.StringIO(csv_of_cards(totals, {"roast": "=1+1"}).removeprefix("\ufeff"))))
    said = {(row["of"], row["figure"]): row for row in rows}
    assert said["all", "posts"]["sum"] == "2" and (said["all", "posts"]["cards"], said["all", "posts"]["of_cards"]) == ("1", "2")
    assert said["all", "comments"]["sum"] == "" and said["all", "reactions"]["sum"] == "0"
    assert (said["all", "value"]["sum"], said["all", "value"]["currency"]) == ("30.00", "EUR")
    assert said["item", "posts"]["title"] == "'=1+1" and said["other items", "posts"]["sum"] == "2"
