"""Finding all phrases of all rules in one pass, and all patterns in one pass.

However many rules there are, a draft is walked once, word by word, along a tree of all phrases of its language, and
matched once by a RE2 set. The trees' branches are words: an automaton over the letters of the same phrases held 18 MB,
and took three times as long. One is kept for the few phrases that begin or end within a word.
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
Phrases = Mapping[str | None, Iterable[str]]  # language, or None for any → phrases

Owned = tuple[tuple[int, Any], ...]  # who owns a phrase: slot and payload of each owner
# A branch: the next word → the branch below it, where "" is the owners of a phrase that ends there; or, where no more
# than one word follows, that word and what is below it; or, where none does, the owners.
Branch = dict[str, Any]
Match = tuple[int, int, Owned]  # last token, first token
_place = itemgetter(0, 1)


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
        self._trees: dict[str | None, Branch] = {}  # by language, None for any
        # The automaton of phrases that begin or end within a word, with their lengths and their owners by language.
        self._within: Any = None
        # Most phrases have the same few owners, so each such value is kept once.
        self._kept: dict[Any, Any] = {}
        self._patterns: list[tuple[str, str | None, Any]] = []
        self._slots = 0
        self._shared: dict[str, int] = {}
        self._same: dict[str, int] = {}  # until the scanner is warm

    def slot(self, phrases: Phrases | None = None) -> int:
        """A slot with `phrases` in it: a new one, or the one that holds just these. Without phrases, a new one."""
        listed = repr(phrases)  # several rules have the same exceptions
        if phrases and listed in self._same:
            return self._same[listed]
        self._slots += 1
        self._same[listed] = self._slots
        for lang, some in (phrases or {}).items():
            alone = self._owned((), (self._slots, None))
            for phrase in some:
                self._add(phrase, lang, alone)
        return self._slots

    def shared(self, name: str, phrases: Phrases) -> int:
        """The one slot of a class of words that several rules ask for."""
        if name not in self._shared:
            self._shared[name] = self.slot(phrases)
        return self._shared[name]

    def add(self, slot: int, phrase: str, lang: str | None = None, payload: Any = None) -> None:
        """Put one phrase in a slot. `word*` stands for all words that begin so, `*word` for all that end so."""
        self._add(phrase, lang, self._owned((), (slot, payload)))

    def _add(self, phrase: str, lang: str | None, alone: Owned) -> None:
        """`alone` is the one owner by itself, which many phrases share."""
        tokens = phrase_tokens(phrase.strip("*").strip())
        if not tokens:
            return
        if "*" in phrase and (phrase[0] == "*" or phrase[-1] == "*"):
            self._add_within(phrase, " ".join(tokens), lang, alone)
            return
        branch, words = self._trees.setdefault(lang, {}), list(map(intern, tokens))
        for place, word in enumerate(words, 1):
            below = branch.get(word)
            if below is None:
                branch[word] = _tail(words[place:], alone)
                return
            if below.__class__ is not dict:
                below = branch[word] = {below[0]: below[1]} if below[0].__class__ is str else {"": below}
            branch = below
        branch[""] = self._owned(branch.get("", ()), *alone)

    def _add_within(self, phrase: str, joined: str, lang: str | None, alone: Owned) -> None:
        if self._within is None:
            import ahocorasick

            self._within = ahocorasick.Automaton()
        key = ("" if phrase.startswith("*") else " ") + joined + ("" if phrase.endswith("*") else " ")
        _, known = self._within.get(key, (0, {}))
        known[lang] = self._owned(known.get(lang, ()), *alone)
        self._within.add_word(key, (len(key), known))

    def _owned(self, known: Owned, owner: tuple[int, Any]) -> Owned:
        owned = (*known, owner)
        return self._kept.setdefault(owned, owned)

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
        self._same.clear()
        if self._within is not None:
            self._within.make_automaton()
        if self._patterns:
            self._set  # noqa: B018

    def phrases_in(self, draft: Draft, lang: str | None) -> dict[int, list[Hit]]:
        """What each slot found, in the order of the text. Phrases of another language are left out."""
        found: dict[int, list[Hit]] = {}
        for last, first, owned in self._matches(draft, lang):
            # Made without Hit's own constructor: this is the busiest loop of a check.
            plain = _made(Hit, (first, last, None))
            for slot, payload in owned:
                hits = found.get(slot)
                if hits is None:
                    found[slot] = [plain if payload is None else _made(Hit, (first, last, payload))]
                elif payload is not None:
                    hits.append(_made(Hit, (first, last, payload)))
                # A shorter phrase that ends with a longer one of the same list says nothing new.
                elif last > hits[-1][1] or hits[-1][0] > first:
                    hits.append(plain)
        return found

    def _matches(self, draft: Draft, lang: str | None) -> list[Match]:
        """All phrases of a language in the draft, by where they end; of those that end together the longest first."""
        matches: list[Match] = []
        for of, tree in self._trees.items():
            if of is None or lang is None or of == lang:
                _walk(tree, draft.words, matches)
        within = list(self._within.iter(draft.joined)) if self._within is not None else ()
        if not within:
            matches.sort(key=_place)
            return matches
        joined, begins = draft.joined, draft.joined_at
        placed = [((begins[last + 1] - 1, begins[first] - 1), (last, first, owned)) for last, first, owned in matches]
        for end, (length, by) in within:
            owned = tuple(one for of, some in by.items() if of is None or lang is None or of == lang for one in some)
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


def _walk(tree: Branch, draft: list[str], matches: list[Match]) -> None:
    """Adds the phrases of one tree that stand in a draft's words."""
    words: list[str | None] = [*draft, None]  # no branch has None
    for first, below in enumerate(map(tree.get, draft)):
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


def _tail(words: list[str], owned: Owned) -> Any:
    """What is below a word where one phrase alone goes on."""
    below: Any = owned
    for word in reversed(words):
        below = (word, below)
    return below
