"""Loads files of machine-coded datasets in bulk: batches of clean text through DuckDB, rows of configured pairs kept, all rows counted.

Files stay where they are: they are read once, known again by their checksum, and never copied.

A further dataset needs four things and no change of the code below:

* a layout of its columns, `LAYOUT` in a module of dashboard/sources/, which is named in `LAYOUTS` here;
* a SELECT in queries/sources/<dataset>.sql (`-` becomes `_`), which judges the view `incoming_events`: the layout's columns as text, and
  `line`. It gives the columns of raw.reports without file_name and row_number, and `line` and `refusal` (NULL for a good row);
* a line in seeds/datasets.csv, with the level, half-life and score table of the dataset;
* a test that holds it against a plain reading of its files, as tests/test_sources_gdelt.py does.
"""

import hashlib
import re
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import duckdb

from dashboard.exits import Exit, Stop
from dashboard.loading import FileResult, transaction
from dashboard.queries import Query, read
from dashboard.runner import Runner
from dashboard.sources import gdelt, gdelt_mentions, icews, phoenix, polecat
from dashboard.sources.gdelt_files import Gap, Plan
from dashboard.sources.tables import EVENT_SUFFIXES, Bad, Layout, Piece, mended, pieces
from dashboard.sources.unpacking import FileRefused

T = TypeVar("T")
LAYOUTS: dict[str, Layout] = {module.LAYOUT.dataset: module.LAYOUT for module in (gdelt, gdelt_mentions, icews, phoenix, polecat)}
BATCH = 16 << 20
"""Bytes of clean text that go through the database at once; bounds the memory of a load."""


@dataclass(frozen=True)
class Target:
    """Where rows of a dataset go, the condition on `judged` under which a row is kept, and what notes the days that `fresh` rows touch."""

    table: str
    is_kept: str
    touched: str


REPORTS = Target(
    "raw.reports",
    """exists (
        select 1 from staging.dyad_keys
        where judged.source_country = dyad_keys.source_country and judged.target_country = dyad_keys.target_country
    )""",
    "insert into raw.changes select distinct dataset, event_day from fresh",
)
READ_NUMBERS = """
    select min(first_id) as first_id, max(last_id) as last_id
    from raw.universe where dataset = 'gdelt'
    group by md5 having max(last_id) - min(first_id) + 1 = sum(n_rows)
"""
"""Runs of event numbers that were read whole; in an export of GDELT the numbers follow each other without a hole."""
IS_OPEN = f"""
    (source_event_id in (select source_event_id from raw.reports where dataset = 'gdelt')
    or not exists (select 1 from ({READ_NUMBERS}) as numbers where try_cast(source_event_id as bigint) between first_id and last_id))
"""
"""Whether a mention is of an event that is kept, or of one whose export has not been read yet."""
MENTIONS = Target(
    "raw.mentions",
    IS_OPEN,
    """
    insert into raw.changes select distinct dataset, event_day
    from raw.reports where dataset = 'gdelt' and source_event_id in (select source_event_id from fresh)
    """,
)


@dataclass
class FileLoad:
    """One file while it is read, and then what became of it."""

    path: Path
    md5: str
    rows_read: int = 0
    rows_accepted: int = 0
    rows_known: int = 0
    rows_rejected: int = 0
    refusal: str | None = None
    is_known: bool = False
    bad: list[Bad] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.path.name

    def result(self, dataset: str) -> FileResult:
        counts = (self.rows_read, self.rows_accepted, self.rows_known, self.rows_rejected)
        return FileResult(dataset, self.name, *counts, self.refusal)


@dataclass(frozen=True)
class Segment:
    """Where a run of a file's lines begins in a batch."""

    batch_line: int
    file: FileLoad
    file_line: int


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
        self.judge = judge_of(queries, dataset).sql
        self.target = MENTIONS if dataset == gdelt_mentions.LAYOUT.dataset else REPORTS
        self.dataset = dataset
        self.run_id = run_id

    def load(self, paths: list[Path]) -> list[FileResult]:
        """Read what is not known yet; rows_read = rows_accepted + rows_known + rows_rejected for each file."""
        files = [FileLoad(path, md5_of(path)) for path in paths]
        known = self._known()
        first_of: dict[str, FileLoad] = {}
        for file in files:
            file.is_known = file.md5 in known or file.md5 in first_of
            first_of.setdefault(file.md5, file)
        fresh = [file for file in files if not file.is_known]
        self.connection.execute(
            "insert into raw.scopes select ?, dyad from staging.dyads", [self.run_id] if fresh else ["nothing new"]
        )
        for file in fresh:
            for table in ("raw.universe", "raw.rejects"):
                key = "md5" if table == "raw.universe" else "file_name"
                self.connection.execute(
                    f"delete from {table} where dataset = ? and {key} = ?", [self.dataset, getattr(file, key, file.name)]
                )
        with tempfile.TemporaryDirectory(prefix="bilateral-") as folder:
            for batch in ahead(self._batches(fresh)):
                self._load_batch(batch, Path(folder) / "batch.tsv")
        self.connection.execute("""
            create or replace temp table summed as
            select dataset, file_name, md5, day, added_day, sum(n_rows)::bigint, sum(n_articles)::bigint, min(first_id), max(last_id)
            from raw.universe group by all
        """)
        self.connection.execute("delete from raw.universe; insert into raw.universe select * from summed")
        self.connection.execute(f"delete from raw.mentions where not {IS_OPEN}")
        self.connection.execute(
            "insert into raw.changes select distinct dataset, added_day from raw.universe where md5 in (select unnest(?::varchar[]))",
            [[file.md5 for file in fresh]],
        )
        for file in fresh:
            self._record(file)
        for file in files:
            if file.is_known:
                self._recall(file, known.get(file.md5) or _counts(first_of[file.md5]))
        self.connection.execute("delete from raw.scopes where run_id = 'nothing new'")
        return [file.result(self.dataset) for file in files]

    def _known(self) -> dict[str, tuple]:
        """Counts of files that were read, by checksum, when every pair of today was configured already."""
        rows = self.connection.execute(
            """
            select files.md5, max(rows_read), max(rows_rejected), max(refusal), max(loaded_at)
            from raw.files
            where dataset = ? and not exists (
                select 1 from staging.dyads
                where dyad not in (select scopes.dyad from raw.scopes where scopes.run_id = files.run_id)
            )
            group by files.md5
            """,
            [self.dataset],
        ).fetchall()
        return {md5: (read_rows, rejected, refusal) for md5, read_rows, rejected, refusal, _ in rows}

    def _recall(self, file: FileLoad, counts: tuple) -> None:
        """An equal file under another name: everything is as if the first name in the alphabet had been read."""
        file.rows_read, file.rows_rejected, file.refusal = counts
        file.rows_known = file.rows_read - file.rows_rejected
        previous = self.connection.execute(
            "select min(file_name) from raw.universe where dataset = ? and md5 = ?", [self.dataset, file.md5]
        ).fetchone()
        if previous and previous[0] and file.name < previous[0]:
            for table in ("raw.universe", self.target.table, "raw.rejects"):
                key = "md5 = ?" if table == "raw.universe" else "file_name = ?"
                value = file.md5 if table == "raw.universe" else previous[0]
                self.connection.execute(
                    f"update {table} set file_name = ? where dataset = ? and {key}", [file.name, self.dataset, value]
                )

    def _batches(self, files: list[FileLoad]) -> Iterator[list[tuple[FileLoad, Piece]]]:
        """Pieces of equal columns, up to the size of a batch."""
        waiting: dict[tuple[str, ...], list[tuple[FileLoad, Piece]]] = {}
        for file in files:
            try:
                for item in pieces(file.path, self.layout):
                    if isinstance(item, Bad):
                        file.bad.append(item)
                        continue
                    batch = waiting.setdefault(item.names, [])
                    batch.append((file, item))
                    if sum(len(piece.content) for _, piece in batch) >= BATCH:
                        yield waiting.pop(item.names)
            except FileRefused as refusal:
                file.refusal = str(refusal)
                file.bad = []
                waiting = {names: [entry for entry in batch if entry[0] is not file] for names, batch in waiting.items()}
        yield from (batch for batch in waiting.values() if batch)

    def _load_batch(self, batch: list[tuple[FileLoad, Piece]], path: Path) -> None:
        try:
            self._take(batch, path)
        except duckdb.InvalidInputException:  # counts that cancelled out: find the lines that are no rows
            repaired = []
            for file, piece in batch:
                for item in mended(piece, self.layout):
                    if isinstance(item, Bad):
                        file.bad.append(item)
                    else:
                        repaired.append((file, item))
            self._take(repaired, path)

    def _take(self, batch: list[tuple[FileLoad, Piece]], path: Path) -> None:
        if not batch:
            return
        segments, line = [], 1
        with path.open("wb") as sink:
            for file, piece in batch:
                sink.write(piece.content)
                segments.append(Segment(line, file, piece.first_line))
                line += piece.n_lines
        self._judge(batch[0][1].names, segments, path)
        self._keep(segments, path)

    def _judge(self, names: tuple[str, ...], segments: list[Segment], path: Path) -> None:
        """The stage of reading: `judged` holds the rows to keep or to refuse, `counted` all of them by file and day.

        The judge is asked twice, because DuckDB works out only the columns that are asked for: a verdict on every row, everything of a few.
        """
        execute = self.connection.execute
        execute(f"create or replace temp table incoming as {self._incoming(names, path)}")
        execute("create or replace temp view incoming_events as select * from incoming")
        self._place(segments)
        execute(f"""
            create or replace temp table verdicts as
            select
                line, event_day as day, added_at::date as added_day, n_articles, try_cast(source_event_id as bigint) as id,
                refusal is not null as is_refused, {self.target.is_kept} as is_kept
            from ({self.judge}) as judged
        """)
        execute(f"""
            create or replace temp table counted as
            select segments.md5, day, added_day, is_refused, {self._n_rows()} as n_rows,
                sum(greatest(n_articles, 1))::bigint as n_articles, min(id) as first_id, max(id) as last_id
            from verdicts asof join segments on verdicts.line >= segments.batch_line
            group by all
        """)
        execute("""
            create or replace temp view incoming_events as
            select * from incoming where line in (select line from verdicts where is_refused or is_kept)
        """)
        execute(f"""
            create or replace temp table judged as
            select judged.* from ({self.judge}) as judged where judged.refusal is not null or {self.target.is_kept}
        """)

    def _n_rows(self) -> str:
        return "count(distinct line)" if self.layout.has_many_parties else "count(*)"

    def _incoming(self, names: tuple[str, ...], path: Path) -> str:
        """The columns that the judge names, and the line of each row."""
        used = [name for name in self.layout.columns if re.search(rf"\b{name}\b", self.judge)]
        columns = ", ".join(f"'{name}': 'varchar'" for name in names)
        chosen = ", ".join(name if name in names else f"null::varchar as {name}" for name in used)
        return f"""
            select row_number() over () as line, {chosen}
            from read_csv('{path}', columns = {{{columns}}}, delim = '\t', quote = '', escape = '', header = false,
                auto_detect = false, new_line = '\\n', null_padding = false, max_line_size = 8000000)
        """

    def _place(self, segments: list[Segment]) -> None:
        rows = [[s.batch_line for s in segments], [s.file.md5 for s in segments]]
        rows += [[s.file.name for s in segments], [s.file_line - s.batch_line for s in segments]]
        self.connection.execute(
            """
            create or replace temp table segments as
            select unnest(?::bigint[]) as batch_line, unnest(?::varchar[]) as md5, unnest(?::varchar[]) as file_name,
                unnest(?::bigint[]) as shift
            """,
            rows,
        )

    def _keep(self, segments: list[Segment], path: Path) -> None:
        execute = self.connection.execute
        execute("""
            create or replace temp table placed as
            select judged.* exclude (line), judged.line, segments.file_name, segments.md5, judged.line + segments.shift as row_number
            from judged asof join segments on judged.line >= segments.batch_line
        """)
        table = self.target.table
        names = [row[0] for row in execute(f"describe {table}").fetchall()]
        execute(f"""
            create or replace temp table fresh as
            select * from placed
            where refusal is null and report_id not in (select report_id from {table})
            qualify row_number() over (partition by report_id order by file_name, row_number) = 1
        """)
        execute(self.target.touched)
        execute(f"""
            update {table} as kept set file_name = earlier.file_name, row_number = earlier.row_number
            from (
                select report_id, min(file_name) as file_name, min_by(row_number, (file_name, row_number)) as row_number
                from placed where refusal is null group by report_id
            ) as earlier
            where kept.report_id = earlier.report_id
                and (earlier.file_name, earlier.row_number) < (kept.file_name, kept.row_number)
        """)
        execute(f"insert into {table} select {', '.join(names)} from fresh")
        self._count(segments, path)

    def _count(self, segments: list[Segment], path: Path) -> None:
        execute = self.connection.execute
        by_md5 = {segment.file.md5: segment.file for segment in segments}
        execute(
            """
            insert into raw.universe
            select ?, names.file_name, counted.md5, day, added_day, n_rows, n_articles, first_id, last_id
            from counted inner join (select distinct md5, file_name from segments) as names on counted.md5 = names.md5
            where not is_refused
            """,
            [self.dataset],
        )
        for md5, n_rows in execute("select md5, sum(n_rows)::bigint from counted where not is_refused group by 1").fetchall():
            by_md5[md5].rows_read += n_rows
        for md5, n_known in execute("""
            select md5, count(distinct line) from placed
            where refusal is null and line not in (select line from fresh)
            group by md5
        """).fetchall():
            by_md5[md5].rows_known += n_known
        refused = execute("select line, md5, row_number, refusal from placed where refusal is not null order by line").fetchall()
        if refused:
            self._note_refused(refused, by_md5, path)

    def _note_refused(self, refused: list[tuple], by_md5: dict[str, FileLoad], path: Path) -> None:
        wanted = {line: (by_md5[md5], row_number, reason) for line, md5, row_number, reason in refused}
        with path.open(encoding="utf-8", newline="\n") as lines:
            for number, raw in enumerate(lines, start=1):
                if number in wanted:
                    file, row_number, reason = wanted[number]
                    file.bad.append(Bad(row_number, raw.rstrip("\n"), reason))

    def _record(self, file: FileLoad) -> None:
        """A refused file leaves its reason; another its counts and its bad lines."""
        file.rows_rejected = len(file.bad)
        file.rows_read += file.rows_rejected
        file.rows_accepted = file.rows_read - file.rows_known - file.rows_rejected
        if file.bad:
            rows = [[bad.line for bad in file.bad], [bad.reason for bad in file.bad], [bad.raw for bad in file.bad]]
            self.connection.execute(
                """
                insert into raw.rejects
                select ?, ?, unnest(?::bigint[]) as row_number, unnest(?::varchar[]), unnest(?::varchar[]), ? order by row_number
                """,
                [self.dataset, file.name, *rows, self.run_id],
            )
        loaded_at = datetime.now(UTC).replace(tzinfo=None)
        row = [
            self.dataset,
            file.name,
            file.path.stat().st_size,
            file.md5,
            file.rows_read,
            file.rows_accepted,
            file.rows_known,
            file.rows_rejected,
            file.refusal,
            loaded_at,
            self.run_id,
        ]
        self.connection.execute("insert into raw.files values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def ahead(items: Iterator[T]) -> Iterator[T]:
    """The same items, the next one being made in a thread while the caller works on this one: unpacking beside the database."""
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = thread.submit(next, items, None)
            yield item


def judge_of(queries: Path, dataset: str) -> Query:
    """The SELECT that types and judges the rows of a dataset."""
    return read(queries / "sources" / f"{dataset.replace('-', '_')}.sql")


def md5_of(path: Path) -> str:
    """Checksum of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _counts(file: FileLoad) -> tuple:
    return file.rows_read, file.rows_rejected, file.refusal


def files_loaded(connection: duckdb.DuckDBPyConnection, dataset: str) -> set[str]:
    """Names of the files that were read when every pair of today was configured already; others are needed again."""
    rows = connection.execute(
        """
        select distinct file_name from raw.files
        where dataset = ? and not exists (
            select 1 from staging.dyads
            where dyad not in (select scopes.dyad from raw.scopes where scopes.run_id = files.run_id)
        )
        """,
        [dataset],
    ).fetchall()
    return {name for (name,) in rows}


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
