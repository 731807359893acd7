"""The sharing card: what a person chooses to tell the programme, and nothing else. Nothing sends it but the person.

Off by default: without a choice the card holds a period and nothing more. It bears no name, no id of a person or a
machine, no text unless that very share was chosen, and no address of a post unless its text was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from server.shares.history import chosen
from server.shares.stats import newest, stats
from server.shares.value import ValueInputs
from server.store import Share

FORMAT, VERSION = "sayso-card", 1
PARTS = ("activity", "readings", "items", "topics", "value")


@dataclass(frozen=True, slots=True)
class Choices:
    """What goes: `parts` of PARTS, and `texts`, the ids of shares whose words go too. `first` and `last` are days."""

    first: str
    last: str
    parts: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


def card(shares: Iterable[Share], choices: Choices, inputs: ValueInputs | None = None) -> dict[str, Any]:
    """The card as it would go, to the letter. Company posts alone; posts that are about something else never go.

    - `activity`: {`posts`, `by_week`}
    - `readings`: figure → {`sum`, `shares`}, as in server.shares.stats
    - `items`: [{`item_id`, `posts`}]: which company posts were shared, and how often
    - `topics`: topic → posts
    - `value`: earned media value with its formula and inputs
    - `texts`: [{`posted_at` (the day), `text`, `permalink`, figures}] of the shares that were chosen
    """
    kept = list(chosen(shares, about="company", from_=f"{choices.first}T00:00:00Z"))
    whole = stats(kept, choices.first, choices.last, inputs)
    within = [share for share in kept if share.posted_at[:10] <= choices.last]
    parts = {
        "activity": lambda: {"posts": whole["posts"], "by_week": whole["by_week"]},
        "readings": lambda: {figure: each for figure, each in whole["readings"].items() if each},
        "items": lambda: _items(within),
        "topics": lambda: dict(sorted(Counter(topic for share in within for topic in share.topics).items())),
        "value": lambda: whole["measures"]["value"],
    }
    given = {"format": FORMAT, "version": VERSION, "from": choices.first, "to": choices.last}
    given |= {part: parts[part]() for part in PARTS if part in choices.parts}
    texts = _texts(within, choices.texts)
    return {**given, "texts": texts} if texts else given


def _items(shares: Iterable[Share]) -> list[dict[str, Any]]:
    used = Counter(share.item_id for share in shares if share.item_id)
    return [{"item_id": item, "posts": posts} for item, posts in sorted(used.items())]


def _texts(shares: Iterable[Share], ids: Collection[str]) -> list[dict[str, Any]]:
    return [
        {
            "posted_at": share.posted_at[:10],
            "text": share.text,
            "permalink": share.permalink,
            **{figure: count for figure, count in newest(share).items() if count is not None},
        }
        for share in shares
        if share.id in ids
    ]
