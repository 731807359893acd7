"""Who may speak to the companion: pairing codes, one-time links to its own pages, and their sessions.

All of it lives in memory: a restart voids codes, links and page sessions, never the pairings themselves,
which the store keeps as hashes.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from server import clock

PORT = 7297  # where a companion listens if nothing else is asked for
RUNNING = "companion.json"  # in the data folder: where a running companion is, and the secret of its own commands
CODE_LIFE_S = 600
CODE_WRONG_TRIES = 5
LINK_LIFE_S = 60
PAGES_LIFE_S = 12 * 3600
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"  # base32, RFC 4648


def digest(secret: str) -> str:
    """SHA-256 of a secret as hex: the only form in which a token is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def proof(key: str, nonce: str) -> str:
    """HMAC-SHA256 of `nonce` under the hex `key`, as hex: shows that we are the companion once paired with."""
    return hmac.new(bytes.fromhex(key), nonce.encode(), hashlib.sha256).hexdigest()


@dataclass
class _Code:
    text: str
    until: float
    expires_at: str
    wrong: int = 0


def typed(code: str, port: int) -> str:
    """A pairing code as people type it: off the usual port with the port before it, by which the extension finds us."""
    return code if port == PORT else f"{port}-{code}"


class PairingCodes:
    """At most one code in force: 8 characters of base32, one use, ten minutes, void after five wrong tries."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._code: _Code | None = None

    def fresh(self) -> tuple[str, str]:
        """A new code as `ABCD-EFGH` and when it expires; the one before is void."""
        text = "".join(secrets.choice(_ALPHABET) for _ in range(8))
        expires_at = clock.stamp(clock.now() + timedelta(seconds=CODE_LIFE_S))
        with self._lock:
            self._code = _Code(text, self._now() + CODE_LIFE_S, expires_at)
        return f"{text[:4]}-{text[4:]}", expires_at

    def current(self) -> tuple[str, str] | None:
        """The code in force and when it expires, or None."""
        with self._lock:
            code = self._code
            if code is None or self._now() >= code.until:
                return None
            return f"{code.text[:4]}-{code.text[4:]}", code.expires_at

    def redeem(self, given: str) -> str:
        """Use up the code: `ok`, or why not: `wrong`, `expired` (also none in force), `void` (too many wrong tries)."""
        # A `PORT-` prefix tells the extension where to knock; here it carries nothing.
        wanted = given.upper().replace("-", "").replace(" ", "")[-8:]
        with self._lock:
            code = self._code
            if code is None:
                return "expired"
            if code.wrong >= CODE_WRONG_TRIES:
                return "void"
            if self._now() >= code.until:
                self._code = None
                return "expired"
            if not hmac.compare_digest(wanted.encode(), code.text.encode()):
                code.wrong += 1
                return "void" if code.wrong >= CODE_WRONG_TRIES else "wrong"
            self._code = None
            return "ok"


class PageSessions:
    """One-time links to the companion's own pages, and the sessions that they open."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._links: dict[str, float] = {}
        self._sessions: dict[str, tuple[float, str]] = {}

    def link_key(self) -> str:
        """A key that opens the pages once, within sixty seconds."""
        key = secrets.token_urlsafe(24)
        with self._lock:
            self._links = {known: until for known, until in self._links.items() if until > self._now()}
            self._links[digest(key)] = self._now() + LINK_LIFE_S
        return key

    def enter(self, key: str) -> str | None:
        """Use up a link's key: the new session's cookie value, or None where the key is unknown, used or too old."""
        with self._lock:
            until = self._links.pop(digest(key), None)
            if until is None or self._now() >= until:
                return None
            cookie = secrets.token_urlsafe(32)
            self._sessions = {known: session for known, session in self._sessions.items() if session[0] > self._now()}
            self._sessions[digest(cookie)] = (self._now() + PAGES_LIFE_S, secrets.token_urlsafe(24))
            return cookie

    def form_token(self, cookie: str | None) -> str | None:
        """The form token of the session that `cookie` belongs to, or None where there is no such session."""
        if not cookie:
            return None
        with self._lock:
            until, token = self._sessions.get(digest(cookie), (0.0, ""))
            return token if until > self._now() else None

    def clear(self) -> None:
        """End every session and void every link."""
        with self._lock:
            self._links.clear()
            self._sessions.clear()
