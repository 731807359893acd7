"""Whose pay a person lives on. It says who the employer is, and is no talk of what one earns."""

from __future__ import annotations

from collections.abc import Iterator

from server.rules.disclosure.about import Mention
from server.rules.disclosure.tie_words import clause, place_before, words_of
from server.rules.scene import Scene


def pay_ties(scene: Scene, mentions: list[Mention]) -> Iterator[tuple[int, int]]:
    """Where the draft says whose pay its author lives on: "My salary comes from X", "X has been paying my rent"."""
    known, draft = words_of(scene.lang), scene.draft
    words = draft.words
    for mention in mentions:
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
