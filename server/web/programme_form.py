"""The form of a programme: what its fields hold as text, and the programme that they make."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from urllib.parse import urlsplit

from werkzeug.datastructures import MultiDict

from server.policy import JURISDICTIONS, LEVELS, Company
from server.programme_file import ProgrammeFile
from server.rules.model import LANGUAGES
from server.store import CATEGORIES
from server.strict import StrictError

COMPANY = ("aliases", "handles", "domains", "products", "competitors")
LISTS = (*COMPANY, "confidential", "allow_private")
WAYS = ("confirm", "show", "off")
MIX = tuple(f"mix-{category}" for category in CATEGORIES)
PLAIN = ("name", "contact", "per_week", *MIX)
_MOST = 20_000  # characters of a field


@dataclass
class Form:
    """A programme in the form. `faults` are field → a word in `fault` of the words."""

    values: dict[str, str]
    jurisdictions: list[str]
    languages: list[str]
    rewarded: bool
    ask: dict[str, str]
    faults: dict[str, str] = field(default_factory=dict)

    def programme(self, before: ProgrammeFile) -> ProgrammeFile:
        """The programme `before` with what the form says; what cannot be read is named in `faults`."""
        values, self.faults = self.values, {}
        given = {name: _words(values[name]) for name in LISTS}
        given["domains"] = tuple(map(_host, given["domains"]))
        given["handles"] = tuple(word if word[0] in "@#" else f"@{word}" for word in given["handles"])
        given["allow_private"] = tuple(map(_place, given["allow_private"]))
        if not values["name"]:
            self.faults["name"] = "no_company"
        if not self.jurisdictions:
            self.faults["jurisdictions"] = "no_readers"
        company = Company(values["name"], **{name: given[name] for name in COMPANY})
        policy = replace(
            before.policy,
            company=company,
            jurisdictions=tuple(self.jurisdictions),
            rewarded=self.rewarded,
            confidential=given["confidential"],
            cadence_per_week=self._whole("per_week", 1) or None,
            ask=MappingProxyType({**before.policy.ask, **self.ask}),
        )
        return replace(
            before,
            name=values["name"],
            policy=policy,
            languages=tuple(self.languages) or ("en",),
            contact=values["contact"] or None,
            allow_private=given["allow_private"],
            mix=self._mix(),
        )

    def ways(self, level: str) -> tuple[str, ...]:
        """What a person can choose for a level: Post is held for what is required alone."""
        return WAYS if level == "required" or self.ask.get(level) == "confirm" else WAYS[1:]

    def fault(self, error: StrictError) -> bool:
        """Take in what the programme's reader complains of. Whether there is a field for it."""
        name = re.split(r"[.\[]", error.key.removeprefix("policy.").removeprefix("company."))[0]
        if name in COMPANY or name == "allow_private":
            self.faults[name] = {"domains": "no_domain", "allow_private": "no_host", "handles": "no_handle"}.get(name, "unknown")
        return name in self.faults

    def _mix(self) -> dict[str, int]:
        parts = {category: self._whole(f"mix-{category}", 0) for category in CATEGORIES}
        if not any(self.values[name] for name in MIX):
            return {}
        if sum(parts.values()) != 100:
            self.faults["mix"] = "no_mix"
        return parts

    def _whole(self, name: str, least: int) -> int:
        text = self.values[name]
        if not text:
            return 0
        if not (text.isascii() and text.isdecimal() and least <= int(text[:9]) <= 100):
            self.faults["mix" if name in MIX else name] = "no_mix" if name in MIX else "no_number"
            return 0
        return int(text)


def of(programme: ProgrammeFile) -> Form:
    """The form of a programme as it is; of an empty one, a blank form."""
    policy, company = programme.policy, programme.policy.company
    values = {
        "name": company.name if company else programme.name,
        "contact": programme.contact or "",
        "per_week": str(policy.cadence_per_week or ""),
        "confidential": ", ".join(policy.confidential),
        "allow_private": ", ".join(programme.allow_private),
        **{name: ", ".join(getattr(company, name)) if company else "" for name in COMPANY},
        **{f"mix-{category}": str(programme.mix[category]) if programme.mix else "" for category in CATEGORIES},
    }
    readers = list(policy.jurisdictions) if company else []
    return Form(values, readers, list(programme.languages) if company else [], policy.rewarded, dict(policy.ask))


def sent(form: MultiDict[str, str]) -> Form:
    """What a person sent."""
    values = {name: " ".join(form.get(name, "")[:_MOST].split()) for name in (*PLAIN, *COMPANY)}
    values |= {name: form.get(name, "")[:_MOST].strip() for name in LISTS}
    return Form(
        values,
        [place for place in JURISDICTIONS if place in form.getlist("jurisdictions")],
        [lang for lang in LANGUAGES if lang in form.getlist("languages")],
        form.get("rewarded") == "yes",
        {level: how for level in LEVELS if (how := form.get(f"ask-{level}", "")) in WAYS},
    )


def _words(text: str) -> tuple[str, ...]:
    """What stands between commas or on lines, each once."""
    found = (" ".join(word.split()) for word in re.split(r"[,;\r\n]+", text))
    return tuple(dict.fromkeys(word for word in found if word))


def _host(text: str) -> str:
    """A domain, out of a whole web address too."""
    return _hostname(text if "://" in text else f"//{text}").removeprefix("www.") or text


def _place(text: str) -> str:
    """A host or network; out of a whole web address, its host."""
    return _hostname(text) or text if "://" in text else text


def _hostname(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # half a pair of brackets
        return ""
