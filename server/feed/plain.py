"""Plain text out of the HTML in which feeds write titles and summaries."""

from __future__ import annotations

import html
import re

_NOT_SHOWN = ("script", "style", "template", "noscript", "head", "iframe", "object", "svg", "math", "form", "button")
_BLOCKS = (
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "blockquote",
    "figure",
    "figcaption",
    "section",
    "article",
    "hr",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "dt",
    "dd",
    "td",
    "th",
)
# Controls, zero-width characters and direction overrides: invisible, or made to disguise what is there.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    "\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc\U000e0000-\U000e007f]"
)
_LONE = re.compile("[\ud800-\udfff]")
# More HTML than this is never looked at: a summary is found in the beginning of an article.
_LOOKS = (1_500, 6_000, 24_000)
_MOST_HTML = _LOOKS[-1]
_MARKUP = re.compile(r"</[A-Za-z][A-Za-z0-9]{0,15}>|<br ?/?>|<p>")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def tidy(text: str, most: int) -> str:
    """One line without invisible characters, cut at a word to at most `most` characters, with … where it was cut."""
    text = _LONE.sub("\ufffd", _INVISIBLE.sub("", re.sub(r"[\u2028\u2029\x85]", " ", text[: most * 20])))
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    space = kept.rfind(" ")
    if space > most * 2 // 3 and not text[most - 1].isspace():
        kept = kept[:space]
    return kept.rstrip(" ,;:.–—-") + "…"


def plain(markup: str, most: int) -> str:
    """The words that a reader of the HTML would see, tidied to at most `most` characters."""
    if "<" not in markup:
        return tidy(html.unescape(markup[: most * 20]), most)
    text = ""
    for look in _LOOKS:
        text = tidy(_words(markup[:look]), most)
        if len(markup) <= look or len(text) >= most // 2:
            break
    return text


def lenient(text: str, most: int) -> str:
    """Text that its format declares to be plain, though it may be markup or hold character references all the same."""
    if _MARKUP.search(text):
        return plain(text, most)
    return tidy(_REFERENCE.sub(lambda match: html.unescape(match[0]), text[: most * 20]), most)


def first_image(markup: str) -> str | None:
    """The address of the first picture in the HTML that is meant to be seen (not a counting pixel), as written."""
    for tag in re.findall(r"<img\b[^<>]{1,4000}>", markup[:_MOST_HTML], re.IGNORECASE):
        keys = {
            key.lower(): html.unescape(value)
            for key, _, value in re.findall(r"\b([a-zA-Z-]+)\s*=\s*([\"'])(.*?)\2", tag)
        }
        small = any(keys.get(side, "").strip().removesuffix("px") in ("0", "1", "2") for side in ("width", "height"))
        if keys.get("src", "").strip() and not small:
            return keys["src"].strip()
    return None


def _words(markup: str) -> str:
    from bs4 import BeautifulSoup

    # A cut can fall within a tag: what is left of it is no text. The element around it keeps BeautifulSoup from
    # taking a bare address or an XML declaration for a file name or another language.
    cut = markup.rfind("<")
    if cut > markup.rfind(">"):
        markup = markup[:cut]
    soup = BeautifulSoup(f"<div>{markup}</div>", "html.parser")
    for element in soup.find_all(_NOT_SHOWN):
        element.decompose()
    for element in soup.find_all(_BLOCKS):
        element.insert_before(" ")
        element.append(" ")
    return soup.get_text()
