"""What belongs to the person as a whole: figures, preferences, export, erasure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint

from server import choices, clock
from server.api.models.base import AnyReply, Done
from server.api.models.content import Topics
from server.api.models.history import CardBody, Glance, StatsQuery
from server.api.models.setup import EraseBody, PreferencesBody, PreferencesReply
from server.api.wire import Refused, operation
from server.companion import companion
from server.shares.cadence import rhythm
from server.shares.card import Choices, card
from server.shares.export import export as export_all
from server.shares.history import topics as shared_topics
from server.shares.ledger import forget_texts
from server.shares.stats import stats as figures
from server.shares.value import ValueInputs
from server.shares.weeks import readings_since, weeks
from server.store import Preferences

blueprint = Blueprint("person", __name__)
WEEKS = 8  # as many as a small chart holds


@operation(blueprint, "GET", "/stats", query=StatsQuery, reply_model=AnyReply)
def stats(query: StatsQuery) -> dict[str, Any]:
    """Figures of one's own shares, of what was read and nothing else."""
    here = companion()
    return figures(here.store.shares(), from_=query.from_, to=query.to, inputs=here.value_inputs())


@operation(blueprint, "GET", "/week", reply_model=Glance)
def week() -> dict[str, Any]:
    """This week at a glance, with the weeks before it: small, for what has to be there at once."""
    here = companion()
    shares, begin = here.store.shares(), clock.week_start()
    return {
        "weeks": [
            {"start": each.start.isoformat(), "posts": each.posts, "read": each.read, "where": each.where, **each.figures}
            for each in weeks(shares, WEEKS)
        ],
        "readings": readings_since(shares, begin),
        "company": rhythm(shares, begin).posts_this_week,
        "per_week": here.policy.cadence_per_week,
        "ask": here.store.preferences().read_pages is None,
    }


@operation(blueprint, "GET", "/preferences", reply_model=PreferencesReply)
def show_preferences() -> dict[str, Any]:
    """One's own settings."""
    kept = companion().store.preferences()
    return {
        "takes_rewards": kept.takes_rewards,
        "dismissed_rules": list(kept.dismissed_rules),
        "topics": list(kept.topics),
        "languages": list(kept.languages),
        "role": kept.role,
        "region": kept.region,
        "asked": kept.asked_at is not None,
        "tell_clicks": kept.tell_clicks,
        "keep_text": kept.keep_text,
        "keep_days": kept.keep_days,
        "log_all": kept.log_all,
        "read_pages": kept.read_pages,
        "value": dict(kept.value),
    }


@operation(blueprint, "PUT", "/preferences", body=PreferencesBody, reply_model=PreferencesReply)
def set_preferences(body: PreferencesBody) -> dict[str, Any]:
    """Set one's own settings; but for rewards and rules, what is left out stays as it is. `keep_days` null is for ever."""
    given = {
        key: each for key, each in body.model_dump(exclude_unset=True).items() if each is not None or key == "keep_days"
    }
    asked = given.pop("asked", None)
    given.setdefault("dismissed_rules", ())
    if given.get("value"):
        try:
            given["value"] = ValueInputs.of(given["value"]).plain()
        except ValueError as error:
            raise Refused(422, "invalid", str(error), "value") from None
    for name in ("topics", "languages", "dismissed_rules"):
        if name in given:
            given[name] = tuple(dict.fromkeys(given[name]))

    def alter(now: Preferences) -> Preferences:
        asked_at = now.asked_at if asked is None else (now.asked_at or clock.stamp()) if asked else None
        return replace(now, **given, asked_at=asked_at)

    companion().prefer(alter)
    forget_texts(companion().store)
    return show_preferences()


@operation(blueprint, "GET", "/topics", reply_model=Topics)
def topics() -> dict[str, Any]:
    """What there is to choose from: topics with their items, the commonest first, languages, roles and regions.

    `shared` are the topics of one's own shares, by which these can be narrowed.
    """
    here = companion()
    return choices.of(here.store.items(), here.programme) | {"shared": shared_topics(here.store.shares())}


@operation(blueprint, "POST", "/card", body=CardBody, reply_model=AnyReply)
def sharing_card(body: CardBody) -> dict[str, Any]:
    """The sharing card as it would go, to the letter; nothing is sent and nothing is kept."""
    here = companion()
    choices = Choices(body.first, body.last, tuple(body.parts), tuple(body.texts))
    return card(here.store.shares(), choices, here.value_inputs())


@operation(blueprint, "GET", "/export", reply_model=AnyReply)
def export() -> dict[str, Any]:
    """Everything that is the person's, as one document."""
    return export_all(companion().store)


@operation(blueprint, "DELETE", "/everything", body=EraseBody, reply_model=Done)
def erase(body: EraseBody) -> dict[str, Any]:
    """Erase everything on this computer, backups and pairings included."""
    companion().erase()
    return {"done": True}
