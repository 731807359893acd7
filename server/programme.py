"""The programme in force: a company's policy, its items and where more of them come from, as they are kept.

docs/programme.md describes the file, `server.programme_file` reads it, `server.sourcing` takes one into use.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from server import company_packs, strict
from server.feed import schedule
from server.feed.sources import source_at
from server.programme_file import SOURCE_ID, Answer, ProgrammeFile, ProgrammeSource, load_programme
from server.store import Item, Programme, Source, Store
from server.store.content import MOST_ITEMS
from server.store.times import to_moment

__all__ = [
    "SAMPLE", "SOURCE_ID", "Answer", "ProgrammeFile", "allowed", "as_kept", "in_force", "load_programme", "take", "with_folders",
]

SAMPLE = Path(__file__).parent / "sample" / "programme.yaml"  # a made-up company's, for the first run
_OWNER = "programme"


def take(store: Store, programme: ProgrammeFile, as_kept: Programme, etag: str | None = None) -> None:
    """Put a programme that was read in force, with its items, sources and answers, at the time `as_kept.used_at`."""
    moment = as_kept.used_at
    known = {source.id: source for source in store.sources()}
    read = {id: source for id, source in known.items() if source.kind not in ("programme", "hand")}
    added = {source.url for source in read.values() if source.id != _owned(source.url, source.kind).id}
    # A source that the person has added already stays theirs.
    sources = [_source(wanted) for wanted in programme.sources if wanted.place not in added]
    before = {item.id: item for item in store.items()}
    items = [_as_edited(_dated(item, before.get(item.id), moment), before.get(item.id)) for item in programme.items]
    named = {item.id for item in items}
    gone = {item.id for item in before.values() if item.source_id == SOURCE_ID} - named
    together = len(before.keys() | named)
    if together - len(gone) > MOST_ITEMS:
        others = together - len(gone) - len(named)
        beside = f", and {others:,} of other sources are there; remove a source first" if others else ""
        raise strict.StrictError(
            as_kept.origin, 0, "items", f"has {len(named):,} items, and Sayso keeps {MOST_ITEMS:,} in all{beside}"
        )
    if together > MOST_ITEMS:  # there is room for the new ones once the old ones went
        store.delete_items(gone)
        gone = set()

    placed = replace(known.get(SOURCE_ID, Source(SOURCE_ID, "programme", "")), url=as_kept.origin)
    store.put_source(
        replace(
            placed,
            title=programme.name,
            refreshed_at=moment,
            last_good_at=moment,
            last_error=None,
            etag=etag,
            entries=len(items),
            failures=0,
            due_at=schedule.after_success(to_moment(moment)) if schedule.automatic(placed) else None,
        )
    )
    store.put_items(SOURCE_ID, items)
    store.delete_items(gone)
    _put_sources(store, sources, known)
    wanted = {SOURCE_ID, *(source.id for source in sources)}
    for source in read.values():
        if source.id not in wanted and source.url not in added:
            store.remove_source(source.id)
    _answer(store, programme, moment)
    # Last, so that what is in force is only ever a programme whose items are there.
    store.set_programme(as_kept)


def _put_sources(store: Store, sources: Iterable[Source], known: Mapping[str, Source]) -> None:
    for source in sources:
        old = known.get(source.id)
        if old and old.category != source.category:
            for item in store.items():
                if item.source_id == source.id and item.category == old.category:
                    store.update_item(item.id, category=source.category)
        store.put_source(replace(old, category=source.category, title=source.title or old.title) if old else source)


def in_force(store: Store) -> ProgrammeFile | None:
    """The programme in use, None where there is none. Raises StrictError where this version cannot read it."""
    kept = store.programme()
    return as_kept(kept) if kept else None


def allowed(store: Store) -> tuple[str, ...]:
    """The places inside the company that the programme in force lets be fetched from; none where it cannot be read."""
    try:
        found = in_force(store)
    except strict.StrictError:
        return ()
    return found.allow_private if found else ()


def as_kept(kept: Programme) -> ProgrammeFile:
    """The programme that was taken into use, with its rules as they were read then. Raises StrictError."""
    programme = load_programme(kept.text, kept.origin)
    return replace(programme, packs={**programme.packs, **kept.packs})


def with_folders(programme: ProgrammeFile) -> ProgrammeFile:
    """The programme with the rules of the folders that it names. Raises StrictError."""
    packs = dict(programme.packs)
    for pack, folder in programme.pack_folders:
        packs[pack] = company_packs.from_folder(pack, Path(folder))
        for other in packs.keys() - {pack}:
            for rule in packs[pack].keys() & packs[other].keys():
                place = str(Path(folder) / f"{rule}.yaml")
                raise strict.StrictError(place, 0, "", f"stands in the pack {other} already; choose another name")
    return replace(programme, packs=packs)


def _dated(item: Item, earlier: Item | None, moment: str) -> Item:
    # Used again, a programme does not make its old items new.
    first = earlier.published_at if earlier and earlier.published_at and earlier.source_id == SOURCE_ID else moment
    return replace(item, published_at=item.published_at or min(first, moment))


def _as_edited(item: Item, known: Item | None) -> Item:
    """The item with what a person changed in it here."""
    if known is None or not known.edited:
        return item
    return replace(item, **{name: getattr(known, name) for name in known.edited}, edited=known.edited)


def _answer(store: Store, programme: ProgrammeFile, moment: str) -> None:
    """What became of the person's own proposals. Answers to others' say nothing here."""
    answers = {answer.proposal: answer for answer in programme.answers}
    for proposal in store.proposals():
        answer = answers.get(proposal.id)
        if answer and proposal.own and (proposal.state, proposal.note) != (answer.state, answer.note):
            store.put_proposal(replace(proposal, state=answer.state, note=answer.note, answered_at=moment))


def _owned(place: str, kind: str | None, category: str = "brand", title: str = "") -> Source:
    return source_at(place, kind=kind, category=category, title=title, owner=_OWNER)


def _source(wanted: ProgrammeSource) -> Source:
    kind = None if wanted.kind == "file" else wanted.kind  # on disk, what lies there says it
    return _owned(wanted.place, kind, wanted.category, wanted.title)
