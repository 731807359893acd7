"""How much of a post is the person's own, compared with the ready-made variant it began from."""

from __future__ import annotations

import re

from server.rules.prepare import prepare

RUN = 4  # words in a row that count as taken over
_NOT_PROSE = re.compile(r"https?://\S+|www\.\S+|[#@]\w+")
_LABEL = re.compile(
    r"^\s*(?:[\[(]\s*)?#?(?:ad|advert|advertisement|publicité|anzeige|werbung|publicidad|pubblicità|advertentie|reclame)\b"
    r"\s*[\])]?\s*[.:|–—·-]?",
    re.IGNORECASE,
)


def own_words(text: str, variant_text: str | None) -> float | None:
    """1 − (words of the post inside runs of four or more words that are also in the variant ÷ words of the post).

    Label, hashtags and links are left out. None where there is no variant, or no word in the post.
    """
    if variant_text is None:
        return None
    post, variant = _words(text), _words(variant_text)
    if not post:
        return None
    known = {tuple(variant[i : i + RUN]) for i in range(len(variant) - RUN + 1)}
    taken: set[int] = set()
    for i in range(len(post) - RUN + 1):
        if tuple(post[i : i + RUN]) in known:
            taken.update(range(i, i + RUN))
    return round(1 - len(taken) / len(post), 4)


def _words(text: str) -> list[str]:
    plain = prepare(_NOT_PROSE.sub(" ", _LABEL.sub("", text, count=1))).words
    return [word for word in plain if word[0].isalnum()]
