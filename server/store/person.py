"""The person's settings, the browsers they connected, the programme in force, and proposals for it."""

from __future__ import annotations

import secrets
from dataclasses import replace

from .base import Base, check_uuid, locked, rows_of, settled
from .codec import BadRecord
from .errors import NotFound
from .records import PROPOSAL_STATES, Pairing, Preferences, Programme, Proposal
from .schema import Tables
from .times import to_text


def _pairings(tables: Tables) -> tuple[dict[str, Pairing], str | None]:
    health = tables.get("keys", {}).get("health")
    if health is None:
        return rows_of("pairings", Pairing)(tables), None
    key = health.get("hex") if isinstance(health, dict) else None
    if not isinstance(key, str) or len(key) != 64 or set(key) - set("0123456789abcdef"):
        raise BadRecord("the health key is damaged")
    return rows_of("pairings", Pairing)(tables), key


class PersonMethods(Base):
    """The store's methods on preferences, pairings, the programme and proposals."""

    def _load_person(self) -> None:
        open_drawer = self._shelf.open
        self._preference_drawer, self._preferences = open_drawer("preferences", rows_of("preferences", Preferences))
        self._pairing_drawer, (self._pairings, self._health_key) = open_drawer("pairings", _pairings)
        self._programme_drawer, self._programmes = open_drawer("programme", rows_of("programme", Programme))
        self._proposal_drawer, self._proposals = open_drawer("proposals", rows_of("proposals", Proposal))

    @locked
    def preferences(self) -> Preferences:
        """The person's settings; the defaults until they set any."""
        return self._preferences.get("preferences", Preferences())

    @locked
    def set_preferences(self, preferences: Preferences) -> None:
        """Replace the person's settings."""
        record, row = settled(preferences)
        self._preference_drawer.change("preferences", {"preferences": row})
        self._preferences["preferences"] = record

    @locked
    def pairings(self) -> list[Pairing]:
        """The connected browsers, oldest first."""
        return list(self._pairings.values())

    @locked
    def add_pairing(self, pairing: Pairing) -> None:
        """Add a connected browser; `paired_at` is set where empty."""
        record, row = settled(replace(pairing, paired_at=pairing.paired_at or to_text(self._clock())))
        self._pairing_drawer.change("pairings", {record.id: row})
        self._pairings[record.id] = record

    @locked
    def remove_pairing(self, id: str) -> None:
        """Disconnect a browser, in the backups too, so that no restored file lets it in again. Raises NotFound."""
        if id not in self._pairings:
            raise NotFound("pairing", id)
        self._pairing_drawer.forget("pairings", id)
        del self._pairings[id]

    @locked
    def health_key(self) -> str:
        """The key (32 bytes, in hex) by which the companion proves who it is; made once for a data folder."""
        if self._health_key is None:
            key = secrets.token_hex(32)
            self._pairing_drawer.change("keys", {"health": {"hex": key}})
            self._health_key = key
        return self._health_key

    @locked
    def programme(self) -> Programme | None:
        """The programme in force, None before the first."""
        return self._programmes.get("programme")

    @locked
    def set_programme(self, programme: Programme) -> None:
        """Put a programme in force; `used_at` is set where empty."""
        record, row = settled(replace(programme, used_at=programme.used_at or to_text(self._clock())))
        self._programme_drawer.change("programme", {"programme": row})
        self._programmes["programme"] = record

    @locked
    def proposals(self) -> list[Proposal]:
        """All proposals, newest first."""
        return sorted(self._proposals.values(), key=lambda proposal: proposal.made_at, reverse=True)

    @locked
    def proposal(self, id: str) -> Proposal:
        """One proposal. Raises NotFound."""
        if id not in self._proposals:
            raise NotFound("proposal", id)
        return self._proposals[id]

    @locked
    def put_proposal(self, proposal: Proposal) -> Proposal:
        """Add a proposal or replace the one of its id; `made_at` is set where empty.

        Raises ValueError where the id is no UUID or the state none of PROPOSAL_STATES.
        """
        check_uuid(proposal.id, "proposal")
        if proposal.state not in PROPOSAL_STATES:
            raise ValueError(f"the state of a proposal is one of {', '.join(PROPOSAL_STATES)}")
        record, row = settled(replace(proposal, made_at=proposal.made_at or to_text(self._clock())))
        self._proposal_drawer.change("proposals", {record.id: row})
        self._proposals[record.id] = record
        return record

    @locked
    def remove_proposal(self, id: str) -> Proposal:
        """Remove a proposal and return it. Raises NotFound."""
        proposal = self.proposal(id)
        self._proposal_drawer.change("proposals", remove=[id])
        del self._proposals[id]
        return proposal
