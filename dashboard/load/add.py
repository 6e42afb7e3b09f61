"""Takes over judged rows of machine-coded datasets: they wait beside the tables until all of their file was read, then go in or are known."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from bilateral import sql_literals
from bilateral.sources.batches import Batch, FileLoad
from bilateral.sources.tables import Bad


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


class Takeover:
    """Rows of one dataset on their way into its table, and the counts of their files into the universe."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, dataset: str, target: Target, is_extract: bool = False):
        self.connection = connection
        self.dataset = dataset
        self.target = target
        self.is_extract = is_extract

    def begin(self) -> None:
        self.connection.execute(f"""
            create or replace temp table staged as select *, null::varchar as md5 from {self.target.table} where false;
            create or replace temp table staged_counts as
            select md5, day, added_day, n_rows, n_articles, first_id, last_id from raw.universe where false
        """)

    def put_beside(self, batch: Batch) -> None:
        """The judged rows of a batch: no row of a file counts before all of it was read. Refused ones go to their files, with their text."""
        execute = self.connection.execute
        execute("""
            create or replace temp view placed as
            select judged.*, segments.file_name, segments.md5, judged.line + segments.shift as row_number
            from judged asof join segments on judged.line >= segments.batch_line
        """)
        given = {row[0] for row in execute("describe placed").fetchall()}
        columns = [row[0] for row in execute("describe staged").fetchall() if row[0] in given]  # NULL where a source has none
        execute(f"insert into staged by name select {', '.join(columns)} from placed where refusal is null and is_kept")
        execute("insert into staged_counts select * exclude (is_refused) from counted where not is_refused")
        refused = execute("select line, md5, row_number, refusal, damage from placed where refusal is not null").fetchall()
        if refused:
            by_md5 = {segment.file.md5: segment.file for segment in batch.segments}
            wanted = {line: (md5, row_number, reason) for line, md5, row_number, reason, _ in refused}
            _note_refused(wanted, by_md5, batch.chosen)
            for md5, loss in {line: (md5, loss) for line, md5, _, _, loss in refused if loss}.values():
                by_md5[md5].damaged[loss] += 1

    def finish(self, files: list[FileLoad]) -> None:
        """Rows of these files, which are whole, go into the tables; a row that is there already is known."""
        self._forget_all_but(files)
        self._compare()
        self.connection.execute(self.target.touched)
        self._move_to_first_place()
        self.connection.execute(f"insert into {self.target.table} select * exclude (md5) from fresh")
        self._count_universe()
        self._note_counts({file.md5: file for file in files})

    def _forget_all_but(self, files: list[FileLoad]) -> None:
        self.connection.execute(
            "create or replace temp table taken as select unnest(?::varchar[]) as md5, unnest(?::varchar[]) as file_name",
            [[file.md5 for file in files], [file.kept_as for file in files]],
        )
        self.connection.execute("delete from staged where md5 not in (select md5 from taken)")

    def _compare(self) -> None:
        """`fresh` rows are not in the table yet; `earlier` ones are there from a file that comes later in the alphabet."""
        self.connection.execute(f"""
            create or replace temp table there as
            select report_id, file_name, row_number
            from {self.target.table} where {self._is_of_these_days()} and report_id in (select report_id from staged);
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

    def _move_to_first_place(self) -> None:
        """A row stands under the first of its places, in whatever order files come."""
        if self.connection.execute("select count(*) from earlier").fetchone() != (0,):
            self.connection.execute(f"""
                update {self.target.table} as kept set file_name = earlier.file_name, row_number = earlier.row_number
                from earlier where {self._is_of_these_days()} and kept.report_id = earlier.report_id
            """)

    def _is_of_these_days(self) -> str:
        if not self.target.day:
            return "true"
        days = self.connection.execute(f"select distinct {self.target.day} from staged").fetchall()
        return sql_literals.is_among(self.target.day, [day for (day,) in days])

    def _count_universe(self) -> None:
        execute = self.connection.execute
        execute("delete from raw.universe where dataset = ? and md5 in (select md5 from taken)", [self.dataset])
        execute(
            """
            insert into raw.universe
            select ?, any_value(taken.file_name), md5, day, added_day, sum(n_rows)::bigint, sum(n_articles)::bigint,
                min(first_id), max(last_id), ?
            from staged_counts inner join taken using (md5) group by md5, day, added_day
            """,
            [self.dataset, self.is_extract],
        )
        execute(
            "insert into raw.changes select distinct ?, added_day from staged_counts where md5 in (select md5 from taken)",
            [self.dataset],
        )

    def _note_counts(self, by_md5: dict[str, FileLoad]) -> None:
        execute = self.connection.execute
        for md5, n_rows in execute("select md5, sum(n_rows)::bigint from staged_counts group by md5").fetchall():
            if md5 in by_md5:
                by_md5[md5].rows_read = n_rows
        for md5, n_known in execute("""
            select md5, count(distinct row_number) from staged
            where (md5, row_number) not in (select (md5, row_number) from fresh) group by md5
        """).fetchall():
            by_md5[md5].rows_known = n_known


def _note_refused(wanted: dict[int, tuple[str, int, str]], by_md5: dict[str, FileLoad], chosen: Path) -> None:
    with chosen.open(encoding="utf-8", newline="\n") as lines:
        for text in lines:
            line, _, raw = text.rstrip("\n").partition("\t")
            if int(line) in wanted:
                md5, row_number, reason = wanted[int(line)]
                by_md5[md5].bad.append(Bad(row_number, raw, reason))
                by_md5[md5].n_refused += 1
