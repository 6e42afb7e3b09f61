"""The Census Bureau's table of US trade in goods by country, with release FT-900: one sheet, a row for each country and year, USD million.

Months that are not published yet are 0, and so are months without trade; the last month in which any country traded tells them apart.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import takewhile

from bilateral.outcomes import workbooks
from bilateral.outcomes.readings import MONTHS, Reading, Value, needed, number
from bilateral.sources.unpacking import FileRefused

SHEET = "country"
FLOWS = {"I": "imports", "E": "exports"}
COUNTRY = re.compile(r"[1-9]\d{3}")
"""Codes of countries; aggregates, as 0003 (European Union) and 0015 (world), begin with 0."""


def fits(content: bytes, name: str) -> bool:
    return workbooks.sheets(content) == [SHEET]


def read(content: bytes, name: str) -> Reading:
    """Imports and exports of each country by month, as `2010/imports`."""
    rows = _rows(content)
    header = [str(cell).strip() for cell in next(rows, (0, [""]))[1]]
    places = needed(header, "year", "CTY_CODE", *(f"{flow}{month}" for flow in FLOWS for month in (*MONTHS, "YR")))
    table = [(line, _year(row[places["year"]], line), str(row[places["CTY_CODE"]]).strip(), row) for line, row in rows]
    if not table:
        raise FileRefused("it has no row below its header")
    last = max((_last_month(year, row, places) for _, year, _, row in table), default=(0, 0))
    values: list[Value] = []
    for line, year, code, row in table:
        if COUNTRY.fullmatch(code):
            for flow, name_of_flow in FLOWS.items():
                values += _of_year(f"{code}/{name_of_flow}", flow, year, last, row, places, line)
    notes = [f"its last month is {last[0]}-{last[1]:02}; zeros after it are months not yet published and are left out"]
    return Reading(values, notes=notes)


def _of_year(
    key: str, flow: str, year: int, last: tuple[int, int], row: list, places: dict[str, int], line: int
) -> Iterator[Value]:
    """The published months of one country, year and flow; none is taken where they do not sum to the year."""
    n_months = min(12, (year - last[0]) * -12 + last[1])
    cells = [row[places[f"{flow}{month}"]] for month in MONTHS[: max(0, n_months)]]
    total = row[places[f"{flow}YR"]]
    raw = f"{year} {key}: {cells}, year {total}"
    try:
        numbers = [number(cell) for cell in cells]
        summed, told = sum((one for one in numbers if one is not None), Decimal(0)), number(total)
        fault = None
    except ValueError as error:
        numbers, summed, told, fault = [None] * len(cells), Decimal(0), Decimal(0), str(error)
    if not fault and (told is None or abs(summed - told) > Decimal("0.05") * (len(cells) + 1)):
        fault = f"the months of {year} sum to {summed:.1f}, the column {flow}YR says {told}"
    for month, found in enumerate(numbers, 1):
        yield Value(key, date(year, month, 1), found, line, raw, refusal=fault)


def _last_month(year: int, row: list, places: dict[str, int]) -> tuple[int, int]:
    """The last month of a row that is not 0."""
    traded = [
        number
        for number, month in enumerate(MONTHS, 1)
        if any(row[places[f"{flow}{month}"]] not in (0, 0.0, "", "0", None) for flow in FLOWS)
    ]
    return (year, max(traded)) if traded else (0, 0)


def _year(cell: object, line: int) -> int:
    found = re.fullmatch(r"((?:19|20)\d\d)(?:\.0)?", str(cell).strip())
    if not found:
        raise FileRefused(f"line {line} has {cell!r} in the place of a year")
    return int(found[1])


def _rows(content: bytes) -> Iterator[tuple[int, list]]:
    """Rows of the sheet to the first empty one: a workbook may say that it has a million."""
    return takewhile(lambda row: not workbooks.is_empty(row[1]), workbooks.rows(content, SHEET))
