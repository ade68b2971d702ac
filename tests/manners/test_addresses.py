"""Which addresses are public."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.domain.addresses import is_public, parsed

PRIVATE = [
    "0.0.0.0",  # noqa: S104 (nothing is bound)
    "10.1.2.3",
    "100.64.0.1",
    "100.127.255.254",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.251",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::8.8.8.8",
    "64:ff9b:1::808:808",
    "100::1",
    "2001::1",
    "2001:0:808:808::",
    "2001:db8::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456:789a::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.0.1",
    "172.32.0.1",
    "193.0.0.1",
    "223.255.255.255",
    "2606:4700::1111",
    "2a00:1450:4001::200e",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "2002:808:808::1",
]
CARRIERS = [IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96")]
v4 = st.ip_addresses(v=4)


@pytest.mark.parametrize("address", PRIVATE)
def test_it_is_not_public(address: str) -> None:
    assert not is_public(parsed(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_it_is_public(address: str) -> None:
    assert is_public(parsed(address))


@given(v4, st.integers(0, 2**80 - 1))
def test_an_address_that_carries_an_ipv4_one_is_as_public_as_that(address: IPv4Address, rest: int) -> None:
    public = is_public(address)
    for carrier in (
        IPv6Address((0xFFFF << 32) | int(address)),
        IPv6Address((0x64FF9B << 96) | int(address)),
        IPv6Address((0x2002 << 112) | (int(address) << 80) | rest),
    ):
        assert is_public(carrier) == public


@given(st.ip_addresses())
def test_nothing_is_public_that_python_knows_to_be_not(address: IPv4Address | IPv6Address) -> None:
    if is_public(address):
        assert not address.is_loopback
        assert not address.is_link_local
        assert not address.is_multicast
        assert not address.is_unspecified
        assert not address.is_reserved or any(address in network for network in CARRIERS)


@given(v4)
def test_what_the_operator_allows_may_be_fetched_also_in_ipv6_clothes(address: IPv4Address) -> None:
    allowed = [ip_network(f"{address}/32")]
    assert is_public(address, allowed)
    assert is_public(IPv6Address(f"::ffff:{address}"), allowed)


def test_allowing_one_network_allows_no_other() -> None:
    allowed = [ip_network("127.0.40.0/24"), ip_network("fd00::/8")]
    assert is_public(ip_address("127.0.40.9"), allowed)
    assert is_public(ip_address("fd00::9"), allowed)
    assert not is_public(ip_address("127.0.41.9"), allowed)
    assert not is_public(ip_address("fe80::9"), allowed)
    assert is_public(ip_address("8.8.8.8"), allowed)
