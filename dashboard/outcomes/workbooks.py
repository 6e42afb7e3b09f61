"""Sheets of workbooks, .xls and .xlsx, as rows of cells."""

import io
from collections.abc import Iterator
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

from bilateral.sources.unpacking import FileRefused


def sheets(content: bytes) -> list[str]:
    """Names of the sheets; none where the file is no workbook."""
    try:
        return _opened(content).sheet_names
    except FileRefused:
        return []


def rows(content: bytes, sheet: str) -> Iterator[tuple[int, list]]:
    """Rows of a sheet, each with its line. Raises FileRefused."""
    for line, row in enumerate(_opened(content).get_sheet_by_name(sheet).iter_rows(), 1):
        yield line, list(row)


def header(content: bytes) -> list[str]:
    """The first row of the first sheet; empty where the file is no workbook."""
    for sheet in sheets(content)[:1]:
        for _, row in rows(content, sheet):
            return [str(cell).strip() for cell in row]
    return []


def is_empty(row: list) -> bool:
    return all(cell in ("", None) for cell in row)


def month_of(cell: object) -> date:
    """The first day of the month of a cell, which is a date or the text of one. Raises ValueError."""
    if isinstance(cell, datetime | date):
        return date(cell.year, cell.month, 1)
    return date.fromisoformat(str(cell).strip()[:10]).replace(day=1)


def _opened(content: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, ValueError) as fault:
        raise FileRefused(f"it is not a workbook ({fault})") from None
