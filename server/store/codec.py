"""Records to plain values (what JSON holds) and back, with every type checked on the way back."""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Callable
from dataclasses import MISSING, asdict, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

import orjson

R = TypeVar("R")
_SHORT, _ID = 24, 36  # characters of what stands in many places: times, verdicts, rules; ids
_HELD = 2_000  # values of one field that are held once
SAME = {"same": True}  # the metadata of a field whose few values stand in thousands of records
ALIKE = {"alike": True}  # the metadata of a field of dicts that bear the same few keys in thousands of records


class BadRecord(ValueError):
    """A stored value is not what the record's type says: the file that holds it was damaged or edited."""


class UnknownField(ValueError):
    """A stored record has a field that this version does not know."""


def whole_text(text: str) -> str:
    """`text` with halves of surrogate pairs joined and lone ones replaced, so that it can be written as UTF-8."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def to_plain(record: Any) -> dict[str, Any]:
    """The dict that stands for `record` in a file; ValueError where a value cannot be written as JSON.

    What comes back is exactly what would be read from the file: tuples are lists, lone surrogates U+FFFD.
    """
    try:
        return orjson.loads(orjson.dumps(record))
    except TypeError:
        pass
    try:
        return orjson.loads(orjson.dumps(_whole(asdict(record))))
    except (TypeError, RecursionError) as error:
        raise ValueError(f"This {type(record).__name__.lower()} cannot be stored: {error}.") from None


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return whole_text(value)
    if isinstance(value, dict):
        return {_whole(key): _whole(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_whole(entry) for entry in value]
    return value


def shallow(record: Any) -> dict[str, Any]:
    """The fields of a record by name, to be written as JSON; what is in them is the record's own, and not to be changed."""
    return {name: getattr(record, name) for name in _names(type(record))}


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def from_plain(kind: type[R], plain: Any) -> R:
    """A record of `kind` from its dict. Raises BadRecord, or UnknownField for a field of a newer version."""
    return _reader(kind)(plain)


@cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    if is_dataclass(hint):
        return _record_reader(hint)
    if isinstance(hint, types.UnionType):
        inner = _reader(next(part for part in hint.__args__ if part is not types.NoneType))
        return lambda value: None if value is None else inner(value)
    if typing.get_origin(hint) is tuple:
        entry = _reader(typing.get_args(hint)[0])
        return lambda value: tuple(map(entry, _of(list, value)))
    if hint is float:
        return lambda value: float(value) if type(value) is int else _of(float, value)
    plain = typing.get_origin(hint) or hint
    if plain in (str, dict):
        return lambda value: _lean(_of(plain, value))
    return lambda value: _of(plain, value)


def _lean(value: Any) -> Any:
    # The same few verdicts, rules and times stand in thousands of records: each is held once (a third of the memory).
    # Dicts and lists are changed in place, since copies of them all take a quarter of the time that reading a file takes.
    if type(value) is str:
        return sys.intern(value) if len(value) <= _SHORT or len(value) == _ID else value
    if type(value) is dict:
        for key, entry in value.items():
            value[key] = _lean(entry)
    elif type(value) is list:
        value[:] = map(_lean, value)
    return value


def _once(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """`read`, which gives the very same object for an equal value."""
    held: dict[bytes, Any] = {}

    def again(value: Any) -> Any:
        key = orjson.dumps(value)
        if key not in held:
            if len(held) >= _HELD:
                held.clear()
            held[key] = read(value)
        return held[key]

    return again


def _alike() -> Callable[[Any], tuple[dict[str, Any], ...]]:
    """A reader of a list of dicts that share one table of keys, as the attributes of one class's objects do (PEP 412):
    half the memory of dicts by themselves. The lists in them are held once."""

    class Row:
        pass

    listed = _once(_lean)

    def read(value: Any) -> tuple[dict[str, Any], ...]:
        rows = []
        for given in _of(list, value):
            row = vars(Row())
            for key, entry in _of(dict, given).items():
                row[sys.intern(key)] = listed(entry) if type(entry) is list else _lean(entry)
            rows.append(row)
        return tuple(rows)

    return read


def _record_reader(kind: Any) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(kind)
    readers = {name: _reader(hint) for name, hint in hints.items()}
    for field in fields(kind):
        if field.metadata.get("same"):
            readers[field.name] = _once(readers[field.name])
        elif field.metadata.get("alike"):
            readers[field.name] = _alike()
    needed = [field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING]

    def read(plain: Any) -> Any:
        _of(dict, plain)
        try:
            values = {name: readers[name](value) for name, value in plain.items()}
        except KeyError as error:
            raise UnknownField(f"{kind.__name__} has the unknown field {error.args[0]!r}") from None
        for name in needed:
            if name not in values:
                raise BadRecord(f"{kind.__name__} lacks {name}")
        return kind(**values)

    return read


def _of(kind: type, value: Any) -> Any:
    # bool is an int to Python and is not one here; the kinds are exact, as JSON gives them.
    if type(value) is not kind:
        raise BadRecord(f"{kind.__name__} is wanted, not {type(value).__name__}")
    return value
