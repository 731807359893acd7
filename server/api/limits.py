"""How large a request's body may be: told from its head, before any of the body is read.

Everything is small but two forms of the companion's own pages: by one a person hands over an archive of LinkedIn's, by
the other a manager the cards that people sent. The large limit holds for those addresses alone, and only for whom the
pages are open to.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

from server.api.security import PAGES_HOST, UPLOADS
from server.api.wire import BODY_LIMIT, UPLOAD_LIMIT
from server.companion import Companion

ROOM = 4096  # over the limit, so that a body just above it is answered with our own page and not cut off


def limit_of(here: Companion, method: str, path: str, headers: Mapping[str, str]) -> int:
    """Bytes that the server takes of a request. `headers` as waitress names them: HOST, ORIGIN, COOKIE."""
    own = f"{PAGES_HOST}:{here.port}"
    if method != "POST" or path not in UPLOADS.values() or headers.get("HOST") != own or headers.get("ORIGIN") != f"http://{own}":
        return BODY_LIMIT + ROOM
    try:
        cookie = SimpleCookie(headers.get("COOKIE", "")).get(f"sayso-{here.port}")
    except CookieError:
        cookie = None
    if cookie is None or here.pages.form_token(cookie.value) is None:
        return BODY_LIMIT + ROOM
    return UPLOAD_LIMIT + ROOM


def channel(here: Companion) -> type[HTTPChannel]:
    """Waitress's channel with our limits: `server.channel_class = channel(here)`."""

    class Parser(HTTPRequestParser):
        def parse_header(self, header_plus: bytes) -> None:
            super().parse_header(header_plus)
            limits: Adjustments = copy.copy(self.adj)
            limits.max_request_body_size = limit_of(here, self.command, self.path, self.headers)
            self.adj = limits

    class Channel(HTTPChannel):
        parser_class = Parser

    return Channel
