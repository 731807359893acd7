"""Where a fetch may connect to: never to this machine or its network, unless the programme names the place.

The name is resolved here, the address is checked here, and the connection is made to that very address, so that
a name cannot lead to another place between the check and the connection. Host header and certificate still go by
the name. Each redirect comes through here again.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable, Sequence

import httpcore

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# Networks that no public server is in, which the tables of some Python versions let through: IETF assignments, old 6to4
# relays, documentation, and NAT64 within a local network (RFC 8215).
_ALSO_PRIVATE = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20", "64:ff9b:1::/48")))
_CONNECT_SECONDS = 8.0


class PrivateAddress(Exception):
    """The host leads to a private place: `host` and the `address` found."""

    def __init__(self, host: str, address: str) -> None:
        self.host, self.address = host, address
        super().__init__(f"{host} is at the private address {address}")


class TooLong(Exception):
    """The whole fetch took longer than it may."""


class Allowed:
    """The private places that a programme names: hosts (`intranet.example`), addresses and networks (`10.1.0.0/16`)."""

    def __init__(self, names: Iterable[str]) -> None:
        self.hosts: set[str] = set()
        self.networks = []
        for name in names:
            try:
                self.networks.append(ipaddress.ip_network(name.strip("[]"), strict=False))
            except ValueError:
                self.hosts.add(name.rstrip(".").lower())

    def permits(self, host: str, address: Address) -> bool:
        """Whether a connection to `address`, reached under the name `host`, may be made."""
        if host.rstrip(".").lower() in self.hosts or is_public(address):
            return True
        plain = embedded(address)
        return any(plain in network for network in self.networks if network.version == plain.version)


def embedded(address: Address) -> Address:
    """The IPv4 address that an IPv6 address stands for (mapped, NAT64, 6to4, Teredo), else the address itself."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return address.ipv4_mapped
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if address.sixtofour:
            return address.sixtofour
        if address.teredo:
            return address.teredo[1]
    return address


def is_public(address: Address) -> bool:
    """Whether an address lies in the public internet. Tables differ between Python versions, so all of them count."""
    address = embedded(address)
    if any(address in network for network in _ALSO_PRIVATE if network.version == address.version):
        return False
    return address.is_global and not (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or getattr(address, "is_site_local", False)
    )


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, in the order in which the system would try them. Raises OSError."""
    found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore.NetworkBackend):
    """Connects for httpcore, only to checked addresses and only while time is left (`seconds_left`)."""

    def __init__(
        self,
        allowed: Allowed,
        seconds_left: Callable[[], float],
        resolver: Callable[[str, int], Sequence[str]] = resolve,
    ) -> None:
        self._allowed, self._seconds_left, self._resolve = allowed, seconds_left, resolver
        self._plain = httpcore.SyncBackend()

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        try:
            addresses = self._resolve(host, port)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        permitted = [a for a in addresses if self._allowed.permits(host, ipaddress.ip_address(a.partition("%")[0]))]
        if not permitted:
            raise PrivateAddress(host, addresses[0]) if addresses else httpcore.ConnectError("no address")
        failure: Exception | None = None
        for address in permitted[:4]:
            seconds = min(_left(self._seconds_left), _CONNECT_SECONDS)
            try:
                stream = self._plain.connect_tcp(address, port, seconds, local_address, socket_options)
                return _TimedStream(stream, self._seconds_left)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        assert failure is not None
        raise failure

    def connect_unix_socket(self, path, timeout=None, socket_options=None):
        raise httpcore.ConnectError("sockets of this machine are no place to fetch from")


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every step is cut to the time that is left for the whole, so that no drip can stretch it."""

    def __init__(self, stream: httpcore.NetworkStream, seconds_left: Callable[[], float]) -> None:
        self._stream, self._seconds_left = stream, seconds_left

    def _cut(self, timeout: float | None) -> float:
        left = _left(self._seconds_left)
        return left if timeout is None else min(left, timeout)

    def read(self, max_bytes, timeout=None):
        return self._stream.read(max_bytes, self._cut(timeout))

    def write(self, buffer, timeout=None):
        self._stream.write(buffer, self._cut(timeout))

    def close(self):
        self._stream.close()

    def start_tls(self, ssl_context, server_hostname=None, timeout=None):
        stream = self._stream.start_tls(ssl_context, server_hostname, self._cut(timeout))
        return _TimedStream(stream, self._seconds_left)

    def get_extra_info(self, info):
        return self._stream.get_extra_info(info)


def _left(seconds_left: Callable[[], float]) -> float:
    left = seconds_left()
    if left <= 0:
        raise TooLong
    return left
