"""How a command reaches the data: over the API of a companion that runs on the folder, else by taking the folder.

Either way it is the same call: without a companion the API is served to this process alone, in memory.
"""

from __future__ import annotations

import json
import secrets
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx

from server import access
from server.trouble import Trouble

_API = "/api/v1"


def running(folder: Path) -> dict[str, Any] | None:
    """Address, secret and key of the companion that runs on `folder`, once it has proved itself; None without one.

    The secret is sent only after the proof: another program may hold the port of a companion that was killed.
    """
    try:
        record = json.loads((folder / access.RUNNING).read_text())
        nonce = secrets.token_urlsafe(32)
        health = httpx.get(record["address"] + _API + "/health", params={"nonce": nonce}, timeout=5, trust_env=False).json()
        return record if health.get("proof") == access.proof(record["key"], nonce) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, httpx.HTTPError):
        return None


class Client:
    """One command's way to the API. Use it as a context manager.

    Raises Trouble where the folder is taken or, with `needs_companion`, where none runs on it.
    """

    def __init__(self, folder: Path, needs_companion: bool = False) -> None:
        self._stack = ExitStack()
        record = running(folder)
        if record:
            self._http = httpx.Client(base_url=record["address"] + _API, timeout=120, trust_env=False)
            secret = record["secret"]
        elif needs_companion:
            raise Trouble(f"no companion is running on {folder}. Start it with: sayso serve")
        else:
            self._http, secret = self._take(folder)
        self._stack.callback(self._http.close)
        self._http.headers["Authorization"] = f"Bearer {secret}"

    def _take(self, folder: Path) -> tuple[httpx.Client, str]:
        from server.app import create_app
        from server.store import Store, StoreError

        try:
            store = Store.open(folder)
        except StoreError as error:
            raise Trouble(str(error)) from None
        self._stack.callback(store.close)
        for notice in store.notices:
            print(f"sayso: {notice}", file=sys.stderr)
        app = create_app(store)
        http = httpx.Client(transport=httpx.WSGITransport(app), base_url=f"http://127.0.0.1:{access.PORT}{_API}", timeout=120)
        return http, app.extensions["sayso"].secret

    def call(self, method: str, path: str, body: Any = None, *, doing: str = "", patience: float = 120) -> Any:
        """Send one request and return its reply, waited for at most `patience` seconds.

        Raises Trouble with the reply's own words.
        """
        if doing and sys.stderr.isatty():
            print(f"{doing} …", file=sys.stderr, flush=True)
        started = time.monotonic()
        try:
            given = {} if body is None else {"json": body}
            response = self._http.request(method, path, timeout=patience, **given)
        except httpx.TimeoutException:
            raise Trouble(f"the companion has not answered for {time.monotonic() - started:.0f} s; try again, or restart it") from None
        except httpx.HTTPError:
            raise Trouble("the companion went away in the middle; start it with: sayso serve") from None
        content = response.json()
        if response.is_success:
            return content
        raise Trouble(content["error"]["message"])

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()
