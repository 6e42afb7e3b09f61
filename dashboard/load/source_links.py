"""Addresses of sources: errors in their form, and the answers of their servers. No redirect is followed."""

import csv
import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from itertools import chain
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

import httpx2

from bilateral import package_data

STAGING = frozenset({"stage", "staging", "preview", "production", "manage", "test", "dev"})
"""First labels of hosts on which publishers try pages out."""
TRACKING = re.compile(r"(utm_\w+|(?:fb|g)clid|mc_[ce]id)=.*|(client|host)=ca-.*|BC=bc_.*")
"""Query fields that say who sent the reader, not which page is meant."""
MUST_MEND = frozenset({"malformed", "insecure", "staging", "tracking", "phone page", "dead", "unsafe"})
"""Kinds of fault that the file's keeper can mend; the others are for judgement."""
TRIAL = 3
"""Hosts that are asked first: if none answers there is no network, and addresses are not called dead for it."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with an address, and a better one where it can be told."""

    url: str
    kind: str
    reason: str
    better: str = ""


class NoNetwork(Exception):
    """None of the first hosts answers."""


# ------------------------------------------------------------------ by the address alone


def judge(url: str) -> list[Fault]:
    """Everything that the address itself shows: malformed, insecure, staging, tracking, phone page, or a host of seeds/link_hosts.csv."""
    if reason := malformed(url):
        return [Fault(url, "malformed", reason)]
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    known = known_host(host)
    found = [
        ("insecure", "http can be changed on the way", parts.scheme == "http"),
        ("staging", "a host for trying pages out", host.split(".")[0] in STAGING),
        ("tracking", "says who sent the reader", without_tracking(parts) != parts),
        ("phone page", "a cut version for phones", without_phone_page(parts) != parts),
        (known["kind"], known["reason"], bool(known["kind"])),
    ]
    better = mended(url)
    return [Fault(url, kind, reason, better if better != url else "") for kind, reason, holds in found if holds]


def malformed(url: str) -> str | None:
    """Why this is no address of a page on the web; None where it is one."""
    if re.search(r"[\s\x00-\x1f<>\"{}|\\^`]", url):
        return "holds a blank or a character that must be escaped"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        return str(error)
    if parts.scheme not in ("http", "https"):
        return f"begins with {parts.scheme + ':' if parts.scheme else 'no scheme'}; http: or https: was expected"
    if parts.username or parts.password:
        return "holds a user name"
    if not re.fullmatch(r"[\w-]+(\.[\w-]+)+", parts.hostname or ""):
        return f"has no host of at least two names, but {parts.hostname or 'none'}"
    return None if port is None or port in (80, 443) else f"has the unusual port {port}"


def mended(url: str) -> str:
    """The same page under the address that its publisher gives it, as far as the address shows."""
    parts = without_phone_page(without_tracking(urlsplit(url)))
    host = (parts.hostname or "").lower()
    first, _, rest = host.partition(".")
    better_host = known_host(host)["better_host"] or (rest if first in STAGING else host)
    return parts._replace(scheme="https", netloc=better_host).geturl()


def without_tracking(parts: SplitResult) -> SplitResult:
    fields = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in fields if not TRACKING.fullmatch(f"{name}={value}")]
    return parts if kept == fields else parts._replace(query=urlencode(kept))


def without_phone_page(parts: SplitResult) -> SplitResult:
    fields = parse_qsl(parts.query, keep_blank_values=True)
    kept = [field for field in fields if field not in (("amp", "1"), ("amp", ""), ("outputType", "amp"))]
    path = re.sub(r"^/amp/|/amp/?$", "/", parts.path)
    return parts if (kept, path) == (fields, parts.path) else parts._replace(path=path, query=urlencode(kept))


def known_host(host: str) -> dict[str, str]:
    """The row of seeds/link_hosts.csv for a host or the domain that it lies in."""
    labels = host.split(".")
    rows = (HOSTS.get(".".join(labels[start:])) for start in range(len(labels)))
    return next((row for row in rows if row), {"kind": "", "better_host": "", "reason": ""})


def _hosts() -> dict[str, dict[str, str]]:
    with (package_data.folder("seeds") / "link_hosts.csv").open(encoding="utf-8", newline="") as file:
        return {row["host"]: row for row in csv.DictReader(file)}


HOSTS = _hosts()


# ------------------------------------------------------------------ by asking


def ask_all(urls: Iterable[str], only_public: bool = True, hosts_at_once: int = 8, pause: float = 1.0) -> Iterator[Fault]:
    """Ask each address once, one at a time for each host, and yield what is wrong as it is found.

    Raises NoNetwork where none of the first hosts answers. `pause` is in seconds, between two questions to one host.
    """
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(urlsplit(url).netloc, []).append(url)
    groups = list(by_host.values())
    with (
        httpx2.Client(
            timeout=20, follow_redirects=False, headers={"User-Agent": "bilateral doctor (asks each source once)"}
        ) as http,
        ThreadPoolExecutor(hosts_at_once, thread_name_prefix="links") as pool,
    ):

        def ask_host(group: list[str]) -> list[Fault]:
            found = []
            for place, url in enumerate(group):
                time.sleep(pause if place else 0)
                found += [fault] if (fault := ask(http, url, only_public)) else []
            return found

        first = list(pool.map(ask_host, [group[:1] for group in groups[:TRIAL]]))
        if groups and all(
            faults and faults[0].kind in ("no answer", "dead") and faults[0].reason in UNREACHED for faults in first
        ):
            raise NoNetwork(f"none of {', '.join(list(by_host)[:TRIAL])} can be reached")
        yield from chain.from_iterable(first)
        rest = [group[1:] if place < TRIAL else group for place, group in enumerate(groups)]
        for done in as_completed([pool.submit(ask_host, group) for group in rest if group]):
            yield from done.result()


UNREACHED = ("the host has no address", "no connection")


def ask(http: httpx2.Client, url: str, only_public: bool = True) -> Fault | None:
    """One question for the head of a page; the body is not read. None where it answers as it should."""
    host = urlsplit(url).hostname or ""
    try:
        places = {ipaddress.ip_address(place[4][0]) for place in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
        if only_public and not all(place.is_global for place in places):
            return Fault(url, "not public", "the host is in a private network and was not contacted")
        with http.stream("GET", url) as response:
            return answered(url, response)
    except (socket.gaierror, UnicodeError):
        return Fault(url, "dead", UNREACHED[0])
    except httpx2.TimeoutException:
        return Fault(url, "no answer", "not within 20 seconds")
    except httpx2.HTTPError as error:
        if isinstance(error.__cause__, ssl.SSLError) or "SSL" in str(error):
            return Fault(url, "unsafe", "no safe connection: its certificate or TLS does not hold")
        return Fault(
            url, "no answer", UNREACHED[1] if isinstance(error, httpx2.ConnectError) else str(error) or type(error).__name__
        )


def answered(url: str, response: httpx2.Response) -> Fault | None:
    """What an answer means for the address."""
    code = response.status_code
    if code in (301, 308):
        return Fault(url, "moved", f"for good ({code})", str(response.url.join(response.headers.get("Location", ""))))
    if code in (404, 410):
        return Fault(url, "dead", f"the page is gone ({code})")
    if code >= 500:
        return Fault(url, "no answer", f"the server fails ({code})")
    if code >= 400:
        return Fault(url, "closed", f"not for machines ({code}); look with a browser")
    return None
