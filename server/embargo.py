"""What is not public yet: how an item under embargo would be known in a draft."""

from __future__ import annotations

from dataclasses import dataclass

from server.store import Item


@dataclass(frozen=True)
class _Seen:
    """What was found in `items`: until when which names are kept back, and what live items say all the same."""

    items: tuple[Item, ...]
    kept: list[tuple[str, tuple[str, ...]]]
    public: frozenset[str]


class Embargo:
    """Looks through the items once, and again only when they have changed: a check has no time for it."""

    def __init__(self) -> None:
        self._seen = _Seen((), [], frozenset())  # set as a whole: several threads check

    def names(self, items: tuple[Item, ...], now: str) -> tuple[str, ...]:
        """Titles, campaigns and links of the items not public at the UTC stamp `now`. What a live item says too is no
        secret."""
        seen = self._seen
        if seen.items is not items:
            seen = self._seen = _look(items, now)
        public = seen.public.union(*(some for until, some in seen.kept if until <= now))  # whose embargo has ended since
        names = (name for until, some in seen.kept if until > now for name in some if name not in public)
        return tuple(dict.fromkeys(names))


def _look(items: tuple[Item, ...], now: str) -> _Seen:
    kept = [item for item in items if item.embargo_until and item.embargo_until > now]
    ids = {item.id for item in kept}
    live = [item for item in items if item.id not in ids] if kept else []
    return _Seen(
        items,
        [(item.embargo_until or "", _names(item)) for item in kept],
        frozenset(said for item in live for said in _names(item)),
    )


def _names(item: Item) -> tuple[str, ...]:
    return tuple(filter(None, (item.title, item.campaign, item.url)))
