"""The plainest reader of a page's head, to compare with."""

from __future__ import annotations

import html
import re

_META = re.compile(r"<meta\b[^>]{1,4000}>", re.IGNORECASE)
_KEY = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)


def read_naively(data: bytes, url: str) -> dict[str, str | None]:
    """What the OpenGraph tags say, as they say it."""
    text = data.decode("utf-8", "replace")
    said: dict[str, str] = {}
    for tag in _META.findall(text):
        keys = {match[1].lower(): match[2] or match[3] or "" for match in _KEY.finditer(tag)}
        name = keys.get("property") or keys.get("name") or ""
        if keys.get("content", "").strip():
            said.setdefault(name.lower(), html.unescape(keys["content"].strip()))
    title = _TITLE.search(text)
    day = re.match(r"\d{4}-\d\d-\d\d", said.get("article:published_time", ""))
    return {
        "title": said.get("og:title") or (html.unescape(" ".join(title[1].split())) if title else None),
        "description": said.get("og:description") or said.get("description"),
        "image": said.get("og:image"),
        "date": day[0] if day else None,
    }
