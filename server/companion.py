"""The companion as one value: the store, the engine for the programme in force, and who may speak to it."""

from __future__ import annotations

import secrets
import threading
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from flask import current_app

from server import access, clock, company_packs, own_programme, paging, programme, sourcing, utm
from server.bundle import BundleError
from server.embargo import Embargo
from server.feed.readings import readings
from server.policy import NO_POLICY, Policy
from server.programme_file import ProgrammeFile
from server.rules import Check, Context, Engine
from server.rules.own_words import own_words
from server.store import Item, NotFound, Pairing, Preferences, Proposal, Source, Store, Variant
from server.shares.cadence import rhythm
from server.shares.stats import forget as forget_figures
from server.shares.value import ValueInputs
from server.strict import StrictError
from server.suggest.current import Current
from server.suggest.person import REST, Person
from server.vetting import Vetting
from server.wording import context_of, ready_text

if TYPE_CHECKING:
    from server.bundle.publish import Published

_READY_KEPT = 2_000  # texts
_MIXED_OVER = 20  # shares over which the mix of categories is held
_DECLINED_KEPT = 2_000  # items; the oldest have long ended by then


class Companion:
    """What every route works on. `port` is where it listens, once it does; `secret` opens the local routes."""

    def __init__(self, store: Store, port: int) -> None:
        self.store = store
        self.port = port
        self.secret = secrets.token_urlsafe(32)
        self.codes = access.PairingCodes()
        self.pages = access.PageSessions()
        self.on_erase: list[Callable[[], None]] = []  # what other parts hold in memory of the person's
        self.suggestions = Current(store)
        self._embargo = Embargo()
        self._deciding = threading.Lock()
        self._one_bundle = threading.Lock()
        self.publishing: tuple[int, int] | None = None  # how many of the items are checked, while a bundle is being made
        self.removed_proposals: dict[str, Proposal] = {}  # of this run, for undo
        self.reload()

    def reload(self) -> None:
        """Build the engine anew from the programme in force; without one, the packs without a company."""
        try:
            in_force = programme.in_force(self.store)
        except StrictError as error:
            # A programme taken into use under an older, laxer version: say so, and check without a company.
            in_force = None
            self.store.notices.append(f"The programme in force cannot be read, so drafts are checked without it: {error}")
        self.programme = in_force
        self.policy: Policy = in_force.policy if in_force else NO_POLICY
        self.engine = self._engine(in_force.packs if in_force else {})
        self._vetting: Vetting | None = None
        self._ready: dict[tuple[Item, str, str, bool], str] = {}  # whether a label is due takes half a millisecond to say

    def _engine(self, packs: company_packs.Packs) -> Engine:
        try:
            return company_packs.engine(self.policy, packs)
        except StrictError as error:
            self.store.notices.append(f"The company's own rules cannot be read, so drafts are checked without them: {error}")
            return Engine(self.policy)

    def use_programme(self, origin: str) -> None:
        """Take the programme at a path or address into use. Raises what `sourcing.use` raises; then nothing changes."""
        # Not while the hourly look at the present one is under way: it would put that one back.
        with readings(self.store).held(programme.SOURCE_ID, origin.partition("#")[0]):
            sourcing.use(self.store, origin)
            self.reload()
        self.suggestions.index_beside()

    def keep_programme(self, given: ProgrammeFile) -> None:
        """Write the manager's own programme down and take it into use. Raises StrictError; then nothing changes."""
        assert self.store.folder is not None  # the page offers it to nobody else
        with readings(self.store).held(programme.SOURCE_ID, given.name):
            own_programme.keep(self.store, self.store.folder, given)
            self.reload()
        self.suggestions.index_beside()

    def add_source(self, place: str, **asked: Any) -> Source:
        """Add the source at an address, in a file or in a folder; `asked` and what is raised are feed.add_source's."""
        source = sourcing.add_source(self.store, place, **asked)
        self.suggestions.index_beside()
        return source

    def refresh(self, source_id: str) -> Source:
        """Read a source again, and take up what it changed. Raises NotFound."""
        before = self.store.programme()
        source = sourcing.refresh(self.store, source_id)
        after = self.store.programme()
        if source.kind == "programme" and after and (before is None or (before.text, before.packs) != (after.text, after.packs)):
            self.reload()
        self.suggestions.index_beside()
        return source

    def vetting(self) -> Vetting:
        """What judges ready-made wordings by the policy in force, with what it has found already."""
        if self._vetting is None:
            self._vetting = Vetting(self.engine, self.programme.packs if self.programme else {})
        return self._vetting

    def publish(self, **asked: Any) -> Published:
        """Publish the programme in force, one bundle at a time; `asked` and what is raised are bundle.publish's.

        Meanwhile `publishing` says how far it has come.
        """
        from server.bundle.publish import publish  # what signs and encrypts is heavy

        if self.store.folder is None:
            raise BundleError("this companion keeps nothing on disk, so it has no place for keys; start one with a data folder")

        def told(number: int, of: int) -> None:
            self.publishing = number, of

        with self._one_bundle:
            try:
                return publish(self.store, self.vetting(), folder=self.store.folder, progress=told, **asked)
            finally:
                self.publishing = None

    def pair(self, code: str, client: str) -> tuple[str, str | None]:
        """Redeem a pairing code: (`ok`, token), or why not and None."""
        outcome = self.codes.redeem(code)
        if outcome != "ok":
            return outcome, None
        token = secrets.token_urlsafe(32)
        self.store.add_pairing(Pairing(str(uuid.uuid4()), access.digest(token), client, clock.stamp()))
        return outcome, token

    def context(self, item: Item | None, variant: Variant | None) -> Context:
        """What the rules may know beside the text: the item used, its variant, company posts this week, what is not
        public yet."""
        so_far = rhythm(self.store.shares(), clock.week_start(), item.topics if item else ())
        return replace(
            context_of(item, variant) if item else Context(),
            posts_this_week=so_far.posts_this_week,
            topic_run=so_far.topic_run if item else 0,
            praise_run=so_far.praise_run if item else 0,
            takes_rewards=self.store.preferences().takes_rewards,
            embargoed=self._embargo.names(self.store.items(), clock.stamp()),
        )

    def check(
        self,
        text: str,
        *,
        item_id: str | None = None,
        variant_id: str | None = None,
        lang: str | None = None,
        ui_lang: str = "en",
        platform_label: bool = False,
    ) -> tuple[Check, float | None]:
        """Check a draft; with an item used, also how much of it is the person's own words. Raises NotFound.

        What the person always leaves out is left out here, unless it is required; the verdict never changes by it.
        """
        item = self.store.item(item_id) if item_id else None
        variant = find_variant(item, variant_id, text) if item else None
        context = replace(self.context(item, variant), platform_label=platform_label)
        check = self.engine.check(text, lang=lang, context=context, ui_lang=ui_lang)
        left_out = self.store.preferences().dismissed_rules
        if left_out:
            stay = tuple(each for each in check.findings if each.level == "required" or each.rule not in left_out)
            check = replace(check, findings=stay)
        return check, own_words(text, variant.text) if variant else None

    def link(self, item: Item, variant: Variant) -> str:
        """The item's link with the programme's parameters; with the person's mark only where they agreed to it."""
        if self.programme is None:
            return item.url
        parameter, mark = self.programme.personal_parameter, None
        if parameter and self.store.preferences().tell_clicks:
            mark = (parameter, utm.personal_mark(self.preferences().dealt, self.programme.name))
        return utm.link(item, variant, self.programme.utm, mark)

    def ready_text(self, item: Item, variant: Variant) -> str:
        """The variant as *Use* inserts it."""
        key = (item, variant.id, self.link(item, variant), self.store.preferences().takes_rewards)
        if key not in self._ready:
            if len(self._ready) >= _READY_KEPT:
                self._ready.clear()
            self._ready[key] = ready_text(self.engine, item, variant, key[2], takes_rewards=key[3])
        return self._ready[key]

    def preferences(self) -> Preferences:
        """The person's settings, with the number by which wordings are dealt to them: made here once, told to nobody."""
        kept = self.store.preferences()
        return kept if kept.dealt else self.prefer(lambda now: now if now.dealt else replace(now, dealt=secrets.token_hex(16)))

    def prefer(self, alter: Callable[[Preferences], Preferences]) -> Preferences:
        """Change the person's settings, one change at a time."""
        with self._deciding:
            self.store.set_preferences(alter(self.store.preferences()))
            return self.store.preferences()

    def value_inputs(self) -> ValueInputs | None:
        """What earned media value is reckoned with: the person's own inputs, else the programme's, else None."""
        own = self.store.preferences().value
        return ValueInputs.of(own) if own else self.programme.value if self.programme else None

    def decline(self, item_id: str, *, undo: bool = False) -> None:
        """Note that the person does not want an item, or take that back. Raises NotFound for an item not there."""
        item = None if undo else self.store.item(item_id)
        new = ({"item_id": item.id, "at": clock.stamp(), "topics": list(item.topics)},) if item else ()

        def alter(now: Preferences) -> Preferences:
            others = tuple(each for each in now.declined if each["item_id"] != item_id)
            if item and len(others) < len(now.declined):
                return now
            return replace(now, declined=(*others, *new)[-_DECLINED_KEPT:])

        self.prefer(alter)

    def person(self) -> Person:
        """Whom suggestions are for."""
        kept, now = self.preferences(), clock.now()
        shared: dict[str, str] = {}
        if kept.declined:  # only then may a topic rest, and a share of it wake it
            since = clock.stamp(now - 2 * REST)
            for share in takewhile(lambda share: share.posted_at >= since, self.store.shares()):
                for topic in self._topics(share.item_id):
                    shared.setdefault(topic, share.posted_at)
        return Person.of(kept, now, shared)

    def shared_categories(self) -> Counter[str]:
        """How many of the person's last shares fell in each category; those of items no longer there are left out."""
        found = (self.item(share.item_id) for share in self.store.shares()[:_MIXED_OVER])
        return Counter(item.category for item in found if item)

    def _topics(self, item_id: str | None) -> tuple[str, ...]:
        item = self.item(item_id)
        return item.topics if item else ()

    def item(self, item_id: str | None) -> Item | None:
        """The item that a share used, None where it used none or the item is gone."""
        try:
            return self.store.item(item_id) if item_id else None
        except NotFound:
            return None

    def erase(self) -> None:
        """Erase everything: the store with its backups, keys to publish with, every pairing, every page session."""
        from server.bundle import publish

        self.store.erase()
        if self.store.folder:
            publish.forget(self.store.folder)
            own_programme.forget(self.store.folder)
        paging.forget()
        forget_figures()
        self.pages.clear()
        self.removed_proposals.clear()
        for forget in self.on_erase:
            forget()
        self.suggestions.forget()
        self.reload()


def find_variant(item: Item, variant_id: str | None, text: str) -> Variant | None:
    """The variant named; without a name, the one that `text` has most of. Raises NotFound for a name unknown."""
    if variant_id:
        for variant in item.variants:
            if variant.id == variant_id:
                return variant
        raise NotFound("variant", variant_id)
    return min(item.variants, key=lambda variant: own_words(text, variant.text) or 0.0, default=None)


def companion() -> Companion:
    """The companion of the application that serves the present request."""
    return current_app.extensions["sayso"]
