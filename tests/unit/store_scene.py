"""What tests of the store put in it, and the clock that it goes by."""

import uuid
from datetime import UTC, datetime, timedelta

from server.store import Item, Share, Source


class FakeClock:
    """A clock that the test sets; each look moves it by a millisecond."""

    def __init__(self):
        self.now = datetime(2026, 10, 21, 9, 30, tzinfo=UTC)

    def __call__(self):
        self.now += timedelta(milliseconds=1)
        return self.now


def an_id(number):
    return str(uuid.UUID(int=number))


def a_share(number=1, **fields):
    values = {"id": an_id(number), "text": f"Post {number}", "posted_at": "2026-10-21T09:00:00Z"} | fields
    return Share(**values)


def a_source(number=1, **fields):
    return Source(**{"id": an_id(number), "kind": "feed", "url": f"https://cobaltfinch.example/{number}.xml"} | fields)


def an_item(number, source=1, **fields):
    values = {"id": an_id(number), "source_id": an_id(source), "title": f"Item {number}",
              "url": f"https://cobaltfinch.example/{number}"}
    return Item(**values | fields)
