"""What the `limit` kind can count. Each measure takes a scene and how many are fine, and yields what is over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from server.rules.model import Edit
from server.rules.scene import Scene


@dataclass(frozen=True, slots=True)
class Over:
    """One place with too many: its span, how many, and edits that leave as many as are fine."""

    start: int
    end: int
    count: int
    edits: tuple[Edit, ...] = ()


_LOUD = re.compile(r"[A-ZÀ-ÖØ-Þ]{2}[^\w\n]{1,3}[A-ZÀ-ÖØ-Þ]{2}")
_MARKS = re.compile(r"[!¡](?:\s?[!¡])+")
_EMOJI = re.compile(r"[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff][\u200d\ufe0f\U0001f3fb-\U0001f3ff\s]*")
_EMOJI_RUN = re.compile(f"(?:{_EMOJI.pattern}){{2,}}")


def hashtags(scene: Scene, most: int) -> Iterator[Over]:
    """Hashtags in the whole post; the last ones are those to leave out."""
    tags = scene.draft.tags
    if len(tags) > most:
        extra = [scene.draft.token_span(first, last) for first, last, _ in tags[most:]]
        text, edits = scene.draft.text, []
        for start, end in extra:
            while start and text[start - 1] in " \t":
                start -= 1
            edits.append(Edit(start, end, ""))
        first, last = scene.draft.token_span(tags[0][0], tags[0][1])[0], extra[-1][1]
        yield Over(first, last, len(tags), tuple(edits))


def exclamations(scene: Scene, most: int) -> Iterator[Over]:
    """Exclamation marks in a row."""
    text = scene.draft.text
    for match in _MARKS.finditer(text) if "!!" in text or "! !" in text else ():
        count = sum(c in "!¡" for c in match.group())
        if count > most:
            yield Over(*match.span(), count, (Edit(*match.span(), "!"),))


def emoji(scene: Scene, most: int) -> Iterator[Over]:
    """Emoji in a row."""
    text = scene.draft.text
    if text.isascii():
        return
    for match in _EMOJI_RUN.finditer(text):
        singles = list(_EMOJI.finditer(text, *match.span()))
        if len(singles) > most:
            end = match.start() + len(match.group().rstrip())
            cut = singles[most - 1].end() if most else match.start()
            cut = match.start() + len(text[match.start() : cut].rstrip())
            yield Over(match.start(), end, len(singles), (Edit(cut, end, ""),))


def capitals(scene: Scene, most: int) -> Iterator[Over]:
    """Words in capitals in a row (four letters or more, so that names such as NASA or IBM pass)."""
    plain, starts = scene.draft.plain, scene.draft.starts
    if sum(plain[starts[token] + 1 : starts[token] + 2].isupper() for token in scene.draft.capitals) < 2:
        return
    if not _LOUD.search(plain):
        return
    draft, run = scene.draft, []
    for index, word in enumerate([*draft.words, "\n"]):
        if index < len(draft.words) and word.isalpha() and draft.written(index).isupper() and (len(word) > 1 or run):
            run.append(index)
        elif index < len(draft.words) and run and word in ".,!'-":
            continue
        else:
            long = [token for token in run if len(draft.words[token]) > 3]
            if len(run) > most and len(long) * 2 >= len(run):
                yield Over(*draft.token_span(run[0], run[-1]), len(run))
            run = []


def posts_this_week(scene: Scene, most: int) -> Iterator[Over]:
    """Posts of this week, this one included; known only where the context says so."""
    before = scene.context.posts_this_week
    if before is not None and before >= most and scene.draft.words:
        yield Over(0, 0, before + 1)  # about the week, not about any of these words


def topic_run(scene: Scene, most: int) -> Iterator[Over]:
    """Posts in a row that share a topic with the item used, this one included."""
    if scene.context.topic_run >= most and scene.draft.words:
        yield Over(0, 0, scene.context.topic_run + 1)


def praise_run(scene: Scene, most: int) -> Iterator[Over]:
    """Of the newest five posts those that praised without an example."""
    if scene.context.praise_run > most and scene.draft.words:
        yield Over(0, 0, scene.context.praise_run)


MEASURES: Mapping[str, Callable[[Scene, int], Iterator[Over]]] = {
    "hashtags": hashtags,
    "exclamations": exclamations,
    "emoji": emoji,
    "capitals": capitals,
    "posts_this_week": posts_this_week,
    "topic_run": topic_run,
    "praise_run": praise_run,
}
