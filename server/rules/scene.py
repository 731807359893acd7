"""One draft under check, with all that a rule may look at. Rules read it; only the engine makes it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from server.policy import Policy
from server.rules.model import Context, Fold
from server.rules.people import people, proper_names
from server.rules.prepare import Draft
from server.rules.scan import Hit, Scanner

if TYPE_CHECKING:
    from server.rules.names import Name, Names

_SHORT = 8  # tokens; a sentence of fewer leans on the one before
_QUOTES = frozenset("\"'‹›")
_LINK = re.compile(r"https?://\S+|\bwww\.\S+|\b[a-z0-9-]+\.(?:com|org|net|io|eu|uk|fr|de|example)(?:/\S*)?\b")


class Scene:
    """Draft, language, policy, context and what the scanners found."""

    def __init__(
        self, draft: Draft, lang: str | None, policy: Policy, context: Context, ui_lang: str, fold: Fold, names: Names
    ) -> None:
        self.judgement: Any = None  # the disclosure check's, once made
        self._cues: tuple[Scanner, dict[str, int]] | None = None
        self._places: frozenset[str] = frozenset()
        self.draft, self.lang, self.policy, self.context = draft, lang, policy, context
        self.ui_lang, self.fold, self._names = ui_lang, fold, names
        self._classes: dict[str, list[Hit]] = {}
        self._found: dict[int, tuple[dict[int, list[Hit]], dict[int, Any]]] = {}

    def scan(self, scanner: Scanner) -> None:
        """Let one scanner go over the draft; its rules may then ask for hits."""
        self._found[id(scanner)] = (
            scanner.phrases_in(self.draft, self.lang),
            scanner.patterns_in(self.draft, self.lang),
        )

    def hits(self, scanner: Scanner, slot: int) -> list[Hit]:
        """What a slot of phrases found."""
        return self._found[id(scanner)][0].get(slot, [])

    def slots(self, scanner: Scanner) -> Any:
        """The slots of phrases that found anything."""
        return self._found[id(scanner)][0].keys()

    def patterns(self, scanner: Scanner) -> Any:
        """The patterns that occur, by number."""
        return self._found[id(scanner)][1].keys()

    def common(self, name: str, words: Mapping[str | None, frozenset[str]]) -> list[Hit]:
        """Where single words of a class stand, looked up once a draft."""
        hits = self._classes.get(name)
        if hits is None:
            places = self.draft.places
            some = [of for lang, of in words.items() if lang is None or self.lang is None or lang == self.lang]
            at = sorted({place for of in some for word in of & places.keys() for place in places[word]})
            hits = self._classes[name] = [Hit(place, place, None) for place in at]
        return hits

    def pseudo(self, name: str) -> list[Hit]:
        """Classes that no list can hold: numbers, people's names, other names, the policy's names."""
        hits = self._classes.get(name)
        if hits is None:
            if name == "NUMBER":
                numbers = (at for word, at in self.draft.places.items() if word[0].isdigit())
                hits = [Hit(place, place, None) for place in sorted(place for at in numbers for place in at)]
            elif name == "PERSON":
                hits = people(self.draft, self.lang)
            elif name == "PROPER":
                hits = proper_names(self.draft, self.lang)
            else:
                hits = sorted(self.named(name.lower()), key=lambda hit: hit.last)
            self._classes[name] = hits
        return hits

    def named(self, role: str) -> list[Hit]:
        """The policy's names of one kind; `company` stands for its handles and products too."""
        roles = ("name", "handle", "product", "part", "link") if role == "company" else (role,)
        return [hit for one in roles for hit in self.names.get(one, ())]

    def sentence(self, hit: Hit) -> Hit:
        """The whole sentence of a hit; one of few words brings the one before, else the one after."""
        spans, of = self.draft.sentences, self.draft.sentence_of
        number = of[hit.first]
        first, last = spans[number][0], spans[of[hit.last]][1]
        while number and last - first < _SHORT:
            number -= 1
            first = spans[number][0]
        while last - first < _SHORT and last + 1 < len(of):
            last = spans[of[last + 1]][1]
        while last > first and self.draft.words[last] == "\n":
            last -= 1
        return Hit(first, last, None)

    def matches(self, scanner: Scanner, slot: int) -> Iterator[Any]:
        """The matches of one pattern, on `draft.low`."""
        compiled = self._found[id(scanner)][1].get(slot)
        return compiled.finditer(self.draft.low) if compiled is not None else iter(())

    def any_match(self, scanner: Scanner, slots: list[int]) -> bool:
        """Whether one of these patterns occurs at all."""
        found = self._found[id(scanner)][1]
        return bool(found) and any(slot in found for slot in slots)

    def token_at(self, offset: int) -> int:
        """The token that stands at, or first after, an offset of the draft."""
        tokens = range(len(self.draft.words) - 1)
        return bisect_right(tokens, offset, key=lambda token: self.draft.token_span(token, token)[1])

    def tokens_within(self, start: int, end: int) -> Hit | None:
        """The tokens that begin within `low[start:end]`, as a hit."""
        first = bisect_left(self.draft.starts, start)
        last = bisect_left(self.draft.starts, end) - 1
        if first and self.draft.ends[first - 1] > start:
            first -= 1
        return Hit(first, last, None) if first <= last else None

    @cached_property
    def names(self) -> dict[str, list[Hit]]:
        """The policy's own words in the draft: company, product, competitor, confidential (see `names`)."""
        return self._names.find(self.draft, self.lang)

    @cached_property
    def has_link(self) -> bool:
        """Whether an address stands in the draft."""
        return bool(_LINK.search(self.draft.low))

    def cues(self, name: str) -> list[Hit]:
        """The hits of one of the disclosure check's lists: action, offer, launch, praise, quiet, explicit, …"""
        if self._cues is None:
            return []
        scanner, slots = self._cues
        return self.hits(scanner, slots[name])

    def take_cues(self, scanner: Scanner, slots: dict[str, int], places: frozenset[str]) -> None:
        """Say where the disclosure check's lists are."""
        self._cues, self._places = (scanner, slots), places

    @property
    def job_places(self) -> frozenset[str]:
        """Words that stand between a job and the company: at, chez, bei."""
        return self._places

    @property
    def compact_names(self) -> dict[str, Name]:
        """The company's names as they stand in hashtags, in lower case."""
        return self._names.compact

    def around(self, spans: Iterable[Any], reach: int = 0) -> frozenset[int]:
        """The numbers of the sentences in which something stands (`spans` have first and last tokens), and of those
        at most `reach` away. Made once for many questions, so that the cost stays linear."""
        of = self.draft.sentence_of
        numbers = {number for span in spans for number in (of[span.first], of[span.last])}
        return frozenset(number + step for number in numbers for step in range(-reach, reach + 1))

    def within(self, span: Any, sentences: frozenset[int]) -> bool:
        """Whether a hit begins or ends in one of these sentences."""
        of = self.draft.sentence_of
        return of[span.first] in sentences or of[span.last] in sentences

    def quoted(self, first: int, last: int) -> bool:
        """Whether the tokens stand in quotation marks of their own: someone else's words, or words as words."""
        words = self.draft.words
        return first > 0 and last + 1 < len(words) and words[first - 1] in _QUOTES and words[last + 1] in _QUOTES
