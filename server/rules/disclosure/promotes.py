"""The second question: does it promote?

Counted are ways of speaking (`tables/promotion.yaml`) near the places where the company is named. A vacancy, an
anniversary, a lunch or a death promotes nothing; talk of pay and conditions is nobody's business here.
"""

from __future__ import annotations

from server.rules.disclosure.about import Mention
from server.rules.scene import Scene

_KINDS = ("action", "offer", "launch", "praise")
_CLAUSE = frozenset((",", ":", "-", "(", "and", "et", "und", "y", "e", "en", "then", "so", "just", "please"))
# Forms that ask several readers: venez, probadlas, assaggiatelo.
_ENDINGS = {
    "fr": ("ez",),
    "es": ("adlo", "adla", "adlos", "adlas", "edlo", "edla", "edlos", "edlas", "idlo", "idla", "idlos", "idlas", "aos"),
    "it": ("telo", "tela", "teli", "tele", "tevi", "tene"),
}
_NO_CALL = frozenset("chez assez avez savez voulez pouvez devez connaissez tele clientele parentele".split())
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
    products = any(mention.product for mention in found)
    cues = _cues(scene, found, reach=3 if rewarded else 2)
    asks = bool(cues & {"action", "offer"})
    if _stands_near(scene, found, "sober"):
        return products and "offer" in cues and len(cues) > 1
    several = len(cues) > 1
    if _stands_near(scene, found, "quiet"):
        several = len(cues - {"call"}) > 1
        return several and (asks if rewarded and not products else products and (rewarded or asks))
    if not rewarded:
        if products:
            return several or bool(cues & {"praise", "action"})
        return several and asks
    return asks or products or _links_to_item(scene) or bool(cues - {"call"})


def _stands_near(scene: Scene, found: list[Mention], name: str) -> bool:
    """Whether everyday life (or something sober) is spoken of near a mention."""
    hits = scene.cues(name)
    if name == "sober" and hits:
        # "They pay my salary" says who one works for; it is no talk of pay.
        told = {token for hit in scene.cues("explicit") for token in range(hit.first, hit.last + 1)}
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
    if _calls(scene, sentences):
        cues.add("call")
        if _calls_for(scene, {mention.first for mention in found if mention.product}):
            cues.add("action")
    return cues


def _calls_for(scene: Scene, products: set[int]) -> bool:
    """Whether the reader is asked for a product by name: "Stop scrolling and open a FlexiPot"."""
    starts = scene.draft.sentence_start
    return any(
        not products.isdisjoint(range(hit.last + 1, hit.last + 4))
        and (hit.first in starts or scene.draft.words[hit.first - 1] in _CLAUSE)
        for hit in scene.cues("call")
    )


def _calls(scene: Scene, sentences: frozenset[int] | None) -> bool:
    """Whether a clause opens with a verb that asks the reader for something: "Swing by", "Filez-y", "Probadlas"."""
    draft, words = scene.draft, scene.draft.words
    for hit in scene.cues("call"):
        before = words[hit.first - 1] if hit.first else "."
        if (hit.first in draft.sentence_start or before in _CLAUSE) and (
            sentences is None or scene.within(hit, sentences)
        ):
            return True
    endings = _ENDINGS.get(scene.lang or "")
    if not endings:
        return False
    of = draft.sentence_of
    for index, word in enumerate(words):
        if len(word) > 4 and word.endswith(endings) and word not in _NO_CALL:
            before = words[index - 1] if index else "."
            opens = index in draft.sentence_start or before in _CLAUSE or scene.lang in ("es", "it")
            if opens and (sentences is None or of[index] in sentences) and not _asked(words, index):
                return True
    return False


def _asked(words: list[str], index: int) -> bool:
    """Whether a question mark ends the clause: "Connaissez-vous …?" asks, but for nothing."""
    for word in words[index : index + 40]:
        if word in ".!\n":
            return False
        if word == "?":
            return True
    return False


def _reduced(scene: Scene, sentences: frozenset[int] | None) -> bool:
    """Whether something is cheaper by so much: -20 %."""
    words, of = scene.draft.words, scene.draft.sentence_of
    for index in range(2, len(words)):
        if words[index] == "%" and words[index - 1].isdigit() and words[index - 2] == "-":
            if (sentences is None or of[index] in sentences) and not words[index - 3][-1:].isdigit():
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
