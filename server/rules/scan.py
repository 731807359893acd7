"""Finding all phrases of all rules in one pass, and all patterns in one pass.

However many rules there are, a draft is walked once, word by word, along a tree of all phrases, and matched once by a
RE2 set. The tree's branches are words: an automaton over the letters of the same phrases held 18 MB, and took three
times as long. One is kept for the few phrases that begin or end within a word.
Each list of phrases and each pattern has a slot; a rule asks for what its slots found.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import cached_property
from operator import itemgetter
from sys import intern
from typing import Any, NamedTuple

from server.rules.prepare import Draft, phrase_tokens

_made: Any = tuple.__new__
_place = itemgetter(0, 1)
Phrases = Mapping[str | None, Iterable[str]]  # language, or None for any → phrases

# Who owns a phrase: its languages (None where one owner takes any), and slot, language and payload of each owner.
Owner = tuple[int, str | None, Any]
Owned = tuple[frozenset[str] | None, tuple[Owner, ...]]
# A branch: the next word → the branch below it, where "" is the owners of a phrase that ends there; or, where no more
# than one word follows, that word and what is below it; or, where none does, the owners.
Branch = dict[str, Any]
Match = tuple[int, int, Owned]  # last token, first token


class Hit(NamedTuple):
    """One phrase that was found: its first and last token, and what was handed in with it."""

    first: int
    last: int
    payload: Any


class PatternError(ValueError):
    """A regular expression that RE2 does not take."""


class Scanner:
    """Collects phrases and patterns, then scans. Not changed any more after the first scan."""

    def __init__(self) -> None:
        self._tree: Branch = {}
        self._within: Any = None  # the automaton of phrases that begin or end within a word, with their lengths
        # Most phrases have the same few owners, so each such value is kept once.
        self._kept: dict[Any, Any] = {}
        self._patterns: list[tuple[str, str | None, Any]] = []
        self._slots = 0
        self._shared: dict[str, int] = {}

    def slot(self, phrases: Phrases | None = None) -> int:
        """A new slot, with `phrases` in it."""
        self._slots += 1
        for lang, some in (phrases or {}).items():
            owner = (self._slots, lang, None)
            alone = self._owned(None, owner)
            for phrase in some:
                self._add(phrase, owner, alone)
        return self._slots

    def shared(self, name: str, phrases: Phrases) -> int:
        """The one slot of a class of words that several rules ask for."""
        if name not in self._shared:
            self._shared[name] = self.slot(phrases)
        return self._shared[name]

    def add(self, slot: int, phrase: str, lang: str | None = None, payload: Any = None) -> None:
        """Put one phrase in a slot. `word*` stands for all words that begin so, `*word` for all that end so."""
        owner = (slot, lang, payload)
        self._add(phrase, owner, self._owned(None, owner))

    def _add(self, phrase: str, owner: Owner, alone: Owned) -> None:
        """`alone` is the owner by itself, which many phrases share."""
        tokens = phrase_tokens(phrase.strip("*").strip())
        if not tokens:
            return
        if "*" in phrase and (phrase[0] == "*" or phrase[-1] == "*"):
            self._add_within(phrase, " ".join(tokens), owner)
            return
        branch, words = self._tree, list(map(intern, tokens))
        for place, word in enumerate(words, 1):
            below = branch.get(word)
            if below is None:
                branch[word] = _tail(words[place:], alone)
                return
            if below.__class__ is not dict:
                below = branch[word] = {below[0]: below[1]} if below[0].__class__ is str else {"": below}
            branch = below
        branch[""] = self._owned(branch.get(""), owner)

    def _add_within(self, phrase: str, joined: str, owner: Owner) -> None:
        if self._within is None:
            import ahocorasick

            self._within = ahocorasick.Automaton()
        key = ("" if phrase.startswith("*") else " ") + joined + ("" if phrase.endswith("*") else " ")
        _, known = self._within.get(key, (0, None))
        self._within.add_word(key, (len(key), self._owned(known, owner)))

    def _owned(self, known: Owned | None, owner: Owner) -> Owned:
        owners = (*known[1], owner) if known else (owner,)
        owned = self._kept.get(owners)
        if owned is None:
            langs = frozenset(lang for _, lang, _ in owners)
            owned = self._kept[owners] = (None if None in langs else self._once(langs), tuple(map(self._once, owners)))
        return owned

    def _once(self, value: Any) -> Any:
        return self._kept.setdefault(value, value)

    def pattern(self, pattern: str, lang: str | None = None) -> int:
        """A slot for one regular expression, matched on the draft in lower case. Raises PatternError."""
        import re2

        try:
            compiled = re2.compile(pattern)
        except re2.error as error:
            raise PatternError(f"{error}".removeprefix("b'").rstrip("'")) from None
        if compiled.search(""):
            raise PatternError("it matches an empty text, so it would match everywhere")
        self._patterns.append((pattern, lang, compiled))
        return len(self._patterns) - 1

    @cached_property
    def _set(self) -> Any:
        import re2

        together = re2.Set.SearchSet()
        for pattern, _, _ in self._patterns:
            together.Add(pattern)
        together.Compile()
        return together

    def warm(self) -> None:
        """Make both ready; nothing is added any more."""
        self._kept.clear()
        if self._within is not None:
            self._within.make_automaton()
        if self._patterns:
            self._set  # noqa: B018

    def phrases_in(self, draft: Draft, lang: str | None) -> dict[int, list[Hit]]:
        """What each slot found, in the order of the text. Phrases of another language are left out."""
        found: dict[int, list[Hit]] = {}
        for last, first, (langs, owners) in self._matches(draft):
            if langs is not None and lang is not None and lang not in langs:
                continue
            for slot, of_lang, payload in owners:
                if of_lang is not None and lang is not None and of_lang != lang:
                    continue
                # Made without Hit's own constructor: this is the busiest loop of a check.
                hits = found.get(slot)
                if hits is None:
                    found[slot] = [_made(Hit, (first, last, payload))]
                # A shorter phrase that ends with a longer one of the same list says nothing new.
                elif payload is not None or hits[-1][0] > first or last > hits[-1][1]:
                    hits.append(_made(Hit, (first, last, payload)))
        return found

    def _matches(self, draft: Draft) -> list[Match]:
        """All phrases in the draft, by where they end; of those that end together the longest first."""
        matches: list[Match] = []
        words: list[str | None] = [*draft.words, None]  # no branch has None
        begin = self._tree.get
        for first, word in enumerate(draft.words):
            below = begin(word)
            if below is None:
                continue
            last = first
            while below is not None:
                if below.__class__ is dict:
                    if "" in below:
                        matches.append((last, first, below[""]))
                    last += 1
                    below = below.get(words[last])
                elif below[0].__class__ is str:
                    last += 1
                    below = below[1] if below[0] == words[last] else None
                else:
                    matches.append((last, first, below))
                    break
        within = list(self._within.iter(draft.joined)) if self._within is not None else ()
        if not within:
            matches.sort(key=_place)
            return matches
        joined, begins = draft.joined, draft.joined_at
        placed = [((begins[last + 1] - 1, begins[first] - 1), (last, first, owned)) for last, first, owned in matches]
        for end, (length, owned) in within:
            start = end - length + 1
            first = bisect_right(begins, start + 1 if joined[start] == " " else start) - 1
            last = bisect_right(begins, end - 1 if joined[end] == " " else end) - 1
            placed.append(((end, start), (last, first, owned)))
        placed.sort(key=itemgetter(0))
        return [match for _, match in placed]

    def patterns_in(self, draft: Draft, lang: str | None) -> dict[int, Any]:
        """The compiled patterns that occur in the draft, by slot."""
        if not self._patterns:
            return {}
        matched = {}
        for index in self._set.Match(draft.low) or ():  # None where nothing matches
            _, of_lang, compiled = self._patterns[index]
            if of_lang is None or lang is None or of_lang == lang:
                matched[index] = compiled
        return matched


def _tail(words: list[str], owned: Owned) -> Any:
    """What is below a word where one phrase alone goes on."""
    below: Any = owned
    for word in reversed(words):
        below = (word, below)
    return below
