"""Which kind of file it is, and what it holds."""

from __future__ import annotations

import re
from pathlib import Path

from server.shares.imports.found import Found, ImportProblem

MOST_BYTES = 200_000_000
_LOOKED_AT = 4096  # bytes in which a zero tells that this is no text
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_WORKBOOK = re.compile(r"xl/workbook\.(xml|bin)")


def read(data: bytes, name: str) -> Found:
    """What a file holds: LinkedIn's archive (zip, or its Shares.csv), its creator analytics (XLSX), or one's own export
    (JSON). What it is is told from its bytes, not from its name. Raises ImportProblem.
    """
    from server.shares.imports import analytics, archive, own  # rarely needed, and never to start
    from server.shares.imports.packed import Packed

    if len(data) > MOST_BYTES:
        raise ImportProblem(
            f"{name} is larger than {MOST_BYTES // 1_000_000} MB. Unpack it and take in its Shares.csv alone."
        )
    if not data.strip():
        raise ImportProblem(f"{name} is empty.")
    if data[:2] == b"PK":
        packed = Packed(data, name)
        if packed.named(_WORKBOOK):
            packed.weigh()
            return analytics.read_workbook(data, name)
        return archive.read_zip(packed, name)
    if data[:8] == bytes.fromhex("d0cf11e0a1b11ae1"):
        raise ImportProblem(f"{name} is an old or locked Excel file. Save it as .xlsx without a password.")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return own.read_export(data, name)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise ImportProblem(f"{name} is a web page. LinkedIn's link may have run out: ask for the archive anew.")
    if b"\0" in data[:_LOOKED_AT] and data[:2] not in _UTF16:
        raise ImportProblem(
            f"{name} is no file with posts. Take LinkedIn's zip or its Shares.csv, its analytics (.xlsx), or Sayso's own export (.json)."
        )
    return archive.read_csv(data, name)


def read_file(path: Path) -> bytes:
    """The bytes of a file to take in. Raises ImportProblem."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except IsADirectoryError:
        raise ImportProblem(f"{path} is a folder. Give the zip, or the Shares.csv in it.") from None
    except FileNotFoundError:
        raise ImportProblem(f"{path} is not there; check the path.") from None
    except (OSError, ValueError) as error:
        raise ImportProblem(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.") from None
