"""What logging a share costs with a long history, beside a bare durable write of the same file; and opening it.

    python benchmarks/store.py [--shares 5000] [--months 36] [--rounds 150]

Both are measured in turn within one run, in the same folder, since disks and machines differ: the ratio is what
counts. The bare write is write, fsync and replace of as many bytes as the month's file has, and nothing else. Done
twice: with a last month of the usual size, and with one of ten times that.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
import uuid
from pathlib import Path

from server import paging
from server.shares import history
from server.store import Share, Store
from server.store.base import rows_of, settled
from server.store.shelf import FileShelf
from server.store.times import utc_now

WORDS = ("we roast coffee with people who care about the beans and the farms they come from this autumn our team "
         "tried a new blend and I liked how it tastes with milk come and see us at the fair in March").split()


def make_share(number: int, month: str, random_: random.Random) -> Share:
    """A share of the usual size: a post of 550 characters and two findings."""
    text = " ".join(random_.choices(WORDS, k=115))[:550]
    finding = {"rule": "hashtag-wall", "level": "suggestion", "start": 1, "end": 9}
    return Share(
        id=str(uuid.UUID(int=number + (4 << 76) + (8 << 60))), text=text, lang="en", disclosure="present",
        posted_at=f"{month}-{1 + number % 28:02d}T{number % 24:02d}:00:00Z", item_title="Cold brew, two ways",
        item_id=str(uuid.UUID(int=number)), own_words=0.6, findings=(finding, finding),
        urns=(f"urn:li:share:{number}",),
        logged_at="2026-10-21T10:00:00Z", updated_at="2026-10-21T10:00:00Z",
        readings=({"read_at": "2026-10-21T10:00:00Z", "source": "by hand", "impressions": number},))


def fill(folder: Path, shares: int, months: int, in_last: int) -> str:
    """Write `shares` shares over `months` months, `in_last` of them in the last, and return that month."""
    random_ = random.Random(1)
    names = [f"{2023 + (10 + number) // 12}-{1 + (10 + number) % 12:02d}" for number in range(months)]
    each, more = divmod(shares - in_last, months - 1)
    sizes = [each + (number < more) for number in range(months - 1)] + [in_last]
    shelf, number = FileShelf(folder, utc_now, []), 0
    for month, size in zip(names, sizes, strict=True):
        drawer, _ = shelf.open(f"shares/{month}", rows_of("shares", Share))
        made = [make_share(number + offset, month, random_) for offset in range(size)]
        number += size
        drawer.change("shares", {share.id: settled(share)[1] for share in made})
    return names[-1]


def bare_write(path: Path, data: bytes) -> float:
    """Milliseconds of a write, fsync and replace of `data`."""
    start = time.perf_counter()
    beside = path.with_suffix(".beside")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.write(handle, data)
    os.fsync(handle)
    os.close(handle)
    os.replace(beside, path)
    return (time.perf_counter() - start) * 1000


def at(values: list[float], share: float) -> float:
    """The value below which `share` of `values` lie."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def measure(title: str, shares: int, months: int, in_last: int, rounds: int) -> None:
    """Fill a folder, open it, log shares and bare writes in turn, and print what each took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        folder.mkdir(mode=0o700)
        month = fill(folder, shares, months, in_last)
        opens = []
        for _ in range(5):
            start = time.perf_counter()
            store = Store.open(folder)
            opens.append((time.perf_counter() - start) * 1000)
            store.close()
        store, random_ = Store.open(folder), random.Random(2)
        logged, bare = [], []
        if store.notices or len(store.shares()) != shares:
            raise SystemExit(f"The folder was not filled as meant: {store.notices[:1]}")
        before = (folder / "shares" / f"{month}.json").stat().st_size
        for number in range(rounds):
            share = make_share(1_000_000 + number, month, random_)
            start = time.perf_counter()
            store.add_share(share)
            logged.append((time.perf_counter() - start) * 1000)
            bare.append(bare_write(folder / "bare", b"x" * (folder / "shares" / f"{month}.json").stat().st_size))
        size = (folder / "shares" / f"{month}.json").stat().st_size
        paging.forget()
        kept, searches = store.shares(), []
        for word in ("autumn", "farms", "nothing") * 20:
            start = time.perf_counter()
            history.page(kept, word)
            searches.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        store.delete_share(kept[0].id)
        deleted = (time.perf_counter() - start) * 1000
        print(f"{title}: {shares} shares over {months} months, "
              f"the last month's file {before / 1000:.0f} to {size / 1000:.0f} kB")
        print(f"  log a share     median {at(logged, .5):6.2f} ms   p95 {at(logged, .95):6.2f} ms")
        print(f"  bare write      median {at(bare, .5):6.2f} ms   p95 {at(bare, .95):6.2f} ms")
        ratios = [at(logged, share) / at(bare, share) for share in (.5, .95)]
        print(f"  ratio           median {ratios[0]:6.2f}      p95 {ratios[1]:6.2f}")
        print(f"  open the store  first {opens[0]:7.1f} ms   then median {at(opens[1:], .5):6.1f} ms")
        print(f"  delete a share, from all backups too {deleted:8.1f} ms")
        print(f"  search          first {searches[0]:7.1f} ms   then p95 {at(searches[1:], .95):9.1f} ms")
        store.close()


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shares", type=int, default=5000)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--rounds", type=int, default=150)
    given = parser.parse_args()
    usual = given.shares // given.months
    measure("Usual month", given.shares, given.months, usual, given.rounds)
    measure("Full month", given.shares, given.months, min(usual * 10, given.shares), given.rounds)


if __name__ == "__main__":
    main()
