"""Titles that say the same: the same story under two addresses, in one source or in several."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from server.store.times import to_moment

# Of two titles as long as these ones are, 95 is a letter or two.
_ALIKE = 95.0
_LEAST_ALIKE = 25  # characters; in shorter titles a letter or two is another word
_LEAST_SAME = 12  # characters; shorter ones ("Photo", "News") are names of columns, not of stories
_EDGE = 12
_UNSEEN = dict.fromkeys(map(ord, "\xad\u200b\u2060\ufeff"))  # where a word may be broken, or may not
_MOST_LOOKED_AT = 50
# A column that bears the same title each week is a new story each week.
_NEAR = timedelta(days=5)


def folded(title: str) -> str:
    """A title without case, accents, punctuation and doubled spaces; empty where nothing is left."""
    seen = unicodedata.normalize("NFKD", title.translate(_UNSEEN).casefold())
    plain = "".join(each for each in seen if not unicodedata.combining(each))
    return " ".join(re.findall(r"[^\W_]+", plain))


@dataclass(frozen=True, slots=True)
class Story:
    """What is compared of an entry or an item; `holder` is what stands for it."""

    title: str
    published_at: str | None
    lang: str | None
    holder: Any


class Titles:
    """The stories known so far, found by their titles."""

    def __init__(self) -> None:
        self._same: dict[str, list[tuple[str, Story]]] = defaultdict(list)
        self._edges: dict[tuple[str, ...], list[tuple[str, Story]]] = defaultdict(list)

    def add(self, story: Story) -> None:
        """Note a story."""
        text = folded(story.title)
        if len(text) >= _LEAST_SAME:
            self._same[text].append((text, story))
        if len(text) >= _LEAST_ALIKE:
            for edge in _edges(text):
                self._edges[edge].append((text, story))

    def like(self, story: Story) -> Story | None:
        """The first story known whose title says the same, published within five days or undated, in one language.

        Same words whatever the case, accents and punctuation; or a letter or two of difference in a longer title, but
        never in its numbers and never in a whole word.
        """
        text = folded(story.title)
        for _, other in self._same.get(text, ()):
            if _one_story(story, other):
                return other
        if len(text) < _LEAST_ALIKE:
            return None
        from rapidfuzz import fuzz

        for edge in _edges(text):
            for known, other in self._edges.get(edge, ())[-_MOST_LOOKED_AT:]:
                if fuzz.ratio(text, known) >= _ALIKE and _same_words(text, known) and _one_story(story, other):
                    return other
        return None


def _edges(text: str) -> tuple[tuple[str, ...], ...]:
    # Two titles with a letter or two of difference begin or end the same, and number the same.
    numbers = tuple(re.findall(r"\d+", text))
    return ("<", text[:_EDGE], *numbers), (">", text[-_EDGE:], *numbers)


def _same_words(one: str, other: str) -> bool:
    """Whether each word of one has its like in the other: "opens in Lyon" and "opens in Kyoto" are two stories."""
    from rapidfuzz import fuzz

    ours, theirs = one.split(), other.split()
    if len(ours) != len(theirs):
        return one.replace(" ", "") == other.replace(" ", "")
    return all(a == b or fuzz.ratio(a, b) >= 75 for a, b in zip(ours, theirs, strict=True))


def _one_story(one: Story, other: Story) -> bool:
    if one.lang and other.lang and one.lang != other.lang:
        return False
    if not (one.published_at and other.published_at):
        return True
    try:
        return abs(to_moment(one.published_at) - to_moment(other.published_at)) < _NEAR
    except ValueError:
        return True
