"""Under which addresses do other devices in this room reach this machine? Nothing is sent to find out."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import struct

_SIOCGIFADDR = 0x8915
"""Linux: ask an interface for its IPv4 address (netdevice(7))."""


def local_addresses() -> list[str]:
    """Return the IPv4 addresses of this machine in local networks, the one of the usual route first.

    A hall without internet has often no usual route at all, so interfaces and the own name are asked as well.
    """
    found = [*_routed(), *_of_interfaces(), *_of_name()]
    return [address for address in dict.fromkeys(found) if _reachable(address)]


def _reachable(address: str) -> bool:
    ip = ipaddress.ip_address(address)
    return not (ip.is_loopback or ip.is_link_local or ip.is_unspecified)


def _routed() -> list[str]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address: only the route is looked up
            return [str(probe.getsockname()[0])]
        except OSError:
            return []


def _of_interfaces() -> list[str]:
    try:
        import fcntl
    except ImportError:  # Windows answers by its name
        return []
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            with contextlib.suppress(OSError):
                answer = fcntl.ioctl(probe.fileno(), _SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
                found.append(socket.inet_ntoa(answer[20:24]))
    return found


def _of_name() -> list[str]:
    try:
        return socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        return []
