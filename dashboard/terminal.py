"""What `bilateral sql` prints: rows as a table, CSV, JSON or Parquet on stdout, what was left out on stderr."""

import json
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from dashboard.asking import Answer
from dashboard.exits import Exit, Stop


def how_to_open(path: Path) -> str:
    """Ways to open the snapshot with other tools."""
    return f"""The current snapshot is {path}
It never changes under this name; open it read-only and nothing waits for you:

  bilateral sql "select day, balance from indicator_day where dyad = 'MEX-USA' order by day desc"
  duckdb -readonly "$(bilateral path)"
  harlequin --read-only "$(bilateral path)"
  python: duckdb.connect("{path}", read_only=True).sql("from events").df()
  jupyter: the cells of docs/notebook.ipynb

`describe events` lists columns; `select column_name, comment from duckdb_columns() where table_name = 'events'` explains them."""


def parameters(given: list[str]) -> dict[str, str]:
    """The values of `-p name=value`. Raises Stop 78 where there is no name."""
    pairs = [text.partition("=") for text in given]
    for name, sign, _ in pairs:
        if not name or not sign:
            raise Stop(Exit.CONFIGURATION, f"-p {name} has no value; write it as -p name=value")
    return {name.removeprefix("$"): value for name, _, value in pairs}


def refuse_binary(format: str) -> None:
    """Raises Stop 78 for Parquet on a terminal."""
    if format == "parquet" and sys.stdout.isatty():
        raise Stop(Exit.CONFIGURATION, "Parquet is binary; send it to a file: bilateral sql … --format parquet > rows.parquet")


def show(answer: Answer, format: str, limit: int) -> None:
    """Write an answer; say on stderr when rows were left out."""
    if format == "table":
        _table(answer)
    elif format == "json":
        rows = [dict(zip(answer.names, row, strict=True)) for row in answer.rows]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False) + "\n")
    else:
        sys.stdout.buffer.write(answer.body)
        sys.stdout.buffer.flush()
    if answer.is_cut:
        sys.stderr.write(f"First {limit} rows shown; the result has more (--limit)\n")


def _table(answer: Answer) -> None:
    table = Table(*answer.names, box=None, pad_edge=False)
    for row in answer.rows:
        table.add_row(*("" if value is None else str(value) for value in row))
    Console(highlight=False, width=None if sys.stdout.isatty() else 400).print(table, markup=False)
