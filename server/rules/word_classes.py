"""Classes of words that all rules share, and how a class is written: `tables/word_classes.yaml`."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import yaml

from server import strict
from server.rules.model import LANGUAGES
from server.rules.tables import read

_ENDINGS = re.compile(r"\(([^()]*)\)")
_NAME = re.compile(r"[a-z]+(?:_[a-z]+)*")

Words = Mapping[str | None, tuple[str, ...]]


def spelled(phrase: str) -> list[str]:
    """All that a phrase with endings stands for: `idiot(s)` → idiot, idiots; `dumm(e|er)` → dumm, dumme, dummer."""
    if "(" not in phrase:
        return [phrase]
    parts = _ENDINGS.split(phrase)
    choices = [[part] if place % 2 == 0 else ["", *part.split("|")] for place, part in enumerate(parts)]
    return list(dict.fromkeys("".join(one) for one in itertools.product(*choices)))


def _some(node: yaml.Node, at: Any) -> tuple[str, ...]:
    """Phrases as a list, or as a text that parts them with commas; endings written out."""
    if isinstance(node, yaml.SequenceNode):
        given = strict.list_of(strict.text, least=1)(node, at)
    else:
        given = [one.strip() for one in strict.text(node, at).split(",")]
    if not all(given):
        raise at.error(node, "an empty phrase stands between two commas")
    return tuple(dict.fromkeys(full for phrase in given for full in spelled(phrase)))


def words(node: yaml.Node, at: Any) -> Words:
    """The phrases of one class, for any language or by language."""
    if isinstance(node, yaml.MappingNode):
        return strict.record({lang: _some for lang in LANGUAGES})(node, at)
    return {None: _some(node, at)}


def classes(node: yaml.Node, at: Any) -> dict[str, Words]:
    """Classes of words by name."""
    given = strict.mapping(words)(node, at)
    for name in given:
        if not _NAME.fullmatch(name):
            raise at.child(name).error(node, "a class is named in small letters")
    return given


class _Shared(NamedTuple):
    common: Mapping[str, Mapping[str | None, frozenset[str]]]
    rare: Mapping[str, Words]


@lru_cache(maxsize=1)
def shared() -> _Shared:
    """The classes that all rules share. `common` holds single words that many drafts have: they are looked up among
    the draft's tokens only where the rest of a way is there."""
    schema = strict.record({"common": classes, "words": classes}, required=("common", "words"))
    given = read("word_classes.yaml", schema)
    common = {name: {lang: frozenset(some) for lang, some in by.items()} for name, by in given["common"].items()}
    return _Shared(common, given["words"])
