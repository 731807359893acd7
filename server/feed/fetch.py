"""Getting one document from the web: guarded, bounded in size and time, never sending anything of the person's."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from server.clock import now
from server.feed.address import canonical
from server.feed.model import FeedError, Fetched, Missing

if TYPE_CHECKING:
    import httpcore

MOST_BYTES = 10_000_000
MOST_SECONDS = 30.0
MOST_REDIRECTS = 5
FEED_TYPES = (
    "application/feed+json, application/atom+xml, application/rss+xml, application/json;q=0.9, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
)
_AGENT = b"Sayso (feed reader; reads a company's feed for its employees)"
_QUIET_SECONDS = 15.0  # without a single byte

_STATUS = {
    401: "asks for a login, which Sayso does not have; use an address that needs none",
    403: "does not let Sayso read it (403); ask whoever runs that site, or use another address",
    404: "is not there (404); check the address",
    410: "is gone for good (410); remove this source or give its new address",
    429: "gets too many requests just now (429); try again later",
}


def fetch(
    url: str,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    allow_private: Iterable[str] = (),
    accept: str = FEED_TYPES,
    most_bytes: int = MOST_BYTES,
    most_seconds: float = MOST_SECONDS,
    clock: Callable[[], float] = time.monotonic,
    resolver: Callable[[str, int], Sequence[str]] | None = None,
) -> Fetched:
    """The document at an http(s) address; with `etag` or `last_modified`, only if it changed.

    `most_bytes` bounds both what travels and what it unpacks to, `most_seconds` the whole fetch with its redirects
    by `clock`. `allow_private` names hosts, addresses and networks that may be private. Raises FeedError.
    """
    import httpcore

    from server.feed import guard

    end = clock() + most_seconds
    backend = guard.GuardedBackend(guard.Allowed(allow_private), lambda: end - clock(), resolver or guard.resolve)
    headers = [(b"User-Agent", _AGENT), (b"Accept", accept.encode()), (b"Accept-Encoding", b"gzip, deflate")]
    if etag:
        headers.append((b"If-None-Match", etag.encode("latin-1", "ignore")))
    if last_modified:
        headers.append((b"If-Modified-Since", last_modified.encode("latin-1", "ignore")))
    try:
        target = checked(url, url)
        for _ in range(MOST_REDIRECTS + 1):
            with httpcore.ConnectionPool(ssl_context=_tls(target), network_backend=backend, max_connections=1) as pool:
                timeouts = dict.fromkeys(("connect", "read", "write", "pool"), _QUIET_SECONDS)
                with pool.stream("GET", target, headers=headers, extensions={"timeout": timeouts}) as response:
                    onward = _onward(url, target, response)
                    if not onward:
                        return _answer(url, target, response, bool(etag or last_modified), most_bytes)
            target = onward
        raise FeedError(url, f"leads on more than {MOST_REDIRECTS} times; give the address where it ends")
    except guard.PrivateAddress as error:
        found = f"leads to a private address ({error.host} is {error.address})"
        if error.host == error.address:
            found = "is a private address" if error.host == urlsplit(url).hostname else f"leads to the private address {error.host}"
        raise FeedError(
            url,
            f"{found}, which is not read; if that is meant, name {error.host} in the programme, under “Addresses inside "
            "the company” on its page or allow_private in its file",
        ) from None
    except (guard.TooLong, httpcore.TimeoutException):
        raise FeedError(
            url,
            f"took too long (more than {most_seconds:.0f} seconds in all or {_QUIET_SECONDS:.0f} of silence); "
            "try again later",
        ) from None
    except httpcore.ConnectError as error:
        raise FeedError(
            url, f"cannot be reached{_why(error)}; check the address and your connection, then try again"
        ) from None
    except (httpcore.NetworkError, httpcore.ProtocolError):
        raise FeedError(url, "broke off before it had arrived; try again later") from None


def checked(source: str, url: str) -> str:
    """The address in the form in which it is asked for. Raises FeedError about `source` where it is none to ask."""
    scheme, _, rest = url.strip().partition(":")
    if scheme.lower() not in ("http", "https"):
        raise FeedError(source, "is not a web address; it has to begin with https:// or http://")
    if "@" in rest.lstrip("/").partition("/")[0]:
        raise FeedError(source, "holds a user name or password, which Sayso does not send; give the address without it")
    clean = canonical(url, as_asked=True)
    if not clean:
        raise FeedError(source, "is not a web address that can be read; check it for typing errors")
    return clean.partition("#")[0]


def _tls(url: str) -> Any:
    if not url.startswith("https"):
        return None
    import httpx

    return httpx.create_ssl_context()


def _header(response: httpcore.Response, name: bytes) -> str | None:
    return next((value.decode("latin-1").strip() for key, value in response.headers if key.lower() == name), None)


def _onward(source: str, target: str, response: httpcore.Response) -> str | None:
    """Where a redirect leads, None where the answer is none."""
    if response.status not in (301, 302, 303, 307, 308):
        return None
    place = _header(response, b"location")
    if not place:
        raise FeedError(source, "leads on without saying where to; give the address where it ends")
    try:
        return checked(source, urljoin(target, place))
    except ValueError as error:
        if isinstance(error, FeedError):
            raise FeedError(source, f"leads on to what {error.message}") from None
        raise FeedError(source, "leads on to an address that cannot be read; give the address where it ends") from None


def _answer(source: str, target: str, response: httpcore.Response, conditional: bool, most_bytes: int) -> Fetched:
    status = response.status
    etag, last_modified = _header(response, b"etag"), _header(response, b"last-modified")
    if status == 304 and conditional:
        return Fetched(target, True, etag=etag, last_modified=last_modified)
    if status != 200:
        fallback = (
            f"answered with an error of its own ({status}); try again later"
            if status >= 500
            else f"answered with {status} instead of a document; check the address"
        )
        kind = Missing if status in (404, 410) else FeedError
        raise kind(source, _STATUS.get(status, fallback), _seconds(_header(response, b"retry-after")))
    length = _header(response, b"content-length") or ""
    if length.isdigit() and int(length) > most_bytes:
        raise FeedError(source, _too_large(most_bytes))
    encoding = (_header(response, b"content-encoding") or "identity").lower()
    data = b"".join(_bounded(source, encoding, response.iter_stream(), most_bytes))
    return Fetched(target, False, data, _header(response, b"content-type"), etag, last_modified)


def _seconds(retry_after: str | None) -> float | None:
    """What Retry-After asks for: seconds, or a date from which they are counted. None where it is neither."""
    if not retry_after:
        return None
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:10])
    try:
        moment = parsedate_to_datetime(retry_after)
        return max(0.0, (moment - now()).total_seconds()) if moment.tzinfo else None
    except (ValueError, TypeError, OverflowError):
        return None


def _too_large(most_bytes: int) -> str:
    return (
        f"is larger than {most_bytes / 1_000_000:g} MB, the most that is read from one address; make it smaller (of a feed, "
        "the newest entries will do), or give another address"
    )


def _bounded(source: str, encoding: str, chunks: Iterable[bytes], most_bytes: int) -> Iterator[bytes]:
    """The chunks unpacked, never more than `most_bytes` before or after unpacking, and never more in memory."""
    if encoding not in ("identity", "gzip", "x-gzip", "deflate"):
        raise FeedError(
            source, f"is packed in a way that was not asked for ({encoding[:20]}); ask whoever runs that site"
        )
    unpacker = None
    travelled = unpacked = 0
    for chunk in chunks:
        travelled += len(chunk)
        if travelled > most_bytes:
            raise FeedError(source, _too_large(most_bytes))
        if encoding == "identity":
            yield chunk
            continue
        while chunk:
            if unpacker is None or unpacker.eof:
                if unpacker and chunk[:1] != b"\x1f":
                    break  # padding after the end; another gzip member would begin so
                # "deflate" comes with a zlib header or, from some servers, without one.
                unpacker = zlib.decompressobj(47 if encoding != "deflate" or chunk[0] & 0x0F == 8 else -15)
            try:
                piece = unpacker.decompress(chunk, most_bytes + 1 - unpacked)
            except zlib.error:
                raise FeedError(source, "arrived damaged (it cannot be unpacked); try again later") from None
            unpacked += len(piece)
            if unpacked > most_bytes:
                raise FeedError(source, _too_large(most_bytes))
            yield piece
            chunk = unpacker.unconsumed_tail or unpacker.unused_data
    if encoding != "identity" and unpacker and not unpacker.eof:
        raise FeedError(source, "broke off before it had arrived; try again later")


def _why(error: Exception) -> str:
    text = str(error).lower()
    if "certificate" in text:
        return " safely: its certificate is not valid for it"
    if "name or service" in text or "getaddrinfo" in text or "nodename" in text or "resolution" in text:
        return ": there is no such host"
    return ""
