"""Reads chronology and articles files: a text table with a header, JSON Lines or Parquet, one event per row.

Rows come out as text, read by the rules that every dataset has; queries/sources/curated.sql types and judges them. A line that is no row at all
(bytes of another encoding, a wrong number of fields, an open quote) comes out with its reason in `broken`.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from bilateral.sources import contents, records
from bilateral.sources.forms import Form, form_of
from bilateral.sources.layouts import Layout
from bilateral.sources.profiles import Mender, Profile
from bilateral.sources.unpacking import FileRefused
from bilateral.sources.values import noted

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
    "summary_es",
    "source_title",
    "source_url",
    "outlet",
    "published_on",
    "verified",
    "added_at",
)
COLUMNS = REQUIRED + OPTIONAL
DATASETS = ("chronology", "articles")
TEXT, LINES, PARQUET = (".csv", ".tsv", ".tab", ".txt"), (".jsonl", ".ndjson"), (".parquet",)
SUFFIXES = (*TEXT, *LINES, *PARQUET)
LAYOUT = Layout(
    dataset="chronology or articles",
    columns=COLUMNS,
    required=REQUIRED,
    code="cameo_code",
    code_name="cameo_code",
    numbers=("goldstein",),
    days=("event_date", "published_on"),
    countries=("source_actor", "target_actor"),
    long=("summary", "source_title", "source_url"),
    cuts={32_767: 1, 255: 2},
)


NOT_PLAIN = "a text has a NUL or half a surrogate pair; write plain characters"


@dataclass(frozen=True)
class Line:
    """One row of a file: its line number (the header is 1), the line as it stands, its values as text, or why it is no row."""

    number: int
    raw: str
    values: dict[str, str] = field(default_factory=dict)
    broken: str | None = None


@dataclass(frozen=True)
class Table:
    """All rows of one file; whether its codes have their leading zeros (kept or lost); and what was done to its values."""

    rows: tuple[Line, ...]
    zeros: str
    note: str | None

    def records(self, dataset: str, file_name: str) -> list[tuple]:
        """Rows of the table `incoming`; an empty value is NULL."""
        return [
            (
                dataset,
                file_name,
                row.number,
                row.raw,
                row.broken,
                self.zeros,
                *(row.values.get(column) or None for column in COLUMNS),
            )
            for row in self.rows
        ]


INCOMING = ("dataset", "file_name", "row_number", "raw", "broken", "zeros", *COLUMNS)


def kind_of(path: Path) -> str:
    """.csv of mine.CSV.gz; '' where it is not a file of acts by its name."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes[-1:] and suffixes[-1] in contents.PACKED:
        suffixes = suffixes[:-1] or [".csv"]
    kind = suffixes[-1] if suffixes else ""
    return kind if kind in SUFFIXES else ""


def read(path: Path) -> Table:
    """All rows of one file. Raises FileRefused where it is empty, of another kind, lacks a required column, or has lost information."""
    kind = kind_of(path)
    if not kind:
        raise FileRefused(f"{path.name} is none of {', '.join(SUFFIXES)}; save a sheet as CSV UTF-8")
    start = contents.opened(path)
    if not start:
        raise FileRefused(f"{path.name} is empty; a header and one event per line were expected")
    if kind in PARQUET:
        if path.suffix.lower() in contents.PACKED:
            raise FileRefused(f"{path.name} holds a file that is a Parquet file; unpack it and load that file")
        profile = Profile(LAYOUT)
        rows, labels = list(_parquet_lines(path)), dict[str, str]()
    else:
        content = b"".join(contents.pieces_of_text(path))
        profile = Profile(LAYOUT)
        for line in content.split(b"\n"):
            profile.decoder.look_at(line)
        rows, labels = (_text_lines if kind in TEXT else _json_lines)(content, path, profile)
    return _table(rows, labels, profile, path)


def _table(rows: list[Line], labels: dict[str, str], profile: Profile, path: Path) -> Table:
    profile.labels = labels
    good = [row for row in rows if row.broken is None]
    for row in good:
        profile.look_at(row.values)
    profile.check(path.name)
    mended: Counter[tuple[str, str]] = Counter()
    if profile.decoder.is_windows:
        mended["the file", "read as Windows-1252"] += profile.decoder.n_other
    mender = Mender(profile, mended)
    read_rows = (
        Line(row.number, row.raw, {name: mender.value(name, text) for name, text in row.values.items()}, row.broken)
        for row in rows
    )
    return Table(tuple(read_rows), profile.zeros, noted(mended))


def template() -> str:
    """The header of an empty CSV file, for `bilateral load articles --template`."""
    return ",".join(COLUMNS) + "\n"


# ------------------------------------------------------------------ text


def _text_lines(content: bytes, path: Path, profile: Profile) -> tuple[list[Line], dict[str, str]]:
    form = form_of(content, path, LAYOUT)
    rows: list[Line] = []

    def texts() -> Iterator[tuple[int, str]]:
        for number, line in enumerate(content.split(b"\n"), start=1):
            if number <= form.header_line:
                continue
            raw, broken = _decoded(line.rstrip(b"\r"), profile)
            if broken:
                rows.append(Line(number, raw, broken=broken))
            else:
                yield number, raw

    rows += [_text_line(record, form) for record in form.splitter().records(texts())]
    return sorted(rows, key=lambda row: row.number), _labels(form)


def _labels(form: Form) -> dict[str, str]:
    return {name: label for name, label in zip(form.names, form.labels, strict=True) if name}


def _decoded(line: bytes, profile: Profile) -> tuple[str, str | None]:
    raw, is_text = profile.decoder.text(line)
    if not is_text:
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            return raw, f"byte {error.start + 1} of the line is not UTF-8 (Latin-1 perhaps); save the file as UTF-8"
    if "\0" in raw:
        return raw.replace("\0", "␀"), "the line has a NUL byte; save the file as plain text"
    return raw, None


def _text_line(record: records.Record, form: Form) -> Line:
    fields = record.fields
    if fields is None:
        advice = "close it, or double a quote that is a letter" if record.reason == records.OPEN_QUOTE else ""
        return Line(record.line, record.raw, broken="; ".join(filter(None, [record.reason, advice])))
    while len(fields) > len(form.names) and form.delimiter == "\t" and not fields[-1]:
        fields.pop()
    if len(fields) != len(form.names):
        said = f"the line has {len(fields)} fields, the header {len(form.names)}; quote a text with {records.DELIMITERS.get(form.delimiter, 'delimiters')}"
        return Line(record.line, record.raw, broken=said)
    return Line(record.line, record.raw, {name: text for name, text in zip(form.names, fields, strict=True) if name})


# ------------------------------------------------------------------ JSON Lines


def _json_lines(content: bytes, path: Path, profile: Profile) -> tuple[list[Line], dict[str, str]]:
    if content.lstrip()[:1] == b"[" and _is_array(content):
        raise FileRefused(f"{path.name} is one JSON array; write one object per line, as `jq -c '.[]' {path.name}` does")
    rows = []
    labels: dict[str, str] = {}
    for number, line in enumerate(content.split(b"\n"), start=1):
        raw, broken = _decoded(line.rstrip(b"\r"), profile)
        if raw.strip():
            rows.append(Line(number, raw, broken=broken) if broken else _json_line(number, raw, labels, path))
    return rows, labels


def _is_array(content: bytes) -> bool:
    try:
        return isinstance(json.loads(content)[0], dict)
    except (ValueError, RecursionError, LookupError):
        return False


class Repeated(Exception):
    """A JSON object that has a name twice."""


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise Repeated(next(name for name in names if names.count(name) > 1))
    return found


def _json_line(number: int, raw: str, labels: dict[str, str], path: Path) -> Line:
    try:
        values = json.loads(raw, object_pairs_hook=_once)
    except Repeated as name:
        return Line(number, raw, broken=f"the object has {str(name)!r} twice; take one of them out")
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        return Line(number, raw, broken='the line is no JSON object such as {"event_id": "…", "event_date": "2025-03-28", …}')
    columns = records.canonical(values, LAYOUT.by_key, f"{path.name}, line {number}")
    given = {column: value for column, value in zip(columns, values.values(), strict=True) if column and value is not None}
    labels |= {column: name for column, name in zip(columns, values, strict=True) if column}
    if nested := [column for column, value in given.items() if isinstance(value, dict | list)]:
        return Line(number, raw, broken=f"{nested[0]} is a list or an object; a text or a number was expected")
    texts = {column: str(value) for column, value in given.items()}
    if any("\0" in text or not _is_unicode(text) for text in texts.values()):
        return Line(number, raw.replace("\0", "␀"), broken=NOT_PLAIN)
    return Line(number, raw, texts)


def _is_unicode(text: str) -> bool:
    """JSON can spell half of a character, as \\ud800; no database takes it."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


# ------------------------------------------------------------------ Parquet


def _parquet_lines(path: Path) -> Iterator[Line]:
    with duckdb.connect() as connection:
        try:
            relation = connection.read_parquet(str(path))
            names = records.canonical(_stored_names(connection, relation, path), LAYOUT.by_key, path.name)
            _check_types(relation, names, path)
            rows = relation.fetchall()
        except duckdb.Error as error:
            raise FileRefused(f"{path.name} cannot be read as Parquet: {str(error).splitlines()[0]}") from error
    if missing := [column for column in REQUIRED if column not in names]:
        raise FileRefused(f"{path.name} has no column {', '.join(missing)}; its columns are {', '.join(relation.columns)}")
    for number, row in enumerate(rows, start=1):
        values = {name: _plain(value) for name, value in zip(names, row, strict=True) if name and value is not None}
        raw = json.dumps(values, ensure_ascii=False)
        yield (
            Line(number, raw, broken=NOT_PLAIN) if any("\0" in value for value in values.values()) else Line(number, raw, values)
        )


def _stored_names(connection: duckdb.DuckDBPyConnection, relation: duckdb.DuckDBPyRelation, path: Path) -> list[str]:
    """Columns as the file names them: DuckDB gives the second of event_id and EVENT_ID another name, with a number."""
    stored = {name for (name,) in connection.execute("select name from parquet_schema(?)", [str(path)]).fetchall()}
    return [name if name in stored else re.sub(r"_\d+$", "", name) for name in relation.columns]


def _check_types(relation: duckdb.DuckDBPyRelation, names: tuple[str, ...], path: Path) -> None:
    for name, kind in zip(names, relation.types, strict=True):
        if name and str(kind.id) in ("list", "struct", "map", "array", "union"):
            raise FileRefused(f"{path.name}: the column {name} holds lists or structures; a text or a number was expected")


def _plain(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
