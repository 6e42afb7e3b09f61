"""Geopolitical risk between two countries by month, coded by a language model (AI-GPR): CSV, `Date` and a column `USA|China` for each direction.

The initiator stands first. Names of countries are English.
"""

from datetime import date

from bilateral.outcomes.readings import Reading, Value, header_of, needed, rows_of, value_of
from bilateral.sources.unpacking import FileRefused

PARTNERS = ("Mexico", "Canada", "China", "Colombia", "Venezuela", "Cuba")
COLUMNS = tuple(column for partner in PARTNERS for column in (f"USA|{partner}", f"{partner}|USA"))


def fits(content: bytes, name: str) -> bool:
    header = header_of(content)
    return "Date" in header[:2] and any("|" in column for column in header)


def read(content: bytes, name: str) -> Reading:
    """Index by month and direction, as `USA|Mexico`."""
    rows = rows_of(content)
    _, header = next(rows, (0, []))
    places = needed(header, "Date")
    absent = [column for column in COLUMNS if column not in places]
    if len(absent) == len(COLUMNS):
        raise FileRefused(f"it has no column {' or '.join(map(repr, COLUMNS[:2]))}; its columns are {', '.join(header)[:200]}")
    values: list[Value] = []
    for line, row in rows:
        written = row[places["Date"]]
        try:
            day = date.fromisoformat(written[:10] if len(written) >= 10 else f"{written[:7]}-01").replace(day=1)
        except ValueError:
            raise FileRefused(f"line {line} has {written!r} in the place of a month such as 2025-03-31") from None
        if len(row) != len(header):
            raise FileRefused(f"line {line} has {len(row)} of {len(header)} cells, so it is torn; download it again")
        values += [value_of(key, day, row[places[key]], line, f"{written} {key}") for key in COLUMNS if key in places]
    return Reading(values, notes=[f"it has no column {column!r}" for column in absent])
