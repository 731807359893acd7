"""What the history says of one's rhythm, for the checks to say before posting: never a score, never a streak."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from server.store import Share
from server.store.times import sort_key

LOOKED_AT = 5  # the newest company posts


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`posts_this_week`: company posts since Monday. `topic_run`: how many of the newest company posts in a row share a
    topic with the item at hand. `praise_run`: how many of the newest five were posted as praise without an example.
    """

    posts_this_week: int = 0
    topic_run: int = 0
    praise_run: int = 0


def rhythm(newest_first: Iterable[Share], since: str, topics: Collection[str] = ()) -> Rhythm:
    """The rhythm so far; `since` is the week's first moment, `topics` are those of the item that is about to be shared."""
    wanted = {topic.casefold() for topic in topics}
    this_week = topic_run = praise_run = seen = 0
    running, begin = bool(wanted), sort_key(since)
    for share in newest_first:
        if not (share.about_work or share.item_id):
            continue
        in_week = sort_key(share.posted_at) >= begin
        this_week += in_week
        if running:
            running = any(topic.casefold() in wanted for topic in share.topics)
            topic_run += running
        if seen < LOOKED_AT:
            praise_run += any(finding.get("category") == "over_enthusiasm" for finding in share.findings)
            seen += 1
        if not in_week and not running and seen >= LOOKED_AT:
            break
    return Rhythm(this_week, topic_run, praise_run)
