"""Pictures on a page: which of them shows something of its own, and where they lie."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from server.feed.address import canonical
from server.feed.titles import folded

if TYPE_CHECKING:
    from bs4 import Tag

# Pictures that stand for the site or for nothing, by their address.
_NO_PICTURE = re.compile(
    r"(?:^|[/_.-])(?:logo|favicon|sprite|placeholder|blank|spacer|pixel|default[_-]?(?:image|img|share|og|social|thumb\w*)"
    r"|no[_-]?(?:image|img|photo)|avatar|gravatar|share[_-]?(?:default|image)|apple-touch-icon|1x1|transparent)(?:[/_.\d-]|$)"
    r"|\.(?:svg|ico|mp4|webm|mov|m3u8|mp3|pdf)(?:$|\?)|//[\w.]*gravatar\.com/",
    re.IGNORECASE,
)
_LEAST_TITLE = 12  # characters; shorter ones are said of more than one picture
_SMALL = 100  # pixels; narrower or lower ones are icons
_SOURCES = ("data-src", "data-lazy-src", "data-original", "src")


def pictures_something(url: str) -> bool:
    """Whether a picture's address looks like that of a picture, not of a logo, an icon or an empty space."""
    return not _NO_PICTURE.search(url.partition("?")[0])


def first_picture(within: Tag, base: str) -> str | None:
    """The address of the first picture in an element that shows something, also where it is loaded late."""
    for tag in within.find_all("img", limit=60):
        source = _source(tag)
        found = canonical(source, base, as_asked=True) if source else None
        if found and not _small(tag) and pictures_something(found):
            return found
    return None


def picture_called(title: str, page: Tag, base: str) -> str | None:
    """The address of the first picture whose description begins the title: that which stands at the head of an article."""
    words = folded(title)
    for tag in page.find_all("img", alt=True, limit=200):
        called = folded(str(tag["alt"]))
        source = _source(tag) if len(called) >= _LEAST_TITLE and words.startswith(called) else ""
        found = canonical(source, base, as_asked=True) if source else None
        if found and not _small(tag) and pictures_something(found):
            return found
    return None


def _source(tag: Tag) -> str:
    for key in _SOURCES:
        value = str(tag.get(key) or "").strip()
        if value and not value.startswith("data:"):
            return value
    return str(tag.get("srcset") or tag.get("data-srcset") or "").strip().partition(" ")[0].rstrip(",")


def _small(tag: Tag) -> bool:
    sides = [str(tag.get(side) or "").strip().removesuffix("px") for side in ("width", "height")]
    return any(side.isdigit() and int(side) < _SMALL for side in sides)
