"""The programme: a company's policy, its items and where more of them come from, as one file that a person writes.

docs/programme.md describes the file. A file without the key `policy` is a bare policy: a programme without items.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from server import clock, strict
from server.feed.address import canonical, item_id
from server.feed.fetch import fetch
from server.feed.model import FeedError
from server.feed.sources import read_file, source_at, title_variant
from server.policy import POLICY, Policy
from server.store import CATEGORIES, VOICES, Item, Programme, Source, Store, Variant

_OWNER = "programme"
SOURCE_ID = str(uuid.uuid5(uuid.NAMESPACE_URL, "the programme in force"))
_MOST_BYTES = 5_000_000
_ACCEPT = "application/yaml, text/yaml, text/x-yaml, application/json, text/plain;q=0.9, */*;q=0.1"


@dataclass(frozen=True, slots=True)
class ProgrammeSource:
    """A source that the programme names: `kind` is `feed` or `file`, `place` its address or absolute path."""

    kind: str
    place: str
    category: str = "brand"
    title: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammeFile:
    """A programme as it is written. Items without a `published_at` get the time at which it is first used."""

    name: str
    policy: Policy
    languages: tuple[str, ...] = ("en",)
    contact: str | None = None
    allow_private: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    sources: tuple[ProgrammeSource, ...] = ()


def load_programme(text: str, file: str) -> ProgrammeFile:
    """The programme written in `text`, YAML or JSON. `file` is its path or address: it names the place of a complaint
    in StrictError, and relative paths of sources are resolved against its folder.
    """
    return _load(text, file)


@lru_cache(maxsize=4)
def _load(text: str, file: str) -> ProgrammeFile:
    return strict.load(text, file, _programme)


def use(
    store: Store,
    origin: str,
    *,
    allow_private: Iterable[str] | None = None,
    now: datetime | None = None,
) -> ProgrammeFile:
    """Take the programme at a path or an http(s) address into use: its text, items and sources.

    Items and sources of the programme before it go, those that the person added stay. Sources are named here and
    read by `feed.refresh`. Raises StrictError, whose message says what is wrong and where; then nothing changes.
    """
    file, text = _read(store, origin, allow_private)
    programme = load_programme(text, file)
    moment = clock.stamp(now)
    known = {source.id: source for source in store.sources()}
    added = {
        source.url for source in known.values() if source.kind != "programme" and source.id != _owned(source.url).id
    }
    # A source that the person has added already stays theirs.
    sources = [_source(wanted) for wanted in programme.sources if wanted.place not in added]
    earlier = {item.id: item for item in store.items() if item.source_id == SOURCE_ID}
    items = [_dated(item, earlier.get(item.id), moment) for item in programme.items]

    store.put_source(Source(SOURCE_ID, "programme", file, programme.name, refreshed_at=moment, last_good_at=moment))
    store.put_items(SOURCE_ID, items)
    for gone in earlier.keys() - {item.id for item in items}:
        store.delete_item(gone)
    for source in sources:
        old = known.get(source.id)
        if old and old.category != source.category:
            for item in store.items():
                if item.source_id == source.id and item.category == old.category:
                    store.update_item(item.id, category=source.category)
        store.put_source(replace(old, category=source.category, title=source.title or old.title) if old else source)
    wanted = {SOURCE_ID, *(source.id for source in sources)}
    for source in known.values():
        if source.id not in wanted and source.kind != "programme" and source.url not in added:
            store.remove_source(source.id)
    # Last, so that what is in force is only ever a programme whose items are there.
    store.set_programme(Programme(text, file, moment))
    return programme


def in_force(store: Store) -> ProgrammeFile | None:
    """The programme in use, None where there is none. Raises StrictError where this version cannot read it."""
    kept = store.programme()
    return load_programme(kept.text, kept.origin) if kept else None


def _read(store: Store, origin: str, allow_private: Iterable[str] | None) -> tuple[str, str]:
    """The name and the text of a programme file. Raises StrictError."""
    try:
        if origin.strip().lower().startswith(("http://", "https://")):
            file = canonical(origin, as_asked=True) or origin
            if allow_private is None:
                before = in_force(store)
                allow_private = before.allow_private if before else ()
            data = fetch(file, allow_private=allow_private, accept=_ACCEPT, most_bytes=_MOST_BYTES).data
        else:
            file = str(Path(origin).expanduser().absolute())
            data = read_file(file, _MOST_BYTES)
    except FeedError as error:
        raise strict.StrictError(error.source, 0, "", error.message) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise strict.StrictError(file, line, "", "is not UTF-8; save the file in that encoding") from None
    if re.match(r"\s*<(?:!doctype html|html)", text, re.IGNORECASE):
        raise strict.StrictError(file, 0, "", "is a web page, not a programme; give the address of the file itself")
    return file, text


def _dated(item: Item, earlier: Item | None, moment: str) -> Item:
    # Used again, a programme does not make its old items new.
    first = earlier.published_at if earlier and earlier.published_at else moment
    return replace(item, published_at=item.published_at or min(first, moment))


def _owned(place: str, category: str = "brand", title: str = "") -> Source:
    return source_at(place, category=category, title=title, owner=_OWNER)


def _source(wanted: ProgrammeSource) -> Source:
    return _owned(wanted.place, wanted.category, wanted.title)


# The form of the file. Each function is a type of server.strict: a node and its place in, a value out.

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
        "items": _items,
        "sources": strict.list_of(_programme_source),
    },
    required=("name", "policy"),
)


def _programme(node: yaml.Node, at: Any) -> ProgrammeFile:
    keys = [key.value for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
    if "policy" not in keys and not {"items", "sources"} & set(keys):
        policy = POLICY(node, at)
        return ProgrammeFile(policy.company.name if policy.company else "A policy without a company", policy)
    given = _PROGRAMME(node, at)
    languages = tuple(dict.fromkeys(given.get("languages", ["en"])))
    items = [replace(item, lang=item.lang or languages[0]) for item in given.pop("items", ())]
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
    )
