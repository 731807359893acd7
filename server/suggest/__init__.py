"""Which company posts fit what the person is writing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from server.store import Item
from server.suggest.person import Person
from server.suggest.reasons import rewarded_reason
from server.suggest.suggester import Suggester, Suggestion

__all__ = ["Person", "Suggester", "Suggestion", "rewarded_reason", "suggest"]


def suggest(items: Iterable[Item], draft: str, **given: Any) -> list[Suggestion]:
    """The best live items for a draft, `given` as to `Suggester.suggest`.

    It makes an index first: who asks more than once keeps a `Suggester`.
    """
    return Suggester(items).suggest(draft, **given)[0]
