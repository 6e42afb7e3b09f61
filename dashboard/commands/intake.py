"""`bilateral intake`: published texts of governments and the press, for proposals that a person decides on."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bilateral.commands import progress
from bilateral.commands.options import Data, Quiet, settings
from bilateral.commands.refreshing import pruned
from bilateral.commands.terminal import complain, say
from bilateral.exits import Exit, Stop

if TYPE_CHECKING:
    from bilateral.intake.source_list import Source


def intake(
    data: Data = None,
    source: Annotated[
        list[str] | None,
        typer.Option(help="Source to ask; repeat for several; by default BILATERAL_INTAKE_SOURCES.", show_default=False),
    ] = None,
    file: Annotated[
        list[Path] | None,
        typer.Option(help="Page that you saved in a browser, of the source named; repeat for several.", show_default=False),
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="First day (UTC) to ask for, where a source is asked by day.", show_default=False
        ),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Last day (UTC) to ask for; by default today.", show_default=False),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List all sources and stop.")] = False,
    quiet: Quiet = False,
) -> None:
    """Ask the sources of the intake for what is new and keep it; nothing counts before a person has accepted it.

    Example: bilateral intake --source federal-register --source white-house
    """
    with progress.shown("Asking sources", quiet or list_):
        from bilateral.intake import collection, proposing, ranking, source_list
        from bilateral.load.inputs import dyad_files

        chosen = settings(data=data, intake_sources=tuple(source) if source else None)
        if list_:
            say("\n".join(_lines(source_list.listed(chosen.intake_file).values(), chosen.intake_sources)))
            return
        sources = source_list.chosen(chosen.intake_sources, chosen.intake_file)
        if not sources:
            advice = "name one with --source or in BILATERAL_INTAKE_SOURCES; `bilateral intake --list` has them"
            raise Stop(Exit.CONFIGURATION, f"no source of the intake is switched on; {advice}")
        if file and len(sources) > 1:
            raise Stop(Exit.CONFIGURATION, f"--file is read as pages of one source; {len(sources)} are named")
        days = _days(since, until)
        saved = [collection.read_saved(chosen.data, sources[0], file)] if file else []
        outcomes = saved or collection.collect(chosen.data, sources, days=days)
        made = proposing.propose(chosen.data, proposing.pairs_of(dyad_files(chosen.dyads)), chosen.coder_model)
        advice = ranking.learn(chosen.data)
    pruned(chosen)
    for outcome in outcomes:
        if outcome.exit_code != Exit.DONE:
            complain(outcome.sentence)
        elif not quiet:
            say(outcome.sentence)
    if made.sentence and not quiet:
        say(f"{made.sentence}; `bilateral review list` shows the queue")
    if advice and not quiet:
        say(advice)
    if code := max(outcome.exit_code for outcome in outcomes):
        raise typer.Exit(code)


def _days(since: datetime | None, until: datetime | None) -> tuple[date, date] | None:
    """The days that were named; None asks for those since the last run. Raises Stop 78 where they are none."""
    if since is None and until is None:
        return None
    from bilateral.today import today

    last = until.date() if until else today()
    if since is None or since.date() > last:
        raise Stop(
            Exit.CONFIGURATION, f"--since must be a day up to {last}; expected, for example, --since {last - timedelta(days=7)}"
        )
    return since.date(), last


def _lines(sources: Iterable["Source"], on: tuple[str, ...]) -> list[str]:
    """Two lines for each source: its id, whether it is switched on, its name; then kind, terms and remarks."""
    said = []
    for one in sources:
        said.append(f"{one.id}{' (on)' if one.id in on else ''}: {one.name_en or one.address}")
        said.append(f"    {'; '.join(filter(None, (one.kind, one.terms, one.note)))}")
    return said
