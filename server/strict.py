"""Strict loading of what people write by hand: policies, programmes and rules.

YAML is read with libyaml's node tree, because it alone keeps line numbers and lets a plain scalar stay
a string (`no` is a word here, not False). JSON is accepted wherever YAML is, being a subset of it.
Every complaint names file, line and key, and says what would be right.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a wheel without libyaml: the same language, slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


class StrictError(ValueError):
    """What is wrong in a hand-written file: `file`, `line` (from 1; 0 where there is none), `key`, `message`."""

    def __init__(self, file: str, line: int, key: str, message: str) -> None:
        self.file, self.line, self.key, self.message = file, line, key, message
        place = f"{file}:{line}" if line else file
        super().__init__(f"{place}: {key}: {message}" if key else f"{place}: {message}")


@dataclass(frozen=True)
class _At:
    """Where in a file a value stands; passed down so that any type can complain with its place."""

    file: str
    key: str = ""

    def child(self, key: str | int) -> _At:
        if isinstance(key, int):
            return _At(self.file, f"{self.key}[{key}]")
        return _At(self.file, f"{self.key}.{key}" if self.key else key)

    def error(self, node: yaml.Node | None, message: str) -> StrictError:
        return StrictError(self.file, node.start_mark.line + 1 if node else 0, self.key, message)


# A type takes a node and its place and returns a plain Python value, or raises StrictError.
Type = Callable[[yaml.Node, _At], Any]


def _scalar(node: yaml.Node, at: _At, what: str) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise at.error(node, f"{what} is wanted here")
    return node.value


def text(node: yaml.Node, at: _At) -> str:
    """Any scalar, kept as the characters that were written; not empty."""
    value = _scalar(node, at, "text").strip()
    if not value:
        raise at.error(node, "is empty; write a text or leave the key out")
    return value


def flag(node: yaml.Node, at: _At) -> bool:
    """`true` or `false`, nothing else."""
    value = _scalar(node, at, "true or false")
    if value not in ("true", "false"):
        raise at.error(node, f"true or false is wanted, not “{value}”")
    return value == "true"


def whole(least: int = 0, most: int = 10**9) -> Type:
    """A whole number from `least` to `most`."""

    def load(node: yaml.Node, at: _At) -> int:
        value = _scalar(node, at, "a whole number")
        if not re.fullmatch(r"-?\d{1,12}", value) or not least <= int(value) <= most:
            raise at.error(node, f"a whole number from {least} to {most} is wanted, not “{value}”")
        return int(value)

    return load


def number(node: yaml.Node, at: _At) -> Decimal:
    """A decimal number, kept exactly."""
    value = _scalar(node, at, "a number")
    try:
        result = Decimal(value)
    except InvalidOperation:
        raise at.error(node, f"a number is wanted, not “{value}”") from None
    if not result.is_finite():
        raise at.error(node, f"a number is wanted, not “{value}”")
    return result


def one_of(*choices: str) -> Type:
    """One of the words given."""

    def load(node: yaml.Node, at: _At) -> str:
        value = _scalar(node, at, "one of " + ", ".join(choices))
        if value not in choices:
            known, near = ", ".join(choices), _near(value, choices)
            raise at.error(
                node, f"“{value}” is not one of {known}; did you mean “{near}”?" if near else f"“{value}” is not one of {known}"
            )
        return value

    return load


def matching(pattern: str, what: str) -> Type:
    """A text of a given form, described to the writer as `what`."""
    compiled = re.compile(pattern)

    def load(node: yaml.Node, at: _At) -> str:
        value = text(node, at)
        if not compiled.fullmatch(value):
            raise at.error(node, f"{what} is wanted, not “{value}”")
        return value

    return load


link = matching(r"https?://[^\s/@]+(?:/\S*)?", "an address that begins with http:// or https://")


def list_of(kind: Type, least: int = 0) -> Type:
    """A list whose every entry is of `kind`."""

    def load(node: yaml.Node, at: _At) -> list[Any]:
        if not isinstance(node, yaml.SequenceNode):
            raise at.error(node, "a list is wanted here")
        if len(node.value) < least:
            raise at.error(node, f"at least {least} wanted, {len(node.value)} given")
        return [kind(child, at.child(index)) for index, child in enumerate(node.value)]

    return load


def record(keys: Mapping[str, Type], required: tuple[str, ...] = ()) -> Type:
    """A mapping with known keys: an unknown, repeated or missing one is refused."""

    def load(node: yaml.Node, at: _At) -> dict[str, Any]:
        result = {}
        for key, key_node, value in _pairs(node, at):
            if key not in keys:
                near, known = _near(key, tuple(keys)), ", ".join(keys)
                raise at.child(key).error(
                    key_node, f"unknown key; did you mean “{near}”?" if near else f"unknown key; known: {known}"
                )
            result[key] = keys[key](value, at.child(key))
        for key in required:
            if key not in result:
                raise at.child(key).error(node, "is missing")
        return result

    return load


def mapping(kind: Type, key_kind: Type = text) -> Type:
    """A mapping with free keys, each value of `kind`; a repeated key is refused."""

    def load(node: yaml.Node, at: _At) -> dict[str, Any]:
        result = {}
        for key, key_node, value in _pairs(node, at):
            key_kind(key_node, at.child(key))
            result[key] = kind(value, at.child(key))
        return result

    return load


def either(*kinds: Type) -> Type:
    """The first of `kinds` that takes the value; the last one's complaint if none does."""

    def load(node: yaml.Node, at: _At) -> Any:
        for kind in kinds[:-1]:
            try:
                return kind(node, at)
            except StrictError:
                continue
        return kinds[-1](node, at)

    return load


def _pairs(node: yaml.Node, at: _At):
    if not isinstance(node, yaml.MappingNode):
        raise at.error(node, "a mapping of keys to values is wanted here")
    seen: dict[str, int] = {}
    for key_node, value in node.value:
        key = _scalar(key_node, at, "a plain key")
        if key in seen:
            raise at.child(key).error(key_node, f"repeated key; it already stands in line {seen[key]}")
        seen[key] = key_node.start_mark.line + 1
        yield key, key_node, value


def _near(word: str, choices: tuple[str, ...]) -> str:
    """The choice that was probably meant; empty where none comes near."""
    return next(iter(difflib.get_close_matches(word, choices, n=1)), "")


_MOST_CHARACTERS = 5_000_000
# JSON writes characters beyond U+FFFF as two escapes, which YAML does not read.
_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)


def _one_character(match: re.Match[str]) -> str:
    high, low = int(match[2], 16), int(match[3], 16)
    return match[1] + chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


def load(source: str, file: str, kind: Type) -> Any:
    """The value of the YAML or JSON text `source`, checked against `kind`.

    `file` is the name used in complaints. Raises StrictError; aliases are refused, since a small file
    of nested aliases can stand for a value of any size.
    """
    at = _At(file)
    if len(source) > _MOST_CHARACTERS:
        raise StrictError(file, 0, "", f"is larger than {_MOST_CHARACTERS:,} characters")
    if source.lstrip()[:1] in ("{", "["):
        source = _PAIR.sub(_one_character, source)
    try:
        source.encode("utf-8")
        for token in yaml.scan(source, _Loader) if "*" in source else ():
            if isinstance(token, yaml.AliasToken):
                raise StrictError(file, token.start_mark.line + 1, "", "aliases (*name) are not read here; write the value out")
        node = yaml.compose(source, _Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise StrictError(file, mark.line + 1 if mark else 0, "", f"is not YAML: {getattr(error, 'problem', None) or error}") from None
    except RecursionError:
        raise StrictError(file, 0, "", "is nested too deeply") from None
    except UnicodeEncodeError:
        raise StrictError(file, 0, "", "holds half a character (a lone surrogate)") from None
    if node is None:
        raise StrictError(file, 0, "", "is empty")
    return kind(node, at)


def value(node: yaml.Node, file: str, key: str, kind: Type) -> Any:
    """The value of one node that did not come from YAML, a table's cell for one, checked against `kind`."""
    return kind(node, _At(file, key))
