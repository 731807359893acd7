"""The form of a programme's file: what its keys are and what they become.

A file without the key `policy` is a bare policy: a programme without items.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from server import clock, company_packs, strict
from server.feed.address import canonical, item_id
from server.feed.sources import title_variant
from server.policy import POLICY, Policy
from server.store import CATEGORIES, VOICES, Item, Variant

SOURCE_ID = str(uuid.uuid5(uuid.NAMESPACE_URL, "the programme in force"))


@dataclass(frozen=True, slots=True)
class ProgrammeSource:
    """A source that the programme names: `kind` is `feed` or `file`, `place` its address or absolute path."""

    kind: str
    place: str
    category: str = "brand"
    title: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammeFile:
    """A programme as it is written. Items without a `published_at` get the time at which it is first used.

    `packs` are the company's own rules; those of `pack_folders` are among them once they have been read.
    """

    name: str
    policy: Policy
    languages: tuple[str, ...] = ("en",)
    contact: str | None = None
    allow_private: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    sources: tuple[ProgrammeSource, ...] = ()
    packs: company_packs.Packs = field(default_factory=dict, hash=False)
    pack_folders: tuple[tuple[str, str], ...] = ()


def load_programme(text: str, file: str) -> ProgrammeFile:
    """The programme written in `text`, YAML or JSON. `file` is its path or address: it names the place of a complaint
    in StrictError, and relative paths are resolved against its folder. Folders of rules are named, not read.
    """
    return _load(text, file)


@lru_cache(maxsize=4)
def _load(text: str, file: str) -> ProgrammeFile:
    return strict.load(text, file, _programme)


# Each function below is a type of server.strict: a node and its place in, a value out.

_lang = strict.matching(r"[a-z]{2,3}", "a language code such as en, fr or de")
_words = strict.list_of(strict.text)
_category = strict.one_of(*CATEGORIES)


def _address(as_asked: bool) -> strict.Type:
    """An http(s) address in canonical form; with its whole query where it is one to fetch."""

    def load(node: yaml.Node, at: Any) -> str:
        value = strict.text(node, at)
        found = canonical(value, as_asked=as_asked)
        if not found:
            raise at.error(node, f"a web address (https://…) is wanted, not “{value}”")
        return found

    return load


def _moment(end_of_day: bool) -> strict.Type:
    """A date or a time, as UTC ISO 8601. A date alone is its first moment, or its last where something ends then."""

    def load(node: yaml.Node, at: Any) -> str:
        value = strict.text(node, at)
        try:
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=UTC)
            if end_of_day and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                moment += timedelta(days=1, seconds=-1)
            return clock.stamp(moment)
        except (ValueError, OverflowError):
            raise at.error(
                node, f"a date or time such as 2026-12-01 or 2026-12-01T09:30:00Z is wanted, not “{value}”"
            ) from None

    return load


_VARIANT = strict.record(
    {"text": strict.text, "lang": _lang, "voice": strict.one_of(*VOICES)}, required=("text", "lang")
)
_ITEM = strict.record(
    {
        "title": strict.text,
        "url": _address(False),
        "summary": strict.text,
        "image": _address(True),
        "lang": _lang,
        "category": _category,
        "topics": _words,
        "audience": _words,
        "variants": strict.list_of(_VARIANT),
        "published_at": _moment(False),
        "embargo_until": _moment(False),
        "expires_at": _moment(True),
        "campaign": strict.text,
        "reward": strict.text,
    },
    required=("title", "url"),
)
_SOURCE = strict.record({"url": _address(True), "file": strict.text, "category": _category, "title": strict.text})


def _item(node: yaml.Node, at: Any) -> Item:
    given = _ITEM(node, at)
    id = item_id(given["url"])
    variants: dict[str, Variant] = {}
    for raw in given.pop("variants", ()):
        voice = raw.get("voice", "factual")
        variant = str(uuid.uuid5(uuid.UUID(id), f"{raw['lang']}|{voice}|{raw['text']}"))
        variants[variant] = Variant(variant, raw["text"], raw["lang"], voice)
    if given.get("reward", "").lower() in ("none", "no", "false"):
        given["reward"] = "none"
    begins = max(given.get("published_at", ""), given.get("embargo_until", ""))
    if "expires_at" in given and given["expires_at"] <= begins:
        raise at.child("expires_at").error(node, "lies before the item is first shown")
    lists = {key: tuple(given.pop(key, ())) for key in ("topics", "audience")}
    return Item(id=id, source_id=SOURCE_ID, variants=tuple(variants.values()), **lists, **given)


def _items(node: yaml.Node, at: Any) -> list[Item]:
    items = strict.list_of(_item)(node, at)
    first: dict[str, int] = {}
    for index, (item, child) in enumerate(zip(items, node.value, strict=True)):
        if item.id in first:
            raise at.child(index).child("url").error(
                child, f"is the page of items[{first[item.id]}] already; add this wording there, as one of its variants"
            )
        first[item.id] = index
    return items


def _programme_source(node: yaml.Node, at: Any) -> ProgrammeSource:
    given = _SOURCE(node, at)
    if ("url" in given) == ("file" in given):
        raise at.error(node, "either url or file is wanted, and not both")
    rest = {"category": given.get("category", "brand"), "title": given.get("title", "")}
    if "url" in given:
        return ProgrammeSource("feed", given["url"], **rest)
    if at.file.startswith(("http://", "https://")):
        raise at.child("file").error(node, "a programme from the web cannot name a file of this computer; give a url")
    return ProgrammeSource(
        "file", str((Path(at.file).absolute().parent / Path(given["file"]).expanduser()).resolve()), **rest
    )


_private_place = strict.matching(
    r"[A-Za-z0-9_.:\[\]-]+(?:/\d{1,3})?", "a host name, an address or a network such as 10.1.0.0/16"
)

_PROGRAMME = strict.record(
    {
        "name": strict.text,
        "languages": strict.list_of(_lang, least=1),
        "contact": strict.text,
        "allow_private": strict.list_of(_private_place),
        "policy": POLICY,
        "rules": company_packs.written,
        "items": _items,
        "sources": strict.list_of(_programme_source),
    },
    required=("name", "policy"),
)


def _programme(node: yaml.Node, at: Any) -> ProgrammeFile:
    keys = [key.value for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
    if "policy" not in keys and not {"items", "sources", "rules"} & set(keys):
        policy = POLICY(node, at)
        return ProgrammeFile(policy.company.name if policy.company else "A policy without a company", policy)
    given = _PROGRAMME(node, at)
    languages = tuple(dict.fromkeys(given.get("languages", ["en"])))
    items = [replace(item, lang=item.lang or languages[0]) for item in given.pop("items", ())]
    rules = given.get("rules", {})
    return ProgrammeFile(
        name=given["name"],
        policy=given["policy"],
        languages=languages,
        contact=given.get("contact"),
        allow_private=tuple(given.get("allow_private", ())),
        items=tuple(
            item if item.variants else replace(item, variants=(title_variant(item.id, item.title, item.lang),))
            for item in items
        ),
        sources=tuple(given.get("sources", ())),
        packs={pack: found for pack, found in rules.items() if isinstance(found, dict)},
        pack_folders=tuple((pack, str(found)) for pack, found in rules.items() if isinstance(found, Path)),
    )
