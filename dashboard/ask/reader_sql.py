"""One read-only statement on a snapshot, run in a process that can be killed: the page, the API and `bilateral sql` all ask here."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from bilateral.exits import Exit, Stop
from bilateral.publish import snapshots

LONGEST = 20_000
"""Characters of a statement."""
LONGEST_REPORT = 8_000_000
"""Bytes in which the child tells how it ended: names and types of columns, escaped, are the most of it."""


@dataclass(frozen=True)
class Limits:
    """What one statement may take."""

    rows: int = 1000
    seconds: float = 5
    memory_mb: int = 512
    answer_bytes: int = 20_000_000
    """Size of the answer as it is written."""
    cells: int = 2_000_000
    """Rows times columns."""

    def within(self, most: Mapping[str, int]) -> "Limits":
        """With less where less is wanted."""
        return replace(self, **{name: min(value, getattr(self, name)) for name, value in most.items()})


@dataclass(frozen=True)
class Answer:
    """The rows of a statement as they were asked for."""

    body: bytes
    """CSV with a header line, for programs or for people; a Parquet file, or a JSON list of lists."""
    names: list[str]
    types: list[str]
    """DuckDB's names of them."""
    n_rows: int
    is_cut: bool
    """There were more rows than the limit."""
    seconds: float

    @property
    def rows(self) -> list[list]:
        """Rows of an answer in JSON."""
        return json.loads(self.body)


class Unanswered(Stop):
    """The statement was refused, failed, or took too much; the message says which, for its author."""

    def __init__(self, sentence: str):
        super().__init__(Exit.CONFIGURATION, sentence)


class Busy(Unanswered):
    """As many statements are running as may run at once."""


@dataclass
class Asking:
    """Runs statements, so many at once; one more is refused, for it would take a thread from readers of pages."""

    limits: Limits
    at_once: int = 2
    _places: threading.BoundedSemaphore = field(init=False)

    def __post_init__(self) -> None:
        self._places = threading.BoundedSemaphore(self.at_once)

    def ask(
        self,
        path: Path,
        statement: str,
        parameters: dict[str, str],
        format: str,
        most: Mapping[str, int],
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> Answer:
        """As `ask`, with at most as many rows, cells and bytes as wanted and as the limits allow. Raises Busy where no place is free."""
        if not self._places.acquire(blocking=False):
            raise Busy("other queries are running; try again in a few seconds")
        try:
            return ask(path, statement, parameters, format, self.limits.within(most), is_cancelled)
        finally:
            self._places.release()


def ask(
    path: Path,
    statement: str,
    parameters: dict[str, str],
    format: str,
    limits: Limits,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Answer:
    """Run one SELECT on the snapshot at `path`; `format` is csv, sheet (CSV for people), json or parquet. Raises Unanswered; the process is gone in every case."""
    if len(statement) > LONGEST:
        raise Unanswered(f"the statement has {len(statement):,} characters; {LONGEST:,} are allowed")
    for text in (statement, *parameters, *parameters.values()):
        if "\0" in text:
            raise Unanswered("the statement holds a character NUL")
        if any("\ud800" <= sign <= "\udfff" for sign in text):
            raise Unanswered("the statement holds half of a character")
    try:
        snapshots.look_at(path)
    except Stop as stop:
        raise Unanswered(str(stop)) from None
    order = {"path": str(path.resolve()), "statement": statement, "parameters": parameters, "format": format, **asdict(limits)}
    child = subprocess.Popen(
        [sys.executable, "-m", "bilateral.ask.sandbox.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "TZ": "UTC", "PATH": os.defpath},  # no secrets of ours
    )
    with child:
        body, told = talk(child, json.dumps(order).encode(), limits, is_cancelled)
    ended = _read(told)
    if "error" in ended:
        raise Unanswered(ended["error"])
    return Answer(body, ended["names"], ended["types"], ended["rows"], ended["is_cut"], ended["seconds"])


def talk(child: subprocess.Popen, order: bytes, limits: Limits, is_cancelled: Callable[[], bool]) -> tuple[bytes, bytes]:
    """What the child wrote to both its outputs. Raises Unanswered where it takes too long or writes too much; it is killed in every case."""
    body, told = Reader(child.stdout, limits.answer_bytes), Reader(child.stderr, LONGEST_REPORT)
    parts = (threading.Thread(target=_send, args=(child.stdin, order), daemon=True), body, told)
    for part in parts:
        part.start()
    try:
        _look_after((body, told), limits, is_cancelled)
    finally:
        child.kill()
        for part in parts:  # before anybody closes the pipes
            part.join()
    return bytes(body.content), bytes(told.content)


def _look_after(readers: tuple["Reader", "Reader"], limits: Limits, is_cancelled: Callable[[], bool]) -> None:
    """Return when both have come to the end; looks ten times a second whether there is a reason to stop."""
    end = time.monotonic() + limits.seconds
    while waiting := [reader for reader in readers if reader.is_alive()]:
        waiting[0].join(0.1)
        if any(reader.is_over for reader in readers):
            break
        if is_cancelled():
            raise Unanswered("the query was cancelled")
        if time.monotonic() > end:
            raise Unanswered(f"the query was stopped after {limits.seconds:g} seconds; ask for fewer rows or fewer days")
    if any(reader.is_over for reader in readers):
        raise Unanswered(f"the answer was stopped after {limits.answer_bytes / 1e6:.0f} MB; ask for fewer or shorter columns")


def _send(pipe: Any, order: bytes) -> None:
    with suppress(BrokenPipeError), pipe:  # a child that is gone says so by its outputs
        pipe.write(order)


class Reader(threading.Thread):
    """Reads a pipe to its end, or to the first byte that is too much."""

    def __init__(self, pipe: Any, most: int):
        super().__init__(daemon=True)
        self.pipe, self.most, self.content, self.is_over = pipe, most, bytearray(), False

    def run(self) -> None:
        while not self.is_over and (part := os.read(self.pipe.fileno(), 1 << 20)):
            self.content += part
            self.is_over = len(self.content) > self.most


def _read(told: bytes) -> dict:
    """The last line that the child wrote; one that was killed by the system has none."""
    try:
        return json.loads(told.decode("utf-8", "replace").strip().splitlines()[-1])
    except (IndexError, ValueError):
        return {"error": "the query was stopped, for it took too much memory or processor time; ask for less"}
