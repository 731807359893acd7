"""Where a fetch may connect to: never to this machine or its network, unless the programme names the place."""

from __future__ import annotations

import ipaddress

import pytest

from server.feed import fetch
from server.feed.guard import Allowed, is_public
from tests.feeds.site import FeedSite
from tests.unit.test_feed_fetch import DOCUMENT, refusal


def test_this_machine_is_refused_without_allowance(site: FeedSite) -> None:
    url = site.serve("/feed", DOCUMENT)
    message = refusal(url, allow_private=())
    assert "private address" in message and "allow_private" in message and "127.0.0.1" in message
    assert site.asked == []


def test_this_machine_is_refused_behind_a_redirect_too(site: FeedSite) -> None:
    site.serve("/secret", DOCUMENT)
    site.redirect("/feed", site.url("/secret"))
    url = site.url("/feed", host="feeds.example")
    message = refusal(url, allow_private=["feeds.example"], resolver=lambda host, _port: ["127.0.0.1"])
    assert "private address" in message
    assert [path for path, _ in site.asked] == ["/feed"]


@pytest.mark.parametrize(
    "host", ["localhost", "127.1", "2130706433", "0x7f.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"]
)
def test_other_ways_to_write_this_machine_are_refused_as_well(site: FeedSite, host: str) -> None:
    assert "private address" in refusal(site.url("/feed", host=host), allow_private=())
    assert site.asked == []


def test_the_address_that_was_checked_is_the_one_connected_to(site: FeedSite) -> None:
    resolved = []

    def resolver(host: str, port: int) -> list[str]:
        # A second question would get another answer, as in DNS rebinding.
        resolved.append(host)
        return ["127.0.0.1"] if len(resolved) == 1 else ["192.0.2.1"]

    site.serve("/feed", DOCUMENT)
    url = site.url("/feed", host="feeds.example")
    assert fetch(url, allow_private=["feeds.example"], resolver=resolver).data == DOCUMENT
    assert resolved == ["feeds.example"]
    assert site.asked[0][1]["Host"] == f"feeds.example:{site.port}"


def test_of_several_addresses_only_permitted_ones_are_tried(site: FeedSite) -> None:
    site.serve("/feed", DOCUMENT)
    url = site.url("/feed", host="feeds.example")
    got = fetch(url, allow_private=["127.0.0.0/8"], resolver=lambda *_: ["10.0.0.1", "fe80::1%eth0", "127.0.0.1"])
    assert got.data == DOCUMENT


PRIVATE = (
    "0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 "
    "192.0.2.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255 "
    ":: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1 "
    "64:ff9b:1::7f00:1 ::ffff:0:7f00:1 ::7f00:1 192.0.0.8 192.88.99.1 3fff::1 2002:7f00:1:: fc00::1 fd12::1 fe80::1 fec0::1 ff02::1 2001:db8::1"
).split()


@pytest.mark.parametrize("address", PRIVATE)
def test_private_ranges_are_known(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))
    assert not Allowed([]).permits("news.example", ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.216.34", "172.32.0.1", "2606:4700:4700::1111", "64:ff9b::101:101", "::ffff:1.1.1.1"]
)
def test_public_addresses_are_permitted(address: str) -> None:
    assert Allowed([]).permits("news.example", ipaddress.ip_address(address))


def test_a_programme_allows_a_host_an_address_or_a_network_and_nothing_beside() -> None:
    allowed = Allowed(["Intranet.example", "10.1.2.3", "192.168.0.0/24", "fd00::/8"])
    permits = [
        allowed.permits(host, ipaddress.ip_address(address))
        for host, address in (
            ("intranet.example", "10.9.9.9"),
            ("other.example", "10.1.2.3"),
            ("other.example", "192.168.0.200"),
            ("other.example", "fd12::1"),
            ("other.example", "::ffff:10.1.2.3"),
        )
    ]
    assert all(permits)
    refused = [
        allowed.permits(host, ipaddress.ip_address(address))
        for host, address in (
            ("x.intranet.example", "10.9.9.9"),
            ("other.example", "10.1.2.4"),
            ("other.example", "192.168.1.1"),
            ("other.example", "127.0.0.1"),
        )
    ]
    assert not any(refused)
