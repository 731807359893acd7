"""Everything in the store that is the person's, in one document that other programs can read."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from server import clock
from server.store import Store
from server.store.times import to_text

FORMAT, VERSION = "sayso-export", 1


def export(store: Store) -> dict[str, Any]:
    """The person's data as a dict that JSON can hold. Times are UTC ISO 8601, ids UUIDs, unknown values null.

    - `format`: "sayso-export"; `version`: 1, raised when a field changes its meaning or goes
    - `exported_at`: time
    - `shares`: newest first; every field of a share, with its `findings` and `readings`
    - `preferences`: the person's settings
    - `proposals`: the pages that they proposed, newest first, and what became of them
    - `pairings`: the browsers they connected: `client` and `paired_at`; no token, no key
    - `programme`: `origin` and `used_at` of the programme in force, or null; its text is the company's
    - `sources`: where items come from: `kind`, `url`, `title`, `category`, `added_at`; the items can be read again
    """
    programme = store.programme()
    return {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": to_text(clock.now()),
        "shares": [_plain(asdict(share)) for share in store.shares()],
        "preferences": _plain(asdict(store.preferences())),
        "proposals": [asdict(proposal) for proposal in store.proposals() if proposal.own],
        "pairings": [{"client": pairing.client, "paired_at": pairing.paired_at} for pairing in store.pairings()],
        "programme": {"origin": programme.origin, "used_at": programme.used_at} if programme else None,
        "sources": [
            {name: getattr(source, name) for name in ("kind", "url", "title", "category", "added_at")}
            for source in store.sources()
        ],
    }


def _plain(value: Any) -> Any:
    # Lists for tuples, as JSON gives them back.
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return value
