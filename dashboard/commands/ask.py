"""`bilateral sql`, `export`, `path`: ask the current snapshot."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bilateral.commands.options import Data, settings
from bilateral.commands.terminal import complain, say


class Format(StrEnum):
    """How the rows of `bilateral sql` are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


def sql(
    statement: Annotated[str | None, typer.Argument(help="One SELECT on the current snapshot.", show_default=False)] = None,
    data: Data = None,
    format: Annotated[Format, typer.Option("--format", help="How rows are written.")] = Format.TABLE,
    limit: Annotated[int, typer.Option(min=1, help="Most rows to give; more are announced on stderr.")] = 1000,
    parameter: Annotated[
        list[str] | None,
        typer.Option("--parameter", "-p", help="A value for a $name of the statement: -p pair=MEX-USA", show_default=False),
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds after which the query is stopped.")] = 60,
    memory: Annotated[int, typer.Option(min=64, help="MB that the query may take.")] = 1024,
) -> None:
    """Ask the current snapshot one read-only question; without a statement, tell how to open it elsewhere.

    Example: bilateral sql "select dataset, count(*) from reports group by 1"
    """
    from bilateral.ask import reader_sql
    from bilateral.commands import terminal

    path = readable(settings(data=data).data)
    if statement is None:
        say(terminal.how_to_open(path))
        return
    terminal.refuse_binary(format.value)
    limits = reader_sql.Limits(rows=limit, seconds=timeout, memory_mb=memory, answer_bytes=memory * 1_000_000)
    sent = "json" if format is Format.TABLE else format.value
    terminal.show(reader_sql.ask(path, statement, terminal.parameters(parameter or []), sent, limits), format.value, limit)


def export(
    address: Annotated[str, typer.Argument(help="Of a page, as the browser shows it: /pair/MEX-USA?from=2025-01-01")],
    data: Data = None,
    form: Annotated[
        str, typer.Option("--format", help="csv, json, xlsx, parquet, zip, png or svg; md or html of a briefing")
    ] = "csv",
    chart: Annotated[str, typer.Option(help="Which chart or table of the page; the first one unless named.")] = "",
    full: Annotated[bool, typer.Option("--full", help="Every day and every column.")] = False,
    to: Annotated[Path, typer.Option(help="Folder to write to.")] = Path(),
) -> None:
    """Write the file that a page offers, without a browser; prints its path.

    Example: bilateral export "/pair/MEX-USA?by=month" --format xlsx --chart words
    Example: bilateral export "/briefing/MEX-USA?week=2025-03-24" --format md
    """
    from bilateral.web.page_files import export as export_file

    chosen = settings(data=data)

    sys.stdout.write(f"{export_file(chosen.data, address, form, chart, full, to)}\n")


def path(data: Data = None) -> None:
    """Print the path of the current snapshot, nothing else.

    Example: duckdb -readonly "$(bilateral path)"
    """
    sys.stdout.write(f"{readable(settings(data=data).data).resolve()}\n")


def readable(data: Path) -> Path:
    """The snapshot to read; that it is an older one is said on stderr."""
    from bilateral.publish import snapshots

    path, fault = snapshots.readable(data)
    if fault:
        complain(fault)
    return path
