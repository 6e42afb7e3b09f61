"""One read-only statement on a snapshot, run in a process that can be killed: the page, the API and `bilateral sql` all ask here."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from dashboard.exits import Exit, Stop

LONGEST = 20_000
"""Characters of a statement."""


@dataclass(frozen=True)
class Limits:
    """What one statement may take."""

    rows: int = 1000
    seconds: float = 5
    memory_mb: int = 512
    answer_bytes: int = 20_000_000
    """Size of the answer as it is written."""


@dataclass(frozen=True)
class Answer:
    """The rows of a statement as they were asked for."""

    body: bytes
    """CSV with a header line, a Parquet file, or a JSON list of lists."""
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
        rows: int,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> Answer:
        """As `ask`, with at most as many rows as the limits allow. Raises Busy where no place is free."""
        limits = replace(self.limits, rows=min(rows, self.limits.rows))
        if not self._places.acquire(blocking=False):
            raise Busy("other queries are running; try again in a few seconds")
        try:
            return ask(path, statement, parameters, format, limits, is_cancelled)
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
    """Run one SELECT on the snapshot at `path`; `format` is csv, json or parquet. Raises Unanswered; the process is gone in every case."""
    if len(statement) > LONGEST:
        raise Unanswered(f"the statement has {len(statement):,} characters; {LONGEST:,} are allowed")
    if "\0" in statement:
        raise Unanswered("the statement holds a character NUL")
    order = {"path": str(path.resolve()), "statement": statement, "parameters": parameters, "format": format, **asdict(limits)}
    child = subprocess.Popen(
        [sys.executable, "-m", "dashboard.sandbox"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "TZ": "UTC", "PATH": os.defpath},  # no secrets of ours
    )
    with child:
        try:
            body, told = _wait(child, json.dumps(order).encode(), limits.seconds, is_cancelled)
        finally:
            child.kill()
    ended = _read(told)
    if "error" in ended:
        raise Unanswered(ended["error"].split("\n\nPossible")[0])
    return Answer(body, ended["names"], ended["types"], ended["rows"], ended["is_cut"], ended["seconds"])


def _wait(child: subprocess.Popen, order: bytes, seconds: float, is_cancelled: Callable[[], bool]) -> tuple[bytes, bytes]:
    """What the child wrote; it is looked after ten times a second."""
    end = time.monotonic() + seconds
    unsent: bytes | None = order
    while True:
        try:
            return child.communicate(unsent, timeout=0.1)
        except subprocess.TimeoutExpired:
            unsent = None  # communicate goes on with it by itself
            if is_cancelled():
                raise Unanswered("the query was cancelled") from None
            if time.monotonic() > end:
                raise Unanswered(f"the query was stopped after {seconds:g} seconds; ask for less, or for fewer days") from None


def _read(told: bytes) -> dict:
    """The last line that the child wrote; one that was killed by the system has none."""
    try:
        return json.loads(told.decode("utf-8", "replace").strip().splitlines()[-1])
    except (IndexError, ValueError):
        return {"error": "the query was stopped, for it took too much memory or processor time; ask for less"}
