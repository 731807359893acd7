"""What ties the speaker of a sentence to the company, read from its grammar rather than from a list of trades.

Somebody who does something *at* or *for* a company, or has done it for years, works there — unless what is done is
what customers do: "I clean teeth at X four days a week", "Eight years dispatching for X", "Bei X plane ich Küchen",
but "I bank at X", "Wir haben unsere Küche bei X gekauft". Words are data (`tables/ties.yaml`).
"""

from __future__ import annotations

from collections.abc import Iterator

from server.rules.disclosure.about import Mention
from server.rules.disclosure.beside import beside, for_a_living, there_ties
from server.rules.disclosure.livelihood import pay_ties
from server.rules.disclosure.tables import grammar
from server.rules.disclosure.tie_words import Words, buys, clause, happened, place_before, trade, words_of
from server.rules.prepare import Draft
from server.rules.scene import Scene

_FAR = 16  # tokens between the subject and the company
_NEAR = 6
_IS = frozenset(("is", "s", "be", "est", "bin", "soy", "sono", "ben"))
_BEFORE_VERBS = frozenset((",", "que", "che", "donde", "dove", "y", "e", "ya", "también", "anche"))
_JOINS = frozenset((",", "and", "but", "so", "et", "mais", "und", "aber", "y", "pero", "e", "ma", "en", "maar", "dus"))


def ties_to(scene: Scene, mentions: list[Mention]) -> Iterator[tuple[int, int]]:
    """First and last token of what ties the author to the company, one for each mention at most."""
    known, draft = words_of(scene.lang), scene.draft
    for mention in mentions:
        if not (mention.sure or draft.written(mention.first)[0].isupper()):
            continue
        first = _tie(scene, known, mention)
        if first is not None:
            yield min(first, mention.first), max(first, mention.last)
    if mentions:
        yield from pay_ties(scene, mentions)
        yield from there_ties(scene, mentions)


def customer(scene: Scene, first: int, last: int) -> bool:
    """Whether the clause of `first` to `last` speaks of what customers do, are or have."""
    known = words_of(scene.lang)
    start, end = clause(scene.draft, first)
    return buys(known, scene.draft.words[first : max(last, min(end, last + _NEAR)) + 1])


def _tie(scene: Scene, known: Words, mention: Mention) -> int | None:
    draft, words = scene.draft, scene.draft.words
    start, end = clause(draft, mention.first)
    ourselves = _ourselves(words, known, mention)
    if ourselves is not None:
        return ourselves
    if for_a_living(words, known, start, mention):
        return start
    if not mention.product:
        told = beside(draft, known, mention, start, end)
        if told is not None:
            return told
    place = place_before(words, known, mention.first)
    if place is None or place < start:
        return None
    if _wears(words, known, start, mention.first):
        return start
    firm = words[place] in known.firm or _at_work(words, known, place, mention.last, end)
    serve = words[place] in known.serve
    inside = words[place] in known.inside
    held = _held(words, known, start, place)
    if held is not None and (firm or serve or words[place] in known.with_) and not buys(known, words[held + 1 : place]):
        return held
    serves = _serves(words, known, max(start, place - _FAR), place)
    if not (firm or serve or inside or words[place] in known.of) or mention.product and not (serve or serves):
        return None
    behind = _behind(words, known, mention.last + 1, min(end, mention.last + 8))
    if firm:
        led = _place_first(draft, known, mention, end)
        if led is not None:
            return led
    for index in range(place - 1, max(start, place - _FAR) - 1, -1):
        if _is_self(draft, known, index, start):
            acts = _acts(words, known, index, place, behind, start)
            works = known.work.intersection(words[index : index + 3])
            lasts = inside and (
                _lasts(words, known, start, place, behind)
                or not known.workplace.isdisjoint(words[index:place])
                or trade(words, known, index, place)
            )
            return index if acts and (firm or serve or works or lasts or serves) else None
        if words[index] in known.others:
            return None
    return _without_subject(draft, known, start, place, behind, firm)


def _ourselves(words: list[str], known: Words, mention: Mention) -> int | None:
    """ "We (the X kernel folks)", "nous, l'équipe X": we, set beside those who are meant."""
    index = mention.first - 1
    while index > 0 and words[index] in known.skip | known.crew:
        index -= 1
    we = words[index - 1] if index > 0 and words[index] in "(,-" else ""
    if we not in known.self or we in ("i", "je", "j", "ich", "ik", "io", "yo"):
        return None
    around = words[mention.first - 2 : mention.first] + words[mention.last + 1 : mention.last + 4]
    return index - 1 if not (known.crew | known.workplace | known.person | known.folk).isdisjoint(around) else None


def _behind(words: list[str], known: Words, first: int, last: int) -> list[str]:
    """The words that still belong to the clause behind the company: to a comma, or to "and"."""
    stop = next((i for i in range(first, last) if words[i] in _JOINS), last)
    return words[first:stop]


def _at_work(words: list[str], known: Words, place: int, last: int, end: int) -> bool:
    """Whether a workplace is named: in X's Ennis branch, for the X support desk, in the kitchen of X."""
    if words[place] in known.inside or words[place] in known.serve:
        if not known.workplace.isdisjoint(words[last + 1 : min(end, last + 6)]):
            return True
    return words[place] in known.of and not known.workplace.isdisjoint(words[max(0, place - 2) : place])


def _serves(words: list[str], known: Words, first: int, place: int) -> bool:
    """Whether there are people whom one works for: "Rispondo ai clienti di X", "I see patients on X"."""
    return any(words[i] in known.served and words[i - 1] not in known.idle for i in range(first + 1, place))


def _held(words: list[str], known: Words, start: int, place: int) -> int | None:
    """Where "my job", "ma carrière", "meine Schicht" stands before the place word."""
    for index in range(max(start, place - _FAR), place):
        if words[index] in known.post and not known.my.isdisjoint(words[max(start, index - 2) : index]):
            if grammar()["negation"].isdisjoint(words[start:place]):
                return index
    return None


def _wears(words: list[str], known: Words, start: int, first: int) -> bool:
    """Whether a badge, an apron or a contract of one's own bears the name."""
    return any(
        words[index] in known.wear and not known.my.isdisjoint(words[max(start, index - 2) : index])
        for index in range(max(start, first - 5), first)
    )


def _is_self(draft: Draft, known: Words, index: int, start: int) -> bool:
    """Whether a token is the speaker: a pronoun, or the verb itself where the language leaves the pronoun out."""
    words = draft.words
    if words[index] in known.self:
        return True
    if words[index] in known.who and words[index - 1] in known.person:
        return not known.signed.isdisjoint(words[max(start, index - 5) : index - 1])  # "from the guy who …"
    if not _is_verb(draft, known, index):
        return False
    before = draft.words[index - 1] if index > start else ","
    return index - start < 2 or before in _BEFORE_VERBS or before in known.span or before in known.few


def _acts(words: list[str], known: Words, subject: int, place: int, behind: list[str], start: int) -> bool:
    """Whether the speaker does something there that customers do not do."""
    rest = words[subject + 1 : place]
    if not known.unless.isdisjoint([*words[max(start, subject - 1) : subject], *rest]):
        return False
    if buys(known, rest) or buys(known, behind):
        return False
    if not grammar()["negation"].isdisjoint(rest):
        return False
    if known.verbs and words[subject] not in known.self:
        rest = [words[subject], *rest]
    elif buys(known, words[max(start, subject - 2) : subject]):
        return False  # German puts the verb before the subject: kaufe ich
    else:
        rest = [*words[max(start, subject - 1) : subject], *rest] if words[subject] in ("ich", "wir", "ik") else rest
    long = _lasts(words, known, start, place, behind)
    works = not known.workplace.isdisjoint(rest) or not known.workplace.isdisjoint(behind)
    if not long and happened(words, known, subject):
        return False
    if rest == [","] and words[subject] in known.self:
        return True  # "nous, chez X", "we, at X"
    return works or any(word[0].isalpha() and word not in known.idle for word in rest)


def _lasts(words: list[str], known: Words, start: int, place: int, behind: list[str]) -> bool:
    """Whether it goes on for years: for ten years, since the flood."""
    told = [*words[start:place], *behind]
    return not known.span.isdisjoint(told) or not known.since.isdisjoint(told)


def _without_subject(draft: Draft, known: Words, start: int, place: int, behind: list[str], firm: bool) -> int | None:
    """A sentence that leaves its subject out: years of doing something, a trade, "Been dispatching at X"."""
    words = draft.words
    told = words[start:place]
    if not told or buys(known, told) or buys(known, behind[:3]):
        return None
    if _and_its_me(draft, known, place):
        return start
    if known.here and firm and not known.here.isdisjoint(behind[:1]):
        return start  # "Loan officer at X here"
    comma = max((i for i in range(start, place) if words[i] == ","), default=start - 1)
    head = words[start : start + 5]
    unit = next((i for i, word in enumerate(head) if word in known.span), None)
    if unit is not None and (not known.few.isdisjoint(head[:unit]) or any(word.isdigit() for word in head[:unit])):
        doing = [word for word in words[start + unit + 1 : place] if word[0].isalpha() and len(word) > 3]
        led = words[place] in known.firm or words[place] in known.serve
        if doing and (led or words[start + unit + 1] in known.spot) or firm and known.have:
            return start
    if not firm and words[place] not in known.serve and words[place] not in known.inside:
        return None
    if told[0] in known.opener or told[0].endswith("ing") and not known.since.isdisjoint([*told, *behind]):
        return start if len(told) > 1 else None
    if known.opener and not known.span.isdisjoint(behind) and told[0].endswith("ing") and len(told) > 1:
        return start
    if comma < start and place - start < _NEAR and trade(words, known, start, place):
        return start if told[0] not in ("a", "an", "the", "un", "une", "der", "die", "das", "el", "la", "il") else None
    return None


def _and_its_me(draft: Draft, known: Words, place: int) -> bool:
    """ "Someone has to stitch the caps at X, and that someone is me"."""
    rest = draft.words[place : min(draft.sentences[draft.sentence_of[place]][1], place + 30)]
    return any(word in known.me and rest[i] in _IS for i, word in enumerate(rest[1:]))


def _place_first(draft: Draft, known: Words, mention: Mention, end: int) -> int | None:
    """ "Chez X, je m'occupe du support", "Bei X plane ich Küchen"."""
    words = draft.words
    for index in range(mention.last + 1, min(end, mention.last + _NEAR)):
        if words[index] in known.others or words[index] in _JOINS and words[index] != ",":
            return None
        if words[index] in known.self or _is_verb(draft, known, index):
            told = words[mention.last + 1 : min(end, index + 9)]
            clear = not buys(known, told) and grammar()["negation"].isdisjoint(told)
            return index if clear and not happened(words, known, index) else None
    return None


def _is_verb(draft: Draft, known: Words, index: int) -> bool:
    """Whether a word ends as a verb's first person does, in a language that leaves the pronoun out."""
    word = draft.words[index]
    if not known.verbs or len(word) < 4 or not word.endswith(known.verbs) or word in known.customer | known.not_verb:
        return False
    return index in draft.sentence_start or draft.written(index)[0].islower()
