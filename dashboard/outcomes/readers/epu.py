"""Economic policy uncertainty by country and month (Baker, Bloom and Davis, and national teams): a workbook, or the same saved as CSV.

The year is text, and the last rows are notes.
"""

import re
from collections.abc import Iterator

from bilateral.outcomes import workbooks
from bilateral.outcomes.readings import Reading, Value, header_of, month_of, needed, rows_of, value_of
from bilateral.sources.unpacking import FileRefused

COUNTRIES = ("Mexico", "Canada", "China", "Colombia", "US")
ALONE = {"Mexican Policy Uncertainty Index": "Mexico"}
"""Columns of the files of one country."""


def fits(content: bytes, name: str) -> bool:
    header = {*header_of(content), *workbooks.header(content)}
    return {"Year", "Month"} <= header and bool(header & {*COUNTRIES, *ALONE})


def read(content: bytes, name: str) -> Reading:
    """The index by month and country, as `Mexico`."""
    rows = _rows(content)
    header = [str(cell).strip() for cell in next(rows, (0, []))[1]]
    places = needed(header, "Year", "Month")
    columns = {place: ALONE.get(column, column) for column, place in places.items() if column in (*COUNTRIES, *ALONE)}
    if not columns:
        raise FileRefused(f"it has no column {COUNTRIES[0]!r}; its columns are {', '.join(header)[:200]}")
    values: list[Value] = []
    n_notes = 0
    for line, row in rows:
        year = re.fullmatch(r"((?:19|20)\d\d)(\.0)?", str(row[places["Year"]]).strip())
        if not year:
            n_notes += not workbooks.is_empty(row)
            continue
        try:
            day = month_of(int(year[1]), row[places["Month"]])
        except ValueError:
            raise FileRefused(f"row {line} has {row[places['Month']]!r} in the place of a month") from None
        values += [
            value_of(key, day, row[place] if place < len(row) else None, line, f"{day} {key}") for place, key in columns.items()
        ]
    return Reading(values, notes=[f"{n_notes} rows without a year are notes and are left out"] if n_notes else [])


def _rows(content: bytes) -> Iterator[tuple[int, list]]:
    if names := workbooks.sheets(content):
        return workbooks.rows(content, names[0])
    return ((line, list(row)) for line, row in rows_of(content))
