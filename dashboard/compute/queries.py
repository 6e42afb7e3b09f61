"""The files under queries/: one SELECT each, with a header that promises what it makes. This module reads them; runner.py runs them."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

LAYERS = ("raw", "staging", "core", "indicators", "statistics", "main")
"""Schemas in their order: a file reads its own layer or one to its left."""

FIELD = re.compile(r"^ {3}(\w+) +(.*)$|^ {3}(\w+)$")
COLUMN = re.compile(r"^ {5}(\w+) +(\w+(?: \w+)?(?:\[\])?) {2,}(.+)$")
INHERITED = re.compile(r"those of (\w+\.\w+)")


class QueryError(Exception):
    """A query file that does not keep its promise. The message names the file and says what was expected."""


@dataclass(frozen=True)
class Column:
    """One promised column: name, DuckDB type in lower case, meaning with unit."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True)
class Query:
    """One file: `core.dyad_day` is queries/core/dyad_day.sql."""

    name: str
    path: Path
    sentence: str
    fields: dict[str, str]
    columns: tuple[Column, ...]
    sql: str

    @property
    def layer(self) -> str:
        return self.name.split(".")[0]

    @property
    def grain(self) -> tuple[str, ...]:
        """Key columns; empty where the header says `none`."""
        return tuple(word for word in re.split(r",\s*", self.fields.get("grain", "")) if word not in ("", "none"))

    @property
    def inputs(self) -> tuple[str, ...]:
        return tuple(word for word in re.split(r",\s*", self.fields.get("inputs", "")) if word)

    @property
    def inherited(self) -> tuple[str, ...]:
        """Tables whose columns come before its own: `columns  those of core.events, and`."""
        return tuple(INHERITED.findall(self.fields.get("columns", "")))

    @property
    def built(self) -> str:
        """table; view; passing (a table while others are built from it, then a view); kept (the loader owns the rows); computed."""
        return next((word for word in ("kept", "computed") if word in self.fields), self.fields.get("built", "table"))

    @property
    def by(self) -> tuple[str, ...]:
        """The two columns, dataset and day, by which it is built: rows of one day are made of its inputs' rows of that day. Else empty."""
        return tuple(word for word in re.split(r",\s*", self.fields.get("by", "")) if word)

    @property
    def is_by_dataset(self) -> bool:
        """Rows of one dataset are made of its inputs' rows of that dataset, and so is all of its layer that is made of it."""
        return self.fields.get("each") == "dataset"

    @property
    def looks_at_all_days(self) -> bool:
        """A row is made of those of all days before, not of the last windows and what fades."""
        return self.fields.get("looks") == "back to the first day"

    @property
    def when(self) -> str | None:
        """The one table whose change triggers a rebuild; its other inputs may change without one."""
        return self.fields.get("when")

    @property
    def computed_by(self) -> tuple[str, str]:
        """Module and function that answer the question that this SELECT is; the header's columns are those of the answer."""
        module, _, function = self.fields["computed"].rpartition(".")
        return module, function


def reading(query: Query, instead: Mapping[str, str]) -> str:
    """The query as it reads other tables in the place of some, by name; what it reads keeps its short name."""
    sql = query.sql
    for name in sorted(instead.keys() & set(query.inputs)):
        sql = re.sub(rf"\b{re.escape(name)}\b(?!\s+as\b)", f"{instead[name]} as {name.split('.')[1]}", sql)
        sql = re.sub(rf"\b{re.escape(name)}\b", instead[name], sql)
    return sql


def read(path: Path) -> Query:
    """Parse one file into header and SQL. Raises QueryError where the header is missing or a column line has no type or meaning."""
    name = f"{path.parent.name}.{path.stem}"
    text = path.read_text(encoding="utf-8")
    if not text.startswith("/* ") or "*/" not in text:
        raise QueryError(f"{name} has no header; start the file with a block comment /* sentence … */ ({path})")
    comment, sql = text[3:].split("*/", 1)
    sentence = " ".join(line.strip() for line in comment.split("\n\n")[0].splitlines())
    fields: dict[str, str] = {}
    columns = []
    inside = ""
    for line in comment.splitlines():
        if match := FIELD.match(line):
            inside = match[1] or match[3]
            fields[inside] = (match[2] or "").strip()
        elif inside == "columns" and line.startswith("     "):
            if not (match := COLUMN.match(line)):
                raise QueryError(f"{name}: the header line {line.strip()!r} is not `column  type  meaning` ({path})")
            columns.append(Column(match[1], match[2], match[3].strip()))
    return Query(name, path, sentence, fields, tuple(columns), sql.strip().rstrip(";"))


def read_layers(folder: Path) -> dict[str, Query]:
    """All files of the layers by name, each with the columns it inherits put before its own."""
    found = (read(path) for layer in LAYERS for path in sorted((folder / layer).glob("*.sql")))
    queries = {query.name: query for query in found}
    return {name: replace(query, columns=_all_columns(query, queries)) for name, query in queries.items()}


def _all_columns(query: Query, queries: dict[str, Query], below: tuple[str, ...] = ()) -> tuple[Column, ...]:
    columns: list[Column] = []
    for name in query.inherited:
        if name not in queries or name in (query.name, *below):
            raise QueryError(f"{query.name} has the columns of {name}, which is not a file before it ({query.path})")
        columns += _all_columns(queries[name], queries, (query.name, *below))
    return (*columns, *query.columns)


_READ: dict[str, frozenset[str]] = {}
"""Tables that a SELECT reads, by its text: a process reads the same files again for each connection, and a parse takes longer than most of
them take to run."""


def tables_read(queries: Iterable[Query]) -> dict[str, frozenset[str]]:
    """Tables of other files that each SELECT reads, as `schema.table`, out of DuckDB's own parse tree; CTEs have no schema."""
    queries = list(queries)
    if unknown := [query for query in queries if query.sql not in _READ]:
        with duckdb.connect() as parser:
            _READ.update({query.sql: _parsed(query, parser) for query in unknown})
    return {query.name: _READ[query.sql] for query in queries}


def _parsed(query: Query, parser: duckdb.DuckDBPyConnection) -> frozenset[str]:
    (text,) = parser.execute("select json_serialize_sql(?::varchar)", [query.sql]).fetchone() or ("{}",)
    tree = json.loads(text)
    if tree.get("error"):
        raise QueryError(f"{query.name} is not one SELECT: {tree.get('error_message')}")
    return frozenset(_base_tables(tree))


def _base_tables(node: object):
    if isinstance(node, dict):
        if node.get("type") == "BASE_TABLE" and node.get("schema_name"):
            yield f"{node['schema_name']}.{node['table_name']}"
        for value in node.values():
            yield from _base_tables(value)
    elif isinstance(node, list):
        for value in node:
            yield from _base_tables(value)


def in_order(queries: dict[str, Query]) -> list[Query]:
    """The files so that each comes after what it reads. Raises QueryError for an unknown input, a later layer or a circle."""
    reads = tables_read(queries.values())
    for name, query in queries.items():
        _check_inputs(query, reads[name], queries)
    ordered: dict[str, Query] = {}
    while len(ordered) < len(queries):
        ready = [name for name in queries if name not in ordered and reads[name] <= ordered.keys()]
        if not ready:
            raise QueryError(f"these files read each other in a circle: {', '.join(sorted(queries.keys() - ordered.keys()))}")
        ordered |= {name: queries[name] for name in ready}
    return list(ordered.values())


def _check_inputs(query: Query, reads: frozenset[str], queries: dict[str, Query]) -> None:
    for table in sorted(reads):
        if table not in queries:
            raise QueryError(f"{query.name} reads {table}, which no file under queries/ makes ({query.path})")
        if LAYERS.index(queries[table].layer) > LAYERS.index(query.layer):
            raise QueryError(f"{query.name} reads {table}, which comes later; the order is {' → '.join(LAYERS)}")
    if reads != set(query.inputs):
        promised, read_tables = ", ".join(sorted(query.inputs)) or "nothing", ", ".join(sorted(reads)) or "nothing"
        raise QueryError(f"{query.name}: its header promises to read {promised}, but it reads {read_tables} ({query.path})")
