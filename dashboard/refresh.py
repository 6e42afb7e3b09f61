"""Brings the work database up to date and publishes it. The only writer: plan, load, build, check in one transaction, then a new snapshot."""

import contextlib
import csv
import hashlib
import json
import logging
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout
from structlog.contextvars import bound_contextvars

from dashboard import downloading, journal, loading, machine, reloads, resources, revisions, snapshots, vintages
from dashboard.downloading import Bar, Brought, Request, no_bar
from dashboard.exits import Exit, Stop
from dashboard.increments import Increment, build_all, changed_days
from dashboard.loading import FileResult, transaction
from dashboard.logs import log
from dashboard.queries import QueryError, read
from dashboard.runner import CheckFailed, Runner
from dashboard.sources.downloads import Redirected, SourceDown
from dashboard.sources.gdelt_files import FEEDS, Feed

COUNTED = ("reports", "events", "dyad_day", "indicator_day", "measures", "files", "rejects", "gaps")
"""Public tables whose rows are counted for those who watch; of reports those of the loader, as the public view joins every one to its event."""

MEMORY = "2500MB"
"""What DuckDB may hold in memory while tables are built; what is more goes to a folder beside the work database while it is needed."""


@dataclass(frozen=True)
class Outcome:
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


@contextlib.contextmanager
def lock(data: Path) -> Iterator[None]:
    """One refresh at a time. Raises Stop 75 naming who holds it, 78 where the folder cannot be written."""
    owner = data / "refresh.owner"
    try:
        data.mkdir(parents=True, exist_ok=True)
        holder = FileLock(data / "refresh.lock", timeout=0)
        holder.acquire()
    except Timeout:
        who = owner.read_text(encoding="utf-8") if owner.exists() else "another process"
        raise Stop(Exit.TRY_AGAIN, f"a refresh is running already ({who}); try again when it is done") from None
    except OSError as error:
        raise Stop(
            Exit.CONFIGURATION, f"the data folder {data} cannot be written: {error.strerror}; choose another with --data"
        ) from None
    try:
        with contextlib.suppress(OSError):  # on a full disk the lock holds without a name
            owner.write_text(f"process {os.getpid()} since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC", encoding="utf-8")
        yield
    finally:
        owner.unlink(missing_ok=True)
        holder.release()


def refresh(
    data: Path,
    dyads: Path | None = None,
    keep: int = 3,
    full: bool = False,
    coded: tuple[str, list[Path]] | None = None,
    request: Request | None = None,
    bar: Bar = no_bar,
    accept_change: bool = False,
    corrections: Path | None = None,
) -> Outcome:
    """Download and read what is new, rebuild, check, publish. Holds the lock; every end of it is an Outcome or a Stop with a sentence.

    `coded` names a machine-coded dataset and the files of it to read besides, `request` the sources to download from. With `accept_change`
    tables that lost much against the last build are published all the same. `corrections` is a file like seeds/corrections.csv.
    """
    if request:
        request.feeds()  # before anything is touched: a wrong name or span of days is refused
    with lock(data):
        run = Run(data, dyads, accept_change, corrections)
        journal.begin(data, run.run_id)
        snapshots.sweep(data, keep)
        with bound_contextvars(run_id=run.run_id):
            log.info("refresh.started", data=str(data))
            outcome = run.outcome_of(full, coded, request, bar)
            run.note(outcome)
            snapshots.sweep(data, keep)
            log.log(
                logging.INFO if outcome.exit_code == Exit.DONE else logging.ERROR,
                "refresh.ended",
                exit_code=outcome.exit_code,
                message=outcome.message,
                seconds=run.seconds(),
            )
    return outcome


def plan(data: Path, dyads: Path | None = None, request: Request | None = None) -> list[str]:
    """What a refresh would do, in sentences: files to read, what to download, and whether queries or seeds changed. Nothing is kept."""
    request = request or Request()
    feeds = request.feeds()
    with lock(data):
        run = Run(data, dyads)
        with run.open() as connection, rolled_back(connection):
            runner = Runner(connection, resources.folder("queries"))
            runner.make_kept()
            states = loading.states(connection, run.sources)
            steps = [f"{states[file.name]:<8} {file.name}" for file in run.sources]
            steps += [] if run.is_built(connection) else ["rebuild  tables"]
            loaded = loaded_by_feed(connection, runner, feeds)
        for feed in feeds:
            try:
                steps += downloading.plan(data, feed, loaded[feed.name], request).sentences()
            except (SourceDown, Redirected) as down:
                raise Stop(Exit.UNAVAILABLE, f"{feed.name}: {down}") from None
    return steps


def prune(data: Path, dyads: Path | None, keep: int, days: int) -> tuple[int, int]:
    """Remove all snapshots but the newest, and downloaded files that were loaded, came more than so many days ago, and are needed for no pair of
    today. Returns how many files, and their bytes."""
    with lock(data):
        sizes = {path: path.stat().st_size for path in snapshots.folder(data).glob("*")}
        removed = snapshots.sweep(data, keep)
        run = Run(data, dyads)
        if run.work.exists():
            with run.open() as connection, rolled_back(connection):
                runner = Runner(connection, resources.folder("queries"))
                runner.make_kept()
                loaded = loaded_by_feed(connection, runner, FEEDS.values())
            old = [path for feed in FEEDS.values() for path in downloading.old_files(data, feed, loaded[feed.name], days)]
            sizes |= {path: path.stat().st_size for path in old}
            removed += old
            for path in old:
                path.unlink()
    return len(removed), sum(sizes[path] for path in removed)


class Run:
    """One refresh from start to end. Its id is the UTC time of its start, which also names the snapshot."""

    def __init__(self, data: Path, dyads: Path | None, accept_change: bool = False, corrections: Path | None = None):
        self.data = data
        self.accept_change = accept_change
        self.seeds = resources.folder("seeds")
        self.dyad_files = [str(self.seeds / "dyads.csv")] + ([str(dyads)] if dyads else [])
        self.correction_files = [str(corrections)] if corrections else []
        if dyads:
            _check_dyads(dyads)
        if corrections:
            _check_corrections(corrections)
        self.started_at = datetime.now(UTC).replace(tzinfo=None)
        self.run_id = journal.after(self._last_run(), self.started_at)
        self.sources = loading.source_files(data)
        self.measure_files = [str(path) for path in loading.own_measures(data)]
        self.audit_files = [str(path) for path in sorted((data / "inbox" / "audits").glob("*.csv"))]
        self.work = data / "work.duckdb"
        self.brought: list[Brought] = []
        self.has_asked = False
        self.newest_slots: dict[str, datetime] = {}
        self.rows: dict[str, int] = {}
        self.newest: dict[str, str] = {}

    def _last_run(self) -> str:
        """The id of the newest run that left anything; a new one comes after it even where the clock was set back."""
        named = [snapshots.version(path) for path in snapshots.folder(self.data).glob(f"{snapshots.PREFIX}*.duckdb")]
        return max([journal.read_status(self.data).run_id, *named])

    def seconds(self) -> float:
        return round((datetime.now(UTC).replace(tzinfo=None) - self.started_at).total_seconds(), 3)

    def outcome_of(self, full: bool, coded: tuple[str, list[Path]] | None, request: Request | None, bar: Bar) -> Outcome:
        """All of the run; what goes wrong becomes its outcome. A Stop or a fault is noted and passed on."""
        try:
            if request:
                self.bring(request, bar)
            return self.go(full, coded)
        except CheckFailed as error:
            return self.failed(Exit.DATA, f"nothing was published: {error}")
        except QueryError as error:
            return self.failed(Exit.CONFIGURATION, str(error))
        except OSError as error:
            return self.failed(Exit.TRY_AGAIN, f"nothing was published: {error}")
        except duckdb.IOException as error:
            if "No space left" not in str(error):
                raise
            return self.failed(Exit.TRY_AGAIN, "nothing was published: the disk is full; run `bilateral prune`")
        except Exception as fault:
            code = fault.code if isinstance(fault, Stop) else Exit.FAULT
            self.note(self.failed(code, str(fault).splitlines()[0] if str(fault) else type(fault).__name__))
            raise

    def bring(self, request: Request, bar: Bar) -> None:
        """Download what the asked sources have and the work database has not. The database is closed meanwhile."""
        feeds = request.feeds()
        self.has_asked = True
        if not feeds:
            return
        with self.open() as connection, rolled_back(connection):
            runner = Runner(connection, resources.folder("queries"))
            runner.make_kept()
            loaded = loaded_by_feed(connection, runner, feeds)
        for feed in feeds:
            self.brought.append(downloading.bring(self.data, feed, loaded[feed.name], request, bar))
            self._know_newest(self.brought[-1], loaded[feed.name])

    def _know_newest(self, brought: Brought, loaded: set[str]) -> None:
        slots = [slot for slot in map(brought.feed.slot, loaded) if slot]
        if slots:
            self.newest_slots[brought.feed.name] = max(slots)

    @contextlib.contextmanager
    def open(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The work database, written so that DuckDB 1.5 opens its copies too."""
        try:
            connection = duckdb.connect(
                str(self.work), config={"storage_compatibility_version": "v1.5.0", "memory_limit": MEMORY}
            )
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            advice = f"move {self.work} away and run `bilateral refresh` to make it anew from the source files"
            raise Stop(Exit.DATA, f"the work database cannot be opened ({reason}); {advice}") from None
        try:
            connection.execute(f"set variable seeds = {json.dumps(str(self.seeds)).replace(chr(34), chr(39))}")
            connection.execute("set variable dyads = ?::varchar[]", [self.dyad_files])
            connection.execute("set variable measures = ?::varchar[]", [self.measure_files])
            connection.execute("set variable corrections = ?::varchar[]", [self.correction_files])
            connection.execute("set variable audits = ?::varchar[]", [self.audit_files])
            connection.execute("set variable accept_change = ?::boolean", [self.accept_change])
            yield connection
        finally:
            connection.close()

    def go(self, full: bool, coded: tuple[str, list[Path]] | None = None) -> Outcome:
        """Machine-coded files are kept as soon as they are read; what changed is then built, checked and kept together, or not at all."""
        batches = ([coded] if coded else []) + [(one.feed.dataset, list(one.paths)) for one in self.brought if one.paths]
        with self.open() as connection:
            runner = Runner(connection, resources.folder("queries"))
            with transaction(connection):
                runner.make_kept()
            before = count(connection, "raw.reports")
            results = tuple(result for batch in batches for result in machine.load(connection, runner, self.run_id, *batch))
            with transaction(connection):
                outcome = self._build_what_changed(connection, runner, before, results, full)
            connection.execute("checkpoint")
            newest = connection.execute("select max(run_id) from raw.builds").fetchone()
            for one in self.brought:
                self._know_newest(one, machine.files_loaded(connection, one.feed.dataset))
        self._publish_if_needed(newest[0] if newest else self.run_id)
        return outcome

    def _build_what_changed(
        self, connection, runner: Runner, before: int, results: tuple[FileResult, ...], full: bool
    ) -> Outcome:
        built = self.is_built(connection) and not full
        states = loading.states(connection, self.sources)
        if not built:
            loading.forget_all(connection)
        chosen = [file for file in self.sources if not built or states[file.name] != "known"]
        dropped = loading.forget_missing(connection, self.sources)
        lacking = [machine.note_gaps(connection, one.plan, one.gaps, self.run_id) for one in self.brought if one.plan]
        removed = 0
        if chosen or dropped:
            judge = read(runner.folder / "sources" / "curated.sql")
            runner.build(name for name in judge.inputs if "." in name)
            results += tuple(loading.load(connection, judge.sql, chosen, self.run_id))
            removed = loading.remove_dropped_rows(connection)
            loading.note_changes(connection)
        log.info("files.loaded", files=len(results), seconds=self.seconds())
        corrected = built and loading.note_corrections(connection, runner)
        if built and not (chosen or dropped or corrected or any(lacking) or self._is_loaded_since(connection)):
            return self.outcome(connection, "nothing new", files=results)
        self._build(connection, runner, built)
        after = count(connection, "raw.reports")
        changed = sum(states[file.name] == "changed" for file in chosen)
        message = f"{after} reports ({after - before + removed} added, {removed} removed), {changed} files changed"
        outcome = self.outcome(connection, message, after - before + removed, changed, removed, results)
        self._record(connection, outcome)
        return outcome

    def _build(self, connection, runner: Runner, built: bool) -> None:
        """The changed days where the tables are of these queries and seeds, else everything; then the checks and what readers see."""
        days = changed_days(connection) if built else None
        is_compared = revisions.remember(runner, days)
        if days is None:
            build_all(runner)
            log.info("tables.built", seconds=self.seconds())
            runner.check()
        else:
            increment = Increment(runner, days, changed=["raw.corrections"])
            increment.build()
            log.info("tables.built", days=len(days), seconds=self.seconds())
            increment.check()
        log.info("checks.passed", seconds=self.seconds())
        if is_compared:
            revisions.note(runner, self.run_id, days)
        runner.comment()
        runner.make_macros()
        connection.execute("delete from raw.changes")
        connection.execute("insert into raw.builds values (?, ?)", [self.run_id, self.fingerprint()])
        connection.execute(f"insert into raw.sizes select '{self.run_id}', * from main.sizes")
        self._know_rows(connection)

    def _is_loaded_since(self, connection) -> bool:
        """Files were read since the last build, perhaps by a run that was killed before its own."""
        found = connection.execute(
            "select count(*) from raw.files where run_id > (select max(run_id) from raw.builds)"
        ).fetchone()
        return found[0] > 0

    def _know_rows(self, connection) -> None:
        self.rows = {table: count(connection, "raw.reports" if table == "reports" else f"main.{table}") for table in COUNTED}
        newest = connection.execute("select dataset, last_day from main.sizes where last_day is not null").fetchall()
        self.newest = {dataset: f"{day}" for dataset, day in newest}

    def _publish_if_needed(self, newest_build: str) -> None:
        """Also after a refresh that was killed between its commit and its publication, or while it wrote the month's file of indicators."""
        try:
            published = snapshots.version(snapshots.current(self.data))
        except snapshots.NoSnapshot:
            published = ""
        if published != newest_build:
            path = snapshots.publish(self.work, self.data, newest_build)
            self._keep_vintage(path)
            log.info("snapshot.published", snapshot=path.name, bytes=path.stat().st_size, seconds=self.seconds())
        elif vintages.drafts(self.data):
            self._keep_vintage(snapshots.current(self.data))

    def _keep_vintage(self, snapshot: Path) -> None:
        try:
            vintages.keep(snapshot, self.data)
        except (OSError, duckdb.Error) as error:  # it is published all the same; the next publication writes the month again
            log.error("vintage.not_kept", reason=str(error).splitlines()[0])

    def failed(self, code: Exit, message: str) -> Outcome:
        outcome = Outcome(self.run_id, int(code), 0, 0, 0, message)
        with contextlib.suppress(duckdb.Error, OSError, Stop), self.open() as connection:
            self._record(connection, outcome)
        return outcome

    def outcome(self, connection, message: str, added: int = 0, changed: int = 0, removed: int = 0, files=()) -> Outcome:
        lacking = [reload.sentence(self.data) for reload in reloads.needed(connection)]
        said = "; ".join([message, *(one.message for one in self.brought), *lacking])
        code = max([int(Exit.DONE), *(one.exit_code for one in self.brought)])
        return Outcome(self.run_id, code, added, changed, removed, said, files)

    def _record(self, connection, outcome: Outcome) -> None:
        ended = datetime.now(UTC).replace(tzinfo=None)
        row = [self.run_id, self.started_at, ended, outcome.exit_code]
        row += [outcome.added, outcome.changed, outcome.removed, outcome.message]
        connection.execute("insert into raw.runs values (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def note(self, outcome: Outcome) -> None:
        """Tell readers when the last attempt and the last success were; a refresh with nothing new publishes no snapshot."""
        ended = datetime.now(UTC).replace(tzinfo=None)
        record = journal.RunRecord(
            self.run_id,
            f"{self.started_at:%Y-%m-%dT%H:%M:%SZ}",
            os.getpid(),
            f"{ended:%Y-%m-%dT%H:%M:%SZ}",
            outcome.exit_code,
            outcome.added,
            outcome.changed,
            outcome.removed,
            self.seconds(),
            outcome.message,
        )
        sources = [one.state(self.newest_slots.get(one.feed.name)) for one in self.brought]
        journal.end(self.data, record, sources if self.has_asked else None, self.rows, self.newest)

    def is_built(self, connection) -> bool:
        last = connection.execute("select max_by(fingerprint, run_id) from raw.builds").fetchone()
        return last is not None and last[0] == self.fingerprint()

    def fingerprint(self) -> str:
        """Checksum of all queries and reference tables: a new version of one rebuilds everything."""
        files = sorted(resources.folder("queries").rglob("*.sql")) + sorted(self.seeds.glob("*.csv")) + self.dyad_files[1:]
        files += self.measure_files + self.audit_files
        digest = hashlib.md5(usedforsecurity=False)
        for file in files:
            digest.update(Path(file).read_bytes())
        return digest.hexdigest()


def _check_dyads(path: Path) -> None:
    if not path.is_file():
        raise Stop(Exit.CONFIGURATION, f"BILATERAL_DYADS names {path}, which is no file; a file like seeds/dyads.csv is needed")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            pairs = [row.get("dyad") or "" for row in csv.DictReader(file)]
    except (ValueError, csv.Error):
        pairs = [""]
    wrong = [pair for pair in pairs if not re.fullmatch(r"([A-Za-z]{3})-(?!\1)[A-Za-z]{3}", pair)]
    if wrong or not pairs:
        needed = "a header dyad,lead,position and a line such as DEU-FRA,FRA,100 for each pair are needed"
        raise Stop(
            Exit.CONFIGURATION, f"BILATERAL_DYADS names {path}, where {(wrong or [''])[0]!r} is no pair of countries; {needed}"
        )


def _check_corrections(path: Path) -> None:
    needed = "event_id,action,value,reason,who,at"
    if not path.is_file():
        raise Stop(
            Exit.CONFIGURATION, f"BILATERAL_CORRECTIONS names {path}, which is no file; a file with the header {needed} is needed"
        )
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        header = file.readline().strip()
    if set(needed.split(",")) - set(header.split(",")):
        raise Stop(
            Exit.CONFIGURATION,
            f"BILATERAL_CORRECTIONS names {path}, whose first line is {header!r}; the header {needed} is needed",
        )


def loaded_by_feed(connection, runner: Runner, feeds: Iterable[Feed]) -> dict[str, set[str]]:
    """Names of the files that each feed has given, by feed; those that were read for fewer pairs do not count."""
    runner.build(["staging.dyads"])
    return {feed.name: machine.files_loaded(connection, feed.dataset) for feed in feeds}


@contextlib.contextmanager
def rolled_back(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Look at tables as they would be, and leave them as they are."""
    connection.execute("begin")
    try:
        yield
    finally:
        connection.execute("rollback")


def count(connection, table: str) -> int:
    return connection.execute(f"select count(*) from {table}").fetchone()[0]
