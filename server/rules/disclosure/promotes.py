"""The second question: does it promote?

Counted are ways of speaking (`tables/promotion.yaml`) near the places where the company is named. A vacancy, an
anniversary, a lunch or a death promotes nothing; talk of pay and conditions is nobody's business here.
"""

from __future__ import annotations

from server.rules.disclosure.about import Mention
from server.rules.disclosure.asking import asked_for, calls
from server.rules.disclosure.livelihood import pay_ties
from server.rules.scene import Scene

_KINDS = ("action", "contact", "offer", "launch", "praise")
_BESIDE = frozenset(("included", "incluida", "incluido", "compresa", "compreso"))
_MONEY = frozenset("$ £ € ₹ euro euros pounds dollars brutto netto bruto net brut netos netti lordi".split())
_NOT_SUPERLATIVE = frozenset(
    "latest interest honest guest request forest harvest test rest west nest quest contest protest invest suggest "
    "digest modest manifest closest nearest last first most least next east past earnest arrest chest priest "
    "midwest unrest inquest conquest behest "
    "erste ersten nächste nächsten letzte letzten meisten meiste höchsten mindesten".split()
)


def promotes(scene: Scene, found: list[Mention], rewarded: bool) -> bool:
    """Whether the draft promotes the company or a product of it.

    Rewarded sharing is taken to promote wherever a product is named, unless the post is plainly about something
    else; without a reward, praise or a call must stand near the name.
    """
    if _tells_pay(scene) or _in_passing(scene, found):
        return False
    products = any(mention.product for mention in found)
    verbs = calls(scene)
    cues = _cues(scene, found, reach=3 if rewarded else 2)
    if "contact" in cues:
        cues.remove("contact")
        if rewarded or products:
            cues.add("action")
    worded = bool(cues)  # by more than verbs that ask
    if _near(scene, found, verbs, 3 if rewarded else 2):
        cues.add("call")
    direct = bool(found) and asked_for(scene, found, verbs)
    if direct:
        cues.add("action")
    asks = bool(cues & {"action", "offer"})
    if _stands_near(scene, found, "sober"):
        return products and "offer" in cues and len(cues) > 1
    several = len(cues) > 1
    if _stands_near(scene, found, "quiet"):
        if direct and (products or "praise" in cues) or products and "praise" in cues and _near(scene, found, verbs, 1):
            return True
        several = len(cues - {"call"}) > 1
        return several and (asks if rewarded and not products else products and (rewarded or asks))
    at_hand = _near(scene, found, verbs, 2 if products else 1)
    if not rewarded:
        if products:
            return several or bool(cues & {"praise", "action"}) or at_hand
        return several and asks and worded
    return asks or products or _links_to_item(scene) or bool(cues - {"call"}) or at_hand


def everyday(scene: Scene, found: list[Mention]) -> bool:
    """Whether the draft is about life, news, grief or pay rather than about what the company offers."""
    if _tells_pay(scene) or _in_passing(scene, found):
        return True
    return _stands_near(scene, found, "quiet") or _stands_near(scene, found, "sober")


def _tells_pay(scene: Scene) -> bool:
    """Whether people say what they earn: "I make $118,400 as an analyst". Pay is theirs to talk about."""
    words, of = scene.draft.words, scene.draft.sentence_of
    for hit in scene.cues("earn"):
        for index in range(max(0, hit.first - 6), min(hit.last + 7, len(words))):
            number = words[index].removesuffix("k")
            if of[index] == of[hit.first] and number.isdigit() and (_money(words, index) or len(number) > 2):
                return True
    return False


def _money(words: list[str], index: int) -> bool:
    """Whether a number is a sum: with a sign of money, or with thousands set apart."""
    around = words[max(0, index - 1) : index + 3]
    return any(word in _MONEY for word in around) or words[index + 1 : index + 2] in ([","], ["."]) and len(around) > 3


def _in_passing(scene: Scene, found: list[Mention]) -> bool:
    """Whether the company is named only as one of several, or as news: "twelve vendors, Acme among them"."""
    if not found or any(mention.product for mention in found) or not scene.cues("passing"):
        return False
    behind = {mention.last + 1 for mention in found}
    words = scene.draft.words
    # "Acme included" names it among others; "breakfast included" does not.
    said = scene.around(h for h in scene.cues("passing") if words[h.first] not in _BESIDE or h.first in behind)
    if not all(scene.draft.sentence_of[mention.first] in said for mention in found):
        return False
    return not asked_for(scene, found, calls(scene), by_name=True)


def _near(scene: Scene, found: list[Mention], verbs: list[int], reach: int) -> bool:
    """Whether the reader is asked for something within `reach` sentences of a mention; with an item used, anywhere."""
    if not found:
        return bool(verbs)
    sentences, of = scene.around(found, reach), scene.draft.sentence_of
    return any(of[verb] in sentences for verb in verbs)


def _stands_near(scene: Scene, found: list[Mention], name: str) -> bool:
    """Whether everyday life (or something sober) is spoken of near a mention."""
    named = {token for mention in found for token in range(mention.first, mention.last + 1)}
    hits = [hit for hit in scene.cues(name) if hit.first not in named]  # a company called "… Credit Union"
    if name == "sober" and hits:
        # "They pay my salary" says who one works for; it is no talk of pay.
        told = {token for hit in scene.cues("explicit") for token in range(hit.first, hit.last + 1)}
        told.update(token for first, last in pay_ties(scene, found) for token in range(first, last + 1))
        hits = [hit for hit in hits if hit.first not in told]
    if not hits or not found:
        return bool(hits)
    sentences = scene.around(found, 1)
    return any(scene.within(hit, sentences) for hit in hits)


def _links_to_item(scene: Scene) -> bool:
    url = scene.context.item_url
    return bool(url) and scene.has_link and url.split("//")[-1].rstrip("/").lower() in scene.draft.low


def _cues(scene: Scene, found: list[Mention], reach: int) -> set[str]:
    """The kinds of promotion that stand within `reach` sentences of a mention; of an item used, anywhere."""
    sentences = scene.around(found, reach) if found else None
    named = {token for mention in found for token in range(mention.first, mention.last + 1)}
    cues = {
        kind
        for kind in _KINDS
        if any(
            (sentences is None or scene.within(hit, sentences))
            and not (hit.first in named and hit.last in named)  # a product called "Best Brew" is no praise
            for hit in scene.cues(kind)
        )
    }
    if "praise" not in cues and _superlative(scene, sentences):
        cues.add("praise")
    if "offer" not in cues and _reduced(scene, sentences):
        cues.add("offer")
    return cues


def _reduced(scene: Scene, sentences: frozenset[int] | None) -> bool:
    """Whether something is cheaper by so much: -20 %."""
    words, of = scene.draft.words, scene.draft.sentence_of
    for index in scene.draft.places.get("%", ()):
        if index > 1 and words[index - 1].isdigit() and words[index - 2] == "-":
            if (sentences is None or of[index] in sentences) and (index == 2 or not words[index - 3][-1:].isdigit()):
                return True
    return False


def _superlative(scene: Scene, sentences: frozenset[int] | None) -> bool:
    """Whether something is called the …est (German: der …ste) near a mention."""
    words, of = scene.draft.words, scene.draft.sentence_of
    german = scene.lang == "de"
    for index, word in enumerate(words):
        if len(word) < 6 or index == 0:
            continue
        before = words[index - 1]
        if (
            word.endswith("est")
            and before == "the"
            or german
            and word.endswith(("ste", "sten", "stes", "ster"))
            and before in ("der", "die", "das", "am", "den")
        ) and word not in _NOT_SUPERLATIVE:
            if sentences is None or of[index] in sentences:
                return True
    return False
