"""What the programme keeps back until its day: the title, the campaign or the link of an item under embargo."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from server.rules.language import is_small_word
from server.rules.model import Found
from server.rules.prepare import phrase_tokens
from server.rules.scene import Scene

_TITLE = 3  # words; fewer count only where they are written with the same capitals, as a name is
_TELLING = 4  # words that say something: a sentence with nearly all of a title's tells what the title tells
_NEARLY = 0.8
_STEM = 6  # letters: opens and opening, Eröffnung and eröffnen are one word here
_TAG = 8  # letters; shorter hashtags are alike by chance


def find(scene: Scene, rule: Any) -> Iterator[Found]:
    """Each place that names one of `context.embargoed`, or a sentence that tells the same in other words."""
    if not scene.context.embargoed:
        return
    places = [index for index, word in enumerate(scene.draft.words) if word[0].isalnum()]
    seen: set[tuple[int, int]] = set()
    for name in scene.context.embargoed:
        for first, last, level in _linked(scene, name) if "://" in name else _named(scene, name, places):
            if (first, last) not in seen:
                seen.add((first, last))
                fixes = rule.without(scene, first, last, sentences=True)
                yield Found(*scene.draft.token_span(first, last), fixes=fixes, level=level)


def _linked(scene: Scene, link: str) -> Iterator[tuple[int, int, str | None]]:
    page = re.sub(r"^https?://(www\.)?", "", link.lower()).rstrip("/")
    if "/" not in page:
        return  # a company's front page is no secret
    for match in re.finditer(rf"{re.escape(page)}(?![\w-]|/\w)", scene.draft.low):
        hit = scene.tokens_within(*match.span())
        if hit:
            yield hit.first, hit.last, None


def _named(scene: Scene, name: str, places: list[int]) -> Iterator[tuple[int, int, str | None]]:
    draft, (tokens, written, compact) = scene.draft, _read(name)
    if not tokens:
        return
    found = False
    for at in range(len(places) - len(tokens) + 1):
        if all(draft.words[places[at + step]] == token for step, token in enumerate(tokens)):
            span = places[at : at + len(tokens)]
            if len(tokens) >= _TITLE or _as_a_name(scene, span, written):
                found = True
                yield span[0], span[-1], None
    for first, last, body in draft.tags:
        if len(compact) >= _TAG and body == compact:
            found = True
            yield first, last, None
    if not found:
        yield from _told(scene, tokens)


def _as_a_name(scene: Scene, span: list[int], written: tuple[str, ...]) -> bool:
    same = tuple(map(scene.draft.written, span)) == written and any(word[:1].isupper() for word in written)
    return same and (len(span) > 1 or span[0] not in scene.draft.sentence_start)


def _told(scene: Scene, tokens: tuple[str, ...]) -> Iterator[tuple[int, int, str | None]]:
    company = scene.policy.company
    known = {word for name in (company.name, *company.aliases) for word in phrase_tokens(name)} if company else set()
    wanted = {word[:_STEM] for word in tokens if len(word) > 2 and word not in known and not is_small_word(word)}
    if len(wanted) < _TELLING:
        return
    for first, last in scene.draft.sentences:
        there = {word[:_STEM] for word in scene.draft.words[first : last + 1]}
        if len(wanted & there) >= _NEARLY * len(wanted):
            while last > first and scene.draft.words[last] == "\n":
                last -= 1
            yield first, last, "warning"


@lru_cache(maxsize=4096)
def _read(name: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """The words of a name in lower case, as they are written, and as one hashtag would hold them."""
    tokens = tuple(word for word in phrase_tokens(name) if word[0].isalnum())
    return tokens, tuple(re.findall(r"\w+", name)), "".join(tokens)
