"""What the extension costs, in real Chromium on the fixture site, with and without it in one run.

    python -m benchmarks.extension [--rounds 5] [--form sdui]

Both browsers are open for the whole run and take turns, the first one changing from round to round. A figure is the
median of the rounds, with the best round in brackets; differences and ratios are those within the run. What a main
thread does is counted in processor time. It takes about a minute a round.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.extension.measures import Figures, one_round, round_trips
from benchmarks.extension.pages import browsers, draft
from tests.linkedin.site import FORMS
from tools.package_extension import MOST_BYTES, contents, packed


@dataclass(frozen=True)
class Row:
    """One line of the table, made of one number a round for each side."""

    what: str
    without: list[float]
    ours: list[float]
    unit: str
    goal: str
    digits: int = 2

    def cells(self) -> list[str]:
        return [self.what, self._said(self.without), self._said(self.ours), self._more(), self.goal]

    def _said(self, rounds: list[float]) -> str:
        if not rounds:
            return "–"
        middle, best = statistics.median(rounds), min(rounds)
        return f"{middle:.{self.digits}f} ({best:.{self.digits}f}) {self.unit}".strip()

    def _more(self) -> str:
        if not self.without or not self.ours:
            return "–"
        before, after = statistics.median(self.without), statistics.median(self.ours)
        ratio = f", × {after / before:.2f}" if before else ""
        return f"{after - before:+.{self.digits}f} {self.unit}{ratio}"


def at(share: float) -> Callable[[list[float]], float]:
    """The value below which this share of the values lies."""
    return lambda values: sorted(values)[min(len(values) - 1, int(len(values) * share))]


P50, P95 = at(0.5), at(0.95)
# A round with fewer quick keys says nothing about them.
FEWEST_KEYS = 20


def rows(plain: list[Figures], ours: list[Figures], trips: list[dict[str, list[float]]]) -> list[Row]:
    """The whole table."""

    def both(what: str, get: Callable[[Figures], float], unit: str, goal: str = "", digits: int = 2) -> Row:
        return Row(what, [get(each) for each in plain], [get(each) for each in ours], unit, goal, digits)

    def only(what: str, get: Callable[[Figures], float], goal: str, unit: str = "ms", digits: int = 2) -> Row:
        return Row(what, [], [get(each) for each in ours], unit, goal, digits)

    def trip(what: str, kind: str, of: Callable[[list[float]], float], goal: str = "") -> Row:
        return Row(what, [of(each["empty"]) for each in trips], [of(each[kind]) for each in trips], "ms", goal)

    def quick(what: str, of: Callable[[list[float]], float], goal: str = "") -> Row:
        told = [[of(each.keys) for each in side if len(each.keys) >= FEWEST_KEYS] for side in (plain, ours)]
        return Row(what, *told, "ms", goal)

    mega = 1e6
    found = [
        quick("main thread, one key in quick typing, p50", P50),
        quick("the same, p95", P95, "at most +1 ms"),
        Row("of it in our own scripts, p95", [], [P95(each.own) for each in ours if len(each.own) >= FEWEST_KEYS],
            "ms", ""),
        both("main thread, one key, the check after it included, p95", lambda each: P95(each.slow_keys), "ms"),
        both("tasks over 50 ms while typing", lambda each: each.long_tasks, "", "none more", 0),
        only("last key → panel up to date and drawn, less the pause, p50", lambda each: P50(each.panel), ""),
        only("the same, p95", lambda each: P95(each.panel), "at most 60 ms"),
        trip("empty round trip → check, from the worker, p50", "check", P50),
        trip("the same, p95", "check", P95, "at most +3 ms"),
        trip("empty round trip → check as a page asks for it, p95", "asked", P95),
        both("main thread, scrolling the feed", lambda each: each.scroll, "ms", "no difference", 0),
        only("runs of our scripts meanwhile", lambda each: each.own_in_feed, "0", "", 0),
        only("elements of ours in the feed", lambda each: each.elements_in_feed, "0", "", 0),
        only("timers set", lambda each: each.timers_in_feed, "0", "", 0),
        only("observers", lambda each: each.observers_in_feed, "0", "", 0),
        both("heap, no composer open", lambda each: each.heap["closed"] / mega, "MB"),
        both("heap, composer open", lambda each: each.heap["open"] / mega, "MB"),
    ]
    if ours[0].memory:
        found += [
            both("private memory, no composer open", lambda each: each.memory["closed"] / mega, "MB", digits=1),
            both("private memory, composer open", lambda each: each.memory["open"] / mega, "MB", digits=1),
        ]
    size = len(packed(contents())) / 1000
    return [*found, Row("zip", [], [size], "kB", f"at most {MOST_BYTES / 1000:.0f} kB", 1)]


def table(found: list[Row]) -> list[str]:
    """The rows as Markdown."""
    head = ["| what | without | with | more | goal |", "|---|---|---|---|---|"]
    return head + [f"| {' | '.join(row.cells())} |" for row in found]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--form", choices=FORMS, default="sdui", help="which compose box (sdui)")
    options = parser.parse_args()

    plain: list[Figures] = []
    ours: list[Figures] = []
    trips = []
    with browsers() as (without, extended):
        version = without.context.browser.version if without.context.browser else "?"
        for number in range(options.rounds):
            print(f"round {number + 1} of {options.rounds} …", file=sys.stderr)
            turns = [(without, plain), (extended, ours)]
            for browser, figures in turns if number % 2 else reversed(turns):
                figures.append(one_round(browser, options.form))
            trips.append(round_trips(extended))
    print("\n".join(table(rows(plain, ours, trips))))
    typed, left = (sum(values) for values in zip(*((len(each.keys) + each.left_out, each.left_out)
                                                   for each in plain + ours), strict=True))
    print(f"\n{left} of {typed} quick keys left out, for the machine made a pause of them.")
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"\n({options.form}, {len(draft())} characters, {options.rounds} rounds, Chromium {version}, "
          f"{platform.machine()}, {os.cpu_count()} cores{load}.)")


if __name__ == "__main__":
    main()
