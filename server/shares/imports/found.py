"""What a file from outside holds, before it is compared with the history."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from server import clock
from server.store import Proposal, Share

# LinkedIn's ids hold their moment: the milliseconds since 1970 stand above the lowest 22 bits (measured by several
# public projects on posts whose time is known).
_URN = re.compile(r"urn:li:(share|ugcPost|activity|groupPost):(?:\d+-)?(\d{10,20})")
_SLUG = re.compile(r"-(activity|share|ugcPost)-(\d{10,20})(?:-|$|/|\?)")
_EARLIEST = datetime(2003, 5, 5, tzinfo=UTC)  # LinkedIn's first day


class ImportProblem(ValueError):
    """The file cannot be taken in. The message says what it is, or is not, and what to do."""


@dataclass(frozen=True, slots=True)
class FoundReading:
    """Figures of one post at one time: `urn` says whose, `figures` are those of records.FIGURES that were there."""

    urn: str
    read_at: str
    figures: dict[str, int]
    posted_at: str | None = None
    permalink: str | None = None


@dataclass(frozen=True, slots=True)
class FoundShare:
    """One post as an archive holds it. `urn` is None where the archive gives no link that names it."""

    text: str
    posted_at: str
    permalink: str | None
    urn: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a file holds. `kind` is one of records.IMPORT_KINDS, `problems` are sentences on rows that were left out.

    `member` is a digest of whose it is, where it says. `kept` are whole shares, `proposals` those of the person, and
    `more` what else an own export bears (`preferences`, `sources`).
    """

    kind: str
    name: str
    shares: tuple[FoundShare, ...] = ()
    readings: tuple[FoundReading, ...] = ()
    problems: tuple[str, ...] = ()
    member: str | None = None
    kept: tuple[Share, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    more: dict[str, Any] = field(default_factory=dict)


def urn_of(link: str) -> str | None:
    """The URN of the post that an address of LinkedIn's names; None where it names none."""
    link = unquote(link)
    found = _URN.search(link) or _SLUG.search(link)
    return f"urn:li:{found[1]}:{found[2]}" if found else None


def link_of(link: str) -> str | None:
    """The address of a post, without what tracks; None where it is no address of LinkedIn's."""
    try:
        parts = urlsplit(unquote(link.strip()))
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"(?:[\w-]+\.)*linkedin\.com", host):
        return None
    return f"https://www.linkedin.com{parts.path}" if re.fullmatch(r"[!-~]+", parts.path) else None


def posted_at(urn: str) -> str | None:
    """The moment of a post by its URN, as a UTC stamp; None where the number holds no moment that can be."""
    milliseconds = int(urn.rpartition(":")[2]) >> 22
    try:
        moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return None
    return clock.stamp(moment) if _EARLIEST <= moment <= clock.now() else None
