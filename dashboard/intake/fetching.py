"""Asks one address as its host wishes: robots.txt, pauses and waits obeyed, conditions sent, size and time limited, no other host followed.

What comes is bytes with a state; whether they hold items is for a reader to say. A page that tells programs from people is a state, never passed.
"""

import hashlib
import re
import sqlite3
import time
from dataclasses import astuple, dataclass, field, replace
from datetime import UTC, datetime, timedelta

import httpx2

from bilateral.intake import hosts, record
from bilateral.intake.packing import unpacked
from bilateral.intake.readings import Request
from bilateral.intake.record import Validators
from bilateral.intake.source_list import Source
from bilateral.intake.store import State
from bilateral.sources.manners import (
    Damaged,
    Manners,
    NotThere,
    Patience,
    Redirected,
    SourceDown,
    connections,
    refuse_bad,
    refuse_elsewhere,
)

MANNERS = Manners(connections=1, attempts=3, patience=30.0, longest_wait=10.0, silence=20.0, one_attempt=60.0)
LARGEST = 5_000_000
"""Bytes of a body, unpacked."""
REFUSED = frozenset({401, 403, 451})
CHALLENGE = re.compile(
    r"(?:challenge validation|just a moment|attention required|access denied|request unsuccessful|(?:re)?captcha|are you (?:a )?human)"
    r"[.!?…]*(?:\s*\|.*cloudflare.*|\s*incapsula.*)?",
    re.IGNORECASE,
)
"""Whole titles of pages that tell programs from people; a headline may begin like one."""
PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head)\b", re.IGNORECASE | re.DOTALL)
TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)


class TooLarge(Exception):
    """The body is larger than any that the source should give."""


@dataclass(frozen=True)
class Answer:
    """What became of a request: `ok` with a body, `not_modified`, `empty` for a text that the source lists and has not, `blocked` or `error` with
    a sentence. `asked_at` is UTC."""

    state: State
    url: str
    asked_at: datetime
    sentence: str = ""
    final_url: str = ""
    http_status: int | None = None
    body: bytes = b""
    content_type: str = ""
    validators: Validators = field(default_factory=Validators)
    is_early: bool = False
    """The host was not asked, since by our own pace its turn comes later."""


class Fetcher:
    """Asks for one source after the other, over a database that remembers what hosts asked for. Use it in a `with`."""

    def __init__(self, connection: sqlite3.Connection, manners: Manners = MANNERS):
        self.connection = connection
        self.manners = manners
        self._allowed: tuple[httpx2.URL, frozenset[str]] = (httpx2.URL(""), frozenset())
        self._http = connections(manners, self._only_allowed, {"Accept-Encoding": "gzip"})

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def ask(self, source: Source, request: Request, patience: float) -> Answer:
        """The answer to one request, for whose turn some seconds are waited; whatever fails is an answer too."""
        now = datetime.now(UTC)
        try:
            url = httpx2.URL(request.url)
            base = url if source.kind == "files" else httpx2.URL(source.address).copy_with(query=None)
            refuse_elsewhere(url, base, source.hosts)
            rules = self._rules(source, url)
        except Redirected as elsewhere:
            return Answer("blocked", request.url, now, str(elsewhere))
        except (httpx2.InvalidURL, SourceDown) as fault:
            return Answer("error", request.url, now, str(fault))
        if not rules.allow(request.url):
            return Answer(
                "blocked", request.url, now, f"robots.txt of {url.host} does not allow programs to ask for this address"
            )
        if refusal := self._too_early(request, url, now, patience):
            return refusal
        time.sleep(max(astuple(hosts.waits(self.connection, _place(url), now))))
        answer = self._answer(source, request, base)
        hosts.keep_pace(self.connection, _place(url), datetime.now(UTC), max(source.min_interval_s, rules.pause))
        return answer

    def _too_early(self, request: Request, url: httpx2.URL, now: datetime, patience: float) -> Answer | None:
        """The answer in place of a request that is too early by more than this run can wait; one by our own pace is no failure."""
        waits = hosts.waits(self.connection, _place(url), now)
        until = f"{now + timedelta(seconds=max(waits.asked, waits.pace)):%Y-%m-%d %H:%M} UTC"
        if waits.asked > self.manners.patience:
            return Answer("error", request.url, now, f"not asked: {url.host} wants to be left alone until {until}")
        if waits.pace > patience:
            return Answer("not_modified", request.url, now, f"not asked: its turn is at {until}", is_early=True)
        return None

    def _rules(self, source: Source, url: httpx2.URL) -> hosts.Rules:
        """The rules of a host, read once a day. One that has none allows everything; one whose rules cannot be read is left alone."""
        now = datetime.now(UTC)
        if kept := hosts.kept_rules(self.connection, _place(url), now):
            return kept
        self._allowed = (url, source.hosts)
        try:
            _, body = self._get(url.copy_with(raw_path=b"/robots.txt"), {})
            text = "" if PAGE.match(body) else body.decode("utf-8", "replace")
        except NotThere:
            text = ""
        except SourceDown as down:
            if down.status is None or down.status == 429 or down.status >= 500:
                raise SourceDown(f"robots.txt cannot be read: {down}") from None
            text = ""
        except (Damaged, TooLarge, Redirected) as fault:
            raise SourceDown(f"robots.txt cannot be read: {fault}") from None
        hosts.keep_rules(self.connection, _place(url), text, now)
        return hosts.rules_of(text)

    def _answer(self, source: Source, request: Request, base: httpx2.URL) -> Answer:
        known = record.validators(self.connection, source.id, request.url)
        asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        self._allowed = (base, source.hosts)
        now = datetime.now(UTC)
        failed = Answer("error", request.url, now)
        try:
            response, body = self._get(httpx2.URL(request.url), {name: value for name, value in asked.items() if value})
        except SourceDown as down:
            if down.wait:
                hosts.leave_alone(self.connection, _place(httpx2.URL(request.url)), now, down.wait)
            state: State = "blocked" if down.status in REFUSED else "error"
            return replace(failed, state=state, sentence=str(down), http_status=down.status)
        except Redirected as elsewhere:
            return replace(failed, state="blocked", sentence=str(elsewhere))
        except NotThere as absent:
            return replace(failed, state="empty" if request.item else "error", sentence=str(absent))
        except (Damaged, TooLarge) as fault:
            return replace(failed, sentence=str(fault))
        return _judged(request, known, response, body, now)

    def _get(self, url: httpx2.URL, headers: dict[str, str]) -> tuple[httpx2.Response, bytes]:
        """A response and its unpacked body, empty for one that was not modified. Raises what `Patience.run` does, and TooLarge."""

        def once() -> tuple[httpx2.Response, bytes]:
            with self._http.stream("GET", url, headers=headers) as response:
                if response.status_code == 304:
                    return response, b""
                refuse_bad(response)
                body = self._body(response)
            return response, unpacked(body, LARGEST) if response.headers.get("Content-Encoding") == "gzip" else body

        return Patience(url, self.manners).run(_open(url), once)

    def _body(self, response: httpx2.Response) -> bytes:
        """Bytes as they were sent, within the limits of size and time."""
        pieces, size, deadline = [], 0, time.monotonic() + self.manners.one_attempt
        for piece in response.iter_raw():
            pieces.append(piece)
            size += len(piece)
            if size > LARGEST:
                raise TooLarge(f"{response.url.host} sends more than {LARGEST / 1e6:.0f} MB, which is not read")
            if time.monotonic() > deadline:
                raise TooLarge(f"{response.url.host} did not send its answer within {self.manners.one_attempt:.0f} s")
        return b"".join(pieces)

    def _only_allowed(self, request: httpx2.Request) -> None:
        refuse_elsewhere(request.url, *self._allowed)


def _place(url: httpx2.URL) -> str:
    """Host and port, which is what has a pace and rules of its own."""
    return url.netloc.decode()


def _judged(request: Request, known: Validators, response: httpx2.Response, body: bytes, now: datetime) -> Answer:
    """A body that came as an answer: known, a page for people, or something to read."""
    headers = response.headers
    final = _open(response.url) if response.url.host != httpx2.URL(request.url).host else str(response.url)
    answer = Answer(
        "ok", request.url, now, _moved(request, response), final, response.status_code, body, headers.get("Content-Type", "")
    )
    if response.status_code == 304:
        return replace(answer, state="not_modified", sentence="not modified")
    if refusal := _refusal(request, body, answer.content_type):
        return replace(answer, state="blocked", sentence=f"{response.url.host} {refusal}")
    sha256 = hashlib.sha256(body).hexdigest()
    answer = replace(answer, validators=Validators(headers.get("ETag", ""), headers.get("Last-Modified", ""), sha256))
    is_known = sha256 == known.body_sha256
    return replace(answer, state="not_modified", sentence="the same bytes as before") if is_known else answer


def _refusal(request: Request, body: bytes, content_type: str) -> str:
    """Why a body is a page for people in the place of what was asked; empty where it is not."""
    start = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    is_called_page = content_type.startswith("text/html") and start.startswith(b"<") and not start.startswith(b"<?xml")
    if not (PAGE.match(start) or is_called_page):
        return ""
    found = TITLE.search(body[:100_000])
    title = " ".join(found[1].decode("utf-8", "replace").split())[:80] if found else ""
    if CHALLENGE.fullmatch(title):
        return f"gives programs a page titled {title!r}; save the page in a browser and read it with --file"
    return f"gives a page for people titled {title!r} where data were asked for" if request.form in ("json", "data") else ""


def _moved(request: Request, response: httpx2.Response) -> str:
    """A sentence where the source says that the address has moved for good."""
    gone = [step for step in response.history if step.status_code in (301, 308)]
    return f"{_open(httpx2.URL(request.url))} has moved to {_open(response.url)}; set the address of the source" if gone else ""


def _open(url: httpx2.URL) -> str:
    """An address as sentences have it, without its question: that may hold a key, and readers see sentences."""
    return str(url.copy_with(query=None))
