"""`python -m benchmarks.suggestions` on a tiny collection in BEIR's form."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.suggestions.collection import measures

ROOT = Path(__file__).parents[2]
DOCUMENTS = {"d1": ("Port delays", "Beans wait in the rain."), "d2": ("A new grinder", "It hums."), "d3": ("Barista wanted", "In Bristol.")}
QUERIES = {"q1": "my beans wait in the rain", "q2": "we got a grinder that hums", "q3": "nobody judged this"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "qrels").mkdir()
    rows = [json.dumps({"_id": id, "title": title, "text": text}) for id, (title, text) in DOCUMENTS.items()]
    (tmp_path / "corpus.jsonl").write_text("\n".join(rows) + "\n\n", "utf-8")
    (tmp_path / "queries.jsonl").write_text("\n".join(json.dumps({"_id": id, "text": text}) for id, text in QUERIES.items()), "utf-8")
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t2\nq2\td3\t0\n", "utf-8")
    return tmp_path


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.suggestions", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


def test_both_rankings_are_measured_on_what_was_judged(folder: Path) -> None:
    done = run(str(folder), "--lang", "en", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["documents"], found["queries"]) == (3, 2)
    assert [row["ranking"] for row in found["rankings"]] == ["plain BM25", "suggestions"]
    assert all(row["nDCG@10"] == row["MRR@10"] == row["Recall@10"] == 1 for row in found["rankings"])
    assert run(str(folder)).stdout.startswith("| ranking | nDCG@10 | MRR@10 | Recall@10 |")


def test_what_is_no_collection_is_told(folder: Path) -> None:
    none = run(str(folder / "qrels"))
    assert none.returncode == 2 and "is no collection in BEIR's form" in none.stderr
    (folder / "qrels" / "dev.tsv").write_text("query-id\tcorpus-id\tscore\n", "utf-8")
    unjudged = run(str(folder), "--split", "dev")
    assert unjudged.returncode == 2 and "no query is judged in the split dev" in unjudged.stderr


def test_the_measures_are_those_of_the_books() -> None:
    # Grades 2 and 1 at places 2 and 3, of which the first place would have been the best.
    found = measures({"q": ["x", "a", "b"]}, {"q": {"a": 2, "b": 1}})
    assert found["nDCG@10"] == pytest.approx((3 / 1.5849625 + 1 / 2) / (3 + 1 / 1.5849625))
    assert (found["MRR@10"], found["Recall@10"]) == (0.5, 1.0)
