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
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
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
GROUP = 256 << 20
"""Bytes of files, as they lie there, whose rows are taken over at once."""
MOST_BAD = 10_000
"""Refused rows of a file, above: one that has more of them than good ones is refused whole."""


@dataclass(frozen=True)
class Target:
    """Where rows of a dataset go, the condition on `judged` under which a row is kept, and what notes the days that `fresh` rows touch."""

    table: str
    is_kept: str
    touched: str
    day: str | None = None
    """The column with a day that equal rows share, so that known ones are looked for among rows of those days alone."""


REPORTS = Target(
    "raw.reports",
    """exists (
        select 1 from staging.dyad_keys
        where judged.source_country = dyad_keys.source_country and judged.target_country = dyad_keys.target_country
    )""",
    "insert into raw.changes select distinct dataset, event_day from fresh",
    "event_day",
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
    name: str = ""
    """The end of its path, as long as it must be to tell it from every other file of the dataset."""
    place: str = field(init=False)
    """Checksum of the path: a file that is mended where it lies takes its own place and never that of another of its name."""
    kept_as: str = ""
    """Its name in the tables: that of an equal file which comes first in the alphabet."""
    n_lines: int = 0
    """Lines unpacked so far, and how many of them are broken; counted ahead of the judged ones."""
    n_broken: int = 0
    n_judged: int = 0
    """Rows judged so far, and how many of them were refused."""
    n_refused: int = 0
    rows_read: int = 0
    rows_accepted: int = 0
    rows_known: int = 0
    rows_rejected: int = 0
    refusal: str | None = None
    is_known: bool = False
    bad: list[Bad] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.place = hashlib.md5(str(self.path.resolve()).encode(), usedforsecurity=False).hexdigest()

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
                self._load_group(group, Path(folder) / "batch.tsv")
        if fresh and self.dataset == gdelt.LAYOUT.dataset:
            self._settle_mentions(fresh)
        for file in files:
            if file.is_known:
                file.rows_read, file.rows_rejected, file.refusal = known.get(file.md5) or _counts(first_of[file.md5])
                file.rows_known = file.rows_read - file.rows_rejected
        return [file.result(self.dataset) for file in files]

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

    def _load_group(self, files: list[FileLoad], path: Path) -> None:
        """Read files beside the tables, then take over those that turned out to be whole."""
        self.connection.execute(f"""
            create or replace temp table staged as select *, null::varchar as md5 from {self.target.table} where false;
            create or replace temp table staged_counts as
            select md5, day, added_day, n_rows, n_articles, first_id, last_id from raw.universe where false
        """)
        for batch in ahead(self._batches(files)):
            self._load_batch(batch, path)
            for file, piece in batch:
                file.n_judged += piece.n_lines
            for file in {file.md5: file for file, _ in batch}.values():
                if is_mostly_bad(file.n_refused, file.n_judged):
                    file.refusal = file.refusal or self._doubt(file, file.n_refused, file.n_judged)
        self._take_over([file for file in files if file.refusal is None])
        self._record(files)

    def _batches(self, files: list[FileLoad]) -> Iterator[list[tuple[FileLoad, Piece]]]:
        """Pieces of equal columns, up to the size of a batch."""
        waiting: dict[tuple[str, ...], list[tuple[FileLoad, Piece]]] = {}
        for file in files:
            try:
                for item in pieces(file.path, self.layout):
                    if file.refusal:
                        break
                    file.n_lines += 1 if isinstance(item, Bad) else item.n_lines
                    if isinstance(item, Bad):
                        file.bad.append(item)
                        file.n_broken += 1
                        if is_mostly_bad(file.n_broken, file.n_lines):
                            raise FileRefused(self._doubt(file, file.n_broken, file.n_lines))
                        continue
                    batch = waiting.setdefault(item.names, [])
                    batch.append((file, item))
                    if sum(len(piece.content) for _, piece in batch) >= BATCH:
                        yield waiting.pop(item.names)
            except FileRefused as refusal:
                file.refusal = str(refusal)
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
        rows += [[s.file.kept_as for s in segments], [s.file_line - s.batch_line for s in segments]]
        self.connection.execute(
            """
            create or replace temp table segments as
            select unnest(?::bigint[]) as batch_line, unnest(?::varchar[]) as md5, unnest(?::varchar[]) as file_name,
                unnest(?::bigint[]) as shift
            """,
            rows,
        )

    def _keep(self, segments: list[Segment], path: Path) -> None:
        """Put the batch beside the tables: no row of a file counts before all of it was read."""
        execute = self.connection.execute
        execute("""
            create or replace temp view placed as
            select judged.*, segments.file_name, segments.md5, judged.line + segments.shift as row_number
            from judged asof join segments on judged.line >= segments.batch_line
        """)
        execute(f"insert into staged select {self._columns()}, md5 from placed where refusal is null")
        execute("insert into staged_counts select * exclude (is_refused) from counted where not is_refused")
        refused = execute("select line, md5, row_number, refusal from placed where refusal is not null order by line").fetchall()
        if refused:
            self._note_refused(refused, {segment.file.md5: segment.file for segment in segments}, path)

    def _columns(self) -> str:
        return ", ".join(row[0] for row in self.connection.execute(f"describe {self.target.table}").fetchall())

    def _take_over(self, files: list[FileLoad]) -> None:
        """Rows of whole files go from beside the tables into them; a row that is there already is known."""
        execute, table = self.connection.execute, self.target.table
        by_md5 = {file.md5: file for file in files}
        names = [list(by_md5), [file.kept_as for file in files]]
        execute(
            "create or replace temp table taken as select unnest(?::varchar[]) as md5, unnest(?::varchar[]) as file_name", names
        )
        execute("delete from staged where md5 not in (select md5 from taken)")
        on_days = "true"
        if self.target.day:
            days = execute(f"select distinct {self.target.day} from staged").fetchall()
            on_days = f"{self.target.day} in ({', '.join(f'date {chr(39)}{day}{chr(39)}' for (day,) in days) or 'null'})"
        execute(f"""
            create or replace temp table there as
            select report_id, file_name, row_number from {table} where {on_days} and report_id in (select report_id from staged);
            create or replace temp table fresh as
            select * from staged
            where report_id not in (select report_id from there)
            qualify row_number() over (partition by report_id order by file_name, row_number) = 1;
            create or replace temp table earlier as
            select staged.report_id, min_by(staged.file_name, (staged.file_name, staged.row_number)) as file_name,
                min_by(staged.row_number, (staged.file_name, staged.row_number)) as row_number
            from staged inner join there using (report_id)
            where (staged.file_name, staged.row_number) < (there.file_name, there.row_number)
            group by staged.report_id
        """)
        execute(self.target.touched)
        if execute("select count(*) from earlier").fetchone() != (0,):
            execute(f"""
                update {table} as kept set file_name = earlier.file_name, row_number = earlier.row_number
                from earlier where {on_days} and kept.report_id = earlier.report_id
            """)
        execute(f"insert into {table} select * exclude (md5) from fresh")
        execute("delete from raw.universe where dataset = ? and md5 in (select md5 from taken)", [self.dataset])
        execute(
            """
            insert into raw.universe
            select ?, any_value(taken.file_name), md5, day, added_day, sum(n_rows)::bigint, sum(n_articles)::bigint,
                min(first_id), max(last_id)
            from staged_counts inner join taken using (md5) group by md5, day, added_day
            """,
            [self.dataset],
        )
        execute(
            "insert into raw.changes select distinct ?, added_day from staged_counts where md5 in (select md5 from taken)",
            [self.dataset],
        )
        for md5, n_rows in execute("select md5, sum(n_rows)::bigint from staged_counts group by md5").fetchall():
            if md5 in by_md5:
                by_md5[md5].rows_read = n_rows
        for md5, n_known in execute("""
            select md5, count(distinct row_number) from staged
            where (md5, row_number) not in (select (md5, row_number) from fresh) group by md5
        """).fetchall():
            by_md5[md5].rows_known = n_known

    def _note_refused(self, refused: list[tuple], by_md5: dict[str, FileLoad], path: Path) -> None:
        wanted = {line: (by_md5[md5], row_number, reason) for line, md5, row_number, reason in refused}
        with path.open(encoding="utf-8", newline="\n") as lines:
            for number, raw in enumerate(lines, start=1):
                if number in wanted:
                    file, row_number, reason = wanted[number]
                    file.bad.append(Bad(row_number, raw.rstrip("\n"), reason))
                    file.n_refused += 1

    def _doubt(self, file: FileLoad, n_bad: int, n_rows: int) -> str:
        first = min(file.bad, key=lambda bad: bad.line)
        said = f"{n_bad:,} of the first {n_rows:,} rows of {file.name} are no {self.dataset} rows"
        return f"{said}; in line {first.line} {first.reason}"

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


def is_mostly_bad(n_bad: int, n_rows: int) -> bool:
    return n_bad > MOST_BAD and 2 * n_bad > n_rows


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
