"""The kinds of rule: each a small class that says which keys it has and finds what it stands for.

A kind gets its keys checked by the loader, puts its phrases and patterns into the scanner when made, and yields
`Found` for a draft. Five kinds are for YAML alone; what they cannot say is `kind: python` (built-in packs only).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import yaml

from server import strict
from server.rules import measures
from server.rules.model import LANGUAGES, Edit, Fix, Found
from server.rules.scan import Hit, PatternError, Scanner
from server.rules.scene import Scene

_list = strict.list_of(strict.text, least=1)
_by_language = strict.record({lang: _list for lang in LANGUAGES})
_swaps = strict.record({lang: strict.mapping(strict.text) for lang in LANGUAGES})


def phrases(node: yaml.Node, at: Any) -> dict[str | None, list[str]]:
    """A list of phrases for any language, or lists by language."""
    if isinstance(node, yaml.SequenceNode):
        return {None: _list(node, at)}
    return _by_language(node, at)


def _name_role(node: yaml.Node, at: Any) -> str:
    return strict.one_of("competitor", "confidential", "company", "product")(node, at)


class Kind:
    """What all kinds share. `keys`: the kind's own keys; `required`: those that must be there."""

    keys: ClassVar[Mapping[str, strict.Type]] = {}
    required: ClassVar[tuple[str, ...]] = ()
    gives: ClassVar[frozenset[str]] = frozenset({"found"})  # what a message may hold in braces

    def __init__(self, given: dict[str, Any], scanner: Scanner, fix: Mapping[str, str]) -> None:
        self.scanner, self.fix = scanner, fix

    def find(self, scene: Scene) -> Iterator[Found]:
        """All that this rule finds in a draft."""
        raise NotImplementedError

    def label(self, scene: Scene, **values: Any) -> str:
        """The fix's label in the panel's language."""
        return (self.fix.get(scene.ui_lang) or self.fix["en"]).format(**values)


class _InContext(Kind):
    """Shared by phrase and pattern: what must or must not stand around a hit, and taking it out.

    `near`: one of these phrases in the same sentence, or at most `reach` sentences away. `near_name`: a name of that
    kind, likewise. `unless`: no finding where one of these stands in the same sentence; `unless_anywhere`: in the
    draft. `quoted: flag`: words in quotation marks of their own count too. `remove`: offer to take out the words or
    the sentence; then `fix` is the label. `once`: only the first hit is shown.
    """

    keys = {
        "near": phrases,
        "near_name": _name_role,
        "reach": strict.whole(0, 5),
        "unless": phrases,
        "unless_anywhere": phrases,
        "quoted": strict.one_of("flag", "pass"),
        "remove": strict.one_of("words", "sentence"),
        "once": strict.flag,
    }

    def __init__(self, given: dict[str, Any], scanner: Scanner, fix: Mapping[str, str]) -> None:
        super().__init__(given, scanner, fix)
        self.near = scanner.slot(given["near"]) if "near" in given else None
        self.unless = scanner.slot(given["unless"]) if "unless" in given else None
        self.anywhere = scanner.slot(given["unless_anywhere"]) if "unless_anywhere" in given else None
        self.near_name, self.reach = given.get("near_name"), given.get("reach", 0)
        self.quoted, self.remove = given.get("quoted") == "flag", given.get("remove")
        self.once = given.get("once", False)

    def found(self, scene: Scene, hits: Iterator[Hit] | list[Hit]) -> Iterator[Found]:
        if self.anywhere and scene.hits(self.scanner, self.anywhere):
            return
        near, never = self._wanted(scene), frozenset[int]()
        if self.unless:
            never = scene.around(scene.hits(self.scanner, self.unless))
        for hit in hits:
            if not self.quoted and scene.quoted(hit.first, hit.last) or scene.within(hit, never):
                continue
            if all(scene.within(hit, sentences) for sentences in near):
                start, end = scene.draft.token_span(hit.first, hit.last)
                yield Found(start, end, {"found": scene.draft.text[start:end]}, self._fixes(scene, hit))
                if self.once:
                    return

    def _wanted(self, scene: Scene) -> list[frozenset[int]]:
        """The sentences in which a hit must stand, one set for each condition."""
        wanted = []
        if self.near:
            wanted.append(scene.around(scene.hits(self.scanner, self.near), self.reach))
        if self.near_name:
            roles = ("name", "handle", "product", "part") if self.near_name == "company" else (self.near_name,)
            named = [hit for role in roles for hit in scene.names.get(role, ())]
            wanted.append(scene.around(named, self.reach))
        return wanted

    def _fixes(self, scene: Scene, hit: Hit) -> tuple[Fix, ...]:
        if not self.remove:
            return ()
        first, last = hit.first, hit.last
        if self.remove == "sentence":
            spans, of = scene.draft.sentences, scene.draft.sentence_of
            first, last = spans[of[first]][0], spans[of[last]][1]
        edit = removal(scene, first, last)
        if not (scene.draft.text[: edit.start] + scene.draft.text[edit.end :]).strip():
            return ()  # an empty draft mends nothing
        return (Fix(self.label(scene), (edit,)),)


def removal(scene: Scene, first: int, last: int) -> Edit:
    """Takes tokens out with the space before them (after them at the start of a line)."""
    draft, text = scene.draft, scene.draft.text
    if draft.words[last] == "\n" and last > first:
        last -= 1
    start, end = draft.token_span(first, last)
    if start and text[start - 1] in " \t":
        while start and text[start - 1] in " \t":
            start -= 1
    else:
        while end < len(text) and text[end] in " \t":
            end += 1
    return Edit(start, end, "")


class Phrase(_InContext):
    """Words that stand for the thing itself. `names` in place of `phrases`: the policy's own words."""

    keys = {"phrases": phrases, "names": _name_role, **_InContext.keys}

    def __init__(self, given: dict[str, Any], scanner: Scanner, fix: Mapping[str, str]) -> None:
        super().__init__(given, scanner, fix)
        self.names = given.get("names")
        self.slot = scanner.slot(given.get("phrases"))

    def find(self, scene: Scene) -> Iterator[Found]:
        hits = scene.names.get(self.names, []) if self.names else scene.hits(self.scanner, self.slot)
        return self.found(scene, hits) if hits else iter(())


class Pattern(_InContext):
    """Regular expressions (RE2) on the draft in lower case."""

    keys = {"patterns": phrases, **_InContext.keys}
    required = ("patterns",)

    def __init__(self, given: dict[str, Any], scanner: Scanner, fix: Mapping[str, str]) -> None:
        super().__init__(given, scanner, fix)
        self.slots = [scanner.pattern(one, lang) for lang, some in given["patterns"].items() for one in some]

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

    def find(self, scene: Scene) -> Iterator[Found]:
        hits = scene.hits(self.scanner, self.slot)
        never = scene.around(scene.hits(self.scanner, self.unless)) if hits and self.unless else frozenset[int]()
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

    `or_link: true`: an address does as well. `within`: how many sentences away it may stand (left out: anywhere).
    """

    keys = {
        "when": phrases,
        "when_patterns": phrases,
        "one_of": phrases,
        "or_link": strict.flag,
        "within": strict.whole(0, 20),
        "unless": phrases,
        "near_name": _name_role,
    }
    required = ("one_of",)

    def __init__(self, given: dict[str, Any], scanner: Scanner, fix: Mapping[str, str]) -> None:
        super().__init__(given, scanner, fix)
        self.one_of = scanner.slot(given["one_of"])
        self.or_link, self.within = given.get("or_link", False), given.get("within")
        both = {key: given[key] for key in ("unless", "near_name") if key in given}
        self.triggers: list[_InContext] = []
        if "when" in given:
            self.triggers.append(Phrase({"phrases": given["when"], **both}, scanner, fix))
        if "when_patterns" in given:
            self.triggers.append(Pattern({"patterns": given["when_patterns"], **both}, scanner, fix))

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
    """Code beside the metadata: `<rule_id>.py` with `find(scene) -> Iterator[Found]`."""

    gives = frozenset({"found", "to", "count", "most"})

    def __init__(self, given: dict[str, Any], scanner: Scanner, fix: Mapping[str, str]) -> None:
        super().__init__(given, scanner, fix)
        self.code: Any = None  # set by the loader

    def find(self, scene: Scene) -> Iterator[Found]:
        return self.code(scene, self)


KINDS: Mapping[str, type[Kind]] = {
    "phrase": Phrase,
    "pattern": Pattern,
    "replace": Replace,
    "limit": Limit,
    "require": Require,
    "python": Python,
}


def make(kind: str, given: dict[str, Any], scanner: Scanner, fix: Mapping[str, str]) -> Kind:
    """A kind with its keys. Raises PatternError for a regular expression that RE2 does not take."""
    return KINDS[kind](given, scanner, fix)


__all__ = ["KINDS", "Kind", "PatternError", "make", "removal"]
