"""Tells public network addresses from those that only mean something inside a house or a machine; resolves nothing.

`ipaddress.is_global` alone will not do: it is true of multicast, and of IPv6 addresses that carry a private IPv4 one
(64:ff9b::7f00:1, 2002:7f00:1::, ::7f00:1), and its lists differ between Python versions.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_NOT_PUBLIC = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",  # multicast, reserved, broadcast
    )
)
"""IANA's special-purpose registry for IPv4 (RFC 6890), less the few anycast hosts in it that serve no documents."""

_UNICAST = IPv6Network("2000::/3")
_SPECIAL = tuple(IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "3fff::/20"))
"""Within the unicast range: protocol assignments (Teredo, ORCHID, benchmarks) and documentation."""
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: Address, allowed: Iterable[Network] = ()) -> bool:
    """Whether a connection to `address` leaves for the public internet, or for a network the operator allows.

    Args:
        address: Where the connection would go.
        allowed: Networks that are fine although they are not public.
    """
    meant = carried(address) or address
    if any(address in network or meant in network for network in allowed):
        return True
    if isinstance(meant, IPv4Address):
        return not any(meant in network for network in _NOT_PUBLIC)
    return meant in _UNICAST and not any(meant in network for network in _SPECIAL)


def carried(address: Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for: IPv4-mapped, 6to4 and NAT64; None for all others.

    IPv4-compatible (::/96) and Teredo addresses lie outside what is public anyway.
    """
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def parsed(text: str) -> Address:
    """An address as the system's resolver gives it, zone and all."""
    return ip_address(text.partition("%")[0])
