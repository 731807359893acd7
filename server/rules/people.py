"""People's names in a draft: a first name, a form of address with a name, two capitalised words in a row, or one before
where someone works (Ottilie from accounts).

Only a hint: what is said of the person decides.
"""

from __future__ import annotations

from functools import lru_cache

from server import strict
from server.rules.language import is_small_word
from server.rules.prepare import Draft
from server.rules.scan import Hit
from server.rules.tables import read

# Capitalised beside another word, and still no name.
_NO_NAMES = frozenset("""
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december happy new good thank thanks dear team head chief senior lead
    """.split())
_FROM = frozenset("from in at de du des aus vom im von".split())
_THE = frozenset("the our la l le les der dem unserer unserem ' ’".split())
_DEPARTMENTS = frozenset("""
    accounts accounting sales hr it marketing finance reception legal support logistics dispatch warehouse payroll
    procurement purchasing engineering compliance operations maintenance production quality catering security design
    compta comptabilité rh accueil logistique ventes achats paie entrepôt juridique informatique production qualité
    buchhaltung vertrieb lager einkauf empfang personalabteilung produktion rechtsabteilung technik entwicklung
    """.split())


@lru_cache(maxsize=1)
def _known() -> tuple[frozenset[str], frozenset[str]]:
    keys = ("first_names", "titles")
    table = read("people.yaml", strict.record(dict.fromkeys(keys, strict.text), keys))
    return frozenset(table["first_names"].split()), frozenset(table["titles"].split())


def people(draft: Draft, lang: str | None) -> list[Hit]:
    """The names, in the order of the text."""
    first_names, titles = _known()
    words, count, found, index = draft.words, len(draft.words), [], 0
    titled = (place for title in titles & draft.places.keys() for place in draft.places[title])
    for begin in sorted({*draft.capitals, *titled}):
        if begin < index:
            continue  # within the name before
        word, index = words[begin], begin + 1
        if word in titles:
            if index < count and words[index] == ".":
                index += 1
            if not (index < count and _capital(draft, index)):
                continue
        elif not _capital(draft, begin):
            continue
        elif word not in first_names:
            pair = lang != "de" and index < count and _capital(draft, index)
            named = pair and not any(is_small_word(one) or one in _NO_NAMES for one in (word, words[index]))
            if not named and (is_small_word(word) or word in _NO_NAMES or not _of_department(words, index)):
                continue
        while index < count and index - begin < 4 and _capital(draft, index) and not is_small_word(words[index]):
            index += 1
        found.append(Hit(begin, index - 1, None))
    return found


def proper_names(draft: Draft, lang: str | None) -> list[Hit]:
    """Words with a capital within a sentence, small words aside: names of anyone or anything. None in German, where
    all nouns have one."""
    if lang == "de":
        return []
    inside = (at for at in draft.capitals if at not in draft.sentence_start and _capital(draft, at))
    words = draft.words
    return [Hit(at, at, None) for at in inside if not is_small_word(words[at]) and words[at] not in _NO_NAMES]


def _of_department(words: list[str], index: int) -> bool:
    """Whether the words from a place on say where someone works: from accounts, de la compta, aus dem Lager."""
    if index >= len(words) or words[index] not in _FROM:
        return False
    rest = [word for word in words[index + 1 : index + 5] if word not in _THE]
    return bool(rest) and rest[0] in _DEPARTMENTS


def _capital(draft: Draft, token: int) -> bool:
    written = draft.written(token)
    return written[0].isupper() and written.isalpha() and (len(written) < 3 or not written.isupper())
