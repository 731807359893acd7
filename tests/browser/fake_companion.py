"""A companion made up for tests of the extension: it keeps all that was sent to it, and can be told to misbehave."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

CODE = "ABCD-EFGH"
TOKEN = "token-for-the-one-browser-of-this-test"
KEY = "0123456789abcdef" * 4
PATIENCE_S = 20.0


@dataclass(frozen=True)
class Request:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any


@dataclass
class Manners:
    """How the companion behaves; each field can be changed while it runs."""

    honest: bool = True  # a wrong proof otherwise: another program that plays the companion
    api: str | None = "1"  # the header every reply bears
    health_status: int = 200
    redirect_to: str | None = None  # where the health check is sent instead
    refuse: dict[str, tuple[int, str]] = field(default_factory=dict)  # "POST shares" -> status, code
    pairing: tuple[int, str] | None = None  # how pairing fails
    known_token: bool = True
    hold: set[str] = field(default_factory=set)  # "POST checks": answered only when `released` is set
    page_size: int = 50
    page_link: str | None = None


class FakeCompanion:
    """Listens on a free port of 127.0.0.1 from `open` on, or for as long as a `with` lasts."""

    def __init__(self) -> None:
        self.manners = Manners()
        self.requests: list[Request] = []
        self.shares: dict[str, dict[str, Any]] = {}
        self.preferences: dict[str, Any] = {"takes_rewards": False, "dismissed_rules": []}
        self.week: dict[str, Any] | None = None  # what GET week answers; a companion without it otherwise
        self.nonces: list[str] = []
        self.released = threading.Event()
        self._changed = threading.Condition()
        self._server: ThreadingHTTPServer | None = None
        self.port = 0

    def open(self, port: int = 0) -> None:
        """Starts listening; `port` 0 takes a free one."""
        fake = self
        self.released.clear()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.0"

            def handle_any(self) -> None:
                fake._serve(self)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = handle_any

            def log_message(self, format: str, *args: Any) -> None:
                """Quiet: the requests are kept, not printed."""

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True, name="fake companion").start()

    def close(self) -> None:
        """Stops listening; what it keeps stays."""
        self.released.set()
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def code(self) -> str:
        """The pairing code as shown off the default port."""
        return f"{self.port}-{CODE}"

    def sent(self, method: str, path: str) -> list[Request]:
        """The requests with this method whose path starts so."""
        with self._changed:
            return self._found(method, path)

    def wait_for(self, method: str, path: str, count: int = 1) -> list[Request]:
        """Waits until so many requests have come in. Raises AssertionError with what came instead."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._found(method, path)) >= count, PATIENCE_S):
                raise AssertionError(f"no {method} {path} came, only {[(r.method, r.path) for r in self.requests]}")
            return self._found(method, path)

    def _found(self, method: str, path: str) -> list[Request]:
        return [r for r in self.requests if r.method == method and r.path.startswith(path)]

    def everything(self) -> str:
        """All that was received, as one text."""
        with self._changed:
            return json.dumps([[r.method, r.path, r.headers, r.body] for r in self.requests])

    def add(self, **fields: Any) -> dict[str, Any]:
        """Puts a share into the history."""
        share = {
            "status": "confirmed", "permalink": None, "urns": [], "item_id": None, "item_title": None,
            "variant_id": None, "own_words": None, "lang": None, "disclosure": None, "findings": [], "readings": [],
            "logged_at": fields["posted_at"], "updated_at": fields["posted_at"], **fields,
        }
        self.shares[share["id"]] = share
        return share

    # -- answering --

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("Content-Length") or 0)
        raw = handler.rfile.read(length).decode() if length else ""
        url = urlsplit(handler.path)
        path = url.path.removeprefix("/api/v1/")
        query = {key: values[0] for key, values in parse_qs(url.query).items()}
        request = Request(handler.command, path, dict(handler.headers), json.loads(raw) if raw else None)
        with self._changed:
            self.requests.append(request)
            self._changed.notify_all()
        if f"{request.method} {path}" in self.manners.hold:
            self.released.wait(PATIENCE_S)
        status, body = self._answer(request, path, query)
        content = json.dumps(body).encode()
        try:
            handler.send_response(status)
            if self.manners.redirect_to and path == "health":
                handler.send_header("Location", self.manners.redirect_to)
            if self.manners.api:
                handler.send_header("X-Sayso-Api", self.manners.api)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", str(len(content)))
            handler.end_headers()
            handler.wfile.write(content)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the worker lost its patience, as some tests want

    def _answer(self, request: Request, path: str, query: dict[str, str]) -> tuple[int, Any]:
        manners = self.manners
        if path == "health":
            self.nonces.append(query.get("nonce", ""))
            if manners.redirect_to:
                return 302, {}
            key = bytes.fromhex(KEY if manners.honest else "ff" * 32)
            proof = hmac.new(key, query.get("nonce", "").encode(), hashlib.sha256).hexdigest()
            api = int(manners.api) if (manners.api or "").isdigit() else 1
            return manners.health_status, {"app": "sayso", "version": "0", "api": api, "rules_loaded": 1, "proof": proof}
        if path == "pairings" and request.method == "POST":
            if manners.pairing:
                return manners.pairing[0], _error(manners.pairing[1])
            if request.body.get("code") != CODE:
                return 403, _error("wrong_code")
            return 201, {"token": TOKEN, "key": KEY}
        if request.headers.get("Authorization") != f"Bearer {TOKEN}" or not manners.known_token:
            return 401, _error("not_paired")
        refusal = manners.refuse.get(f"{request.method} {path}")
        return (refusal[0], _error(refusal[1])) if refusal else self._authorised(request, path, query)

    def _authorised(self, request: Request, path: str, query: dict[str, str]) -> tuple[int, Any]:
        body = request.body
        if path == "pairings":
            return 200, {"done": True}
        if path == "policy":
            return 200, {"ask": {"required": "confirm", "warning": "off", "suggestion": "show"}}
        if path == "checks":
            return 200, {"disclosure": "missing", "findings": [], "lang": "en"}
        if path == "suggestions":
            return 200, {"suggestions": [], "total": 0}
        if path == "preferences":
            if request.method == "PUT":
                self.preferences = body
            return 200, self.preferences
        if path == "page-links":
            return 201, {"url": self.manners.page_link or f"http://sayso.localhost:{self.port}/enter?key=once"}
        if path == "shares" and request.method == "POST":
            known = self.shares.get(body["id"])
            if known:
                return (200, known) if known["text"] == body["text"] else (409, _error("conflict"))
            return 201, self.add(**{name: value for name, value in body.items() if value is not None})
        if path == "week" and self.week:
            return 200, self.week
        if path == "shares":
            return 200, self._page(query)
        share_id = path.removeprefix("shares/")
        if share_id not in self.shares:
            return 404, _error("not_found")
        if request.method == "DELETE":
            return 200, self.shares.pop(share_id)
        self.shares[share_id] |= body
        return 200, self.shares[share_id]

    def _page(self, query: dict[str, str]) -> dict[str, Any]:
        words = query.get("q", "").lower().split()
        found = [s for s in self.shares.values() if all(w in f"{s['text']} {s['item_title']}".lower() for w in words)
                 and all(s[name] == query.get(name, s[name]) for name in ("status", "disclosure"))]
        found.sort(key=lambda share: share["posted_at"], reverse=True)
        start = int(query.get("cursor", 0))
        end = start + self.manners.page_size
        return {"shares": found[start:end], "total": len(found), "next": str(end) if end < len(found) else None}


def _error(code: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": f"{code}, in words"}}
