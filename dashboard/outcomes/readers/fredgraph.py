"""Series of FRED as its charts give them, fredgraph.csv: a date and a column for each series, whose name is its identifier.

The first column was DATE and holidays a full stop; it is observation_date now, and holidays are empty. Both are read.
"""

from datetime import date

from bilateral.outcomes.readings import Reading, Value, rows_of, value_of
from bilateral.sources.unpacking import FileRefused

DATES = ("observation_date", "DATE")


def fits(content: bytes, name: str) -> bool:
    return content.removeprefix(b"\xef\xbb\xbf").startswith(tuple(f"{date},".encode() for date in DATES))


def read(content: bytes, name: str) -> Reading:
    """Values by identifier, as `DEXMXUS`; the unit is that of the series."""
    rows = rows_of(content)
    _, header = next(rows, (0, []))
    if len(header) < 2 or header[0] not in DATES:
        raise FileRefused(f"its header is {','.join(header)!r}; DATE or observation_date and the name of a series were expected")
    values: list[Value] = []
    for line, row in rows:
        raw = ",".join(row)
        try:
            day = date.fromisoformat(row[0])
        except ValueError:
            raise FileRefused(f"line {line} begins {row[0]!r}, which is not a day such as 2025-03-28") from None
        if len(row) != len(header):
            values += [Value(key, day, None, line, raw, refusal=f"the line has {len(row)} cells") for key in header[1:]]
        else:
            values += [value_of(key, day, cell, line, raw) for key, cell in zip(header[1:], row[1:], strict=True)]
    if not values:
        raise FileRefused("it has no row below its header")
    return Reading(values)
