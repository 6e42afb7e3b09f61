"""Records of one run: its result, its row in the work database, its line in the history, and the state file."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bilateral.load.curated_files import FileResult
from bilateral.load.downloads import Brought
from bilateral.publish import journal, snapshots

COUNTED = ("reports", "events", "dyad_day", "indicator_day", "measures", "files", "rejects", "gaps")
"""Public tables whose rows are counted for those who watch; of reports those of the loader, as the public view joins every one to its event."""


@dataclass(frozen=True)
class RefreshResult:
    """One run: its exit code, what it did in numbers and in a sentence, and each file that it read."""

    run_id: str
    exit_code: int
    added: int
    changed: int
    removed: int
    message: str
    files: tuple[FileResult, ...] = ()

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


class Notes:
    """What is known of one run while it goes on. Its id is the UTC time of its start, which also names the snapshot."""

    def __init__(self, data: Path):
        self.data = data
        self.started_at = _now()
        self.run_id = journal.after(_last_run(data), self.started_at)
        self.run_at = datetime.strptime(self.run_id[:15], "%Y%m%dT%H%M%S")
        """When this run began (UTC), which never goes back: a clock that was set back makes no known day one that is to come."""
        self.today = self.run_at.date()
        self.newest_slots: dict[str, datetime] = {}
        self.rows: dict[str, int] = {}
        self.newest: dict[str, str] = {}

    def seconds(self) -> float:
        return round((_now() - self.started_at).total_seconds(), 3)

    def know_newest(self, brought: Brought, loaded: set[str]) -> None:
        """The newest quarter hour that was read of a feed, of the names of the files that were."""
        slots = [slot for slot in map(brought.feed.slot, loaded) if slot and slot.date() <= self.today]
        if slots:
            self.newest_slots[brought.feed.name] = max(slots)

    def know_rows(self, connection) -> None:
        """How many rows readers find, and the newest day of each dataset."""
        self.rows = {table: count(connection, "raw.reports" if table == "reports" else f"main.{table}") for table in COUNTED}
        newest = connection.execute("select dataset, last_day from main.sizes where last_day is not null").fetchall()
        self.newest = {dataset: f"{day}" for dataset, day in newest}

    def record(self, connection, result: RefreshResult) -> None:
        """Its row in the work database, and so in the snapshot; one that was kept before its publication failed is replaced."""
        row = [self.run_id, self.started_at, _now(), result.exit_code]
        row += [result.added, result.changed, result.removed, result.message]
        connection.execute("delete from raw.runs where run_id = ?", [self.run_id])
        connection.execute("insert into raw.runs values (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def end(self, result: RefreshResult, asked: list[Brought] | None) -> None:
        """Tell readers when the last attempt and the last success were; a refresh with nothing new publishes no snapshot.

        `asked` is what the sources brought, None where none was asked."""
        record = journal.RunRecord(
            self.run_id,
            f"{self.started_at:%Y-%m-%dT%H:%M:%SZ}",
            os.getpid(),
            f"{_now():%Y-%m-%dT%H:%M:%SZ}",
            result.exit_code,
            result.added,
            result.changed,
            result.removed,
            self.seconds(),
            result.message,
        )
        sources = None if asked is None else [one.state(self.newest_slots.get(one.feed.name)) for one in asked]
        journal.end(self.data, record, sources, self.rows, self.newest)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _last_run(data: Path) -> str:
    """The id of the newest run that left anything; a new one comes after it even where the clock was set back."""
    named = [snapshots.version(path) for path in snapshots.folder(data).glob(f"{snapshots.PREFIX}*.duckdb")]
    return max(filter(journal.RUN_ID.fullmatch, [journal.read_status(data).run_id, *named]), default="")


def count(connection, table: str) -> int:
    return connection.execute(f"select count(*) from {table}").fetchone()[0]
