"""One's own export, taken in again: on a new computer, or after something was erased by mistake."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import orjson

from server import clock
from server.shares.export import FORMAT, VERSION
from server.shares.imports.found import Found, ImportProblem
from server.store import FIGURES, READ_WHERE, Share
from server.store.base import settled
from server.store.times import as_utc

_MOST_PROBLEMS = 20
_KNOWN = {field.name for field in fields(Share)}


def read_export(data: bytes, name: str) -> Found:
    """The shares and settings of an export of Sayso's. Raises ImportProblem.

    One that was edited by hand is taken as far as it holds: a share that is none is left out and named.
    """
    try:
        whole = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise ImportProblem(
            f"{name} is not whole JSON (line {error.lineno}): it was cut off or edited. Take the file as it was exported."
        ) from None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT or not isinstance(whole.get("shares"), list):
        raise ImportProblem(f"{name} is JSON, but no export of Sayso's. Such a one comes from: sayso shares export")
    if whole.get("version") != VERSION:
        raise ImportProblem(f"{name} was exported by another version (form {whole.get('version')}). Update Sayso here.")
    kept: list[Share] = []
    problems: list[str] = []
    for number, row in enumerate(whole["shares"], 1):
        try:
            kept.append(_share(row))
        except (ValueError, TypeError, KeyError) as error:
            problems.append(f"Share {number} was left out: {error}")
    if len(problems) > _MOST_PROBLEMS:
        problems[_MOST_PROBLEMS - 1 :] = [f"And {len(problems) - _MOST_PROBLEMS + 1} more."]
    more = {key: whole[key] for key in ("preferences", "sources", "programme") if whole.get(key)}
    return Found("export", name, problems=tuple(problems), kept=tuple(kept), more=more)


def _share(row: Any) -> Share:
    if not isinstance(row, dict):
        raise ValueError("it is no object")
    unknown = sorted(row.keys() - _KNOWN)
    if unknown:
        raise ValueError(f"it has the unknown key “{unknown[0][:40]}”")
    given = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    share, _ = settled(Share(**given))
    if as_utc(share.posted_at)[:19] > clock.stamp():
        raise ValueError(f"it lies in the future ({share.posted_at})")
    for reading in share.readings:
        _check(reading)
    return share


def _check(reading: dict[str, Any]) -> None:
    if as_utc(reading["read_at"])[:19] > clock.stamp():
        raise ValueError(f"one of its readings lies in the future ({reading['read_at']})")
    if reading.get("where") not in READ_WHERE:
        raise ValueError("one of its readings does not say where it was read")
    for figure in FIGURES:
        if figure in reading and (type(reading[figure]) is not int or reading[figure] < 0):
            raise ValueError(f"{figure} of one of its readings is no whole number")
