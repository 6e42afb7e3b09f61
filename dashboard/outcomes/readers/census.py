"""US trade and duties by partner from the Census Bureau's API: a list of lists, the first of which is the header; all cells are text.

Columns that choose rows are given again at the end. Values are US dollars. Duties are calculated from rates, not collected.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from bilateral.outcomes.readings import Reading, Value, json_of, needed, number
from bilateral.sources.unpacking import FileRefused

COUNTRY = re.compile(r"[1-9]\d{3}")
"""Codes of countries; `-` is the world, and groups of countries begin with 0."""
MILLIONS = -6
COLUMNS = {"GEN_VAL_MO": "imports", "ALL_VAL_MO": "exports", "CAL_DUT_MO": "duties"}
BASE = "CON_VAL_MO"


def fits(content: bytes, name: str) -> bool:
    return bool(re.match(rb"\s*\[\s*\[", content.removeprefix(b"\xef\xbb\xbf"))) and b"CTY_CODE" in content[:1000]


def read(content: bytes, name: str) -> Reading:
    """Trade and duties in USD million and the duty rate in per cent by month, as `2010/imports`, `2010/duties` and `2010/duty-rate`."""
    answer = json_of(content)
    if not isinstance(answer, list) or not answer or not isinstance(answer[0], list):
        raise FileRefused(f"it is no list of lists; it begins {str(answer)[:120]}")
    header, *rows = answer
    places = needed(header, "CTY_CODE", "time")
    if not places.keys() & COLUMNS.keys():
        raise FileRefused(f"it has none of the columns {', '.join(COLUMNS)}; its columns are {', '.join(header)[:200]}")
    values: list[Value] = []
    for line, row in enumerate(rows, 2):
        if len(row) != len(header):
            raise FileRefused(f"row {line} has {len(row)} of {len(header)} cells")
        if COUNTRY.fullmatch(row[places["CTY_CODE"]]):
            values += _of_row(line, row, places)
    return Reading(values)


def _of_row(line: int, row: list, places: dict[str, int]) -> Iterator[Value]:
    code, month = row[places["CTY_CODE"]], str(row[places["time"]])
    raw = ",".join(map(str, row))
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", month):
        raise FileRefused(f"row {line} has {month!r} in the place of a month such as 2025-03")
    day = date(int(month[:4]), int(month[5:]), 1)
    found: dict[str, Decimal | None] = {}
    for column in (*COLUMNS, BASE):
        if column in places:
            try:
                found[column] = number(row[places[column]])
            except ValueError as fault:
                yield Value(f"{code}/{COLUMNS.get(column, 'duty-rate')}", day, None, line, raw, refusal=f"{column}: {fault}")
    for column, name in COLUMNS.items():
        if column in found:
            amount = found[column]
            yield Value(f"{code}/{name}", day, amount.scaleb(MILLIONS) if amount is not None else None, line, raw)
    duties, base = found.get("CAL_DUT_MO"), found.get(BASE)
    if duties is not None and base:
        yield Value(f"{code}/duty-rate", day, round(100 * duties / base, 6), line, raw)
