"""Records of every run for monitoring: its line in the history, and the state file that pages, health and metrics read.

Both lie beside the database, not in it: a run that published nothing, failed or was killed is seen as well.
"""

import json
import os
import re
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import TypeAdapter

from bilateral.data_folder import is_file, make_way
from bilateral.logs import log
from bilateral.sources.source_state import SourceState

STATUS = "status.json"
HISTORY = "runs.jsonl"
RUN_ID = re.compile(r"\d{8}T\d{6}\.\d{6}Z")
MOST_LINES = 4000
"""Lines of the history that are kept, two a run: three weeks of a run every quarter hour."""


@dataclass(frozen=True)
class RunRecord:
    """One run of the history. Without an end it was killed, or is still running."""

    run_id: str
    started_at: str
    process: int = 0
    ended_at: str | None = None
    exit_code: int | None = None
    added: int = 0
    changed: int = 0
    removed: int = 0
    seconds: float = 0.0
    message: str = ""

    @property
    def outcome(self) -> str:
        """In words: done, failed with its code, or no end."""
        if self.exit_code is None:
            return "no end: killed, or still running"
        return "done" if self.exit_code == 0 else f"exit code {self.exit_code}"


@dataclass
class Status:
    """The state file. Times are UTC, ISO 8601; empty where no run was."""

    run_id: str = ""
    last_attempt: str | None = None
    last_success: str | None = None
    exit_code: int = 0
    message: str = ""
    seconds: float = 0.0
    consecutive_failures: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    newest: dict[str, str] = field(default_factory=dict)
    sources: dict[str, SourceState] = field(default_factory=dict)


STATUSES, RECORDS = TypeAdapter(Status), TypeAdapter(RunRecord)
"""They say whether a file that was read has the right types."""


def now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


def after(last: str, moment: datetime) -> str:
    """The id of a run that starts now: its UTC time, or just after the last one where the clock says that it is earlier."""
    fresh = f"{moment:%Y%m%dT%H%M%S.%f}Z"
    if fresh > last or not RUN_ID.fullmatch(last):
        return fresh
    with suppress(ValueError, OverflowError):  # digits that are no moment, as a file of another origin may be named
        return f"{datetime.strptime(last, '%Y%m%dT%H%M%S.%fZ') + timedelta(microseconds=1):%Y%m%dT%H%M%S.%f}Z"
    return fresh


def read_status(data: Path) -> Status:
    """The state file; a missing, torn or foreign one counts as no run yet."""
    try:
        return STATUSES.validate_json(_text(data / STATUS), strict=True)
    except (OSError, ValueError):
        return Status()


def is_broken(data: Path) -> bool:
    """Whether there is a state file that cannot be read as one."""
    path = data / STATUS
    return os.path.lexists(path) and read_status(data) == Status()


def begin(data: Path, run_id: str) -> None:
    """Note that a run has begun, so that a killed one is seen. On a full disk the run goes on without its line."""
    try:
        _append(data, RunRecord(run_id, now(), os.getpid()), ("run_id", "started_at", "process"))
    except OSError as error:
        log.error("journal.not_written", reason=str(error))


def end(data: Path, record: RunRecord, sources: list[SourceState] | None, rows: dict[str, int], newest: dict[str, str]) -> Status:
    """Note how a run ended. Rows, newest days and sources are kept from the run before where this one has or asked
    none. A full disk costs the note alone."""
    status = read_status(data)
    status.run_id, status.last_attempt = record.run_id, record.ended_at
    status.exit_code, status.message, status.seconds = record.exit_code or 0, record.message, record.seconds
    if record.exit_code == 0:
        status.last_success = record.ended_at
    status.consecutive_failures = 0 if record.exit_code == 0 else status.consecutive_failures + 1
    status.rows, status.newest = rows or status.rows, newest or status.newest
    if sources is not None:
        status.sources = {state.name: state for state in sources}
    try:
        write_whole(data / STATUS, json.dumps(asdict(status), ensure_ascii=False))
        _append(data, record, tuple(asdict(record)))
    except OSError as error:
        log.error("journal.not_written", reason=str(error))
    return status


def history(data: Path) -> list[RunRecord]:
    """Runs, newest first. A line that a power cut tore is passed over."""
    runs: dict[str, dict] = {}
    for line in _lines(data):
        try:
            entry = json.loads(line)
            runs.setdefault(entry["run_id"], {}).update(entry)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            continue
    records = []
    for entry in reversed(runs.values()):
        with suppress(ValueError):  # of other types: a line that somebody else wrote
            records.append(RECORDS.validate_json(json.dumps(entry), strict=True))
    return records


def write_whole(path: Path, text: str) -> None:
    """Replace a file at once, so that a reader sees the old or the new one, never a half."""
    draft = path.with_name(path.name + ".draft")
    make_way(draft)
    make_way(path)
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def _append(data: Path, record: RunRecord, names: tuple[str, ...]) -> None:
    values = asdict(record)
    line = json.dumps({name: values[name] for name in names}, ensure_ascii=False)
    lines = _lines(data)
    if len(lines) >= MOST_LINES + 500:
        write_whole(data / HISTORY, "\n".join(lines[-MOST_LINES:]) + "\n")
    make_way(data / HISTORY)
    with (data / HISTORY).open("a", encoding="utf-8") as file:
        file.write(("" if not lines or lines[-1].endswith("}") else "\n") + line + "\n")


def _lines(data: Path) -> list[str]:
    try:
        return _text(data / HISTORY).splitlines()
    except OSError:
        return []


def _text(path: Path) -> str:
    """The text of a file; a pipe in its place would keep us waiting for ever."""
    if not is_file(path):
        raise FileNotFoundError(path)
    return path.read_text(encoding="utf-8", errors="replace")
