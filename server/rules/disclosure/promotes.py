"""The second question: does it promote?

Counted are ways of speaking (`tables/promotion.yaml`) near the places where the company is named. A vacancy, an
anniversary, a lunch or a death promotes nothing; talk of pay and conditions is nobody's business here.
"""

from __future__ import annotations

from server.rules.disclosure.about import Mention
from server.rules.scene import Scene

_KINDS = ("action", "offer", "launch", "praise")
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
    products = [mention for mention in found if mention.product]
    cues = _cues(scene, found, reach=2)
    asks = bool(cues & {"action", "offer"})
    if _stands_near(scene, found, "sober"):
        return bool(products) and "offer" in cues and len(cues) > 1
    quiet = _stands_near(scene, found, "quiet")
    if not rewarded:
        if quiet:
            return bool(products) and asks and len(cues) > 1
        if products:
            return bool(cues & {"praise", "action"}) or len(cues) > 1
        return asks and len(cues) > 1
    if asks:
        return True
    if products or _links_to_item(scene):
        return not quiet or len(cues) > 1
    return bool(cues) and not quiet


def _stands_near(scene: Scene, found: list[Mention], name: str) -> bool:
    """Whether everyday life (or something sober) is spoken of near a mention."""
    hits = scene.cues(name)
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
    return cues


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
