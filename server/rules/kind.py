"""What kinds of rule share: their keys, the words around a hit, and taking words out of a draft."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import yaml

from server import strict
from server.rules.model import LANGUAGES, Edit, Fix, Found
from server.rules.scan import Hit, Scanner
from server.rules.scene import Scene
from server.rules.word_classes import shared

LONG = 45  # tokens; a longer draft brings words of all kinds together by chance
_list = strict.list_of(strict.text, least=1)
_given = strict.record({"classes": _list, **{lang: _list for lang in LANGUAGES}})


def phrases(node: yaml.Node, at: Any) -> dict[str | None, list[str]]:
    """A list of phrases for any language, or lists by language. `classes` puts those of shared classes with them."""
    if isinstance(node, yaml.SequenceNode):
        return {None: _list(node, at)}
    given = _given(node, at)
    for name in given.pop("classes", ()):
        if name not in shared().rare:
            raise at.child("classes").error(node, f"“{name}” is no class of words known here")
        for lang, some in shared().rare[name].items():
            given[lang] = [*given.get(lang, ()), *some]
    return given


def name_role(node: yaml.Node, at: Any) -> str:
    return strict.one_of("competitor", "confidential", "company", "product")(node, at)


class Kind(ABC):
    """What all kinds share. `keys`: the kind's own keys; `required`: those that must be there."""

    keys: ClassVar[Mapping[str, strict.Type]] = {}
    required: ClassVar[tuple[str, ...]] = ()
    gives: ClassVar[frozenset[str]] = frozenset({"found"})  # what a message may hold in braces
    # It finds nothing unless one of these slots of phrases did, or one of these patterns. None: ask it always.
    begins: frozenset[int] | None = None
    begins_by_pattern: frozenset[int] = frozenset()

    def __init__(self, given: dict[str, Any], scanner: Scanner, fix: Mapping[str, str]) -> None:
        self.scanner, self.fix = scanner, fix

    @classmethod
    def check(cls, given: dict[str, Any], node: yaml.Node, at: Any) -> None:
        """Complains (StrictError) about keys that are sound one by one but not together."""

    @staticmethod
    def wants_label(given: dict[str, Any], node: yaml.Node, at: Any) -> None:
        """Complains where a rule that offers a fix does not say what its button shows."""
        if "fix" not in given:
            raise at.child("fix").error(node, "is missing: what shall the fix’s button say?")

    @abstractmethod
    def find(self, scene: Scene) -> Iterator[Found]:
        """All that this rule finds in a draft."""

    def label(self, scene: Scene, **values: Any) -> str:
        """The fix's label in the panel's language."""
        return (self.fix.get(scene.ui_lang) or self.fix["en"]).format(**values)

    def without(self, scene: Scene, first: int, last: int, sentences: bool = False) -> tuple[Fix, ...]:
        """A fix that takes tokens out, or their whole sentences; none where nothing would be left to post."""
        if sentences:
            spans, of = scene.draft.sentences, scene.draft.sentence_of
            first, last = spans[of[first]][0], spans[of[last]][1]
        edit, text = _removal(scene, first, last), scene.draft.text
        left = text[: edit.start] + text[edit.end :]
        return (Fix(self.label(scene), (edit,)),) if left.strip() else ()


class InContext(Kind):
    """Shared by phrase and pattern: what must or must not stand around a hit, and taking it out.

    `near`: one of these phrases in the same sentence, or at most `reach` sentences away. `near_name`: a name of that
    kind, likewise. `unless`: no finding where one of these stands in the same sentence; `unless_anywhere`: in the
    draft; `unless_long`: in a draft of many words, in which words of all kinds come together. `quoted: flag`: words in
    quotation marks of their own count too. `remove`: offer to take out the words or the sentence; then `fix` is the
    label. `marks: sentence`: the finding stands on the whole sentence (and on the one before, where it is very short).
    `advise_without`: no more than a suggestion in a draft that names no such name, or has none of these phrases;
    `advise_with`: in one that holds one of these phrases. `once`: only the first hit is shown.
    """

    keys = {
        "near": phrases,
        "near_name": name_role,
        "reach": strict.whole(0, 5),
        "unless": phrases,
        "unless_anywhere": phrases,
        "unless_long": phrases,
        "quoted": strict.one_of("flag", "pass"),
        "remove": strict.one_of("words", "sentence"),
        "marks": strict.one_of("words", "sentence"),
        "advise_without": strict.either(name_role, phrases),
        "advise_with": phrases,
        "once": strict.flag,
    }

    def __init__(self, given: dict[str, Any], scanner: Scanner, fix: Mapping[str, str]) -> None:
        super().__init__(given, scanner, fix)
        self.near = scanner.slot(given["near"]) if "near" in given else None
        self.unless = scanner.slot(given["unless"]) if "unless" in given else None
        self.anywhere = scanner.slot(given["unless_anywhere"]) if "unless_anywhere" in given else None
        self.long = scanner.slot(given["unless_long"]) if "unless_long" in given else None
        self.near_name, self.reach = given.get("near_name"), given.get("reach", 0)
        self.quoted, self.remove = given.get("quoted") == "flag", given.get("remove")
        self.once, self.wide = given.get("once", False), given.get("marks") == "sentence"
        lacks = given.get("advise_without")
        self.advise_without = scanner.slot(lacks) if isinstance(lacks, dict) else lacks
        self.advise_with = scanner.slot(given["advise_with"]) if "advise_with" in given else None

    @classmethod
    def check(cls, given: dict[str, Any], node: yaml.Node, at: Any) -> None:
        if "remove" in given:
            cls.wants_label(given, node, at)

    def found(self, scene: Scene, hits: Iterator[Hit] | list[Hit]) -> Iterator[Found]:
        near, never = self._wanted(scene), frozenset[int]()
        if not all(near) or self.anywhere and scene.hits(self.scanner, self.anywhere):
            return
        if self.long and len(scene.draft.words) > LONG and scene.hits(self.scanner, self.long):
            return
        if self.unless:
            never = scene.around(scene.hits(self.scanner, self.unless))
        done = -1  # the last token of the finding before: two hits of one sentence that is marked as a whole are one
        level = "suggestion" if self._advises(scene) else None
        for hit in hits:
            if not self.quoted and scene.quoted(hit.first, hit.last) or scene.within(hit, never):
                continue
            if all(scene.within(hit, sentences) for sentences in near):
                if self.wide:
                    hit = scene.sentence(hit)
                    if hit.last == done:
                        continue
                    done = hit.last
                start, end = scene.draft.token_span(hit.first, hit.last)
                yield Found(start, end, {"found": scene.draft.text[start:end]}, self._fixes(scene, hit), level)
                if self.once:
                    return

    def _advises(self, scene: Scene) -> bool:
        """Whether what is found is no more than a suggestion in this draft."""
        lacks = self.advise_without
        if lacks and not (scene.named(lacks) if isinstance(lacks, str) else scene.hits(self.scanner, lacks)):
            return True
        return self.advise_with is not None and bool(scene.hits(self.scanner, self.advise_with))

    def _wanted(self, scene: Scene) -> list[frozenset[int]]:
        """The sentences in which a hit must stand, one set for each condition."""
        wanted = []
        if self.near:
            wanted.append(scene.around(scene.hits(self.scanner, self.near), self.reach))
        if self.near_name:
            wanted.append(scene.around(scene.named(self.near_name), self.reach))
        return wanted

    def _fixes(self, scene: Scene, hit: Hit) -> tuple[Fix, ...]:
        return self.without(scene, hit.first, hit.last, self.remove == "sentence") if self.remove else ()


def _removal(scene: Scene, first: int, last: int) -> Edit:
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
