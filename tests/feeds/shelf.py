"""A file on a web site as static hosts serve it: with an ETag, and 304 for whoever has it already."""

from __future__ import annotations

import hashlib
from http.server import BaseHTTPRequestHandler

from tests.feeds.site import FeedSite


def upload(site: FeedSite, path: str, data: bytes) -> str:
    """Put a file on the site, in place of what was there; returns its address."""
    etag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'

    def answer(request: BaseHTTPRequestHandler) -> None:
        known = request.headers.get("If-None-Match") == etag
        request.send_response(304 if known else 200)
        request.send_header("ETag", etag)
        request.send_header("Content-Length", "0" if known else str(len(data)))
        request.end_headers()
        if not known:
            request.wfile.write(data)

    site.answers[path] = answer
    return site.url(path)
