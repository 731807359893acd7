"""The page of one item: every field and wording, how each looks and what the checks say, and items by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for

from server import clock
from server.api.wire import Refused, ui_language
from server.companion import companion
from server.drafting import draft_wordings
from server.drafting import languages as drafted
from server.editing import EditFault, add_item, edit_item, known
from server.feed import FeedError
from server.rules.model import LANGUAGES
from server.store import CATEGORIES, VOICES, Item, ItemChanged, NotFound, Source, Store
from server.vetting import Look
from server.web import item_form
from server.web.board import notice, slots
from server.web.frame import blueprint, page, session, words
from server.web.item_form import Form, Wording
from server.web.item_merge import merged
from server.web.page_reading import read_address
from server.web.shown import entry
from server.web.undo import Undoable


WORD = 20  # characters that a cut may move for a word's sake


@dataclass(frozen=True)
class Seen:
    """A wording as readers see it: what a phone shows, what a desktop shows beyond, the rest."""

    wording: Wording
    number: int
    phone: str
    desktop: str
    rest: str
    look: Look
    level: str


@blueprint.get("/items/<uuid:item_id>")
def item(item_id: UUID) -> Response:
    """An item with everything about it, to be changed."""
    kept = companion().store.item(str(item_id))
    return _page(item_form.of_item(kept), kept)


@blueprint.post("/items/<uuid:item_id>")
def change_item(item_id: UUID) -> Response:
    """Do what a button of the form asks for; `save` keeps it."""
    kept = companion().store.item(str(item_id))
    form = item_form.sent(request.form)
    if not _act(form, kept):
        return _page(form, kept, unsaved=True)
    changes, held = _vetted(form, kept)
    if form.faults:
        return _page(form, kept, 422)
    try:
        changed = edit_item(companion().store, kept.id, changes, form.seen or None)
    except EditFault as fault:
        form.fault(fault)
        return _page(form, kept, 422)
    except ItemChanged as conflict:
        form, both = merged(form, conflict.item)
        return _page(form, conflict.item, 409, theirs=both)
    if held:
        return _page(replace(item_form.of_item(changed), wordings=form.wordings), changed, 200, held=True)
    return redirect(url_for("web.item", item_id=changed.id, said="same" if changed == kept else "saved"), 303)


@blueprint.get("/items/new")
def new_item() -> Response:
    """An empty form, or one filled from a page's address."""
    return _page(item_form.blank(request.args.get("category", ""), _language()), None)


@blueprint.post("/items/new")
def create_item() -> Response:
    """Read a page into the form, or keep what the form holds as a new item."""
    here = companion()
    if request.form.get("do") == "read":
        return _read_page(request.form.get("address", ""))
    form = item_form.sent(request.form)
    if not _act(form, None):
        return _page(form, None, unsaved=True)
    changes, held = _vetted(form, None)
    if form.faults:
        return _page(form, None, 422)
    try:
        made = add_item(here.store, {**changes, "url": form.values["url"], "published_at": changes["published_at"] or clock.stamp()})
    except EditFault as fault:
        form.fault(fault)
        there = known(here.store, form.values["url"]) if fault.code == "known" else None
        return _page(form, None, 422, there=there)
    return redirect(url_for("web.item", item_id=made.id, said="held" if held else "added"), 303)


@blueprint.post("/items/preview")
def preview() -> str:
    """How the form's wordings look and what the checks say of them, as a piece of the page. Nothing is kept."""
    try:
        kept = companion().store.item(request.form.get("id", ""))
    except NotFound:
        kept = None
    form = item_form.sent(request.form)
    return render_template("_preview.html", t=words(), here="item", request=request, form_token="", **_looks(form, kept))


@blueprint.post("/items/<uuid:item_id>/shelve")
def shelve_item(item_id: UUID) -> Response:
    """Put an item aside, or take it back: it is neither suggested nor published meanwhile."""
    store = companion().store
    before = store.item(str(item_id))
    edit_item(store, before.id, {"shelved": not before.shelved})
    done = "unshelved" if before.shelved else "shelved"
    slots().put(session() or "", Undoable(
        done, lambda store: edit_item(store, before.id, {"shelved": before.shelved}), {"title": before.title}))
    return redirect(url_for("web.feed", said="done"), 303)


@blueprint.post("/items/<uuid:item_id>/delete")
def delete_item(item_id: UUID) -> Response:
    """Take out an item that was added by hand; what a source has would come back with its next reading."""
    store = companion().store
    source = _source(store, store.item(str(item_id)))
    if source is not None and source.kind != "hand":
        raise Refused(409, "conflict", "This item comes from a source; shelve it instead.")
    gone = store.delete_item(str(item_id))
    slots().put(session() or "", Undoable(
        "deleted", lambda store: store.put_items(gone.source_id, [gone]), {"title": gone.title}))
    return redirect(url_for("web.feed", said="done"), 303)


def _act(form: Form, kept: Item | None) -> bool:
    """Do in the form what a button asks for. Whether the form is to be kept now."""
    asked = request.form
    if "remove" in asked:
        form.wordings = [each for each in form.wordings if each.id != asked["remove"]]
        return False
    for each in form.wordings:
        if each.id == asked.get("release"):
            each.draft = False
        elif each.id == asked.get("hold"):
            each.draft = True
    do = asked.get("do", "save")
    if do == "add":
        there = {(each.voice, each.lang) for each in form.wordings}
        lang = form.values["lang"] if form.values["lang"] in LANGUAGES else "en"
        voice = next((voice for voice in VOICES if (voice, lang) not in there), VOICES[0])
        form.wordings.append(item_form.fresh(lang, voice))
    elif do == "draft":
        company = companion().policy.company
        made = draft_wordings(form.item(kept), company, _language())
        form.wordings += [Wording(each.id, each.text, each.voice, each.lang, draft=True) for each in made]
        if not made:
            form.faults["draft"] = "no_draft"
    return do not in ("add", "draft", "preview")


def _vetted(form: Form, kept: Item | None) -> tuple[dict[str, Any], bool]:
    """The changes that the form asks for, and whether a wording stays a draft: one that breaks the policy waits for
    a reason. Wordings that nobody touched stay as they are."""
    changes = form.changes()
    if form.faults:
        return changes, False
    shown, before = form.item(kept), {each.id: each for each in kept.variants} if kept else {}
    vetting, held = companion().vetting(), False
    for each in form.wordings:
        if each.draft or each.reason.strip() or not each.text.strip() or each.as_variant() == before.get(each.id):
            continue
        if vetting.breaks(shown, each.as_variant()):
            each.draft, each.fault, held = True, "reason", True
    changes["variants"] = tuple(each.as_variant() for each in form.wordings)
    same = form.untouched(kept) if kept else set()
    return {name: value for name, value in changes.items() if name not in same}, held


def _looks(form: Form, kept: Item | None) -> dict[str, Any]:
    """What the preview shows of each wording."""
    shown, here = form.item(kept), companion()
    vetting = here.vetting()
    seen = []
    for number, wording in enumerate(form.wordings):
        if not wording.text.strip():
            continue
        variant = wording.as_variant()
        look = vetting.look(shown, variant, ui_language(), here.link(shown, variant))
        phone = _cut(look.text, look.fold.mobile)
        desktop = max(phone, _cut(look.text, look.fold.desktop))
        levels = [each.level for each in look.vetted]
        worst = next((level for level in ("required", "warning", "suggestion") if level in levels), "fine")
        parts = (look.text[:phone], look.text[phone:desktop], look.text[desktop:])
        seen.append(Seen(wording, number, *parts, look, worst))
    grave = {each.wording.id for each in seen if each.look.grave}
    return {"seen": seen, "shown": shown, "grave": grave, "places": here.policy.jurisdictions}


def _cut(text: str, at: int | None) -> int:
    """Where the feed cuts the text, at the blank before where that is near: no word is shown in two halves."""
    if at is None:
        return len(text)
    blank = max(text.rfind(" ", 0, at + 1), text.rfind("\n", 0, at + 1))
    return blank if at - blank <= WORD else at


def _page(form: Form, kept: Item | None, status: int = 200, **told: Any) -> Response:
    t, store = words(), companion().store
    source = _source(store, kept) if kept else None
    shared = sum(share.item_id == kept.id for share in store.shares()) if kept else 0
    told = {"theirs": None, "held": False, "there": None, "unsaved": False, "unread": None, "address": "", **told}
    return page(
        "item",
        status,
        script="item",
        within="feed",
        form=form,
        kept=kept,
        source=source,
        card=entry(kept, clock.stamp(), shared, t) if kept else None,
        categories=CATEGORIES,
        voices=VOICES,
        languages=LANGUAGES,
        drafted=drafted(),
        notice=notice(),
        **_looks(form, kept),
        **told,
    )


def _source(store: Store, item: Item) -> Source | None:
    try:
        return store.source(item.source_id)
    except NotFound:
        return None


def _language() -> str:
    programme = companion().programme
    return programme.languages[0] if programme else ui_language()


def _read_page(address: str) -> Response:
    """The form, filled with what a page says of itself. Nothing is kept yet."""
    here = companion()
    there = known(here.store, address)
    if there:
        return redirect(url_for("web.item", item_id=there.id, said="known"), 303)
    try:
        form = read_address(address, here.programme.allow_private if here.programme else (), _language())
    except FeedError as error:
        return _page(item_form.blank("", _language(), url=address.strip()), None, 422, unread=str(error), address=address)
    return _page(form, None, unsaved=True)
