"""`bilateral sql`: one read-only statement on a snapshot, its rows as table, CSV, JSON or Parquet."""

import json
import sys
import tempfile
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from dashboard.exits import Exit, Stop
from dashboard.warehouse import connect


def how_to_open(path: Path) -> str:
    """Ways to open the snapshot with other tools."""
    return f"""The current snapshot is {path}
It never changes under this name; open it read-only and nothing waits for you:

  bilateral sql "select day, balance from indicator_day where dyad = 'MEX-USA' order by day desc"
  duckdb -readonly "$(bilateral path)"
  harlequin --read-only "$(bilateral path)"
  python: duckdb.connect("{path}", read_only=True).sql("from events").df()

`describe events` lists columns; `select column_name, comment from duckdb_columns() where table_name = 'events'` explains them."""


def answer(path: Path, statement: str, format: str, limit: int) -> None:
    """Write the rows of one SELECT to stdout. Raises Stop 78 for anything else; says on stderr when rows were left out."""
    with connect(path) as connection:
        _allow_one_select(connection, statement)
        try:
            relation = connection.sql(statement)
            names, types = relation.columns, [str(kind) for kind in relation.types]
            rows = relation.limit(limit + 1).fetchall()
        except duckdb.Error as error:
            raise Stop(Exit.CONFIGURATION, str(error).split("\n\n")[0]) from None
    if format == "parquet":
        _write_parquet(names, types, rows[:limit])
    elif format == "table":
        _write_table(names, rows[:limit])
    elif format == "csv":
        _write_csv(names, rows[:limit])
    elif format == "json":
        objects = [dict(zip(names, row, strict=True)) for row in rows[:limit]]
        sys.stdout.write(json.dumps(objects, default=str, ensure_ascii=False) + "\n")
    if len(rows) > limit:
        sys.stderr.write(f"First {limit} rows shown; the result has more (--limit)\n")


def _allow_one_select(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    try:
        kinds = [found.type.name for found in connection.extract_statements(statement)]
    except duckdb.Error as error:
        raise Stop(Exit.CONFIGURATION, str(error).split("\n\n")[0]) from None
    if kinds not in (["SELECT"], ["EXPLAIN"]):
        found = ", ".join(kinds) or "nothing"
        raise Stop(Exit.CONFIGURATION, f"one SELECT is needed, this is {found}; snapshots are read-only")


def _write_table(names: list[str], rows: list[tuple]) -> None:
    table = Table(*names, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row))
    Console(highlight=False, width=None if sys.stdout.isatty() else 400).print(table, markup=False)


def _write_csv(names: list[str], rows: list[tuple]) -> None:
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)


def _write_parquet(names: list[str], types: list[str], rows: list[tuple]) -> None:
    """From the rows and not through pandas, which makes timestamps of days and floats of counts with gaps."""
    if sys.stdout.isatty():
        raise Stop(Exit.CONFIGURATION, "Parquet is binary; send it to a file: bilateral sql … --format parquet > rows.parquet")
    columns = ['"' + name.replace('"', '""') + '"' for name in names]
    with tempfile.NamedTemporaryFile(suffix=".parquet") as file, duckdb.connect() as free:
        free.execute(f"create table answer ({', '.join(map(' '.join, zip(columns, types, strict=True)))})")
        if rows:
            lists = ", ".join(f"unnest(?::{kind}[])" for kind in types)
            free.execute(f"insert into answer select {lists}", [list(column) for column in zip(*rows, strict=True)])
        free.execute(f"copy answer to '{file.name}' (format parquet)")
        sys.stdout.buffer.write(Path(file.name).read_bytes())
