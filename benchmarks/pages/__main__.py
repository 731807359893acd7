"""How often a page's title, description, picture and date are read right, on pages with labels given by path.

    python -m benchmarks.pages FOLDER [--labels FILE] [--half first|second] [--show FIELD]

FOLDER holds pages and `labels.jsonl` (or FILE): one object a line, {file, url, title?, description?, image?, date?},
the file's path within FOLDER. Only labelled fields count. Beside Sayso stands the plainest reader, which takes
og:title (else <title>), og:description (else description), og:image and article:published_time as they are.
`--half` takes the sites whose name's hash is even or odd, so that one half can be tuned on and the other judged.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.pages.judging import FIELDS, RIGHT
from benchmarks.pages.naive import read_naively
from server.feed.model import FeedError
from server.feed.page import read_page

Reading = dict[str, str | None]


def rows(folder: Path, labels: Path, half: str | None) -> Iterator[tuple[dict[str, Any], bytes]]:
    """The labelled pages of a half, or of both."""
    for line in labels.read_text("utf-8").splitlines():
        row = json.loads(line)
        host = urlsplit(row.get("url") or "").hostname or row["file"]
        even = hashlib.md5(".".join(host.split(".")[-2:]).encode()).digest()[0] % 2 == 0
        if half is None or even == (half == "first"):
            data = (folder / row["file"]).read_bytes()
            yield row, gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data


def read(data: bytes, url: str) -> Reading:
    """What Sayso reads; the day is the one that the page writes."""
    try:
        page = read_page(data, url)
    except FeedError as error:
        return {"refused": error.message}
    return {
        "title": page.title,
        "description": page.summary or None,
        "image": page.image,
        "date": page.published_on,
        "moment": page.published_at,
    }


READERS: dict[str, Callable[[bytes, str], Reading]] = {"Sayso": read, "plainest": read_naively}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--labels", type=Path)
    parser.add_argument("--half", choices=("first", "second"))
    parser.add_argument("--show", choices=(*FIELDS, "refused"), help="print what Sayso reads otherwise than the label")
    options = parser.parse_args()
    counts = {name: Counter[str]() for name in READERS}
    times: dict[str, list[float]] = {name: [] for name in READERS}
    pages = 0
    for row, data in rows(options.folder, options.labels or options.folder / "labels.jsonl", options.half):
        pages += 1
        for name, reader in READERS.items():
            start = time.process_time()
            found = reader(data, row.get("url") or "https://pages.example/")
            times[name].append((time.process_time() - start) * 1_000)
            count(counts[name], row, found)
            if options.show and name == "Sayso":
                show(options.show, row, found)
        if pages % 100 == 0:
            print(f"{pages} pages …", end="\r", file=sys.stderr, flush=True)
    print(f"{pages} pages")
    print("| field | reader | right | answered | labelled | right of answered | answered of labelled |")
    print("|---|---|---|---|---|---|---|")
    for field in FIELDS:
        for name, counted in counts.items():
            right, answered, total = (counted[f"{field} {what}"] for what in ("right", "answered", "labelled"))
            if total:
                shares = f"{right / max(answered, 1):.1%} | {answered / total:.1%}"
                print(f"| {field} | {name} | {right} | {answered} | {total} | {shares} |")
    for name, spent in times.items():
        spent.sort()
        if spent:
            print(f"{name}: median {spent[len(spent) // 2]:.1f} ms, p99 {spent[int(len(spent) * 0.99)]:.0f} ms a page")
    print(f"refused as no real page: {counts['Sayso']['refused']}")
    undated = ", ".join(f"{name} {counted['undated']}" for name, counted in counts.items())
    print(f"dates read on pages whose label has none: {undated}")


def count(counted: Counter[str], row: dict[str, Any], found: Reading) -> None:
    """Note for each labelled field whether it was answered, and rightly."""
    counted["refused"] += "refused" in found
    counted["undated"] += not row.get("date") and bool(found.get("date"))
    for field in FIELDS:
        if row.get(field.split()[0]):
            counted[f"{field} labelled"] += 1
            if found.get(field.split()[0]):
                counted[f"{field} answered"] += 1
                counted[f"{field} right"] += RIGHT[field](found, row)


def show(field: str, row: dict[str, Any], found: Reading) -> None:
    """Print a page that was read otherwise than its label says."""
    if field == "refused":
        if "refused" in found:
            print(row["file"], row.get("url"), "|", row.get("title"), "|", found["refused"])
        return
    key = field.split()[0]
    if row.get(key) and found.get(key) and not RIGHT[field](found, row):
        print(row["file"], row.get("url"), f"\n   read  {found[key]}\n   label {row[key]}")


if __name__ == "__main__":
    main()
