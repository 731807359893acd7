"""The link as it goes into a post: the item's own, with the programme's UTM parameters.

They tell the company's statistics that a click came from colleagues' posts, and which wording it was. Nothing in them
is about a person, unless the programme names a parameter for that and the person agreed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from urllib.parse import quote_plus

from server.store import Item, Variant

# An address of an existing post: its page is LinkedIn's, which takes no parameters of ours.
_POST = re.compile(r"https://(?:[a-z]{2,3}\.)?linkedin\.com/(?:feed/update/urn:li:|posts/)", re.IGNORECASE)
_MARK = 12  # hex digits


def is_post(url: str) -> bool:
    """Whether an item's address is that of an existing LinkedIn post, which is shared by reposting it."""
    return bool(_POST.match(url.replace("://www.", "://", 1)))


def link(item: Item, variant: Variant, utm: Mapping[str, str], mark: tuple[str, str] | None = None) -> str:
    """The item's link with `utm` (source, medium, campaign, … → value) for one wording of it.

    Values may hold {campaign}, {voice}, {category} and {lang}; a parameter that is then empty is left out, and one that
    the link has already is replaced. `mark` is a parameter's name and value, put last.
    """
    if is_post(item.url) or not (utm or mark):
        return item.url
    known = {"campaign": item.campaign or "", "voice": variant.voice, "category": item.category, "lang": variant.lang}
    given = {f"utm_{name}": _filled(value, known) for name, value in utm.items()}
    if mark:
        given[mark[0]] = mark[1]
    given = {name: value for name, value in given.items() if value}
    page, hash_, fragment = item.url.partition("#")
    page, _, query = page.partition("?")
    kept = [part for part in query.split("&") if part and part.partition("=")[0] not in given]
    added = [f"{quote_plus(name)}={quote_plus(value)}" for name, value in given.items()]
    return page + "?" + "&".join([*kept, *added]) + hash_ + fragment if kept or added else item.url


def personal_mark(dealt: str, programme: str) -> str:
    """The random mark of one person in one programme: not their number itself, and another in each programme."""
    return hashlib.sha256(f"{dealt}\n{programme}".encode()).hexdigest()[:_MARK]


def _filled(value: str, known: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: known.get(match[1], match[0]), value).strip()
