"""Whether a page says of itself what it is: a piece of writing, or a thing that is offered."""

from __future__ import annotations

import re

from server.feed import jsonld
from server.feed.markup import Markup

_TYPES = re.compile(
    r"article|posting|report|recipe|product|offer|itemlist|collectionpage|service|faqpage|softwareapplication|aboutpage"
    r"|searchresultspage"
)
_OPENGRAPH = re.compile(r"article|blog|news|product|book|video")
_NAMES = tuple(
    "author article:author article:published_time article:published datepublished date dc.date dcterms.date"
    " parsely-pub-date pubdate".split()
)
_MOST_ITEMS = 20


def says_its_kind(page: Markup) -> bool:
    """Whether the page declares an author, a date, or that it is an article, a recipe, a product, a list or the like.

    What companies write about their services, indexes and manuals mostly declare none of these.
    """
    if page.said(*_NAMES) or _OPENGRAPH.search(page.said("og:type").lower()):
        return True
    types = {name for node in page.nodes for name in jsonld.types(node)}
    items = page.soup.find_all(itemtype=True, limit=_MOST_ITEMS)
    types.update(str(tag["itemtype"]).rpartition("/")[2].lower() for tag in items)
    return bool(_TYPES.search(" ".join(types)))
