"""When a page was published: believed where what it declares, what it shows and its address agree, and not otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from server.feed import jsonld
from server.feed.dates import Moment, moment_in
from server.feed.markup import Markup, aside, signs

if TYPE_CHECKING:
    from bs4 import Tag

# <meta> elements that name the time of publication, the most exact first.
_PUBLISHED = (
    "article:published_time og:article:published_time article:published datepublished parsely-pub-date "
    "cxenseparse:recs:publishtime cxenseparse:publishtime sailthru.date dc.date.issued dcterms.issued dcterms.created "
    "dc.date.created pubdate publishdate publish_date publish-date pub_date published_time og:published_time "
    "og:publish_date published published_at published-date published_date publisheddate publication_date "
    "article:publish_date article.published article.created article_date_original originalpublicationdate "
    "citation_publication_date citation_online_date prism.publicationdate shareaholic:article_published_time "
    "rnews:datepublished displaydate datecreated"
).split()
# These name now publication, now the last change: believed only where something else agrees.
_VAGUE = ("dc.date", "dcterms.date", "date")
_ABOUT = re.compile(r"article|posting|report|news|recipe|review|question|podcastepisode")
_UPDATED = re.compile(
    r"updat|modifi|edited|revis|last |aktualis|ge[äa]ndert|\bstand\b|zuletzt|letzte|mis à jour|m[àa]j\b|actualiz|aggiorn"
    r"|bijgewerkt|atualiz|uppdater|oppdater|opdater|päivite|aktualiz|güncel|обновл|оновл|更新|수정",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_-]?)(\d\d)\2(\d\d)(?!\d)")
_REWRITTEN = timedelta(days=31)
# A date by the heading: how many pieces of text before it and after it are looked at, and how long they may be. From
# the tenth piece on it bears out what the page declares, but says too little alone.
_BEFORE, _AFTER, _LONGEST, _FAR = 15, 25, 60, 10


@dataclass(frozen=True, slots=True)
class Published:
    """`at`: the moment in UTC, noon where only a day is known. `day`: the calendar day where the page was written."""

    at: datetime
    day: str


@dataclass(frozen=True, slots=True)
class _Shown:
    """A date that a reader sees by the heading; `update`: marked as that of a change; `far`: not close by."""

    moment: Moment
    update: bool
    far: bool


def published(page: Markup, heading: Tag | None, now: datetime) -> Published | None:
    """When the page was published, None where it does not say or contradicts itself.

    Declared: JSON-LD, <meta>, microdata. Shown: dates close to `heading`, except those marked as updates. What is
    declared in UTC may be a day off where the page was written, which is told by what is shown. What is seldom right on
    labelled pages is no answer by itself (see docs/benchmarks.md): a date far below the heading, a vague name, JSON-LD
    beside marks of a change.
    """
    stated = list(_stated(page, now))
    shown = _shown(page, heading, now)
    return _chosen(stated, shown, _in_address(page.origin, now))


def _chosen(stated: list[tuple[str, Moment]], shown: list[_Shown], named: str | None) -> Published | None:
    fresh = [one.moment for one in shown if not one.update]
    if stated:
        return _agreed(stated, shown, fresh, named)
    days = {moment.day for moment in fresh}
    far = all(one.far for one in shown)
    if len(days) == 1 and (fresh[0].sure and not far or named and _near(named, fresh[0].day)):
        return _published(fresh[0])
    if named and (not days or any(_near(named, day) for day in days)):
        return Published(datetime.combine(date.fromisoformat(named), datetime.min.time(), UTC).replace(hour=12), named)
    return None


def _agreed(
    stated: list[tuple[str, Moment]], shown: list[_Shown], fresh: list[Moment], named: str | None
) -> Published | None:
    first = stated[0][1]
    same = [one for one in shown if one.moment.day == first.day]
    if same and fresh and all(one.update for one in same) and fresh[0].at < first.at:
        return _published(fresh[0])  # what is declared is the change
    if same:
        return _published(first)
    if shown and _elsewhere(first, shown[0].moment.day):
        return _published(first, shown[0].moment.day)
    if named and (named == first.day or _elsewhere(first, named)):
        return _published(first, named)
    if fresh or named or not first.sure or len({moment.day for _, moment in stated}) > 1:
        return None
    # Written anew long after: the page is no longer of the day that it declares.
    if any(one.moment.at - first.at > _REWRITTEN for one in shown):
        return None
    kinds = {kind for kind, _ in stated}
    if "meta" in kinds and "rewritten" not in kinds:
        return _published(first)
    return _published(first) if not shown and ("meta" in kinds or kinds == {"json"}) else None


def _elsewhere(moment: Moment, day: str) -> bool:
    """Whether a moment told in UTC was on another, neighbouring day where the page was written."""
    if not (moment.timed and moment.zoned) or moment.at.utcoffset():
        return False
    zones = (timedelta(hours=-12), timedelta(hours=14))
    return any((moment.at + shift).date().isoformat() == day for shift in zones)


def _published(moment: Moment, day: str | None = None) -> Published:
    return Published(moment.at.astimezone(UTC), day or moment.day)


def _near(one: str, other: str) -> bool:
    return abs(date.fromisoformat(one) - date.fromisoformat(other)) <= timedelta(days=1)


def _stated(page: Markup, now: datetime) -> Iterator[tuple[str, Moment]]:
    pages: list[tuple[str, Moment]] = []
    for node in page.nodes:
        types = " ".join(jsonld.types(node))
        moment = moment_in(jsonld.text_of(node.get("datePublished")), page.lang, now=now)
        if not moment:
            continue
        changed = moment_in(jsonld.text_of(node.get("dateModified")), page.lang, now=now)
        kind = "rewritten" if changed and changed.at - moment.at > _REWRITTEN else "json"
        if _ABOUT.search(types):
            yield kind, moment
            break
        if "page" in types:
            pages.append((kind, moment))
    yield from pages[:1]
    for kind, names in (("meta", _PUBLISHED), ("vague", _VAGUE)):
        for name in names:
            moment = moment_in(page.said(name), page.lang, now=now)
            if moment:
                yield kind, moment
    for tag in page.soup.find_all(attrs={"itemprop": ("datePublished", "dateCreated", "datepublished")}, limit=10):
        moment = moment_in(tag.get("content") or tag.get("datetime") or tag.get_text(" "), page.lang, now=now)
        if moment and not aside(tag):
            yield "meta", moment


def _shown(page: Markup, heading: Tag | None, now: datetime) -> list[_Shown]:
    """Dates by the heading, the nearest first."""
    if heading is None:
        return []
    own = {id(heading), *(id(tag) for tag in heading.find_all(True))}
    places = [place for place, (_, tag) in enumerate(page.strings) if id(tag) in own]
    if not places:
        return []
    start, end = places[0], places[-1]
    found: list[tuple[float, _Shown]] = []
    for place in range(max(0, start - _BEFORE), min(len(page.strings), end + _AFTER + 1)):
        text, tag = page.strings[place]
        if len(text) > _LONGEST or aside(tag):
            continue
        moment = moment_in(text, page.lang, now=now)
        exact = moment_in(str(tag.get("datetime") or ""), page.lang, now=now) if tag.name == "time" else None
        if exact and not (moment and moment.sure and not _near(moment.day, exact.day)):
            moment = exact
        if moment:
            before = page.strings[place - 1][0][-25:] if place else ""
            update = bool(_UPDATED.search(f"{before} {text} {signs(tag)}"))
            # Before the heading stands more that is not of the page, so what is after it counts as nearer.
            distance = place - end if place > end else (start - place) * 1.5
            found.append((distance, _Shown(moment, update, place - end >= _FAR)))
    found.sort(key=lambda pair: pair[0])
    return [one for _, one in found]


def _in_address(url: str, now: datetime) -> str | None:
    """The day that an address such as /2026/11/21/title names."""
    match = _ADDRESS.search(urlsplit(url).path)
    moment = moment_in(f"{match[1]}-{match[3]}-{match[4]}", now=now) if match else None
    return moment.day if moment else None
