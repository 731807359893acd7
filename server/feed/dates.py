"""Dates as people and machines write them on pages, in many languages: found in a text, and told in UTC."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

_FIRST_YEAR = 1995  # before that there were no pages
# Names of the months, without accents: English, German, French, Spanish, Portuguese, Italian, Catalan, Dutch,
# Scandinavian, Finnish, Polish, Czech, Slovak, Croatian, Slovene, Hungarian, Romanian, Turkish, Estonian, Latvian,
# Lithuanian, Indonesian; Greek, Russian, Ukrainian, Bulgarian; Arabic.
_MONTHS = (
    "january jan janv januar jaenner janner jan janvier enero ene janeiro gennaio gen gener januari tammikuu tammikuuta "
    "tammi stycznia styczen sty stycznia ledna leden januara sijecnja sijecanj januarja januar ianuarie ian ocak "
    "jaanuar janvaris janvari sausio sausis ιανουαριου ιανουαριος ιαν января январь янв січня січень січ януари يناير",
    "february feb febr fev februar febrer feber fevrier febrero feb fevereiro febbraio februari helmikuu helmikuuta "
    "helmi lutego luty lut unora unor februara veljace veljaca februarja februarie subat veebruar februaris februari "
    "vasario vasaris φεβρουαριου φεβρουαριος φεβ февраля февраль фев лютого лютий лют февруари فبراير",
    "march mar mars marz maerz mrz marzo marco marc maart mrt mart martie maaliskuu maaliskuuta maalis marca marzec "
    "brezna brezen ozujka ozujak marcius mart marts marec kovo kovas maret μαρτιου μαρτιος μαρ марта март мар "
    "березня березень бер марц مارس",
    "april apr avril avr abril abr aprile april huhtikuu huhtikuuta huhti kwietnia kwiecien kwi dubna duben aprila "
    "travnja travanj aprilie nisan aprill aprilis aprili balandzio balandis απριλιου απριλιος απρ апреля апрель апр "
    "квітня квітень квіт април أبريل ابريل",
    "may mai mayo maio maggio mag maig mei maj majus maja maj toukokuu toukokuuta touko kvetna kveten svibnja svibanj "
    "mayis maijs maija geguzes geguze μαιου μαιος μαι мая май травня травень трав маи مايو",
    "june jun juni juin junio junho giugno giu juny juni kesakuu kesakuuta kesa czerwca czerwiec cze cervna cerven juna "
    "lipnja lipanj junija junius jun iunie iun haziran juuni junijs junija birzelio birzelis ιουνιου ιουνιος ιουν "
    "июня июнь июн червня червень черв юни يونيو",
    "july jul juli juillet juil julio julho luglio lug juliol heinakuu heinakuuta heina lipca lipiec lip cervence "
    "cervenec jula srpnja srpanj julija julius iulie iul temmuz juuli julijs liepos liepa ιουλιου ιουλιος ιουλ "
    "июля июль июл липня липень лип юли يوليو",
    "august aug aout agosto ago agost augustus elokuu elokuuta elo sierpnia sierpien sie srpna srpen augusta kolovoza "
    "kolovoz avgusta avgust augusztus agustos augusts rugpjucio rugpjutis agustus αυγουστου αυγουστος αυγ "
    "августа август авг серпня серпень серп أغسطس اغسطس",
    "september sept sep septembre septiembre set setembro settembre setembre syyskuu syyskuuta syys wrzesnia wrzesien "
    "wrz zari septembra rujna rujan szeptember szept septembrie eylul septembris septembri rugsejo rugsejis "
    "σεπτεμβριου σεπτεμβριος σεπ σεπτ сентября сентябрь сен сент вересня вересень вер септември سبتمبر",
    "october oct okt oktober octobre octubre outubro out ottobre ott lokakuu lokakuuta loka pazdziernika pazdziernik paz "
    "rijna rijen oktobra oktober octombrie ekim oktoober oktobris oktobri spalio spalis οκτωβριου "
    "οκτωβριος οκτ октября октябрь окт жовтня жовтень жовт октомври أكتوبر اكتوبر",
    "november nov novembre noviembre novembro marraskuu marraskuuta marras listopada listopad lis listopadu novembra "
    "studenoga studeni noiembrie noi kasim novembris novembri lapkricio lapkritis νοεμβριου νοεμβριος νοε "
    "ноября ноябрь ноя листопада листопад лист ноември نوفمبر",
    "december dec dez decembre diciembre dic dezembro dicembre desembre desember des joulukuu joulukuuta joulu grudnia "
    "grudzien gru prosince prosinec decembra prosinca prosinac decembrie aralik detsember decembris decembri gruodzio "
    "gruodis desember δεκεμβριου δεκεμβριος δεκ декабря декабрь дек грудня грудень груд декември ديسمبر",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}

_CLOCK = r"(?:[T\s,|·à@-]{1,4}(?:at\s|um\s|ore\s|kl\.?\s)?(\d{1,2})[:h.](\d{2})(?:[:.](\d{2}))?(?:[.,]\d{1,9})?)?"
_ZONE = (
    r"(?:\s?(am|pm|a\.m\.|p\.m\.)(?![a-z]))?"
    r"(?:\s?(z|utc|gmt|est|edt|cst|cdt|pst|pdt|cet|cest|bst)?\s?([+-]\d{2}:?\d{2})?)(?!\w)"
)
_ISO = re.compile(r"(?<![\d./-])((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)" + _CLOCK + _ZONE, re.IGNORECASE)
_BARE = re.compile(r"^((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(Z)?$")
_CJK = re.compile(r"((?:19|20)\d\d)\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?")
_NUMBERS = re.compile(
    r"(?<![\d./-])(\d{1,2})([./-])\s?(\d{1,2})\2\s?((?:19|20)\d\d|\d\d)(?![\d/-])" + _CLOCK + _ZONE, re.IGNORECASE
)
_WORD = r"([^\W\d_]{3,14})"
_DAY_MONTH = re.compile(
    r"(?<![\d.,])(\d{1,2})(?:st|nd|rd|th|er|º|°|ª)?[.,]?[\s-]{0,3}(?:de\s|of\s|d’|d')?" + _WORD + r"[.,]{0,2}[\s-]{0,3}"
    r"(?:de[l]?\s)?((?:19|20)\d\d)(?!\d)" + _CLOCK + _ZONE,
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    r"(?<!\w)" + _WORD + r"\.?\s{0,2}(\d{1,2})(?:st|nd|rd|th)?(?:\s?,\s{0,2}|\.?\s{1,2})((?:19|20)\d\d)(?!\d)"
    + _CLOCK + _ZONE,
    re.IGNORECASE,
)
# "Wed Oct 02 2002 13:00:00 GMT+0000", "Wed Oct 02 13:00:00 CEST 2002"
_YEAR_LAST = re.compile(
    r"(?<!\w)([a-z]{3,9})\s(\d{1,2})\s(\d\d):(\d\d):(\d\d)\s(?:([A-Za-z]{3,4})\s)?((?:19|20)\d\d)(?!\d)", re.IGNORECASE
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\.?\s(?:m\.\s|gada\s)?(?:(\d{1,2})\.?\s)?" + _WORD + r"\s?(\d{1,2})?", re.IGNORECASE
)
_EPOCH = re.compile(r"^\d{10}(?:\d{3})?$")
_ZONES = {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "pst": -8, "pdt": -7, "cet": 1, "cest": 2, "bst": 1}
_MONTH_FIRST = ("en", "en-us", "en-ca", "en-ph")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as it is written: `at` with the zone that it names, or UTC. `sure` is False where day and month could
    be the other way round; `timed` is False where no time of day is given (then `at` is noon UTC: the same day
    nearly everywhere); `zoned` tells whether a zone was named.
    """

    at: datetime
    sure: bool = True
    timed: bool = False
    zoned: bool = False

    @property
    def day(self) -> str:
        """The calendar day as written, such as `2026-11-21`."""
        return self.at.date().isoformat()


def moment_in(text: str, lang: str = "", *, now: datetime) -> Moment | None:
    """The first date in a text; None where there is none, or none that a page can have been published on."""
    return next(moments_in(text, lang, now=now), None)


def moments_in(text: str, lang: str = "", *, now: datetime) -> Iterator[Moment]:
    """The dates in a text by where they stand. Those before 1995 or more than a day after `now` are left out.

    `lang` (a tag such as `en-US`) decides between day and month in 4/5/2026.
    """
    text = text.strip()[:400]
    if not any(character.isdigit() for character in text):
        return
    if _EPOCH.match(text):
        seconds = int(text[:10])
        moment = Moment(datetime.fromtimestamp(seconds, UTC), timed=True, zoned=True)
        if _plausible(moment, now):
            yield moment
        return
    found: list[tuple[int, int, Moment]] = []
    for read in (_iso, _bare, _cjk, _day_month, _month_day, _year_last, _year_first, _numbers):
        for start, end, moment in read(text, lang):
            if _plausible(moment, now) and not any(start < e and s < end for s, e, _ in found):
                found.append((start, end, moment))
    found.sort(key=lambda triple: triple[0])
    for _, _, moment in found:
        yield moment


def _plausible(moment: Moment, now: datetime) -> bool:
    return moment.at.year >= _FIRST_YEAR and moment.at <= now + timedelta(days=1)


def _iso(text: str, lang: str) -> Iterator[tuple[int, int, Moment]]:
    for match in _ISO.finditer(text):
        yield from _found(match, match[1], match[3], match[4], match.groups()[4:])


def _bare(text: str, lang: str) -> Iterator[tuple[int, int, Moment]]:
    match = _BARE.match(text)
    if match:
        yield from _found(match, match[1], match[2], match[3], (match[4], match[5], match[6], None, match[7], None))


def _cjk(text: str, lang: str) -> Iterator[tuple[int, int, Moment]]:
    for match in _CJK.finditer(text):
        yield from _found(match, match[1], match[2], match[3], ())


def _day_month(text: str, lang: str) -> Iterator[tuple[int, int, Moment]]:
    for match in _DAY_MONTH.finditer(text):
        yield from _found(match, match[3], _month(match[2]), match[1], match.groups()[3:])


def _month_day(text: str, lang: str) -> Iterator[tuple[int, int, Moment]]:
    for match in _MONTH_DAY.finditer(text):
        yield from _found(match, match[3], _month(match[1]), match[2], match.groups()[3:])


def _year_last(text: str, lang: str) -> Iterator[tuple[int, int, Moment]]:
    for match in _YEAR_LAST.finditer(text):
        clock = (match[3], match[4], match[5], None, match[6], None)
        yield from _found(match, match[7], _month(match[1]), match[2], clock)


def _year_first(text: str, lang: str) -> Iterator[tuple[int, int, Moment]]:
    for match in _YEAR_FIRST.finditer(text):
        day = match[2] or match[4]
        if day and not (match[2] and match[4]):
            yield from _found(match, match[1], _month(match[3]), day, ())


def _numbers(text: str, lang: str) -> Iterator[tuple[int, int, Moment]]:
    for match in _NUMBERS.finditer(text):
        first, second, year = int(match[1]), int(match[3]), match[4]
        if len(year) == 2:
            if match[2] == "-":
                continue
            year = "20" + year
        # 4/5/2026: America begins with the month. Much that calls itself English or American is neither.
        english = lang.lower().startswith("en") and match[2] == "/"
        month_first = second > 12 or (first <= 12 and english and lang.lower().replace("_", "-") in _MONTH_FIRST)
        sure = not english or first > 12 or second > 12 or first == second
        day, month = (second, first) if month_first else (first, second)
        yield from _found(match, year, month, day, match.groups()[4:], sure)


def _found(
    match: re.Match[str],
    year: str,
    month: str | int | None,
    day: str | int,
    clock: tuple[str | None, ...],
    sure: bool = True,
) -> Iterator[tuple[int, int, Moment]]:
    hour, minute, second, half, name, offset = clock if len(clock) == 6 else (None,) * 6
    try:
        at = datetime(int(year), int(month or 0), int(day), 12, tzinfo=UTC)
    except ValueError:
        return
    zoned = False
    if hour is not None:
        hours = int(hour) % 12 + (12 if half[0].lower() == "p" else 0) if half else int(hour)
        zone = _zone(name, offset)
        zoned = zone is not None
        try:
            at = at.replace(hour=hours, minute=int(minute), second=int(second or 0), tzinfo=zone or UTC)
        except ValueError:
            hour = None
    yield match.start(), match.end(), Moment(at, sure, hour is not None, zoned)


def _zone(name: str | None, offset: str | None) -> timezone | None:
    if offset:
        minutes = int(offset[1:3]) * 60 + int(offset[-2:])
        return timezone(timedelta(minutes=minutes if offset[0] == "+" else -minutes)) if minutes < 1_000 else None
    if name:
        return timezone(timedelta(hours=_ZONES.get(name.lower(), 0)))
    return None


@lru_cache(maxsize=2_000)
def _month(word: str) -> int | None:
    plain = "".join(
        character for character in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(character)
    )
    return _MONTH.get(plain.replace("ı", "i").replace("ł", "l"))
