"""Reading rules: `<pack>/<rule-id>.yaml`, strictly. The file name is the id, the folder is the pack and the registry.

A complaint names file, line and key. Code (`kind: python`, `<rule_id>.py` beside) is for the built-in packs alone:
nothing in a company's pack is ever imported.
"""

from __future__ import annotations

import hashlib
import importlib
import re
import string
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from server import strict
from server.policy import LEVELS, POLICY
from server.rules.kinds import KINDS, OURS_ALONE, Python
from server.rules.model import LANGUAGES, UI_LANGUAGES, Example, Rule
from server.rules.scan import PatternError, Scanner

CATEGORIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "disclosure": ("disclosure",),
        "confidentiality": ("confidential", "personal_data"),
        "respect": ("disrespect", "competitor_disparagement", "political"),
        "claims": ("unsupported_claim", "financial_forward_looking"),
        "copyright": ("copyright",),
        "authenticity": ("over_enthusiasm", "authenticity", "cadence"),
        "accessibility": ("accessibility",),
    }
)
_ALL_CATEGORIES = tuple(category for some in CATEGORIES.values() for category in some)
_NEVER_QUOTED = ("confidential", "personal_data")  # LinkedIn's scripts can read what the panel shows
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
BUILT_IN = Path(__file__).parent / "packs"

_said = strict.record({lang: strict.text for lang in UI_LANGUAGES}, required=UI_LANGUAGES)


def _example_policy(node: yaml.Node, at: Any) -> dict[str, Any]:
    POLICY(node, at)  # only to hear its complaints; the example's keys are laid over the sample policy later
    return yaml.safe_load(yaml.serialize(node))


_example_keys = strict.record(
    {
        "text": lambda node, at: node.value,
        "lang": strict.one_of(*LANGUAGES),
        "policy": _example_policy,
        "context": strict.record(
            {
                "item_title": strict.text,
                "item_url": strict.link,
                "reward": strict.text,
                "variant_text": strict.text,
                "posts_this_week": strict.whole(),
                "topic_run": strict.whole(),
                "praise_run": strict.whole(),
                "takes_rewards": strict.flag,
                "tags": strict.list_of(strict.text),
                "embargoed": strict.list_of(strict.text),
            }
        ),
    },
    required=("text",),
)


def _example(node: yaml.Node, at: Any) -> Example:
    if isinstance(node, yaml.ScalarNode):
        return Example(strict.text(node, at))
    return Example(**_example_keys(node, at))


_examples = strict.record(
    {"flags": strict.list_of(_example, least=1), "passes": strict.list_of(_example, least=1)},
    required=("flags", "passes"),
)


def read_pack(folder: Path, scanner: Scanner, *, built_in: bool = False) -> tuple[list[Rule], str]:
    """The rules of one pack in the order of their ids, and a digest of what was read. Raises StrictError."""
    rules, digest = [], hashlib.sha256()
    for path in sorted(folder.glob("*.yaml")):
        source = path.read_text("utf-8")
        digest.update(path.name.encode() + b"\0" + source.encode())
        rules.append(_rule(path, source, folder.name, scanner, built_in))
    if not rules:
        raise strict.StrictError(str(folder), 0, "", "holds no rule (a rule is a file <rule-id>.yaml)")
    for path in sorted(folder.iterdir()):
        known = path.suffix == ".yaml" or built_in and path.suffix in (".py", "") or path.name.startswith((".", "__"))
        if not known:
            allowed = "YAML files" if not built_in else "YAML files and the Python beside them"
            raise strict.StrictError(str(path), 0, "", f"only {allowed} belong in a pack")
        if built_in and path.suffix == ".py":
            digest.update(path.read_bytes())
    return rules, digest.hexdigest()


def _rule(path: Path, source: str, pack: str, scanner: Scanner, built_in: bool) -> Rule:
    file = f"{pack}/{path.name}"
    if not _ID.fullmatch(path.stem):
        raise strict.StrictError(file, 0, "", "a rule's file name is small letters, digits and single hyphens")
    kinds = tuple(KINDS) if built_in else tuple(kind for kind in KINDS if kind not in OURS_ALONE)
    categories = CATEGORIES.get(pack, _ALL_CATEGORIES) if built_in else _ALL_CATEGORIES

    def schema(node: yaml.Node, at: Any) -> tuple[str, dict[str, Any]]:
        kind = "python"
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == "kind":
                    kind = strict.one_of(*kinds)(value, at.child("kind"))
        own = KINDS[kind]
        keys: dict[str, strict.Type] = {
            "kind": strict.one_of(*kinds),
            "category": strict.one_of(*categories),
            "level": strict.one_of(*LEVELS),
            "message": _said,
            "why": _said,
            "fix": _said,
            "sources": strict.list_of(strict.link),
            "examples": _examples,
            **own.keys,
        }
        required = ("kind", "category", "level", "message", "why", "sources", "examples", *own.required)
        given = strict.record(keys, required)(node, at)
        own.check(given, node, at)
        _check_placeholders(given, own.gives, node, at)
        return kind, given

    kind, given = strict.load(source, file, schema)
    examples = given.pop("examples")
    base = {key: given.pop(key) for key in ("category", "level", "message", "why", "sources")}
    given.pop("kind")
    fix = given.pop("fix", {})
    try:
        finder = KINDS[kind](given, scanner, fix)
    except PatternError as error:
        line = _line_of(source, "patterns")
        raise strict.StrictError(file, line, "patterns", f"RE2 does not take it: {error}") from None
    if isinstance(finder, Python):
        finder.take(importlib.import_module(f"server.rules.packs.{pack}.{path.stem.replace('-', '_')}"))
    return Rule(
        id=path.stem,
        pack=pack,
        kind=kind,
        fix=fix,
        flags=tuple(examples["flags"]),
        passes=tuple(examples["passes"]),
        finder=finder,
        **{**base, "sources": tuple(base["sources"])},
    )


def _check_placeholders(given: dict[str, Any], gives: frozenset[str], node: yaml.Node, at: Any) -> None:
    """Messages may hold only what their kind gives; one about something secret never quotes it."""
    if given["category"] in _NEVER_QUOTED:
        gives = gives - {"found", "to"}
    for key in ("message", "why", "fix"):
        for lang, text in given.get(key, {}).items():
            place, where = at.child(key).child(lang), _under(_under(node, key), lang)
            try:
                names = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
            except ValueError as error:
                raise place.error(where, f"{error}; a brace as such is written twice") from None
            for name in names:
                if name not in gives:
                    known = ", ".join("{%s}" % one for one in sorted(gives)) or "none"
                    raise place.error(where, f"{{{name}}} is not known here; known: {known}")


def _under(node: yaml.Node, key: str) -> yaml.Node:
    """The node that stands under a key of a mapping that was already found sound."""
    return next(value for name, value in node.value if name.value == key)


def _line_of(source: str, key: str) -> int:
    return next((number for number, line in enumerate(source.splitlines(), 1) if key in line.split(":")[0]), 0)
