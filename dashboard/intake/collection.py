"""Brings the items of a source into the store: asks, reads, keeps, request by request, so that who is killed loses nothing and repeats nothing.

Each request is one transaction: its items, its attempt and what is remembered of its body are kept together or not at all.
"""

import hashlib
import sqlite3
import time
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bilateral import steps
from bilateral.exits import Exit, Stop
from bilateral.intake import bodies, record, store
from bilateral.intake.fetching import LARGEST, MANNERS, Answer, Fetcher
from bilateral.intake.items import Item
from bilateral.intake.readings import Drift, Page, Reader, Reading, Request, Throttled, reader_of
from bilateral.intake.record import Attempt, Validators
from bilateral.intake.source_list import Source
from bilateral.intake.store import FAILED, State
from bilateral.logs import log
from bilateral.sources.manners import Manners
from bilateral.today import today

FIRST_DAYS, AGAIN_DAYS, MOST_DAYS = 7, 3, 30
"""Days asked for the first time; days before the last whole run that are asked again, since lists grow; and the most that are caught up."""
MOST_REQUESTS = 300
"""Requests to one source in a run; what is left is asked by the next one."""
MOST_SECONDS = 300.0
"""Time for one source in a run, with the waits between its requests: a refresh holds its lock meanwhile."""
FAILURES_IN_A_ROW = 3
"""Requests that may fail one after the other before a source is left alone."""
REMEMBERED = timedelta(days=30)
"""For how long requests are kept that found nothing modified."""
AHEAD = timedelta(days=2)
"""How far after now a time of publication may lie: gazettes are dated on the next day."""
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
"""Earlier times of publication mean none: programs write year 1 where they know no day."""
UNEXPECTED = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a reader raises where a form that it knows has a value of another type somewhere, or a thousand lists in each other."""
CODES = {"error": Exit.UNAVAILABLE, "blocked": Exit.UNAVAILABLE, "drift": Exit.DATA}


@dataclass(frozen=True)
class Outcome:
    """What a run did with a source, in counts and in one sentence."""

    source: str
    state: State
    sentence: str
    n_new: int = 0
    n_revised: int = 0

    @property
    def exit_code(self) -> Exit:
        return CODES.get(self.state, Exit.DONE)


Days = tuple[date, date]
"""First and last day that a source is asked for."""


def collect(data: Path, sources: Iterable[Source], manners: Manners = MANNERS, days: Days | None = None) -> list[Outcome]:
    """Ask sources one after the other, where days are given for these in place of those since the last run; one that fails is told, and the others go on."""
    with store.open(data) as connection, Fetcher(connection, manners) as fetcher:
        record.forget(connection, datetime.now(UTC) - REMEMBERED)
        return [_with_silence(connection, source, _collected(data, connection, source, fetcher, days)) for source in sources]


def read_saved(data: Path, source: Source, paths: Iterable[Path]) -> Outcome:
    """Read pages that a person saved in a browser."""
    with store.open(data) as connection:
        return Collection(data, connection, source).read_files(paths)


def _collected(data: Path, connection: sqlite3.Connection, source: Source, fetcher: Fetcher, days: Days | None = None) -> Outcome:
    steps.begin(f"asking {source.id}")
    if source.access == "saved":
        return Outcome(source.id, "empty", f"{source.id}: nothing is asked; pages that a person saved are read with --file")
    collection = Collection(data, connection, source)
    place = Path(source.address)
    try:
        if source.kind == "files" and place.is_dir():
            return collection.read_files(path for path in sorted(place.iterdir()) if _is_ours(path))
        return collection.fetch(fetcher, days)
    except Stop as stop:
        return Outcome(source.id, "error", str(stop))
    except sqlite3.Error:
        raise  # the other sources would fail alike
    except Exception as fault:
        log.error("intake.fault", source=source.id, reason=repr(fault))
        return Outcome(source.id, "error", f"{source.id}: what it gave cannot be read or kept ({type(fault).__name__}: {fault})")


def _is_ours(path: Path) -> bool:
    """Whether a file of a folder is read: links may lead to any file of the machine, and hidden files belong to programs."""
    return path.is_file() and not path.is_symlink() and not path.name.startswith(".")


def _with_silence(connection: sqlite3.Connection, source: Source, outcome: Outcome) -> Outcome:
    silent = record.silence(connection, source, datetime.now(UTC))
    return replace(outcome, sentence=f"{outcome.sentence}; {silent.removeprefix(f'{source.id}: ')}") if silent else outcome


class Collection:
    """One source in one run."""

    def __init__(self, data: Path, connection: sqlite3.Connection, source: Source):
        self.data = data
        self.connection = connection
        self.source = source
        self.reader: Reader = reader_of(source.kind)
        self.attempts: list[Attempt] = []
        self.unsure: list[str] = []
        self.early: list[str] = []
        """Why requests were left to a later run, one sentence each."""
        self.n_left = 0

    def fetch(self, fetcher: Fetcher, days: Days | None = None) -> Outcome:
        """Ask for everything that is due, or was published on these days. Whatever fails is told and the rest goes on."""
        started, end = datetime.now(UTC), time.monotonic() + MOST_SECONDS
        queue = deque(self.reader.requests(self.source, *(days or self._days())))
        while queue and not self._is_down() and len(self.attempts) < MOST_REQUESTS and time.monotonic() < end:
            request = queue.popleft()
            if request.item and record.has_full(self.connection, self.source.id, request.item.item_id):
                continue
            # What follows from an answer is worth a wait: the next run would ask for the list first again.
            patience = end - time.monotonic() if self.attempts else fetcher.manners.patience
            answer = fetcher.ask(self.source, request, patience)
            self.early += [answer.sentence] if answer.is_early else []
            queue.extend(self._step(answer, request))
        self.n_left = len(self.early) + len(queue)
        outcome = self._outcome()
        if outcome.exit_code == Exit.DONE and not self.unsure and not self.n_left and not days:
            record.note_whole(self.connection, self.source.id, started)
        return outcome

    def read_files(self, paths: Iterable[Path]) -> Outcome:
        """Read pages that a person saved, each by the reader of the source; one that was read before is passed over."""
        for path in paths:
            now, request = datetime.now(UTC), Request(path.name)
            try:
                with path.open("rb") as file:
                    body = file.read(LARGEST + 1)
                fault = f"{path} has more than {LARGEST / 1e6:.0f} MB; save the page alone" if len(body) > LARGEST else ""
            except OSError as error:
                fault = f"{path} cannot be read ({error.strerror})"
            if fault:
                self._keep(Answer("error", path.name, now, fault), (), Reading())
                continue
            validators = Validators(body_sha256=hashlib.sha256(body).hexdigest())
            if record.validators(self.connection, self.source.id, path.name) != validators:
                self._step(Answer("ok", path.name, now, body=body, validators=validators), request, is_saved=True)
        return self._outcome()

    def _days(self) -> Days:
        """First and last day to ask for, where a source is asked by day."""
        last = record.last_whole(self.connection, self.source.id)
        first = last.date() - timedelta(days=AGAIN_DAYS) if last else today() - timedelta(days=FIRST_DAYS)
        return max(first, today() - timedelta(days=MOST_DAYS)), today()

    def _step(self, answer: Answer, request: Request, is_saved: bool = False) -> tuple[Request, ...]:
        """Read an answer and keep what it gave; returns what is to be asked next. After a saved page nothing is asked: titles of its list are kept."""
        reading = Reading()
        if answer.state == "ok":
            try:
                reading = self.reader.read(self._page(answer, request))
                state: State = "ok" if reading.items or reading.follow else "empty"
                answer = replace(answer, state=state)
            except Drift as drift:
                answer = replace(answer, state="drift", sentence=str(drift))
            except Throttled as throttled:
                answer = replace(answer, state="error", sentence=str(throttled))
            except UNEXPECTED as fault:
                sentence = f"the answer has a value that the reader does not know ({type(fault).__name__}: {fault})"
                answer = replace(answer, state="drift", sentence=sentence)
        unanswered = reading.follow if is_saved else (request,) if not reading.items and answer.state != "not_modified" else ()
        listed = tuple(one.item for one in unanswered if one.item)
        items, said = _sober(reading.items + listed, answer.asked_at)
        told = (
            ("its title is kept" if len(listed) == 1 else f"{len(listed)} titles are kept without their texts") if listed else ""
        )
        sentences = filter(None, (answer.sentence, *reading.said, reading.unsure, *said, told))
        self._keep(replace(answer, sentence="; ".join(sentences)), items, reading)
        return reading.follow

    def _page(self, answer: Answer, request: Request) -> Page:
        url, sha256 = answer.final_url or answer.url, answer.validators.body_sha256
        return Page(self.source, request, url, answer.body, answer.content_type, sha256, answer.asked_at)

    def _keep(self, answer: Answer, items: tuple[Item, ...], reading: Reading) -> None:
        with store.transaction(self.connection):
            added = store.add(self.connection, items)
            if answer.body and (added.n_new or added.n_revised or self._is_needed(reading)):
                bodies.keep(self.data, answer.body)
            attempt = Attempt(
                self.source.id, answer.url, answer.asked_at, answer.state, answer.sentence, answer.final_url, answer.http_status,
                len(answer.body) or None, answer.validators.body_sha256, len(items), added.n_new, added.n_revised,
            )  # fmt: skip
            record.note(self.connection, attempt)
            # A list whose further pages are still to come is read again as a whole by the next run.
            is_final = answer.state in ("ok", "empty", "not_modified") and not reading.follow and not reading.unsure
            if is_final and answer.validators.body_sha256:
                record.keep_validators(self.connection, self.source.id, answer.url, answer.validators)
        self.attempts.append(attempt)
        self.unsure += [reading.unsure] if reading.unsure else []
        log.info(
            "intake.asked",
            **{name: getattr(attempt, name) for name in ("source", "url", "state", "sentence", "n_new", "n_revised")},
        )

    def _is_needed(self, reading: Reading) -> bool:
        """Whether an item of a list may come to stand on its body alone, as its text is still to be asked for."""
        follow = (request.item for request in reading.follow if request.item)
        return any(not record.has_full(self.connection, self.source.id, item.item_id) for item in follow)

    def _is_down(self) -> bool:
        last = self.attempts[-FAILURES_IN_A_ROW:]
        return len(last) == FAILURES_IN_A_ROW and all(attempt.state in FAILED for attempt in last)

    def _outcome(self) -> Outcome:
        """The worst state, and the sentences that somebody must read."""
        states = Counter(attempt.state for attempt in self.attempts)
        order: tuple[State, ...] = (*FAILED, "ok", "empty", "not_modified")
        worst: State = next((state for state in order if states[state]), "empty")
        n_new, n_revised = (sum(getattr(attempt, name) for attempt in self.attempts) for name in ("n_new", "n_revised"))
        n_failed = sum(states[state] for state in FAILED)
        parts = [f"{n_new} new {'item' if n_new == 1 else 'items'}"]
        parts += [f"{n_revised} revised"] if n_revised else []
        parts += [f"{n_failed} of {len(self.attempts)} requests failed"] if n_failed and len(self.attempts) > 1 else []
        parts += [f"{self.n_left} {'request' if self.n_left == 1 else 'requests'} left for the next run"] if self.n_left else []
        parts[-1] += f" ({self.early[0]})" if self.early else ""
        said = dict.fromkeys(
            attempt.sentence for attempt in self.attempts if attempt.sentence and attempt.state != "not_modified"
        )
        first = [*said][:3] + ([f"{len(said) - 3} more remarks, see the table fetches"] if len(said) > 3 else [])
        return Outcome(self.source.id, worst, f"{self.source.id}: {'; '.join([', '.join(parts), *first])}", n_new, n_revised)


def _sober(items: tuple[Item, ...], now: datetime) -> tuple[tuple[Item, ...], list[str]]:
    """Items without times of publication that lie ahead, since a day that is still to come would be the day of an act, or before 1900."""
    wrong = {item.published_at for item in items if item.published_at and not EARLIEST <= item.published_at <= now + AHEAD}
    known = tuple(replace(item, published_at=None, precision="unknown") if item.published_at in wrong else item for item in items)
    said = []
    for where, days in (
        ("in the future", {day for day in wrong if day > now}),
        ("before 1900", {day for day in wrong if day < now}),
    ):
        if n := sum(item.published_at in days for item in items):
            said.append(f"{n} items are dated {where}, as {min(days).date()}; their day counts as unknown")
    return known, said
