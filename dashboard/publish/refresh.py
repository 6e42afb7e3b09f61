"""Brings the work database up to date and publishes it. The only writer: plan, load, build, check in one transaction, then a new snapshot."""

import logging
from collections.abc import Iterable
from pathlib import Path

from structlog.contextvars import bound_contextvars

from bilateral.cluster.session import Cluster
from bilateral.exits import Exit, Stop
from bilateral.intake import accepted
from bilateral.intake.source_list import Source
from bilateral.load import bulk, curated_files, downloads
from bilateral.load.downloads import Bar, Request, no_bar
from bilateral.logs import log
from bilateral.outcomes.asking import Asked
from bilateral.publish import journal, snapshots
from bilateral.publish.locking import lock
from bilateral.publish.run import Run
from bilateral.publish.run_notes import RefreshResult
from bilateral.sources.gdelt_files import FEEDS
from bilateral.sources.manners import Redirected, SourceDown


def refresh(
    data: Path,
    dyads: Path | None = None,
    keep: int = 3,
    full: bool = False,
    coded: bulk.Coded | None = None,
    request: Request | None = None,
    bar: Bar = no_bar,
    accept_change: bool = False,
    corrections: Path | None = None,
    intake: Iterable[Source] = (),
    coder_model: str | None = None,
    outcomes: Asked | None = None,
    cluster: Cluster | None = None,
) -> RefreshResult:
    """Download and read what is new, rebuild, check, publish. Holds the lock; every end of it is a RefreshResult or a Stop with a sentence.

    `coded` names a machine-coded dataset, the files of it to read besides and what they cover where they are extracts, `request` the sources to download from. With `accept_change`
    tables that lost much against the last build are published all the same. `corrections` is a file like seeds/corrections.csv, `intake` the sources of published texts to ask first,
    `coder_model` a language model that codes them too, `outcomes` files of outcomes and sources that are asked for them. With `cluster` its tasks compute
    what a full build makes by day.
    """
    if request:
        request.feeds()  # before anything is touched: a wrong name or span of days is refused
    with lock(data):
        fault = _accepted(data)
        run = Run(data, dyads, accept_change, corrections)
        run.cluster = cluster
        run.said += fault
        journal.begin(data, run.run_id)
        snapshots.remove_left(data)
        with bound_contextvars(run_id=run.run_id):
            log.info("refresh.started", data=str(data))
            try:
                result = run.result_of(full, coded, request, bar, intake, coder_model, outcomes)
            finally:
                run.work.end()
                if cluster:
                    cluster.close()
            run.note(result)
            snapshots.sweep(data, keep)
            log.log(
                logging.INFO if result.exit_code == Exit.DONE else logging.ERROR,
                "refresh.ended",
                exit_code=result.exit_code,
                message=result.message,
                seconds=run.notes.seconds(),
            )
    return result


def _accepted(data: Path) -> list[str]:
    """Put accepted acts that are not in the inbox yet there; what is in the way is told, and the rest goes on."""
    try:
        accepted.write(data)
    except Stop as stop:
        return [f"accepted acts were not brought up to date: {stop}"]
    return []


def plan(data: Path, dyads: Path | None = None, request: Request | None = None) -> list[str]:
    """What a refresh would do, in sentences: files to read, what to download, and whether queries or seeds changed. Nothing is kept."""
    request = request or Request()
    feeds = request.feeds()
    with lock(data):
        run = Run(data, dyads)
        with run.work.used(), run.looked_at() as runner:
            connection = runner.connection
            states = curated_files.states(connection, run.inputs.sources)
            steps = [f"{states[file.name]:<8} {file.name}" for file in run.inputs.sources]
            steps += [] if run.is_built(connection) else ["rebuild  tables"]
            known = downloads.known_by_feed(runner, feeds)
        for feed in feeds:
            try:
                steps += downloads.plan(data, feed, known[feed.name], request).sentences()
            except (SourceDown, Redirected) as down:
                raise Stop(Exit.UNAVAILABLE, f"{feed.name}: {down}") from None
    return steps


def prune(data: Path, dyads: Path | None, keep: int, days: int) -> tuple[int, int]:
    """Remove all snapshots but the newest, and downloaded files that were loaded, came more than so many days ago, and are needed for no pair of
    today. Returns how many files, and their bytes."""
    with lock(data):
        sizes = {path: path.lstat().st_size for path in snapshots.folder(data).glob("*")}
        removed = snapshots.sweep(data, keep)
        run = Run(data, dyads)
        if run.work.path.exists():
            with run.work.used(), run.looked_at() as runner:
                known = downloads.known_by_feed(runner, FEEDS.values())
            old = [path for feed in FEEDS.values() for path in downloads.old_files(data, feed, known[feed.name].loaded(), days)]
            sizes |= {path: path.stat().st_size for path in old}
            removed += old
            for path in old:
                path.unlink()
    return len(removed), sum(sizes[path] for path in removed)
