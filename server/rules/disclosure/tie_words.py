"""The words by which a sentence ties its speaker to the company (`tables/ties.yaml`), and small questions about them:
where a clause ends, whether it speaks of a customer, names a trade, or happened only once."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from server.rules.disclosure.tables import ties, worded
from server.rules.prepare import Draft

_LONG = 40  # tokens
_BREAKS = frozenset(':;()"\n|•')


class Words(NamedTuple):
    """The words of `tables/ties.yaml` for the language of one draft."""

    self: frozenset[str]
    others: frozenset[str]
    firm: frozenset[str]
    serve: frozenset[str]
    inside: frozenset[str]
    where: frozenset[str]
    span: frozenset[str]
    workplace: frozenset[str]
    event: frozenset[str]
    customer: frozenset[str]
    skip: frozenset[str]
    role: frozenset[str]
    not_role: frozenset[str]
    not_verb: frozenset[str]
    pay: frozenset[str]
    payer: frozenset[str]
    bills: frozenset[str]
    from_: frozenset[str]
    my: frozenset[str]
    idle: frozenset[str]
    few: frozenset[str]
    unless: frozenset[str]
    opener: frozenset[str]
    since: frozenset[str]
    have: frozenset[str]
    here: frozenset[str]
    pairs: frozenset[str]
    served: frozenset[str]
    modifies: frozenset[str]
    of: frozenset[str]
    there: frozenset[str]
    its: frozenset[str]
    us: frozenset[str]
    spot: frozenset[str]
    person: frozenset[str]
    who: frozenset[str]
    signed: frozenset[str]
    me: frozenset[str]
    work: frozenset[str]
    post: frozenset[str]
    with_: frozenset[str]
    wear: frozenset[str]
    ours: frozenset[str]
    crew: frozenset[str]
    making: frozenset[str]
    mine: frozenset[str]
    tool: frozenset[str]
    had: frozenset[str]
    folk: frozenset[str]
    tends: frozenset[str]
    stint: frozenset[str]
    ends: tuple[str, ...]
    trades: tuple[str, ...]
    verbs: tuple[str, ...]


@lru_cache(maxsize=None)
def words_of(lang: str | None) -> Words:
    """The words for one language. None: a draft whose language is not known is read as an English one."""
    return worded(Words, ties()[lang or "en"])


def clause(draft: Draft, index: int) -> tuple[int, int]:
    """Where the clause of a token begins, and the token behind it: no further than its sentence, a colon, a dash.

    Nor further than `_LONG` tokens, so that the cost stays linear in a draft without a full stop.
    """
    first, last = draft.sentences[draft.sentence_of[index]]
    first, last = max(first, index - _LONG), min(last, index + _LONG)
    start = index
    while start > first and not _breaks(draft, start - 1):
        start -= 1
    end = index
    while end < last and not _breaks(draft, end):
        end += 1
    while start < index and not draft.words[start][0].isalnum():
        start += 1
    return start, end + 1


def _breaks(draft: Draft, index: int) -> bool:
    word = draft.words[index]
    if word == "-":
        return draft.starts[index] > draft.ends[index - 1] if index else True
    return word in _BREAKS


def place_before(words: list[str], known: Words, first: int) -> int | None:
    """The word that leads to the company, an article aside: for the X team, au X, bei der X."""
    index = first - 1
    while index >= 0 and first - index < 5 and words[index] in known.skip:
        index -= 1
    return index if index >= 0 else None


def buys(known: Words, words: list[str]) -> bool:
    """Whether words of customers stand there: I bank, I shop; but not "I look after"."""
    for index, word in enumerate(words):
        behind = words[index + 1] if index + 1 < len(words) else ""
        if word in known.served:
            if index and words[index - 1] in known.idle:
                return True
        elif word in known.customer and f"{word}_{behind}" not in known.pairs:
            if word not in known.modifies or not behind[:1].isalpha() or behind in known.firm | known.serve | known.of:
                return True
    return False


def trade(words: list[str], known: Words, first: int, last: int) -> bool:
    """Whether one of these words names a trade."""
    return any(
        word in known.role or known.ends and len(word) > 5 and word.endswith(known.ends) and word not in known.not_role
        for word in words[first:last]
    )


def happened(words: list[str], known: Words, subject: int) -> bool:
    """Whether it happened once: I fitted, j'ai vu, wir haben … — but not "I've fitted"."""
    after = [word for word in words[subject + 1 : subject + 5] if word != "'"]
    before = words[subject - 1] if subject else ""
    if not after:
        return False
    verb = after[0]
    if verb in ("ve", "have"):
        return len(after) > 1 and (after[1] in known.have or after[1] == "just")
    if verb in known.event or before in known.event:
        return True
    return bool(known.have) and len(verb) > 4 and verb.endswith("ed")
