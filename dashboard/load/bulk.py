"""Loads files of machine-coded datasets in bulk: batches of clean text through DuckDB, rows of configured pairs kept, all rows counted.

Files stay where they are: they are read once, known again by their checksum, and never copied.

How a further dataset is read: see dashboard/load/readers.py, and CONTRIBUTING.md step by step.
"""

import hashlib
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from bilateral.compute.queries import Query, read
from bilateral.compute.runner import Runner
from bilateral.data_folder import is_full
from bilateral.exits import Exit, Stop
from bilateral.load import extracts, file_names, readings
from bilateral.load.add import IS_OPEN, MENTIONS, REPORTS, Takeover
from bilateral.load.curated_files import FileResult, transaction
from bilateral.load.extracts import Extract
from bilateral.load.judge import Verdicts, fault_of_judge
from bilateral.load.readers import readers
from bilateral.sources import gdelt, gdelt_mentions, wanted
from bilateral.sources.batches import Batch, FileLoad, ahead, batches, fault_of
from bilateral.sources.gdelt_sieve import Sieve
from bilateral.sources.tables import EVENT_SUFFIXES
from bilateral.today import know_today, today_of

Coded = tuple[str, list[Path]] | tuple[str, list[Path], Extract | None]
"""A dataset, files of it, and what they cover where they are extracts."""
GROUP = 256 << 20
"""Bytes of files, as they lie there, whose rows are taken over at once."""


def found_files(paths: Iterable[Path]) -> list[Path]:
    """Files of the given files, folders (with what lies in them) and glob patterns. Raises Stop 69 for one that is not there."""
    chosen: list[Path] = []
    for path in paths:
        matches = [path] if path.exists() else sorted(path.parent.glob(path.name)) if re.search(r"[*?\[]", path.name) else []
        if not matches:
            raise Stop(Exit.UNAVAILABLE, f"{path}: no such file, folder or pattern")
        for match in matches:
            chosen += [file for file in sorted(match.rglob("*")) if _is_event_file(file)] if match.is_dir() else [match]
    if not chosen:
        raise Stop(
            Exit.UNAVAILABLE,
            f"no event file ({', '.join(EVENT_SUFFIXES)}, also with .gz or .zip) in {', '.join(map(str, paths))}",
        )
    return list(dict.fromkeys(chosen))


def _is_event_file(path: Path) -> bool:
    names = [suffix.lower() for suffix in path.suffixes]
    packed = names[-1:] in ([".gz"], [".zip"])
    return path.is_file() and (packed or (names[-1:] != [] and names[-1] in EVENT_SUFFIXES))


def load(
    connection,
    runner: Runner,
    run_id: str,
    dataset: str,
    paths: list[Path],
    extract: Extract | None = None,
    *,
    reading: "Reading | None" = None,
) -> tuple[FileResult, ...]:
    """Bring files of a machine-coded dataset into the loader's tables, for good, and say what became of each.

    `extract` says what the files cover where they are extracts. A fault nobody thought of refuses the file that it is of, and no other.
    `reading` reads the files elsewhere.
    """
    try:
        with transaction(connection):
            loader = _loader(connection, runner, run_id, dataset, extract)
            loader.reading = reading or loader.reading
        refusal = loader.fault_of_reader()  # between transactions, which an error in a SELECT would end
        with transaction(connection):
            return tuple(loader.load(paths, refusal))
    except (Stop, OSError, MemoryError, duckdb.IOException):
        raise
    except Exception as fault:
        if is_full(fault):
            raise
        if len(paths) > 1:
            return tuple(result for path in paths for result in load(connection, runner, run_id, dataset, [path], extract))
        with transaction(connection):
            return tuple(_loader(connection, runner, run_id, dataset, extract).load(paths, fault_of(fault)))


def _loader(connection, runner: Runner, run_id: str, dataset: str, extract: Extract | None) -> "Loader":
    connection.execute("reset disabled_optimizers")
    judge = judge_of(runner.folder, dataset)
    runner.build(["staging.datasets", "staging.dyads", "staging.dyad_keys", *(name for name in judge.inputs if "." in name)])
    is_told = connection.execute("select count(*) from staging.datasets where dataset = ?", [dataset]).fetchone() != (0,)
    if not is_told and dataset != gdelt_mentions.LAYOUT.dataset:  # mentions are no events, and belong to gdelt
        raise Stop(
            Exit.CONFIGURATION,
            f"{dataset} has no line in seeds/datasets.csv, which says how its events are counted; nothing was loaded",
        )
    return Loader(connection, runner.folder, dataset, run_id, extract)


class Loader:
    """Loads files of one dataset inside the caller's transaction."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, queries: Path, dataset: str, run_id: str, extract: Extract | None = None
    ):
        know_today(connection)
        extracts.tell_judge(connection, extract)
        self.connection = connection
        self.queries = queries
        self.extract = extract
        self.layout = readers()[dataset].layout
        self.target = MENTIONS if dataset == gdelt_mentions.LAYOUT.dataset else REPORTS
        self.verdicts = Verdicts(connection, self.layout, judge_of(queries, dataset).sql, self.target.is_kept)
        self.takeover = Takeover(connection, dataset, self.target, is_extract=extract is not None)
        is_sifted = dataset == gdelt.LAYOUT.dataset and not extract
        self.sieve = Sieve(actors_of_pairs(connection), today_of(connection)) if is_sifted else None
        self.dataset = dataset
        self.run_id = run_id
        self.reading: Reading = Loader.read

    def load(self, paths: list[Path], refusal: str | None = None) -> list[FileResult]:
        """Read what is not known yet; rows_read = rows_accepted + rows_known + rows_rejected for each file. With `refusal` none is read."""
        files = [FileLoad(path, md5_of(path), refusal=refusal) for path in paths]
        file_names.name(self.connection, self.dataset, files)
        file_names.keep_first(self.connection, self.dataset, self.target.table, files)
        known = readings.known(self.connection, self.dataset, files)
        if self.extract:
            said = extracts.said_of(self.connection, self.dataset, self.extract)
            known = {md5: counts for md5, counts in known.items() if md5 in said}
        first_of: dict[str, FileLoad] = {}
        for file in files:
            file.is_known = file.md5 in known or file.md5 in first_of
            first_of.setdefault(file.md5, file)
        fresh = [file for file in files if not file.is_known]
        if fresh:
            self.connection.execute(
                "insert into raw.scopes select ?1, dyad from staging.dyads where ?1 not in (select run_id from raw.scopes)",
                [self.run_id],
            )
        with tempfile.TemporaryDirectory(prefix="bilateral-") as folder:
            for group in groups(fresh):
                self._load_group(group, Path(folder))
        if fresh and self.dataset == gdelt.LAYOUT.dataset:
            self._settle_mentions(fresh)
        extracts.note(self.connection, self.dataset, [file.md5 for file in fresh if not file.refusal], self.extract, self.run_id)
        for file in files:
            if file.is_known:
                first = first_of[file.md5]
                file.rows_read, file.rows_rejected = known.get(file.md5) or (first.rows_read, first.rows_rejected)
                file.refusal = None if file.md5 in known else first.refusal
                file.rows_known = file.rows_read - file.rows_rejected
        return [self._result(file) for file in files]

    def fault_of_reader(self) -> str | None:
        """What is wrong with the reader where another distribution brings it; its makers can mend that, and not the project."""
        return fault_of_judge(self.connection, self.layout, self.verdicts.judge) if readers()[self.dataset].judge else None

    def _result(self, file: FileLoad) -> FileResult:
        counts = (file.rows_read, file.rows_accepted, file.rows_known, file.rows_rejected)
        return FileResult(self.dataset, file.name, *counts, file.refusal, file.note)

    def _settle_mentions(self, files: list[FileLoad]) -> None:
        """Mentions that waited for events of these files go where those turn out to be of no configured pair."""
        execute = self.connection.execute
        execute(
            """
            create or replace temp table met as
            select distinct source_event_id
            from raw.mentions inner join (
                select min(first_id) as first_id, max(last_id) as last_id
                from raw.universe where md5 in (select unnest(?::varchar[]))
            ) as numbers on try_cast(source_event_id as bigint) between first_id and last_id
            """,
            [[file.md5 for file in files]],
        )
        if execute("select count(*) from met").fetchone() != (0,):
            execute(f"delete from raw.mentions where source_event_id in (select source_event_id from met) and not {IS_OPEN}")

    def _load_group(self, files: list[FileLoad], folder: Path) -> None:
        """Read files beside the tables, then take over those that turned out to be whole."""
        self.takeover.begin()
        self.reading(self, files, folder)
        self.takeover.finish([file for file in files if file.refusal is None])
        self._record(files)

    def read(self, files: list[FileLoad], folder: Path) -> None:
        """Put the judged rows of files beside the tables; what is wrong with a file is noted in it."""
        for batch in ahead(batches(files, self.layout, folder, self.sieve)):
            self._load_batch(batch)
            for segment in batch.segments:
                segment.file.n_judged += segment.n_lines
            for file in {segment.file.md5: segment.file for segment in batch.segments}.values():
                file.doubt(file.n_refused, file.n_judged, self.dataset)
        for file in files:
            file.settle(self.layout.code_name)

    def _load_batch(self, batch: Batch) -> None:
        self.verdicts.reach(batch)
        self.takeover.put_beside(batch)
        batch.remove()

    def _record(self, files: list[FileLoad]) -> None:
        """A refused file leaves its reason; another its counts and its bad lines."""
        for file in files:
            file.bad = [] if file.refusal else sorted(file.bad, key=lambda bad: bad.line)
            file.rows_rejected = len(file.bad)
            file.rows_read += file.rows_rejected
            file.rows_accepted = file.rows_read - file.rows_known - file.rows_rejected
        self.connection.execute(
            "delete from raw.rejects where dataset = ? and file_name in (select unnest(?::varchar[]))",
            [self.dataset, [file.kept_as for file in files]],
        )
        bad = [(file.kept_as, bad.line, bad.reason, bad.raw) for file in files for bad in file.bad]
        self.connection.execute(
            """
            insert into raw.rejects
            select ?, unnest(?::varchar[]), unnest(?::bigint[]), unnest(?::varchar[]), unnest(?::varchar[]), ?
            """,
            [self.dataset, *([row[place] for row in bad] for place in range(4)), self.run_id],
        )
        columns = {
            "file_name": "varchar", "bytes": "bigint", "md5": "varchar", "rows_read": "bigint", "rows_accepted": "bigint",
            "rows_known": "bigint", "rows_rejected": "bigint", "refusal": "varchar", "place": "varchar", "note": "varchar",
        }  # fmt: skip
        values = [
            (
                file.name, file.size, file.md5, file.rows_read, file.rows_accepted, file.rows_known,
                file.rows_rejected, file.refusal, file.place, file.note,
            )
            for file in files
        ]  # fmt: skip
        self.connection.execute(
            f"""
            insert into raw.files (dataset, loaded_at, run_id, {", ".join(columns)})
            select ?, ?, ?, {", ".join(f"unnest(?::{kind}[])" for kind in columns.values())}
            """,
            [self.dataset, datetime.now(UTC).replace(tzinfo=None), self.run_id, *map(list, zip(*values, strict=True))],
        )


Reading = Callable[[Loader, list[FileLoad], Path], None]
"""Puts the judged rows of files beside the tables, as `Loader.read`."""


def groups(files: list[FileLoad]) -> Iterator[list[FileLoad]]:
    """Files in their order, about GROUP bytes at once."""
    group: list[FileLoad] = []
    size = 0
    for file in files:
        group.append(file)
        size += file.size
        if size >= GROUP:
            yield group
            group, size = [], 0
    if group:
        yield group


def judge_of(queries: Path, dataset: str) -> Query:
    """The SELECT that types and judges the rows of a dataset."""
    return read(readers()[dataset].judge or queries / "sources" / f"{dataset.replace('-', '_')}.sql")


def md5_of(path: Path) -> str:
    """Checksum of a file; of the place of one that cannot be read."""
    try:
        return wanted.md5_of(path)
    except OSError:
        return hashlib.md5(f"unreadable {path}".encode(), usedforsecurity=False).hexdigest()


def actors_of_pairs(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Actor codes of GDELT, who acts and on whom, of the configured pairs."""
    return connection.execute("""
        select sources.name, targets.name
        from staging.dyad_keys
        inner join staging.country_names as sources on dyad_keys.source_country = sources.country
        inner join staging.country_names as targets on dyad_keys.target_country = targets.country
        where sources.scheme = 'cameo' and targets.scheme = 'cameo'
    """).fetchall()
