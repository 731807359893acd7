"""Earned media value: what the same attention would have cost as an advertisement. An estimate, shown with its inputs.

Formulas in use (each programme says which is its own):
- `clicks`: clicks × CPC
- `views`: impressions ÷ 1,000 × CPM
- `mixed`: CPM × impressions ÷ 1,000 + CPC × (multiplier × reactions + clicks)
CPC is the price of a click, CPM of 1,000 impressions, as the market pays them; the source says where they come from.
The band is the value times `low` and `high`: prices differ, and a single figure would look surer than it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Any

METHODS = {
    "clicks": (("cpc",), ("clicks",)),
    "views": (("cpm",), ("impressions",)),
    "mixed": (("cpm", "cpc", "multiplier"), ("impressions", "reactions", "clicks")),
}
FORMULAS = {
    "clicks": "clicks × CPC",
    "views": "impressions ÷ 1,000 × CPM",
    "mixed": "CPM × impressions ÷ 1,000 + CPC × (multiplier × reactions + clicks)",
}
# Digits after the point where they are not two (ISO 4217).
_DIGITS = {"JPY": 0, "KRW": 0, "CLP": 0, "ISK": 0, "VND": 0, "HUF": 2, "KWD": 3, "BHD": 3, "TND": 3}
_MOST = Decimal(10) ** 9


@dataclass(frozen=True, slots=True)
class ValueInputs:
    """Prices and factors, set by the programme or the person. `source` says where they are from, in words."""

    method: str
    currency: str
    cpc: Decimal | None = None
    cpm: Decimal | None = None
    multiplier: Decimal | None = None
    low: Decimal = Decimal("0.5")
    high: Decimal = Decimal("1.5")
    source: str = ""

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> ValueInputs:
        """The inputs from plain values, numbers as decimal strings. Raises ValueError that names what is wrong."""
        method, currency = given.get("method"), given.get("currency", "")
        if method not in METHODS:
            raise ValueError(f"method: one of {', '.join(METHODS)} is wanted")
        if not (isinstance(currency, str) and len(currency) == 3 and currency.isascii() and currency.isupper()):
            raise ValueError("currency: a code of three capitals such as EUR is wanted")
        unknown = given.keys() - {"method", "currency", "cpc", "cpm", "multiplier", "low", "high", "source"}
        if unknown:
            raise ValueError(f"{min(unknown)}: is not known here")
        numbers = {key: _decimal(key, given[key]) for key in ("cpc", "cpm", "multiplier", "low", "high") if key in given}
        for key in METHODS[method][0]:
            if key not in numbers:
                raise ValueError(f"{key}: is needed for the method “{method}”")
        made = cls(method, currency, source=str(given.get("source", ""))[:300], **numbers)
        if not made.low <= 1 <= made.high:
            raise ValueError("low, high: the band has to hold 1, as in 0.5 and 1.5")
        return made

    @property
    def needed(self) -> tuple[str, ...]:
        """The figures that a share has to have for its value to be known."""
        return METHODS[self.method][1]

    def plain(self) -> dict[str, Any]:
        """The inputs as plain values, as `of` takes them."""
        numbers = {key: getattr(self, key) for key in ("cpc", "cpm", "multiplier", "low", "high")}
        given = {key: str(number) for key, number in numbers.items() if number is not None}
        return {"method": self.method, "currency": self.currency, **given, "source": self.source}


@dataclass(frozen=True, slots=True)
class Value:
    """An amount with its band, as decimal strings of the currency, and over how many of how many shares it is."""

    amount: str
    low: str
    high: str
    currency: str
    shares: int
    of: int


def value(figures: Iterable[Mapping[str, int | None]], inputs: ValueInputs | None) -> Value | None:
    """The value of shares, each given by its latest figures; None where no share has every figure that is needed.

    A share that lacks one is left out, not counted as nothing: `shares` of `of` says so.
    """
    return value_of([[each.get(figure) for figure in inputs.needed] for each in figures], inputs) if inputs else None


def value_of(rows: Sequence[Sequence[int | None]], inputs: ValueInputs) -> Value | None:
    """The same of rows that hold the figures which are needed, in the order of `inputs.needed`."""
    # Every formula is linear: the value of the sums is the sum of the values.
    known = [row for row in rows if None not in row]
    counted, seen = len(known), len(rows)
    if not counted:
        return None
    sums = (sum(number or 0 for number in column) for column in zip(*known, strict=True))
    total = _one(dict(zip(inputs.needed, map(Decimal, sums), strict=True)), inputs)
    return Value(*(_money(total * factor, inputs.currency) for factor in (Decimal(1), inputs.low, inputs.high)),
                 inputs.currency, counted, seen)


def _one(known: Mapping[str, Decimal], inputs: ValueInputs) -> Decimal:
    zero = Decimal(0)
    if inputs.method == "clicks":
        return known["clicks"] * (inputs.cpc or zero)
    views = known["impressions"] / 1000 * (inputs.cpm or zero)
    if inputs.method == "views":
        return views
    return views + (inputs.cpc or zero) * ((inputs.multiplier or zero) * known["reactions"] + known["clicks"])


def _money(amount: Decimal, currency: str) -> str:
    return str(amount.quantize(Decimal(1).scaleb(-_DIGITS.get(currency, 2)), ROUND_HALF_EVEN))


def _decimal(key: str, given: Any) -> Decimal:
    try:
        number = Decimal(str(given))
    except InvalidOperation:
        raise ValueError(f"{key}: a number such as 1.20 is wanted, not “{str(given)[:20]}”") from None
    if not number.is_finite() or not 0 <= number <= _MOST:
        raise ValueError(f"{key}: a number from 0 on is wanted, not “{str(given)[:20]}”")
    return number
