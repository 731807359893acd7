"""Why an item is suggested, in words (`reasons.yaml`), the fit first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from server import strict

DAY = 86_400.0
_FILE = Path(__file__).with_suffix(".yaml")
_GROUNDS = (
    *("fits", "meaning", "new_today", "new_week", "follow", "role", "region", "campaign", "mix"),
    *("brand", "employer_brand", "industry", "employee", "ends_today", "ends_tomorrow", "ends", "rewarded"),
)
# The company's own news need no word of their own; another origin is worth knowing.
_NAMED = ("industry", "employee")
_ENDS_SOON = 7


class Ground(NamedTuple):
    """One thing that speaks for an item: a key of `reasons.yaml`, and what stands in its places."""

    key: str
    said: Mapping[str, str]


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    language = strict.record(dict.fromkeys(_GROUNDS, strict.text), required=_GROUNDS)
    return strict.load(_FILE.read_text("utf-8"), _FILE.name, strict.mapping(language))


def _in(ui_lang: str) -> dict[str, str]:
    return _words().get(ui_lang, _words()["en"])


def reasons(
    grounds: Iterable[Ground], *, category: str, age: float | None, ends: float | None, now: float, ui_lang: str
) -> tuple[str, ...]:
    """The parts of the reason, never none. `age` is in seconds, `ends` and `now` are POSIX times."""
    said = list(grounds)
    if age is not None and age < 7 * DAY:
        said.append(Ground("new_today" if age < DAY else "new_week", {}))
    if category in _NAMED:
        said.append(Ground(category, {}))
    if ends is not None and ends - now < _ENDS_SOON * DAY:
        # Days as people count them, by the machine's own midnight.
        days = (datetime.fromtimestamp(ends).date() - datetime.fromtimestamp(now).date()).days
        key = "ends_today" if days < 1 else "ends_tomorrow" if days == 1 else "ends"
        said.append(Ground(key, {"days": str(days)}))
    words = _in(ui_lang)
    # Who follows Lyon need not be told that it is for Lyon, too.
    told = {ground.said["topic"].lower() for ground in said if ground.key == "follow"}
    said = [ground for ground in said if ground.key not in ("role", "region") or ground.said["name"].lower() not in told]
    said.sort(key=lambda ground: _GROUNDS.index(ground.key))
    return tuple(words[key].format(**values) for key, values in said or [Ground(category, {})])


def joined(parts: Sequence[str]) -> str:
    """The parts as one line that begins with a capital."""
    line = " · ".join(parts)
    return line[:1].upper() + line[1:]


def rewarded_reason(label: str, ui_lang: str) -> str:
    """The part that says that a reward makes an advertising label due. It comes last."""
    return _in(ui_lang)["rewarded"].format(label=label)
