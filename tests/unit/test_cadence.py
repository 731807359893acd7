"""What the history says of one's rhythm."""

from __future__ import annotations

from server.shares.cadence import Rhythm, rhythm
from server.store import Share

MONDAY = "2026-11-16T00:00:00Z"
PRAISE = ({"rule": "fervour", "category": "over_enthusiasm", "level": "suggestion"},)


def post(day: int, *topics: str, **more: object) -> Share:
    return Share(f"00000000-0000-4000-8000-{day:012d}", "Words", f"2026-11-{day:02d}T10:00:00Z", topics=topics, **more)


def test_nothing_posted_is_no_rhythm() -> None:
    assert rhythm([], MONDAY, ["harvest"]) == Rhythm()


def test_company_posts_of_the_week_count_and_others_do_not() -> None:
    shares = [post(20), post(19, about_work=False), post(16, about_work=False, item_id="x"), post(15)]
    assert rhythm(shares, MONDAY).posts_this_week == 2


def test_a_run_of_one_topic_ends_with_the_first_other_post() -> None:
    shares = [post(20, "Harvest", "prices"), post(14, "harvest"), post(13, "hiring"), post(12, "harvest")]
    assert rhythm(shares, MONDAY, ["HARVEST"]).topic_run == 2
    assert rhythm(shares, MONDAY, ["hiring"]).topic_run == 0
    assert rhythm(shares, MONDAY).topic_run == 0


def test_praise_is_counted_in_the_newest_five_alone() -> None:
    shares = [post(day, findings=PRAISE) for day in (9, 8, 7)] + [post(6), post(5, findings=PRAISE), post(4, findings=PRAISE)]
    assert rhythm(shares, MONDAY).praise_run == 4
