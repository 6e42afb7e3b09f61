"""`bilateral refresh`, `schedule`, `runs`, `prune`, `restore`: update and maintain the data."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from json import dumps as dump
from typing import TYPE_CHECKING, Annotated

import typer

from bilateral.commands import progress
from bilateral.commands.options import Data, Json, Quiet, settings
from bilateral.commands.refreshing import asked_for_outcomes, refreshed, report
from bilateral.commands.tell import tell
from bilateral.commands.terminal import complain, say, say_table
from bilateral.escaping import in_a_line
from bilateral.exits import Exit, Stop

if TYPE_CHECKING:
    from bilateral.settings import Settings

LONGEST_MESSAGE = 10_000
"""Characters of a message that a command is told; systems limit what the environment may hold."""


def refresh(
    data: Data = None,
    full: Annotated[bool, typer.Option("--full", help="Read every file again and rebuild everything.")] = False,
    source: Annotated[
        list[str] | None,
        typer.Option(help="Source to download; repeat for several; by default BILATERAL_SOURCES.", show_default=False),
    ] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day (UTC) to download.", show_default=False)
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day (UTC) to download.", show_default=False)
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Download nothing; load the files in the inbox.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the plan and stop.")] = False,
    accept_change: Annotated[
        bool, typer.Option("--accept-change", help="Publish even if a dataset lost many rows since the last build.")
    ] = False,
    engine: Annotated[
        str | None, typer.Option(help="duckdb, or spark: tasks of a cluster compute what is rebuilt.", show_default="duckdb")
    ] = None,
    master: Annotated[
        str | None, typer.Option(help="Address of the cluster's master, such as spark://host:7077.", show_default=False)
    ] = None,
    on_failure: Annotated[
        str | None,
        typer.Option(
            help="Shell command to run if the refresh fails; it gets BILATERAL_EXIT_CODE and BILATERAL_MESSAGE.",
            show_default=False,
        ),
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Bring every dataset up to date, recalculate what changed, check and publish.

    Example: bilateral refresh --source gdelt --since 2026-11-01 --dry-run
    """
    with progress.shown("Refreshing", quiet or json or dry_run):  # what follows takes a second to import
        from bilateral.intake import source_list
        from bilateral.load.downloads import Request, no_bar
        from bilateral.publish import refresh as refreshing
        from bilateral.sources.manners import Manners

        chosen = settings(data=data, sources=tuple(source) if source else None, engine=engine, master=master)
        write_logs(chosen)
        request = Request(
            chosen.sources,
            chosen.gdelt_address,
            since.date() if since else None,
            until.date() if until else None,
            offline,
            Manners(connections=chosen.connections),
        )
        asked = asked_for_outcomes(chosen, is_due_only=True) if chosen.outcome_sources and not offline else None
        intake = [] if offline else source_list.chosen(chosen.intake_sources, chosen.intake_file)
    if dry_run:
        for sentence in refreshing.plan(chosen.data, chosen.dyads, request):
            say(sentence)
        for name in (*(one.id for one in intake), *(one.source for one in (asked.sources if asked else ()))):
            say(f"ask      {name}")
        return
    with hooked(on_failure):
        result = refreshed(
            chosen,
            is_quiet=quiet or json,
            full=full,
            request=request,
            bar=no_bar if quiet or json else progress.download,
            accept_change=accept_change,
            intake=intake,
            outcomes=asked,
        )
        write_metrics(chosen)
        if result.exit_code in (Exit.DONE, Exit.UNAVAILABLE):
            tell(chosen, quiet)
        report(result, json, quiet)


def write_metrics(chosen: "Settings") -> None:
    """The text file for Prometheus; that it cannot be written is told, and no failure of the refresh."""
    from bilateral import logs
    from bilateral.monitoring.metrics import write_text_file

    try:
        write_text_file(chosen.data, chosen.metrics_file)
    except OSError as error:
        logs.log.error("metrics.not_written", reason=str(error))


def write_logs(chosen: "Settings") -> None:
    from bilateral import logs

    if chosen.log == "json":
        logs.to_stderr()


@contextmanager
def hooked(command: str | None) -> Iterator[None]:
    """Run a command of the user's when what is inside fails; a refresh that waits for another one is no failure."""
    from bilateral import logs

    try:
        yield
    except Exception as end:
        code = int(end.code if isinstance(end, Stop) else end.exit_code if isinstance(end, typer.Exit) else Exit.FAULT)
        if command and code and not str(end).startswith("a refresh is running already"):
            told = {"BILATERAL_EXIT_CODE": str(code), "BILATERAL_MESSAGE": in_a_line(str(end))[:LONGEST_MESSAGE]}
            try:
                subprocess.run(command, shell=True, env=os.environ | told, check=False, timeout=300)  # noqa: S602  the user's own command
            except (OSError, subprocess.TimeoutExpired) as fault:
                logs.log.error("on_failure.not_run", reason=str(fault)) if logs.is_on() else complain(f"--on-failure: {fault}")
        raise


def schedule(
    data: Data = None,
    every: Annotated[str, typer.Option(help="Time between refreshes: 90s, 15m, 6h, 1d.")] = "15m",
    on_failure: Annotated[str | None, typer.Option(help="As for `bilateral refresh`.", show_default=False)] = None,
    retries: Annotated[int, typer.Option(min=0, max=10, help="Number of retries after a temporary failure.")] = 2,
) -> None:
    """Refresh on a schedule until stopped, each time in a new process. Cron or a systemd timer also works: see docs/operations.md.

    Example: bilateral schedule --every 15m
    """
    from bilateral.publish.schedule import Schedule, interval, refresh_command

    chosen = settings(data=data)
    write_logs(chosen)
    options = ["--data", str(chosen.data), "--quiet", *(["--on-failure", on_failure] if on_failure else [])]
    Schedule(refresh_command(*options), interval(every), retries).run()


def runs(
    data: Data = None,
    limit: Annotated[int, typer.Option(min=1, help="Number of refreshes, newest first.")] = 20,
    json: Json = False,
) -> None:
    """List past refreshes, including those that published nothing, failed or were killed.

    Example: bilateral runs --limit 5
    """
    from bilateral.publish import journal

    records = journal.history(settings(data=data).data)[:limit]
    if json:
        sys.stdout.write(dump([asdict(record) | {"outcome": record.outcome} for record in records]) + "\n")
        return
    rows = [(record.started_at, f"{record.seconds:.0f}", record.outcome, record.message) for record in records]
    say_table(("started (UTC)", "seconds", "outcome", "message"), rows)


def prune(
    data: Data = None,
    keep: Annotated[int | None, typer.Option(min=1, help="Number of snapshots to keep.", show_default="3")] = None,
    days: Annotated[int, typer.Option(min=0, help="Days to keep a downloaded file; files not yet loaded are kept.")] = 30,
) -> None:
    """Delete old snapshots and old downloaded files, and print the space freed.

    Example: bilateral prune --keep 1 --days 7
    """
    from bilateral.publish import refresh as refreshing

    chosen = settings(data=data, keep_snapshots=keep)
    n_files, n_bytes = refreshing.prune(chosen.data, chosen.dyads, chosen.keep_snapshots, days)
    say(f"{n_files} {'file' if n_files == 1 else 'files'} removed, {n_bytes / 1e6:.1f} MB freed")


def restore(data: Data = None) -> None:
    """Rebuild a damaged or missing work database from the last good snapshot. The damaged file is kept; an intact one is not changed.

    Example: bilateral restore && bilateral refresh
    """
    from bilateral.publish import work_database

    for sentence in work_database.restore(settings(data=data).data):
        say(sentence)
