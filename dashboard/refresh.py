"""Brings the work database up to date and publishes it. The only writer: plan, load, build, check in one transaction, then a new snapshot."""

import contextlib
import csv
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from dashboard import journal, resources, snapshots
from dashboard.exits import Exit, Stop
from dashboard.queries import QueryError, read
from dashboard.runner import CheckFailed, Runner
from dashboard.sources import curated


@dataclass(frozen=True)
class SourceFile:
    """A file to read: its dataset, where it is, and the name it has in the tables."""

    dataset: str
    path: Path
    name: str

    def md5(self) -> str:
        return hashlib.md5(self.path.read_bytes(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class FileResult:
    """What became of one file; rows_read = rows_accepted + rows_known + rows_rejected."""

    dataset: str
    file_name: str
    rows_read: int
    rows_accepted: int
    rows_known: int
    rows_rejected: int
    refusal: str | None


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


def source_files(data: Path) -> list[SourceFile]:
    """Every file of the curated datasets: the shipped ones and what `bilateral load` put into the inbox."""
    places = (("seeds", resources.folder("seeds")), ("inbox", data / "inbox"))
    return [
        SourceFile(dataset, path, f"{place}/{dataset}/{path.name}")
        for place, folder in places
        for dataset in curated.DATASETS
        for path in sorted((folder / dataset).glob("*"))
        if path.suffix in curated.SUFFIXES
    ]


def receive(data: Path, dataset: str, paths: list[Path]) -> list[Path]:
    """Copy files and folders of the user's into the inbox, where every refresh finds them; a file of the same name is replaced."""
    if dataset not in curated.DATASETS:
        raise Stop(Exit.CONFIGURATION, f"{dataset!r} is no dataset that can be loaded; choose {' or '.join(curated.DATASETS)}")
    found = [file for path in paths for file in (sorted(path.glob("*")) if path.is_dir() else [path])]
    found = [file for file in found if file.suffix in curated.SUFFIXES or file in paths]
    if missing := [str(file) for file in found if not file.is_file()]:
        raise Stop(Exit.UNAVAILABLE, f"{', '.join(missing)}: no such file")
    if not found:
        raise Stop(Exit.UNAVAILABLE, f"no file with {', '.join(curated.SUFFIXES)} in {', '.join(map(str, paths))}")
    for file in found:
        if file.suffix not in curated.SUFFIXES:
            raise Stop(Exit.DATA, f"{file.name} is none of {', '.join(curated.SUFFIXES)}")
    inbox = data / "inbox" / dataset
    inbox.mkdir(parents=True, exist_ok=True)
    return [Path(shutil.copyfile(file, inbox / file.name)) for file in found]


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
        owner.write_text(f"process {os.getpid()} since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC", encoding="utf-8")
        yield
    finally:
        owner.unlink(missing_ok=True)
        holder.release()


def refresh(data: Path, dyads: Path | None = None, keep: int = 3, full: bool = False) -> Outcome:
    """Read what is new, rebuild, check, publish. Holds the lock; every end of it is an Outcome or a Stop with a sentence."""
    with lock(data):
        run = Run(data, dyads)
        snapshots.sweep(data, keep)
        try:
            outcome = run.go(full)
        except CheckFailed as error:
            outcome = run.failed(Exit.DATA, f"nothing was published: {error}")
        except QueryError as error:
            outcome = run.failed(Exit.CONFIGURATION, str(error))
        except OSError as error:
            outcome = run.failed(Exit.TRY_AGAIN, f"nothing was published: {error}")
        run.note(outcome)
        snapshots.sweep(data, keep)
    return outcome


def plan(data: Path, dyads: Path | None = None) -> list[tuple[str, str]]:
    """What a refresh would read: (file name, new | changed | known), and ('tables', rebuild) where queries or seeds changed."""
    with lock(data):
        run = Run(data, dyads)
        with run.open() as connection:
            runner = Runner(connection, resources.folder("queries"))
            runner.make_kept()
            states = run.states(connection)
            steps = [(file.name, states[file.name]) for file in run.sources]
            return steps + ([] if run.is_built(connection) else [("tables", "rebuild")])


class Run:
    """One refresh from start to end. Its id is the UTC time of its start, which also names the snapshot."""

    def __init__(self, data: Path, dyads: Path | None):
        self.data = data
        self.seeds = resources.folder("seeds")
        self.dyad_files = [str(self.seeds / "dyads.csv")] + ([str(dyads)] if dyads else [])
        if dyads:
            _check_dyads(dyads)
        self.started_at = datetime.now(UTC).replace(tzinfo=None)
        self.run_id = f"{self.started_at:%Y%m%dT%H%M%S.%f}Z"
        self.sources = source_files(data)
        self.work = data / "work.duckdb"

    @contextlib.contextmanager
    def open(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The work database, written so that DuckDB 1.5 opens its copies too."""
        try:
            connection = duckdb.connect(str(self.work), config={"storage_compatibility_version": "v1.5.0"})
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            advice = f"move {self.work} away and run `bilateral refresh` to make it anew from the source files"
            raise Stop(Exit.DATA, f"the work database cannot be opened ({reason}); {advice}") from None
        try:
            connection.execute(f"set variable seeds = {json.dumps(str(self.seeds)).replace(chr(34), chr(39))}")
            connection.execute("set variable dyads = ?::varchar[]", [self.dyad_files])
            yield connection
        finally:
            connection.close()

    def go(self, full: bool) -> Outcome:
        with self.open() as connection:
            runner = Runner(connection, resources.folder("queries"))
            with transaction(connection):
                runner.make_kept()
                built = self.is_built(connection) and not full
                states = self.states(connection)
                if not built:
                    connection.execute("delete from raw.reports; delete from raw.sightings; delete from raw.rejects")
                chosen = [file for file in self.sources if not built or states[file.name] != "known"]
                dropped = self._forget_missing_seeds(connection)
                nothing = built and not chosen and not dropped
                outcome = self.outcome("nothing new") if nothing else self._rebuild(connection, runner, chosen, states)
            connection.execute("checkpoint")
            newest = connection.execute("select max(run_id) from raw.builds").fetchone()
        self._publish_if_needed(newest[0] if newest else self.run_id)
        return outcome

    def _rebuild(self, connection, runner: Runner, chosen: list[SourceFile], states: dict[str, str]) -> Outcome:
        before = count(connection, "raw.reports")
        judge = read(runner.folder / "sources" / "curated.sql")
        runner.build(name for name in judge.inputs if "." in name)
        results = tuple(load(connection, judge.sql, chosen, self.run_id))
        removed = remove_dropped_rows(connection)
        runner.build()
        runner.check()
        runner.comment()
        runner.make_macros()
        connection.execute("insert into raw.builds values (?, ?)", [self.run_id, self.fingerprint()])
        after = count(connection, "raw.reports")
        changed = sum(states[file.name] == "changed" for file in chosen)
        message = f"{after} reports ({after - before + removed} added, {removed} removed), {changed} files changed"
        outcome = self.outcome(message, after - before + removed, changed, removed, results)
        self._record(connection, outcome)
        return outcome

    def _publish_if_needed(self, newest_build: str) -> None:
        """Also after a refresh that was killed between its commit and its publication."""
        try:
            published = snapshots.version(snapshots.current(self.data))
        except snapshots.NoSnapshot:
            published = ""
        if published != newest_build:
            snapshots.publish(self.work, self.data, newest_build)

    def _forget_missing_seeds(self, connection) -> int:
        """A shipped or inbox file that is gone takes its rows with it."""
        names = [file.name for file in self.sources]
        gone = "file_name not in (select unnest(?::varchar[]))"
        rows = connection.execute(f"delete from raw.sightings where {gone}", [names]).fetchone()
        connection.execute(f"delete from raw.rejects where {gone}", [names])
        return rows[0]

    def failed(self, code: Exit, message: str) -> Outcome:
        outcome = Outcome(self.run_id, int(code), 0, 0, 0, message)
        with contextlib.suppress(duckdb.Error, OSError, Stop), self.open() as connection:
            self._record(connection, outcome)
        return outcome

    def outcome(self, message: str, added: int = 0, changed: int = 0, removed: int = 0, files=()) -> Outcome:
        return Outcome(self.run_id, int(Exit.DONE), added, changed, removed, message, files)

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
            (ended - self.started_at).total_seconds(),
            outcome.message,
        )
        journal.end(self.data, record, [], {}, {})

    def states(self, connection) -> dict[str, str]:
        """new, changed or known for each source file, by its checksum when it was last read; one that went and returned is new."""
        rows = connection.execute("""
            select file_name, max_by(md5, loaded_at) from raw.files
            where rows_read = 0 or file_name in (select file_name from raw.sightings union select file_name from raw.rejects)
            group by file_name
        """).fetchall()
        last = dict(rows)
        return {
            file.name: "new" if file.name not in last else ("known" if last[file.name] == file.md5() else "changed")
            for file in self.sources
        }

    def is_built(self, connection) -> bool:
        last = connection.execute("select max_by(fingerprint, run_id) from raw.builds").fetchone()
        return last is not None and last[0] == self.fingerprint()

    def fingerprint(self) -> str:
        """Checksum of all queries and reference tables: a new version of one rebuilds everything."""
        files = sorted(resources.folder("queries").rglob("*.sql")) + sorted(self.seeds.glob("*.csv")) + self.dyad_files[1:]
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


@contextlib.contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.execute("begin")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def count(connection, table: str) -> int:
    return connection.execute(f"select count(*) from {table}").fetchone()[0]


def load(connection, judge: str, files: list[SourceFile], run_id: str) -> Iterator[FileResult]:
    """Read curated files, judge every row, keep the good and the bad ones. The rows of a file that was read before are replaced."""
    columns = ", ".join(f"{name} {'bigint' if name == 'row_number' else 'varchar'}" for name in curated.INCOMING)
    connection.execute(f"create or replace temp table incoming ({columns})")
    refusals = {file.name: _bring_in(connection, file) for file in files}
    connection.execute(f"create or replace temp table judged as {judge}")
    names = [list(refusals)]
    for table in ("raw.sightings", "raw.rejects"):
        connection.execute(f"delete from {table} where file_name in (select unnest(?::varchar[]))", names)
    connection.execute(
        "insert into raw.rejects select dataset, file_name, row_number, refusal, raw, ? from judged where refusal is not null",
        [run_id],
    )
    connection.execute(
        "insert into raw.sightings select dataset, file_name, row_number, report_id from judged where refusal is null"
    )
    connection.execute("""
        create or replace temp table fresh as
        select * exclude (raw, refusal) from judged
        where refusal is null and report_id not in (select report_id from raw.reports)
        qualify row_number() over (partition by report_id order by file_name, row_number) = 1
    """)
    connection.execute("insert into raw.reports select * from fresh")
    for file in files:
        yield _record_file(connection, file, refusals[file.name], run_id)


def _bring_in(connection, file: SourceFile) -> str | None:
    """Put the lines of a file into the table `incoming`; returns why it was refused whole."""
    try:
        records = [line.record(file.dataset, file.name) for line in curated.lines(file.path)]
    except curated.FileRefused as refusal:
        return str(refusal)
    if records:
        lists = ", ".join("unnest(?::bigint[])" if name == "row_number" else "unnest(?::varchar[])" for name in curated.INCOMING)
        connection.execute(f"insert into incoming select {lists}", [list(column) for column in zip(*records, strict=True)])
    return None


def _record_file(connection, file: SourceFile, refusal: str | None, run_id: str) -> FileResult:
    read_rows, rejected = connection.execute(
        "select count(*), count(refusal) from judged where file_name = ?", [file.name]
    ).fetchone()
    accepted = connection.execute("select count(*) from fresh where file_name = ?", [file.name]).fetchone()[0]
    result = FileResult(file.dataset, file.name, read_rows, accepted, read_rows - rejected - accepted, rejected, refusal)
    row = [
        file.dataset,
        file.name,
        file.path.stat().st_size,
        file.md5(),
        read_rows,
        accepted,
        result.rows_known,
        rejected,
        refusal,
    ]
    loaded_at = datetime.now(UTC).replace(tzinfo=None)
    connection.execute("insert into raw.files values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [*row, loaded_at, run_id])
    return result


def remove_dropped_rows(connection) -> int:
    """Curated reports that no file holds any more go; the others are named after the first file that holds them."""
    removed = connection.execute("""
        delete from raw.reports
        where report_id not in (select report_id from raw.sightings)
    """).fetchone()[0]
    connection.execute("""
        update raw.reports set file_name = first_seen.file_name, row_number = first_seen.row_number
        from (
            select report_id, min(file_name) as file_name, min_by(row_number, (file_name, row_number)) as row_number
            from raw.sightings group by report_id
        ) as first_seen
        where reports.report_id = first_seen.report_id and (reports.file_name, reports.row_number)
            is distinct from (first_seen.file_name, first_seen.row_number)
    """)
    return removed
