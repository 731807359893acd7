"""Labels that are sentences, or stand in one: "Thanks to X", "X gave me …", "This post is an ad for my employer"."""

from __future__ import annotations

from collections.abc import Iterator

from server.rules.disclosure.about import Mention
from server.rules.disclosure.marking import Mark
from server.rules.disclosure.paid import rewards_told
from server.rules.disclosure.tables import Labels, company_context, grammar
from server.rules.language import is_small_word
from server.rules.prepare import fold_accents
from server.rules.scene import Scene

_WORKS = frozenset(("powered", "supported", "unterstützt"))
_FAR = 6  # tokens between "this" and the label


def in_sentences(scene: Scene, known: Labels, mentions: list[Mention]) -> Iterator[Mark]:
    """Wordings that hold the company's name, and sentences that call the post an advertisement."""
    yield from _with_names(scene, known, mentions)
    yield from _stated(scene, known)


def told(scene: Scene, paid: str) -> Iterator[Mark]:
    """Set phrases that say outright that this is advertising, or (of grade `paid`) that one is rewarded for it."""
    for name, grade in (("statement_label", "accepted"), ("statement_paid", paid)):
        for hit in scene.cues(name):
            if name == "statement_label" and _names_a_thing(scene, hit.last + 1):
                continue
            if not grammar()["unsaid"].intersection(scene.draft.words[max(0, hit.first - 2) : hit.first]):
                yield Mark(hit.first, hit.last, grade, "phrase", hit.last, meant=False)
    for first, last in rewards_told(scene):
        yield Mark(first, last, paid, "phrase", last, meant=False)


def _names_a_thing(scene: Scene, index: int) -> bool:
    """Whether a noun follows a word for advertising: this is an ad agency."""
    words = scene.draft.words
    if words[index : index + 2] == ["'", "s"]:
        return True  # advertising's golden age
    return index < len(words) and words[index].isalpha() and not is_small_word(words[index])


def _stated(scene: Scene, known: Labels) -> Iterator[Mark]:
    """ "This little text is advertising", "Das hier ist eine Anzeige für meinen Arbeitgeber"."""
    draft, small = scene.draft, grammar()
    words = draft.words
    labels, there = known.first.keys(), known.first.keys() & draft.places.keys()
    if not draft.low.isascii():
        there |= {word for word in draft.places if not word.isascii() and fold_accents(word) in labels}
    for index in sorted(at for word in there for at in draft.places[word]):
        if known.words.get((fold_accents(words[index]),)) != "accepted":
            continue
        behind = words[index + 1] if index + 1 < len(words) else "."
        if behind[0].isalnum() and behind not in small["connect"] | small["and"]:
            continue  # an ad agency, advertising at its best
        start = draft.sentences[draft.sentence_of[index]][0]
        said = index - (words[index - 1] in company_context()["article"]) - 1
        if said <= start or words[said] not in small["is"]:
            continue
        first = next((i for i in range(said - 1, max(start, said - _FAR) - 1, -1) if words[i] in small["this"]), None)
        if first is None or not small["unsaid"].isdisjoint(words[max(0, first - 2) : first]):
            continue
        if small["negation"].isdisjoint(words[first:index]):
            yield Mark(first, index, "accepted", "phrase", index, meant=False)


def _with_names(scene: Scene, known: Labels, mentions: list[Mention]) -> Iterator[Mark]:
    """Wordings that hold the company's name: thanks to X, X gave me."""
    words, starts = scene.draft.words, scene.draft.sentence_start
    longest = max(map(len, known.before), default=0)
    folded = words if scene.draft.low.isascii() else [fold_accents(word) for word in words]
    for mention in mentions:
        for skip in range(6):
            end = mention.first - skip
            if skip and (end < 0 or words[end] not in grammar()["skipped"] and not (skip == 1 and words[end] == ",")):
                break
            for size in range(min(longest, end), 0, -1):
                grade = known.before.get(tuple(folded[end - size : end]))
                asked = words[mention.last + 1 : mention.last + 2] == ["?"]  # "Thanks, Acme?" thanks nobody
                near = size > 1 or not skip or words[end] == ","
                if words[end - size] in _WORKS and end - size not in starts:
                    continue  # "a van powered by Acme" runs on it
                if grade and near and not asked and (grade == "weak" or end - size in starts):
                    meant = _set_apart(words, end - size, mention.last)
                    yield Mark(end - size, mention.last, grade, "phrase", mention.last, meant=meant)
                    break
        for size in (4, 3, 2):
            grade = known.after.get(tuple(folded[mention.last + 1 : mention.last + 1 + size]))
            if grade:
                last = mention.last + size
                yield Mark(mention.first, last, grade, "phrase", last, meant=False)
                break


def _set_apart(words: list[str], first: int, last: int) -> bool:
    """Whether a wording with a name opens the post and is set off as a label is: "In partnership with Acme: …"."""
    if first > 1 or not grammar()["thanks"].isdisjoint(words[first : last + 1]):
        return False
    return words[last + 1 : last + 2] in ([":"], ["-"], ["|"], ["\n"])
