"""A judged collection in BEIR's form, and the measures taken on it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

DEPTH = 10


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents and queries by id, and which documents each judged query asks for, with their grades."""

    documents: Mapping[str, tuple[str, str]]  # title, text
    queries: Mapping[str, str]
    judged: Mapping[str, Mapping[str, int]]


def read(folder: Path, split: str) -> Collection:
    """Read `corpus.jsonl`, `queries.jsonl` and `qrels/SPLIT.tsv`. Raises OSError, ValueError and KeyError."""
    documents = {row["_id"]: (row.get("title") or "", row.get("text") or "") for row in _rows(folder / "corpus.jsonl")}
    queries = {row["_id"]: row["text"] for row in _rows(folder / "queries.jsonl")}
    judged: dict[str, dict[str, int]] = {}
    for line in (folder / "qrels" / f"{split}.tsv").read_text("utf-8").splitlines():
        query, document, grade = line.split("\t")
        if grade.strip().isdigit() and int(grade) > 0 and query in queries:
            judged.setdefault(query, {})[document] = int(grade)
    return Collection(documents, queries, judged)


def _rows(path: Path):
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def measures(ranked: Mapping[str, Sequence[str]], judged: Mapping[str, Mapping[str, int]]) -> dict[str, float]:
    """nDCG@10 (gain 2^grade − 1, discount log2), MRR@10 and Recall@10, each the mean over the judged queries."""
    sums = dict.fromkeys(("nDCG@10", "MRR@10", "Recall@10"), 0.0)
    for query, grades in judged.items():
        found = list(ranked[query])[:DEPTH]
        best = sorted(grades.values(), reverse=True)[:DEPTH]
        sums["nDCG@10"] += _gain([grades.get(id, 0) for id in found]) / _gain(best)
        sums["MRR@10"] += next((1 / place for place, id in enumerate(found, 1) if id in grades), 0.0)
        sums["Recall@10"] += sum(id in grades for id in found) / len(grades)
    return {name: value / len(judged) for name, value in sums.items()}


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))
