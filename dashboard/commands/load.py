"""`bilateral load`."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bilateral.commands.options import Data, Json, Quiet, settings
from bilateral.commands.refreshing import asked_for_outcomes, refreshed, report
from bilateral.exits import Exit, Stop

if TYPE_CHECKING:
    from bilateral.settings import Settings


def load(
    dataset: Annotated[
        str, typer.Argument(help="chronology, articles, measures, gdelt, gdelt-mentions, icews, phoenix, polecat or outcomes.")
    ],
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Files, folders or patterns; for machine-coded datasets also .gz and .zip. Of outcomes files; without any, sources are asked.",
            show_default=False,
        ),
    ] = None,
    data: Data = None,
    template: Annotated[bool, typer.Option("--template", help="Print the header row of an empty file and stop.")] = False,
    covers: Annotated[
        str | None,
        typer.Option(
            help="Days (UTC) that the files cover in full, if they are extracts: 2011-07-01..2011-07-31.", show_default=False
        ),
    ] = None,
    filter: Annotated[
        str | None, typer.Option(help="How the rows of an extract were chosen, in your own words.", show_default=False)
    ] = None,
    published: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="Day on which files of outcomes were published, if they are old.", show_default=False
        ),
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Load files of coded events, recalculate and publish.

    Example: bilateral load articles my-articles.csv

    Example: bilateral load gdelt july.csv --covers 2011-07-01..2011-07-31 --filter "rows that name Mexico"

    Example: bilateral load outcomes country.xlsx --published 2023-03-08
    """
    from bilateral.load import own_files

    if template:
        sys.stdout.write(own_files.template(dataset))
        return
    chosen = settings(data=data)
    if dataset == "outcomes":
        _load_outcomes(chosen, paths or [], published.date() if published else None, json, quiet)
        return
    if published:
        raise Stop(Exit.CONFIGURATION, "--published says how old a file of outcomes is; other files tell their days themselves")
    taken = own_files.take(chosen.data, dataset, paths or [], covers, filter)
    result = refreshed(chosen, quiet or json, coded=taken.coded)
    report(result, json, quiet)
    if not taken.is_used(result.files):
        raise typer.Exit(Exit.DATA)


def _load_outcomes(chosen: "Settings", paths: list[Path], published: date | None, json: bool, quiet: bool) -> None:
    """Load files of outcomes, or without any ask the sources that are switched on."""
    from bilateral.outcomes import asking, files

    asked = asking.Asked(files.offers_of(paths, published)) if paths else asked_for_outcomes(chosen, is_due_only=False)
    if not (asked.files or asked.sources):
        advice = "name the files to load, or name sources to ask in BILATERAL_OUTCOME_SOURCES"
        raise Stop(Exit.CONFIGURATION, f"no source of outcomes is switched on; {advice}")
    result = refreshed(chosen, quiet or json, outcomes=asked)
    report(result, json, quiet)
    if all(file.gave_nothing for file in result.files if file.dataset == "outcomes"):
        raise typer.Exit(Exit.DATA if paths else Exit.UNAVAILABLE)
