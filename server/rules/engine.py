"""The rule engine: text, policy and context in; a verdict, the fold and findings out. It knows no store and no web."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from server.policy import Policy
from server.rules import loader
from server.rules.disclosure import fixes as disclosure_fixes
from server.rules.disclosure import verdict as disclosure
from server.rules.disclosure.about import mentions
from server.rules.disclosure.owed import LABEL
from server.rules.disclosure.relationship import says_relationship
from server.rules.disclosure.tables import jurisdiction, work_words
from server.rules.fold import fold
from server.rules.language import detect
from server.rules.model import LANGUAGES, LEVEL_ORDER, Check, Context, Finding, Found, Rule
from server.rules.names import Names
from server.rules.prepare import brief, fold_accents, prepare
from server.rules.scan import Scanner
from server.rules.scene import Scene
from server.rules.weighed import Weighed, named_slots, weights
from server.rules.word_classes import shared

MOST_OF_ONE_RULE = 5  # findings; a person mends the first few and sees the rest after


class BuiltIn:
    """The built-in packs, read and compiled once for all policies."""

    def __init__(self) -> None:
        self.scanner = Scanner()
        self.cues, self.job_places = disclosure.register(self.scanner)
        self.rules: list[Rule] = []
        digest = hashlib.sha256()
        for pack in loader.CATEGORIES:
            rules, read = loader.read_pack(loader.BUILT_IN / pack, self.scanner, built_in=True)
            self.rules += rules
            digest.update(read.encode())
        for path in sorted((Path(__file__).parent / "tables").rglob("*.yaml")):
            digest.update(path.read_bytes())
        slots = named_slots({rule.id: rule.finder for rule in self.rules}, self.scanner)
        for rule in self.rules:
            if isinstance(rule.finder, Weighed):
                rule.finder.bind(rule.category, slots)
        weights.cache_clear()
        self.scanner.warm()
        shared.cache_clear()  # its words stand in the scanner now; a company's rule that wants them has them read again
        self.digest = digest.hexdigest()


@lru_cache(maxsize=1)
def built_in() -> BuiltIn:
    """The built-in packs; read at the first call."""
    return BuiltIn()


class Engine:
    """One policy with its rules, compiled. Holds nothing of any draft, so threads may share it."""

    def __init__(self, policy: Policy, company_packs: Sequence[Path] = ()) -> None:
        """Raises StrictError for a company pack that cannot be read."""
        self.policy = policy
        base = built_in()
        self._base = base
        self._own = Scanner()
        own_rules: list[Rule] = []
        digest = hashlib.sha256(base.digest.encode() + repr(policy).encode("utf-8", "replace"))
        for folder in company_packs:
            rules, read = loader.read_pack(Path(folder), self._own)
            own_rules += rules
            digest.update(read.encode())
        self._own.warm()
        self.rules: list[Rule] = [rule for rule in base.rules if rule.pack in policy.packs] + own_rules
        self.version: str = digest.hexdigest()[:16]
        # Most rules have nothing to say of most drafts: only those are asked whose first words are there.
        own = set(map(id, own_rules))
        self._begun: dict[int, list[int]] = {}
        self._matched: dict[int, list[int]] = {}
        self._always: list[int] = []
        for number, rule in enumerate(self.rules):
            if rule.finder.begins is None or id(rule) in own:
                self._always.append(number)
            else:
                for slot in rule.finder.begins:
                    self._begun.setdefault(slot, []).append(number)
                for slot in rule.finder.begins_by_pattern:
                    self._matched.setdefault(slot, []).append(number)
        self._names = Names(policy)
        self._discloses = "disclosure" in policy.packs
        self._likely = self._likely_languages()

    def check(
        self,
        text: str,
        *,
        lang: str | None = None,
        context: Context = Context(),
        ui_lang: str = "en",
        alone: str | None = None,
    ) -> Check:
        """Check one draft. Never raises, whatever the text.

        `lang`: its language where known, else it is detected. `alone`: the findings of this one rule, whatever others say.
        """
        started = time.perf_counter()
        scene = self._scene(text, lang, context, ui_lang)
        judgement = disclosure.judge(scene) if self._discloses else None
        scene.judgement = judgement
        findings = _said_once(one for one in self._findings(scene) if alone is None or one[1].rule == alone)
        return Check(
            disclosure=judgement.verdict if judgement else "not_required",
            jurisdiction=judgement.where if judgement else self.policy.jurisdictions[0],
            lang=scene.lang,
            fold=scene.fold,
            findings=tuple(findings),
            ms=round((time.perf_counter() - started) * 1000, 3),
        )

    def labelled(self, text: str, *, lang: str | None = None, context: Context = Context()) -> str:
        """The text with the advertising label first where its reward makes one due and none is in view."""
        scene = self._scene(text, lang, context, "en")
        judgement = disclosure.judge(scene) if self._discloses else None
        if judgement is None or judgement.owed != LABEL or judgement.verdict == "present":
            return text
        return disclosure_fixes.front_label(scene) + text.lstrip()

    def is_about_work(self, text: str, *, lang: str | None = None) -> bool:
        """Whether a text is about work: it names the company, or bears a word of work, as "our" or "hiring".

        True where the policy has no company: then nobody can tell. When in doubt it is: a post that is missing from the
        history is missed, one too many is deleted.
        """
        if self.policy.company is None:
            return True
        scene = self._scene(text, lang, Context(), "en")
        if any(fold_accents(word) in work_words() for word in scene.draft.words):
            return True
        found = mentions(scene)
        return bool(found or says_relationship(scene, found))

    def _scene(self, text: str, lang: str | None, context: Context, ui_lang: str) -> Scene:
        draft = prepare(text)
        if lang is not None:
            lang = lang.lower().split("-")[0]
        if lang not in LANGUAGES:
            lang = detect(draft, self._likely)
        scene = Scene(draft, lang, self.policy, context, ui_lang, fold(text), self._names)
        scene.scan(self._base.scanner)
        scene.scan(self._own)
        scene.take_cues(self._base.scanner, self._base.cues, self._base.job_places)
        return scene

    def _findings(self, scene: Scene) -> Iterator[tuple[str, Finding]]:
        asked, begun = set(self._always), self._begun
        for slot in scene.slots(self._base.scanner):
            if slot in begun:
                asked.update(begun[slot])
        for slot in scene.patterns(self._base.scanner):
            asked.update(self._matched.get(slot, ()))
        for rule in map(self.rules.__getitem__, sorted(asked)):
            for number, found in enumerate(rule.finder.find(scene)):
                if number == MOST_OF_ONE_RULE:
                    break
                yield rule.pack, _finding(rule, found, scene.ui_lang)

    def _likely_languages(self) -> tuple[str, ...]:
        known = [lang for where in self.policy.jurisdictions for lang in jurisdiction(where).languages]
        return tuple(dict.fromkeys([*known, "en"]))


def _finding(rule: Rule, found: Found, ui_lang: str) -> Finding:
    message = found.message or (rule.message.get(ui_lang) or rule.message["en"]).format_map(_Shown(found.values))
    why = found.why or (rule.why.get(ui_lang) or rule.why["en"]).format_map(_Shown(found.values))
    return Finding(
        rule=rule.id,
        category=rule.category,
        level=found.level or rule.level,
        message=message,
        why=why,
        sources=found.sources if found.sources is not None else rule.sources,
        start=found.start,
        end=found.end,
        jurisdiction=found.jurisdiction,
        fixes=found.fixes,
    )


def _said_once(found: Iterable[tuple[str, Finding]]) -> list[Finding]:
    """In the order they are shown; what another rule of the same pack says as firmly of the same words is left out.

    A suggestion also gives way to a firmer finding that it merely touches: one thing at a time.
    """
    kept: list[tuple[str, Finding]] = []
    for pack, one in sorted(found, key=lambda of: (LEVEL_ORDER[of[1].level], of[1].start, -of[1].end, of[1].rule)):
        covered = any(
            other.rule != one.rule
            and (other_pack, other.category) == (pack, one.category)
            and (_covers(other, one) if other.level == one.level else other.start < one.end and one.start < other.end)
            for other_pack, other in kept
        )
        if not covered:
            kept.append((pack, one))
    return [one for _, one in kept]


def _covers(wide: Finding, narrow: Finding) -> bool:
    return wide.start <= narrow.start and narrow.end <= wide.end


class _Shown(dict[str, object]):
    """Values for a message, words of the draft in brief."""

    def __getitem__(self, key: str) -> object:
        value = super().__getitem__(key)
        return brief(value) if isinstance(value, str) else value

