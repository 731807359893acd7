"""Web addresses as identities: what is the same page, whoever links to it and however it is tracked."""

from __future__ import annotations

import hashlib
import re
import uuid
from urllib.parse import quote, urljoin, urlsplit

# Parameters that say where a click came from, never which page is meant. Sources: the documentation of Google
# Analytics and Ads, Meta, Microsoft Advertising, X, TikTok, LinkedIn, Yandex, Mailchimp, HubSpot, Marketo, Vero,
# Omeda, Matomo, AT Internet.
_TRACKING_PREFIXES = ("utm_", "piwik_", "mtm_", "matomo_", "_hs", "__hs", "hsa_", "oly_")
_TRACKING = frozenset(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid twclid ttclid yclid ysclid li_fat_id trk trkcampaign igshid igsh "
    "mc_cid mc_eid mc_tc hsctatracking mkt_tok vero_id vero_conv s_cid wickedid _openstat rb_clickid ml_subscriber "
    "ml_subscriber_hash ref_src cmpid srsltid epik pk_campaign pk_kwd pk_keyword pk_source pk_medium pk_content pk_cid "
    "at_medium at_campaign at_custom1".split()
)

_PAGES = uuid.NAMESPACE_URL.bytes
_PORTS = {"http": 80, "https": 443}
# What quote() must leave as it is: the reserved characters of RFC 3986 and what is escaped already.
_KEEP = "!#$%&'()*+,/:;=?@[]~"
_UNSAFE = re.compile("[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ud800-\udfff]")
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_MOST_CHARACTERS = 2_000


def canonical(url: str, base: str | None = None, *, as_asked: bool = False) -> str | None:
    """The clean form of a web address: what is stored, shown and linked to. None where it is no http(s) address.

    A relative address is resolved against `base`. Host in lower case and ASCII, no default port, no fragment
    (unless it is the path of a one-page site), no tracking parameter. An address with a user name is refused:
    it hides where it leads. `as_asked` keeps the whole query, for an address that is about to be fetched.
    """
    try:
        url = urljoin(base, url.strip()) if base else url.strip()
        parts = urlsplit(url)
        host, port = host_of(parts.hostname), parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host or "@" in parts.netloc or len(url) > _MOST_CHARACTERS:
        return None
    place = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    query = parts.query if as_asked else "&".join(part for part in parts.query.split("&") if part and not _tracks(part))
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    path = _escaped(_without_dots(parts.path)) or "/"
    return (
        f"{scheme}://{place}{path}"
        + (f"?{_escaped(query)}" if query else "")
        + (f"#{_escaped(fragment)}" if fragment else "")
    )


def item_id(url: str) -> str:
    """The id of the item at a canonical address, the same on every machine: the UUID of version 5 of its page.

    http and https, and an address with and without its last slash, are one page.
    """
    # As uuid.uuid5() makes it, in an eighth of the time: a large table asks for a hundred thousand.
    found = hashlib.sha1(_PAGES + page_of(url).encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(found[16], 16) & 3]
    return f"{found[:8]}-{found[8:12]}-5{found[13:16]}-{variant}{found[17:20]}-{found[20:32]}"


def page_of(url: str) -> str:
    """What two canonical addresses of one page have in common."""
    path, mark, query = url.partition("://")[2].partition("?")
    return f"https://{path.rstrip('/')}{mark}{query}"


def host_of(name: str | None) -> str | None:
    """A host name in lower case and ASCII, an IPv6 address in brackets; None where it can be none."""
    if not name or _UNSAFE.search(name):
        return None
    name = name.rstrip(".").lower()
    if ":" in name:
        return f"[{name}]"
    if not name.isascii():
        import idna

        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except idna.IDNAError:
            return None
    return name if re.fullmatch(r"[a-z0-9_.-]{1,253}", name) else None


def _tracks(part: str) -> bool:
    name = part.partition("=")[0].lower()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def _escaped(text: str) -> str:
    # Lone surrogates have no UTF-8 form.
    text = quote(re.sub("[\ud800-\udfff]", "\ufffd", text), safe=_KEEP)
    text = _ESCAPE.sub(_unescape_plain, text)
    return re.sub("%(?![0-9A-F]{2})", "%25", text)


def _unescape_plain(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _without_dots(path: str) -> str:
    if "/." not in path:
        return path
    kept: list[str] = []
    parts = path.split("/")
    for part in parts:
        if part == "..":
            del kept[max(1, len(kept) - 1) :]
        elif part != ".":
            kept.append(part)
    if parts[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)
