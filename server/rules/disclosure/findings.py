"""What the disclosure check tells the person: at most one thing, with what mends it."""

from __future__ import annotations

from collections.abc import Iterator

from server.rules.disclosure import tables
from server.rules.disclosure.fixes import doubtful_fix, fixes, front_label, national_fix, shown
from server.rules.disclosure.owed import LABEL
from server.rules.disclosure.verdict import Judgement
from server.rules.model import UI_LANGUAGES, Found
from server.rules.prepare import brief
from server.rules.scene import Scene


def findings(scene: Scene, judgement: Judgement) -> Iterator[Found]:
    """The finding of a verdict that asks for something; a suggestion where a label is accepted with a doubt."""
    if judgement.verdict == "not_required":
        return
    if judgement.verdict == "present" and not judgement.doubtful and not judgement.national:
        return
    table = tables.jurisdiction(judgement.where)
    ui = scene.ui_lang if scene.ui_lang in UI_LANGUAGES else "en"
    words = tables.sayings()[0][ui]
    first, last = _span(judgement)
    start, end = scene.draft.token_span(first, last) if scene.draft.words else (0, 0)
    put = judgement.national if judgement.verdict == "present" and judgement.national else None
    label = shown(put or front_label(scene))
    place = table.name[ui]
    found = brief(scene.draft.text[start:end])
    values = {"label": label, "found": found, "place": place[0].upper() + place[1:], "where": place}
    values["reward"] = scene.context.reward or ""
    if put:
        message, why, level = "national", "why_national", "suggestion"
        mending = national_fix(put, words)
    elif judgement.verdict == "present":
        assert judgement.mark is not None
        message, why, level = "doubtful", "why_doubtful", "suggestion"
        mending = doubtful_fix(scene, judgement.mark, words)
    else:
        message, why, level = _key(scene, judgement, table)
        mending = fixes(scene, judgement, words)
    yield Found(
        start,
        end,
        fixes=mending,
        level=level,
        message=words[message].format(**values),
        why=words[why].format(**values),
        sources=table.sources,
        jurisdiction=table.id,
    )


def _key(scene: Scene, judgement: Judgement, table: tables.Jurisdiction) -> tuple[str, str, str]:
    """Which words are said: message, why, level."""
    if judgement.owed != LABEL:
        required = table.unrewarded == "required"
        key = {"buried": "relationship_late", "missing": "relationship"}.get(judgement.verdict, "relationship_weak")
        return key, "why_relationship" if required else "why_advice", "required" if required else "suggestion"
    if judgement.verdict == "missing":
        if judgement.denial is not None:
            return "denied", "why_denied", "required"
        reward = scene.context.reward
        named = reward and "point" not in reward.lower() and "punkt" not in reward.lower()
        return "missing", "why_reward" if named else "why_rewarded", "required"
    if judgement.verdict == "buried":
        return "buried", "why_start" if table.place == "start" else "why_place", "required"
    if judgement.doubtful:
        return "doubtful", "why_doubtful", "suggestion"
    return "unclear" if judgement.verdict == "ambiguous" else "inadequate", "why_label", "required"


def _span(judgement: Judgement) -> tuple[int, int]:
    """The tokens that the finding points at: the label, the denial, else the first sure mention."""
    if judgement.denial is not None:
        return judgement.denial.first, judgement.denial.last
    if judgement.mark is not None:
        return judgement.mark.first, judgement.mark.last
    for mention in (*(m for m in judgement.mentions if m.sure), *judgement.mentions):
        return mention.first, mention.last
    return 0, 0
