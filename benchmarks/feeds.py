"""How well feeds are read: every file of a folder, beside what feedparser makes of it, or the JSON Feed specification.

    python -m benchmarks.feeds FOLDER [--show]

Each file is read once. Counted are crashes (anything but FeedError), files that took more than two seconds of processor
time (which other programs do not lengthen), and, of the files in which feedparser finds entries too, those with the same
number of entries and the same titles. A JSON Feed is held against its own text: each object in `items` is an entry. An
entry that has no link, or links where another did, is found but left out; so numbers are compared before, titles after
that. --show names each difference.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import time
import warnings
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from server.feed import Feed, FeedError, read_feed
from server.feed.entries import MOST_TITLE
from server.feed.plain import lenient

_SLOW = 2.0  # seconds


@dataclass
class Figures:
    """What one folder came to; `shown` has a line for each difference."""

    files: int = 0
    feeds: int = 0
    json_feeds: int = 0
    refused: int = 0
    compared: int = 0
    same_number: int = 0
    same_titles: int = 0
    entries: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)


def measure(folder: Path) -> Figures:
    """Read every file under `folder`. Nothing is fetched and nothing stored."""
    figures = Figures()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data, name = path.read_bytes(), str(path.relative_to(folder))
        figures.files += 1
        begun = time.process_time()
        try:
            feed: Feed | None = read_feed(data, f"https://feeds.example/{name}")
        except FeedError as error:
            feed, why = None, error.message
        except Exception as error:  # noqa: BLE001 - that there is none is what is measured
            figures.crashes.append(f"{name}: {type(error).__name__}: {error}")
            continue
        seconds = time.process_time() - begun
        figures.seconds.append(seconds)
        if seconds > _SLOW:
            figures.slow.append(f"{name}: {seconds:.1f} s")
        if feed is None:
            figures.refused += 1
        else:
            figures.feeds += 1
            figures.entries += feed.found
            figures.left_out.update(feed.why)
        expected = _expected(data, figures)
        if expected is None or not (expected or feed):
            continue
        if feed is None:
            if expected:
                figures.compared += 1
                figures.shown.append(f"{name}: {len(expected)} entries expected, but refused: {why}")
            continue
        figures.compared += 1
        figures.same_number += feed.found == len(expected)
        if feed.found != len(expected):
            figures.shown.append(f"{name}: {len(expected)} entries expected, {feed.found} found")
        strange = _strange(feed, expected)
        figures.same_titles += not strange
        figures.shown += [f"{name}: title {title!r} is not among {expected[:3]!r}" for title in strange[:2]]
    return figures


def _strange(feed: Feed, expected: list[str]) -> list[str]:
    """Titles that were taken and not expected. Where an entry has none, the first words of its text stand for it."""
    theirs = Counter(_bare(title) for title in expected)
    ours = Counter(_bare(entry.title) for entry in feed.entries if not entry.untitled)
    return list((ours - theirs).elements())


def _bare(title: str) -> str:
    """A title without what either reader may have done to markup, references and spaces."""
    text = html.unescape(re.sub(r"<[^<>]*>", "", lenient(title, MOST_TITLE)))
    return re.sub(r"[\W_]+", "", text, flags=re.UNICODE)[:80].casefold()


def _expected(data: bytes, figures: Figures) -> list[str] | None:
    """The titles of the entries that another reader finds, None where it finds no feed."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        try:
            document = json.loads(data)
        except (ValueError, RecursionError):
            return None
        if not isinstance(document, dict) or "jsonfeed.org" not in str(document.get("version")):
            return None
        figures.json_feeds += 1
        items = document.get("items")
        return [str(item.get("title") or "") for item in items if isinstance(item, dict)] if isinstance(items, list) else None
    import feedparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            parsed = feedparser.parse(data)
        except Exception:  # noqa: BLE001 - the other reader's own trouble
            return None
    return [str(entry.get("title") or "") for entry in parsed["entries"]] if parsed.get("version") else None


def _words(figures: Figures) -> str:
    seconds = sorted(figures.seconds) or [0.0]
    lines = [
        f"files:            {figures.files}, {figures.feeds} read as a feed, {figures.refused} refused with a reason",
        f"crashes:          {len(figures.crashes)}",
        f"over {_SLOW:g} s:         {len(figures.slow)} (median {seconds[len(seconds) // 2] * 1000:.1f} ms, longest {seconds[-1]:.2f} s)",
        f"compared:         {figures.compared} with entries, {figures.json_feeds} of them JSON Feeds",
        f"  same number:    {figures.same_number}",
        f"  same titles:    {figures.same_titles}",
        f"entries:          {figures.entries}, left out: {dict(figures.left_out.most_common()) or 'none'}",
    ]
    return "\n".join([*lines, *figures.crashes, *figures.slow])


def main() -> None:
    """Print the figures of a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="name each difference")
    arguments = parser.parse_args()
    figures = measure(arguments.folder)
    print(_words(figures))
    if arguments.show:
        print("\n".join(figures.shown))


if __name__ == "__main__":
    main()
