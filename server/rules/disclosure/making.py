"""Who makes a thing is no customer of it: "Our small crew spent the spring teaching X", "I debug X all day".

The other half of `ties`: there the company stands as the place of work, here its product as the work itself. What is
only used for making something else is no work of one's own: "We run our bakery on X".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from server.rules.disclosure.about import Mention
from server.rules.disclosure.tables import makers
from server.rules.disclosure.tie_words import Words, clause, words_of
from server.rules.scene import Scene

_REACH = 9  # tokens between the crew and its work
_OBJECT = 6  # tokens between the work and its product
_WORK = frozenset(("work", "worked", "working"))
_OF_US = ["of", "us"]
_SENTENCES = 2  # how far from the company a crew may stand that names no product


def makings(scene: Scene, mentions: list[Mention]) -> Iterator[tuple[int, int]]:
    """First and last token of what shows that the author makes what the draft is about."""
    if not mentions:
        return
    known, draft = words_of(scene.lang), scene.draft
    words, of = draft.words, draft.sentence_of
    near = scene.around(mentions, _SENTENCES)
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(of[mention.first], []).append(mention)
    made, reach = makers(scene.lang)
    for hit in scene.cues("maker"):
        stop = min(hit.last + 1 + reach, len(words))
        done = next((i for i in range(hit.last + 1, stop) if words[i] in made), None)
        if done and of[done] == of[hit.first] and of[done] in near:
            if not _used(words, known, by_sentence.get(of[done], []), done):
                yield hit.first, done
    for mention in mentions:
        start, end = clause(draft, mention.first)
        if mention.product:
            first = _spent(words, known, start, mention.first)
            if first is None and not _led_by(words, known, mention.first):
                first = _of_mine(words, known, start, mention.first)
            if first is not None:
                yield first, mention.last
    names = {token for mention in mentions for token in range(mention.first, mention.last + 1)}
    for number in sorted(near):
        if 0 <= number < len(draft.sentences):
            crew = _crew(words, known, *draft.sentences[number], names)
            if crew and not _used(words, known, by_sentence.get(number, []), crew[0]):
                yield crew


def _of_mine(words: list[str], known: Words, start: int, first: int) -> int | None:
    """ "I've been debugging X", "ich programmiere X": the speaker, a verb of making, the product."""
    for index in range(max(start, first - _OBJECT), first):
        before = words[max(start, index - 5) : index + 2]
        named = not known.person.isdisjoint(before) and not known.who.isdisjoint(before)
        told = named and not known.signed.isdisjoint(words[max(start, index - 7) : index])
        made = words[index] in known.mine or words[index] in known.making and _for_years(words, known, start, first)
        if made and (told or not known.self.isdisjoint(before)):
            if known.tool.isdisjoint(words[index:first]):
                return index
    return None


def _spent(words: list[str], known: Words, start: int, first: int) -> int | None:
    """ "We spent all summer on the new X": we, not one by oneself, who may only have used it for long."""
    for index in range(max(start, first - _REACH), first - 3):
        if words[index] == "we" and "spent" in words[index + 1 : index + 4] and "on" in words[first - 4 : first]:
            if not (known.stint | known.span).isdisjoint(words[index:first]):
                return index
    return None


def _for_years(words: list[str], known: Words, start: int, first: int) -> bool:
    """Whether what is made has been made for long: "I've been building X wheels for three years"."""
    return not (known.span | known.since).isdisjoint(words[start : first + 10])


def _crew(words: list[str], known: Words, first: int, last: int, names: set[int]) -> tuple[int, int] | None:
    """ "Our small crew … teaching", "it took our little brewery", "We're eleven people making"."""
    for index in range(first, last):
        if words[index] in known.crew and not known.ours.isdisjoint(words[max(first, index - 3) : index]):
            around = range(max(first, index - 5), min(last, index + _REACH) + 1)
        elif words[index] in known.few and _counts(words, known, first, index):
            around = range(index, min(last, index + _REACH) + 1)
        else:
            continue
        done = next((i for i in around if i != index and i not in names and words[i] in known.making), None)
        if done is not None:
            return min(index, done), max(index, done)
    return None


def _counts(words: list[str], known: Words, first: int, index: int) -> bool:
    """Whether a number counts the speakers: we're eleven, two of us, wir sind zu acht, siamo in sei."""
    before = words[max(first, index - 5) : index]
    return (
        not known.self.isdisjoint(before)
        and not known.idle.isdisjoint(before)
        or words[index + 1 : index + 3] == _OF_US
    )


def _led_by(words: list[str], known: Words, first: int) -> bool:
    """Whether a mention is only a means: on X, with the X, using X; but not "we work on X"."""
    index = first - 1
    while index > 0 and words[index] in known.skip:
        index -= 1
    return index >= 0 and words[index] in known.tool and words[max(0, index - 1)] not in _WORK


def _used(words: list[str], known: Words, named: list[Mention], done: int) -> bool:
    """Whether what is made is made by means of the company: the mention behind the verb, or the only one before it."""
    if not named:
        return False
    behind = bisect_left(named, done, key=lambda mention: mention.first)
    return _led_by(words, known, named[min(behind, len(named) - 1)].first)
