"""`bilateral sql`, `export`, `path`: query the current snapshot."""

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
    statement: Annotated[
        str | None, typer.Argument(help="One SELECT to run on the current snapshot.", show_default=False)
    ] = None,
    data: Data = None,
    format: Annotated[Format, typer.Option("--format", help="Output format.")] = Format.TABLE,
    limit: Annotated[int, typer.Option(min=1, help="Maximum number of rows; a notice on stderr says if there are more.")] = 1000,
    parameter: Annotated[
        list[str] | None,
        typer.Option("--parameter", "-p", help="Value of a $name in the statement: -p pair=MEX-USA", show_default=False),
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Time limit of the query, in seconds.")] = 60,
    memory: Annotated[int, typer.Option(min=64, help="Memory limit of the query, in MB.")] = 1024,
) -> None:
    """Run one read-only query on the current snapshot. Without a statement, show how to open the snapshot in other tools.

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
    address: Annotated[str, typer.Argument(help="Address of a page, as the browser shows it: /pair/MEX-USA?from=2025-01-01")],
    data: Data = None,
    form: Annotated[
        str, typer.Option("--format", help="csv, json, xlsx, parquet, zip, png or svg; for a briefing md or html.")
    ] = "csv",
    chart: Annotated[str, typer.Option(help="Chart or table of the page; by default the first.")] = "",
    full: Annotated[bool, typer.Option("--full", help="Export all days and columns.")] = False,
    to: Annotated[Path, typer.Option(help="Folder to write to.")] = Path(),
) -> None:
    """Write a file that a page offers for download, and print its path.

    Example: bilateral export "/pair/MEX-USA?by=month" --format xlsx --chart words
    Example: bilateral export "/briefing/MEX-USA?week=2025-03-24" --format md
    """
    from bilateral.web.page_files import export as export_file

    chosen = settings(data=data)

    sys.stdout.write(f"{export_file(chosen.data, address, form, chart, full, to)}\n")


def path(data: Data = None) -> None:
    """Print the path of the current snapshot.

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
