"""Signs of someone else's work, weighed together: what it is, how it was come by, where it went, and who was not asked.

No sign says it alone. Each class of words (`tables/word_classes.yaml`) that stands in a sentence or the one behind it
adds its weight; more words of one class add a little; words of thanks, leave and of software trades take some away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from server.rules.model import Found
from server.rules.scene import Scene

_WEIGHTS: Mapping[str, float] = {
    "from_the_web": 2.2,
    "rough_take": 1.6,
    "unasked": 1.5,
    "closed_off": 1.2,
    "famous_figure": 1.2,
    "famous_music": 1.2,
    "maker": 0.9,
    "paid_source": 0.8,
    "licence_key": 0.7,
    "hand_out": 0.6,
    "wholly": 0.6,
    "made_work": 0.5,
    "shared_use": 0.5,
    "put_to_use": 0.4,
}
CLASSES = tuple(_WEIGHTS)
BEGINS = ("from_the_web", "rough_take", "unasked", "closed_off", "famous_figure", "famous_music", "maker", "paid_source")
_MORE, _MOST = 0.35, 2  # what each further word of a class adds, of its weight, and how many of them count
_ENOUGH, _SHORT_LEAVES = 2.7, 0.9  # weight that makes a finding; what is left off in a short draft
_SHORT = 70  # tokens; a longer draft brings such words together by chance
_CLEARED = frozenset("""
    licensed credited commissioned courtesy royalties-free permission permissions thanks contract takedown registration
    partnership partner crédité créditée commandé commande autorisation accord libre remerciements contrat partenariat
    lizenziert beauftragt erlaubnis genehmigung vertrag gemeinfrei bibliothek library bibliothèque cc cc0
    """.split())
_TRADE = frozenset("""
    api apis software developer developers user users data dataset llm llms model models engineering engineers cloud test
    tests testing ux ui product products strategy customers insights linkedin hiring ai startup startups investors market
    platform platforms candidates business growth marketing content brand brands industry trends agents agent algorithm
    utilisateur utilisateurs données développeurs produit produits stratégie marché recrutement plateforme ia contenu
    nutzer daten entwickler produkt produkte strategie markt plattform ki kunden unternehmen qa e2e sql code design
    designers designer portfolio projects project research leaders
    """.split())


def find(scene: Scene, rule: Any) -> Iterator[Found]:
    """The heaviest two sentences in a row, where they weigh enough."""
    by: dict[int, dict[str, set[str]]] = {}
    sentence_of, words = scene.draft.sentence_of, scene.draft.words
    for name in CLASSES:
        for hit in rule.hits(scene, name):
            by.setdefault(sentence_of[hit.first], {}).setdefault(name, set()).add(words[hit.first])
    enough = _ENOUGH - _SHORT_LEAVES * (len(words) < _SHORT)
    best, where = 0.0, -1
    for number in by:
        weight = _weight(by[number], by.get(number + 1, {}))
        if weight > best and weight >= enough:
            weight -= _taken_away(scene, number)
            if weight > best:
                best, where = weight, number
    if best < enough:
        return
    spans = scene.draft.sentences
    last = spans[where + 1][1] if where + 1 in by else spans[where][1]
    yield Found(*scene.draft.token_span(spans[where][0], last))


def _weight(one: Mapping[str, set[str]], other: Mapping[str, set[str]]) -> float:
    """What the classes of a sentence and of the one behind it weigh together."""
    total = 0.0
    for name, weight in _WEIGHTS.items():
        count = len(one.get(name, _NONE) | other.get(name, _NONE))
        if count:
            total += weight * (1 + _MORE * min(_MOST, count - 1))
    return total


_NONE: frozenset[str] = frozenset()


def _taken_away(scene: Scene, number: int) -> float:
    """Words that speak for leave given, or for another trade."""
    spans = scene.draft.sentences
    last = spans[min(number + 1, len(spans) - 1)][1]
    words = set(scene.draft.words[spans[number][0] : last + 1])
    return 1.2 * min(2, len(words & _CLEARED)) + 0.4 * len(words & _TRADE)
