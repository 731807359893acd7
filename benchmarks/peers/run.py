"""Sayso beside other prose linters: how long one post takes each of them, in one run, on the same posts.

    python -m benchmarks.peers.run [POSTS] [--rounds 5]

POSTS: as for benchmarks.checks; without it, benchmarks/posts.jsonl. The linters are installed once, at the versions
pinned here and in package-lock.json, into build/peers (delete that folder to start afresh); it needs node, npm and a
way to the package registries.

Each round is a process of its own that first checks a hundred other texts and then each post once, from memory: a draft
is new to the linter, too, and some of them remember sentences that they have seen. A post's time is the best of the
rounds; p99 is over every single run.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import statistics
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.checks import POSTS, posts_from_examples, posts_from_file

HERE = Path(__file__).parent
BUILD = HERE.parents[1] / "build" / "peers"
NPM = ("harper.js", "alex", "write-good")
PROSELINT = "proselint==0.16.0"


@dataclass(frozen=True)
class Figures:
    """One linter's times in milliseconds."""

    name: str
    median: float
    p99: float
    loaded: float


def figures(rounds: list[dict[str, Any]]) -> Figures:
    """What is printed of a linter's rounds, each with one time a post."""
    best = [min(times) for times in zip(*(one["times"] for one in rounds), strict=True)]
    every = sorted(time for one in rounds for time in one["times"])
    p99 = every[min(len(every) - 1, int(len(every) * 0.99))]
    return Figures(rounds[0]["name"], statistics.median(best), p99, min(one["loaded_ms"] for one in rounds))


def table(found: list[Figures]) -> list[str]:
    """The figures as a Markdown table, the first linter being the measure of the others."""
    ours = found[0]
    rows = ["| linter | median ms | p99 ms | loading ms | median, × Sayso |", "|---|---|---|---|---|"]
    for one in found:
        rows.append(
            f"| {one.name} | {one.median:.2f} | {one.p99:.2f} | {one.loaded:.0f} | {one.median / ours.median:.1f} |"
        )
    return rows


def install() -> Path:
    """Put the pinned linters into build/peers where they are not there yet; the Python that has proselint."""
    lock = (HERE / "package-lock.json").read_bytes()
    kept = BUILD / "package-lock.json"
    BUILD.mkdir(parents=True, exist_ok=True)
    if not kept.exists() or kept.read_bytes() != lock or not (BUILD / "installed").exists():
        print("installing npm packages, once …", file=sys.stderr)
        (BUILD / "installed").unlink(missing_ok=True)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(HERE / name, BUILD / name)
        subprocess.run([shutil.which("npm") or "npm", "ci", "--silent"], cwd=BUILD, check=True)
        (BUILD / "installed").touch()
    python = BUILD / "venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not (BUILD / "venv" / PROSELINT).exists():
        print(f"installing {PROSELINT}, once …", file=sys.stderr)
        venv.create(BUILD / "venv", clear=True, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", PROSELINT], check=True)
        (BUILD / "venv" / PROSELINT).touch()
    return python


def timed(command: list[Any]) -> dict[str, Any]:
    """Run one linter's timing and read what it printed."""
    words = [str(part) for part in command]
    done = subprocess.run(words, cwd=HERE.parents[1], stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("posts", nargs="?", type=Path, default=POSTS)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()

    posts = posts_from_file(options.posts)
    python = install()
    # Modules are looked for from the script's own folder.
    script = shutil.copy(HERE / "time_peer.mjs", BUILD)
    texts = BUILD / "posts.json"
    texts.write_text(json.dumps({"warm": posts_from_examples(100), "posts": posts}), "utf-8")

    commands = [[sys.executable, "-m", "benchmarks.peers.time_sayso", texts]]
    commands += [["node", script, name, texts] for name in NPM]
    commands.append([python, HERE / "time_proselint.py", texts])
    # In turns, so that other work on the machine meets all of them alike.
    rounds: list[list[dict[str, Any]]] = [[] for _ in commands]
    for number in range(options.rounds):
        print(f"round {number + 1} of {options.rounds} …", file=sys.stderr)
        for runs, command in zip(rounds, commands, strict=True):
            runs.append(timed(command))
    results = [figures(runs) for runs in rounds]

    middle = statistics.median(map(len, posts))
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    print(f"{len(posts)} posts, median {middle:.0f} characters, {options.rounds} rounds,", end=" ")
    print(f"Python {platform.python_version()}, node {node}, {platform.machine()}\n")
    print("\n".join(table(results)))


if __name__ == "__main__":
    main()
