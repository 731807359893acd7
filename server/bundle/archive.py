"""The files of a bundle as one: a plain ustar archive (POSIX.1-1988), packed with zlib (RFC 1950).

Read with hard bounds and without the archive formats' extensions: plain files with known names, nothing else. No
file is ever written from it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

from server.bundle import BundleError

MOST_FILES = 5_000
MOST_FILE = 5_000_000  # bytes
MOST_UNPACKED = 200_000_000  # bytes in all
MOST_RATIO = 100  # unpacked ÷ packed, from the first megabyte on
NAMES = re.compile(r"programme\.json|items/\d{4}\.json|rules/[a-z0-9-]{1,60}/[a-z0-9-]{1,90}\.yaml")
_BLOCK = 512
_PIECE = 1 << 20
_REFUSED = "and is refused whole; tell whoever publishes the programme"


def pack(files: Mapping[str, bytes]) -> bytes:
    """The archive, not yet packed: the same bytes for the same files."""
    import tarfile  # large, and not needed to start

    pieces = []
    for name, data in sorted(files.items()):
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = len(data), 0o644
        pieces += [entry.tobuf(tarfile.USTAR_FORMAT), data, bytes(-len(data) % _BLOCK)]
    return b"".join([*pieces, bytes(2 * _BLOCK)])


def squeezed(archive: bytes) -> bytes:
    """The archive as it is kept."""
    return zlib.compress(archive, 9)


def unpack(packed: bytes) -> dict[str, bytes]:
    """The files by their names. Raises BundleError for anything that `pack` does not make, however large it claims
    or proves to be: no more than the bounds is ever unpacked.
    """
    import tarfile

    stream = _Unpacking(packed)
    files: dict[str, bytes] = {}
    while True:
        block = stream.read(_BLOCK)
        if block == bytes(_BLOCK):
            break
        try:
            entry = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
        except (tarfile.HeaderError, ValueError):
            raise BundleError(f"holds an archive that cannot be read {_REFUSED}") from None
        name = entry.name
        if entry.type != tarfile.REGTYPE or not NAMES.fullmatch(name):
            shown = re.sub(r"[^\w./-]", "?", name)[:60]
            raise BundleError(f"holds “{shown}”, which does not belong in a programme, {_REFUSED}")
        if name in files:
            raise BundleError(f"holds {name} twice {_REFUSED}")
        if not 0 <= entry.size <= MOST_FILE:
            raise BundleError(f"holds {name}, which is larger than {MOST_FILE:,} bytes, {_REFUSED}")
        if len(files) == MOST_FILES:
            raise BundleError(f"holds more than {MOST_FILES:,} files {_REFUSED}")
        files[name] = stream.read(entry.size)
        stream.read(-entry.size % _BLOCK)
    stream.end()
    return files


class _Unpacking:
    """zlib data read piece by piece, never more than the bounds."""

    def __init__(self, packed: bytes) -> None:
        self._unpacker = zlib.decompressobj()
        self._rest = packed
        self._ready = bytearray()
        self._given = 0
        self._most = min(MOST_UNPACKED, max(1_000_000, MOST_RATIO * len(packed)))

    def read(self, size: int) -> bytes:
        while len(self._ready) < size:
            if not self._fill():
                raise BundleError(f"holds an archive that breaks off {_REFUSED}")
        piece = bytes(self._ready[:size])
        del self._ready[:size]
        return piece

    def end(self) -> None:
        """Hold that nothing but the archive's last empty block is left."""
        self.read(_BLOCK)
        if self._ready or self._fill() or not self._unpacker.eof or self._unpacker.unused_data:
            raise BundleError(f"holds more after its archive's end {_REFUSED}")

    def _fill(self) -> bool:
        if self._unpacker.eof:
            return False
        try:
            piece = self._unpacker.decompress(self._rest, _PIECE)
        except zlib.error:
            raise BundleError(f"holds an archive that cannot be unpacked {_REFUSED}") from None
        self._rest = self._unpacker.unconsumed_tail
        self._given += len(piece)
        if self._given > self._most:
            raise BundleError(f"unpacks to more than {self._most:,} bytes {_REFUSED}")
        self._ready += piece
        return bool(piece)
