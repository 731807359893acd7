"""Tables for a spreadsheet, the history above all. Nothing in it runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from server.shares.stats import newest
from server.store import FIGURES, Share

COLUMNS = (
    "posted_at", "status", "text", "permalink", "item_title", "topics", "lang", "disclosure", "own_words", *FIGURES, "read_at", "id",
)
# What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_of(shares: Iterable[Share]) -> str:
    """The shares as CSV. Figures are each share's newest; what was never read is empty."""
    return as_csv(COLUMNS, map(_row, shares))


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as CSV with a byte order mark, by which Excel knows UTF-8; a cell that a row lacks is empty. A text that
    would run as a formula begins with an apostrophe.
    """
    out = io.StringIO(newline="")
    out.write("\ufeff")
    table = csv.DictWriter(out, columns, lineterminator="\r\n")
    table.writeheader()
    for row in rows:
        table.writerow({name: _safe(cell) for name, cell in row.items()})
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
