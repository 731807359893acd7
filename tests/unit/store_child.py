"""A process that writes to a store until it is killed; each answer is told on standard output.

    store_child.py FOLDER loop FIRST   logs shares for ever, the first with the number FIRST
    store_child.py FOLDER script N     runs SCRIPT and kills itself before the Nth call that touches the disk
"""

import os
import signal
import sys
import uuid
from pathlib import Path

from server.store import Share, Store

CALLS = ("open", "fsync", "replace", "rename", "link", "unlink")


def a_share(number, month=None):
    month = month or f"{2024 + number // 12 % 3}-{1 + number % 12:02d}"
    return Share(str(uuid.UUID(int=number)), f"Post {number} " + "about coffee " * 60, f"{month}-21T09:00:00Z")


# Every kind of write on shares, in three months; each returns once it is on the disk.
SCRIPT = [
    lambda store: store.add_share(a_share(1, "2026-09")),
    lambda store: store.add_share(a_share(2, "2026-10")),
    lambda store: store.update_share(a_share(1).id, posted_at="2026-10-02T09:00:00Z"),
    lambda store: store.add_reading(a_share(2).id, {"read_at": "2026-10-22T09:00:00Z", "impressions": 5}),
    lambda store: store.add_share(a_share(3, "2026-11")),
    lambda store: store.update_share(a_share(3).id, text="Corrected", posted_at="2026-09-01T09:00:00Z"),
    lambda store: store.delete_share(a_share(2).id),
    lambda store: store.add_share(a_share(4, "2026-10")),
]


def die():
    # Windows has no SIGKILL; leaving at once without any clean-up is the same to the files.
    if hasattr(signal, "SIGKILL"):
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(9)


def die_before(number):
    """Make the `number`th call of CALLS from now on the last thing this process does."""
    left = [number]

    def counted(real):
        def call(*args, **kwargs):
            left[0] -= 1
            if left[0] == 0:
                die()
            return real(*args, **kwargs)
        return call

    for name in CALLS:
        setattr(os, name, counted(getattr(os, name)))


def main(folder, kind, number):
    store = Store.open(Path(folder))
    print("open", flush=True)
    if kind == "loop":
        while True:
            share = a_share(number)
            store.add_share(share)
            print(share.id, flush=True)
            number += 1
    die_before(number)
    for step, change in enumerate(SCRIPT):
        change(store)
        print(step, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
