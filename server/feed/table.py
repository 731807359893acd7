"""A table of items: CSV as spreadsheets write it, with commas, semicolons or tabs, in whichever encoding.

docs/sources.md describes the columns.
"""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

import yaml

from server import strict
from server.feed.address import page_of
from server.feed.decode import decoded
from server.feed.entries import MOST_ENTRIES
from server.feed.leaving import LeftOut, sentence
from server.feed.model import Entry, Feed, FeedError
from server.feed.plain import tidy
from server.feed.stated import KEYS, LISTS, entry_of, text

COLUMNS = (*KEYS, "text")
_NEEDED = ("title", "url")
_DELIMITERS = ",;\t"
_KINDS = {**KEYS, "text": text}
_NO_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff")  # spreadsheets, new and old; PDF; pictures


def read_table(data: bytes, origin: str) -> Feed:
    """The items in a table whose first line names its columns. Raises FeedError where it does not, naming those known.

    A line that cannot be taken is left out with a sentence. A further line of the same page adds its text as another
    wording.
    """
    if data.startswith(_NO_TEXT):
        raise FeedError(origin, "is no table of text; in your spreadsheet, save it as CSV, and give that file")
    lines = decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    declared = next((each for each in _DELIMITERS if lines.lower().startswith(f"sep={each}\n")), "")
    start = lines.index("\n") + 1 if declared else 0
    head = lines[start:].lstrip("\n").split("\n", 1)[0]
    if not head.strip():
        raise FeedError(origin, f"is empty; its first line has to name the columns: {_known()}")
    delimiter = declared or max(_DELIMITERS, key=lambda each: _fit(head, each))
    rows = _rows(lines[start:], delimiter, origin)
    columns = _columns(next(rows)[1], origin)
    taken: dict[str, Entry] = {}
    left_out = LeftOut()
    found = 0
    for number, cells in rows:
        found += 1
        if found > MOST_ENTRIES:
            raise FeedError(origin, f"has more than {MOST_ENTRIES:,} lines; divide it, or take out the old ones")
        given = {name: cell for name, cell in zip(columns, map(str.strip, cells), strict=False) if cell}
        name = f"Line {number}" + (f", “{tidy(given['title'], 60)}”" if "title" in given else "")
        if any(cell.strip() for cell in cells[len(columns) :]):
            left_out.add("bad_value", f"{name}: it has more cells than the first line names; put text with {_called(delimiter)} in quotes.")
            continue
        if "title" not in given or "url" not in given:
            missing = "title" if "title" not in given else "url"
            left_out.add("no_title" if missing == "title" else "no_link", f"{name}: it has no {missing}.")
            continue
        try:
            entry = _entry(given, frozenset(columns), number)
        except (strict.StrictError, ValueError) as error:
            left_out.add("bad_link" if getattr(error, "key", "") == "url" else "bad_value", sentence(f"{name}: {_complaint(error)}"))
            continue
        before = taken.get(page_of(entry.url))
        if before is None:
            taken[page_of(entry.url)] = entry
        elif entry.variants and not set(entry.variants) & set(before.variants):
            taken[page_of(entry.url)] = replace(before, variants=before.variants + entry.variants)
        else:
            left_out.add("same_page", f"{name}: it links to the same page as a line before it.")
    return Feed(PurePath(origin).stem if "://" not in origin else "", list(taken.values()), left_out.sentences(), found, dict(left_out.why))


def _rows(lines: str, delimiter: str, origin: str) -> Iterator[tuple[int, list[str]]]:
    """Each line that is not empty, with its number (the last one of it, where a cell holds several)."""
    reader = csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise FeedError(origin, f"is no proper table (line {reader.line_num}: {error}); look for a quotation mark that is not closed") from None


def _fit(head: str, delimiter: str) -> int:
    try:
        cells = next(csv.reader([head], delimiter=delimiter))
    except (csv.Error, StopIteration):
        return 0
    return sum(_bare(cell) in COLUMNS for cell in cells) * 100 + len(cells)


def _bare(cell: str) -> str:
    return cell.strip().lower().replace(" ", "_")


def _columns(cells: list[str], origin: str) -> list[str]:
    columns = [_bare(cell) for cell in cells]
    while columns and not columns[-1]:
        columns.pop()  # spreadsheets write empty columns at the end
    for column in columns:
        if column not in COLUMNS:
            near = difflib.get_close_matches(column, COLUMNS, n=1) or {"link": ["url"], "address": ["url"], "date": ["published_at"]}.get(column)
            hint = f"; did you mean “{near[0]}”?" if near else "."
            raise FeedError(origin, f"has a column “{column[:60]}” that is not known{hint} The columns are: {_known()}")
        if columns.count(column) > 1:
            raise FeedError(origin, f"names the column “{column}” twice; keep one of them")
    missing = [column for column in _NEEDED if column not in columns]
    if missing:
        raise FeedError(origin, f"lacks the column “{missing[0]}” in its first line. The columns are: {_known()}")
    return columns


def _known() -> str:
    further = ", ".join(column for column in COLUMNS if column not in _NEEDED)
    return f"title and url, which are needed, and {further}"


def _called(delimiter: str) -> str:
    return {",": "a comma", ";": "a semicolon", "\t": "a tab"}[delimiter]


def _entry(given: dict[str, str], columns: frozenset[str], number: int) -> Entry:
    """The entry of one line. Raises StrictError or ValueError."""
    mark = yaml.Mark("", 0, number - 1, 0, None, 0)
    values = {}
    for name, cell in given.items():
        node: yaml.Node = _scalar(cell, mark)
        if name in LISTS:
            parts = [part.strip() for part in cell.replace(";", "|").replace(",", "|").split("|")]
            node = yaml.SequenceNode("", [_scalar(part, mark) for part in parts if part], mark, mark)
        values[name] = strict.value(node, "", name, _KINDS[name])
    return entry_of(values, columns, values.pop("text", ""))


def _scalar(value: str, mark: yaml.Mark) -> yaml.ScalarNode:
    return yaml.ScalarNode("", value, mark, mark)


def _complaint(error: ValueError) -> str:
    return f"{error.key}: {error.message}" if isinstance(error, strict.StrictError) else str(error)
