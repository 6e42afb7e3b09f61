"""Encounters of US Customs and Border Protection by citizenship: CSV, a row for each month, region, demographic, citizenship and authority.

Fiscal years begin in October of the year before. The group FYTD or Remaining only says whether the month has come in the running year.
"""

import re
from collections import defaultdict
from datetime import date
from decimal import Decimal

from bilateral.outcomes.readings import Reading, Value, header_of, month_of, needed, number, rows_of
from bilateral.sources.unpacking import FileRefused

BORDER = "Southwest Land Border"
NEEDED = ("Fiscal Year", "Month (abbv)", "Citizenship", "Encounter Count")


def fits(content: bytes, name: str) -> bool:
    return set(NEEDED) <= set(header_of(content))


def read(content: bytes, name: str) -> Reading:
    """Encounters at the southwest land border by month and citizenship, as `MEXICO`; months of a running fiscal year are preliminary."""
    rows = rows_of(content)
    _, header = next(rows, (0, []))
    places = needed(header, *NEEDED)
    region = places.get("Land Border Region")
    totals: defaultdict[tuple[str, date, str], Decimal] = defaultdict(Decimal)
    faults: dict[tuple[str, date, str], str] = {}
    first: dict[tuple[str, date, str], int] = {}
    for line, row in rows:
        if len(row) < len(header):
            raise FileRefused(f"line {line} has {len(row)} of {len(header)} cells, so it is torn; download it again")
        if region is not None and row[region] != BORDER:
            continue
        day, status = _month(row[places["Fiscal Year"]], row[places["Month (abbv)"]], line)
        key = (row[places["Citizenship"]].upper(), day, status)
        first.setdefault(key, line)
        try:
            totals[key] += number(row[places["Encounter Count"]]) or 0
        except ValueError as fault:
            faults[key] = str(fault)
    if not first:
        raise FileRefused(f"it has no row of the {BORDER}")
    return Reading(
        [
            Value(name, day, None if key in faults else totals[key], first[key], f"{name} {day}", status, faults.get(key))
            for key in first
            for name, day, status in [key]
        ]
    )


def _month(year: str, month: str, line: int) -> tuple[date, str]:
    """The calendar month of a fiscal year, and whether its number may still change."""
    found = re.fullmatch(r"(20\d\d)( \(FYTD\))?", year)
    try:
        if not found:
            raise ValueError
        day = month_of(int(found[1]), month)
    except ValueError:
        raise FileRefused(
            f"line {line} has {year!r} and {month!r} in the place of a fiscal year and a month such as 2023 and OCT"
        ) from None
    return (day.replace(year=day.year - 1) if day.month >= 10 else day), "preliminary" if found[2] else "observed"
