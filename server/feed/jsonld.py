"""JSON-LD as pages hold it: often several blocks, often not quite JSON."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

_MOST_CHARACTERS = 1_000_000
_MOST_NODES = 300
_DEEPEST = 4
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$")
# A string, or what JSON knows not: comments, a comma before a closing bracket.
_PART = re.compile(r'"(?:\\.|[^"\\])*"|/\*.*?(?:\*/|\Z)|//[^\n]*|,(?=\s*[}\]])', re.DOTALL)
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9A-Fa-f]{4})(.?)', re.DOTALL)
_BETWEEN = re.compile(r"[\s,;]*")
_DECODER = json.JSONDecoder(strict=False)  # line breaks and tabs within strings are taken
# Where a node names others that are about the same page.
_WITHIN = ("@graph", "mainEntity", "mainEntityOfPage")


def nodes(blocks: Iterable[str]) -> list[dict[str, Any]]:
    """Every object at the top of the blocks or in their graphs, in order. What cannot be read is left out."""
    found: list[dict[str, Any]] = []
    for block in blocks:
        for value in _values(block[:_MOST_CHARACTERS]):
            for node in _flat(value, 0):
                found.append(node)
                if len(found) >= _MOST_NODES:
                    return found
    return found


def types(node: dict[str, Any]) -> set[str]:
    """The node's types in lower case, without the vocabulary's address before them."""
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return {name.rpartition("/")[2].rpartition(":")[2].lower() for name in names if isinstance(name, str)}


def text_of(value: Any) -> str:
    """The words of a value: a string, the first of a list, the name or address of an object."""
    for _ in range(_DEEPEST):
        if isinstance(value, list):
            value = value[0] if value else ""
        elif isinstance(value, dict):
            value = next((value[key] for key in ("url", "contentUrl", "@value", "@id", "name") if value.get(key)), "")
        else:
            break
    return value if isinstance(value, str) else ""


def name_of(value: Any) -> str:
    """The name of a value such as a publisher: the string itself, or the `name` of the object."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else ""


def _flat(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for part in value if depth < _DEEPEST else ():
            yield from _flat(part, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in _WITHIN if depth < _DEEPEST else ():
            yield from _flat(value.get(key), depth + 1)


def _values(block: str) -> Iterator[Any]:
    text = _WRAPPING.sub("", block).strip()
    if text.startswith(("{&quot;", "[{&quot;", "{ &quot;")):
        text = html.unescape(text)
    yield from _read(text) or _read(_PART.sub(_mended, text)) or ()


def _read(text: str) -> list[Any] | None:
    """The values that follow one another in the text; None where not even the first can be read."""
    values: list[Any] = []
    at = 0
    while at < len(text) and len(values) < _MOST_NODES:
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        values.append(value)
        at = _BETWEEN.match(text, at).end()
    return values or None


def _mended(match: re.Match[str]) -> str:
    part = match[0]
    return _BAD_ESCAPE.sub(r"\1", part) if part.startswith('"') else ""
