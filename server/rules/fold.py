"""Where LinkedIn cuts a post in the feed ("…more").

LinkedIn publishes no figure; what is seen is about 140 characters on a phone and 210 on a desktop, and about
three lines on both, so that blank lines bring the cut forward.
"""

from __future__ import annotations

from server.rules.model import Fold

PHONE_CHARACTERS = 140
DESKTOP_CHARACTERS = 210
LINES = 3


def fold(text: str) -> Fold:
    """Both cuts of `text`."""
    return Fold(_cut(text, PHONE_CHARACTERS), _cut(text, DESKTOP_CHARACTERS))


def _cut(text: str, characters: int) -> int | None:
    """The offset of the first character that is hidden, or None. A line longer than the screen takes several."""
    shown = text.rstrip()
    width = characters // LINES + 1
    used = position = 0
    while position <= len(shown):
        end = shown.find("\n", position, position + characters + 1)
        if end < 0:
            end = min(len(shown), position + characters + 1)
        rows = max(1, -(-(end - position) // width))
        if used + rows > LINES:
            cut = min(position + (LINES - used) * width, characters)
            return cut if cut < len(shown) else None
        used += rows
        position = end + 1
    return characters if len(shown) > characters else None


def in_view(text: str, offset: int, cut: int | None) -> bool:
    """Whether what stands at `offset` is seen on a phone without a click.

    Before the cut and, where there is one, within the first two lines: some phones show no third.
    """
    if cut is None:
        return True
    return offset < cut and text.count("\n", 0, offset) < 2
