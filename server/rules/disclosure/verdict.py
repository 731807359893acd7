"""The four questions put together: a verdict for each jurisdiction, and the worst of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from server.rules.disclosure import tables
from server.rules.disclosure.about import Mention, is_about, mentions
from server.rules.disclosure.owed import LABEL, RELATIONSHIP, owed, rewarded
from server.rules.disclosure.promotes import everyday, promotes
from server.rules.disclosure.relationship import says_relationship
from server.rules.disclosure.there import UNCLEAR, Mark, denial_hits, marks, placed
from server.rules.model import VERDICTS
from server.rules.prepare import fold_accents
from server.rules.scan import Hit, Scanner
from server.rules.scene import Scene


@dataclass(slots=True)
class Judgement:
    """What one jurisdiction says: its verdict, what was owed, and the mark or denial that decided."""

    where: str
    verdict: str
    owed: str | None = None
    mark: Mark | None = None
    denial: Hit | None = None
    doubtful: bool = False  # what the table holds in doubt: said as a suggestion
    national: str | None = None  # the national label, where a plain word of another language stands
    mentions: list[Mention] = field(default_factory=list)


def register(scanner: Scanner) -> tuple[dict[str, int], frozenset[str]]:
    """Put the check's lists of phrases into a scanner; their slots by name, and the words between job and company."""
    slots = {name: scanner.slot(some) for name, some in tables.promotion().items()}
    slots["denial"] = scanner.slot(tables.denials()["phrases"])
    said = tables.relationship()
    slots["statement_label"] = scanner.slot(said["statements"]["label"])
    slots["statement_paid"] = scanner.slot(said["statements"]["paid"])
    slots["somebody"] = scanner.slot(said["somebody"])
    slots["job"] = scanner.slot({lang: job["person"] for lang, job in said["job"].items()})
    slots["maker"] = scanner.slot({lang: some["who"] for lang, some in said["makers"].items()})
    for name in ("explicit", "implicit"):
        for suffix in ("", "_before", "_after"):
            slots[name + suffix] = scanner.slot()
        for lang, phrases in said[name].items():
            for phrase in phrases:
                if phrase.endswith(" X"):
                    scanner.add(slots[name + "_before"], phrase[:-2], lang)
                elif phrase.startswith("X "):
                    scanner.add(slots[name + "_after"], phrase[2:], lang)
                else:
                    scanner.add(slots[name], phrase, lang)
    return slots, frozenset(place for job in said["job"].values() for place in job["place"])


def judge(scene: Scene) -> Judgement:
    """The worst judgement of the policy's jurisdictions; the first of equally bad ones."""
    if scene.policy.company is None:
        return Judgement(scene.policy.jurisdictions[0], "not_required")
    found = mentions(scene)
    judgements = [_judge_in(scene, where, found) for where in scene.policy.jurisdictions]
    return min(judgements, key=_badness)


def _badness(judgement: Judgement) -> tuple[int, bool, bool, bool]:
    """What sorts judgements, worst first; among equal verdicts those that demand, then those that suggest."""
    suggests = judgement.doubtful or judgement.national is not None
    present = judgement.verdict == "present"
    return VERDICTS.index(judgement.verdict), suggests is not present, not judgement.doubtful, not judgement.national


def _judge_in(scene: Scene, where: str, found: list[Mention]) -> Judgement:
    is_rewarded = rewarded(scene)
    if not found and not is_rewarded and not scene.context.item_url:
        return Judgement(where, "not_required")
    table = tables.jurisdiction(where)
    there = marks(scene, tables.labels(where, scene.lang), found, table)
    labelled = is_rewarded and any(mark.form != "phrase" for mark in there)
    declared = is_rewarded and any(
        mark.grade == "accepted" and mark.form != "phrase" and placed(scene, mark, "start") for mark in there
    )
    if not declared:
        if not is_about(scene, found):  # asked first: who speaks is the dearer question
            involved = labelled or any(outright for _, outright in says_relationship(scene, found))
            if not is_about(scene, found, involved):
                return Judgement(where, "not_required")
        promoting = labelled or _reward_of_item(scene, is_rewarded) or promotes(scene, found, is_rewarded)
        if not promoting and not _speaks_up(scene, found, is_rewarded, there):
            return Judgement(where, "not_required")
    due = owed(True, is_rewarded, table)
    if due is None:
        return Judgement(where, "not_required")
    judge_it = _for_label if due == LABEL else _for_relationship
    judgement = judge_it(scene, table, there, found)
    judgement.owed, judgement.mentions = due, found
    if due == RELATIONSHIP and table.unrewarded != "required" and judgement.verdict != "present":
        judgement.doubtful = True
    return judgement


def _speaks_up(scene: Scene, found: list[Mention], is_rewarded: bool, there: list[Mark]) -> bool:
    """Whether a draft that names a product and owes nothing says all the same, at once, who is speaking.

    Its author took it for a recommendation, and said what that needs.
    """
    if is_rewarded or not any(mention.product for mention in found) or everyday(scene, found):
        return False
    good = [mark for mark, outright in says_relationship(scene, found) if outright]
    good += [mark for mark in there if mark.grade == "accepted" and mark.form != "phrase"]
    return any(placed(scene, mark, "view") for mark in good)


def _reward_of_item(scene: Scene, is_rewarded: bool) -> bool:
    """Whether the item used names a reward of its own: sharing it is then advertising, whatever the words."""
    return is_rewarded and bool(scene.context.reward)


def _for_label(scene: Scene, table: tables.Jurisdiction, there: list[Mark], found: list[Mention]) -> Judgement:
    good = [mark for mark in there if mark.grade in ("accepted", "doubtful")]
    seen = [mark for mark in good if placed(scene, mark, table.place)]
    outright = [mark for mark, said in says_relationship(scene, found) if said]
    if table.rewarded_relationship == "accepted":
        seen += [mark for mark in outright if placed(scene, mark, "view")]
        good += outright
    best = min(seen, key=lambda mark: mark.grade, default=None)  # "accepted" < "doubtful"
    if best:
        doubtful = best.grade == "doubtful"
        national = tables.national_label(table, scene.lang, scene.policy.jurisdictions)
        beside = any(tables.is_national(table, _key(scene, mark)) for mark in good) if national else False
        if doubtful or beside or best.form == "phrase":
            national = None
        return Judgement(table.id, "present", mark=best, doubtful=doubtful, national=national)
    denied = denial_hits(scene)
    if scene.context.platform_label and table.platform_label == "accepted" and not denied:
        return Judgement(table.id, "present")
    if good:
        return Judgement(table.id, "buried", mark=good[0])
    judgement = _second_best(scene, table, there)
    if judgement:
        return judgement
    if denied:
        return Judgement(table.id, "missing", denial=denied[0])
    if outright:
        doubtful = table.rewarded_relationship == "contested" and placed(scene, outright[0], "view")
        return Judgement(table.id, "inadequate", mark=outright[0], doubtful=doubtful)
    return Judgement(table.id, "missing")


def _second_best(scene: Scene, table: tables.Jurisdiction, there: list[Mark]) -> Judgement | None:
    """The judgement of what was meant as a label and is none here: unclear, contested, weak."""
    for grade, verdict in ((UNCLEAR, "ambiguous"), ("contested", "inadequate"), ("weak", "inadequate")):
        mark = next((mark for mark in there if mark.grade == grade), None)
        if mark:
            doubtful = grade == "contested" and placed(scene, mark, table.place)
            return Judgement(table.id, verdict, mark=mark, doubtful=doubtful)
    return None


def _key(scene: Scene, mark: Mark) -> str:
    """The letters of a mark, as the tables have hashtags."""
    return "".join(fold_accents(word) for word in scene.draft.words[mark.first : mark.last + 1] if word != "#")


def _for_relationship(scene: Scene, table: tables.Jurisdiction, there: list[Mark], found: list[Mention]) -> Judgement:
    good = [mark for mark, _ in says_relationship(scene, found)]
    good += [mark for mark in there if mark.grade in ("accepted", "doubtful")]
    seen = next((mark for mark in good if placed(scene, mark, "view")), None)
    if seen:
        return Judgement(table.id, "present", mark=seen)
    if good:
        return Judgement(table.id, "buried", mark=good[0])
    return _second_best(scene, table, there) or Judgement(table.id, "missing")


__all__ = ["Judgement", "LABEL", "RELATIONSHIP", "judge", "register"]
