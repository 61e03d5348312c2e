"""What stands for the network that a request comes from: whoever counts requests counts networks, not people."""

from __future__ import annotations

import ipaddress


def network_of(address: str, *, v4: int, v6: int) -> str:
    """The network of `address` with so many bits of an IPv4 or IPv6 address; an IPv4 address in IPv6's form counts as
    itself. What is no address (a server behind a socket names none) stands for itself.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    mapped = getattr(found, "ipv4_mapped", None) or found
    return str(ipaddress.ip_network((mapped, v6 if mapped.version == 6 else v4), strict=False))
