"""A sharp tone about people in a few words: who is spoken of, and what is said in that sentence and the next.

In a draft of a few lines that names customers, colleagues or a group and says nothing kind, a sharp word, mockery or a
no is seldom news. Longer drafts are left to the other rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from server.rules.model import Found
from server.rules.packs.respect.jab_at_competitor import found, holds, language, sentence, weight
from server.rules.scene import Scene

_LONG = 45  # tokens
_SHARP = 2  # a lone no or jest is everyday talk; three such words together are not
_BELITTLED = 3  # what a word that belittles people adds
_PEOPLE = ("folk", "group_of_people", "customer", "colleague")
_BELITTLING, _SPARED = ("person_bad", "scorn"), ("mourning", "at_one_remove")
CLASSES = (*_PEOPLE, *_BELITTLING, *_SPARED)


def find(scene: Scene, rule: Any) -> Iterator[Found]:
    """The first passage of a short draft that speaks sharply of people."""
    draft = scene.draft
    if len(draft.words) > _LONG or scene.has_link or "#" in draft.words or scene.named("competitor"):
        return
    if any(rule.hits(scene, name) for name in _SPARED):
        return
    lang, of = language(scene), draft.sentence_of
    numbers = sorted({of[hit.first] for name in _PEOPLE for hit in rule.hits(scene, name)})
    if not numbers or holds("kind", draft.words, lang):
        return
    belittled = {of[hit.first] for name in _BELITTLING for hit in rule.hits(scene, name)}
    for number in numbers:
        last = min(number + 1, len(draft.sentences) - 1)
        words = sentence(scene, number, last)
        points = weight(words, lang) + holds("tone", words, lang) - holds("self", words, lang)
        if points + _BELITTLED * (not belittled.isdisjoint((number, last))) > _SHARP:
            yield found(scene, number, last)
            return
