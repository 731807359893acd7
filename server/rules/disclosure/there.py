"""The fourth question: is it there, worded as accepted, placed as the jurisdiction wants it, standing alone?

A label is recognised by its form and place, never by the word alone: a hashtag of its own, a word that opens the
post or a line and is set off from the rest, a plain sentence ("this is an ad"). So "the ad we ran", "ad hoc",
"AD 79", "notre publicité" and "Anzeige am Bahnsteig" are no labels.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator

from server.rules.disclosure.about import Mention
from server.rules.disclosure.marking import UNCLEAR, Mark
from server.rules.disclosure.tables import Jurisdiction, Labels, company_context, denials, grammar, lookalikes
from server.rules.disclosure.wordings import in_sentences, told
from server.rules.fold import in_view
from server.rules.prepare import Draft, fold_accents
from server.rules.scan import Hit
from server.rules.scene import Scene

_SET_OFF = frozenset(".:|)]·•/~*-!")
_ALONE = frozenset(")].!|")
_LED = "([|•·-"  # a label may stand behind one of these in the middle of a sentence


def marks(scene: Scene, known: Labels, mentions: list[Mention], place: Jurisdiction) -> list[Mark]:
    """All marks of the draft as one jurisdiction grades them; denied and quoted ones left out."""
    found = [*_tags(scene, known), *_words(scene, known, mentions), *in_sentences(scene, known, mentions)]
    found += told(scene, "accepted" if place.rewarded_relationship == "accepted" else "doubtful")
    denied = {token for hit in denial_hits(scene) for token in range(hit.first, hit.last + 1)}
    kept: list[Mark] = []
    for mark in sorted(found, key=lambda mark: mark.first):
        if scene.quoted(mark.first, mark.last) or mark.first in denied or mark.last in denied:
            continue
        if kept and mark.form == kept[-1].form == "phrase" and mark.first <= kept[-1].last:
            continue  # a set phrase that is read by its grammar too
        if not negated(scene.draft, mark.first):
            kept.append(mark)
    _note_openers(scene.draft, kept)
    return kept


def denial_hits(scene: Scene) -> list[Hit]:
    """Where the draft says that it is no advertisement."""
    tags = denials()["tags"]
    found = [hit for hit in scene.cues("denial") if not scene.quoted(hit.first, hit.last)]
    return found + [Hit(first, last, None) for first, last, body in scene.draft.tags if fold_accents(body) in tags]


def negated(draft: Draft, first: int) -> bool:
    window = draft.words[max(0, first - 3) : first]
    for word in reversed(window):
        if word in grammar()["negation"]:
            return True
        if not word[0].isalnum() and word not in "#'":
            return False
    return False


def _tags(scene: Scene, known: Labels) -> Iterator[Mark]:
    draft = scene.draft
    for first, last, body in draft.tags:
        if _goes_on(draft, last):
            broken = _broken(draft, first, last, known)
            if broken:
                yield Mark(first, broken, UNCLEAR, "tag", broken)
            continue
        word = fold_accents(body)
        grade = known.tags.get(word)
        if grade and draft.words[last + 1 : last + 2] and draft.words[last + 1] in grammar()["or"]:
            continue  # "#ad or no ad, that is the question"
        if grade:
            hidden = draft.hidden_within(first, last)
            yield Mark(first, last, UNCLEAR if hidden else grade, "tag", last)
            continue
        plain = word.replace("_", "").translate(lookalikes())
        if plain != word and plain in known.tags:
            yield Mark(first, last, UNCLEAR, "tag", last)
            continue
        fused = _fused(scene, known, word, draft.written(last))
        if fused:
            grade, kept = fused
            yield Mark(first, last, grade, "tag", last, kept)
    for first in (i for i, word in enumerate(draft.words[:-1]) if word == "#" and draft.words[i + 1] == "@"):
        broken = _broken(draft, first, first + 1, known)  # #@d
        if broken:
            yield Mark(first, broken, UNCLEAR, "tag", broken)


def _goes_on(draft: Draft, last: int) -> bool:
    """Whether a hashtag is glued to something more: #ad-free, #a.d."""
    words = draft.words
    return (
        last + 2 < len(words)
        and words[last + 1] in "-.*·'"
        and draft.starts[last + 1] == draft.ends[last]
        and draft.starts[last + 2] == draft.ends[last + 1]
        and words[last + 2][0].isalnum()
    )


def _broken(draft: Draft, first: int, last: int, known: Labels) -> int | None:
    """The last token of a label that is broken up by signs (#a.d, #@d), if it is one."""
    end, letters = last, "".join(draft.words[first + 1 : last + 1])
    while end + 1 < len(draft.words) and draft.starts[end + 1] == draft.ends[end] and end - first < 12:
        end += 1
        if draft.words[end].isalnum():
            letters += draft.words[end]
    plain = fold_accents(letters).translate(lookalikes())
    single = all(len(word) == 1 for word in draft.words[first + 1 : end + 1])
    return end if plain in known.tags and (single or "@" in letters) else None


def _fused(scene: Scene, known: Labels, body: str, written: str) -> tuple[str, str] | None:
    """The grade of a hashtag that holds a label beside a name (#KestrelAd), and what is left without the label."""
    names = scene.compact_names
    for size in range(len(body) - 1, 1, -1):
        if body[:size] in names:
            rest, kept = body[size:], written[:size]
        elif body[-size:] in names:
            rest, kept = body[:-size], written[-size:]
        else:
            continue
        rest = rest.strip("_")
        if rest in known.with_company:
            return known.with_company[rest], f"#{kept}"
        if rest in known.tags:
            return ("weak" if known.tags[rest] == "weak" else UNCLEAR), f"#{kept}"
        if rest.removeprefix("paid") in known.tags or rest in ("ads", "adby", "adfor", "adfrom"):
            return UNCLEAR, f"#{kept}"
    # A label as the last of several capitalised parts: #BestCoffeeAd.
    cut = max((i for i, c in enumerate(written) if c.isupper()), default=0)
    tail = fold_accents(written[cut:].lower())
    if cut and known.tags.get(tail) == "accepted" and written[cut - 1].islower():
        if fold_accents(written[:cut].lower()) not in ("not", "no", "notan", "notad", "kein", "keine", "pasde", "geen"):
            return UNCLEAR, f"#{written[:cut]}"
    return None


def _words(scene: Scene, known: Labels, mentions: list[Mention]) -> Iterator[Mark]:
    draft = scene.draft
    words = draft.words
    named = {mention.first for mention in mentions}
    starts = draft.sentence_start
    opening = _opening(draft)
    behind = {place + 1 for sign in _LED for place in draft.places.get(sign, ())} - starts - {opening, len(words)}
    starts = starts | set(_answers(draft))
    todo = sorted({*behind, *starts, max(0, opening)}) if words else []
    for index in todo:
        word, apart = words[index], index in behind
        if not (apart or index in starts or index == opening):
            continue
        tagged = index > 0 and words[index - 1] == "#" and draft.starts[index] == draft.ends[index - 1]
        folded = fold_accents(word)
        plain = folded.translate(lookalikes()) if not word.isascii() else folded
        for size in range(known.first.get(plain, 0), 1 if tagged else 0, -1):  # "#Free gift" is a tag and more
            tokens = tuple(fold_accents(w) for w in words[index : index + size])
            grade = known.words.get((plain, *tokens[1:]))
            if not grade or len(tokens) < size:
                continue
            end = _set_off(draft, index + size - 1, index == opening, apart, named, grade)
            if end is None and index == opening and words[index - 1 : index] == ["#"]:
                end = index + size - 1  # "# ad": no hashtag any more, but read as one
            if end is None:
                continue
            unclear = plain != folded or draft.hidden_within(index, index + size - 1)
            if index == opening and words[end] in "·|/":
                opening = end + 1  # "Ad · Anzeige – "
                behind.discard(opening)
                if opening < len(words) and opening not in todo:
                    insort(todo, opening)
            yield Mark(index - tagged, index + size - 1, UNCLEAR if unclear else grade, "word", end)
            break


def _answers(draft: Draft) -> Iterator[int]:
    """What follows an answer at the head of a sentence: "Just a tip? No: advertising.", "Nein, eine Anzeige."."""
    words, articles, answers = draft.words, company_context()["article"], grammar()["answers"]
    if answers.isdisjoint(draft.places):
        return
    for start in draft.sentence_start:
        if words[start] in answers and start + 3 < len(words) and words[start + 1] in ",:-":
            yield start + 3 if words[start + 2] in articles else start + 2


def _opening(draft: Draft) -> int:
    """The first word of the post, words that lead to a label left out where a sign ends them."""
    led = False
    for index, word in enumerate(draft.words[:20]):
        if word[0].isalnum():
            if word not in grammar()["leads"]:
                return index if not led or draft.words[index - 1] in ",:-." else min(draft.sentence_start)
            led = True
    return min(draft.sentence_start, default=-1)


def _set_off(draft: Draft, last: int, opens: bool, apart: bool, named: set[int], grade: str) -> int | None:
    """The last token of a label's own punctuation where the label is set off from what follows, else None."""
    words, nxt = draft.words, last + 1
    if nxt >= len(words) or words[nxt] == "\n":
        return last
    sign = words[nxt]
    glued = draft.starts[nxt] == draft.ends[last]
    glued_after = nxt + 1 < len(words) and draft.starts[nxt + 1] == draft.ends[nxt]
    if glued and glued_after and words[nxt + 1][0].isalnum():
        return None  # ad-free, ad.example, Ad:tech
    if apart:
        beside = sign in "-:." and words[last - 1] == "·"  # the second of two: "Publicité · Anzeige – "
        between = sign in "-|•" and words[last - 1] == sign  # "One thing - ad - before lunch"
        return nxt if sign in ")]" or beside or between or sign in ".!" and nxt + 1 >= len(words) else None
    if opens:
        if sign in _SET_OFF and not (sign == "!" and grade == "weak"):
            return nxt
        if sign in ",(" and grade != "weak":
            return nxt if sign == "," else last
        if not sign.isalnum() and ord(sign[0]) > 0x2190:
            return last  # an emoji
        if nxt in named and grade != "weak" or sign in "#@":
            return last
    elif sign in _ALONE or sign == ":" or sign == "-":
        return nxt
    if (sign in grammar()["connect"] or opens and sign in grammar()["my"]) and grade != "weak":
        reach = range(nxt + 1, min(nxt + 5, len(words)))
        if any(i in named or words[i] in grammar()["employer"] for i in reach):
            return last
    return None


def placed(scene: Scene, mark: Mark, place: str) -> bool:
    """Whether readers see a mark at once: before anything else, or in view and not in a run of hashtags."""
    draft = scene.draft
    if mark.opens:
        return True
    if mark.form == "phrase" and draft.sentence_of[mark.first] == 0 and place == "start":
        return in_view(scene.draft.text, draft.token_span(mark.first, mark.last)[0], scene.fold.mobile)
    if place == "start":
        return False
    if mark.form == "tag" and mark.first in draft.tags_in_runs:
        return False
    return in_view(draft.text, draft.token_span(mark.first, mark.last)[1] - 1, scene.fold.mobile)


def _note_openers(draft: Draft, found: list[Mark]) -> None:
    """Say of each mark whether it opens the post: at most one new line and a few signs may stand before it."""
    by_first: dict[int, list[Mark]] = {}
    for mark in found:
        by_first.setdefault(mark.first, []).append(mark)
    index, lines = 0, 0
    while index < min(len(draft.words), 40) and lines < 2:
        here = by_first.get(index)
        if here:
            for mark in here:
                mark.opens = True
            index = max(mark.last for mark in here) + 1
            continue
        if draft.words[index][0].isalnum() and draft.words[index] not in grammar()["leads"]:
            return
        lines += draft.words[index] == "\n"
        index += 1
