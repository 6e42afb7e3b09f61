"""How often each address asks, counted by all workers together in one SQLite file: a storage for `limits`, which has none that processes share
without a server of its own."""

import ipaddress
import re
import sqlite3
import time
from collections.abc import Callable, Mapping

import flask
from limits import RateLimitItem, parse
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from bilateral.shared_counts import Shared

COUNT = """
insert into counts values (:key, :amount, :now + :expiry)
on conflict (key) do update set n = iif(expires <= :now, 0, n) + :amount, expires = iif(expires <= :now, :now + :expiry, expires)
returning n
"""
KINDS = ("api", "sql", "callback", "file", "picture", "page")
"""What has a rate of its own; everything else costs nothing: /health, /metrics, scripts, styles."""
FREE, FREE_FOLDERS = ("/health", "/metrics"), ("/assets/", "/_dash", "/_favicon", "/_reload")
"""Of other addresses that begin so a page says that there is none, and that is a page."""
PICTURES = (".png", ".svg")
FILE_PATH = re.compile(r"\.[a-z]+$")
WITH_PORT = re.compile(r"\[([0-9A-Fa-f:.]+)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+")
"""An address as some proxies write it into X-Forwarded-For; the port is another for each connection."""


def network(address: str) -> str:
    """Whom an address is counted as: itself; of IPv6 the half that names a network, as one reader may choose the other half."""
    if match := WITH_PORT.fullmatch(address):
        address = match[1] or match[2]
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(getattr(found, "ipv4_mapped", None) or found)


class Rates(Storage):
    """Counts by key until they expire."""

    STORAGE_SCHEME = None

    def __init__(self, shared: Shared):
        super().__init__("", wrap_exceptions=False)
        self.shared = shared

    @property
    def base_exceptions(self) -> type[Exception]:
        return sqlite3.Error

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        given = {"key": key, "amount": amount, "now": time.time(), "expiry": expiry}
        return int(self.shared.ask(COUNT, given)[0][0])

    def get(self, key: str) -> int:
        return int(self._found("n", key) or 0)

    def get_expiry(self, key: str) -> float:
        return float(self._found("expires", key) or time.time())

    def check(self) -> bool:
        return self.shared.ask("select 1", {}) == [(1,)]

    def reset(self) -> int:
        return len(self.shared.ask("delete from counts returning key", {}))

    def clear(self, key: str) -> None:
        self.shared.ask("delete from counts where key = :key", {"key": key})

    def _found(self, column: str, key: str) -> float | None:
        rows = self.shared.ask(
            f"select {column} from counts where key = :key and expires > :now", {"key": key, "now": time.time()}
        )
        return rows[0][0] if rows else None


def kinds_of(request: flask.Request) -> tuple[str, ...]:
    """Which rates hold for a request; none where it costs nothing."""
    path = request.path
    if path.startswith("/api/"):
        return ("api", "sql") if path == "/api/v1/sql" else ("api",)
    if path == "/sql" and (request.method == "POST" or request.query_string):
        return ("sql",)
    if request.method == "POST" and path.startswith("/_dash-update-component"):
        return ("callback",)
    if path in FREE or path.startswith(FREE_FOLDERS):
        return ()
    if path.endswith(PICTURES):
        return ("picture",)
    return ("file",) if FILE_PATH.search(path) and not path.startswith("/feeds/") else ("page",)


def register(
    server: flask.Flask,
    rates: Mapping[str, str],
    shared: Shared,
    is_free: Callable[[str], bool],
    too_often: Callable[[str, int], flask.Response],
) -> None:
    """Hold back whoever asks too often: `rates` gives for each of KINDS how often an address may, as `240 per minute`; one that is left out has
    none. `is_free` says of a kind whether this request is not counted, `too_often` makes the answer of a sentence and the seconds to wait."""
    limiter = FixedWindowRateLimiter(Rates(shared))
    items = {kind: parse(rate) for kind, rate in rates.items() if rate}

    @server.before_request
    def count() -> flask.Response | None:
        who = network(flask.request.remote_addr or "")
        for kind in kinds_of(flask.request):
            if kind in items and not is_free(kind) and (wait := _wait(limiter, items[kind], kind, who)):
                return too_often(f"{items[kind]} may be asked from one address; try again in {wait} s", wait)
        return None


def _wait(limiter: FixedWindowRateLimiter, item: RateLimitItem, kind: str, who: str) -> int:
    """Seconds until an address may ask again; 0 where it may now."""
    try:
        if limiter.hit(item, kind, who):
            return 0
        return max(1, round(limiter.get_window_stats(item, kind, who).reset_time - time.time()))
    except sqlite3.Error:  # better too much than nothing
        return 0
