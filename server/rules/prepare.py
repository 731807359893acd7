"""A draft made ready for all rules at once: normalised with offsets back, tokens once, sentences once.

Three forms of one text, each made in one pass:
- `plain`: NFKC, invisible characters taken out, lone surrogates made U+FFFD. `draft.span()` leads back to the draft.
- `low`: `plain` in lower case with one kind of apostrophe and dash, of the same length.
- `joined`: the tokens of `low` with one space between and around them. Phrases are sought here, so that a word
  boundary is a space, `100%` is `100 %` and `l'offre` holds the word `offre`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property, lru_cache
from itertools import accumulate, compress, count

# What readers cannot see: soft hyphen, zero-width characters, bidi marks, variation selectors.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_TOKEN = re.compile(r"\w+|\n+|[^\w\s]")
_APART = re.compile(f"({_TOKEN.pattern})")  # what lies between tokens as well
_ONE_KIND = str.maketrans({
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'",
    "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "―": "-",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x85": "\n",
})  # fmt: skip
# What normalising leaves as it is, but for capitals: ASCII without the backtick, and the letters of Western Europe.
_AS_IT_IS = re.compile(r"[ -_a-~À-ÖØ-öø-ÿŒœ]*")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_ENDS = frozenset(".!?…\n")
_ADDRESS = frozenset("mr mrs ms dr prof m mme mlle".split())


class Draft:
    """One text and all that rules share about it. Made by `prepare`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain, self._back, self._back_end = _normalise(text)
        low = self.plain.lower()
        if len(low) != len(self.plain):
            low = "".join(c.lower() if len(c.lower()) == 1 else c for c in self.plain)
        self.low = low.translate(_ONE_KIND) if not low.isascii() or "\r" in low or "`" in low else low
        low = self.low
        parts = _APART.split(low)  # a gap, a token, a gap, and so on: one pass, where a match each would be an object
        at = list(accumulate(map(len, parts)))
        self.starts: list[int] = at[:-1:2]
        self.ends: list[int] = at[1::2]
        self.words: list[str] = parts[1::2]
        if "\n\n" in low:
            self.words = ["\n" if word[0] == "\n" else word for word in self.words]
        self.joined = " " + " ".join(self.words) + " "

    @cached_property
    def joined_at(self) -> list[int]:
        """Where in `joined` each token begins."""
        return list(accumulate((len(word) + 1 for word in self.words), initial=1))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the draft that became `plain[start:end]`."""
        if self._back is None:
            return start, end
        if start >= end:
            at = self._back[start] if start < len(self._back) else len(self.text)
            return at, at
        return self._back[start], self._back_end[end - 1]

    def token_span(self, first: int, last: int) -> tuple[int, int]:
        """The span of the draft that tokens `first` to `last` (included) came from."""
        return self.span(self.starts[first], self.ends[last])

    def written(self, token: int) -> str:
        """A token as it was written, capitals kept."""
        return self.plain[self.starts[token] : self.ends[token]]

    def hidden_within(self, first: int, last: int) -> bool:
        """Whether invisible characters stand inside tokens `first` to `last`."""
        start, end = self.token_span(first, last)
        return bool(_INVISIBLE.search(self.text, start, end)) if self._back is not None else False

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Each token with the places where it stands."""
        at: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            at.setdefault(word, []).append(place)
        return at

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """First and last token of each sentence. A new line ends a sentence; so do . ! ? before a space, unless the
        full stop belongs to a form of address or to an initial behind one (Mrs. D. Osei)."""
        spans, first, starts, ends = [], 0, self.starts, self.ends
        last = len(starts) - 1
        for index, word in enumerate(self.words):
            if word in _ENDS and (word == "\n" or index == last or starts[index + 1] > ends[index]):
                if word == "." and index < last and self._addressed(index - 1):
                    continue
                spans.append((first, index))
                first = index + 1
        if first <= last:
            spans.append((first, last))
        return spans

    def _addressed(self, token: int) -> bool:
        """Whether a token is a form of address, or one capital letter behind one."""
        if token < 0 or not self.plain[self.starts[token]].isupper():
            return False
        before = token - 1 if token and self.words[token - 1] != "." else token - 2
        word = self.words[token]
        return word in _ADDRESS or len(word) == 1 and before >= 0 and self.words[before] in _ADDRESS

    @cached_property
    def sentence_of(self) -> list[int]:
        """For each token the number of its sentence."""
        of: list[int] = []
        for number, (first, last) in enumerate(self.sentences):
            of += [number] * (last - first + 1)
        return of

    @cached_property
    def capitals(self) -> list[int]:
        """The tokens that are written with a capital first."""
        return list(compress(count(), map(str.isupper, map(self.plain.__getitem__, self.starts))))

    @cached_property
    def digits(self) -> int:
        """How many of the digits 0 to 9 stand in it."""
        return sum(map(self.low.count, "0123456789"))

    @cached_property
    def tags(self) -> list[tuple[int, int, str]]:
        """The hashtags: token of #, token of its last part, body in lower case (hyphens end a hashtag)."""
        found, words, starts, ends = [], self.words, self.starts, self.ends
        for index in range(len(words) - 1):
            if words[index] == "#" and starts[index + 1] == ends[index] and words[index + 1][0].isalnum():
                found.append((index, index + 1, words[index + 1]))
        return found

    @cached_property
    def tags_in_runs(self) -> frozenset[int]:
        """Hashtags (by their # token) that stand among others: three or more together, or right behind another."""
        crowded: set[int] = set()
        run: list[int] = []
        end = -1
        for first, last, _ in self.tags:
            apart = first > end + 4 or any(self.words[i] not in "\n,|·" for i in range(end + 1, first))
            if run and apart:
                crowded.update(run if len(run) > 2 else run[1:])
                run = []
            run.append(first)
            end = last
        crowded.update(run if len(run) > 2 else run[1:])
        return frozenset(crowded)

    @cached_property
    def sentence_start(self) -> frozenset[int]:
        """Tokens that are the first word of a sentence (marks, emoji and # before it left out)."""
        first = set()
        for begin, end in self.sentences:
            for token in range(begin, end + 1):
                if self.words[token][0].isalnum():
                    first.add(token)
                    break
        return frozenset(first)


def prepare(text: str) -> Draft:
    """`text` made ready. Never raises, whatever the characters."""
    return Draft(text)


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    return "" if _INVISIBLE.match(character) else unicodedata.normalize("NFKC", character)


@lru_cache(maxsize=4096)
def _special(character: str) -> bool:
    return character > "\x7f" and (_plain(character) != character or unicodedata.combining(character) != 0)


def _normalise(text: str) -> tuple[str, list[int] | None, list[int]]:
    """The normalised text and, where it differs, for each character where its source begins and ends."""
    if text.isascii() or not any(map(_special, set(text))):
        return text, None, []
    out: list[str] = []
    begins: list[int] = []
    finishes: list[int] = []
    done, length = 0, len(text)
    for match in _FOREIGN.finditer(text):
        at = match.start()
        if at < done or not _special(text[at]):
            continue
        # A base and its accents are normalised together; more than 30 accents on one letter are noise.
        begin = at - 1 if at > done and unicodedata.combining(text[at]) else at
        end = at + 1
        while end < length and end - begin < 30 and text[end] > "\x7f" and unicodedata.combining(text[end]):
            end += 1
        if begin > done:
            out.append(text[done:begin])
            begins.extend(range(done, begin))
            finishes.extend(range(done + 1, begin + 1))
        piece = _plain(text[at])
        if end - begin > 1:
            piece = unicodedata.normalize("NFKC", "".join(map(_plain, text[begin:end])))
        out.append(piece)
        begins.extend([begin] * len(piece))
        finishes.extend([end] * len(piece))
        done = end
    out.append(text[done:])
    begins.extend(range(done, length))
    finishes.extend(range(done + 1, length + 1))
    return "".join(out), begins, finishes


def fold_accents(word: str) -> str:
    """`word` without accents: publicité → publicite."""
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def brief(text: str) -> str:
    """Words of a draft as a message repeats them: short, on one line, and free of what cannot be written as UTF-8."""
    text = " ".join(text.encode("utf-8", "replace").decode().split())
    return text if len(text) <= 40 else text[:39] + "…"


def phrase_tokens(phrase: str) -> tuple[str, ...]:
    """A phrase cut into tokens as a draft is. Tens of thousands are cut at each start, hence without a draft of its own."""
    if _AS_IT_IS.fullmatch(phrase):
        return tuple(_TOKEN.findall(phrase.lower()))
    return tuple(prepare(phrase).words)
