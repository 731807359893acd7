"""A zip from outside, opened with care: nothing is unpacked to disk, and no entry is trusted about its size."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from server.shares.imports.found import ImportProblem

MOST_ENTRY = 100_000_000
MOST_ENTRIES = 20_000
_PART = 1_000_000


class Packed:
    """A zip in memory. Raises ImportProblem where it is none, cut off or built to burst."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError):
            raise ImportProblem(
                f"{name} is not a whole zip: the download may have stopped half-way. Download it again."
            ) from None
        if len(self._zip.infolist()) > MOST_ENTRIES:
            raise ImportProblem(f"{name} holds more than {MOST_ENTRIES:,} files, which no export of LinkedIn's does.")

    def named(self, pattern: re.Pattern[str]) -> str | None:
        """The name of the largest entry that `pattern` matches as a whole, or None."""
        fitting = [entry for entry in self._zip.infolist() if not entry.is_dir() and pattern.fullmatch(entry.filename)]
        return max(fitting, key=lambda entry: entry.file_size).filename if fitting else None

    def weigh(self) -> None:
        """Unpack every entry into nothing, so that whoever reads the zip next meets no bomb."""
        total = 0
        for entry in self._zip.infolist():
            total += len(self.read(entry.filename, MOST_ENTRY - total))

    def read(self, entry: str, most: int = MOST_ENTRY) -> bytes:
        """The bytes of an entry."""
        parts: list[bytes] = []
        size = 0
        try:
            with self._zip.open(entry) as file:
                while part := file.read(_PART):
                    size += len(part)
                    if size > most:
                        raise ImportProblem(
                            f"{self._name} unpacks to more than {MOST_ENTRY // 1_000_000} MB, so it was not read."
                        )
                    parts.append(part)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            raise ImportProblem(
                f"{self._name} is damaged: {entry} in it cannot be unpacked. Download it again."
            ) from None
        except RuntimeError:
            raise ImportProblem(f"{self._name} is locked with a password. Unpack it and take in the file itself.") from None
        return b"".join(parts)
