"""Loads curated files into the work database: lists the files, their results, their rows and their refused rows.

Machine-coded files come in bulk, see dashboard/load/bulk.py.
"""

import contextlib
import hashlib
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from bilateral import package_data
from bilateral.compute.runner import Runner
from bilateral.data_folder import is_file
from bilateral.exits import Exit, Stop
from bilateral.sources import curated, damage
from bilateral.sources.batches import fault_of
from bilateral.sources.unpacking import FileRefused
from bilateral.today import know_today


@dataclass(frozen=True)
class SourceFile:
    """A file to read: its dataset, where it is, and the name it has in the tables."""

    dataset: str
    path: Path
    name: str

    def md5(self) -> str:
        """Checksum of its content; of its name where it cannot be read."""
        try:
            content = self.path.read_bytes()
        except OSError:
            content = f"unreadable {self.path.name}".encode()
        return hashlib.md5(content, usedforsecurity=False).hexdigest()

    def size(self) -> int:
        """Bytes; 0 where there is nothing to read."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0


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
    note: str | None = None
    """What was mended in it."""

    @property
    def gave_nothing(self) -> bool:
        """Whether the file as a whole, or each row of it, was refused."""
        return bool(self.refusal) or 0 < self.rows_read == self.rows_rejected


def source_files(data: Path) -> list[SourceFile]:
    """Every file of the curated datasets: the shipped ones and what `bilateral load` put into the inbox."""
    places = (("seeds", package_data.folder("seeds")), ("inbox", data / "inbox"))
    return [
        SourceFile(dataset, path, f"{place}/{dataset}/{path.name}")
        for place, folder in places
        for dataset in curated.DATASETS
        for path in sorted((folder / dataset).glob("*"))
        if curated.kind_of(path) and is_file(path)
    ]


def measures_template() -> str:
    """The header of an empty register file."""
    return (package_data.folder("seeds") / "measures.csv").read_text(encoding="utf-8").splitlines()[0] + "\n"


def receive_measures(data: Path, paths: list[Path]) -> None:
    """Copy register files into the inbox; a file of the same name is replaced."""
    inbox = data / "inbox" / "measures"
    inbox.mkdir(parents=True, exist_ok=True)
    for path in paths:
        _received(path, inbox / path.name)


def receive(data: Path, dataset: str, paths: list[Path]) -> list[Path]:
    """Copy files and folders of the user's into the inbox, where every refresh finds them; a file of the same name is replaced."""
    found = [file for path in paths for file in (sorted(path.glob("*")) if path.is_dir() else [path])]
    found = [file for file in found if curated.kind_of(file) or file in paths]
    if missing := [str(file) for file in found if not file.is_file()]:
        raise Stop(Exit.UNAVAILABLE, f"{', '.join(missing)}: no such file")
    if not found:
        raise Stop(Exit.UNAVAILABLE, f"no file with {', '.join(curated.SUFFIXES)} in {', '.join(map(str, paths))}")
    for file in found:
        if not curated.kind_of(file):
            raise Stop(Exit.DATA, f"{file.name} is none of {', '.join(curated.SUFFIXES)}")
    name, n_files = Counter(file.name for file in found).most_common(1)[0]
    if n_files > 1:
        raise Stop(Exit.DATA, f"{n_files} files are called {name} and one would replace the other; give them names of their own")
    inbox = data / "inbox" / dataset
    inbox.mkdir(parents=True, exist_ok=True)
    return [_received(file, inbox / file.name) for file in found]


def _received(file: Path, place: Path) -> Path:
    """The file in its place in the inbox, where it may lie already."""
    if not (place.exists() and file.samefile(place)):
        shutil.copyfile(file, place)
    return place


def load(connection, judge: str, files: list[SourceFile], run_id: str) -> Iterator[FileResult]:
    """Read curated files, judge every row, keep the good and the bad ones. The rows of a file that was read before are replaced."""
    know_today(connection)
    columns = ", ".join(f"{name} {'bigint' if name == 'row_number' else 'varchar'}" for name in curated.INCOMING)
    connection.execute(f"create or replace temp table incoming ({columns})")
    outcomes = {file.name: _bring_in(connection, file) for file in files}
    connection.execute(f"create or replace temp table judged as {judge}")
    _refuse_damaged(connection, outcomes)
    names = [list(outcomes)]
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
        select * exclude (raw, refusal, damage, mend) from judged
        where refusal is null
            and report_id not in (select report_id from raw.reports where dataset in ('chronology', 'articles'))
        qualify row_number() over (partition by report_id order by file_name, row_number) = 1
    """)
    connection.execute("insert into raw.reports by name select * from fresh")
    for file in files:
        yield _record_file(connection, file, outcomes[file.name], run_id)


@dataclass
class Outcome:
    """Of one file: why it was refused whole, and what was mended in it."""

    refusal: str | None = None
    notes: list[str] = field(default_factory=list)


def _bring_in(connection, file: SourceFile) -> Outcome:
    """Put the lines of a file into the table `incoming`. Whatever goes wrong with it refuses this file and no other."""
    try:
        table = curated.read(file.path)
        records = table.records(file.dataset, file.name)
    except FileRefused as refusal:
        return Outcome(str(refusal))
    except Exception as fault:
        return Outcome(fault_of(fault))
    if records:
        lists = ", ".join("unnest(?::bigint[])" if name == "row_number" else "unnest(?::varchar[])" for name in curated.INCOMING)
        connection.execute(f"insert into incoming select {lists}", [list(column) for column in zip(*records, strict=True)])
    return Outcome(notes=[table.note] if table.note else [])


def _refuse_damaged(connection, outcomes: dict[str, Outcome]) -> None:
    """Files in which a column has lost information leave the table `judged`; what was mended in the others is noted."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    n_rows = dict(connection.execute("select file_name, count(*) from judged group by all").fetchall())
    for name, loss, n in connection.execute(
        "select file_name, damage, count(*) from judged where damage is not null group by all"
    ).fetchall():
        found[name][loss] = n
    for name, losses in found.items():
        outcomes[name].refusal = damage.verdict(losses, n_rows[name], curated.LAYOUT.code_name)
    refused = [name for name, outcome in outcomes.items() if outcome.refusal]
    connection.execute("delete from judged where file_name in (select unnest(?::varchar[]))", [refused])
    for name, mend, n in connection.execute(
        "select file_name, mend, count(*) from judged where mend is not null and refusal is null group by all"
    ).fetchall():
        outcomes[name].notes.append(f"{mend} ({n:,} {'row' if n == 1 else 'rows'})")


def _record_file(connection, file: SourceFile, outcome: Outcome, run_id: str) -> FileResult:
    read_rows, rejected = connection.execute(
        "select count(*), count(refusal) from judged where file_name = ?", [file.name]
    ).fetchone()
    accepted = connection.execute("select count(*) from fresh where file_name = ?", [file.name]).fetchone()[0]
    known = read_rows - rejected - accepted
    note = None if outcome.refusal else "; ".join(outcome.notes) or None
    result = FileResult(file.dataset, file.name, read_rows, accepted, known, rejected, outcome.refusal, note)
    row = [file.dataset, file.name, file.size(), file.md5(), read_rows, accepted, known, rejected, outcome.refusal]
    loaded_at = datetime.now(UTC).replace(tzinfo=None)
    connection.execute("insert into raw.files values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, ?)", [*row, loaded_at, run_id, note])
    return result


def remove_dropped_rows(connection) -> int:
    """Curated reports that no file holds any more go; the others are named after the first file that holds them."""
    removed = connection.execute("""
        delete from raw.reports
        where dataset in ('chronology', 'articles') and report_id not in (select report_id from raw.sightings)
    """).fetchone()[0]
    connection.execute("""
        update raw.reports set file_name = first_seen.file_name, row_number = first_seen.row_number
        from (
            select report_id, min(file_name) as file_name, min_by(row_number, (file_name, row_number)) as row_number
            from raw.sightings group by report_id
        ) as first_seen
        where reports.dataset in ('chronology', 'articles') and reports.report_id = first_seen.report_id
            and (reports.file_name, reports.row_number) is distinct from (first_seen.file_name, first_seen.row_number)
    """)
    return removed


def note_changes(connection) -> None:
    """Curated acts can move from day to day with a new row, so all their days count as changed."""
    connection.execute("insert into raw.changes select unnest(?::varchar[]), null", [list(curated.DATASETS)])


def note_corrections(connection, runner: Runner) -> bool:
    """Read the corrections again; the days of events whose corrections changed count as changed."""
    query = next(query for query in runner.queries if query.name == "raw.corrections")
    before = set(connection.execute("from raw.corrections").fetchall())
    runner.make(query)
    different = before ^ set(connection.execute("from raw.corrections").fetchall())
    connection.execute(
        "insert into raw.changes select distinct dataset, event_day from core.events where event_id in (select unnest(?::varchar[]))",
        [[row[0] for row in different]],
    )
    return bool(different)


@contextlib.contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All of it or nothing."""
    connection.execute("begin")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


def states(connection, files: list[SourceFile]) -> dict[str, str]:
    """new, changed or known for each file, by its checksum when it was last read; one that went and returned is new."""
    rows = connection.execute("""
        select file_name, max_by(md5, run_id) from raw.files
        where dataset in ('chronology', 'articles') and (rows_read = 0 or file_name in (
            select file_name from raw.sightings union select file_name from raw.rejects where dataset in ('chronology', 'articles')
        ))
        group by file_name
    """).fetchall()
    last = dict(rows)
    return {
        file.name: "new" if file.name not in last else ("known" if last[file.name] == file.md5() else "changed") for file in files
    }


def forget_missing(connection, files: list[SourceFile], unread: Sequence[str] = ()) -> int:
    """A shipped or inbox file that is gone takes its rows with it; one that cannot be read, or below what cannot be, does not."""
    names = [file.name for file in files]
    gone = f"dataset in ('chronology', 'articles') and file_name not in (select unnest(?::varchar[])) and not {_IS_BELOW}"
    rows = connection.execute(f"delete from raw.sightings where {gone}", [names, list(unread)]).fetchone()
    connection.execute(f"delete from raw.rejects where {gone}", [names, list(unread)])
    return rows[0]


def forget_all(connection, unread: Sequence[str] = ()) -> None:
    """Curated files are all here and are read again; machine-coded files, and what cannot be read, may be gone, so their rows stay."""
    for table in ("raw.sightings", "raw.rejects"):
        connection.execute(f"delete from {table} where dataset in ('chronology', 'articles') and not {_IS_BELOW}", [list(unread)])
    connection.execute("""
        delete from raw.reports
        where dataset in ('chronology', 'articles') and report_id not in (select report_id from raw.sightings)
    """)


_IS_BELOW = (
    "list_bool_or(list_transform(?::varchar[], lambda place: file_name = place or starts_with(file_name, place || '/'))) is true"
)
"""That a file is one of these places, or lies below one."""
