"""The companion on a store in memory, and a client that speaks as a paired browser would."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.api.security import ORIGINS
from server.app import create_app
from server.companion import Companion
from server.programme import SAMPLE
from server.store import Store

HOST = "127.0.0.1:7297"
BASE = f"http://{HOST}"
ORIGIN = min(ORIGINS)


@pytest.fixture
def app() -> Flask:
    app = create_app(Store.in_memory())
    app.extensions["sayso"].use_programme(str(SAMPLE))
    return app


@pytest.fixture
def companion(app: Flask) -> Companion:
    return app.extensions["sayso"]


@pytest.fixture
def token(companion: Companion) -> str:
    outcome, token = companion.pair(companion.codes.fresh()[0], "Chromium in a test")
    assert outcome == "ok" and token
    return token


class Api:
    """A browser's way to the API: right Host, our Origin on writes, the token."""

    def __init__(self, client: FlaskClient, token: str | None) -> None:
        self.client = client
        self.headers = {"Origin": ORIGIN, "Sec-Fetch-Site": "none"}
        if token:
            self.headers["Authorization"] = f"Bearer {token}"

    def __call__(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None, **more: Any) -> Any:
        if body is not None:
            more["json"] = body
        return self.client.open(f"/api/v1{path}", method=method, base_url=BASE, headers={**self.headers, **(headers or {})}, **more)


@pytest.fixture
def api(app: Flask, token: str) -> Api:
    return Api(app.test_client(), token)


@pytest.fixture
def local(app: Flask, companion: Companion) -> Api:
    """As commands on this computer speak: with the data folder's secret."""
    return Api(app.test_client(), companion.secret)


def snapshot(companion: Companion) -> Any:
    """Everything that a request could have changed."""
    store = companion.store
    return (
        [asdict(each) for each in store.shares()],
        [asdict(each) for each in store.items()],
        [asdict(each) for each in store.sources()],
        [asdict(each) for each in store.pairings()],
        [asdict(each) for each in store.proposals()],
        store.preferences(),
        store.programme(),
        companion.codes.current(),
        companion.engine,
    )
