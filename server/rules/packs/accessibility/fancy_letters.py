"""Letters from the mathematical, fullwidth and enclosed blocks, used as type faces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from server.rules.model import Edit, Fix, Found
from server.rules.scene import Scene

_LETTER = (
    "\U0001d400-\U0001d7ff\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9"
    "\u210a-\u2113\u2115\u2119-\u211d\u2124\u2128\u212c-\u2134"
)
_RUN = re.compile(f"[{_LETTER}](?:[{_LETTER}\\s'’-]*[{_LETTER}])?")


def find(scene: Scene, rule: Any) -> Iterator[Found]:
    """Each run, with the plain letters as a fix."""
    text = scene.draft.text
    if text.isascii():
        return
    for match in _RUN.finditer(text):
        if len(match.group()) > 1:
            plain = unicodedata.normalize("NFKC", match.group())
            yield Found(*match.span(), fixes=(Fix(rule.label(scene), (Edit(*match.span(), plain),)),))
