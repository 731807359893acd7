"""The fourth question's other half: does the draft say, or let one see, that its author works for the company?"""

from __future__ import annotations

from collections.abc import Iterator

from server.rules.disclosure.about import Mention
from server.rules.disclosure.making import makings
from server.rules.disclosure.tables import company_context, grammar, relationship, we
from server.rules.disclosure.marking import Mark
from server.rules.disclosure.there import negated
from server.rules.disclosure.tie_words import buys, trade, words_of
from server.rules.disclosure.ties import customer, ties_to
from server.rules.scan import Hit
from server.rules.scene import Scene

_FIRM = frozenset(("at", "chez", "bei", "bij", "presso"))  # no other sense after a job
_POSSESSIVE = frozenset(("my", "mon", "mein", "meine", "mes", "mijn"))


def says_relationship(scene: Scene, mentions: list[Mention]) -> list[tuple[Mark, bool]]:
    """Where the draft says (True) or lets one see (False) that its author works for the company."""
    draft, words = scene.draft, scene.draft.words
    found: list[tuple[Mark, bool]] = []
    at = {mention.first: mention for mention in mentions}
    until = {mention.last: mention for mention in mentions}
    for name, outright in (("explicit", True), ("implicit", False), ("somebody", True)):
        found += [(_said(hit.first, hit.last), outright) for hit in scene.cues(name)]
    for name, outright in (("explicit_before", True), ("implicit_before", False)):
        for hit in scene.cues(name):
            mention = _next(words, at, hit.last + 1)
            praised = words[hit.first - 1 : hit.first] == ["the"] and words[hit.first] == "team"
            if mention and not (praised and mention.first > hit.last + 1):  # "the team at X is so nice"
                found.append((_said(hit.first, mention.last), outright))
    for hit in scene.cues("explicit_after"):
        mention = until.get(hit.first - 1)
        if mention and not _of_another(words, mention.first) and not (mention.product and words[hit.first] == "pays"):
            found.append((_said(mention.first, hit.last), True))
    for hit in scene.cues("job"):
        # "I'm a buyer at Target": a person, then a place word before the company, in one sentence.
        for index in range(hit.last + 2, min(hit.last + 12, len(words))):
            place = words[index - 1]
            if index in at and place in scene.job_places and _joins(words, hit, index):
                if customer(scene, hit.first, at[index].last):
                    break
                if draft.sentence_of[index] == draft.sentence_of[hit.first]:
                    found.append((_said(hit.first, at[index].last), True))
                break
    found += [(_said(first, last), True) for first, last in _the_one_who(scene, at)]
    found += [(_said(first, last), False) for first, last in makings(scene, mentions)]
    for mention in mentions:
        # "At Acme we …": a place word before the company, we or our right after it.
        named = mention.sure or draft.written(mention.first)[0].isupper()  # but not "in total we"
        led = named and mention.first > 0 and words[mention.first - 1] in scene.job_places
        if led and not _ours_at(scene, mention) and customer(scene, max(0, mention.first - 6), mention.last):
            continue
        before = led and not mention.product and _we_before(scene, mention.first - 1)
        if before or led and not we(scene.lang).isdisjoint(words[mention.last + 1 : mention.last + 3]):
            found.append((_said(mention.first - 1, mention.last), True))
    found += [(_said(first, last), True) for first, last in ties_to(scene, mentions)]
    found += [(_said(first, last, "tag"), True) for first, last in _relationship_tags(scene)]
    return [(mark, outright) for mark, outright in found if not negated(draft, mark.first)]


def _the_one_who(scene: Scene, at: dict[int, Mention]) -> Iterator[tuple[int, int]]:
    """ "I'm the designer who picked the X icon": the one of a trade who did it, and no customer."""
    known, words, of = words_of(scene.lang), scene.draft.words, scene.draft.sentence_of
    for hit in scene.cues("job"):
        who = next((i for i in range(hit.last + 2, min(hit.last + 6, len(words))) if words[i] in known.who), None)
        if who is None or words[hit.last] not in ("the", "one"):
            continue
        head = words[hit.last + 1 : who]
        somebody = not (known.person | known.folk).isdisjoint(head) and words[min(who + 1, len(words) - 1)] in known.tends
        if not (somebody or words[hit.last] == "the" and trade(words, known, hit.last + 1, who)):
            continue
        named = next((i for i in range(who + 1, who + 8) if i in at), None)
        if named and of[named] == of[hit.first] and not buys(known, words[who:named]):
            yield hit.first, at[named].last


def _said(first: int, last: int, form: str = "phrase") -> Mark:
    return Mark(first, last, "accepted", form, last)


def _joins(words: list[str], hit: Hit, index: int) -> bool:
    """Whether the place word before `index` belongs to the job: "a buyer for Target", but not "my team lives in X"."""
    return words[index - 1] in _FIRM or words[hit.first] not in _POSSESSIVE and index < hit.last + 6


def _ours_at(scene: Scene, mention: Mention) -> bool:
    """ "Our robots at X", whatever is told of them; but not "our table at X"."""
    words, first = scene.draft.words, mention.first
    return first > 2 and words[first - 3] == "our" and not buys(words_of(scene.lang), words[first - 2 : first - 1])


def _we_before(scene: Scene, place: int) -> bool:
    """Whether "we" or "our" stands a few words before a place word in the same sentence: "we make these at Acme"."""
    draft = scene.draft
    first = max(0, place - 5)
    near = [i for i in range(first, place) if draft.sentence_of[i] == draft.sentence_of[place]]
    known = we(scene.lang) & {"we", "our", "nous", "notre", "nos", "wir", "unser", "unsere", "wij", "ons", "onze"}
    return scene.draft.words[place] in ("at", "chez", "bei", "bij") and any(draft.words[i] in known for i in near)


def _of_another(words: list[str], first: int) -> bool:
    """Whether "an Acme engineer" is somebody else: an article without "I'm" or "as" before it."""
    return first > 0 and words[first - 1] in ("a", "an") and words[first - 2 : first - 1] not in (["m"], ["am"], ["as"])


def _next(words: list[str], at: dict[int, Mention], index: int) -> Mention | None:
    """The mention that begins at `index`, an article or sign before it aside."""
    for _ in range(3):
        if index in at:
            return at[index]
        if index >= len(words) or words[index] not in grammar()["skipped"] | company_context()["article"]:
            return None
        index += 1
    return None


def _relationship_tags(scene: Scene) -> Iterator[tuple[int, int]]:
    tags = relationship()["tags"]
    names = scene.compact_names
    for first, last, body in scene.draft.tags:
        before = any(body.startswith(lead) and body[len(lead) :] in names for lead in tags["before"])
        if before or any(body.endswith(role) and body[: -len(role)] in names for role in tags["after"]):
            yield first, last
