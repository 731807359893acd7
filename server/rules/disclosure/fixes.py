"""What mends a disclosure, as edits: the label put first, moved up, split off or written in place of a weaker one."""

from __future__ import annotations

from functools import lru_cache

from server.rules.disclosure import tables
from server.rules.disclosure.owed import LABEL
from server.rules.disclosure.marking import UNCLEAR, Mark
from server.rules.disclosure.verdict import Judgement
from server.rules.model import Edit, Fix
from server.rules.prepare import fold_accents, phrase_tokens
from server.rules.scene import Scene


@lru_cache(maxsize=256)
def label_for(jurisdictions: tuple[str, ...], lang: str | None) -> str:
    """What a fix writes first: one label that all jurisdictions accept, else one for each ("Ad · Werbung – ")."""
    national = [language for where in jurisdictions for language in tables.jurisdiction(where).languages]
    languages = [*([lang] if lang else []), *national, "en"]
    puts = [tables.plain()[language]["put"] for language in dict.fromkeys(languages)]
    for put in puts:
        if all(_accepts(where, lang, put) for where in jurisdictions):
            return put
    chosen = [next((put for put in puts if _accepts(where, lang, put)), puts[0]) for where in jurisdictions]
    return " · ".join(shown(put).removeprefix("#").capitalize() for put in dict.fromkeys(chosen)) + " – "


def front_label(scene: Scene) -> str:
    """The label for the post's language; with the national one, where the post is in none of the readers' languages."""
    jurisdictions = scene.policy.jurisdictions
    put = label_for(jurisdictions, scene.lang)
    beside = []
    for where in map(tables.jurisdiction, jurisdictions):
        national = tables.national_label(where, scene.lang, jurisdictions)
        known = tables.is_national(where, fold_accents(shown(put).removeprefix("#").lower()))
        if national and national not in beside and not known:
            beside.append(national)
    return " · ".join(shown(one).removeprefix("#").capitalize() for one in (put, *beside)) + " – " if beside else put


def _accepts(where: str, lang: str | None, put: str) -> bool:
    tokens = tuple(fold_accents(token) for token in phrase_tokens(shown(put).removeprefix("#")))
    return tables.labels(where, lang).words.get(tokens) == "accepted"


def shown(put: str) -> str:
    """A label as people speak of it: `Anzeige: ` is “Anzeige”."""
    return put.strip().rstrip(".:–-").strip()


def fixes(scene: Scene, judgement: Judgement, words: dict[str, str]) -> tuple[Fix, ...]:
    """The ways to mend it, best first. `words`: the sayings in the panel's language."""
    where = [tables.jurisdiction(one) for one in scene.policy.jurisdictions]
    put = front_label(scene)
    front = Fix(words["fix_add"].format(label=shown(put)), (Edit(0, 0, put),))
    if judgement.owed != LABEL:
        mark = judgement.mark
        if judgement.verdict == "buried" and mark is not None and mark.form == "tag":
            return (_moved(scene, mark, words), _relationship(scene, words))
        return (_relationship(scene, words), front)
    mending = [_label(scene, judgement, words, put)]
    if judgement.denial is None:
        if all(one.rewarded_relationship == "accepted" for one in where):
            mending.append(_relationship(scene, words))
        if all(one.platform_label == "accepted" for one in where):
            mending.append(Fix(words["fix_platform"], ()))
    return tuple(mending)


def _label(scene: Scene, judgement: Judgement, words: dict[str, str], put: str) -> Fix:
    """The label put first: added, moved up, split off, or written in place of a weaker one."""
    mark = judgement.mark
    if judgement.denial is not None:
        edits = _with_front(scene, put, [_clause(scene, judgement.denial.first, judgement.denial.last)])
        return Fix(words["fix_add"].format(label=shown(put)), edits)
    if mark is None or mark.form == "phrase":
        return Fix(words["fix_add"].format(label=shown(put)), (Edit(0, 0, put),))
    if judgement.verdict == "buried" and mark.grade == "accepted":
        if put == label_for(scene.policy.jurisdictions, scene.lang):
            return _moved(scene, mark, words)
    name = "fix_split" if mark.grade == UNCLEAR and mark.kept else "fix_replace"
    kept = mark.kept + " " if mark.kept and mark.grade == UNCLEAR else ""
    edit = Edit(*_reach(scene, mark), kept)
    return Fix(words[name].format(label=shown(put)), _with_front(scene, put, [edit]))


def _moved(scene: Scene, mark: Mark, words: dict[str, str]) -> Fix:
    """A label or a hashtag that stands too late, put first as it is written."""
    put = scene.draft.text[slice(*scene.draft.token_span(mark.first, mark.last))]
    put += " " if mark.form == "tag" else ". "
    edits = _with_front(scene, put, [Edit(*_reach(scene, mark), "")])
    return Fix(words["fix_move"].format(label=shown(put)), edits)


def national_fix(put: str, words: dict[str, str]) -> tuple[Fix, ...]:
    """The national label before one in the language of the post: "Anzeige · #ad …"."""
    label = shown(put)
    written = label.removeprefix("#").capitalize() + " · "
    return (Fix(words["fix_national"].format(label=label), (Edit(0, 0, written),)),)


def doubtful_fix(scene: Scene, mark: Mark, words: dict[str, str]) -> tuple[Fix, ...]:
    """A clearer label in place of one that is accepted with a doubt."""
    put = front_label(scene)
    if mark.form == "phrase":
        return (Fix(words["fix_add"].format(label=shown(put)), (Edit(0, 0, put),)),)
    start, end = _reach(scene, mark)
    return (Fix(words["fix_replace"].format(label=shown(put)), _with_front(scene, put, [Edit(start, end, "")])),)


def _relationship(scene: Scene, words: dict[str, str]) -> Fix:
    """A sentence in the person's voice, in the language of the post; where that is not known, of the readers."""
    assert scene.policy.company is not None
    sentences = tables.sayings()[1]
    national = [lang for where in scene.policy.jurisdictions for lang in tables.jurisdiction(where).languages]
    lang = next((one for one in (scene.lang, *national) if one in sentences), "en")
    sentence = sentences[lang].format(company=scene.policy.company.name)
    return Fix(words["fix_relationship"].format(sentence=sentence.strip()), (Edit(0, 0, sentence),))


def _with_front(scene: Scene, put: str, edits: list[Edit]) -> tuple[Edit, ...]:
    """The edits with `put` before all; the two become one where something at the very start is replaced."""
    if edits and edits[0].start == 0:
        return (Edit(0, edits[0].end, put + edits[0].text), *edits[1:])
    return (Edit(0, 0, put), *edits)


def _reach(scene: Scene, mark: Mark) -> tuple[int, int]:
    """The span of a mark with its brackets, its own punctuation and the space that would be left over."""
    draft, text = scene.draft, scene.draft.text
    first, last = mark.first, mark.takes
    if first and draft.words[first - 1] in "([" and draft.words[last] in ")]":
        first -= 1
        if last + 1 < len(draft.words) and draft.words[last + 1] in ":-|.":
            last += 1
    start, end = draft.token_span(first, last)
    if start and end < len(text) and not text[end].isspace() and mark.form == "word":
        return start, end
    while end < len(text) and text[end] in " \t\u00a0":
        end += 1
    if end >= len(text) or text[end] == "\n":
        while start > 0 and text[start - 1].isspace():
            start -= 1
    return start, end


def _clause(scene: Scene, first: int, last: int) -> Edit:
    """Takes a denial out: from what leads to it ("this is", "c'est") to the sign that ends its clause."""
    draft = scene.draft
    words, sentence = draft.words, draft.sentence_of
    if words[first] != "#":
        while first > 0 and sentence[first - 1] == sentence[last] and words[first - 1] not in ",;:.-!?\n)":
            first -= 1
        while last + 1 < len(words) and words[last] not in ",;:.!?" and words[last + 1] != "\n":
            if sentence[last + 1] != sentence[last]:
                break
            last += 1
    start, end = draft.token_span(first, last)
    while end < len(draft.text) and draft.text[end] in " \t":
        end += 1
    return Edit(start, end, "")
