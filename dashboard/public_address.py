"""Under which address readers know us: scheme, host and path prefix, as set or as a proxy says; and whose address a request comes from.

Answers are made for `origin()` and `prefix()` of their request. A path is ours with the prefix or without it, so a proxy may strip it or not.
"""

import ipaddress
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import flask
from werkzeug.middleware.proxy_fix import ProxyFix

from bilateral.exits import Exit, Stop

ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-]+(:\d{1,5})?|https?://\[[0-9A-Fa-f:.]+\](:\d{1,5})?")
PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)*")
OWN = (
    "pair",
    "briefing",
    "embed",
    "event",
    "compare",
    "events",
    "measures",
    "methods",
    "method",
    "validation",
    "search",
    "follow",
    "status",
    "sql",
    "api",
    "feeds",
    "assets",
    "health",
    "metrics",
    "robots.txt",
    "sitemap.xml",
)
"""First parts of our own paths, which a prefix cannot be: a path with it would mean two things."""
LOOPBACK = ("127.0.0.0/8", "::1")
CODED = re.compile(r'[-:](?:gzip|br|deflate|zstd)"')
"""What a server that compresses puts behind the tag of an answer."""
Application = Callable[[dict[str, Any], Callable], Iterable[bytes]]


@dataclass(frozen=True)
class Public:
    """What is configured about the way to us."""

    address: str | None = None
    """As readers type it, https://example.org/relations; None: as each request says."""
    proxies: int = 0
    """Proxies before us that add X-Forwarded-For, -Proto, -Host and -Prefix."""
    proxy_addresses: tuple[str, ...] = LOOPBACK
    """Addresses or networks from which the nearest proxy asks; headers from elsewhere are not believed."""

    @property
    def prefix(self) -> str:
        return urlsplit(self.address or "").path.rstrip("/")

    def check(self) -> None:
        """Raises Stop 78 for an address or a network that is none."""
        try:
            parts = urlsplit(self.address or "http://localhost")
            is_origin = ADDRESS.fullmatch(f"{parts.scheme}://{parts.netloc}") is not None and (parts.port or 1) > 0
            is_address = is_origin and PREFIX.fullmatch(self.prefix) is not None and not (parts.query or parts.fragment)
        except ValueError:
            is_address = False
        if not is_address:
            wanted = "https://example.org or https://example.org/relations"
            raise Stop(Exit.CONFIGURATION, f"{self.address!r} is not a public address; one is {wanted}, as readers type it")
        if self.prefix.split("/")[1:2] and self.prefix.split("/")[1] in OWN:
            raise Stop(
                Exit.CONFIGURATION,
                f"{self.prefix} begins as one of the dashboard's own paths; choose another path for --public-address",
            )
        for network in self.proxy_addresses:
            _network(network)

    def is_proxy(self, peer: str) -> bool:
        """Whether the nearest proxy asks from this address."""
        try:
            found = ipaddress.ip_address(peer)
        except ValueError:
            return False
        found = getattr(found, "ipv4_mapped", None) or found
        return any(found in _network(network) for network in self.proxy_addresses)


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise Stop(
            Exit.CONFIGURATION, f"{text!r} is not an address or network of a proxy; one is 10.0.0.5 or 10.0.0.0/24"
        ) from None


class Way:
    """WSGI: how a request came, and where its answer will be read."""

    def __init__(self, application: Application, public: Public):
        self.application = application
        self.public = public
        n = public.proxies
        self.behind = ProxyFix(self._named, x_for=n, x_proto=n, x_host=n, x_prefix=n)

    def __call__(self, environ: dict[str, Any], start: Callable) -> Iterable[bytes]:
        environ["bilateral.peer"], environ["bilateral.host"] = environ.get("REMOTE_ADDR") or "", environ.get("HTTP_HOST", "")
        if tags := environ.get("HTTP_IF_NONE_MATCH"):
            environ["HTTP_IF_NONE_MATCH"] = CODED.sub('"', tags)
        environ["SCRIPT_NAME"] = ""
        is_believed = self.public.proxies and self.public.is_proxy(environ["bilateral.peer"])
        return (self.behind if is_believed else self._named)(environ, start)

    def _named(self, environ: dict[str, Any], start: Callable) -> Iterable[bytes]:
        said = environ["SCRIPT_NAME"].rstrip("/")
        prefix = self.public.prefix or (said if PREFIX.fullmatch(said) else "")
        if self.public.address:
            parts = urlsplit(self.public.address)
            environ["wsgi.url_scheme"], environ["HTTP_HOST"] = parts.scheme, parts.netloc
        elif environ["wsgi.url_scheme"] not in ("http", "https"):  # as X-Forwarded-Proto said
            environ["wsgi.url_scheme"] = "http"
        environ["SCRIPT_NAME"] = prefix
        environ["PATH_INFO"] = without(environ["PATH_INFO"], prefix)
        return self.application(environ, start)


def without(path: str, prefix: str) -> str:
    """A path as we know it: without the prefix, where it has one."""
    if prefix and (path == prefix or path.startswith(prefix + "/")):
        return path[len(prefix) :] or "/"
    return path


def prefix() -> str:
    """What stands before our paths in the addresses of this request; nothing outside of a request."""
    return flask.request.script_root if flask.has_request_context() else ""


def origin() -> str:
    """The address of the first page as the reader's browser has it, without the last slash; empty outside of a request."""
    return flask.request.url_root.rstrip("/") if flask.has_request_context() else ""


def linked(path: object) -> object:
    """A path of ours as a link of this request; anything else as it is."""
    return f"{prefix()}{path}" if isinstance(path, str) and path.startswith("/") and not path.startswith("//") else path
