"""Entries that are left out: why, in a word for programs and in a sentence for people."""

from __future__ import annotations

from collections import Counter

from server.feed.model import Feed

# The words by which reasons are counted in Source.left_out_why, as they stand after a number of entries in English; the
# pages have theirs under `left_out` in server/words.
REASONS = {
    "no_title": "no title",
    "no_link": "no link",
    "bad_link": "a link that is no web address",
    "same_page": "the same page as another",
    "same_title": "the same title as another",
    "elsewhere": "another source has them",
    "bad_value": "not written as documented",
    "unreadable": "a page that could not be read",
}
_MOST_SENTENCES = 20


def sentence(complaint: str) -> str:
    """A complaint as a whole sentence."""
    return complaint if complaint.endswith((".", "?")) else f"{complaint}."


class LeftOut:
    """Collects the entries of one reading that are not taken."""

    def __init__(self) -> None:
        self._sentences: list[str] = []
        self.why: Counter[str] = Counter()

    def add(self, reason: str, sentence: str) -> None:
        """Note one entry. Raises ValueError for a reason that is none of REASONS: it would have no words."""
        if reason not in REASONS:
            raise ValueError(f"{reason} is no reason to leave an entry out")
        self.why[reason] += 1
        if len(self._sentences) < _MOST_SENTENCES:
            self._sentences.append(sentence)

    def take(self, feed: Feed) -> None:
        """Note what was left out when the document was read."""
        self._sentences += [each for each in feed.left_out if not each.startswith("And ")]
        self.why.update(feed.why)

    def sentences(self) -> list[str]:
        """A sentence for each, at most twenty: the last one then says how many more there are."""
        total = self.why.total()
        if total <= _MOST_SENTENCES and len(self._sentences) == total:
            return list(self._sentences)
        shown = self._sentences[: _MOST_SENTENCES - 1]
        return [*shown, f"And {total - len(shown):,} more."]
