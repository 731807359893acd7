"""The four questions put together: a verdict for each jurisdiction, and the worst of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from server.rules.disclosure import tables
from server.rules.disclosure.about import Mention, is_about, mentions
from server.rules.disclosure.owed import LABEL, RELATIONSHIP, owed, rewarded
from server.rules.disclosure.promotes import everyday, promotes
from server.rules.disclosure.relationship import says_relationship
from server.rules.disclosure.marking import UNCLEAR, Mark
from server.rules.disclosure.there import denial_hits, marks, placed
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
    slots["denial"] = scanner.slot(_hasty(tables.denials()["phrases"]))
    said = tables.relationship()
    slots["statement_label"] = scanner.slot(_hasty(said["statements"]["label"]))
    slots["statement_paid"] = scanner.slot(_hasty(said["statements"]["paid"]))
    slots["somebody"] = scanner.slot(said["somebody"])
    slots["job"] = scanner.slot(_hasty({lang: job["person"] for lang, job in said["job"].items()}))
    slots["maker"] = scanner.slot({lang: some["who"] for lang, some in said["makers"].items()})
    for name in ("explicit", "implicit"):
        for suffix in ("", "_before", "_after"):
            slots[name + suffix] = scanner.slot()
        for lang, phrases in _hasty(said[name]).items():
            for phrase in phrases:
                if phrase.endswith(" X"):
                    scanner.add(slots[name + "_before"], phrase[:-2], lang)
                elif phrase.startswith("X "):
                    scanner.add(slots[name + "_after"], phrase[2:], lang)
                else:
                    scanner.add(slots[name], phrase, lang)
    return slots, frozenset(place for job in said["job"].values() for place in job["place"])


def _hasty(phrases: dict[str, list[str]]) -> dict[str, list[str]]:
    """Phrases also as people type them who leave apostrophes out: im biased, cest une pub."""
    return {lang: [*some, *(one.replace("'", "") for one in some if "'" in one)] for lang, some in phrases.items()}


class _Told:
    """What a draft tells, whoever judges it: each asked only where it matters, and once for all jurisdictions."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.mentions = mentions(scene)
        self.rewarded = rewarded(scene)

    @cached_property
    def relationship(self) -> list[tuple[Mark, bool]]:
        """Where it says (True) or lets one see (False) that its author works for the company."""
        return says_relationship(self.scene, self.mentions)

    @cached_property
    def outright(self) -> list[Mark]:
        """Where it says so."""
        return [mark for mark, said in self.relationship if said]

    @cached_property
    def promotes(self) -> bool:
        """Sharing an item with a reward of its own is advertising, whatever the words."""
        own_reward = self.rewarded and bool(self.scene.context.reward)
        return own_reward or promotes(self.scene, self.mentions, self.rewarded)

    @cached_property
    def everyday(self) -> bool:
        return everyday(self.scene, self.mentions)


def judge(scene: Scene) -> Judgement:
    """The worst judgement of the policy's jurisdictions; the first of equally bad ones."""
    if scene.policy.company is None:
        return Judgement(scene.policy.jurisdictions[0], "not_required")
    told = _Told(scene)
    return min((_judge_in(told, where) for where in scene.policy.jurisdictions), key=_badness)


def _badness(judgement: Judgement) -> tuple[int, bool, bool, bool]:
    """What sorts judgements, worst first; among equal verdicts those that demand, then those that suggest."""
    suggests = judgement.doubtful or judgement.national is not None
    present = judgement.verdict == "present"
    return VERDICTS.index(judgement.verdict), suggests is not present, not judgement.doubtful, not judgement.national


def _judge_in(told: _Told, where: str) -> Judgement:
    scene, found = told.scene, told.mentions
    if not found and not told.rewarded and not scene.context.item_url:
        return Judgement(where, "not_required")
    table = tables.jurisdiction(where)
    there = marks(scene, tables.labels(where, scene.lang), found, table)
    labelled = told.rewarded and any(mark.meant for mark in there)
    declared = told.rewarded and any(
        mark.grade == "accepted" and mark.form != "phrase" and placed(scene, mark, "start") for mark in there
    )
    if not declared:
        if not is_about(scene, found):  # asked first: who speaks is the dearer question
            if not found or not is_about(scene, found, labelled or bool(told.outright)):
                return Judgement(where, "not_required")
        if not (labelled or told.promotes) and not _speaks_up(told, there):
            return Judgement(where, "not_required")
    due = owed(True, told.rewarded, table)
    if due is None:
        return Judgement(where, "not_required")
    judgement = _for_label(told, table, there) if due == LABEL else _for_relationship(told, table, there)
    judgement.owed, judgement.mentions = due, found
    if due == RELATIONSHIP and table.unrewarded != "required" and judgement.verdict != "present":
        judgement.doubtful = True
    return judgement


def _speaks_up(told: _Told, there: list[Mark]) -> bool:
    """Whether a draft that names a product and owes nothing says all the same, at once, who is speaking.

    Its author took it for a recommendation, and said what that needs.
    """
    if told.rewarded or not any(mention.product for mention in told.mentions) or told.everyday:
        return False
    good = told.outright + [mark for mark in there if mark.grade == "accepted" and mark.form != "phrase"]
    return any(placed(told.scene, mark, "view") for mark in good)


def _for_label(told: _Told, table: tables.Jurisdiction, there: list[Mark]) -> Judgement:
    scene, outright = told.scene, told.outright
    good = [mark for mark in there if mark.grade in ("accepted", "doubtful")]
    seen = [mark for mark in good if placed(scene, mark, table.place)]
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


def _for_relationship(told: _Told, table: tables.Jurisdiction, there: list[Mark]) -> Judgement:
    scene = told.scene
    good = [mark for mark, _ in told.relationship]
    good += [mark for mark in there if mark.grade in ("accepted", "doubtful")]
    seen = next((mark for mark in good if placed(scene, mark, "view")), None)
    if seen:
        return Judgement(table.id, "present", mark=seen)
    if good:
        return Judgement(table.id, "buried", mark=good[0])
    return _second_best(scene, table, there) or Judgement(table.id, "missing")
