"""Fits the weights of the rules of kind `weighed`: server/rules/tables/weights.yaml.

    python -m benchmarks.weigh            fit on all and write the table (about a minute)
    python -m benchmarks.weigh --check    leave each set of drafts out in turn and print what the weights find there

Fitted on text of our own alone: benchmarks/drafts.jsonl (a set is what its ids begin with) and the rules' own examples.
A logistic regression for each category, by gradient descent; what stands in a draft are the classes of words of all
rules. Drafts of another category count half against one, so that near ones are not forced apart.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from server.policy import Company, Policy, policy_from_json
from server.rules import Engine
from server.rules.engine import built_in
from server.rules.examples import SAMPLE
from server.rules.kind import LONG
from server.rules.loader import CATEGORIES
from server.rules.model import Context
from server.rules.tables import FOLDER
from server.rules.weighed import LEAST, Weighed, features, named_slots

_DRAFTS = Path(__file__).with_name("drafts.jsonl")
_STEPS, _RATE, _PENALTY = 400, 1.5, 0.0005
_SELDOM = 3  # a class in fewer drafts is left out
_OTHERS = 0.5  # what a draft of another category counts
_SMALL = 0.2  # a weight that is not written down
_NOT_WEIGHED = ("disclosure", "accessibility", "cadence", "authenticity")


class Row(NamedTuple):
    """One draft: its set, its category (None: clean), the names of what stands in it."""

    of: str
    category: str | None
    names: tuple[str, ...]


def rows() -> list[Row]:
    """All short drafts and examples."""
    base, engines, some = built_in(), {}, []
    slots = named_slots({rule.id: rule.finder for rule in base.rules}, base.scanner)

    def add(of: str, text: str, category: str | None, engine: Engine) -> None:
        scene = engine._scene(text, None, Context(), "en")
        if len(scene.draft.words) <= LONG:
            some.append(Row(of, category, tuple(name for name, _ in features(scene, base.scanner, slots))))

    for line in _DRAFTS.read_text("utf-8").splitlines():
        row = json.loads(line)
        name = row["company"]["name"]
        if name not in engines:
            company = Company(name, competitors=tuple(row["company"]["competitors"]))
            engines[name] = Engine(Policy(company, ("eu",), False))
        expected = row["expect"][0]
        add(row["id"][:2], row["text"], None if expected == "clean" else expected, engines[name])
    sample = Engine(policy_from_json(SAMPLE))
    for rule in base.rules:
        if isinstance(rule.finder, Weighed):
            continue
        for one in rule.flags if rule.category not in _NOT_WEIGHED else ():
            add("examples", one.text, rule.category, sample)
        for one in rule.passes:
            add("examples", one.text, None, sample)
    return some


def fit(given: Sequence[Row], category: str) -> dict[str, float]:
    """The weights of one category."""
    often = Counter(name for row in given for name in row.names)
    weights = {"BIAS": -2.0, **dict.fromkeys((name for name, count in often.items() if count >= _SELDOM), 0.0)}
    cases = []
    for row in given:
        names = ("BIAS", *(name for name in row.names if name in weights))
        cases.append((names, float(row.category == category), 1.0 if row.category in (None, category) else _OTHERS))
    for _ in range(_STEPS):
        slope = {name: _PENALTY * weight for name, weight in weights.items()}
        slope["BIAS"] = 0.0
        for names, wanted, counts in cases:
            error = counts * (_probability(weights, names) - wanted) / len(cases)
            for name in names:
                slope[name] += error
        for name, by in slope.items():
            weights[name] -= _RATE * by
    return weights


def _probability(weights: dict[str, float], names: Sequence[str]) -> float:
    return 1 / (1 + math.exp(-sum(weights[name] for name in names)))


def check(given: Sequence[Row], categories: Sequence[str]) -> None:
    """For each set left out: breaches found by the weights alone, clean drafts flagged."""
    for of in sorted({row.of for row in given} - {"examples"}):
        rest, left = [row for row in given if row.of != of], [row for row in given if row.of == of]
        found, flagged = 0, set[int]()
        for category in categories:
            weights = fit(rest, category)
            for number, row in enumerate(left):
                names = ("BIAS", *(name for name in row.names if name in weights))
                if _probability(weights, names) >= LEAST:
                    found += row.category == category
                    if row.category is None:
                        flagged.add(number)
        clean = sum(row.category is None for row in left)
        print(f"{of}: found {found} of {len(left) - clean}, clean flagged {len(flagged)} of {clean}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="leave each set out in turn; write nothing")
    options = parser.parse_args()
    given = rows()
    categories = [one for some in CATEGORIES.values() for one in some if one not in _NOT_WEIGHED]
    if options.check:
        check(given, categories)
        return
    lines = ["# Fitted by `python -m benchmarks.weigh`; not to be changed by hand. What each class of words weighs.\n"]
    for category in categories:
        print(category, flush=True)
        lines.append(f"{category}:\n")
        kept = {name: weight for name, weight in sorted(fit(given, category).items()) if abs(weight) >= _SMALL}
        lines += [f'  "{name}": {weight:.2f}\n' for name, weight in kept.items()]
    (FOLDER / "weights.yaml").write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main()
