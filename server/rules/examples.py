"""Running the examples that every rule carries: `flags` must be found, `passes` must not, and each fix must mend.

Examples are checked under one sample policy; an example may lay keys of its own over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from server.policy import policy_from_json
from server.rules.engine import Engine
from server.rules.model import Check, Context, Example, Rule

SAMPLE: dict[str, Any] = {
    "company": {
        "name": "Cobalt & Finch",
        "aliases": ["Cobalt and Finch", "C&F"],
        "handles": ["@cobaltandfinch", "#CobaltAndFinch"],
        "domains": ["cobaltfinch.example"],
        "products": ["Finch Roast", "Cold Brew 79"],
        "competitors": ["Globex Coffee"],
    },
    "jurisdictions": ["uk"],
    "rewarded": True,
    "confidential": ["Project Heron"],
    "cadence": {"per_week": 3},
}


@lru_cache(maxsize=64)
def _engine(policy: bytes, packs: tuple[Path, ...]) -> Engine:
    return Engine(policy_from_json(orjson.loads(policy)), packs)


def run(
    example: Example,
    packs: Iterable[Path] = (),
    text: str | None = None,
    lang: str | None = None,
    alone: str | None = None,
) -> Check:
    """The check of one example (or of `text` in its place). `alone`: as if there were no other rule than this one."""
    engine = _engine(orjson.dumps({**SAMPLE, **example.policy}), tuple(packs))
    checked = example.text if text is None else text
    return engine.check(checked, lang=lang or example.lang, context=Context(**example.context), alone=alone)


def complaints(rule: Rule, packs: Iterable[Path] = ()) -> Iterator[str]:
    """What is wrong with a rule, by its own examples: nothing for a good one."""
    packs = tuple(packs)
    for example in rule.passes:
        for finding in run(example, packs).findings:
            if finding.rule == rule.id:
                yield f"{rule.pack}/{rule.id}: should pass, but was flagged: {example.text}"
    for example in rule.flags:
        check = run(example, packs, alone=rule.id)
        mine = [finding for finding in check.findings if finding.rule == rule.id]
        if not mine:
            yield f"{rule.pack}/{rule.id}: should be flagged, but passed: {example.text}"
        for finding in mine:
            for fix in finding.fixes:
                if not fix.edits:
                    continue  # something to switch on in LinkedIn
                mended = fix.apply(example.text)
                again = run(example, packs, text=mended, lang=check.lang, alone=rule.id)
                left = sum(one.rule == rule.id for one in again.findings)
                if left >= len(mine):
                    yield f"{rule.pack}/{rule.id}: “{fix.label}” does not mend: {example.text} → {mended}"
