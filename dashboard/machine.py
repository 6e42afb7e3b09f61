"""Loads files of machine-coded datasets in bulk: batches of clean text through DuckDB, rows of configured pairs kept, all rows counted.

Files stay where they are: they are read once, known again by their checksum, and never copied.

A further dataset needs four things and no change of the code below:

* a layout of its columns, `LAYOUT` in a module of dashboard/sources/, which is named in `LAYOUTS` here;
* a SELECT in queries/sources/<dataset>.sql (`-` becomes `_`), which judges `incoming_events`: the layout's columns as text, and
  `line`. It gives the columns of raw.reports without file_name and row_number, and `line` and `refusal` (NULL for a good row);
* a line in seeds/datasets.csv, with the level, half-life and score table of the dataset;
* a test that holds it against a plain reading of its files, as tests/test_sources_gdelt.py does.
"""

import hashlib
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import duckdb

from dashboard.exits import Exit, Stop
from dashboard.loading import FileResult, transaction
from dashboard.queries import Query, read
from dashboard.runner import Runner
from dashboard.sources import gdelt, gdelt_mentions, icews, phoenix, polecat
from dashboard.sources.batches import Batch, FileLoad, ahead, batches, mended
from dashboard.sources.gdelt_files import Gap, Plan
from dashboard.sources.gdelt_sieve import Sieve
from dashboard.sources.tables import EVENT_SUFFIXES, Layout
from dashboard.takeover import IS_OPEN, MENTIONS, REPORTS, Takeover
from dashboard.verdicts import Verdicts

LAYOUTS: dict[str, Layout] = {module.LAYOUT.dataset: module.LAYOUT for module in (gdelt, gdelt_mentions, icews, phoenix, polecat)}
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


def load(connection, runner: Runner, run_id: str, dataset: str, paths: list[Path]) -> tuple[FileResult, ...]:
    """Bring files of a machine-coded dataset into the loader's tables, for good, and say what became of each."""
    with transaction(connection):
        judge = judge_of(runner.folder, dataset)
        runner.build(["staging.dyads", "staging.dyad_keys", *(name for name in judge.inputs if "." in name)])
        return tuple(Loader(connection, runner.folder, dataset, run_id).load(paths))


class Loader:
    """Loads files of one dataset inside the caller's transaction."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, queries: Path, dataset: str, run_id: str):
        self.connection = connection
        self.layout = LAYOUTS[dataset]
        self.target = MENTIONS if dataset == gdelt_mentions.LAYOUT.dataset else REPORTS
        self.verdicts = Verdicts(connection, self.layout, judge_of(queries, dataset).sql, self.target.is_kept)
        self.takeover = Takeover(connection, dataset, self.target)
        self.sieve = Sieve(actors_of_pairs(connection)) if dataset == gdelt.LAYOUT.dataset else None
        self.dataset = dataset
        self.run_id = run_id

    def load(self, paths: list[Path]) -> list[FileResult]:
        """Read what is not known yet; rows_read = rows_accepted + rows_known + rows_rejected for each file."""
        files = [FileLoad(path, md5_of(path)) for path in paths]
        self._name(files)
        self._keep_first_names(files)
        known = self._known(files)
        first_of: dict[str, FileLoad] = {}
        for file in files:
            file.is_known = file.md5 in known or file.md5 in first_of
            first_of.setdefault(file.md5, file)
        fresh = [file for file in files if not file.is_known]
        if fresh:
            self.connection.execute("insert into raw.scopes select ?, dyad from staging.dyads", [self.run_id])
        with tempfile.TemporaryDirectory(prefix="bilateral-") as folder:
            for group in groups(fresh):
                self._load_group(group, Path(folder))
        if fresh and self.dataset == gdelt.LAYOUT.dataset:
            self._settle_mentions(fresh)
        for file in files:
            if file.is_known:
                file.rows_read, file.rows_rejected, file.refusal = known.get(file.md5) or _counts(first_of[file.md5])
                file.rows_known = file.rows_read - file.rows_rejected
        return [self._result(file) for file in files]

    def _result(self, file: FileLoad) -> FileResult:
        counts = (file.rows_read, file.rows_accepted, file.rows_known, file.rows_rejected)
        return FileResult(self.dataset, file.name, *counts, file.refusal)

    def _name(self, files: list[FileLoad]) -> None:
        """A file keeps the name that its place has on record; another gets the shortest end of its path that no other file has."""
        named = dict(
            self.connection.execute(
                """
                select place, max_by(file_name, loaded_at) from raw.files
                where dataset = ? and place in (select unnest(?::varchar[])) group by place
                """,
                [self.dataset, [file.place for file in files]],
            ).fetchall()
        )
        for file in files:
            file.name = named.get(file.place, "")
        waiting, n_parts = [file for file in files if not file.name], 0
        while waiting:
            n_parts += 1
            for file in waiting:
                file.name = "/".join(file.path.absolute().parts[-n_parts:])
            owners = self._owners([file.name for file in waiting])
            for file in waiting:
                owners[file.name].add((file.place, file.md5))
            waiting = [
                file
                for file in waiting
                if n_parts < len(file.path.absolute().parts)
                and any(place != file.place and md5 != file.md5 for place, md5 in owners[file.name])
            ]

    def _keep_first_names(self, files: list[FileLoad]) -> None:
        """Equal files are kept under the first of their names in the alphabet, in whatever order they come."""
        rows = self.connection.execute(
            "select md5, min(file_name) from raw.universe where dataset = ? and md5 in (select unnest(?::varchar[])) group by md5",
            [self.dataset, [file.md5 for file in files]],
        ).fetchall()
        on_record = dict(rows)
        first = dict(rows)
        for file in files:
            first[file.md5] = min(file.name, first.get(file.md5, file.name))
        for file in files:
            file.kept_as = first[file.md5]
        for md5, former in on_record.items():
            if first[md5] != former:
                for table in ("raw.universe", self.target.table, "raw.rejects"):
                    self.connection.execute(
                        f"update {table} set file_name = ? where dataset = ? and file_name = ?",
                        [first[md5], self.dataset, former],
                    )

    def _owners(self, names: list[str]) -> defaultdict[str, set[tuple[str, str]]]:
        """Place and checksum of the files on record under these names."""
        rows = self.connection.execute(
            """
            select file_name, place, md5 from raw.files
            where dataset = ? and file_name in (select unnest(?::varchar[])) and place is not null
            """,
            [self.dataset, names],
        ).fetchall()
        owners: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for name, place, md5 in rows:
            owners[name].add((place, md5))
        return owners

    def _known(self, files: list[FileLoad]) -> dict[str, tuple]:
        """Counts of files that were read, by checksum, when every pair of today was configured already."""
        rows = self.connection.execute(
            """
            select md5, run_id, rows_read, rows_rejected, refusal from raw.files
            where dataset = ? and md5 in (select unnest(?::varchar[]))
            """,
            [self.dataset, [file.md5 for file in files]],
        ).fetchall()
        whole = runs_for_all_pairs(self.connection, {run_id for _, run_id, *_ in rows})
        return {md5: tuple(counts) for md5, run_id, *counts in rows if run_id in whole}

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
        for batch in ahead(batches(files, self.layout, folder, self.sieve)):
            self._load_batch(batch)
            for segment in batch.segments:
                segment.file.n_judged += segment.n_lines
            for file in {segment.file.md5: segment.file for segment in batch.segments}.values():
                file.doubt(file.n_refused, file.n_judged, self.dataset)
        self.takeover.finish([file for file in files if file.refusal is None])
        self._record(files)

    def _load_batch(self, batch: Batch) -> None:
        try:
            self.verdicts.reach(batch)
        except duckdb.InvalidInputException:
            if batch.is_sifted:
                raise  # its lines were looked at one by one: it is none of them
            better = mended(batch, self.layout)
            batch.remove()
            if not better.segments:
                return
            batch = better
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
            "rows_known": "bigint", "rows_rejected": "bigint", "refusal": "varchar", "place": "varchar",
        }  # fmt: skip
        values = [
            (
                file.name, file.path.stat().st_size, file.md5, file.rows_read, file.rows_accepted, file.rows_known,
                file.rows_rejected, file.refusal, file.place,
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


def groups(files: list[FileLoad]) -> Iterator[list[FileLoad]]:
    """Files in their order, about GROUP bytes at once."""
    group: list[FileLoad] = []
    size = 0
    for file in files:
        group.append(file)
        size += file.path.stat().st_size
        if size >= GROUP:
            yield group
            group, size = [], 0
    if group:
        yield group


def judge_of(queries: Path, dataset: str) -> Query:
    """The SELECT that types and judges the rows of a dataset."""
    return read(queries / "sources" / f"{dataset.replace('-', '_')}.sql")


def md5_of(path: Path) -> str:
    """Checksum of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def actors_of_pairs(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Actor codes of GDELT, who acts and on whom, of the configured pairs."""
    return connection.execute("""
        select sources.name, targets.name
        from staging.dyad_keys
        inner join staging.country_names as sources on dyad_keys.source_country = sources.country
        inner join staging.country_names as targets on dyad_keys.target_country = targets.country
        where sources.scheme = 'cameo' and targets.scheme = 'cameo'
    """).fetchall()


def _counts(file: FileLoad) -> tuple:
    return file.rows_read, file.rows_rejected, file.refusal


def files_loaded(connection: duckdb.DuckDBPyConnection, dataset: str) -> set[str]:
    """Names of the files that were read when every pair of today was configured already; others are needed again."""
    rows = connection.execute("select distinct file_name, run_id from raw.files where dataset = ?", [dataset]).fetchall()
    whole = runs_for_all_pairs(connection, {run_id for _, run_id in rows})
    return {PurePosixPath(name).name for name, run_id in rows if run_id in whole}


def runs_for_all_pairs(connection: duckdb.DuckDBPyConnection, run_ids: set[str]) -> set[str]:
    """Those of the runs that read files when every pair of today was configured already."""
    if not run_ids:
        return set()
    rows = connection.execute(
        """
        select scopes.run_id
        from raw.scopes inner join staging.dyads on scopes.dyad = dyads.dyad
        where scopes.run_id in (select unnest(?::varchar[]))
        group by scopes.run_id having count(distinct scopes.dyad) = (select count(*) from staging.dyads)
        """,
        [list(run_ids)],
    ).fetchall()
    return {run_id for (run_id,) in rows}


def note_gaps(connection: duckdb.DuckDBPyConnection, plan: Plan, gaps: Iterable[Gap], run_id: str) -> bool:
    """Keep what is lacking in the days of a plan in the place of what was lacking before; returns whether that changed anything."""
    where = "feed = ? and day between ? and ?"
    span = [plan.feed.name, plan.since, plan.until]
    before = set(connection.execute(f"select slot, reason from raw.gaps where {where}", span).fetchall())
    found = {(gap.slot, gap.reason) for gap in gaps}
    if found == before:
        return False
    connection.execute(f"delete from raw.gaps where {where}", span)
    rows = [[slot for slot, _ in found], [reason for _, reason in found]]
    connection.execute(
        """
        insert into raw.gaps
        select ?, ?, slot, slot::date, reason, ?
        from (select unnest(?::timestamp[]) as slot, unnest(?::varchar[]) as reason) as found
        """,
        [plan.feed.dataset, plan.feed.name, run_id, *rows],
    )
    return True
