"""The form of a programme's file: what its keys are and what they become.

A file without the key `policy` is a bare policy: a programme without items.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from server import company_packs, strict
from server.policy import POLICY, Policy
from server.programme_items import CATEGORY, LANG, SOURCE_ID, WORDS, address, finished, item_list
from server.shares.value import ValueInputs
from server.store import CATEGORIES, Item

__all__ = [
    "SOURCE_ID", "UTM", "UTM_PLACES", "WEB_KINDS", "Answer", "ProgrammeFile", "ProgrammeSource", "load_programme",
]

WEB_KINDS = ("feed", "page", "newsroom")
UTM = ("source", "medium", "campaign", "content", "term", "id")
UTM_PLACES = ("{campaign}", "{voice}", "{category}", "{lang}")


@dataclass(frozen=True, slots=True)
class ProgrammeSource:
    """A source that the programme names: `place` is its address or absolute path.

    `kind` is one of WEB_KINDS, or `file` for whatever lies on this computer.
    """

    kind: str
    place: str
    category: str = "brand"
    title: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an employee's proposal: its id, `accepted` or `declined`, and the manager's note to them."""

    proposal: str
    state: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammeFile:
    """A programme as it is written. Items without a `published_at` get the time at which it is first used.

    `packs` are the company's own rules; those of `pack_folders` are among them once they have been read. `mix` is
    category → whole per cent, 100 in all, {} where nothing is meant. `utm` is what links carry: a name without its
    `utm_` → a value that may hold UTM_PLACES. `personal_parameter` names what carries a person's random mark once
    they have agreed to it. `roles` and `regions` are what people may choose from, () for what the items name.
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
    mix: Mapping[str, int] = field(default_factory=dict, hash=False)
    utm: Mapping[str, str] = field(default_factory=dict, hash=False)
    personal_parameter: str | None = None
    roles: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    value: ValueInputs | None = None


def load_programme(text: str, file: str) -> ProgrammeFile:
    """The programme written in `text`, YAML or JSON. `file` is its path or address: it names the place of a complaint
    in StrictError, and relative paths are resolved against its folder. Folders of rules are named, not read.
    """
    return _load(text, file)


@lru_cache(maxsize=4)
def _load(text: str, file: str) -> ProgrammeFile:
    return strict.load(text, file, _programme)


# Each function below is a type of server.strict: a node and its place in, a value out.


def _mix(node: yaml.Node, at: Any) -> dict[str, int]:
    shares = strict.record(dict.fromkeys(CATEGORIES, strict.whole(0, 100)))(node, at)
    if sum(shares.values()) != 100:
        raise at.error(node, f"adds up to {sum(shares.values())} per cent; 100 is wanted")
    return shares


def _utm_value(node: yaml.Node, at: Any) -> str:
    value = strict.text(node, at)
    for place in re.findall(r"\{[^{}]*\}|[{}]", value):
        if place not in UTM_PLACES:
            raise at.error(node, f"“{place}” is nothing that is filled in here; known: {', '.join(UTM_PLACES)}")
    return value


def _uuid(node: yaml.Node, at: Any) -> str:
    value = strict.text(node, at)
    try:
        return str(uuid.UUID(value))
    except ValueError:
        raise at.error(node, f"the id of a proposal (a UUID) is wanted, not “{value}”") from None


_parameter = strict.matching(r"[A-Za-z][A-Za-z0-9_.-]{0,39}", "the name of a link's parameter, such as utm_term")
_ANSWER = strict.record(
    {"proposal": _uuid, "state": strict.one_of("accepted", "declined"), "note": strict.text},
    required=("proposal", "state"),
)
_SOURCE = strict.record(
    {
        "url": address(True),
        "file": strict.text,
        "kind": strict.one_of(*WEB_KINDS),
        "category": CATEGORY,
        "title": strict.text,
    }
)


def _programme_source(node: yaml.Node, at: Any) -> ProgrammeSource:
    given = _SOURCE(node, at)
    if ("url" in given) == ("file" in given):
        raise at.error(node, "either url or file is wanted, and not both")
    rest = {"category": given.get("category", "brand"), "title": given.get("title", "")}
    if "url" in given:
        return ProgrammeSource(given.get("kind", "feed"), given["url"], **rest)
    if "kind" in given:
        raise at.child("kind").error(node, "belongs to a url; of a file, Sayso sees what it is")
    if at.file.startswith(("http://", "https://")):
        raise at.child("file").error(node, "a programme from the web cannot name a file of this computer; give a url")
    return ProgrammeSource(
        "file", str((Path(at.file).absolute().parent / Path(given["file"]).expanduser()).resolve()), **rest
    )


_private_place = strict.matching(
    r"[A-Za-z0-9_.:\[\]-]+(?:/\d{1,3})?", "a host name, an address or a network such as 10.1.0.0/16"
)


def _value(node: yaml.Node, at: Any) -> ValueInputs:
    """What earned media value is reckoned with (server.shares.value)."""
    given = strict.mapping(strict.text)(node, at)
    try:
        return ValueInputs.of(given)
    except ValueError as error:
        raise at.error(node, str(error)) from None


_PROGRAMME = strict.record(
    {
        "name": strict.text,
        "languages": strict.list_of(LANG, least=1),
        "contact": strict.text,
        "allow_private": strict.list_of(_private_place),
        "policy": POLICY,
        "rules": company_packs.written,
        "items": item_list,
        "sources": strict.list_of(_programme_source),
        "mix": _mix,
        "utm": strict.record(dict.fromkeys(UTM, _utm_value)),
        "personal_parameter": _parameter,
        "roles": WORDS,
        "regions": WORDS,
        "answers": strict.list_of(_ANSWER),
        "value": _value,
    },
    required=("name", "policy"),
)


def _programme(node: yaml.Node, at: Any) -> ProgrammeFile:
    keys = [key.value for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
    if "policy" not in keys and not {"items", "sources", "rules"} & set(keys):
        policy = POLICY(node, at)
        return ProgrammeFile(policy.company.name if policy.company else "A policy without a company", policy)
    given = _PROGRAMME(node, at)
    personal = given.get("personal_parameter")
    if personal in [f"utm_{name}" for name in given.get("utm", ())]:
        raise at.child("personal_parameter").error(node, f"“{personal}” is under utm already; choose another name")
    languages = tuple(dict.fromkeys(given.get("languages", ["en"])))
    rules = given.get("rules", {})
    return ProgrammeFile(
        name=given["name"],
        policy=given["policy"],
        languages=languages,
        contact=given.get("contact"),
        allow_private=tuple(given.get("allow_private", ())),
        items=finished(given.get("items", ()), languages),
        sources=tuple(given.get("sources", ())),
        packs={pack: found for pack, found in rules.items() if isinstance(found, dict)},
        pack_folders=tuple((pack, str(found)) for pack, found in rules.items() if isinstance(found, Path)),
        mix=given.get("mix", {}),
        utm=given.get("utm", {}),
        personal_parameter=personal,
        roles=tuple(dict.fromkeys(given.get("roles", ()))),
        regions=tuple(dict.fromkeys(given.get("regions", ()))),
        answers=tuple(Answer(**each) for each in given.get("answers", ())),
        value=given.get("value"),
    )
