"""One's own export, taken in again: on a new computer, or after something was erased by mistake."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

import orjson

from server import clock
from server.shares.export import FORMAT, VERSION
from server.shares.imports.fitting import DECLINED, LINK, SHARE
from server.shares.imports.found import Found, ImportProblem
from server.shares.ledger import MOST_DAYS
from server.shares.value import ValueInputs
from server.store import PROPOSAL_STATES, Preferences, Proposal, Share
from server.store.base import settled
from server.store.codec import from_plain
from server.store.times import as_utc

_MOST_PROBLEMS = 20


def read_export(data: bytes, name: str) -> Found:
    """The shares, proposals and settings of an export of Sayso's. Raises ImportProblem.

    One that was edited by hand is taken as far as it holds: a share or proposal that is none is left out and named.
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
    proposals: list[Proposal] = []
    proposed = whole.get("proposals")
    for number, row in enumerate(proposed if isinstance(proposed, list) else (), 1):
        try:
            proposals.append(_proposal(row))
        except (ValueError, TypeError, KeyError) as error:
            problems.append(f"Proposal {number} was left out: {error}")
    if len(problems) > _MOST_PROBLEMS:
        problems[_MOST_PROBLEMS - 1 :] = [f"And {len(problems) - _MOST_PROBLEMS + 1} more."]
    more = {key: whole[key] for key in ("preferences", "sources", "programme") if whole.get(key)}
    if "preferences" in more and not _are_settings(more["preferences"]):
        del more["preferences"]
        problems.append("The settings in the file were left out: they are not as Sayso writes them.")
    return Found("export", name, problems=tuple(problems), kept=tuple(kept), proposals=tuple(proposals), more=more)


def _are_settings(given: Any) -> bool:
    try:
        settings = from_plain(Preferences, given)
        if settings.value:
            ValueInputs.of(settings.value)
    except ValueError:  # of another version, or edited
        return False
    return (settings.keep_days is None or 1 <= settings.keep_days <= MOST_DAYS) and all(map(DECLINED, settings.declined))


def _proposal(row: Any) -> Proposal:
    proposal, _ = settled(from_plain(Proposal, row))
    if proposal.state not in PROPOSAL_STATES:
        raise ValueError("its state is none that is known")
    if not LINK(proposal.url):
        raise ValueError("its address is no web address")
    return replace(proposal, id=str(uuid.UUID(proposal.id)), own=True)


def _share(row: Any) -> Share:
    if not isinstance(row, dict):
        raise ValueError("it is no object")
    for key in dict.fromkeys(("id", "text", "posted_at", *row)):
        named = f"shares.{key[:40]}"
        if key not in SHARE:
            raise ValueError(f"it has the unknown key “{named}”")
        if key not in row:
            raise ValueError(f"it lacks “{named}”")
        if not SHARE[key](row[key]):
            raise ValueError(f"“{named}” in it is not as Sayso writes it")
    given = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    share, _ = settled(Share(**given))
    if as_utc(share.posted_at)[:19] > clock.stamp():
        raise ValueError(f"it lies in the future ({share.posted_at})")
    for reading in share.readings:
        if as_utc(reading["read_at"])[:19] > clock.stamp():
            raise ValueError(f"one of its readings lies in the future ({reading['read_at']})")
    return share
