"""The kinds of rule: each a small class that says which keys it has and finds what it stands for.

A kind gets its keys checked by the loader, puts its phrases and patterns into the scanner when made, and yields
`Found` for a draft. Six kinds are for YAML alone; what they cannot say is `kind: python`, and what
no one rule says `kind: weighed` (built-in packs only).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

import yaml

from server import strict
from server.rules import measures
from server.rules.kind import InContext, Kind, name_role, phrases
from server.rules.model import LANGUAGES, Edit, Fix, Found
from server.rules.scan import Hit, Scanner
from server.rules.scene import Scene
from server.rules.ways import Ways
from server.rules.weighed import Weighed
from server.rules.word_classes import shared

_swaps = strict.record({lang: strict.mapping(strict.text) for lang in LANGUAGES})


class Phrase(InContext):
    """Words that stand for the thing itself. `names` in place of `phrases`: the policy's own words."""

    keys = {"phrases": phrases, "names": name_role, **InContext.keys}

    def __init__(self, given: dict[str, Any], scanner: Scanner, fix: Mapping[str, str]) -> None:
        super().__init__(given, scanner, fix)
        self.names = given.get("names")
        self.slot = scanner.slot(given.get("phrases"))
        self.begins = None if self.names else frozenset({self.slot})

    @classmethod
    def check(cls, given: dict[str, Any], node: yaml.Node, at: Any) -> None:
        super().check(given, node, at)
        if ("phrases" in given) == ("names" in given):
            raise at.child("phrases").error(node, "a phrase rule has either phrases or names")

    def find(self, scene: Scene) -> Iterator[Found]:
        hits = scene.names.get(self.names, []) if self.names else scene.hits(self.scanner, self.slot)
        return self.found(scene, hits) if hits else iter(())


class Pattern(InContext):
    """Regular expressions (RE2) on the draft in lower case."""

    keys = {"patterns": phrases, **InContext.keys}
    required = ("patterns",)

    def __init__(self, given: dict[str, Any], scanner: Scanner, fix: Mapping[str, str]) -> None:
        super().__init__(given, scanner, fix)
        self.slots = [scanner.pattern(one, lang) for lang, some in given["patterns"].items() for one in some]
        self.begins, self.begins_by_pattern = frozenset(), frozenset(self.slots)

    def find(self, scene: Scene) -> Iterator[Found]:
        if not scene.any_match(self.scanner, self.slots):
            return
        hits = []
        for slot in self.slots:
            for match in scene.matches(self.scanner, slot):
                hit = scene.tokens_within(*match.span())
                if hit:
                    hits.append(hit)
        hits.sort()
        kept: list[Hit] = []
        for hit in hits:
            if not kept or hit.first > kept[-1].last:
                kept.append(hit)
        yield from self.found(scene, kept)


class Replace(Kind):
    """Words with better ones. `swap`: by language, what stands there → what to write."""

    keys = {"swap": _swaps, "unless": phrases}
    required = ("swap",)
    gives = frozenset({"found", "to"})

    def __init__(self, given: dict[str, Any], scanner: Scanner, fix: Mapping[str, str]) -> None:
        super().__init__(given, scanner, fix)
        self.slot = scanner.slot()
        self.unless = scanner.slot(given["unless"]) if "unless" in given else None
        for lang, swaps in given["swap"].items():
            for phrase, better in swaps.items():
                scanner.add(self.slot, phrase, lang, better)

    @classmethod
    def check(cls, given: dict[str, Any], node: yaml.Node, at: Any) -> None:
        cls.wants_label(given, node, at)

    def find(self, scene: Scene) -> Iterator[Found]:
        hits = scene.hits(self.scanner, self.slot)
        never = frozenset[int]()
        if hits and self.unless:
            never = scene.around(scene.hits(self.scanner, self.unless))
        for hit in hits:
            if scene.quoted(hit.first, hit.last) or scene.within(hit, never):
                continue
            start, end = scene.draft.token_span(hit.first, hit.last)
            written, better = scene.draft.text[start:end], hit.payload
            if written.isupper() and len(written) > 3:
                better = better.upper()
            elif written[:1].isupper():
                better = better[:1].upper() + better[1:]
            fix = Fix(self.label(scene, to=better), (Edit(start, end, better),))
            yield Found(start, end, {"found": written, "to": better}, (fix,))


class Limit(Kind):
    """Too much of something that can be counted (see `measures`). `most`: how many are fine."""

    keys = {
        "of": strict.one_of(*measures.MEASURES),
        "most": strict.either(strict.one_of("cadence"), strict.whole(0, 1000)),
    }
    required = ("of", "most")
    gives = frozenset({"count", "most"})

    def __init__(self, given: dict[str, Any], scanner: Scanner, fix: Mapping[str, str]) -> None:
        super().__init__(given, scanner, fix)
        self.measure, self.most = measures.MEASURES[given["of"]], given["most"]

    def find(self, scene: Scene) -> Iterator[Found]:
        most = scene.policy.cadence_per_week if self.most == "cadence" else self.most
        if most is None:
            return
        for over in self.measure(scene, most):
            values = {"count": over.count, "most": most}
            fixes = (Fix(self.label(scene, **values), over.edits),) if over.edits and self.fix else ()
            yield Found(over.start, over.end, values, fixes)


class Require(Kind):
    """Words that need other words: where one of `when` (or `when_patterns`) stands, one of `one_of` must too.

    `or_link: true`: an address does as well. `near`, `unless`: as for a phrase.
    `within`: how many sentences away it may stand (left out: anywhere).
    """

    keys = {
        "when": phrases,
        "when_patterns": phrases,
        "one_of": phrases,
        "or_link": strict.flag,
        "within": strict.whole(0, 20),
        "near": phrases,
        "unless": phrases,
        "near_name": name_role,
    }
    required = ("one_of",)

    def __init__(self, given: dict[str, Any], scanner: Scanner, fix: Mapping[str, str]) -> None:
        super().__init__(given, scanner, fix)
        self.one_of = scanner.slot(given["one_of"])
        self.or_link, self.within = given.get("or_link", False), given.get("within")
        both = {key: given[key] for key in ("unless", "near", "near_name") if key in given}
        self.triggers: list[InContext] = []
        if "when" in given:
            self.triggers.append(Phrase({"phrases": given["when"], **both}, scanner, fix))
        if "when_patterns" in given:
            self.triggers.append(Pattern({"patterns": given["when_patterns"], **both}, scanner, fix))
        self.begins = frozenset().union(*(trigger.begins or () for trigger in self.triggers))
        self.begins_by_pattern = frozenset().union(*(trigger.begins_by_pattern for trigger in self.triggers))

    @classmethod
    def check(cls, given: dict[str, Any], node: yaml.Node, at: Any) -> None:
        if not given.keys() & {"when", "when_patterns"}:
            raise at.child("when").error(node, "is missing")

    def find(self, scene: Scene) -> Iterator[Found]:
        there: frozenset[int] | None = None
        for trigger in self.triggers:
            for found in trigger.find(scene):
                if there is None:
                    hits = scene.hits(self.scanner, self.one_of)
                    if self.or_link and scene.has_link or hits and self.within is None:
                        return
                    there = scene.around(hits, self.within or 0)
                token = scene.token_at(found.start)
                if scene.draft.sentence_of[token] not in there:
                    yield found


class Python(Kind):
    """Code beside the metadata: `<rule_id>.py` with `find(scene, rule) -> Iterator[Found]`.

    A module that asks for classes of words which all rules share names them in `CLASSES`; `rule.hits` finds them. One
    that finds nothing without any of some of these names them in `BEGINS`.
    """

    gives = frozenset({"found", "to", "count", "most"})

    def take(self, module: ModuleType) -> None:
        """Makes a module this rule's code."""
        self._code = module.find
        self._classes = {name: self.scanner.shared(name, shared().rare[name]) for name in getattr(module, "CLASSES", ())}
        if hasattr(module, "BEGINS"):
            self.begins = frozenset(self._classes[name] for name in module.BEGINS)

    def find(self, scene: Scene) -> Iterator[Found]:
        return self._code(scene, self)

    def hits(self, scene: Scene, name: str) -> list[Hit]:
        """Where words of one of its `CLASSES` stand."""
        return scene.hits(self.scanner, self._classes[name])


KINDS: Mapping[str, type[Kind]] = {
    "phrase": Phrase,
    "pattern": Pattern,
    "ways": Ways,
    "replace": Replace,
    "limit": Limit,
    "require": Require,
    "python": Python,
    "weighed": Weighed,
}
OURS_ALONE = ("python", "weighed")  # kinds that a company's pack cannot have
