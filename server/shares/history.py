"""The history, newest first, with search."""

from __future__ import annotations

from collections.abc import Iterable

from server import paging
from server.store import Share


def page(
    shares: Iterable[Share], q: str | None = None, limit: int = 50, cursor: str | None = None
) -> tuple[list[Share], int, str | None]:
    """(shares, how many match in all, cursor of the next page or None); searched are text and the item's title.

    Raises what `paging.page` raises.
    """
    return paging.page(shares, _when, _words, q=q, limit=limit, cursor=cursor)


def _when(share: Share) -> paging.Key:
    return share.posted_at, share.id


def _words(share: Share) -> tuple[str, ...]:
    return share.text, share.item_title or ""
