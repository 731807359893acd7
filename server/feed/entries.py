"""What RSS, Atom and JSON Feed have in common: which raw entries are taken, and in which form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from server import clock
from server.feed.address import canonical, page_of
from server.feed.leaving import LeftOut
from server.feed.model import Entry, Feed, FeedError
from server.feed.plain import tidy

MOST_ENTRIES = 50_000
MOST_TITLE = 300
MOST_SUMMARY = 400
_MOST_TOPICS = 12
_MOST_TOPIC = 60
_MOST_GUID = 500
_SENTENCE = re.compile(r".{15,90}?[.!?…](?=\s|$)")
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
    guid: str = ""


def feed_of(title: str, base: str | None, entries: Iterable[Raw], origin: str = "") -> Feed:
    """The feed of raw entries, each page once; relative addresses are resolved against `base`.

    Raises FeedError, in the name of `origin`, where there are more than anyone can use.
    """
    raws = list(entries)
    if len(raws) > MOST_ENTRIES:
        raise FeedError(origin, f"holds more than {MOST_ENTRIES:,} entries; look for a feed with the newest ones only")
    guids = Counter(raw.guid for raw in raws)
    taken: dict[str, Entry] = {}
    left_out = LeftOut()
    for number, raw in enumerate(raws, 1):
        title_given = raw.title or first_words(raw.summary)
        name = f"Entry {number}" + (f", “{tidy(title_given, 60)}”" if title_given else "")
        url = canonical(raw.link, base) if raw.link.strip() else None
        if not title_given:
            left_out.add("no_title", f"{name}: it has no title.")
        elif not raw.link.strip():
            left_out.add("no_link", f"{name}: it has no link.")
        elif not url:
            left_out.add("bad_link", f"{name}: its link is not an address of a web page.")
        elif page_of(url) in taken:
            left_out.add("same_page", f"{name}: it links to the same page as an entry before it.")
        else:
            taken[page_of(url)] = _entry(raw, title_given, url, base, guids[raw.guid] == 1)
    return Feed(title, list(taken.values()), left_out.sentences(), len(raws), dict(left_out.why))


def first_words(text: str) -> str:
    """What stands for the title of an entry without one, as short messages have none: its first sentence."""
    found = _SENTENCE.match(text)
    return found[0] if found else tidy(text, 90)


def _entry(raw: Raw, title: str, url: str, base: str | None, own_guid: bool) -> Entry:
    topics: dict[str, str] = {}
    for topic in raw.topics:
        topic = tidy(topic, _MOST_TOPIC)
        if topic and topic.lower() not in _NO_TOPIC and len(topics) < _MOST_TOPICS:
            topics.setdefault(topic.lower(), topic)
    image = canonical(raw.image, base or url, as_asked=True) if raw.image.strip() else None
    published = clock.stamp(raw.published) if raw.published and _plausible(raw.published) else None
    return Entry(
        title,
        url,
        "" if raw.summary == title else raw.summary,
        image,
        language(raw.lang),
        published,
        tuple(topics.values()),
        guid=raw.guid if raw.guid and own_guid and len(raw.guid) <= _MOST_GUID else None,
        untitled=not raw.title,
    )


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
