"""How long a check takes, and how that grows.

    python -m benchmarks.checks [POSTS] [--rounds 5]

POSTS: a file with one JSON object a line ({"text": …}) or plain text with posts parted by a line of three dashes.
Without it, 300 posts of about 550 characters are put together from the rules' own examples, always the same ones.
All packs are on. Every figure that must hold on a noisy machine is a ratio within one run.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from server.policy import Company, Policy, policy_from_json
from server.rules import Engine
from server.rules.engine import built_in
from server.rules.examples import SAMPLE

POSTS = Path(__file__).parent / "posts.jsonl"  # ordinary posts, written for this; few of them hold a finding
_LENGTH = 550


def posts_from_examples(count: int = 300) -> list[str]:
    """Posts made of examples, drawn with a fixed seed; their lengths spread around 550 characters."""
    draw = random.Random(79)
    texts = [example.text for rule in built_in().rules for example in (*rule.passes, *rule.passes, *rule.flags)]
    posts = []
    for _ in range(count):
        wanted, post = draw.uniform(0.4, 1.6) * _LENGTH, ""
        while len(post) < wanted:
            post += draw.choice(texts) + draw.choice([" ", " ", "\n\n"])
        posts.append(post.strip())
    return posts


def posts_from_file(path: Path) -> list[str]:
    """The posts of a file, one JSON object a line or parted by lines of three dashes."""
    text = path.read_text("utf-8")
    if text.lstrip().startswith("{"):
        return [json.loads(line)["text"] for line in text.splitlines() if line.strip()]
    return [post.strip() for post in text.split("\n---\n") if post.strip()]


def milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def best(work: Callable[[], object], rounds: int) -> float:
    """The least of several runs: what the work itself takes, other programs aside."""
    return min(milliseconds(work) for _ in range(rounds))


def ready_in_new_process() -> tuple[float, float]:
    """Milliseconds from the first import to an engine that has checked a draft, in a process of its own, and the most
    memory that this process took, in MB.
    """
    work = "from server.rules import Engine; from server.policy import NO_POLICY; Engine(NO_POLICY).check('A draft.')"
    timed = f"import time; t = time.perf_counter(); {work}; took = (time.perf_counter() - t) * 1000"
    # ru_maxrss counts kilobytes, on macOS bytes.
    unit = 1e6 if sys.platform == "darwin" else 1e3
    memory = f"import resource; m = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / {unit}"
    command = [sys.executable, "-c", f"{timed}\n{memory}\nprint(took, m)"]
    took, most = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(took), float(most)


def many_names(count: int) -> Policy:
    """A policy with `count` confidential words that occur in no post."""
    return Policy(Company("Cobalt & Finch"), ("uk",), True, tuple(f"Project Zq{n:x}v" for n in range(count)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("posts", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()

    loads = [ready_in_new_process() for _ in range(3)]
    posts = posts_from_file(options.posts) if options.posts else posts_from_examples()
    engine = Engine(policy_from_json(SAMPLE))
    for post in posts[:50]:
        engine.check(post)
    times = sorted(best(lambda post=post: engine.check(post), options.rounds) for post in posts)
    all_times = sorted(milliseconds(lambda post=post: engine.check(post)) for _ in range(3) for post in posts)

    middle = statistics.median(len(post) for post in posts)
    print(f"{len(posts)} posts, median {middle:.0f} characters, {len(engine.rules)} rules")
    for name, some in ((f"one check, best of {options.rounds}:", times), ("one check, every run:", all_times)):
        print(f"{name:22} median {statistics.median(some):.3f} ms   p99 {some[int(len(some) * 0.99)]:.3f} ms")

    one = "\n".join(posts)[:5_000]
    ten = "\n".join([one] * 10)
    ratio = best(lambda: engine.check(ten), options.rounds) / best(lambda: engine.check(one), options.rounds)
    print(f"10 × longer draft:     {ratio:.1f} × the time (goal at most 12)")

    few, many = Engine(many_names(1_000)), Engine(many_names(20_000))
    sample = posts[:60]
    pairs = [[best(lambda post=post, e=e: e.check(post), options.rounds) for post in sample] for e in (few, many)]
    print(f"1,000 → 20,000 words:  {sum(pairs[1]) / sum(pairs[0]):.2f} × the time (goal at most 1.3)")
    print(f"policy of 2,000 words: {best(lambda: Engine(many_names(2_000)), 3):.1f} ms to compile (goal at most 50)")
    print(f"rules read and ready:  {min(loads)[0]:.0f} ms in a new process, imports included")
    print(f"memory:                {max(most for _, most in loads):.0f} MB at most in that process (goal under 60)")


if __name__ == "__main__":
    main()
