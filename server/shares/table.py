"""The history as a table for a spreadsheet. Nothing in it runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from server.shares.stats import newest
from server.store import FIGURES, Share

COLUMNS = (
    "posted_at", "status", "text", "permalink", "item_title", "topics", "lang", "disclosure", "own_words", *FIGURES, "read_at", "id",
)
# What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_of(shares: Iterable[Share]) -> str:
    """The shares as CSV with a byte order mark, by which Excel knows UTF-8. Figures are each share's newest; what was
    never read is empty. A text that would run as a formula begins with an apostrophe.
    """
    out = io.StringIO(newline="")
    out.write("\ufeff")
    rows = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    rows.writeheader()
    for share in shares:
        rows.writerow({name: _safe(cell) for name, cell in _row(share).items()})
    return out.getvalue()


def _row(share: Share) -> Mapping[str, Any]:
    plain = ("posted_at", "status", "text", "permalink", "item_title", "lang", "disclosure", "own_words", "id")
    read = max((str(reading.get("read_at", "")) for reading in share.readings), default="")
    return {
        **{name: getattr(share, name) for name in plain},
        **newest(share),
        "topics": ", ".join(share.topics),
        "read_at": read,
    }


def _safe(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
