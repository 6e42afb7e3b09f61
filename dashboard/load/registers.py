"""The user's tables in the inbox, registers of measures and audits: which exist, and whether they can be read.

What a register says is judged later, by the checks of queries/checks/.
"""

import csv
from collections import Counter
from pathlib import Path

import duckdb

from bilateral.data_folder import is_file

SHAPE_OF_MEASURES = {"measure_id", "state", "state_date", "is_in_force"}
SHAPE_OF_AUDITS = {"audit", "event_id"}
"""Columns without which a file in the inbox is none of these tables."""


def own_measures(data: Path) -> list[Path]:
    """Register files that `bilateral load measures` put into the inbox; they have the columns of seeds/measures.csv."""
    return _tables(data, "measures")


def own_audits(data: Path) -> list[Path]:
    """Files of marks that a user put into the inbox; they have the columns of seeds/audit_marks.csv."""
    return _tables(data, "audits")


def _tables(data: Path, folder: str) -> list[Path]:
    return [path for path in sorted((data / "inbox" / folder).glob("*.csv")) if is_file(path)]


def fault_of_table(path: Path, needed: set[str]) -> str | None:
    """Why a CSV file cannot be read as a table with these columns, in words; None where it can."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = [*csv.reader(file, strict=True)] or [[]]
    except (OSError, ValueError, csv.Error) as error:
        return f"it is not a CSV file in UTF-8 with a header ({error})"
    if not header and not rows:
        return "it is empty"
    if missing := sorted(needed - set(header)):
        return f"it has no column {missing[0]}"
    if repeated := [name for name, n in Counter(name.strip().lower() for name in header).items() if name and n > 1]:
        return f"it has more than one column {repeated[0]}"
    ragged = next((number for number, row in enumerate(rows, 2) if row and len(row) != len(header)), None)
    if ragged:
        return f"row {ragged} has not the {len(header)} cells of its header"
    return _fault_of_rows(path, sum(map(bool, rows)))


def _fault_of_rows(path: Path, n_rows: int) -> str | None:
    """Why the query that reads it would fail or lose rows: it reads CSV by other rules than Python where a file is odd."""
    try:
        with duckdb.connect() as connection:
            ((n_read,),) = connection.execute(
                "select count(*) from read_csv(?, header = true, all_varchar = true, union_by_name = true)", [str(path)]
            ).fetchall()
    except duckdb.Error as error:
        return f"it cannot be read as CSV ({str(error).splitlines()[0]})"
    return None if n_read == n_rows else f"{n_read:,} of its {n_rows:,} rows can be read as CSV"
