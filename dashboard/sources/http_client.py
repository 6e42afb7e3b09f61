"""Downloads from one configured address: verified, resumed, retried, rate-limited; no other host is contacted."""

import errno
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TypeVar

import httpx2
import stamina

from bilateral.sources.wanted import Wanted, fault, is_right

AGENT = {"User-Agent": "bilateral (open-source indicator dashboard; one polite reader)"}
TRY_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
FAILURES_IN_A_ROW = 5
"""Files that may fail one after the other before a source counts as down and the rest is left for the next run."""
T = TypeVar("T")
Advance = Callable[[int], None]
"""Called with the bytes that arrived; negative where bytes were thrown away."""


class SourceDown(Exception):
    """The source as a whole does not answer as it should; the message says what it did."""


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


class Client:
    """Reads files below one address. Safe for threads; use it in a `with`."""

    def __init__(self, address: str, manners: Manners | None = None):
        self.address = httpx2.URL(address if address.endswith("/") else address + "/")
        self.manners = manners or Manners()
        self._not_before = 0.0
        self._pace = threading.Lock()
        self._http = httpx2.Client(
            headers=AGENT,
            timeout=httpx2.Timeout(self.manners.silence, connect=min(15.0, self.manners.silence)),
            limits=httpx2.Limits(max_connections=self.manners.connections),
            follow_redirects=True,
            max_redirects=3,
            event_hooks={"request": [self._only_configured]},
        )

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def content(self, name: str, last_bytes: int | None = None) -> tuple[bytes, bool]:
        """A file's bytes, or its last ones, and whether they begin at its start. Raises SourceDown, NotThere, Redirected."""
        asked = {"Range": f"bytes=-{last_bytes}"} if last_bytes else {}

        def once() -> tuple[bytes, bool]:
            response = self._http.get(self.address.join(name), headers=asked)
            if response.status_code == 416:  # an empty file has no last bytes
                return b"", True
            _refuse_bad(response)
            start = response.headers.get("Content-Range", "bytes 0-")
            return response.content, response.status_code != 206 or start.startswith("bytes 0-")

        return self._patiently(name, once)

    def file(self, wanted: Wanted, folder: Path, advance: Advance = lambda n: None) -> Path:
        """The file in the folder, whole and checked; a part of an earlier attempt or run is continued.

        Raises NotThere, Damaged after the last attempt, SourceDown, Redirected.
        """
        target = folder / wanted.name
        if target.exists() and is_right(target, wanted):
            advance(target.stat().st_size)
            return target
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"{wanted.name}.part"
        if part.exists():
            advance(part.stat().st_size)
        self._patiently(wanted.name, lambda: self._bring(wanted, part, advance))
        return part.replace(target)

    def files(self, wanted: list[Wanted], folder: Path, advance: Advance = lambda n: None) -> Iterator[tuple[Wanted, str | None]]:
        """Bring files, a few at the same time; yields each with None, or with the reason why it is not here, as they end.

        When several fail in a row the source counts as down: the rest is yielded as not tried.
        """
        failed_in_a_row = 0
        with ThreadPoolExecutor(self.manners.connections, thread_name_prefix="download") as pool:
            running = {pool.submit(self.file, item, folder, advance): item for item in wanted}
            try:
                for done in as_completed(running):
                    if done.cancelled():
                        yield running[done], "not tried: the source was down"
                        continue
                    reason = None
                    try:
                        done.result()
                        failed_in_a_row = 0
                    except NotThere as absent:
                        reason, failed_in_a_row = str(absent), 0
                    except (SourceDown, Damaged, Redirected) as failure:
                        reason = str(failure)
                        failed_in_a_row += 1
                    except OSError as error:  # something else stands in the place of the file; a full disk is another matter
                        if error.errno in (errno.ENOSPC, errno.EDQUOT):
                            raise
                        reason = f"{running[done].name} cannot be written here: {error.strerror}"
                    if failed_in_a_row >= FAILURES_IN_A_ROW:
                        for waiting in running:
                            waiting.cancel()
                    yield running[done], reason
            finally:  # also after Ctrl-C: what runs is finished or times out, what waits is dropped
                pool.shutdown(wait=True, cancel_futures=True)

    def _bring(self, wanted: Wanted, part: Path, advance: Advance) -> None:
        """One attempt: from the first missing byte to the last, then size and md5."""
        have = part.stat().st_size if part.exists() else 0
        if wanted.size is not None and have > wanted.size:
            have = _thrown_away(part, advance)
        if have != wanted.size or have == 0:
            with self._opened(wanted.name, have) as response:
                if have and response.status_code == 416:
                    _thrown_away(part, advance)
                    raise Damaged(f"the part of {wanted.name} that is here is longer than the file at the source")
                _refuse_bad(response)
                if have and response.status_code != 206:  # a server that cannot continue begins again
                    have = _thrown_away(part, advance)
                deadline = time.monotonic() + self.manners.one_attempt
                with part.open("ab") as sink:
                    for piece in response.iter_raw():
                        sink.write(piece)
                        advance(len(piece))
                        have += len(piece)
                        if wanted.size is not None and have > wanted.size:
                            break
                        if time.monotonic() > deadline:
                            raise httpx2.ReadTimeout(f"{self.manners.one_attempt:.0f} s were not enough")
        if broken := fault(part, wanted):
            _thrown_away(part, advance)
            raise Damaged(broken)

    @contextmanager
    def _opened(self, name: str, have: int) -> Iterator[httpx2.Response]:
        # Bytes as stored: a server that packs them again would break size, md5 and continuing.
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
        with self._http.stream("GET", self.address.join(name), headers=headers) as response:
            yield response

    def _patiently(self, name: str, once: Callable[[], T]) -> T:
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
            raise SourceDown(_told(error.response)) from None
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

    def _only_configured(self, request: httpx2.Request) -> None:
        """Every request, also of a redirect, goes to the configured host and port; http may become https there."""
        asked, ours = request.url, self.address
        same_port = asked.port == ours.port or (asked.port is None and ours.port is None)
        if asked.host != ours.host or not same_port or (ours.scheme == "https" and asked.scheme != "https"):
            where = f"{asked.scheme}://{asked.netloc.decode()}"
            raise Redirected(f"{ours} redirects to {where}, which is not configured; set the address of the source if it moved")


def retry_after(text: str | None) -> float | None:
    """Seconds that a Retry-After header asks for, given as a number or as a date; None where it says nothing usable."""
    if not text:
        return None
    if text.strip().isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _refuse_bad(response: httpx2.Response) -> None:
    if response.status_code not in (200, 206):
        response.raise_for_status()
        raise httpx2.RemoteProtocolError(f"an answer {response.status_code} without content")


def _told(response: httpx2.Response) -> str:
    later = response.headers.get("Retry-After")
    asks = f" and asks to come back after {later}" if later else ""
    return f"{response.url.host} answers {response.status_code} {response.reason_phrase}".rstrip() + asks


def _in_words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".rstrip(": ")


def _thrown_away(part: Path, advance: Advance) -> int:
    """Forget a part; returns the bytes that are left: none."""
    if part.exists():
        advance(-part.stat().st_size)
        part.unlink()
    return 0
