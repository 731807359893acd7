"""Numbers as LinkedIn writes them for people: "1,234", "1.234", "1 234", "12K", "1,2 k", "3 Mio."."""

from __future__ import annotations

import re

# What stands behind a shortened number, in the languages of LinkedIn's pages that Sayso reads (en, fr, de, es, it, nl).
_THOUSANDS = {"": 1, "k": 10**3, "tsd": 10**3, "mil": 10**3, "mila": 10**3, "m": 10**6, "mio": 10**6, "mln": 10**6,
              "md": 10**9, "mrd": 10**9, "b": 10**9}
_SPACES = "\u00a0\u2009\u202f\u2007 "
_NUMBER = re.compile(
    rf"(?P<digits>\d{{1,3}}(?:[.,'’{_SPACES}]\d{{3}})+|\d+)(?:(?P<point>[.,])(?P<rest>\d+))?"
    rf"[{_SPACES}]*(?P<unit>[A-Za-z]{{0,4}})\.?"
)
_MOST = 10**12


def count_of(text: str) -> int | None:
    """The whole number that `text` is, None where it is none; "0" is 0, an empty text and a dash are None.

    A group of three digits after one separator is thousands ("1.234", "1,234"), unless a unit follows: nobody
    shortens to three decimals, so "1,234K" is refused rather than guessed.
    """
    found = _NUMBER.fullmatch(text.strip(_SPACES + "\t\n").replace("\u200f", "").replace("\u200e", ""))
    if not found:
        return None
    times = _THOUSANDS.get(found["unit"].lower())
    digits = re.sub(r"\D", "", found["digits"])
    separators = set(re.sub(r"\d", "", found["digits"]))
    rest = found["rest"] or ""
    if times is None or len(separators) > 1 or (found["point"] or "") in separators:
        return None
    if times == 1:
        # Decimals of a count are zeros or no count at all.
        return int(digits) if not rest.strip("0") and int(digits) <= _MOST else None
    if separators or len(rest) > 2:
        return None
    value = int(digits) * times + (int(rest) * times // 10 ** len(rest) if rest else 0)
    return value if value <= _MOST else None
