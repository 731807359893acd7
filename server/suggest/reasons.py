"""Why an item is suggested, in words, the fit first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

_WORDS = {
    "en": {
        "fits": "fits “{words}”",
        "new_today": "new today",
        "new_week": "new this week",
        "ends_today": "ends today",
        "ends_tomorrow": "ends tomorrow",
        "ends": "ends in {days} days",
        "rewarded": "rewarded, so {label} goes in first",
        "brand": "company news",
        "employer_brand": "working here",
        "industry": "industry",
        "employee": "from a colleague",
    },
    "fr": {
        "fits": "proche de «\u00a0{words}\u00a0»",
        "new_today": "nouveau aujourd’hui",
        "new_week": "nouveau cette semaine",
        "ends_today": "se termine aujourd’hui",
        "ends_tomorrow": "se termine demain",
        "ends": "se termine dans {days} jours",
        "rewarded": "récompensé, donc «\u00a0{label}\u00a0» passe en premier",
        "brand": "actualité de l’entreprise",
        "employer_brand": "la vie chez nous",
        "industry": "secteur",
        "employee": "d’un membre de l’équipe",
    },
    "de": {
        "fits": "passt zu „{words}“",
        "new_today": "heute neu",
        "new_week": "neu diese Woche",
        "ends_today": "endet heute",
        "ends_tomorrow": "endet morgen",
        "ends": "endet in {days} Tagen",
        "rewarded": "belohnt, darum steht „{label}“ zuerst",
        "brand": "aus dem Unternehmen",
        "employer_brand": "Arbeiten bei uns",
        "industry": "Branche",
        "employee": "aus dem Team",
    },
}
# The company's own news need no word of their own; another origin is worth knowing.
_NAMED = ("industry", "employee")
_ENDS_SOON = 7
DAY = 86_400.0


def reasons(
    *, fit: str | None, category: str, age: float | None, ends: float | None, now: float, ui_lang: str
) -> tuple[str, ...]:
    """The parts of the reason, never none. `fit` are the draft's words that matched, `age` is in seconds, `ends` and
    `now` are POSIX times.
    """
    words = _WORDS.get(ui_lang, _WORDS["en"])
    parts = [words["fits"].format(words=fit)] if fit else []
    if age is not None and age < 7 * DAY:
        parts.append(words["new_today" if age < DAY else "new_week"])
    if category in _NAMED:
        parts.append(words[category])
    if ends is not None and ends - now < _ENDS_SOON * DAY:
        # Days as people count them, by the machine's own midnight.
        days = (datetime.fromtimestamp(ends).date() - datetime.fromtimestamp(now).date()).days
        parts.append(
            words["ends_today"]
            if days < 1
            else words["ends_tomorrow"] if days == 1 else words["ends"].format(days=days)
        )
    return tuple(parts or [words.get(category, words["brand"])])


def joined(parts: Sequence[str]) -> str:
    """The parts as one line that begins with a capital."""
    line = " · ".join(parts)
    return line[:1].upper() + line[1:]


def rewarded_reason(label: str, ui_lang: str) -> str:
    """The part that says that a reward makes an advertising label due. It comes last."""
    return _WORDS.get(ui_lang, _WORDS["en"])["rewarded"].format(label=label)
