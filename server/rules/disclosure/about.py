"""The first question: is this about the company?

Many companies are called after common words, so a name counts by its form (a product, a handle, capitals inside),
by how it is written (a capital in the middle of a sentence) and by what stands around it.
"""

from __future__ import annotations

from typing import NamedTuple

from server.rules.disclosure.tables import common_words, company_context, grammar, tag_parts
from server.rules.language import is_small_word
from server.rules.names import Name
from server.rules.prepare import Draft, fold_accents, phrase_tokens
from server.rules.scan import Hit
from server.rules.scene import Scene

_DOING = frozenset(("paying", "giving", "offering", "rewarding", "launching", "opening", "hiring"))
_ONTO = frozenset(("on", "along", "above", "beyond", "beside", "below"))
_BEFORE_DAYS = frozenset(("by", "from", "for", "to", "on", "an", "am", "via", "a", "new"))  # Monday is a day there


class Mention(NamedTuple):
    """One place where the company or a product of it is named. A `sure` one is enough by itself."""

    first: int
    last: int
    product: bool
    sure: bool


def mentions(scene: Scene) -> list[Mention]:
    """All places where the draft may name the company, in order."""
    found: dict[int, Mention] = {}
    for role in ("handle", "link", "product", "part", "name"):
        for hit in scene.names.get(role, ()):
            mention = Mention(hit.first, hit.last, role in ("product", "part"), _sure(scene, hit))
            before = found.get(hit.first)
            # The longest name wins; of equally long ones a product, then a sure one.
            if before is None or mention[1:] > before[1:]:
                found[hit.first] = mention
    for first, last, body in scene.draft.tags:
        tagged = in_tag(scene, body)
        if tagged:
            name, whole = tagged
            sure = not (whole and _common(body)) or name.written[0].isupper() and scene.draft.written(last)[0].isupper()
            found[first] = Mention(first, last, name.role in ("product", "part"), sure and name.role != "part")
            found.pop(last, None)
    return _without_overlaps(sorted(found.values()))


def _without_overlaps(found: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in found:
        if kept and mention.first <= kept[-1].last:
            if mention.last - mention.first > kept[-1].last - kept[-1].first:
                kept[-1] = mention
            continue
        kept.append(mention)
    return kept


def is_about(scene: Scene, found: list[Mention], involved: bool = False) -> bool:
    """Whether the draft is about the company.

    Where the person put a label, or says that they work there (`involved`), an unsure mention is enough.
    """
    if any(mention.sure for mention in found) or _company_and_product(scene, found):
        return True
    if scene.context.item_url or scene.context.item_title:
        return True
    return involved and bool(found)


def _company_and_product(scene: Scene, found: list[Mention]) -> bool:
    """Whether a common word and a part of a product's name, each unsure by itself, make each other sure.

    "Target run! Circle Week is on": both as names are written, neither inside a longer name.
    """
    draft = scene.draft
    if len(found) < 2 or scene.lang == "de":
        return False  # all German nouns have a capital
    kinds, strong, small = set(), False, not _has_capitals(draft)
    for first, last, product, _ in found:
        capital = draft.written(first)[0].isupper()
        if not (capital or small) or draft.words[first] in common_words()[1]:
            continue
        if first == last and draft.words[last + 1 : last + 2] and draft.words[last + 1].isdigit():
            continue  # Terminal 5
        if product or not _inside_a_name(draft, first):
            kinds.add(product)
            strong |= last > first or capital and (first not in draft.sentence_start or _goes_on(draft, last))
    return strong and len(kinds) > 1


def _goes_on(draft: Draft, last: int) -> bool:
    """Whether a word with a capital follows at once."""
    return last + 1 < len(draft.words) and draft.written(last + 1)[0].isupper()


def _inside_a_name(draft: Draft, first: int) -> bool:
    """Whether another name leads to this one: Union Square, Mount Shell."""
    before = draft.words[first - 1] if first else " "
    return before[0].isalpha() and draft.written(first - 1)[0].isupper() and not is_small_word(before)


def in_tag(scene: Scene, body: str) -> tuple[Name, bool] | None:
    """The name that a hashtag begins or ends with, and whether it is the whole hashtag."""
    compact = scene.compact_names
    whole = compact.get(body) or compact.get(fold_accents(body))
    if whole:
        return whole, True
    for size in range(len(body) - 1, 1, -1):
        for key, rest in ((body[:size], body[size:]), (body[-size:], body[:-size])):
            name = compact.get(key)
            if name is None or name.role == "part":
                continue
            # A short name, or one that is a common word, counts where the rest is known: #IWMemployee, #targetad.
            if size > 3 and not _common(key) or rest in tag_parts() or fold_accents(rest) in tag_parts():
                return name, False
    return None


def _common(word: str) -> bool:
    return fold_accents(word) in common_words()[0]


def _sure(scene: Scene, hit: Hit) -> bool:
    """Whether one hit names the company beyond doubt."""
    name: Name = hit.payload
    draft = scene.draft
    if name.role in ("handle", "link"):
        return True
    if name.role == "name" and (_is_place(scene, hit) or _is_thing(scene, hit) or _is_person(scene, hit)):
        return False
    tokens = phrase_tokens(name.written)
    written = draft.plain[draft.starts[hit.first] : draft.ends[hit.last]]
    words = [token for token in tokens if token[0].isalnum()]
    if len(words) > 1 or any(not t[0].isalnum() for t in tokens):
        capital = name.written[0].isupper()
        if name.role == "part" and len(words) == 1:
            return False
        if not capital or any(c.isupper() for c in written):  # "la conserverie Trévarez" too
            # "The Square Register" as such, but not a sentence that happens to begin "Square one".
            return not (name.role == "part" and all(map(_common, words)))
        return name.role == "product" and not all(map(_common, words)) and len(words) > 1 and scene.lang != "en"
    word = words[0] if words else tokens[0]
    if name.role == "part":
        if any(c.isdigit() for c in word):
            return written[:1].isupper() == name.written[:1].isupper()
        if any(c.isupper() for c in name.written[1:]) and written == name.written:
            return not _common(word)  # CareApp
        # "I moved to Cumulus": a rare word, with a capital where none is due, and not inside a longer name.
        rare = len(word) > 5 and not _common(word) and scene.lang != "de" and hit.first not in draft.sentence_start
        return rare and written[0].isupper() and not _part_of_another_name(draft, hit.first, hit.last)
    if name.written.isupper():
        return written.isupper() and not _common(word)
    if any(c.isupper() for c in name.written[1:]) or any(c.isdigit() for c in word):
        return written == name.written or not _common(word)
    if not _common(word):
        if written[0].isupper() or not name.written[0].isupper():
            return True
        # "brightloop is great" by someone who writes all in small letters; but not "candles from beef tallow".
        return len(word) > 5 and not _has_capitals(draft)
    return _common_word_is_name(scene, hit, written, word)


def _is_place(scene: Scene, hit: Hit) -> bool:
    """Whether a name that is only part of the company's (Biscuiterie *Saint-Goustan*) is a place: the port of it."""
    company, context = scene.policy.company, company_context()
    words, first = scene.draft.words, hit.first
    if company is None or hit.payload.written == company.name:
        return False
    if fold_accents(hit.payload.written.lower()) not in fold_accents(company.name.lower()):
        return False
    if words[hit.last + 1 : hit.last + 2] and words[hit.last + 1] in context["behind_place"]:
        return scene.draft.written(hit.last + 1)[0].isupper()
    if hit.last > first and words[first] in context["toponym"] and first:
        return words[first - 1] not in context["to_firms"] and words[first - 1][0].isalnum()
    if words[max(0, first - 1) : first] == ["the"] and words[max(0, first - 2)] in _ONTO:
        after = words[hit.last + 1] if hit.last + 1 < len(words) else "."
        return not after[0].isalnum() or is_small_word(after)  # "rain on the Burren", but "on the Burren app"
    if first > 1 and words[first - 2] in grammar()["thanks"]:
        return False  # Gracias a Almira
    place = context["place"].get(scene.lang, context["place"][None])
    led = any(tuple(words[first - n : first]) in place for n in (1, 2) if first >= n)
    # An article may stand between: ten days in the Okanagan.
    return bool(led or first > 1 and words[first - 1] in context["article"] and (words[first - 2],) in place)


def _is_thing(scene: Scene, hit: Hit) -> bool:
    """Whether a German name of one word is a noun here: "brütet wieder ein Storch", "einen Kiebitz gesehen"."""
    draft, last = scene.draft, hit.last
    before = draft.words[hit.first - 1] if hit.first else ""
    if scene.lang != "de" or hit.first != last or before not in company_context()["german_article"]:
        return False
    after = draft.plain[draft.starts[last + 1]] if last + 1 < len(draft.words) else "."
    return not after.isupper() and after not in "-'"


def _is_person(scene: Scene, hit: Hit) -> bool:
    """Whether a name of one word is somebody's: Herr Lindner, Mrs Sage."""
    words, first = scene.draft.words, hit.first
    index = first - 2 if first > 1 and words[first - 1] == "." else first - 1
    return index >= 0 and hit.last == first and words[index] in company_context()["title"]


def _has_capitals(draft: Draft) -> bool:
    """Whether a draft's sentences begin with capitals, so that its names would too."""
    return any(draft.plain[draft.starts[token]].isupper() for token in draft.sentence_start)


def _common_word_is_name(scene: Scene, hit: Hit, written: str, word: str) -> bool:
    """Whether a common word stands for the company here."""
    draft, context = scene.draft, company_context()
    if not written[0].isupper():
        return False
    words, first, last = draft.words, hit.first, hit.last
    articles = context["article"] - {"a"} if scene.lang in ("es", "it", "fr") else context["article"]
    if _hyphenated(draft, last):
        return False
    before = words[first - 1] if first else ""
    after = words[last + 1] if last + 1 < len(words) else ""
    if hit.payload.role == "product" and scene.lang != "de":
        return first not in draft.sentence_start
    led = any(
        tuple(words[first - n : first]) in context["before"]
        for n in (1, 2, 3)
        if first >= n and (n > 1 or before not in articles)
    )
    if led and not (word in common_words()[1] and before in _BEFORE_DAYS):
        return True
    always = word in common_words()[1]
    if after in context["role"] and not (always and before in articles):
        return True
    if always:
        return False  # Monday has its capital anyway
    if first in draft.sentence_start:
        if scene.lang != "de" and (after in context["verb"] or scene.lang == "en" and after.endswith("ed")):
            return True  # "Target has …": a countable noun would have its article
        if after == "is" and not _DOING.isdisjoint(words[last + 2 : last + 3]):
            return True  # "Target is paying me"
        return after == "'" and last + 2 < len(words) and words[last + 2] == "s" and scene.lang == "en"
    if scene.lang == "de":
        # Every German noun has a capital, so only a product's name counts without a preposition.
        return hit.payload.role == "product"
    if before in articles or before == "'" and words[first - 2 : first - 1] == ["l"]:
        return False
    return not _part_of_another_name(draft, first, last)


def _hyphenated(draft: Draft, last: int) -> bool:
    """Whether the word goes on after a hyphen: Nordlicht-Fotografie."""
    words = draft.words
    return (
        last + 2 < len(words)
        and words[last + 1] == "-"
        and draft.starts[last + 1] == draft.ends[last]
        and draft.starts[last + 2] == draft.ends[last + 1]
    )


def _part_of_another_name(draft: Draft, first: int, last: int) -> bool:
    """Whether the word belongs to a longer name that is not ours: Times Square, Orange County, Ms Sage."""
    words = draft.words
    if last + 1 < len(words) and words[last + 1][0].isalpha() and draft.written(last + 1)[0].isupper():
        return True
    before = words[first - 1] if first else " "
    if not before[0].isalpha() or not draft.written(first - 1)[0].isupper():
        return False
    return not is_small_word(before)
