"""Times proselint on posts:  python time_proselint.py TEXTS.json

Runs in an environment of its own, on the standard library and proselint alone. Prints what time_peer.mjs prints.
"""

from __future__ import annotations

import json
import sys
import time

begun = time.perf_counter()
from proselint.checks import __register__  # noqa: E402
from proselint.config import DEFAULT  # noqa: E402
from proselint.registry import CheckRegistry  # noqa: E402
from proselint.tools import LintFile  # noqa: E402

CheckRegistry().register_many(__register__)
loaded = time.perf_counter() - begun


def main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        texts = json.load(file)
    for text in texts["warm"]:
        LintFile("post", text).lint(DEFAULT)
    times = []
    for text in texts["posts"]:
        started = time.perf_counter()
        LintFile("post", text).lint(DEFAULT)
        times.append((time.perf_counter() - started) * 1000)
    print(json.dumps({"name": "proselint", "loaded_ms": loaded * 1000, "times": times}))


if __name__ == "__main__":
    main()
