"""What a long history costs: logging, listing, searching, figures, an import, and starting with it.

    python -m benchmarks.history [--shares 5000] [--months 36] [--rounds 200] [--python PATH]

Everything is measured in one run and one folder, since machines differ and are noisy. The bare write beside each logged share
is write, fsync, replace and fsync of the folder with as many bytes as the month's file has, and nothing else; the two take
turns. `--python` names the interpreter that the companion is started with: one that has only what requirements/run.txt lists
tells what a person's companion needs. Its modules are compiled at its very first start, as they are when Sayso is installed.
"""

from __future__ import annotations

import argparse
import csv
import gc
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from server.shares import history, imports, ledger
from server.shares.receipts import receipt
from server.shares.stats import stats
from server.shares.value import ValueInputs
from server.store import Share, Store

WORDS = ("we roast coffee with people who care about the beans and the farms they come from this autumn our team "
         "tried a new blend and I liked how it tastes with milk come and see us at the fair in March").split()
ROOT = Path(__file__).parents[1]
PRICES = ValueInputs.of({"method": "mixed", "currency": "EUR", "cpc": "1.20", "cpm": "8.00", "multiplier": "0.5"})


def make_share(number: int, month: str, random_: random.Random) -> Share:
    """A share of the usual size: a post of 550 characters, two findings, a receipt, two readings."""
    id, text = str(uuid.UUID(int=number + (4 << 76) + (8 << 60))), " ".join(random_.choices(WORDS, k=115))[:550]
    finding = {"rule": "hashtag-wall", "level": "suggestion", "category": "accessibility"}
    at = f"{month}-{1 + number % 28:02d}T{number % 24:02d}:00:00Z"
    reading = {"read_at": at, "where": "page", "impressions": number, "reactions": number % 50, "comments": number % 7, "clicks": 3}
    return Share(
        id=id, text=text, posted_at=at, lang="en", disclosure="present", item_title="Cold brew, two ways",
        item_id=str(uuid.UUID(int=number % 400)), own_words=0.6, findings=(finding, finding), urns=(f"urn:li:share:{number}",),
        topics=("coffee", "teams"), policy_version="3f2b8c1e0d5a", logged_at=at, updated_at=at,
        readings=(reading, {**reading, "read_at": "2026-10-21T10:00:00Z", "impressions": number * 2}),
        receipts=(receipt(id, text, made_at=at, policy_version="3f2b8c1e0d5a", disclosure="present", findings=["hashtag-wall"]),))


def months_of(count: int) -> list[str]:
    return [f"{2023 + (10 + number) // 12}-{1 + (10 + number) % 12:02d}" for number in range(count)]


def fill(store: Store, shares: int, months: list[str]) -> None:
    """Put `shares` shares evenly into the months."""
    random_ = random.Random(1)
    store.put_shares(make_share(number, months[number % len(months)], random_) for number in range(shares))


def ms(work: Callable[[], Any], clock: Callable[[], float] = time.perf_counter) -> float:
    """Milliseconds that `work` takes."""
    start = clock()
    work()
    return (clock() - start) * 1000


def bare_write(path: Path, data: bytes) -> None:
    """Write, fsync, replace, fsync of the folder: what a durable write costs whoever does it."""
    beside = path.with_suffix(".beside")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.write(handle, data)
    os.fsync(handle)
    os.close(handle)
    os.replace(beside, path)
    handle = os.open(path.parent, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def at(values: list[float], share: float) -> float:
    """The value below which `share` of `values` lie."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def tell(what: str, values: list[float], goal: str = "") -> None:
    """Print one line of the table."""
    print(f"| {what} | {at(values, .5):.1f} | {at(values, .95):.1f} | {goal} |", flush=True)


def head(title: str) -> None:
    print(f"\n{title}\n\n| what | p50 ms | p95 ms | goal for p95 |\n|---|---|---|---|")


def logging_(store: Store, month: str, rounds: int) -> None:
    """Log shares and write bare files of the same size in turn."""
    assert store.folder
    file, random_ = store.folder / "shares" / f"{month}.json", random.Random(2)
    logged, bare, before = [], [], file.stat().st_size
    for number in range(rounds):
        share = make_share(1_000_000 + number, month, random_)
        logged.append(ms(lambda: ledger.log(store, share)))
        data = b"x" * file.stat().st_size
        bare.append(ms(lambda: bare_write(store.folder / "bare", data)))
    head(f"Logging, the month's file {before / 1000:.0f} to {file.stat().st_size / 1000:.0f} kB")
    tell("log a share", logged, "15")
    tell("bare write of that file", bare)
    print(f"| ratio | {at(logged, .5) / at(bare, .5):.2f} | {at(logged, .95) / at(bare, .95):.2f} | 5 |")


def reading(store: Store, rounds: int) -> None:
    """List, search and figures by the functions that the routes call, by the clock and by processor time."""
    def look(**asked: Any) -> Callable[[], Any]:
        return lambda: history.page(history.chosen(store.shares()), **asked)

    gc.freeze()  # as server.serving does
    first = ms(look(q="autumn"))
    work = {
        "list": look(),
        "search, one word": look(q="milk"),
        "search, two words": look(q="autumn farms"),
        "search, nothing found": look(q="nothing"),
        "stats of all": lambda: stats(store.shares(), inputs=PRICES),
        "stats of a month": lambda: stats(store.shares(), "2026-09-01", "2026-09-30", PRICES),
    }
    head(f"In-process, {len(store.shares())} shares (the very first search {first:.0f} ms)")
    for what, one in work.items():
        tell(what, [ms(one) for _ in range(rounds)], "20")
    for what, one in work.items():
        tell(f"{what}, processor time", [ms(one, time.thread_time) for _ in range(rounds)])


@contextmanager
def companion(python: str, folder: Path) -> Iterator[tuple[float, int, httpx.Client]]:
    """A companion on the folder: seconds until it was ready, its process, a client that may ask it."""
    start = time.perf_counter()
    command = [python, "-m", "server.cli", "serve", "--data", str(folder), "--port", "0", "--json"]
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, "PYTHONPYCACHEPREFIX": str(folder.with_name("compiled"))}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment) as process:
        assert process.stdout
        process.stdout.readline()
        ready = time.perf_counter() - start
        running = json.loads((folder / "companion.json").read_text())
        headers = {"Authorization": f"Bearer {running['secret']}"}
        try:
            with httpx.Client(base_url=running["address"] + "/api/v1", headers=headers, trust_env=False, timeout=60) as client:
                yield ready, process.pid, client
        finally:
            process.terminate()


def resident(pid: int) -> float:
    """Megabytes of memory that a process holds (Linux)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1000


def starting(python: str, folder: Path) -> tuple[list[float], float]:
    """Seconds until a companion on the folder was ready, of five starts, and its megabytes after the first list."""
    starts, sizes = [], []
    for _ in range(5):
        with companion(python, folder) as (ready, pid, client):
            client.get("/shares").raise_for_status()
            starts.append(ready)
            sizes.append(resident(pid))
    return starts, at(sizes, .5)


def over_http(python: str, folder: Path, month: str, rounds: int) -> None:
    """The same asked of a companion, beside a request that does nothing; and how it starts, beside one without a history."""
    gc.freeze()  # what was measured before is not to be looked through in between
    with companion(python, folder.with_name("empty")) as (first, _, _):
        print(f"\nthe very first start, which compiles all modules: {first:.2f} s")
    for what, place in (("without a history", folder.with_name("empty")), ("with it", folder)):
        starts, size = starting(python, place)
        print(f"\n{what}: ready in {at(starts, .5):.2f} s, {min(starts):.2f} to {max(starts):.2f} (goal 1); {size:.0f} MB (goal 80)")
    with companion(python, folder) as (_, pid, client):
        def ask(path: str) -> float:
            return ms(lambda: client.get(path).raise_for_status())

        for path in ("/shares?q=autumn", "/stats"):
            ask(path)
        head("Over HTTP")
        tell("empty round trip (health)", [ask("/health") for _ in range(rounds)])
        tell("list", [ask("/shares") for _ in range(rounds)], "20")
        tell("search", [ask(f"/shares?q={q}") for q in ("autumn farms", "nothing", "milk") * (rounds // 3)], "20")
        tell("stats, of all", [ask("/stats") for _ in range(rounds)], "20")
        random_ = random.Random(3)
        posts = [{"id": str(uuid.uuid4()), "text": make_share(number, month, random_).text, "status": "confirmed",
                  "posted_at": f"{month}-05T08:00:00Z"} for number in range(rounds)]
        tell("log a share", [ms(lambda: client.post("/shares", json=post).raise_for_status()) for post in posts])
        busy = resident(pid)
    print(f"\n{busy:.0f} MB after all of that")


def archive(posts: int, months: list[str]) -> bytes:
    """LinkedIn's Shares.csv with so many posts."""
    random_, out = random.Random(4), io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["Date", "ShareLink", "ShareCommentary", "SharedUrl", "MediaUrl", "Visibility"])
    for number in range(posts):
        text = " ".join(random_.choices(WORDS, k=115))[:540] + f" {number}"
        link = f"https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A{number + 10**10}"
        rows.writerow([f"{months[number % len(months)]}-{1 + number % 28:02d} {number % 24:02d}:00:00", link, text, "", "", "MEMBER_NETWORK"])
    return out.getvalue().encode()


def importing(folder: Path, shares: int, months: list[str]) -> None:
    """Take in an archive, into an empty history and into a long one, and take it out again."""
    data = archive(shares, months)
    print(f"\nImport of {shares} posts, {len(data) / 1e6:.1f} MB, seconds (goal 5)\n\n"
          "| into a history of | read | plan | write | all | the same again | undo |\n|---|---|---|---|---|---|---|")
    for filled in (0, shares):
        with Store.open(folder / f"import {filled}") as store:
            fill(store, filled, months)
            start = time.perf_counter()
            found = imports.read(data, "Shares.csv")
            read = time.perf_counter()
            planned = imports.plan(store, found)
            compared = time.perf_counter()
            told: list[int] = []
            done = imports.carry_out(store, planned, lambda done, of: told.append(done))
            written = time.perf_counter()
            again = imports.plan(store, imports.read(data, "Shares.csv"))
            twice = time.perf_counter()
            if len(store.shares()) != filled + shares or again.new or told[-1] != shares:
                raise SystemExit("The archive was not taken in as meant.")
            undone = ms(lambda: imports.undo(store, done.id)) / 1000
            print(f"| {filled} | {read - start:.2f} | {compared - read:.2f} | {written - compared:.2f} | {written - start:.2f} "
                  f"| {twice - written:.2f} | {undone:.2f} |", flush=True)


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shares", type=int, default=5000)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--python", default=sys.executable)
    given = parser.parse_args()
    months = months_of(given.months)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "data"
        with Store.open(folder) as store:
            fill(store, given.shares, months)
            logging_(store, months[-1], given.rounds)
            reading(store, given.rounds)
            print(f"\ndelete a share, from all backups too: {ms(lambda: store.delete_share(store.shares()[0].id)):.0f} ms")
        over_http(given.python, folder, months[-1], given.rounds)
        importing(Path(name), given.shares, months)


if __name__ == "__main__":
    main()
