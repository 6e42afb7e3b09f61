"""Reads chronology and articles files: CSV with a header, JSON Lines or Parquet, one act a row.

Rows come out as text; queries/sources/curated.sql types and judges them. A line that is no row at all (bytes that are not
UTF-8, a wrong number of fields, an open quote) comes out with its reason in `broken`. In CSV a record is one line: a quote that is not
closed then spoils one row and not the rest of the file.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

REQUIRED = ("event_id", "event_date", "source_actor", "target_actor", "cameo_code")
OPTIONAL = (
    "source_role",
    "source_name",
    "target_role",
    "target_name",
    "plover_type",
    "domain",
    "goldstein",
    "summary",
    "source_title",
    "source_url",
    "outlet",
    "published_on",
    "verified",
)
COLUMNS = REQUIRED + OPTIONAL
DATASETS = ("chronology", "articles")
SUFFIXES = (".csv", ".jsonl", ".parquet")


class FileRefused(Exception):
    """The file as a whole is not what it should be; the message says what was expected."""


@dataclass(frozen=True)
class Line:
    """One row of a file: its line number (the header is 1), the line as it stands, its values as text, or why it is no row."""

    number: int
    raw: str
    values: dict[str, str] = field(default_factory=dict)
    broken: str | None = None

    def record(self, dataset: str, file_name: str) -> tuple:
        """The row of the table `incoming`; an empty value is NULL."""
        values = (self.values.get(column) or None for column in COLUMNS)
        return (dataset, file_name, self.number, self.raw, self.broken, *values)


INCOMING = ("dataset", "file_name", "row_number", "raw", "broken", *COLUMNS)


def lines(path: Path) -> list[Line]:
    """All rows of one file. Raises FileRefused where it is empty, of an unknown kind, or lacks a required column."""
    readers = {".csv": _csv_lines, ".jsonl": _json_lines, ".parquet": _parquet_lines}
    if path.suffix not in readers:
        raise FileRefused(f"{path.name} is none of {', '.join(SUFFIXES)}")
    if path.stat().st_size == 0:
        raise FileRefused(f"{path.name} is empty; a header and one act a line were expected")
    return list(readers[path.suffix](path))


def template() -> str:
    """The header of an empty CSV file, for `bilateral load articles --template`."""
    return ",".join(COLUMNS) + "\n"


def _check_header(header: list[str], path: Path) -> None:
    missing = [column for column in REQUIRED if column not in header]
    if missing:
        raise FileRefused(f"{path.name} has no column {', '.join(missing)}; its first line must name {', '.join(REQUIRED)}")


def _text(bytes_of_line: bytes) -> tuple[str, str | None]:
    try:
        return bytes_of_line.decode("utf-8"), None
    except UnicodeDecodeError as error:
        shown = bytes_of_line.decode("latin-1")
        return shown, f"byte {error.start + 1} of the line is not UTF-8 (Latin-1 perhaps); save the file as UTF-8"


def _bytes(path: Path) -> bytes:
    """The file without the mark that Excel and PowerShell put before UTF-8."""
    return path.read_bytes().removeprefix(b"\xef\xbb\xbf")


def _csv_lines(path: Path) -> Iterator[Line]:
    first, *rest = _bytes(path).splitlines() or [b""]
    header = next(csv.reader([_text(first)[0]]), [])
    _check_header(header, path)
    for number, line in enumerate(rest, start=2):
        raw, broken = _text(line)
        if not raw.strip():
            continue
        yield Line(number, raw, broken=broken) if broken else _csv_line(number, raw, header)


def _csv_line(number: int, raw: str, header: list[str]) -> Line:
    if "\0" in raw:
        return Line(number, raw.replace("\0", "␀"), broken="the line has a NUL byte; save the file as plain text")
    try:
        (values,) = csv.reader([raw], strict=True)
    except (csv.Error, ValueError):
        return Line(number, raw, broken="a quote is opened and not closed on the line; keep each act on one line")
    if len(values) != len(header):
        return Line(number, raw, broken=f"the line has {len(values)} fields, the header {len(header)}; quote a text with commas")
    return Line(number, raw, dict(zip(header, values, strict=True)))


def _json_lines(path: Path) -> Iterator[Line]:
    for number, line in enumerate(_bytes(path).splitlines(), start=1):
        raw, broken = _text(line)
        if not raw.strip():
            continue
        yield Line(number, raw, broken=broken) if broken else _json_line(number, raw)


def _json_line(number: int, raw: str) -> Line:
    try:
        values = json.loads(raw)
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        return Line(number, raw, broken='the line is no JSON object such as {"event_id": "…", "event_date": "2025-03-28", …}')
    texts = {str(key): str(value) for key, value in values.items() if value is not None}
    if any("\0" in text or not _is_unicode(text) for text in texts.values()):
        return Line(number, raw, broken="a text has a NUL or half a surrogate pair; write plain characters")
    return Line(number, raw, texts)


def _is_unicode(text: str) -> bool:
    """JSON can spell half of a character, as \\ud800; no database takes it."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _parquet_lines(path: Path) -> Iterator[Line]:
    with duckdb.connect() as connection:
        try:
            relation = connection.read_parquet(str(path))
            header, rows = relation.columns, relation.fetchall()
        except duckdb.Error as error:
            raise FileRefused(f"{path.name} cannot be read as Parquet: {str(error).splitlines()[0]}") from error
    _check_header(header, path)
    for number, row in enumerate(rows, start=1):
        values = {column: str(value) for column, value in zip(header, row, strict=True) if value is not None}
        yield Line(number, json.dumps(values, ensure_ascii=False), values)
