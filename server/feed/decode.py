"""From bytes to characters: what a document says of its encoding, and what it really is."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The first character of XML or JSON is ASCII: the zeros beside it tell width and order where no mark does.
_ZEROS = (
    (b"\x00\x00\x00.", "utf-32-be"),
    (b"[^\x00]\x00\x00\x00", "utf-32-le"),
    (b"\x00[^\x00]", "utf-16-be"),
    (b"[^\x00]\x00", "utf-16-le"),
)
_XML_SAYS = re.compile(rb"<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_PAGE_SAYS = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_HEADER_SAYS = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
# What these pages call Latin-1 is windows-1252, as browsers read it; so with the larger forms of other sets.
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_HEAD = 8_000  # bytes; a page names its encoding in its head
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def decoded(data: bytes, content_type: str | None = None) -> str:
    """The characters of a document, without a byte order mark and without those that XML forbids.

    Order: a byte order mark, the pattern of zero bytes, UTF-8 if the bytes are that, what the document declares,
    what the answer's Content-Type declares, windows-1252. What cannot be read becomes U+FFFD; nothing raises.
    """
    return _ILLEGAL.sub("", _decoded(data, content_type))


def _decoded(data: bytes, content_type: str | None) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    for pattern, name in _ZEROS:
        if re.match(pattern, data, re.DOTALL):
            return data.decode(name, "replace")
    declared = _known(
        _XML_SAYS.search(data[:1_000]), _PAGE_SAYS.search(data[:_HEAD]), _HEADER_SAYS.search(content_type or "")
    )
    if declared and declared[0].startswith(("iso2022", "hz")):
        return data.decode(declared[0], "replace")  # these write everything in ASCII bytes, so UTF-8 would fit too
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if not declared or "utf-8" in declared:
        # A few broken bytes in real UTF-8 are better than every accent misread.
        text = data.decode("utf-8", "replace")
        foreign = sum(map(len, re.findall(r"[^\x00-\x7f]+", text)))
        if text.count("\ufffd") * 10 <= foreign:
            return text
    for name in declared:
        if name != "utf-8":
            try:
                return data.decode(name)
            except UnicodeDecodeError:
                continue
    for name in declared:
        # Of text in several bytes a letter, a few that are cut or broken; read as windows-1252 none would be right.
        text = data.decode(name, "replace")
        if name != "utf-8" and text.count("\ufffd") * 10 <= sum(map(len, re.findall(r"[^\x00-\x7f]+", text))):
            return text
    return data.decode("cp1252", "replace")


def _known(*declarations: re.Match | None) -> list[str]:
    names = []
    for match in declarations:
        name = match[1].decode("ascii") if match and isinstance(match[1], bytes) else match[1] if match else ""
        try:
            codec = codecs.lookup(name)
        except LookupError:
            continue
        # Codecs that are no character set (hex, rot13, unicode_escape, idna) are never meant.
        if getattr(codec, "_is_text_encoding", True) and not codec.name.startswith(
            ("unicode", "raw", "idna", "punycode", "utf-16", "utf-32", "utf-7", "undefined", "mbcs", "oem")
        ):
            names.append(_MEANT.get(codec.name, codec.name))
    return names
