"""A page's own title: what its head declares and what its heading shows, without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from server.feed import jsonld
from server.feed.address import canonical
from server.feed.kind import says_its_kind
from server.feed.markup import Markup, aside, signs, surroundings
from server.feed.plain import lenient
from server.feed.titles import folded

if TYPE_CHECKING:
    from bs4 import PageElement, Tag

_MOST, _MOST_HEADINGS = 300, 20
# What stands between a title and the name of a site.
_BETWEEN = re.compile(r"\s*[|｜]+\s*|\s+(?:[·•–—»«›/~-]|::)\s+|\s+-(?=\w)|(?<=[\u3000-\u9fff])[-_–—](?=[\u3000-\u9fff])")
# Of these, what never stands within a title.
_APART_ALWAYS = re.compile(r"\s*[|｜]+\s*|\s+(?:»|::)\s+")
_NAMED = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher")
_ABOUT = re.compile(r"article|posting|report|news|recipe")
# What says of a page only that it is one.
_EMPTY = frozenset(
    ("home", "homepage", "home page", "startseite", "accueil", "page d accueil", "index", "untitled", "untitled document")
)
# Parts of a heading that are no part of the title: a line above or below it, labels, buttons, words for screen readers.
_EXTRA_ELEMENTS = frozenset("button script style template noscript svg small select".split())
_EXTRA = re.compile(
    r"(?:^|[\s_-])(?:kicker|overline|dachzeile|topline|roofline|eyebrow|spitzmarke|sup(?:er|ra)-?title|pre-?title|sub-?title"
    r"|product-?subtitle|tagline|label|badge|headerlink|visually-?hidden|sr-only|screen-reader\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_APART = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|modal|popup|dialog|foot(?:er)?|related|recommend\w*|comments?|cookie\w*|consent)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_CLOSING = frozenset(",.;:!?)")
_HOOK = re.compile(r"\s+[#¶§🔗\ue000-\uf8ff]+$")  # what links a heading to itself
# In per cent of likeness: below this, a heading speaks of something else than the page's title.
_ALIKE, _ALIKE_BESIDE, _ALIKE_FRONT = 45.0, 55.0, 60.0
_NEARLY = 90.0  # from this on, the two say the same
_LONG, _SHORT = 15, 8  # characters; a heading shorter than these may be a label
_BRIEF = 36  # characters; a title no longer than this is a name, and a heading that says something else a slogan
_SENTENCE = 0.2  # the share of words with a capital that a slogan, being a sentence, has less than a title
_MORE = 12  # characters that may follow a site's name in a longer form of it


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading of the first rank: what it `shows`, and its `title` alone, without a line above or below it.

    One that is `beside` stands in a banner or the like, one `apart` in a menu or a window.
    """

    tag: Tag
    shows: str
    title: str
    beside: bool
    apart: bool


def headline(page: Markup) -> tuple[str, Tag | None]:
    """The page's title, "" where it has none, and the heading that bears it, where one does.

    The heading (<h1>) is taken where it agrees with what the head declares (og:title, twitter:title, JSON-LD,
    <title>), and says it in its own form; else what is declared, the most specific first, up to what follows it. Of a
    front page the name of the site is the title, or a part of it. Of a page that does not say what it is, a heading
    that is a slogan gives way to what the head declares.
    """
    front = not urlsplit(page.origin).path.strip("/") and not urlsplit(page.origin).query
    declared = [_line(text) for text in (page.said("og:title"), page.said("twitter:title"), _in_json(page), _title(page))]
    names = [] if front else _site_names(page, declared)
    whole = [completed(text, declared) for text in declared]
    own = [(_own(text, names), text) for text in whole]
    stated = [text for text, _ in own if not _says_nothing(text, names)]
    headings = list(_headings(page, names, declared[-1]))
    if found := _agreeing(headings, declared, stated):
        return found
    plain = not front and not says_its_kind(page)
    found = _alike(headings, declared, stated, _ALIKE_FRONT if front else _ALIKE)
    if found and not (plain and declared[0] and _is_slogan(found[0], stated)):
        return found
    tags = [heading.tag for heading in headings if not heading.beside]
    if stated:
        # "About" says more with the name of the site.
        title = stated[0] if len(stated[0]) >= _SHORT else next(text for short, text in own if short == stated[0])
        first = (_BETWEEN if plain else _APART_ALWAYS).split(title)[0]
        return first if len(first) >= _LONG else title, tags[0] if len(tags) == 1 else None
    if headings:
        return headings[0].title, headings[0].tag
    return next(filter(None, declared), "") or _subheading(page), None


def _agreeing(headings: list[_Heading], declared: list[str], stated: list[str]) -> tuple[str, Tag] | None:
    """The title of a heading that says what the head declares, or a part of it, or that and a line more."""
    known = [folded(text) for text in stated]
    split = [[folded(part) for part in _BETWEEN.split(text)] for text in declared]
    parts = {part for each in split for part in (each[:-1] or each)}
    last = {each[-1] for each in split}
    apart = {part for each in split if len(each) > 1 for part in each}
    # A line above or below it, which the head sets apart as well; after a colon it belongs to the title.
    for heading in headings:
        if heading.title != heading.shows and folded(heading.title) in apart:
            return heading.title, heading.tag
    for words in known:
        for heading in headings:
            for text in (heading.shows, heading.title):
                if folded(text) == words:
                    return text, heading.tag
    for heading in headings:
        for text in (heading.shows, heading.title):
            words = folded(text)
            if len(words) >= _SHORT and (words in parts or words in last and not heading.beside):
                return text, heading.tag
    for heading in headings:
        for title, words in zip(stated, known, strict=True):
            shows = folded(heading.shows)
            if len(words) >= _LONG and (shows.endswith(" " + words) or shows.startswith(words + " ")):
                return title, heading.tag
    return None


def _alike(headings: list[_Heading], declared: list[str], stated: list[str], least: float) -> tuple[str, Tag] | None:
    """The heading that is most like what the head declares, if it is so by `least` per cent."""
    from rapidfuzz import fuzz

    known = [folded(text) for text in stated]
    for group in ([each for each in headings if not each.beside], [each for each in headings if each.beside]):
        group = [each for each in group if not each.apart]
        if not (group and known):
            continue
        likeness = [max(fuzz.token_sort_ratio(folded(each.shows), words) for words in known) for each in group]
        best = group[likeness.index(max(likeness))]
        enough = max(least, _ALIKE_BESIDE) if best.beside else least
        lonely = not any(declared[:3]) and len(group) == 1 and not best.beside and len(best.title) >= _LONG
        if max(likeness) >= enough or lonely:
            return best.title, best.tag
    return None


def _is_slogan(shown: str, stated: list[str]) -> bool:
    """Whether a heading is no title beside the one that all of the head declares: a brief one, or no sentence."""
    from rapidfuzz import fuzz

    if len({folded(text) for text in stated}) > 1 or fuzz.token_sort_ratio(folded(shown), folded(stated[0])) >= _NEARLY:
        return False
    return len(stated[0]) <= _BRIEF or _capitals(shown) + _SENTENCE < _capitals(stated[0])


def _capitals(text: str) -> float:
    words = text.split()
    return sum(word[:1].isupper() for word in words) / max(len(words), 1)


def site_name(page: Markup) -> str:
    """What the site calls itself, "" where it does not say."""
    name = page.said("og:site_name", "application-name")
    if not name:
        found = (jsonld.name_of(node.get("publisher")) for node in page.nodes)
        name = next(filter(None, found), "")
    return lenient(name, 100)


def _headings(page: Markup, names: list[str], title: str) -> Iterator[_Heading]:
    """The headings that may bear the title, those of the page's own matter first."""
    last = folded(_BETWEEN.split(title)[-1])
    found = []
    for tag in page.soup.find_all("h1", limit=_MOST_HEADINGS):
        shows = _shown(tag.strings)
        more = _MORE if folded(shows) == last else 0
        if folded(shows) and not _says_nothing(shows, names, more) and not (names and _leads_home(page, tag)):
            bare = _shown(piece for piece in tag.strings if not any(_extra(around) for around in _between(piece, tag)))
            beside = aside(tag)
            apart = beside and any(_APART.search(signs(around)) for around in surroundings(tag))
            found.append(_Heading(tag, shows, bare if len(bare) >= _SHORT else shows, beside, apart))
    yield from sorted(found, key=lambda heading: heading.beside)


def _shown(pieces: Iterable[str]) -> str:
    """The words of a heading in one line, without the sign that links it to itself."""
    line = ""
    for piece in pieces:
        # A colon in an element of its own belongs to the word before it.
        line += piece if piece[:1] in _CLOSING else " " + piece
    return _HOOK.sub("", _line(line)).lstrip(" :|–—-")


def _between(piece: PageElement, heading: Tag) -> Iterator[Tag]:
    for around in piece.parents:
        if around is heading:
            return
        yield around


def _extra(tag: Tag) -> bool:
    return tag.name in _EXTRA_ELEMENTS or bool(_EXTRA.search(signs(tag)))


def _subheading(page: Markup) -> str:
    lines = (_line(tag.get_text(" ")) for tag in page.soup.find_all("h2", limit=5) if not aside(tag))
    return next(filter(None, lines), "")


def _line(text: str) -> str:
    return lenient(text.replace("\xad", ""), _MOST)


def _title(page: Markup) -> str:
    return page.soup.title.get_text() if page.soup.title else ""


def _in_json(page: Markup) -> str:
    about = (node for node in page.nodes if _ABOUT.search(" ".join(jsonld.types(node))))
    return next(filter(None, (jsonld.text_of(node.get("headline")) for node in about)), "")


def completed(text: str, declared: list[str]) -> str:
    """The text, or what it is the beginning of: cut with "…", or at a quotation mark that its attribute ended with."""
    stem = text.rstrip(" .…") if text.endswith(("…", "...")) else text
    for other in declared:
        rest = other[len(stem) :].lstrip()
        longer = len(other) > len(text) and other.startswith(stem) and len(stem) >= _LONG
        if longer and (stem != text or rest.startswith(('"', "'"))):
            return other
    return text


def _site_names(page: Markup, declared: list[str]) -> list[str]:
    """What the site may be called, folded and without spaces."""
    host = (urlsplit(page.origin).hostname or "").removeprefix("www.")
    names = [page.said(key) for key in _NAMED] + [jsonld.name_of(node.get("publisher")) for node in page.nodes]
    # Some give the whole title as the name of the site.
    titles = {folded(text) for text in declared if _BETWEEN.search(text)}
    names = [name for name in names if folded(name) not in titles]
    names += [tag.get_text(" ") for tag in page.soup.find_all("h1", limit=_MOST_HEADINGS) if _leads_home(page, tag)]
    names += [host, *(label for label in host.split(".")[:-1] if len(label) > 3)]
    return list({folded(name).replace(" ", ""): None for name in names if folded(name)})


def _says_nothing(text: str, names: list[str], more: int = _MORE) -> bool:
    """Whether a title is none: empty, "Home", or the name of the site, with so many characters more."""
    return folded(text) in _EMPTY or _is_site(text, names, more)


def _is_site(text: str, names: list[str], more: int = _MORE) -> bool:
    short = folded(text).replace(" ", "")
    for name in names:
        longer = len(name) > 3 and short.startswith(name) and len(short) <= len(name) + more
        if short == name or longer or len(short) > 3 and name.startswith(short):
            return True
        if len(short) > 4 and short in name and len(short) >= len(name) * 0.6:
            return True
    return not short


def _leads_home(page: Markup, heading: Tag) -> bool:
    """Whether a heading is a link to the front page, as the name of a site is."""
    return any(urlsplit(canonical(link["href"], page.base) or "x").path == "/" for link in heading.find_all("a", href=True))


def _own(text: str, names: list[str]) -> str:
    """The text without the names of the site at its ends."""
    parts, between = _BETWEEN.split(text), _BETWEEN.findall(text)
    first, last = 0, len(parts)
    while last - first > 1 and _is_site(parts[last - 1], names):
        last -= 1
    while last - first > 1 and _is_site(parts[first], names):
        first += 1
    joined = parts[first]
    for at in range(first + 1, last):
        joined += between[at - 1] + parts[at]
    return joined.strip()
