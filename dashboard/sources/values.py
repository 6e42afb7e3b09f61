"""What one cell of a file means, whatever program wrote it: missing values, days, times, numbers, codes, and text that was decoded wrongly.

A cell is changed only where one reading is left. What cannot be read stays as it is, and the SELECT that judges the row refuses it with its reason.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, datetime

MISSING = frozenset({"NA", "N/A", "#N/A", "<NA>", "NULL", "null", r"\N", "nan", "NaN", "NAN", "NaT", "None"})
"""Words for a value that is not there, as R, pandas, spreadsheets and databases write them. In a column of two-letter countries NA is Namibia."""

ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00| UTC)?)?")
ISO_TIME = re.compile(r"(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:Z|[+-]00:?00| UTC)?")
SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[T ]0?0:00(?::00)?)?")
SERIAL_DAY = re.compile(r"[2-7]\d{4}(?:[.,]\d+)?")
"""45744: days since 1900, or 1904, as a spreadsheet counts them inside; those of 1954 to 2118."""
WHOLE = re.compile(r"-?\d+")
WHOLE_AS_FLOAT = re.compile(r"(-?\d+)[.,]0")
THOUSANDS = re.compile(r"\d{1,3}(?:[,  ' ]\d{3})+")
DECIMAL_COMMA = re.compile(r"[+-]?\d{1,3},\d+")
AS_FORMULA = re.compile(r'="([^"]*)"')

Note = Callable[[str, str], None]
"""Called with a column and what was done to a value of it."""


def whole_number(value: str, column: str, note: Note) -> str:
    """A number of an event, or a count. 3.0 is 3, and 1,234 is 1234, as no count has a fraction; 1.234 may be either and stays."""
    if WHOLE.fullmatch(value):
        return value
    if found := WHOLE_AS_FLOAT.fullmatch(value):
        return found[1]
    if THOUSANDS.fullmatch(value):
        note(column, "thousands separators taken out")
        return re.sub(r"\D", "", value)
    return value


def number(value: str, column: str, note: Note) -> str:
    """A score, a tone, a degree: none of them reaches a thousand, so a comma is a decimal one."""
    if DECIMAL_COMMA.fullmatch(value):
        note(column, "decimal commas read")
        return value.replace(",", ".")
    return value


def code(value: str, column: str, note: Note) -> str:
    """A code as text. What wrote ="042" or '042 meant to keep its zero; 42.0 is a number that was a code."""
    if found := AS_FORMULA.fullmatch(value):
        return found[1]
    if found := WHOLE_AS_FLOAT.fullmatch(value):
        return found[1]
    return value.removeprefix("'")


def iso_day(value: str) -> date | None:
    """The day of an ISO day, or of a time at midnight."""
    found = ISO_DAY.fullmatch(value)
    return _day(*map(int, found.groups())) if found else None


def slashed_day(value: str, order: str) -> date | None:
    """The day of 28/03/2025 where the day comes first, of 03/28/2025 where the month does."""
    found = SLASHED.fullmatch(value)
    if not found or order not in ("day first", "month first"):
        return None
    one, other, year = map(int, found.groups())
    return _day(year, other, one) if order == "day first" else _day(year, one, other)


def time(value: str) -> str:
    """An ISO time in UTC as YYYYMMDDHHMMSS; anything else as it is."""
    value = without_fraction(value)
    if found := ISO_TIME.fullmatch(value):
        parts = [int(part or 0) for part in found.groups()]
        try:
            return f"{datetime(*parts):%Y%m%d%H%M%S}"  # type: ignore[arg-type]
        except ValueError:
            return value
    return f"{day:%Y%m%d}" if (day := iso_day(value)) else value


SAVE_AS_DAYS = "a day number of a spreadsheet; format the column there as a day, YYYY-MM-DD, and save the file again"


def serial_day(value: str) -> bool:
    """Whether a value can only be the number that a spreadsheet has for a day. Which day depends on the spreadsheet."""
    return SERIAL_DAY.fullmatch(value) is not None


def compact_day(value: str) -> date | None:
    """The day of 20250328."""
    return (
        _day(int(value[:4]), int(value[4:6]), int(value[6:])) if len(value) == 8 and value.isascii() and value.isdigit() else None
    )


def without_fraction(value: str) -> str:
    """20250328.0 is a day that was a number."""
    found = WHOLE_AS_FLOAT.fullmatch(value)
    return found[1] if found else value


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# ------------------------------------------------------------------ text that was decoded wrongly

SIGNS = "\u0080-\u0090\u0098-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u201a\u201e\u2020\u2021\u2030\u2039\u203a\u20ac\u2122"
QUOTES = "\u0091-\u0097\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026"
DECODED_TWICE = re.compile(f"[\u00c2-\u00c5][{SIGNS}]|[\u00c2-\u00c5][{QUOTES}](?=\\w)|\u00e2[\u20ac\u0080][{SIGNS}{QUOTES}]")
"""Two or three bytes of UTF-8 that were read as Windows-1252: Ã© for é, â€™ for an apostrophe. A capital with an accent before a closing quote is none."""


def is_decoded_twice(text: str) -> bool:
    return not text.isascii() and bool(DECODED_TWICE.search(text))


def decoded_once(text: str) -> str | None:
    """The text before it was read as Windows-1252 although it was UTF-8; None where it cannot be had back."""
    try:
        return b"".join(map(_byte, text)).decode("utf-8")
    except ValueError:
        return None


def _byte(letter: str) -> bytes:
    """Windows-1252 leaves five bytes free; programs put the control letters of Latin-1 there."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def noted(counts: Counter[tuple[str, str]]) -> str | None:
    """What was done to values of a file, as a sentence for `files`: decimal commas read in GoldsteinScale (12 rows)."""
    columns: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for (column, deed), n in sorted(counts.items()):
        columns[deed].append((column, n))
    return "; ".join(_noted(deed, found) for deed, found in columns.items()) or None


def _noted(deed: str, found: list[tuple[str, int]]) -> str:
    named = ", ".join(column for column, _ in found[:3])
    more = f" and {len(found) - 3} more columns" if len(found) > 3 else ""
    n_rows = max(n for _, n in found)
    return f"{deed} in {named}{more} ({n_rows:,} {'row' if n_rows == 1 else 'rows'})"
