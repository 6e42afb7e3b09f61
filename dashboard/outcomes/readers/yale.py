"""Daily statutory rates of The Budget Lab at Yale, of all imports or by partner: CSV, the file's name carries the day of publication.

Days after it, to the end of a later year, are a projection of standing policy and are cut off.
"""

import re
from datetime import date

from bilateral.outcomes.readings import Reading, Value, header_of, needed, rows_of, value_of
from bilateral.sources.unpacking import FileRefused

PER_CENT = 2
PUBLISHED = re.compile(r"_(20\d\d-\d\d-\d\d)\.csv")


def fits(content: bytes, name: str) -> bool:
    return header_of(content)[:1] == ["date"] and "weighted_etr" in header_of(content)


def read(content: bytes, name: str) -> Reading:
    """Rates in per cent by day, as `overall` or by the Census code of the partner, as `2010`."""
    rows = rows_of(content)
    _, header = next(rows, (0, []))
    places = needed(header, "date", "weighted_etr")
    values: list[Value] = []
    for line, row in rows:
        if len(row) != len(header):
            raise FileRefused(f"line {line} has {len(row)} of {len(header)} cells, so it is torn; download it again")
        key = row[places["country"]] if "country" in places else "overall"
        try:
            day = date.fromisoformat(row[places["date"]])
        except ValueError:
            raise FileRefused(f"line {line} begins {row[0]!r}, which is not a day such as 2025-03-28") from None
        found = value_of(key, day, row[places["weighted_etr"]], line, f"{day} {key} {row[places['weighted_etr']]}")
        values.append(
            found if found.number is None else Value(key, day, round(found.number.scaleb(PER_CENT), 6), line, found.raw)
        )
    told = PUBLISHED.search(name)
    return Reading(values, date.fromisoformat(told[1]) if told else None, projects=True)
