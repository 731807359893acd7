"""What is, or is meant as, a label."""

from __future__ import annotations

from dataclasses import dataclass

UNCLEAR = "unclear"  # fused with a brand, broken, or written with look-alike letters


@dataclass(slots=True)
class Mark:
    """Something in the draft that is, or is meant as, a label. `grade`: one of the tables' or UNCLEAR.

    `kept`: what is left of a hashtag when the label is taken out of it. `takes`: token up to which a label's own
    punctuation reaches. `form`: tag, word, phrase. `opens`: nothing but signs, emoji and other marks stands before it.
    `meant`: written as a label is, and so by one who takes the post for advertising.
    """

    first: int
    last: int
    grade: str
    form: str
    takes: int
    kept: str = ""
    opens: bool = False
    meant: bool = True
