"""The history, newest first, with search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from server import paging
from server.store import Share
from server.store.times import sort_key


def page(
    shares: Iterable[Share], q: str | None = None, limit: int = 50, cursor: str | None = None
) -> tuple[list[Share], int, str | None]:
    """(shares, how many match in all, cursor of the next page or None); searched are text, the item's title and topics.

    Raises what `paging.page` raises.
    """
    return paging.page(shares, _when, _words, q=q, limit=limit, cursor=cursor)


def chosen(
    shares: Iterable[Share],
    *,
    status: str | None = None,
    disclosure: str | None = None,
    topic: str | None = None,
    item_id: str | None = None,
    about: str | None = None,
    from_: str | None = None,
    to: str | None = None,
) -> Iterator[Share]:
    """The shares that fit all that is asked; `topic` whatever its case, `from_` inclusive, `to` exclusive (UTC)."""
    if not any((status, disclosure, topic, item_id, about, from_, to)):
        yield from shares
        return
    wanted = topic.casefold() if topic else None
    first, last = from_ and sort_key(from_), to and sort_key(to)
    for share in shares:
        when = sort_key(share.posted_at)
        if (
            (status is None or share.status == status)
            and (disclosure is None or share.disclosure == disclosure)
            and (wanted is None or wanted in map(str.casefold, share.topics))
            and (item_id is None or share.item_id == item_id)
            and (about is None or (about == "company") == (share.about_work or share.item_id is not None))
            and (not first or when >= first)
            and (not last or when < last)
        ):
            yield share


def topics(shares: Iterable[Share], most: int = 40) -> list[str]:
    """What the history can be narrowed to: the topics of most shares, by the alphabet."""
    counted = Counter(topic for share in shares for topic in share.topics)
    return sorted((topic for topic, _ in counted.most_common(most)), key=str.casefold)


def _when(share: Share) -> paging.Key:
    return share.posted_at, share.id


def _words(share: Share) -> tuple[str, ...]:
    return share.text, share.item_title or "", *share.topics
