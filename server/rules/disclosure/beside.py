"""Ties that stand beside the company's name and need no place word: "X, where I …", "claims handler, X", "nurse there".

What `ties` reads from "at X" and "for X", this reads from what surrounds the bare name.
"""

from __future__ import annotations

from collections.abc import Iterator

from server.rules.disclosure.about import Mention
from server.rules.disclosure.tie_words import Words, buys, happened, trade, words_of
from server.rules.prepare import Draft
from server.rules.scene import Scene

_AND = frozenset(("and", "et", "und", "y", "e", "en"))


def beside(draft: Draft, known: Words, mention: Mention, start: int, end: int) -> int | None:
    """The token with which a tie beside a mention begins or ends; `start` and `end`: its clause."""
    words = draft.words
    if known.here and not known.here.isdisjoint(words[mention.last + 1 : mention.last + 4]):
        if _from_here(draft, known, mention):
            return mention.last + 1
    if _greets(words, known, start, mention) or _career(draft, known, mention) or _of_my(words, known, mention):
        return start
    told = _where(words, known, mention)
    if told is None:
        told = _kept(words, known, mention.last + 1, end)
    if told is not None:
        return told
    if words[mention.last + 1 : mention.last + 3] == ["'", "s"] and _one_of_its_own(words, known, mention, start, end):
        return max(start, mention.first - 2)
    if mention.first > start and words[mention.first - 1] == "," and _headline(draft, known, start, mention.first):
        return start
    return None


def there_ties(scene: Scene, mentions: list[Mention]) -> Iterator[tuple[int, int]]:
    """ "I'm a nurse there", "j'y suis opticienne", in the company's sentence or the one beside it."""
    known, words, of = words_of(scene.lang), scene.draft.words, scene.draft.sentence_of
    near = scene.around(mentions, 1)
    for word in known.there:
        for index in scene.draft.places.get(word, ()):
            if of[index] in near:
                told = words[max(0, index - 6) : index + 4]
                if not known.self.isdisjoint(told) and not known.idle.isdisjoint(told) and not buys(known, told):
                    if trade(words, known, max(0, index - 4), min(len(words), index + 4)):
                        yield max(0, index - 2), index


def _from_here(draft: Draft, known: Words, mention: Mention) -> bool:
    """ "X engineer here", "Proud X bookbinder here": a trade between the company and "here"."""
    words, first = draft.words, mention.first
    if first not in draft.sentence_start:
        if first - 1 not in draft.sentence_start or words[first - 1] in ("the", "a", "an", "at", "no", "former", "ex"):
            return False
    here = next(i for i in range(mention.last + 1, mention.last + 4) if words[i] in known.here)
    said = words[mention.last + 1 : here]
    if trade(words, known, mention.last + 1, here):
        return True
    if not said or not known.trades or buys(known, said):
        return False
    return said[-1].endswith(known.trades) or draft.written(here - 1).isupper()  # "X SDE here"


def for_a_living(words: list[str], known: Words, start: int, mention: Mention) -> bool:
    """ "I moderate the X forum for a living", but not "I write for a living"."""
    behind = range(mention.last + 1, mention.last + 5)
    said = any(words[i : i + 3] == ["for", "a", "living"] for i in behind)
    return said and not known.self.isdisjoint(words[start : mention.first])


def _of_my(words: list[str], known: Words, mention: Mention) -> bool:
    """ "With my X badge on": what only those have who work there."""
    had = known.wear | known.pay | known.had
    mine = words[mention.first - 1 : mention.first] == ["my"]
    return mine and not had.isdisjoint(words[mention.last + 1 : mention.last + 2])


def _greets(words: list[str], known: Words, start: int, mention: Mention) -> bool:
    """ "Hi from the X hardware crew": a greeting sent from a workplace."""
    lead = [word for word in words[max(start, mention.first - 4) : mention.first] if word not in known.skip | {"the"}]
    if len(lead) != 2 or lead[0] not in known.signed or lead[1] not in known.from_:
        return False  # also "From inside the X workshop"
    return not (known.workplace | known.crew).isdisjoint(words[mention.last + 1 : mention.last + 4])


def _career(draft: Draft, known: Words, mention: Mention) -> bool:
    """ "X retail, nine years and counting.": the company, a time, and nothing else in the sentence."""
    if mention.first not in draft.sentence_start:
        return False
    end = draft.sentences[draft.sentence_of[mention.first]][1]
    said = draft.words[mention.last + 1 : min(end + 1, mention.last + 9)]
    for comma in (i for i, word in enumerate(said[:4]) if word == ","):
        number, unit, *rest = *said[comma + 1 :], "", ""
        if unit in known.span and (number in known.few or number.isdigit()):
            return len(rest) < 4 or rest[0] in _AND
    return False


def _where(words: list[str], known: Words, mention: Mention) -> int | None:
    """ "X, where I answer the phones", "X, où je dessine des lampes"."""
    at = next(
        (i for i in range(mention.last + 1, mention.last + 3) if words[i : i + 1] and words[i] in known.where), None
    )
    if at is None:
        return None
    told = words[at + 1 : at + 7]
    self = next(
        (i for i, word in enumerate(told[:3]) if word in known.self or word.endswith(known.verbs or ("\0",))), None
    )
    if self is None or buys(known, told) or happened(words, known, at + 1 + self):
        return None
    return at


def _kept(words: list[str], known: Words, first: int, end: int) -> int | None:
    """ "X has had me on its night desk since 2017"."""
    for index in range(first, min(end, first + 4)):
        if words[index] in known.us:
            stop = min(end, index + 7)
            its = next((i for i in range(index + 1, stop) if words[i] in known.its), None)
            if its is not None and not known.workplace.isdisjoint(words[its + 1 : stop]):
                return its if words[index - 1] not in known.event or words[index - 1] == "had" else None
            return None
    return None


def _one_of_its_own(words: list[str], known: Words, mention: Mention, start: int, end: int) -> bool:
    """ "I'm X's newest apprentice", but not "I'm X's biggest fan"."""
    before = words[max(start, mention.first - 3) : mention.first]
    is_one = before[-3:] == ["i", "'", "m"] or before[-2:] == ["i", "am"] or before[-1:] == ["as"]
    told = words[mention.last + 3 : min(end, mention.last + 7)]
    told = told[: next((i for i, word in enumerate(told) if word in known.self), len(told))]
    return is_one and not buys(known, told)


def _headline(draft: Draft, known: Words, start: int, first: int) -> bool:
    """ "Yes, claims handler, X, eleven years": a trade set beside the company, nobody else named."""
    words = draft.words
    if not trade(words, known, max(start, first - 3), first - 1):
        return False
    if any(
        words[i] in known.self or words[i] in known.others or words[i] in ("a", "an", "the")
        for i in range(start, first)
    ):
        return False
    return not any(draft.written(i)[0].isupper() for i in range(start, first) if i not in draft.sentence_start)
