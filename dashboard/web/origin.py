"""Who sent a request: somebody at this computer, a stranger through a proxy, or a page of another site in a reader's browser."""

import ipaddress
import os
import re
import socket
import struct
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import flask

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
FORWARDING = re.compile(
    r"HTTP_(X_FORWARDED_.*|FORWARDED|VIA|X_REAL_IP|X_CLIENT_IP|TRUE_CLIENT_IP|CF_CONNECTING_IP|X_CLUSTER_CLIENT_IP|X_ORIGINAL_.*)"
)
"""Headers that nobody but a proxy sends."""


def name_of(host: str) -> str:
    """The name in a Host header, without its port, in small letters."""
    return (host if host.endswith("]") else host.rsplit(":", 1)[0]).lower()


def is_address(name: str) -> bool:
    """Whether the name in a Host header is an address of the network itself, which no name server answers for."""
    try:
        ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def is_loopback(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


def is_local(environ: dict[str, Any]) -> bool:
    """Whether a program at this computer asks without a proxy; in doubt it does not. A proxy that adds nothing, as nginx does when it is
    installed, shows itself by HTTP/1.0, or by a Referer or an Origin of another name."""
    return (
        is_loopback(environ.get("bilateral.peer", ""))
        and name_of(environ.get("bilateral.host", "")) in LOOPBACK
        and environ.get("SERVER_PROTOCOL") == "HTTP/1.1"
        and not any(map(FORWARDING.fullmatch, environ))
        and all(_is_loopback_page(environ.get(name, "")) for name in ("HTTP_ORIGIN", "HTTP_REFERER"))
        and environ.get("HTTP_SEC_FETCH_SITE", "none") in ("none", "same-origin")
    )


def _is_loopback_page(address: str) -> bool:
    try:
        return not address or urlsplit(address).hostname in ("localhost", "127.0.0.1", "::1")
    except ValueError:
        return False


def is_of_this_user(environ: dict[str, Any]) -> bool:
    """Whether the other end of a connection on this computer is of this user or of root, as Linux tells; true where nobody tells.

    A proxy that shows itself by nothing else runs as a user of its own.
    """
    port = environ.get("REMOTE_PORT")
    table = Path("/proc/self/net", "tcp6" if ":" in environ["bilateral.peer"] else "tcp")
    if not port or not table.exists():
        return True
    wanted = f"{_as_listed(environ['bilateral.peer'])}:{int(port):04X}"
    with table.open(encoding="ascii") as lines:
        owners = [int(parts[7]) for parts in map(str.split, lines) if parts[1] == wanted]
    return all(owner in (os.geteuid(), 0) for owner in owners)


def _as_listed(address: str) -> str:
    """An address as /proc/net lists it: words of four bytes in the order of the machine."""
    packed = socket.inet_pton(socket.AF_INET6 if ":" in address else socket.AF_INET, address)
    return "".join(f"{word:08X}" for word in struct.unpack(f"={len(packed) // 4}I", packed))


def is_of_other_site(request: flask.Request, own: tuple[str, ...]) -> bool:
    """Whether a page of another site made a browser send this. `own` are the origins under which we are read.

    A browser says so in Sec-Fetch-Site; an older one, and each over plain HTTP from another computer, only in Origin, and of what it sends
    or does not show as a page of its own in Referer. Programs say nothing.
    """
    said = request.headers
    if (site := said.get("Sec-Fetch-Site")) is not None:
        return site.lower() not in ("same-origin", "none")
    if "Origin" in said:
        return said["Origin"].lower() not in own
    is_shown = request.method in ("GET", "HEAD") and "text/html" in said.get("Accept", "")
    return not is_shown and _origin_of(said.get("Referer", own[0])) not in own


def _origin_of(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower()


def is_followed_link(request: flask.Request) -> bool:
    """Whether a browser shows the answer as a page of its own, which no page of another site can read or repeat unseen."""
    said = request.headers
    shown = said.get("Sec-Fetch-Dest", "document") == "document"
    return request.method in ("GET", "HEAD") and said.get("Sec-Fetch-Mode") == "navigate" and shown and "Origin" not in said
