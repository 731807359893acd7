"""What a person can choose from: the programme's topics, languages, roles, regions, and whether links may be theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from server.programme_file import ProgrammeFile
from server.store import Item
from server.suggest.person import EVERYONE, topic_key

_MOST = 24  # topics; of more than that nobody chooses


def of(items: Iterable[Item], programme: ProgrammeFile | None) -> dict[str, Any]:
    """{topics: [{name, items}], languages, roles, regions, personal_parameter}.

    Topics are one whatever their case, the commonest first. Roles and regions are those that the programme names,
    else those that its items name. `personal_parameter` is what a link's mark would stand in, None where there is none.
    """
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    roles: set[str] = set()
    regions: set[str] = set()
    for item in items:
        if item.shelved:
            continue
        for topic in {topic.casefold(): topic for topic in item.topics}.values():
            names.setdefault(topic.casefold(), topic)
            counts[topic.casefold()] += 1
        languages.update({variant.lang for variant in item.variants if not variant.draft})
        roles.update(name for name in item.audience if topic_key(name) != EVERYONE)
        regions.update(name for name in item.regions if topic_key(name) != EVERYONE)
    ordered = sorted(counts, key=lambda topic: (-counts[topic], topic))[:_MOST]
    spoken = [*(programme.languages if programme else ()), *sorted(languages)]
    return {
        "topics": [{"name": names[topic], "items": counts[topic]} for topic in ordered],
        "languages": list(dict.fromkeys(spoken)),
        "roles": list((programme.roles if programme else ()) or sorted(roles, key=str.casefold)),
        "regions": list((programme.regions if programme else ()) or sorted(regions, key=str.casefold)),
        "personal_parameter": programme.personal_parameter if programme else None,
    }
