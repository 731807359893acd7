"""Sharing cards that people sent, read and added up at the other end. Nothing is kept, nothing is guessed.

A card bears no name, so nothing here is of a person: figures of all cards, of a period, of an item. A figure that a
card lacks is missing there, not 0; each sum says over how many cards it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from server import strict_json
from server.shares.card import FORMAT, PARTS, VERSION
from server.shares.export import FORMAT as EXPORT
from server.shares.table import as_csv
from server.shares.value import ValueInputs
from server.store import FIGURES

MOST_BYTES = 1_048_576  # of one card; with a hundred posts in full it has a third of that
WHY = ("empty", "large", "no_json", "half", "no_card", "export", "newer", "edited", "part")
COLUMNS = (
    "of", "first", "last", "item_id", "title", "figure", "sum", "low", "high", "currency", "read_for_posts", "cards", "of_cards",
)
_BEGINS = f'"{FORMAT}"'


class NoCard(ValueError):
    """What was handed over is no card that can be counted: `why` is one of WHY, `part` the key that does not fit."""

    def __init__(self, why: str, part: str | None = None) -> None:
        super().__init__(why)
        self.why, self.part = why, part


def _day(text: str) -> str:
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError("a day such as 2026-10-01 is wanted")
    return text


def _inputs(given: dict[str, Any]) -> dict[str, Any]:
    return ValueInputs.of(given).plain()


Day = Annotated[str, AfterValidator(_day)]
Count = Annotated[int, Field(ge=0, le=10**12)]
Some = Annotated[int, Field(ge=1, le=10**9)]
Amount = Annotated[str, Field(pattern=r"^[0-9]{1,15}(\.[0-9]{1,4})?$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)


class _Week(_Part):
    week: Day
    posts: Count


class _Activity(_Part):
    posts: Count
    by_week: list[_Week]


class _Figure(_Part):
    sum: Count
    shares: Some


class _Item(_Part):
    item_id: str
    posts: Some


class _Value(_Part):
    amount: Amount
    low: Amount
    high: Amount
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    shares: Some
    of: Some
    formula: str
    inputs: Annotated[dict[str, str], AfterValidator(_inputs)]


class Card(_Part):
    """A card as `server.shares.card` makes it; a part that was not chosen is None and not in `model_fields_set`."""

    format: Literal["sayso-card"]
    version: int
    first: Annotated[Day, Field(alias="from")]
    last: Annotated[Day, Field(alias="to")]
    activity: _Activity | None = None
    readings: dict[Literal[FIGURES], _Figure] | None = None  # type: ignore[valid-type]
    items: list[_Item] | None = None
    topics: dict[str, Some] | None = None
    value: _Value | None = None
    texts: list[dict[str, Any]] | None = None


def read_card(data: bytes) -> Card:
    """One card from its file. Raises NoCard, which says why it is none."""
    if len(data) > MOST_BYTES:
        raise NoCard("large")
    try:
        text = data.decode(json.detect_encoding(data)).strip().removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise NoCard("no_json") from None
    if not text.strip("\0"):
        raise NoCard("empty")
    try:
        given = strict_json.load(text)
    except (ValueError, RecursionError) as error:
        raise NoCard(_broken(text, error)) from None
    if not isinstance(given, dict) or given.get("format") != FORMAT:
        raise NoCard("export" if isinstance(given, dict) and given.get("format") == EXPORT else "no_card")
    version = given.get("version")
    if type(version) is int and version > VERSION:
        raise NoCard("newer")
    try:
        card = Card.model_validate(given)
    except ValidationError as error:
        at = str(error.errors(include_input=False)[0]["loc"][0])
        # A key that is not ours could say anything, a name too: it is not repeated.
        raise NoCard("part", at) if at in ("from", "to", "version", "texts", *PARTS) else NoCard("edited") from None
    if card.first > card.last or card.version != VERSION:
        raise NoCard("edited")
    return card


def in_message(text: str) -> Iterator[bytes]:
    """The cards in messages that were pasted, as their files would be, however mail programs broke and quoted them."""
    unbroken = " ".join(line.lstrip("> \t") for line in text.replace("\u00a0", " ").splitlines())
    at = 0
    while (found := unbroken.find(_BEGINS, at)) >= 0:
        start, at = unbroken.rfind("{", at, found), found + len(_BEGINS)
        if start < 0:
            continue
        try:
            at = json.JSONDecoder(strict=False).raw_decode(unbroken, start)[1]
        except (ValueError, RecursionError):
            following = unbroken.find(_BEGINS, at)
            at = len(unbroken) if following < 0 else unbroken.rfind("{", at, following)
        yield unbroken[start:at].encode("utf-8", "replace")


def _broken(text: str, error: Exception) -> str:
    """Why a text is no JSON: it never was, it breaks off, or it was changed by hand."""
    if not text.startswith("{"):
        return "no_json"
    ended = isinstance(error, json.JSONDecodeError) and (error.pos >= len(text) or not text.endswith("}"))
    return "half" if ended else "edited"


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure over several cards: in how many of them it is, and over how many posts it was read."""

    sum: int
    cards: int
    shares: int


@dataclass(frozen=True, slots=True)
class Worth:
    """The value in one currency, over `shares` of `of` posts; `ways` is how many formulas and prices it comes from."""

    currency: str
    amount: Decimal
    low: Decimal
    high: Decimal
    cards: int
    shares: int
    of: int
    ways: int


@dataclass(frozen=True, slots=True)
class Sums:
    """What `cards` cards say together. A figure that none of them has is None."""

    cards: int
    figures: Mapping[str, Sum | None]  # "posts", then those of FIGURES
    worth: Sequence[Worth]


@dataclass(frozen=True, slots=True)
class Totals:
    """All cards together, by period (`first` and `last` day), and by item (its id → posts)."""

    all: Sums
    periods: Mapping[tuple[str, str], Sums]
    items: Mapping[str, Sum]
    with_items: int
    with_texts: int


def alike(card: Card) -> bytes:
    """A digest by which two cards are the same to the letter, however their files were indented."""
    # ASCII: half of a surrogate pair, which a file can hold, has no bytes of its own.
    return sha256(json.dumps(card.model_dump(exclude_unset=True), sort_keys=True).encode("ascii")).digest()


def add_up(cards: Sequence[Card]) -> Totals:
    """The figures of cards, each counted as often as it is given."""
    periods: dict[tuple[str, str], list[Card]] = {}
    items: dict[str, list[int]] = {}
    for card in cards:
        periods.setdefault((card.first, card.last), []).append(card)
        for each in card.items or ():
            items.setdefault(each.item_id, []).append(each.posts)
    return Totals(
        _sums(cards),
        {period: _sums(periods[period]) for period in sorted(periods)},
        {id: Sum(sum(posts), len(posts), sum(posts)) for id, posts in items.items()},
        sum(card.items is not None for card in cards),
        sum(bool(card.texts) for card in cards),
    )


def _sums(cards: Sequence[Card]) -> Sums:
    posts = [card.activity.posts for card in cards if card.activity]
    read = {figure: [card.readings[figure] for card in cards if card.readings and figure in card.readings] for figure in FIGURES}
    values: dict[str, list[_Value]] = {}
    for card in cards:
        if card.value:
            values.setdefault(card.value.currency, []).append(card.value)
    return Sums(
        len(cards),
        {
            "posts": Sum(sum(posts), len(posts), sum(posts)) if posts else None,
            **{
                figure: Sum(sum(each.sum for each in found), len(found), sum(each.shares for each in found)) if found else None
                for figure, found in read.items()
            },
        },
        [_worth(currency, values[currency]) for currency in sorted(values)],
    )


def _worth(currency: str, values: Sequence[_Value]) -> Worth:
    amount, low, high = (
        sum((Decimal(getattr(each, name)) for each in values), Decimal(0)) for name in ("amount", "low", "high")
    )
    ways = {(each.formula, *sorted(each.inputs.items())) for each in values}
    return Worth(
        currency, amount, low, high, len(values), sum(each.shares for each in values), sum(each.of for each in values), len(ways)
    )


def csv_of_cards(totals: Totals, titles: Mapping[str, str]) -> str:
    """The totals as CSV, a row a figure: of all cards, of each period, of each item in `titles` (id → title), and of all
    other items in one row. What is in no card is empty."""
    rows = list(_rows("all", totals.all))
    for (first, last), sums in totals.periods.items():
        rows += [{**row, "first": first, "last": last} for row in _rows("period", sums)]
    for id, found in totals.items.items():
        if id in titles:
            rows.append({"of": "item", "item_id": id, "title": titles[id], **_cells("posts", found, totals.all.cards)})
    others = sum(found.sum for id, found in totals.items.items() if id not in titles)
    if others:
        rows.append({"of": "other items", "figure": "posts", "sum": others, "of_cards": totals.all.cards})
    return as_csv(COLUMNS, rows)


def _rows(of: str, sums: Sums) -> Iterable[dict[str, Any]]:
    for figure, found in sums.figures.items():
        yield {"of": of, **_cells(figure, found, sums.cards)}
    for each in sums.worth:
        yield {
            "of": of, "figure": "value", "sum": each.amount, "low": each.low, "high": each.high, "currency": each.currency,
            "read_for_posts": each.shares, "cards": each.cards, "of_cards": sums.cards,
        }


def _cells(figure: str, found: Sum | None, of: int) -> dict[str, Any]:
    known = {"sum": found.sum, "read_for_posts": found.shares if figure != "posts" else None} if found else {}
    return {"figure": figure, **known, "cards": found.cards if found else 0, "of_cards": of}
