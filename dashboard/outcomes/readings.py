"""What readers give: values by the source's own names, and how its cells are read. Without database, network or clock."""

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from bilateral.sources.unpacking import FileRefused

NO_VALUE = frozenset({"", ".", "n/e", "null", "na", "n/a", "(na)", "nan", "none"})
"""Cells with which sources say that they have no value, in small letters."""
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head)\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Value:
    """One value of a source's series: the first day of its period, and None where the source says that it has none.

    With a `refusal` the value is not taken; `raw` is the line, or what matters of it."""

    source_key: str
    day: date
    number: Decimal | None
    line: int
    raw: str
    status: str = "observed"
    refusal: str | None = None


@dataclass(frozen=True)
class Reading:
    """All values of a file, of any series; the day of its publication where it tells that, and what was left out of it, in sentences.

    Where it `projects`, its values after the day of publication are no observations and are cut off."""

    values: Sequence[Value]
    published_at: date | None = None
    notes: list[str] = field(default_factory=list)
    projects: bool = False


def number(text: object) -> Decimal | None:
    """A number as sources write it, with commas at thousands or as a number of a workbook. Raises ValueError for what is none."""
    written = str(text).strip()
    if text is None or written.lower() in NO_VALUE:
        return None
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", written):
        written = written.replace(",", "")
    try:
        found = Decimal(written)
    except InvalidOperation:
        raise ValueError(f"{written!r} is not a number") from None
    if not found.is_finite():
        raise ValueError(f"{written!r} is not a number")
    return found


def value_of(source_key: str, day: date, cell: object, line: int, raw: str, status: str = "observed") -> Value:
    """The value of a cell, refused where it is no number."""
    try:
        return Value(source_key, day, number(cell), line, raw, status)
    except ValueError as fault:
        return Value(source_key, day, None, line, raw, status, str(fault))


def decimals(found: Decimal) -> int:
    """Decimal places with which a number was written."""
    exponent = found.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def refuse_page(content: bytes) -> None:
    """Raises FileRefused for nothing at all, and for a page for people, which comes where a key is wrong or an address has moved."""
    if not content.strip():
        raise FileRefused("it is empty; a source without what was asked answers with nothing (status 204)")
    start = content[:100_000].decode("utf-8-sig", "replace")
    if PAGE.match(start[:2000]):
        title = re.search(r"<title[^>]*>(.*?)</title>", start, re.IGNORECASE | re.DOTALL)
        said = f" titled {' '.join(title[1].split())[:80]!r}" if title else ""
        raise FileRefused(f"it is a web page{said} and no data; the key may be wrong or missing, or the address has moved")


def text_of(content: bytes) -> str:
    """The text of a file in UTF-8. Raises FileRefused for other bytes."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise FileRefused(f"it is not a text in UTF-8 (byte {fault.start})") from None


def json_of(content: bytes) -> object:
    """The JSON of an answer. Raises FileRefused where it is none."""
    try:
        return json.loads(text_of(content), parse_float=Decimal)
    except ValueError as fault:
        raise FileRefused(f"it is not JSON ({fault})") from None


def rows_of(content: bytes, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Rows of a text with delimiters, each with its line, the header first; blank lines are left out."""
    reader = csv.reader(io.StringIO(text_of(content), newline=""), delimiter=delimiter)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error as fault:
        raise FileRefused(f"line {reader.line_num} cannot be read as a table ({fault})") from None


def header_of(content: bytes) -> list[str]:
    """Cells of the first line of a text, empty where it is none."""
    start = content[:100_000]
    if b"\0" in start:
        return []
    try:
        return [cell.strip() for cell in next(csv.reader(start.decode("utf-8-sig", "ignore").splitlines()[:1]), [])]
    except csv.Error:
        return []


def month_of(year: int, month: object) -> date:
    """The first day of a month by its number or the first three letters of its English name. Raises ValueError."""
    written = str(month).strip()
    if written[:3].upper() in MONTHS:
        return date(year, MONTHS.index(written[:3].upper()) + 1, 1)
    return date(year, int(float(written)), 1)


def needed(header: Sequence[str], *names: str) -> dict[str, int]:
    """Places of columns by their names. Raises FileRefused naming the first that is not there."""
    places = {name: place for place, name in reversed([*enumerate(header)])}
    for name in names:
        if name not in places:
            raise FileRefused(f"it has no column {name!r}; its columns are {', '.join(map(repr, header))[:200]}")
    return places
