"""Where a draft asks its reader for something, and whether it asks for the company: part of the second question.

A verb that opens a clause asks, by its word (English has no ending for it) or by its ending (Filez-y, Probadlas,
Provatela). It asks for the company where that stands behind the verb, or a pronoun for it: "Bel ze", "use it".
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from server.rules.disclosure.about import Mention
from server.rules.disclosure.tables import asking, worded
from server.rules.language import is_small_word
from server.rules.scene import Scene

_REACH = 9  # tokens between the verb and the company
_ADVICE = 6
_NO_BASE = ("ing", "ed", "ly", "s", "er", "est", "day")
_LEADS = frozenset("bei zu mit von zum zur den die das gleich einfach".split())
_CLITICS = ("te", "lo", "la", "los", "las", "le", "me")


class Words(NamedTuple):
    """The words of `tables/asking.yaml` for the language of one draft."""

    call: frozenset[str]
    not_call: frozenset[str]
    follow: frozenset[str]
    before: frozenset[str]
    whom: frozenset[str]
    it: frozenset[str]
    should: frozenset[str]
    clause: frozenset[str]
    ends: tuple[str, ...]
    opens: tuple[str, ...]
    ends_sie: tuple[str, ...]


@lru_cache(maxsize=None)
def words_of(lang: str | None) -> Words:
    """The words for one language. None: a draft whose language is not known is read as an English one."""
    return worded(Words, asking()[lang or "en"])


def calls(scene: Scene) -> list[int]:
    """The verbs that ask the reader for something: "Swing by", "Filez-y", "Probadlas", "Rufen Sie an"."""
    draft, known = scene.draft, words_of(scene.lang)
    words, starts = draft.words, draft.sentence_start
    found: list[int] = []
    sentence_asks = -1  # the sentence whose first clause asked; those behind it go on asking
    for index, word in enumerate(words):
        if not word[0].isalpha():
            continue
        begins = index in starts
        if not begins and not (index and words[index - 1] in known.clause):
            if known.ends and len(word) > 4 and word.endswith(known.ends) and word not in known.not_call:
                if not _asked(words, index):
                    found.append(index)
            continue
        after = words[index + 1] if index + 1 < len(words) else "."
        if _opens(known, word, after, begins or sentence_asks == draft.sentence_of[index]):
            if not _asked(words, index):
                found.append(index)
                sentence_asks = draft.sentence_of[index]
    return found


def _opens(known: Words, word: str, after: str, free: bool) -> bool:
    """Whether a verb that opens a clause asks. `free`: it opens the sentence, or goes on with what asked before."""
    if word in known.not_call or after in known.whom:
        return False
    if known.ends_sie and word.endswith(known.ends_sie) and after == "sie" and len(word) > 4:
        return True
    if known.follow:
        # A German verb in -t may be a statement's; what follows tells, and whether the sentence began by asking.
        if not (word in known.call or len(word) > 3 and word.endswith(known.opens)):
            return False
        return free and (word in known.call or after in known.follow) or after in ("euch", "eure", "euren", "eurer")
    if word in known.call:
        return True
    if after in known.before and free and len(word) > 2 and not is_small_word(word):
        return not word.endswith(_NO_BASE)  # nor "Walking the dog", "Packed the van", "Surely the"
    if known.ends and len(word) > 5 and word.endswith(_CLITICS) and _accented(word):
        return True
    endings = known.opens + known.ends
    return len(word) > 3 and bool(endings) and word.endswith(endings)


def _accented(word: str) -> bool:
    """Whether a Spanish verb carries a pronoun: pruébalo, cámbiate; but not película, título."""
    return any(c in "áéíóú" for c in word[:-2]) and not word.endswith(("ula", "ulo", "ulos", "ulas", "ilo", "ola"))


def asked_for(scene: Scene, found: list[Mention], verbs: list[int], by_name: bool = False) -> bool:
    """Whether the reader is asked, or advised, to go to the company or take its product. `by_name`: a pronoun for it,
    or advice, is not enough."""
    draft, known = scene.draft, words_of(scene.lang)
    words, of = draft.words, draft.sentence_of
    firsts = {mention.first for mention in found}
    near = {of[mention.first] for mention in found}
    for verb in verbs:
        if any(i in firsts and of[i] == of[verb] for i in range(verb + 1, verb + 1 + _REACH)):
            return True
        if by_name:
            continue
        if of[verb] in near or of[verb] - 1 in near or of[verb] - 2 in near:
            if _pronoun(words, known, verb):
                return True
    for mention in () if by_name else found:
        lead = [i for i in range(max(0, mention.first - _ADVICE), mention.first) if of[i] == of[mention.first]]
        if any(words[i] in known.should for i in lead) and not any(words[i] in ("i", "we", "ich", "wir") for i in lead):
            return True
        if known.follow and _told_to(scene, known, mention):
            return True
    return False


def _pronoun(words: list[str], known: Words, verb: int) -> bool:
    """Whether the verb's object is a pronoun: use it, bel ze, ruft sie an, probadlo, essayez-les."""
    if known.ends and words[verb].endswith(known.ends):
        return True
    behind = [word for word in words[verb + 1 : verb + 5] if word not in "-'"][:2]
    if any(word in known.it for word in behind):
        return True
    # "Get your friends on it"
    far = range(verb + 2, min(verb + 7, len(words)))
    return any(words[i] in ("it", "them") and words[i - 1] in ("on", "onto", "into", "to", "with") for i in far)


def _told_to(scene: Scene, known: Words, mention: Mention) -> bool:
    """ "Hagedorn anrufen, fertig": the company and a bare infinitive, by themselves."""
    draft, words = scene.draft, scene.draft.words
    verb = mention.last + 1
    if verb >= len(words) or not words[verb].endswith("en") or len(words[verb]) < 5:
        return False
    ends = verb + 1 >= len(words) or words[verb + 1] in ",.!;\n-" or words[verb + 1] == "und"
    lead = mention.first - 1
    while lead >= 0 and words[lead] in _LEADS:
        lead -= 1
    return ends and draft.written(verb)[0].islower() and (lead < 0 or not words[lead][0].isalnum())


def _asked(words: list[str], index: int) -> bool:
    """Whether a question mark ends the clause: "Connaissez-vous …?" asks, but for nothing."""
    for word in words[index : index + 40]:
        if word in ".!\n":
            return False
        if word == "?":
            return True
    return False
