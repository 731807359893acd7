"""Entries that are left out: why, in a word for programs and in a sentence for people."""

from __future__ import annotations

from collections import Counter

from server.feed.model import Feed

# The words by which reasons are counted in Source.left_out_why.
REASONS = (
    "no_title",
    "no_link",
    "bad_link",
    "same_page",
    "same_title",
    "elsewhere",  # another source has it
    "bad_value",  # a row or file whose contents are not as documented
    "unreadable",  # a page that could not be read
)
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
        """Note one entry; `reason` is one of REASONS."""
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
