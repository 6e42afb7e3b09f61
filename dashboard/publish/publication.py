"""The published snapshot: checked before a run builds, published again if damaged, and replaced after a build."""

import contextlib
from pathlib import Path

import duckdb

from bilateral.compute.runner import Runner
from bilateral.logs import log
from bilateral.publish import forecasts, snapshots, vintages
from bilateral.publish.run_notes import Notes


class Publication:
    """The snapshot that readers have before a run, and the one that they get by it."""

    def __init__(self, data: Path, notes: Notes):
        self.data = data
        self.notes = notes
        self.good: Path | None = None
        """The snapshot that was published last and is whole."""
        self.damaged: Path | None = None
        """The one that was published last, where it is damaged: it goes when the same tables are published again."""

    def know(self, connection) -> None:
        """What was published last is what a loss is measured against, also where the work database is another one than it was made of."""
        self.good = good = snapshots.last_good(self.data)
        if good is None:
            return
        version = [snapshots.version(good)]
        if connection.execute("select count(*) from raw.sizes where run_id = ?", version).fetchone() == (0,):
            columns = "dataset, n_reports, n_events, first_day, last_day, share_without_address, share_without_domain"
            with contextlib.suppress(duckdb.Error), snapshots.connect(good) as published:  # an older version counted otherwise
                for row in published.execute(f"select {columns} from sizes").fetchall():
                    connection.execute("insert into raw.sizes values (?, ?, ?, ?, ?, ?, ?, ?)", [*version, *row])

    def complete(self, runner: Runner, fingerprint: str) -> list[str]:
        """Enter what is due in the ledger of forecasts, which is published also where nothing else is new, then heal; gives its sentences."""
        connection, run_id = runner.connection, self.notes.run_id
        entered = forecasts.enter(runner, self.notes.today, self.notes.run_at, run_id)
        log.info("forecasts.entered", rows=entered)
        if entered and connection.execute("select count(*) from raw.builds where run_id = ?", [run_id]).fetchone() == (0,):
            connection.execute("insert into raw.builds values (?, ?)", [run_id, fingerprint])
        return self.heal(connection, fingerprint)

    def heal(self, connection, fingerprint: str) -> list[str]:
        """Where the published file is damaged, the same tables are published again, under the name of this run: readers hold the old one.

        Returns what a reader of the outcome should know of it, in sentences."""
        (published,) = connection.execute("select max(run_id) from raw.builds where run_id <> ?", [self.notes.run_id]).fetchone()
        path = snapshots.path_of(self.data, published)
        if not path.exists() or path == self.good or not (fault := snapshots.damage(path)):
            return []
        self.damaged = path
        log.error("snapshot.damaged", snapshot=path.name, reason=fault)
        connection.execute("delete from raw.builds where run_id = ?", [self.notes.run_id])
        connection.execute("insert into raw.builds values (?, ?)", [self.notes.run_id, fingerprint])
        return [f"the snapshot {path.name} was damaged ({fault}) and is published again"]

    def publish_if_needed(self, work: Path, newest_build: str) -> None:
        """Also after a refresh that was killed between its commit and its publication, or while it wrote the month's file of indicators."""
        try:
            published = snapshots.version(snapshots.current(self.data))
        except snapshots.NoSnapshot:
            published = ""
        if published != newest_build:
            path = snapshots.publish(work, self.data, newest_build)
            if self.damaged:
                snapshots.remove(self.damaged)
            self._keep_vintage(path)
            log.info("snapshot.published", snapshot=path.name, bytes=path.stat().st_size, seconds=self.notes.seconds())
        elif vintages.drafts(self.data):
            self._keep_vintage(snapshots.current(self.data))

    def _keep_vintage(self, snapshot: Path) -> None:
        try:
            vintages.keep(snapshot, self.data)
        except (OSError, duckdb.Error) as error:  # it is published all the same; the next publication writes the month again
            log.error("vintage.not_kept", reason=str(error).splitlines()[0])
