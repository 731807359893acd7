"""Times Sayso on posts, all packs on:  python -m benchmarks.peers.time_sayso TEXTS.json

Prints what time_peer.mjs prints.
"""

from __future__ import annotations

import json
import sys
import time

begun = time.perf_counter()
from server.policy import policy_from_json  # noqa: E402
from server.rules import Engine  # noqa: E402
from server.rules.examples import SAMPLE  # noqa: E402

engine = Engine(policy_from_json(SAMPLE))
loaded = time.perf_counter() - begun


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        texts = json.load(file)
    for text in texts["warm"]:
        engine.check(text)
    times = []
    for text in texts["posts"]:
        started = time.perf_counter()
        engine.check(text)
        times.append((time.perf_counter() - started) * 1000)
    print(json.dumps({"name": f"Sayso, {len(engine.rules)} rules", "loaded_ms": loaded * 1000, "times": times}))


if __name__ == "__main__":
    main()
