"""The words of the companion's own pages and of the charter: a YAML file a language, and how each writes dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from server import clock, strict
from server.rules.model import UI_LANGUAGES as LANGUAGES
from server.words.said import SEPARATORS, said

FOLDER = Path(__file__).parent
_COUNTED = strict.record({"one": strict.text, "other": strict.text}, required=("one", "other"))
_SENTENCE = strict.either(strict.text, _COUNTED)
_FILE = strict.mapping(strict.mapping(_SENTENCE))


def _marked(text: str) -> Markup:
    """The text as HTML; what stands in `backticks` is something to type and becomes <code>."""
    code = Markup("<code>{}</code>")
    return Markup("").join(
        code.format(part) if index % 2 else escape(part) for index, part in enumerate(text.split("`"))
    )


class Words:
    """One language. Call it with `section.key` and the sentence's values; values are escaped."""

    def __init__(self, language: str) -> None:
        self.language = language
        file = FOLDER / f"{language}.yaml"
        given: dict[str, dict[str, str | dict[str, str]]] = strict.load(file.read_text("utf-8"), file.name, _FILE)
        self.sections = given
        self._months = self._plain("form.months").split()
        self._short_months = self._plain("form.short_months").split()
        self._weekdays = self._plain("form.weekdays").split()

    def _plain(self, name: str) -> Any:
        section, _, key = name.partition(".")
        return self.sections[section][key]

    def __contains__(self, name: str) -> bool:
        section, _, key = name.partition(".")
        return key in self.sections.get(section, {})

    def __call__(self, name: str, **values: Any) -> Markup:
        """The sentence `name`. Raises KeyError where there is none."""
        return _marked(self._plain(name)).format(**values)

    def count(self, name: str, n: int, **values: Any) -> Markup:
        """The sentence `name` for the number `n`, which it holds as `{n}`."""
        forms = self._plain(name)
        # French counts none as it counts one.
        singular = n == 1 or (n == 0 and self.language == "fr")
        return _marked(forms["one" if singular else "other"]).format(n=self.number(n), **values)

    def said(self, message: str, *, alone: bool = False) -> Markup:
        """What a part below the pages says in English, in this language; where that is not known, marked as English.

        `alone`: as a sentence that stands by itself, with a capital first (unless that is an address) and a full stop.
        """
        if isinstance(message, Markup):  # words of this language already
            return message
        found = message if self.language == "en" else said(message, self.language)
        whole = found or message
        shown = _alone(whole) if alone else whole
        return escape(shown) if found else Markup('<span lang="en">{}</span>').format(shown)

    def number(self, n: int) -> str:
        """A whole number with the language's own separator of thousands."""
        return f"{n:,}".replace(",", SEPARATORS[self.language])

    def date(self, stamp: str) -> str:
        """The day of a UTC stamp in the machine's own time zone; with its year where that is not this one."""
        moment = _local(stamp)
        form = "form.date" if moment.year == _local(clock.stamp()).year else "form.date_year"
        return self._plain(form).format(day=self._day(moment), month=self._months[moment.month - 1], year=moment.year)

    def short_day(self, stamp: str) -> str:
        """The day of a stamp as short as under an axis, without its year."""
        moment = _local(stamp)
        return self._plain("form.date").format(day=moment.day, month=self._short_months[moment.month - 1])

    def day(self, stamp: str) -> str:
        """As a heading over what happened on that day: today, yesterday, or weekday and date."""
        moment, now = _local(stamp), _local(clock.stamp())
        for ago, name in enumerate(("form.today", "form.yesterday")):
            if moment.date() == (now - timedelta(days=ago)).date():
                return self._plain(name)
        named = self._plain("form.day").format(weekday=self._weekdays[moment.weekday()], date=self.date(stamp))
        return named[0].upper() + named[1:]

    def month(self, stamp: str) -> str:
        """Month and year of a stamp."""
        moment = _local(stamp)
        return f"{self._months[moment.month - 1]} {moment.year}"

    def time(self, stamp: str) -> str:
        """Hours and minutes of a stamp."""
        return f"{_local(stamp):%H:%M}"

    def moment(self, stamp: str) -> str:
        """Day and time of a stamp."""
        return self._plain("form.moment").format(date=self.date(stamp), time=self.time(stamp))

    def _day(self, moment: datetime) -> str:
        return "1er" if self.language == "fr" and moment.day == 1 else str(moment.day)


def _alone(sentence: str) -> str:
    first = sentence[:1].upper() if re.match(r"[^\W\d_]+ ", sentence) else sentence[:1]
    return f"{first}{sentence[1:]}{'' if sentence.endswith(('.', '?', '…')) else '.'}"


def local_day(stamp: str) -> str:
    """The day of a UTC stamp in the machine's own time zone, as 2026-11-21."""
    return _local(stamp).date().isoformat()


def _local(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp).astimezone()


class _All(Mapping[str, Words]):
    """The words by language, each read when first asked for: a companion whose pages nobody opens holds none."""

    def __getitem__(self, language: str) -> Words:
        return _words(language)

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGES)

    def __len__(self) -> int:
        return len(LANGUAGES)


@cache
def _words(language: str) -> Words:
    if language not in LANGUAGES:
        raise KeyError(language)
    return Words(language)


ALL: Mapping[str, Words] = _All()
