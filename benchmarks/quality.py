"""How often the engine is right, on labelled drafts given by path.

    python -m benchmarks.quality [disclosure.jsonl] [guidelines.jsonl] [--show] [--jurisdictions uk,us] [--no-lang]

A disclosure row: {id, jurisdiction, lang, company{name, aliases, products}, incentive, text, expect{disclosure},
accept?, debatable?}; a guideline row: {id, lang, company{name, competitors}, text, expect[category], spans, also_ok?}.
Debatable rows are not scored. Printed are accuracy by jurisdiction and language, the confusion matrix, and categories
found. Without a file, the rules' own examples are run.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from server.policy import Company, Policy
from server.rules import Check, Engine
from server.rules.engine import built_in
from server.rules.examples import complaints

_MANY = 15  # rows from which a jurisdiction is looked at by itself
VERDICT = {
    "not_required": "not_required",
    "required_present": "present",
    "required_missing": "missing",
    "inadequate_label": "inadequate",
    "buried": "buried",
    "ambiguous": "ambiguous",
}


@lru_cache(maxsize=512)
def _engine(company: str, jurisdiction: str, rewarded: bool) -> Engine:
    given = json.loads(company)
    names = {key: tuple(given.get(key) or ()) for key in ("aliases", "products", "competitors", "handles", "domains")}
    return Engine(Policy(Company(given["name"], **names), (jurisdiction,), rewarded))


def check(row: dict[str, Any], use_lang: bool) -> Check:
    """The engine's answer for one row."""
    company = json.dumps(row["company"], sort_keys=True)
    engine = _engine(company, row.get("jurisdiction", "eu"), bool(row.get("incentive", False)))
    return engine.check(row["text"], lang=row["lang"] if use_lang else None)


def disclosure(rows: Iterable[dict[str, Any]], use_lang: bool, show: bool) -> None:
    """Verdicts: accuracy by jurisdiction and language, good posts told off, confusion matrix."""
    right, total = Counter[str](), Counter[str]()
    understood, spoken = Counter[str](), Counter[str]()
    matrix: dict[str, Counter[str]] = defaultdict(Counter)
    good = told_off = 0
    for row in rows:
        if row.get("debatable"):
            continue
        expected, where = VERDICT[row["expect"]["disclosure"]], row["jurisdiction"]
        allowed = {expected, *(VERDICT[one] for one in row.get("accept") or ())}
        answer = check(row, use_lang)
        total[where] += 1
        right[where] += answer.disclosure in allowed
        spoken[row["lang"]] += 1
        understood[row["lang"]] += answer.disclosure in allowed
        matrix[expected][answer.disclosure] += 1
        if expected in ("present", "not_required"):
            good += 1
            told_off += answer.disclosure not in ("present", "not_required")
        if show and answer.disclosure not in allowed:
            print(f"{row['id']:8} {expected:12} → {answer.disclosure:12} {answer.lang} {row['text'][:150]!r}")
    print(f"\nverdicts right, language {'given' if use_lang else 'detected'}")
    for where in sorted(total, key=lambda one: -total[one]):
        print(f"  {where:4} {right[where]:4} of {total[where]:4}  {right[where] / total[where]:6.1%}")
    small = [where for where in total if total[where] < _MANY]
    few, fits = sum(total[one] for one in small), sum(right[one] for one in small)
    print(f"  those with fewer than {_MANY} rows together: {fits} of {few}  {fits / max(1, few):6.1%}")
    for lang in sorted(spoken, key=lambda one: -spoken[one]):
        print(f"  in {lang} {understood[lang]:4} of {spoken[lang]:4}  {understood[lang] / spoken[lang]:6.1%}")
    every = sum(total.values())
    print(f"  all  {sum(right.values()):4} of {every:4}  {sum(right.values()) / max(1, every):6.1%}")
    print(f"  good posts told off: {told_off} of {good}  {told_off / max(1, good):6.1%}")
    names = list(VERDICT.values())
    print("\nexpected ↓ said → " + " ".join(f"{name:>12}" for name in names))
    for name in names:
        print(f"{name:>17} " + " ".join(f"{matrix[name][said] or '·':>12}" for said in names))


def guidelines(rows: Iterable[dict[str, Any]], use_lang: bool, show: bool) -> None:
    """Breaches found by category, with a span that meets the marked words; clean drafts flagged at warning or above."""
    found, total = Counter[str](), Counter[str]()
    clean = flagged = 0
    for row in rows:
        answer = check(row, use_lang)
        expected = [one for one in row["expect"] if one != "clean"]
        if not expected:
            clean += 1
            loud = [one for one in answer.findings if one.level != "suggestion" and one.category != "disclosure"]
            flagged += bool(loud)
            if show and loud:
                print(f"{row['id']:8} clean, flagged {loud[0].category} ({loud[0].rule}) {row['text'][:120]!r}")
        for category in expected:
            total[category] += 1
            hit = any(one.category == category and _meets(row, one.start, one.end) for one in answer.findings)
            found[category] += hit
            if show and not hit:
                print(f"{row['id']:8} missed {category:26} {row['text'][:120]!r}")
    print("\nbreaches found, by category")
    for category in sorted(total):
        print(f"  {category:26} {found[category]:3} of {total[category]:3}")
    hits, every = sum(found.values()), sum(total.values())
    print(f"  {'all':26} {hits:3} of {every:3}  {hits / max(1, every):6.1%}")
    print(f"  clean drafts flagged at warning or above: {flagged} of {clean}  {flagged / max(1, clean):6.1%}")


def examples(show: bool) -> None:
    """The rules' own examples: how many are judged as they say, by pack."""
    right, total = Counter[str](), Counter[str]()
    for rule in built_in().rules:
        total[rule.pack] += len(rule.flags) + len(rule.passes)
        wrong = list(complaints(rule))
        right[rule.pack] += len(rule.flags) + len(rule.passes) - len(wrong)
        if show:
            print(*wrong, sep="\n", end="\n" if wrong else "")
    print("\nthe rules' own examples, by pack")
    for pack in sorted(total):
        print(f"  {pack:26} {right[pack]:4} of {total[pack]:4}")
    print(f"  {'all':26} {sum(right.values()):4} of {sum(total.values()):4}")


def _meets(row: dict[str, Any], start: int, end: int) -> bool:
    for words in row.get("spans") or ():
        at = row["text"].find(words)
        if at >= 0 and start < at + len(words) and at < end:
            return True
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="labelled drafts; left out: the rules' own examples")
    parser.add_argument("--show", action="store_true", help="print each row that was judged otherwise")
    parser.add_argument("--jurisdictions", default="", help="only these, separated by commas")
    parser.add_argument("--no-lang", action="store_true", help="let the engine detect the language")
    options = parser.parse_args()
    if not options.files:
        examples(options.show)
    only = set(filter(None, options.jurisdictions.split(",")))
    for path in options.files:
        try:
            rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        except (OSError, ValueError) as error:
            parser.error(f"{path} is no file of labelled drafts, one JSON object a line: {error}")
        if rows and "jurisdiction" in rows[0]:
            chosen = [row for row in rows if not only or row["jurisdiction"] in only]
            disclosure(chosen, not options.no_lang, options.show)
        else:
            guidelines(rows, not options.no_lang, options.show)


if __name__ == "__main__":
    main()
