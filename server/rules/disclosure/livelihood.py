"""Whose pay a person lives on. It says who the employer is, and is no talk of what one earns."""

from __future__ import annotations

from collections.abc import Iterator

from server.rules.disclosure.about import Mention
from server.rules.disclosure.tie_words import clause, place_before, words_of
from server.rules.scene import Scene

_ARTICLES = frozenset("the a both el la lo il".split())


def pay_ties(scene: Scene, mentions: list[Mention]) -> Iterator[tuple[int, int]]:
    """Where the draft says whose pay its author lives on: "My salary comes from X", "X has been paying my rent"."""
    known, draft = words_of(scene.lang), scene.draft
    words = draft.words
    for mention in (one for one in mentions if not one.product):  # "PetalPay pays my rent" is what it is for
        start, end = clause(draft, mention.first)
        before = range(max(start, mention.first - 10), mention.first)
        place = place_before(words, known, mention.first)
        if place is not None and words[place] in known.from_:
            for index in before:
                if words[index] in known.pay and not known.my.isdisjoint(words[max(0, index - 3) : index]):
                    yield index, mention.last
        after = range(mention.last + 1, min(end, mention.last + 9))
        paid = next((i for i in after if words[i] in known.payer), None)
        if paid is not None:
            for index in range(paid + 1, min(paid + 8, len(words))):
                if words[index] in known.bills | known.pay and not known.my.isdisjoint(words[paid + 1 : index]):
                    yield mention.first, index
                    break
    for word in (known.payer & draft.places.keys()) if mentions else ():
        for paid in draft.places[word]:  # "they sign my paychecks", whoever they are
            said = words[paid + 1 : paid + 3]
            if len(said) > 1 and said[0] in known.my - _ARTICLES and said[1] in known.pay:
                if known.self.isdisjoint(words[max(0, paid - 2) : paid]):
                    yield paid, paid + 2
