"""The charter on the companion's pages and as a file of its own, and the mark that it was read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from flask import Response, redirect, request, url_for
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from server.charter import Charter, build, new_rules
from server.companion import companion
from server.trouble import Trouble
from server.web.frame import STYLES, TEMPLATES, blueprint, dress, page, words
from server.words import ALL

MOST_NEW = 6  # rules that the note on a changed charter names


@dataclass(frozen=True)
class Reading:
    """What stands before the first post: five cards, or later what has changed since. `version` is what is read."""

    version: str
    first: bool
    new: list[str]
    more: int


@blueprint.get("/charter")
def charter() -> Response:
    """The charter of the programme in force."""
    return page("charter", charter=of_companion())


@blueprint.post("/charter/read")
def read() -> Response:
    """Keep on this computer that the charter was read, in the version that the page showed."""
    here = companion()
    if request.form.get("version") == here.engine.version:
        ids = tuple(sorted(rule.id for rule in here.engine.rules))
        here.prefer(lambda now: replace(now, charter_read=here.engine.version, charter_rules=ids))
    return redirect(url_for("web.start"), 303)


def of_companion() -> Charter:
    """The charter of the programme in force, in the reader's language."""
    here = companion()
    kept, programme = here.store.programme(), here.programme
    return build(
        here.engine,
        words(),
        languages=programme.languages if programme else ("en",),
        since=kept.used_at if kept else None,
        contact=programme.contact if programme else None,
    )


def reading() -> Reading | None:
    """What of the charter this person has still to read; None where nothing has changed since they did."""
    here = companion()
    kept, version = here.store.preferences(), here.engine.version
    if kept.charter_read == version:
        return None
    new = [] if kept.charter_read is None else new_rules(here.engine, kept.charter_rules, words().language)
    return Reading(version, kept.charter_read is None, new[:MOST_NEW], max(0, len(new) - MOST_NEW))


def alone(charter: Charter, language: str) -> str:
    """The charter as one HTML document that needs nothing from outside itself."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    dress(environment)
    style = "\n".join(STYLES[name].decode() for name in ("tokens", "pages"))
    html = environment.get_template("charter_alone.html").render(t=ALL[language], charter=charter, style=style)
    return html.encode("utf-8", "replace").decode()


def written(data: Path, language: str) -> tuple[str, str]:
    """The document for the programme in force in a data folder, and the policy's version. Raises Trouble."""
    from server.company_packs import engine
    from server.policy import NO_POLICY
    from server.programme import as_kept
    from server.store import StoreError, programme_in
    from server.strict import StrictError

    try:
        kept = programme_in(data)
        programme = as_kept(kept) if kept else None
        rules = engine(programme.policy, programme.packs) if programme else engine(NO_POLICY, {})
    except (StrictError, StoreError) as error:
        raise Trouble(str(error)) from None
    made = build(
        rules,
        ALL[language],
        languages=programme.languages if programme else ("en",),
        since=kept.used_at if kept else None,
        contact=programme.contact if programme else None,
    )
    return alone(made, language), rules.version
