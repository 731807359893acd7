"""The form of an item: what its fields hold as text, and what they mean as fields of an item."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from typing import Any

from server.editing import EditFault
from server.rules.model import LANGUAGES
from server.store import CATEGORIES, VOICES, Item, Variant

PLAIN = ("title", "summary", "image", "lang", "category", "campaign", "reward")
LISTS = ("topics", "audience", "regions", "tags")
TIMES = ("published_at", "embargo_until", "expires_at")
MOST = {"title": 300, "summary": 2000, "image": 2000, "campaign": 300, "reward": 300}
_BLANK_ITEM = Item(id="00000000-0000-4000-8000-000000000000", source_id="", title="", url="")


@dataclass
class Wording:
    """One wording as it stands in the form. `fault` is what is wrong with it, a word in `fault` of the words."""

    id: str
    text: str = ""
    voice: str = "factual"
    lang: str = "en"
    reason: str = ""
    draft: bool = False
    fault: str | None = None

    def as_variant(self) -> Variant:
        reason = " ".join(self.reason.split()) or None
        return Variant(self.id, self.text.strip(), self.lang, self.voice, self.draft, reason)


@dataclass
class Form:
    """An item in the form. `seen` is the `updated_at` of what the person saw and `base` the form as it was then, by
    which a change of theirs is told from somebody else's. `faults` are field → a word in `fault`."""

    values: dict[str, str]
    wordings: list[Wording]
    seen: str = ""
    base: str = ""
    faults: dict[str, str] = field(default_factory=dict)

    def changes(self) -> dict[str, Any]:
        """The fields of an item; what cannot be read is named in `faults`."""
        changes, self.faults = self._read()
        return changes

    def _read(self) -> tuple[dict[str, Any], dict[str, str]]:
        values, faults = self.values, {}
        changes: dict[str, Any] = {
            "title": " ".join(values["title"].split()), "summary": values["summary"], "category": values["category"],
        }
        for name in ("image", "lang", "campaign", "reward"):
            changes[name] = values[name].strip() or None
        for name in LISTS:
            changes[name] = tuple(_words(values[name], tags=name == "tags"))
        for name in TIMES:
            try:
                changes[name] = _stamp(values[name], end=name == "expires_at")
            except (ValueError, OverflowError):
                faults[name] = "no_time"
        for name, most in MOST.items():
            if len(values[name]) > most:
                faults[name] = "long"
        if changes["image"] and not re.match(r"https?://[^\s/]", changes["image"]):
            faults["image"] = "no_address"
        changes["variants"] = tuple(wording.as_variant() for wording in self.wordings)
        return changes, faults

    def untouched(self, kept: Item) -> set[str]:
        """The fields that stand in the form as `kept` puts them there: what its text cannot tell stays what it was."""
        there = of_item(kept).values
        return {name for name in (*PLAIN, *LISTS, *TIMES) if self.values[name] == there[name]}

    def item(self, kept: Item | None) -> Item:
        """The item as it would be, to look at: what cannot be read stays as it was."""
        changes, _ = self._read()
        category = changes["category"] if changes["category"] in CATEGORIES else "brand"
        base = kept or replace(_BLANK_ITEM, url=self.values.get("url", "").strip())
        return replace(base, **{**changes, "category": category, "image": None})

    def fault(self, found: EditFault) -> None:
        """Take in what `server.editing` says is wrong."""
        self.faults[found.field] = found.code
        if found.field == "variants":
            for wording in self.wordings:
                if not wording.text.strip() or len(wording.text.strip()) > 3000:
                    wording.fault = found.code


def of_item(item: Item) -> Form:
    """The form of an item as it is."""
    values = {name: getattr(item, name) or "" for name in PLAIN}
    values |= {name: ", ".join(getattr(item, name)) for name in LISTS}
    values |= {name: local(getattr(item, name)) for name in TIMES}
    values["url"] = item.url
    wordings = [
        Wording(each.id, each.text, each.voice, each.lang, each.reason or "", each.draft) for each in item.variants
    ]
    base = json.dumps({"values": values, "wordings": [asdict(each) for each in wordings]}, ensure_ascii=False)
    return Form(values, wordings, item.updated_at, base)


def blank(category: str = "", lang: str = "en", **given: str) -> Form:
    """The form of an item that is not there yet."""
    values = dict.fromkeys((*PLAIN, *LISTS, *TIMES, "url"), "")
    values |= {"category": category if category in CATEGORIES else "brand", "lang": lang, **given}
    return Form(values, [])


def sent(form: Mapping[str, str]) -> Form:
    """What a person sent."""
    values = {name: _lines(form.get(name, "")) for name in (*PLAIN, *LISTS, *TIMES, "url")}
    return Form(values, list(_wordings(form)), form.get("updated_at", ""), _lines(form.get("base", "")))


def fresh(lang: str, voice: str = "first_person") -> Wording:
    """A new wording, still empty."""
    return Wording(str(uuid.uuid4()), "", voice, lang)


def _wordings(form: Mapping[str, str]) -> Iterator[Wording]:
    for number in count():
        id = form.get(f"v{number}-id")
        if id is None:
            return
        voice, lang = form.get(f"v{number}-voice", ""), form.get(f"v{number}-lang", "")
        yield Wording(
            id=id if re.fullmatch(r"[\w-]{1,64}", id) else str(uuid.uuid4()),
            text=_lines(form.get(f"v{number}-text", "")),
            voice=voice if voice in VOICES else "factual",
            lang=lang if re.fullmatch(r"[a-z]{2,3}", lang) else LANGUAGES[0],
            reason=form.get(f"v{number}-reason", "")[:300],
            draft=form.get(f"v{number}-draft") == "1",
        )


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _words(text: str, tags: bool) -> Iterator[str]:
    """What stands between commas or on lines; tags also between blanks, each with its #."""
    for word in re.split(r"[,;\n\s]+" if tags else r"[,;\n]+", text):
        word = " ".join(word.split())[:300]
        if word:
            yield f"#{word.lstrip('#')}" if tags else word


def _stamp(text: str, end: bool) -> str | None:
    """The UTC stamp of a day, or of a day and time, in the machine's own time zone. Raises ValueError."""
    text = text.strip()
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    if end and len(text) == 10:
        moment = moment.replace(hour=23, minute=59, second=59)
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def local(stamp: str | None) -> str:
    """A stamp as a field of the form takes it: day and time in the machine's own time zone, to the second where one
    is told, so that what nobody touched stays what it was."""
    if not stamp:
        return ""
    moment = datetime.fromisoformat(stamp).astimezone().replace(tzinfo=None)
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")
