"""LinkedIn's archive of one's data: `Shares.csv`, alone or in the zip as it is downloaded.

Columns, in English whatever the member's language: Date (UTC, `2026-03-02 09:00:00`), ShareLink (a post's address with
its URN, colons escaped), ShareCommentary (the text), SharedUrl, MediaUrl, Visibility. A line break inside a text is
written `"`, line feed, `"`, and where that is so its own quotation marks are doubled once more.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from datetime import UTC, datetime

from server import clock
from server.shares.imports.found import Found, FoundShare, ImportProblem, link_of, posted_at, urn_of
from server.shares.imports.packed import Packed

_NEEDED = ("Date", "ShareLink", "ShareCommentary")
_SHARES = re.compile(r"(?:.*/)?shares(?:[_ -]?\d+| \(\d+\))?\.csv", re.IGNORECASE)
_PROFILE = re.compile(r"(?:.*/)?profile(?:[_ -]?\d+| \(\d+\))?\.csv", re.IGNORECASE)
_MOST_PROBLEMS = 20
_MOST_TEXT = 100_000
# The quirk where it was not escaped for CSV: a closed and opened quotation mark that begins no new row.
_BARE_BREAK = re.compile(r'(?<!")"((?:\r?\n"")*\r?\n)"(?!")(?!\d{4}-\d\d-\d\d[ T"])')
_BREAK = re.compile(r'"(\r?\n)(?=")')


def read_zip(packed: Packed, name: str) -> Found:
    """The shares of an archive as it is downloaded. Raises ImportProblem."""
    shares = packed.named(_SHARES)
    if shares is None:
        raise ImportProblem(
            f"{name} holds no Shares.csv. LinkedIn makes small archives first: ask for the larger one (Settings, Data "
            "privacy, Get a copy of your data), which takes a day, and take that file as it comes."
        )
    profile = packed.named(_PROFILE)
    return read_csv(packed.read(shares), name, member=_member(packed.read(profile)) if profile else None)


def read_csv(data: bytes, name: str, member: str | None = None) -> Found:
    """The shares of `Shares.csv`. Raises ImportProblem."""
    rows = csv.reader(io.StringIO(_BARE_BREAK.sub(_unquoted, _text(data, name)), newline=""))
    csv.field_size_limit(10_000_000)
    header = [column.strip().strip("\ufeff") for column in next(rows, [])]
    missing = [column for column in _NEEDED if column not in header]
    if missing:
        raise ImportProblem(
            f"{name} lacks the column {missing[0]}; its first line is “{', '.join(header)[:80]}”. LinkedIn's Shares.csv "
            "has Date, ShareLink and ShareCommentary. Take the file from the archive as it is, not saved again by a "
            "spreadsheet."
        )
    at = {column: header.index(column) for column in _NEEDED}
    found: list[FoundShare] = []
    problems: list[str] = []
    try:
        for row in rows:
            if not any(field.strip() for field in row):
                continue
            share, problem = _share(row, at, rows.line_num)
            found.append(share) if share else problems.append(problem)
    except csv.Error as error:
        raise ImportProblem(f"{name}, line {rows.line_num}: {error}. Take the file from the archive as it is.") from None
    if len(problems) > _MOST_PROBLEMS:
        problems[_MOST_PROBLEMS - 1 :] = [f"And {len(problems) - _MOST_PROBLEMS + 1} more rows."]
    return Found("archive", name, tuple(found), problems=tuple(problems), member=member)


def _share(row: list[str], at: dict[str, int], line: int) -> tuple[FoundShare | None, str]:
    if len(row) <= max(at.values()):
        return None, f"Line {line}: it has too few fields ({len(row)})."
    link, text = row[at["ShareLink"]].strip(), plain(row[at["ShareCommentary"]])
    urn = urn_of(link)
    when = (posted_at(urn) if urn else None) or _moment(row[at["Date"]])
    if when is None:
        return None, f"Line {line}: “{row[at['Date']][:30]}” is no time such as 2026-03-02 09:00:00."
    if when > clock.stamp():
        return None, f"Line {line}: it lies in the future ({when})."
    if not text:
        return None, f"Line {line}: a post of {when[:10]} without words of its own."
    if len(text) > _MOST_TEXT:
        return None, f"Line {line}: its text is longer than a post can be."
    return FoundShare(text, when, link_of(link), urn), ""


def plain(commentary: str) -> str:
    """The text of a post from its field: line breaks as they were, quotation marks once."""
    text = commentary
    if _BREAK.search(text):
        text = _BREAK.sub(r"\1", text)  # leaves the mark that opens the next line …
        text = re.sub(r'(\n)"', r"\1", text)  # … which goes here
        text = text.removeprefix('"').removesuffix('"').replace('""', '"')
    return text.replace("\r\n", "\n").strip()


def _unquoted(match: re.Match[str]) -> str:
    return match[1].replace('"', "")


def _moment(text: str) -> str | None:
    try:
        moment = datetime.fromisoformat(re.sub(r"\s*UTC$", "", text.strip()))
    except ValueError:
        return None
    return clock.stamp(moment if moment.tzinfo else moment.replace(tzinfo=UTC)) if moment.year >= 2003 else None


def _text(data: bytes, name: str) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ImportProblem(
            f"{name} is not UTF-8 (line {line}): it seems to have been saved again by a spreadsheet, which damages "
            "accents and emoji. Take the file from the archive as it is."
        ) from None
    return text.replace("\0", "")


def _member(profile: bytes) -> str | None:
    """A digest of the name in Profile.csv: enough to tell two members apart, without keeping who it is."""
    try:
        row = next(csv.DictReader(io.StringIO(profile.decode("utf-8-sig"), newline="")), None)
    except (UnicodeDecodeError, csv.Error):
        return None
    if not row:
        return None
    known = [str(row.get(column) or "").strip().casefold() for column in ("First Name", "Last Name", "Birth Date")]
    return hashlib.sha256("\n".join(known).encode()).hexdigest() if any(known[:2]) else None
