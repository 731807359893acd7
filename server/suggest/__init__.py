"""Which company posts fit what the person is writing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from server.store import Item
from server.suggest.reasons import rewarded_reason
from server.suggest.suggester import Suggester, Suggestion

__all__ = ["Suggester", "Suggestion", "rewarded_reason", "suggest"]


def suggest(
    items: Sequence[Item],
    draft: str,
    *,
    now: datetime | str,
    limit: int = 5,
    lang: str | None = None,
    ui_lang: str = "en",
    shared_item_ids: Collection[str] = frozenset(),
) -> list[Suggestion]:
    """The best live items for a draft. It makes an index first: who asks more than once keeps a `Suggester`."""
    found, _ = Suggester(items).suggest(
        draft, now=now, limit=limit, lang=lang, ui_lang=ui_lang, shared_item_ids=shared_item_ids
    )
    return found
