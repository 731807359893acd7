"""What RSS, Atom and JSON Feed have in common: which raw entries are taken, and in which form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from server import clock
from server.feed.address import canonical, item_id
from server.feed.model import Entry, Feed
from server.feed.plain import tidy

MOST_ENTRIES = 2_000
MOST_TITLE = 200
MOST_SUMMARY = 400
_MOST_TOPICS = 12
_MOST_TOPIC = 60
_MOST_SENTENCES = 20
_NO_TOPIC = ("uncategorized", "uncategorised", "non classé", "allgemein", "unkategorisiert")


@dataclass
class Raw:
    """An entry as a format's reader found it: text already plain, addresses as written."""

    title: str = ""
    link: str = ""
    summary: str = ""
    image: str = ""
    lang: str | None = None
    published: datetime | None = None
    topics: Iterable[str] = ()


def feed_of(title: str, base: str | None, entries: Iterable[Raw]) -> Feed:
    """The feed of raw entries, each page once; relative addresses are resolved against `base`."""
    taken: dict[str, Entry] = {}
    left_out: list[str] = []
    for number, raw in enumerate(entries, 1):
        if len(taken) >= MOST_ENTRIES:
            left_out.append(f"More than {MOST_ENTRIES:,} entries: only the first were taken.")
            break
        name = f"Entry {number}" + (f", “{tidy(raw.title, 60)}”" if raw.title else "")
        url = canonical(raw.link, base) if raw.link.strip() else None
        if not raw.title:
            left_out.append(f"{name}: it has no title.")
        elif not raw.link.strip():
            left_out.append(f"{name}: it has no link.")
        elif not url:
            left_out.append(f"{name}: its link is not an address of a web page.")
        elif item_id(url) in taken:
            left_out.append(f"{name}: it links to the same page as an entry before it.")
        else:
            taken[item_id(url)] = _entry(raw, url, base)
    if len(left_out) > _MOST_SENTENCES:
        left_out[_MOST_SENTENCES - 1 :] = [f"And {len(left_out) - _MOST_SENTENCES + 1} more."]
    return Feed(title, list(taken.values()), left_out)


def _entry(raw: Raw, url: str, base: str | None) -> Entry:
    topics: dict[str, str] = {}
    for topic in raw.topics:
        topic = tidy(topic, _MOST_TOPIC)
        if topic and topic.lower() not in _NO_TOPIC and len(topics) < _MOST_TOPICS:
            topics.setdefault(topic.lower(), topic)
    summary = "" if raw.summary == raw.title else raw.summary
    image = canonical(raw.image, base or url, as_asked=True) if raw.image.strip() else None
    published = clock.stamp(raw.published) if raw.published and _plausible(raw.published) else None
    return Entry(raw.title, url, summary, image, language(raw.lang), published, tuple(topics.values()))


def _plausible(moment: datetime) -> bool:
    # Year 1 and 1970 are what broken generators write for "unknown".
    return 1990 <= moment.year <= 2100


def language(tag: str | None) -> str | None:
    """The language of a tag such as `en-GB`, None where it is none."""
    found = re.match(r"([A-Za-z]{2,3})(?:[-_]|$)", (tag or "").strip())
    return found[1].lower() if found else None


def moment_of(text: str) -> datetime | None:
    """A date as JSON Feeds write it: RFC 3339, or, against the specification, as in e-mail. Without a zone: UTC."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text.strip())
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, TypeError, OverflowError):
            continue
    return None
