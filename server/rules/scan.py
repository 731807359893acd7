"""Finding all phrases of all rules in one pass, and all patterns in one pass.

However many rules there are, a draft is walked once by an Aho-Corasick automaton (over its joined tokens) and once
by a RE2 set. Each list of phrases and each pattern has a slot; a rule asks for what its slots found.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from server.rules.prepare import Draft, phrase_tokens

_made: Any = tuple.__new__
Phrases = Mapping[str | None, Iterable[str]]  # language, or None for any → phrases


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
        import ahocorasick

        # Phrase → its length, and who owns it. Most phrases have the same few owners, so each such value is kept once,
        # and the automaton is the only place where the phrases stand.
        self._automaton = ahocorasick.Automaton()
        self._kept: dict[Any, Any] = {}
        self._patterns: list[tuple[str, str | None, Any]] = []
        self._slots = 0
        self._shared: dict[str, int] = {}

    def slot(self, phrases: Phrases | None = None) -> int:
        """A new slot, with `phrases` in it."""
        self._slots += 1
        for lang, some in (phrases or {}).items():
            for phrase in some:
                self.add(self._slots, phrase, lang)
        return self._slots

    def shared(self, name: str, phrases: Phrases) -> int:
        """The one slot of a class of words that several rules ask for."""
        if name not in self._shared:
            self._shared[name] = self.slot(phrases)
        return self._shared[name]

    def add(self, slot: int, phrase: str, lang: str | None = None, payload: Any = None) -> None:
        """Put one phrase in a slot. `word*` stands for all words that begin so, `*word` for all that end so."""
        begins = " " if not phrase.startswith("*") else ""
        ends = " " if not phrase.endswith("*") else ""
        tokens = phrase_tokens(phrase.strip("*").strip())
        if tokens:
            key = begins + " ".join(tokens) + ends
            owners = (*self._automaton.get(key, (0, (None, ())))[1][1], (slot, lang, payload))
            owned = self._kept.get(owners)
            if owned is None:
                langs = {lang for _, lang, _ in owners}
                owned = self._kept[owners] = (None if None in langs else frozenset(langs), owners)
            self._automaton.add_word(key, self._kept.setdefault((len(key), owned), (len(key), owned)))

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
        if len(self._automaton):
            self._automaton.make_automaton()
        if self._patterns:
            self._set  # noqa: B018

    def phrases_in(self, draft: Draft, lang: str | None) -> dict[int, list[Hit]]:
        """What each slot found, in the order of the text. Phrases of another language are left out."""
        found: dict[int, list[Hit]] = {}
        if not len(self._automaton):
            return found
        joined, begins = draft.joined, draft.joined_at
        highest = len(draft.words) - 1
        for end, (length, (langs, owners)) in self._automaton.iter(joined):
            if langs is not None and lang is not None and lang not in langs:
                continue
            # Bisected here and made without Hit's own constructor: this is the busiest loop of a check.
            start = end - length + 1
            first = bisect_right(begins, start + 1 if joined[start] == " " else start) - 1
            last = bisect_right(begins, end - 1 if joined[end] == " " else end) - 1
            if last > highest:
                last = highest
            for slot, of_lang, payload in owners:
                if of_lang is not None and lang is not None and of_lang != lang:
                    continue
                hits = found.get(slot)
                if hits is None:
                    found[slot] = [_made(Hit, (first, last, payload))]
                # A shorter phrase that ends with a longer one of the same list says nothing new.
                elif payload is not None or hits[-1][0] > first or last > hits[-1][1]:
                    hits.append(_made(Hit, (first, last, payload)))
        return found

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
