"""From code points, which Python counts, to UTF-16 units, which the page counts. The one place where this is done."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace

from server.rules.model import Check, Edit, Finding, Fix, Fold


def utf16_index(text: str) -> Callable[[int], int]:
    """A function that gives the UTF-16 offset of a code-point offset of `text`.

    A lone surrogate is one unit, as in the page.
    """
    if text.isascii() or max(text) <= "\uffff":
        return lambda offset: offset
    wide = [index for index, character in enumerate(text) if character > "\uffff"]
    return lambda offset: offset + bisect_left(wide, offset)


def to_utf16(check: Check, text: str) -> Check:
    """`check` of the draft `text`, every offset counted in UTF-16 units."""
    at = utf16_index(text)

    def finding(one: Finding) -> Finding:
        fixes = tuple(
            Fix(fix.label, tuple(Edit(at(edit.start), at(edit.end), edit.text) for edit in fix.edits))
            for fix in one.fixes
        )
        return replace(one, start=at(one.start), end=at(one.end), fixes=fixes)

    cuts = (None if cut is None else at(cut) for cut in (check.fold.mobile, check.fold.desktop))
    return replace(check, fold=Fold(*cuts), findings=tuple(finding(one) for one in check.findings))
