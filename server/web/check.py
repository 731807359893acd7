"""The check page: a text from anywhere, checked as in the composer and then forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, request
from markupsafe import Markup, escape

from server.api.models.base import MOST_CHARACTERS
from server.api.wire import ui_language
from server.charter import VERSION_LENGTH
from server.companion import companion
from server.rules import Check, Finding
from server.web.frame import blueprint, page, words
from server.words import Words

AROUND = 60  # characters shown on either side of what a finding or a change is about
LONGEST_QUOTE = 240
_FINE = frozenset({"present", "not_required"})


@dataclass(frozen=True)
class Shown:
    """A finding as the page shows it; `mended` is the text around its best fix, with what is new marked. `clause` is
    the rule's place in the charter, None where the charter does not print it."""

    clause: str | None
    level: str
    message: str
    why: str
    sources: tuple[str, ...]
    excerpt: Markup | None
    handle: str
    label: str | None
    mended: Markup | None


@dataclass(frozen=True)
class Outcome:
    """A check in words."""

    headline: Any
    glyph: str
    verdict: str
    readers: Any
    findings: list[Shown]
    version: str
    since: str | None
    owed: str | None  # the first finding whose fix is needed: its button is the filled one
    glimpse: str | None


@blueprint.route("/check", methods=["GET", "POST"])
def check() -> Response:
    """A box for a text; sent, the text with what the rules say of it. Nothing of it is kept."""
    if request.method != "POST":
        return page("check", text="", lang=None, outcome=None, trouble=None, mended=False)
    t = words()
    text = request.form.get("text", "").replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MOST_CHARACTERS:
        trouble = t.count("check.too_long", MOST_CHARACTERS)
        return page("check", 413, text=text, lang=None, outcome=None, trouble=trouble, mended=False)
    if not text.strip():
        return page("check", 422, text="", lang=None, outcome=None, trouble=t("check.empty"), mended=False)
    found = _check(text)
    mended = _mended_text(text, found, request.form.get("fix", ""))
    if mended is not None:
        text, found = mended, _check(mended)
    lang = found.lang if found.lang and len(found.lang) == 2 else None
    outcome = _outcome(text, found, t)
    return page("check", text=text, lang=lang, outcome=outcome, trouble=None, mended=mended is not None)


def _check(text: str) -> Check:
    return companion().check(text, item_id=None, variant_id=None, lang=None, ui_lang=ui_language())[0]


def _handle(finding: Finding) -> str:
    """Names a finding within one check of one text."""
    return f"{finding.rule}:{finding.start}"


def _mended_text(text: str, found: Check, handle: str) -> str | None:
    """The text with the best fix of the finding named; None where there is none, as after an edit by hand."""
    for finding in found.findings:
        if finding.fixes and _handle(finding) == handle:
            return finding.fixes[0].apply(text)
    return None


def _outcome(text: str, found: Check, t: Words) -> Outcome:
    levels = [finding.level for finding in found.findings]
    for level, name in (("required", "needed"), ("warning", "look"), ("suggestion", "idea")):
        if level in levels:
            headline, glyph = t.count(f"check.{name}", levels.count(level)), level
            break
    else:
        headline, glyph = t("check.fine"), "fine"
        if found.disclosure not in _FINE:  # a verdict without its finding, as when its level is switched off
            headline, glyph = t(f"verdict.{found.disclosure}"), "warning"
    cut = found.fold.mobile
    here = companion()
    kept = here.store.programme()
    printed = {rule.id for rule in here.engine.rules}
    shown = [_shown(text, finding, printed) for finding in found.findings]
    place = f"place.{found.jurisdiction}"
    return Outcome(
        headline=headline,
        glyph=glyph,
        verdict=found.disclosure,
        readers=t(place) if place in t else None,
        findings=shown,
        version=here.engine.version[:VERSION_LENGTH],
        since=kept.used_at if kept else None,
        owed=next((finding.handle for finding in shown if finding.level == "required" and finding.mended), None),
        glimpse=text[:cut].rstrip() if cut is not None else None,
    )


def _shown(text: str, finding: Finding, printed: set[str]) -> Shown:
    best = finding.fixes[0] if finding.fixes else None
    edits = [(edit.start, edit.end, edit.text) for edit in best.edits] if best else []
    return Shown(
        clause=f"rule-{finding.rule}" if finding.rule in printed else None,
        level=finding.level,
        message=finding.message,
        why=finding.why,
        sources=finding.sources,
        excerpt=_excerpt(text, finding.start, finding.end),
        handle=_handle(finding),
        label=best.label if best else None,
        mended=_preview(text, edits) if edits else None,
    )


def _excerpt(text: str, start: int, end: int) -> Markup | None:
    """The words a finding is about, marked, with what stands around them; None where it is about the whole text."""
    if end <= start or (start == 0 and end >= len(text.rstrip()) > AROUND):
        return None
    if end - start > LONGEST_QUOTE:
        return _before(text, start) + Markup("<mark>{}</mark>…").format(text[start : start + LONGEST_QUOTE])
    return _before(text, start) + Markup("<mark>{}</mark>").format(text[start:end]) + _after(text, end)


def _preview(text: str, edits: list[tuple[int, int, str]]) -> Markup:
    """The text as it would be, around the changes; what is new is marked. What lies far between changes is left out."""
    result = _before(text, edits[0][0])
    for index, (_, end, new) in enumerate(edits):
        if new:
            result += Markup("<ins>{}</ins>").format(new)
        if index + 1 == len(edits):
            return result + _after(text, end)
        between = text[end : edits[index + 1][0]]
        if len(between) > 2 * AROUND + 20:
            result += _after(between, 0) + " " + _before(between, len(between))
        else:
            result += escape(between)
    return result


def _before(text: str, at: int) -> Markup:
    """The end of what stands before `at`, from the beginning of a word."""
    if at <= AROUND:
        return escape(text[:at])
    piece = text[at - AROUND : at]
    return escape("…" + (piece.split(maxsplit=1)[-1] if " " in piece.strip() else piece))


def _after(text: str, at: int) -> Markup:
    """The beginning of what stands after `at`, to the end of a word."""
    if len(text) - at <= AROUND:
        return escape(text[at:])
    piece = text[at : at + AROUND]
    return escape((piece.rsplit(maxsplit=1)[0] if " " in piece.strip() else piece) + "…")
