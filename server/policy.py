"""The policy: who the company is, where its readers are, what is rewarded, what stays inside, how firmly to ask.

Read strictly from YAML or JSON (`server.strict`): an unknown, repeated or mistyped key is refused with file,
line and key. Every key may be left out; what that means stands beside the field.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import yaml

from server import strict

JURISDICTIONS = ("uk", "us", "fr", "de", "es", "it", "nl", "ie", "ca", "au", "in", "eu")
PACKS = ("disclosure", "confidentiality", "respect", "claims", "copyright", "authenticity", "accessibility")
LEVELS = ("required", "warning", "suggestion")
ASK = MappingProxyType({"required": "confirm", "warning": "show", "suggestion": "show"})


@dataclass(frozen=True, slots=True)
class Company:
    """The company, by every name that people give it. Handles keep their @ or #."""

    name: str
    aliases: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    competitors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """One company's policy. Without a company nothing is ever owed: the verdict is `not_required`.

    `ask` says for each level what Post does: `confirm` holds the press once and asks, `show` shows, `off` hides.
    """

    company: Company | None = None
    jurisdictions: tuple[str, ...] = ("eu",)
    rewarded: bool = False
    confidential: tuple[str, ...] = ()
    cadence_per_week: int | None = None
    cadence_rest_days: int | None = None
    ask: Mapping[str, str] = field(default_factory=lambda: ASK)
    packs: tuple[str, ...] = PACKS


NO_POLICY = Policy()

_words = strict.list_of(strict.text)
_handle = strict.matching(r"[@#][^\s@#]+", "a handle that begins with @ or #")
_domain = strict.matching(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", "a domain such as example.com")
_keys = strict.record(
    {
        "company": strict.record(
            {
                "name": strict.text,
                "aliases": _words,
                "handles": strict.list_of(_handle),
                "domains": strict.list_of(_domain),
                "products": _words,
                "competitors": _words,
            },
            required=("name",),
        ),
        "jurisdictions": strict.list_of(strict.one_of(*JURISDICTIONS), least=1),
        "rewarded": strict.flag,
        "confidential": _words,
        "cadence": strict.record({"per_week": strict.whole(1, 100), "rest_days": strict.whole(1, 3650)}),
        "ask": strict.record({level: strict.one_of("confirm", "show", "off") for level in LEVELS}),
        "packs": strict.list_of(strict.one_of(*PACKS)),
    }
)


def POLICY(node: yaml.Node, at: Any) -> Policy:
    """A `strict` type that gives a Policy; a programme holds one under `policy`."""
    given = _keys(node, at)
    company = given.get("company")
    return Policy(
        company=(
            Company(**{key: value if key == "name" else tuple(value) for key, value in company.items()})
            if company
            else None
        ),
        jurisdictions=_once(given.get("jurisdictions", ["eu"])),
        rewarded=given.get("rewarded", False),
        confidential=_once(given.get("confidential", [])),
        cadence_per_week=given.get("cadence", {}).get("per_week"),
        cadence_rest_days=given.get("cadence", {}).get("rest_days"),
        ask=MappingProxyType({**ASK, **given.get("ask", {})}),
        packs=_once(given.get("packs", PACKS)),
    )


def _once(values: Any) -> tuple[str, ...]:
    """The values in their order, each once."""
    return tuple(dict.fromkeys(values))


def load_policy(text: str, file: str) -> Policy:
    """The policy written in `text`; `file` is its name in complaints. Raises StrictError."""
    return strict.load(text, file, POLICY)


def policy_from_json(obj: dict[str, Any], file: str = "policy") -> Policy:
    """The policy of an already parsed JSON object, held to the same rules. Raises StrictError."""
    return load_policy(json.dumps(obj, ensure_ascii=False), file)
