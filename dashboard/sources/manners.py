"""How sources are treated: an honest name, tries that end, waits that grow or that the source asks for. Clients of all kinds share it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import httpx2
import stamina

AGENT = {"User-Agent": "bilateral (open-source indicator dashboard; one polite reader)"}
TRY_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
T = TypeVar("T")


class SourceDown(Exception):
    """The source as a whole does not answer as it should; the message says what it did.

    `status` is that of HTTP where there was an answer, `wait` the seconds that it asks for.
    """

    def __init__(self, sentence: str, status: int | None = None, wait: float | None = None):
        super().__init__(sentence)
        self.status = status
        self.wait = wait


class NotThere(Exception):
    """The source says that it does not have this file."""


class Damaged(Exception):
    """What arrived is not what the list promised; trying again may bring the right bytes."""


class Redirected(Exception):
    """The source points to an address that nobody configured."""


@dataclass(frozen=True)
class Manners:
    """How the source is treated. Seconds, except attempts and connections."""

    connections: int = 4
    attempts: int = 6
    patience: float = 600.0
    """Longest time for one file with all its attempts; a longer Retry-After is not waited for."""
    first_wait: float = 1.0
    longest_wait: float = 20.0
    silence: float = 30.0
    """Longest time without a byte."""
    one_attempt: float = 300.0
    """Longest time for one attempt, however many bytes trickle in; the next one goes on where it ended."""


def connections(
    manners: Manners, refuse: Callable[[httpx2.Request], None], headers: dict[str, str] | None = None
) -> httpx2.Client:
    """Connections with our name and these limits; `refuse` sees every request, also of a redirect, and raises for one that may not be sent."""
    return httpx2.Client(
        headers=AGENT | (headers or {}),
        timeout=httpx2.Timeout(manners.silence, connect=min(15.0, manners.silence)),
        limits=httpx2.Limits(max_connections=manners.connections),
        follow_redirects=True,
        max_redirects=3,
        event_hooks={"request": [refuse]},
    )


class Patience:
    """Tries again what a source did not give. Safe for threads: a wait that the source asks for holds back all of them."""

    def __init__(self, address: httpx2.URL, manners: Manners):
        self.address = address
        self.manners = manners
        self._not_before = 0.0
        self._pace = threading.Lock()

    def run(self, name: str, once: Callable[[], T]) -> T:
        """Try, wait as the source asks or twice as long each time, try again. Raises what callers can tell apart."""
        manners = self.manners
        try:
            for attempt in stamina.retry_context(
                on=self._wait_after,
                attempts=manners.attempts,
                timeout=manners.patience,
                wait_initial=manners.first_wait,
                wait_max=manners.longest_wait,
                wait_jitter=manners.first_wait,
            ):
                with attempt:
                    self._hold_back()
                    return once()
        except httpx2.HTTPStatusError as error:
            if error.response.status_code in (404, 410):
                raise NotThere(f"the source answers {error.response.status_code} for {name}") from None
            wait = retry_after(error.response.headers.get("Retry-After"))
            raise SourceDown(_told(error.response), error.response.status_code, wait) from None
        except httpx2.TooManyRedirects:
            raise Redirected(f"{self.address} redirects in a circle") from None
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise SourceDown(f"{self.address.host} cannot be read ({_in_words(error)})") from None
        raise AssertionError("the last attempt returns or raises")

    def _wait_after(self, error: Exception) -> bool | float:
        """True: wait a little longer each time; a number: seconds the source asks for, held by all connections; False: give up."""
        if isinstance(error, httpx2.HTTPStatusError):
            if error.response.status_code not in TRY_LATER:
                return False
            asked = retry_after(error.response.headers.get("Retry-After"))
            if asked is None:
                return True
            if asked > self.manners.patience:
                return False
            with self._pace:
                self._not_before = max(self._not_before, time.monotonic() + asked)
            return asked
        return isinstance(error, httpx2.TransportError | Damaged) and not isinstance(error, httpx2.UnsupportedProtocol)

    def _hold_back(self) -> None:
        with self._pace:
            pause = self._not_before - time.monotonic()
        if pause > 0:
            time.sleep(pause)


def retry_after(text: str | None) -> float | None:
    """Seconds that a Retry-After header asks for, given as a number or as a date; None where it says nothing usable."""
    if not text:
        return None
    if text.isascii() and text.strip().isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def refuse_elsewhere(asked: httpx2.URL, ours: httpx2.URL, listed: frozenset[str] = frozenset()) -> None:
    """Every request, also of a redirect, goes to the configured host and port, or to a listed host; http may become https there, never the
    other way round. Raises Redirected."""
    same_port = asked.port == ours.port or (asked.port is None and ours.port is None)
    is_ours = asked.host == ours.host and same_port
    if not (is_ours or asked.host in listed) or (ours.scheme == "https" and asked.scheme != "https"):
        where = f"{asked.scheme}://{asked.netloc.decode()}"
        raise Redirected(f"{ours} redirects to {where}, which is not configured; set the address of the source if it moved")


def refuse_bad(response: httpx2.Response) -> None:
    if response.status_code not in (200, 206):
        response.raise_for_status()
        raise httpx2.RemoteProtocolError(f"an answer {response.status_code} without content")


def _told(response: httpx2.Response) -> str:
    later = response.headers.get("Retry-After")
    asks = f" and asks to come back after {later}" if later else ""
    return f"{response.url.host} answers {response.status_code} {response.reason_phrase}".rstrip() + asks


def _in_words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".rstrip(": ")
