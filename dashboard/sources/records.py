"""Format of a text table: delimiter, quotes, header. One set of rules for every dataset; datasets differ in the names of their columns.

A record is one line, or several where a quoted field holds line breaks. A quote that is opened and never closed spoils its own line and no other.
"""

import csv
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bilateral.sources.unpacking import FileRefused

csv.field_size_limit(1 << 30)  # a longer line is refused before it comes here

DELIMITERS = {"\t": "tabs", ",": "commas", ";": "semicolons", "|": "bars"}
MOST_JOINED = 100
"""Lines of one record."""
MOST_COLUMNS = 10_000
"""No table of acts has a hundredth of it; a file with more is refused before its millions of empty cells are looked at."""
OPEN_QUOTE = "a quote is opened and not closed on the line"


@lru_cache(maxsize=10_000)
def key(name: str) -> str:
    """A column's name without case, blanks, quotes and signs: "Event ID", event_id and EVENTID are one."""
    return re.sub(r"[^a-z0-9]+", "", name.lower())


def refuse_wide(n_columns: int, file: str) -> None:
    """Raises FileRefused where no table has so many columns."""
    if n_columns > MOST_COLUMNS:
        raise FileRefused(
            f"{file} has {n_columns:,} columns, and a table of events has a few dozen; it is damaged or another kind of file: write it again from its source"
        )


def canonical(header: Collection[str], columns: dict[str, str], file: str) -> tuple[str, ...]:
    """The columns that a header names, '' for an unknown one. Raises FileRefused where two names mean one column, or there are far too many."""
    refuse_wide(len(header), file)
    meant: dict[str, str] = {}
    names = []
    for name in header:
        column = columns.get(key(name), "")
        if column and column in meant:
            raise FileRefused(
                f"{file} names a column twice: {meant[column]!r} and {name!r} both mean {column}; take one of them out"
            )
        meant[column] = name
        names.append(column)
    return tuple(names)


def split(text: str, delimiter: str) -> list[str] | None:
    """The fields of one record; None where a quote is not closed or text stands after one that is."""
    if '"' not in text:
        return text.split(delimiter)
    try:
        (fields,) = csv.reader([f"{line}\n" for line in text.split("\n")], delimiter=delimiter, strict=True)
    except (csv.Error, ValueError):
        return None
    return fields


def joined(lines: list[str], delimiter: str) -> list[list[str]]:
    """Rows of these lines where quoted fields may go over several of them; none where a quote is odd."""
    try:
        return [row for row in csv.reader([f"{line}\n" for line in lines], delimiter=delimiter) if row]
    except csv.Error:
        return []


def header_of(text: str, delimiter: str) -> list[str]:
    """A header's names; one with odd quotes as it stands."""
    return split(text, delimiter) or text.split(delimiter)


def guess(text: str, columns: dict[str, str]) -> str:
    """The delimiter with which a line names the most columns, and else has the most fields."""

    def worth(delimiter: str) -> tuple[int, int]:
        names = header_of(text, delimiter)
        return sum(key(name) in columns for name in names), len(names)

    return max(DELIMITERS, key=worth)


@dataclass(frozen=True)
class Record:
    """One row: its first line in the file, its text, its fields, or None with the reason why it is no row."""

    line: int
    raw: str
    fields: list[str] | None
    reason: str = ""
    n_lines: int = 1


class Splitter:
    """Makes records of lines that all have `width` fields. Without `is_quoted` a quote in a tab-separated line is a letter wherever the width then fits."""

    def __init__(self, delimiter: str, width: int, is_quoted: bool):
        self.delimiter = delimiter
        self.width = width
        self.has_letters = delimiter == "\t" and not is_quoted

    def records(self, lines: Iterable[tuple[int, str]]) -> Iterator[Record]:
        waiting: list[tuple[int, str]] = []
        source = iter(lines)
        while True:
            while not waiting or not waiting[0][1].strip():  # an empty line between rows is none
                del waiting[:1]
                if not waiting:
                    if (item := next(source, None)) is None:
                        return
                    waiting.append(item)
            record = self._record(waiting, source)
            del waiting[: record.n_lines]
            yield record

    def _record(self, waiting: list[tuple[int, str]], source: Iterator[tuple[int, str]]) -> Record:
        number, text = waiting[0]
        if (n_columns := text.count(self.delimiter) + 1) > MOST_COLUMNS:
            return Record(number, text, None, f"the line has {n_columns:,} columns, {self.width} were expected")
        fields = self._one_line(text)
        if fields is not None:
            is_cut = self.has_letters and self._is_open(text)
            return (is_cut and self._joined(waiting, source)) or Record(number, text, fields)
        if not self._is_open(text):
            return Record(number, text, None, "there is text after a closing quote; double a quote that belongs to the text")
        if joined := self._joined(waiting, source):
            return joined
        return Record(number, text, text.split("\t") if self.has_letters else None, OPEN_QUOTE)

    def _one_line(self, text: str) -> list[str] | None:
        if self.has_letters:
            fields = text.split("\t")
            if len(fields) == self.width or '"' not in text:
                return [_unquoted(field) for field in fields] if '"' in text else fields
            quoted = split(text, "\t")
            return quoted if quoted is not None and len(quoted) == self.width else None if self._is_open(text) else fields
        return split(text, self.delimiter)

    def _is_open(self, text: str) -> bool:
        """Whether the text ends inside a quoted field."""
        return text.count('"') % 2 == 1

    def _joined(self, waiting: list[tuple[int, str]], source: Iterator[tuple[int, str]]) -> Record | None:
        """The record of this line and the next ones, where they close its quote and fit; a line that is a row by itself never belongs to another."""
        number, text = waiting[0]
        for place in range(1, MOST_JOINED):
            if place == len(waiting):
                if (item := next(source, None)) is None:
                    return None
                waiting.append(item)
            line = waiting[place][1]
            if '"' not in line and line.count(self.delimiter) == self.width - 1:
                return None
            text += "\n" + line
            if '"' in line and not self._is_open(text):
                fields = split(text, self.delimiter)
                return Record(number, text, fields, n_lines=place + 1) if fields and len(fields) == self.width else None
        return None


def _unquoted(field: str) -> str:
    """A field whose quotes can only be those of a writer: around it, and doubled within."""
    inner = field[1:-1]
    if len(field) > 1 and field[0] == field[-1] == '"' and '""' in inner and '"' not in inner.replace('""', ""):
        return inner.replace('""', '"')
    return field
