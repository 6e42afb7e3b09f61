"""Tables whose rows carry the hash of the one before, so that a row that was changed, removed or put between others is found."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb

LEDGER = ("questions", "forecasts", "resolutions")
"""Tables of raw that are chains."""
OWN = ("entry", "previous_hash", "hash")


def digest(fields: Mapping[str, Any], previous: str = "") -> str:
    """SHA-256 of the fields by name, those without a value left out, so that a column which a later version adds changes no hash."""
    known = {name: _written(value) for name, value in fields.items() if value is not None and name not in OWN}
    return hashlib.sha256(json.dumps([previous, known], sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def append(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]]) -> int:
    """Put rows at the end of a chain; returns how many. The caller owns the transaction."""
    if not rows:
        return 0
    entry, previous = _end(connection, table) or (0, "")
    names = [name for name, *_ in connection.execute(f"describe raw.{table}").fetchall()]
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for row in rows:
        entry, hashed = entry + 1, digest(row, previous)
        whole = {**row, "entry": entry, "previous_hash": previous, "hash": hashed}
        for name in names:
            columns[name].append(whole.get(name))
        previous = hashed
    types = {name: kind for name, kind, *_ in connection.execute(f"describe raw.{table}").fetchall()}
    lists = ", ".join(f"unnest(?::{types[name]}[])" for name in names)
    connection.execute(f"insert into raw.{table} select {lists}", list(columns.values()))
    return len(rows)


def fault(connection: duckdb.DuckDBPyConnection, table: str) -> str | None:
    """The first row that is not as it was entered, in words; None where all are."""
    found = connection.execute(f"select * from raw.{table} order by entry")
    names = [column[0] for column in found.description or ()]
    return _first_fault(dict(zip(names, row, strict=True)) for row in found.fetchall())


def missing(connection: duckdb.DuckDBPyConnection, before: duckdb.DuckDBPyConnection, table: str) -> bool:
    """An earlier copy of the chain ends in a row that this one does not have; a copy of an older version may have no such table."""
    there = before.execute("select count(*) from duckdb_tables() where schema_name = 'raw' and table_name = ?", [table])
    if there.fetchone() == (0,):
        return False
    last = _end(before, table)
    found = connection.execute(f"select count(*) from raw.{table} where (entry, hash) = (?, ?)", last) if last else None
    return found is not None and found.fetchone() == (0,)


def _end(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[int, str] | None:
    """Number and hash of the last row. Not by `order by … limit 1`, which DuckDB 2.0 answers with no row where the first rows were deleted."""
    (entry, hashed) = connection.execute(f"select max(entry), max_by(hash, entry) from raw.{table}").fetchone() or (None, None)
    return None if entry is None else (entry, hashed)


def _first_fault(rows: Iterable[Mapping[str, Any]]) -> str | None:
    previous = ""
    for place, row in enumerate(rows, start=1):
        if row["entry"] != place:
            return f"entry {place} is missing; {row['entry']} stands in its place"
        if row["previous_hash"] != previous:
            return f"entry {place} does not follow the one before it"
        if row["hash"] != digest(row, previous):
            return f"entry {place} was changed after it was entered"
        previous = row["hash"]
    return None


def _written(value: Any) -> str:
    """A value in one way whatever wrote it: numbers with all their digits, days and times as ISO has them."""
    return value.isoformat() if hasattr(value, "isoformat") else repr(value) if isinstance(value, float) else str(value)
