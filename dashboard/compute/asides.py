"""The way back from an accepted row that breaks a check: it goes to the refused rows, with the sentence of the check, and the rest is published.

A check takes part where its header names a column: `aside  event_id`, `aside  report_id`, or `aside  measure_id`, where register files of the
user's own are left out whole, as the states of a measure hang together.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bilateral.compute.increments import Days
from bilateral.compute.queries import Query

FEW, SHARE = 20, 0.01
"""So many rows of a dataset, or this share of it, may be single bad rows. More of them mean a reader or a formula that is broken."""

REPORTS_OF = {
    "report_id": "select report_id from ({check}) as broken",
    "event_id": "select report_id from core.memberships where event_id in (select event_id from ({check}) as broken)",
}


@dataclass(frozen=True)
class Aside:
    """Rows that a check named, now among the refused ones."""

    check: str
    n_rows: int
    days: Days

    def sentence(self) -> str:
        rows = "1 row was" if self.n_rows == 1 else f"{self.n_rows} rows were"
        return f'{rows} set aside, as it did not hold that {self.check} (bilateral sql "from rejects")'


def set_aside(connection, check: Query, run_id: str, accept_change: bool) -> Aside | None:
    """Move the reports that a check names from the loader's tables to its refused rows, in the caller's transaction.

    None where the check names no rows, or so many that nothing is moved unless `accept_change`."""
    if check.fields.get("aside") not in REPORTS_OF:
        return None
    named = REPORTS_OF[check.fields["aside"]].format(check=check.sql)
    connection.execute(f"create or replace temp table aside as select * from raw.reports where report_id in ({named})")
    found = connection.execute("select dataset, count(*) from aside group by all").fetchall()
    if not found or not (accept_change or all(_is_few(connection, dataset, n) for dataset, n in found)):
        return None
    sentence = check.path.stem.replace("_", " ")
    _refuse(connection, f"set aside, as it does not hold that {sentence}: {check.sentence}", run_id)
    days: Days = {dataset: _days(connection, dataset) for dataset, _ in found}
    for table in ("raw.reports", "raw.sightings"):
        connection.execute(f"delete from {table} where report_id in (select report_id from aside)")
    return Aside(sentence, sum(n for _, n in found), days)


def registers_to_leave_out(connection, check: Query, own: list[str], run_id: str) -> list[str]:
    """Register files of the user's own whose measures a check names; each leaves a refused row with the sentence of the check."""
    if check.fields.get("aside") != "measure_id":
        return []
    named = f"select measure_id from ({check.sql}) as broken"
    rows = connection.execute(f"select distinct file_name from raw.measures where measure_id in ({named})").fetchall()
    found = [path for path in own if Path(path).name in {name for (name,) in rows}]
    reason = f"left out, as it does not hold that {check.path.stem.replace('_', ' ')}: {check.sentence}"
    for path in found:
        row = ["measures", Path(path).name, 1, reason, "", run_id]
        connection.execute("insert into raw.rejects values (?, ?, ?, ?, ?, ?)", row)
    return found


def _is_few(connection, dataset: str, n: int) -> bool:
    (whole,) = connection.execute("select count(*) from raw.reports where dataset = ?", [dataset]).fetchone()
    return n <= max(FEW, SHARE * whole)


def _refuse(connection, reason: str, run_id: str) -> None:
    """One refused row for each place where a report stands, and counts of its file that still add up."""
    connection.execute(
        """
        create or replace temp table refused as
        select aside.dataset, coalesce(sightings.file_name, aside.file_name) as file_name,
            coalesce(sightings.row_number, aside.row_number) as row_number, ? as reason, to_json(aside)::varchar as raw, ? as run_id
        from aside left join raw.sightings on aside.report_id = sightings.report_id
        """,
        [reason, run_id],
    )
    connection.execute("insert into raw.rejects from refused")
    connection.execute("""
        with newest as (
            select files.dataset, files.file_name, max(files.run_id) as run_id, counted.n
            from raw.files
            inner join (select dataset, file_name, count(*) as n from refused group by all) as counted
                on files.dataset = counted.dataset and files.file_name = counted.file_name
            where files.refusal is null
            group by all
        )
        update raw.files set
            rows_rejected = files.rows_rejected + newest.n,
            rows_accepted = greatest(files.rows_accepted - newest.n, 0),
            rows_known = files.rows_known - greatest(newest.n - files.rows_accepted, 0)
        from newest
        where files.dataset = newest.dataset and files.file_name = newest.file_name and files.run_id = newest.run_id
    """)


def _days(connection, dataset: str) -> set[date] | None:
    """Days that change; all of a curated dataset, whose acts can move from day to day."""
    (is_curated,) = connection.execute("select is_curated from staging.datasets where dataset = ?", [dataset]).fetchone()
    rows = connection.execute("select distinct event_day from aside where dataset = ?", [dataset]).fetchall()
    return None if is_curated else {day for (day,) in rows}
