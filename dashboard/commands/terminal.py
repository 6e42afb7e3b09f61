"""What commands print for people, with text of others made visible, and what `bilateral sql` prints: rows as a table, CSV, JSON or Parquet."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from bilateral.escaping import in_a_line, visible
from bilateral.exits import Exit, Stop

if TYPE_CHECKING:
    from rich.table import Table

    from bilateral.ask.reader_sql import Answer


def say(sentence: str) -> None:
    """Print a sentence, or some."""
    sys.stdout.write(visible(sentence) + "\n")


def complain(sentence: str) -> None:
    """Write a sentence to stderr."""
    sys.stderr.write(visible(sentence) + "\n")


def say_table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Print rows under their heads; a cell may have several lines."""
    from rich.console import Console

    Console(highlight=False, soft_wrap=True).print(_table(head, rows), markup=False)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> "Table":
    from rich.table import Table

    table = Table(*map(in_a_line, head), box=None, pad_edge=False, header_style="")
    for row in rows:
        table.add_row(*map(visible, row))
    return table


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


def show(answer: "Answer", format: str, limit: int) -> None:
    """Write an answer; say on stderr when rows were left out. CSV and JSON in a pipe are data, on a terminal they are to be looked at."""
    if format == "table":
        from rich.console import Console

        rows = (["" if value is None else str(value) for value in row] for row in answer.rows)
        wide = Console(highlight=False, width=None if sys.stdout.isatty() else 400)
        wide.print(_table(answer.names, rows), markup=False)
    elif format == "json":
        found = [dict(zip(answer.names, row, strict=True)) for row in answer.rows]
        sys.stdout.write(json.dumps(found, ensure_ascii=sys.stdout.isatty()) + "\n")
    elif sys.stdout.isatty():
        sys.stdout.write(visible(answer.body.decode()))
    else:
        sys.stdout.buffer.write(answer.body)
        sys.stdout.buffer.flush()
    if answer.is_cut:
        complain(f"First {limit} rows shown; the result has more (--limit)")
