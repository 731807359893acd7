"""What several unit tests begin with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from server.store import Store
from tests.feeds.site import FeedSite


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty store that leaves nothing behind."""
    with Store.in_memory() as store:
        yield store


@pytest.fixture
def site() -> Iterator[FeedSite]:
    """A web server on this machine; a test says what it serves."""
    with FeedSite() as site:
        yield site
