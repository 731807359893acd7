"""How well suggestions fit what is written: `python -m benchmarks.suggestions FOLDER [--split test] [--semantic]`.

FOLDER is a judged collection in BEIR's form: `corpus.jsonl` ({_id, title, text}), `queries.jsonl` ({_id, text}) and
`qrels/SPLIT.tsv` (query, document, grade). Each document becomes an item, each query a draft. Beside the suggester
stands a plain BM25 on the same collection in the same run.

With --semantic each question waits until its draft is encoded. With --typed as well it waits no longer than the companion
does; as people write, the draft without its last two words was asked half a second before, which is not counted.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.suggestions.collection import DEPTH, Collection, measures, read
from benchmarks.suggestions.plain import Plain
from server.store import Item, Variant
from server.suggest import Suggester

_NOW = "2026-01-02T00:00:00Z"
_PAUSE = 0.5  # seconds


def items_of(collection: Collection, lang: str | None) -> list[Item]:
    """The documents as items of one day, with a wording that says nothing of its own."""
    wording = (Variant("wording", "", lang or "en"),)
    return [
        Item(id, "", title, "", summary=text, lang=lang, variants=wording, published_at="2025-01-01T00:00:00Z")
        for id, (title, text) in collection.documents.items()
    ]


def judge(
    name: str, ask: Callable[[str], list[str]], collection: Collection, typed: bool = False
) -> dict[str, object]:
    """Ask each judged query once, and take the time: nothing is remembered of it then."""
    ranked: dict[str, list[str]] = {}
    times = []
    for query in collection.judged:
        if typed:
            ask(collection.queries[query].rsplit(maxsplit=2)[0])
            time.sleep(_PAUSE)
        start = time.perf_counter()
        ranked[query] = ask(collection.queries[query])
        times.append((time.perf_counter() - start) * 1_000)
    times.sort()
    figures: dict[str, object] = {"ranking": name}
    figures |= {key: round(value, 4) for key, value in measures(ranked, collection.judged).items()}
    return figures | {"p50_ms": round(times[len(times) // 2], 2), "p95_ms": round(times[int(len(times) * 0.95)], 2)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="test")
    parser.add_argument("--lang", help="the language of the documents, where they are all of one")
    parser.add_argument("--semantic", action="store_true", help="by meaning as well (needs the extra `semantic`)")
    parser.add_argument("--typed", action="store_true", help="meaning as the companion asks for it, see below")
    parser.add_argument("--cache", type=Path, help="keep what meaning computed in this folder")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    try:
        collection = read(options.folder, options.split)
    except (OSError, ValueError, KeyError) as error:
        parser.error(f"{options.folder} is no collection in BEIR's form: {error}")
    if not collection.judged:
        parser.error(f"no query is judged in the split {options.split}")
    items = items_of(collection, options.lang)
    rankings: dict[str, Suggester] = {"suggestions": Suggester(items)}
    if options.semantic:
        from benchmarks.suggestions.semantic import WAIT, meaning_of

        rankings["suggestions, by meaning as well"] = Suggester(items, meaning_of(items, options.cache, WAIT if options.typed else None))
    plain = Plain(collection.documents)
    rows = [judge("plain BM25", lambda text: plain.best(text, DEPTH), collection)]
    for name, suggester in rankings.items():
        def best(text: str, asked: Suggester = suggester) -> list[str]:
            return [found.item.id for found in asked.suggest(text, now=_NOW, limit=DEPTH)[0]]

        rows.append(judge(name, best, collection, options.typed and "meaning" in name))
    if options.json:
        print(json.dumps({"documents": len(items), "queries": len(collection.judged), "rankings": rows}))
        return 0
    print(f"{len(items):,} documents, {len(collection.judged):,} queries", file=sys.stderr)
    print("| " + " | ".join(rows[0]) + " |\n|" + "---|" * len(rows[0]))
    for row in rows:
        print("| " + " | ".join(map(str, row.values())) + " |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
