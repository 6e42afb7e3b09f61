"""The driver's part of a full build on a cluster: writes the rows of each slice, has tasks compute them, and takes in what they made."""

import shutil
import socket
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bilateral import steps
from bilateral.cluster import task
from bilateral.cluster.session import Cluster
from bilateral.cluster.task import Built, Kit, Slice
from bilateral.compute import increments
from bilateral.compute.increments import Days, condition
from bilateral.compute.queries import Query, read, reading
from bilateral.compute.runner import Runner
from bilateral.exits import Exit, Stop
from bilateral.logs import log

MENTIONS = "raw.mentions"
"""The one table of the loader's that is read by what is built by day and is not by day itself."""


def fill(cluster: Cluster, runner: Runner, by_day: list[Query]) -> None:
    """Put the rows of all slices into tables that are built by day and have none yet; as `increments.fill_here`, by tasks of a cluster."""
    with run_folder(cluster.folder) as folder:
        kit = Kit(folder, task.code(), cluster.task_mb)
        shutil.copytree(runner.folder, kit.queries)
        started = time.monotonic()
        _write_small(runner, by_day, kit.small)
        parts = increments.slices(runner, increments.FRAME_START, cluster.slice_rows)
        slices = [_written(runner, folder / "rows" / f"{number:05d}", days) for number, days in enumerate(parts)]
        log.info("cluster.written", slices=len(slices), seconds=round(time.monotonic() - started, 3))
        largest_first = sorted(slices, key=lambda one: -one.n_reports)
        built = dict(
            zip((one.name for one in largest_first), cluster.run(partial(task.build, kit), largest_first, "slices"), strict=True)
        )
        _tell(list(built.values()), time.monotonic() - started)
        _take_in(runner, by_day, [built[one.name] for one in slices])
        log.info("cluster.taken_in", seconds=round(time.monotonic() - started, 3))


@contextmanager
def run_folder(shared: Path) -> Iterator[Path]:
    """A folder of this run's own; those that killed runs of this machine left beside it go."""
    prefix = f"run-{socket.gethostname()}-"
    for left in shared.glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = (shared / f"{prefix}{uuid.uuid4().hex}").resolve()
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write_small(runner: Runner, by_day: list[Query], folder: Path) -> None:
    """Tables that slices read whole: codes, scores, names, the method."""
    folder.mkdir()
    tables = {query.name: query for query in runner.queries}
    for name in sorted({name for query in by_day for name in query.inputs}):
        if not tables[name].by and name != MENTIONS:
            runner.connection.execute(f"copy {name} to '{folder / name}.parquet' (format parquet)")


def _written(runner: Runner, folder: Path, days: Days) -> Slice:
    """The rows of one slice of the tables that the loader owns, in a folder."""
    said = ", ".join(f"{dataset} {_span(of_dataset)}" for dataset, of_dataset in days.items())
    steps.begin(f"writing {said}")
    folder.mkdir(parents=True)
    n_rows = {}
    for query in runner.queries:
        if query.built == "kept" and query.by:
            n_rows[query.name] = _write(runner, folder, query.name, f"select * from {query.name} where {condition(query, days)}")
    mentions = read(runner.folder / "changes" / "mentions_of_reports.sql")
    runner.connection.execute(
        f"create or replace temp view written_reports as from read_parquet('{folder / 'raw.reports.parquet'}')"
    )
    _write(runner, folder, MENTIONS, reading(mentions, {"raw.reports": "written_reports"}))
    return Slice(said, days, n_rows["raw.reports"], folder)


def _write(runner: Runner, folder: Path, name: str, sql: str) -> int:
    found = runner.connection.execute(f"copy ({sql}) to '{folder / name}.parquet' (format parquet)").fetchone()
    return found[0] if found else 0


def _span(days: object) -> str:
    return f"{days[0]} to {days[1]}" if isinstance(days, tuple) else "whole"


def _take_in(runner: Runner, by_day: list[Query], built: list[Built]) -> None:
    """Rows of the slices, in their order; as many as the tasks wrote, or nothing is kept."""
    for query in by_day:
        if query.built != "passing":
            steps.begin(f"taking in {query.name}")
            paths = ", ".join(f"'{one.files[query.name][0]}'" for one in built)
            found = runner.connection.execute(f"insert into {query.name} from read_parquet([{paths}])").fetchone() or (0,)
            expected = sum(one.files[query.name][1] for one in built)
            if found[0] != expected:
                raise Stop(
                    Exit.TRY_AGAIN, f"nothing was published: tasks wrote {expected} rows of {query.name}, and {found[0]} arrived"
                )


def _tell(built: list[Built], seconds: float) -> None:
    log.info(
        "cluster.computed",
        slices=len(built),
        processes=len({(one.host, one.process) for one in built}),
        seconds=round(seconds, 3),
        task_seconds=round(sum(one.seconds for one in built), 3),
        task_cpu_seconds=round(sum(one.cpu_seconds for one in built), 3),
        longest_seconds=round(max(one.seconds for one in built), 3),
        peak_mb=max(one.peak_mb for one in built),
    )
