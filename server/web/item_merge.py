"""Two people on one item: what each changed since both saw the same, put together."""

from __future__ import annotations

import json
from dataclasses import replace

from server.store import Item
from server.web import item_form
from server.web.item_form import Form, Wording

Both = list[tuple[str, str]]  # (field, what the other made of it)


def merged(mine: Form, now: Item) -> tuple[Form, Both]:
    """The form on the version that is there now, and what both have changed.

    What only one of the two changed is taken from them. What both changed stays as in `mine`. Where it cannot be told
    what was there before, all that differs counts as changed by both, and no wording is left out.
    """
    theirs = item_form.of_item(now)
    before, old = _before(mine.base)
    both: Both = []
    values = {}
    for name, value in mine.values.items():
        other = theirs.values[name]
        values[name] = other if value == before.get(name) else value
        if value != other != before.get(name) and values[name] == value:
            both.append((name, other))
    wordings, more = _wordings(mine.wordings, theirs.wordings, old)
    return Form(values, wordings, theirs.seen, theirs.base), both + more


def _wordings(mine: list[Wording], theirs: list[Wording], old: dict[str, Wording]) -> tuple[list[Wording], Both]:
    other = {each.id: each for each in theirs}
    kept: list[Wording] = []
    both: Both = []
    for each in mine:
        was, now = old.get(each.id), other.get(each.id)
        if now is None:
            # They removed it, or it is new here: it goes only where nobody here has touched it.
            if was != each:
                kept.append(each)
        elif each in (was, now):
            kept.append(now)
        else:
            kept.append(each)
            if now != was:
                both.append(("wording", now.text))
    here = {each.id for each in mine}
    # Not here: removed here, unless they made or changed it.
    return kept + [each for each in theirs if each.id not in here and each != old.get(each.id)], both


def _before(base: str) -> tuple[dict[str, str], dict[str, Wording]]:
    """The values and wordings that were there when the form was opened; nothing where that cannot be read."""
    try:
        given = json.loads(base)
        wordings = [Wording(**each) for each in given["wordings"]]
        return dict(given["values"]), {each.id: replace(each, fault=None) for each in wordings}
    except (ValueError, TypeError, KeyError):
        return {}, {}
