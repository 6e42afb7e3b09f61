"""Checks batches of machine-coded rows: a verdict on every row, and the full content of the few rows to keep or refuse."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from bilateral.sources.batches import Batch
from bilateral.sources.layouts import Layout

OPTIONAL = "select null::bigint as n_articles, null::varchar as damage, null::varchar as mend where false"
"""Columns that are asked for here and that a judge may leave out."""

NEEDED = frozenset(
    {
        "line",
        "refusal",
        "report_id",
        "dataset",
        "source_event_id",
        "event_day",
        "added_at",
        "source_country",
        "target_country",
        "code",
    }
)
"""Columns that every judge of events gives."""


def fault_of_judge(connection: duckdb.DuckDBPyConnection, layout: Layout, judge: str) -> str | None:
    """What is wrong with the SELECT that another distribution brings for its dataset; None where it runs and gives every needed column."""
    columns = ", ".join(f"null::varchar as {name}" for name in layout.columns)
    try:
        found = connection.execute(
            f"describe with incoming_events as (select 1::bigint as line, '' as zeros, {columns}) select * from ({judge})"
        ).fetchall()
    except duckdb.Error as error:
        return f"the `judge` of the reader {layout.dataset} does not run: {str(error).splitlines()[0]}"
    lacking = sorted(NEEDED - {name for name, *_ in found})
    return f"the `judge` of the reader {layout.dataset} gives no column {', '.join(lacking)}" if lacking else None


class Verdicts:
    """Asks the SELECT of a dataset, `judge`: once for the lines that a sieve left, most of which are to keep; twice for all lines of a file,
    because DuckDB works out only the columns that are asked for, and few of the rows are kept.

    Leaves temporary tables of the batch: `segments`; `counted`, all rows by file and day; `judged`, the rows to keep, to refuse and
    perhaps others, each with its `line` in the batch.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, layout: Layout, judge: str, is_kept: str):
        self.connection = connection
        self.layout = layout
        self.judge = judge
        self.is_kept = is_kept

    def reach(self, batch: Batch) -> None:
        """Leaves the file `batch.chosen`."""
        self._place(batch)
        if batch.is_sifted:
            self._judge(batch.names, batch.chosen, batch.zeros)
            self._reach_verdicts("judged")
        else:
            self._reach_verdicts(f"({self._judged(batch.names, batch.path, batch.zeros)})")
            self._write_chosen(batch)
            self._judge(("line", *batch.names), batch.chosen, batch.zeros)
        self._count()
        self._count_passed(batch)
        self._note_mended(batch)

    def _place(self, batch: Batch) -> None:
        rows = [
            (segment.batch_line, segment.file.md5, segment.file.kept_as, segment.first_line - segment.batch_line)
            for segment in batch.segments
        ]
        self.connection.execute(
            """
            create or replace temp table segments as
            select unnest(?::bigint[]) as batch_line, unnest(?::varchar[]) as md5, unnest(?::varchar[]) as file_name,
                unnest(?::bigint[]) as shift
            """,
            list(map(list, zip(*rows, strict=True))),
        )

    def _reach_verdicts(self, judged: str) -> None:
        with file_as_the_larger_side(self.connection):
            self.connection.execute(f"""
                create or replace temp table verdicts as
                select
                    line, event_day as day, added_at::date as added_day, n_articles, try_cast(source_event_id as bigint) as id,
                    refusal is not null as is_refused, is_kept, mend
                from {judged}
            """)

    def _count(self) -> None:
        n_rows = "count(distinct line)" if self.layout.has_many_parties else "count(*)"
        self.connection.execute(f"""
            create or replace temp table counted as
            select segments.md5, day, added_day, is_refused, {n_rows} as n_rows,
                sum(greatest(n_articles, 1))::bigint as n_articles, min(id) as first_id, max(id) as last_id
            from verdicts asof join segments on verdicts.line >= segments.batch_line
            group by all
        """)

    def _count_passed(self, batch: Batch) -> None:
        """What a sieve counted joins `counted`."""
        rows = [(file.md5, *count) for file, count in batch.passed]
        if rows:
            self.connection.execute(
                """
                insert into counted
                select unnest(?::varchar[]), unnest(?::date[]), unnest(?::date[]), false,
                    unnest(?::bigint[]), unnest(?::bigint[]), unnest(?::bigint[]), unnest(?::bigint[])
                """,
                list(map(list, zip(*rows, strict=True))),
            )

    def _note_mended(self, batch: Batch) -> None:
        """What the judge put right in rows is counted in their files."""
        by_md5 = {segment.file.md5: segment.file for segment in batch.segments}
        for md5, mend, n_rows in self.connection.execute("""
            select segments.md5, mended.mend, count(*)
            from (select line, mend from verdicts where mend is not null and not is_refused) as mended
            asof join segments on mended.line >= segments.batch_line
            group by all
        """).fetchall():
            by_md5[md5].mended["the rows", mend] += n_rows

    def _write_chosen(self, batch: Batch) -> None:
        rows = self.connection.execute("select distinct line from verdicts where is_refused or is_kept").fetchall()
        wanted = {line for (line,) in rows}
        with batch.path.open("rb") as lines, batch.chosen.open("wb") as sink:
            sink.writelines(b"%d\t%s" % (number, line) for number, line in enumerate(lines, start=1) if number in wanted)

    def _judge(self, names: tuple[str, ...], path: Path, zeros: str) -> None:
        self.connection.execute(f"create or replace temp table judged as {self._judged(names, path, zeros)}")

    def _judged(self, names: tuple[str, ...], path: Path, zeros: str) -> str:
        """A SELECT of the judged rows of a file."""
        rows = self._rows(names, path, zeros)
        return f"""
            with incoming_events as ({rows})
            select *, {self.is_kept} as is_kept from (from ({OPTIONAL}) union all by name from ({self.judge})) as judged
        """

    def _rows(self, names: tuple[str, ...], path: Path, zeros: str) -> str:
        """A SELECT of the columns that the judge names, of `zeros`, and of the number of each line, which stands before it or is its place."""
        line = "line::bigint" if "line" in names else "row_number() over ()"
        used = [name for name in self.layout.columns if re.search(rf"\b{name}\b", self.judge)]
        columns = ", ".join(f"'{name}': 'varchar'" for name in names)
        values = ", ".join(name if name in names else f"null::varchar as {name}" for name in used)
        return f"""
            select {line} as line, '{zeros}' as zeros, {values}
            from read_csv('{path}', columns = {{{columns}}}, delim = '\t', quote = '', escape = '', header = false,
                auto_detect = false, new_line = '\\n', null_padding = false, max_line_size = 8000000)
        """


@contextmanager
def file_as_the_larger_side(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """DuckDB takes a file for 42 rows and would hold all of it in memory as the smaller side of each join."""
    connection.execute("set disabled_optimizers = 'build_side_probe_side'")
    yield
    connection.execute(
        "reset disabled_optimizers"
    )  # not after an error, which it would hide: the transaction takes no more commands
