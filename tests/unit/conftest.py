"""What several unit tests begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from server.store import Store
from tests.feeds.site import FeedSite

from .store_scene import FakeClock


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


@pytest.fixture
def clock() -> FakeClock:
    """A clock that the test sets."""
    return FakeClock()


@pytest.fixture(params=["memory", "file"])
def opened(request: pytest.FixtureRequest, tmp_path: Path, clock: FakeClock) -> Iterator[tuple[Store, Callable[[], Store]]]:
    """(store, again), in memory and on files: `again` closes a store on files and opens it anew, and leaves one in memory
    as it is."""
    store = Store.in_memory(clock=clock) if request.param == "memory" else Store.open(tmp_path / "data", clock=clock)
    held = [store]

    def again() -> Store:
        if request.param == "file":
            held[0].close()
            held[0] = Store.open(tmp_path / "data", clock=clock)
        return held[0]

    yield store, again
    assert held[0].notices == []
    held[0].close()


@pytest.fixture
def again(opened: tuple[Store, Callable[[], Store]]) -> Callable[[], Store]:
    """Opens the store of `opened` anew."""
    return opened[1]
