"""`bilateral lake export`, `import`: the tables as Parquet files for other programs, and back into an empty data folder."""

from pathlib import Path
from typing import Annotated

import typer

from bilateral.commands import progress
from bilateral.commands.options import Data, Quiet, settings
from bilateral.commands.refreshing import refreshed
from bilateral.commands.terminal import say

in_the_lake = typer.Typer(help="Write the tables as Parquet files for other programs, and read them back.", no_args_is_help=True)
Folder = Annotated[Path, typer.Argument(help="Folder of the lake.")]


@in_the_lake.command("export")
def export_lake(folder: Folder, data: Data = None, quiet: Quiet = False) -> None:
    """Write reports, events, credits and dyad-days of the current snapshot as Parquet, by dataset and year, as a new version of a lake.

    Example: bilateral lake export /srv/lake
    """
    with progress.shown("Exporting", quiet):
        from bilateral.publish import lake

        made, parts, n_shared = lake.export(settings(data=data).data, folder)
    if not quiet:
        size = sum(part.bytes for part in parts)
        say(
            f"{made}: {len(parts)} files, {sum(part.rows for part in parts):,} rows, {size / 1e6:.1f} MB; {n_shared} files as before"
        )


@in_the_lake.command("import")
def import_lake(folder: Folder, data: Data = None, quiet: Quiet = False) -> None:
    """Load the newest version of a lake into an empty data folder, rebuild and publish.

    Example: bilateral lake import /srv/lake --data restored
    """
    chosen = settings(data=data)
    with progress.shown("Importing", quiet):
        from bilateral.publish import lake

        n_reports = lake.take(chosen.data, folder, chosen.dyads)
    result = refreshed(chosen, is_quiet=quiet)
    if not quiet:
        say(f"{n_reports:,} reports imported; {result.message}")
