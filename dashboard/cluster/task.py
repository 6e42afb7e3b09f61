"""What a task of the cluster does: the files of queries/ that are built by day, in a DuckDB of its own, for one slice.

It reads and writes Parquet in the folder that driver and workers share. A try that is killed leaves files under a name that nobody
reads; they go with the folder of the run.
"""

import hashlib
import os
import resource
import socket
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import duckdb

import bilateral
from bilateral.compute.increments import Days, Increment
from bilateral.compute.runner import Runner
from bilateral.data_folder import is_full

COMPUTING = ("compute", "cluster", "sources", "load")
"""Rooms whose code a task runs."""
HOST = socket.gethostname()


class TaskFailed(Exception):
    """A slice that was not computed. The sentence says where and why."""


@dataclass(frozen=True)
class Kit:
    """What all tasks of a run have in common. Paths are of the shared folder."""

    folder: Path
    code: str
    """Checksum of the driver's code: a worker with another version would give other rows."""
    task_mb: int

    @property
    def queries(self) -> Path:
        return self.folder / "queries"

    @property
    def small(self) -> Path:
        """Tables that every slice reads whole."""
        return self.folder / "small"


@dataclass(frozen=True)
class Slice:
    """Datasets and days that are computed together, and the folder with their rows of the tables that the loader owns."""

    name: str
    days: Days
    n_reports: int
    rows: Path


@dataclass
class Built:
    """What came of a slice: a Parquet file and its number of rows for each table, and what it cost."""

    files: dict[str, tuple[Path, int]] = field(default_factory=dict)
    host: str = HOST
    process: int = field(default_factory=os.getpid)
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_mb: int = 0
    """Most resident memory that the process, which may have had slices before, ever took."""


def build(kit: Kit, one: Slice) -> Built:
    """Compute one slice. Raises TaskFailed with a sentence; Spark then tries again, up to four times."""
    started, worked = time.monotonic(), time.process_time()
    hold_to_code(kit)
    try:
        built = _built(kit, one)
    except (duckdb.Error, OSError) as fault:
        reason = "its disk or that of the shared folder is full" if is_full(fault) else str(fault).splitlines()[0]
        raise TaskFailed(f"{one.name} was not computed on {HOST}: {reason}") from None
    built.seconds, built.cpu_seconds = time.monotonic() - started, time.process_time() - worked
    built.peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return built


def hold_to_code(kit: Kit) -> None:
    if kit.code != code():
        where = f"the worker on {HOST} has another version of bilateral than the driver"
        raise TaskFailed(f"{where}; install the same one on every worker")


def _built(kit: Kit, one: Slice) -> Built:
    built = Built()
    made = kit.folder / "made" / f"{one.rows.name}-{uuid.uuid4().hex}"
    made.mkdir(parents=True)
    with database(kit) as connection:
        runner = Runner(connection, kit.queries)
        for folder in (kit.small, one.rows):
            for path in sorted(folder.glob("*.parquet")):
                connection.execute(f"create view {path.stem} as from read_parquet('{path}')")
        by_day = [query for query in runner.queries if query.by and query.built != "kept"]
        for query, beside in Increment(runner, one.days).made(by_day):
            if query.built != "passing":
                path = made / f"{query.name}.parquet"
                (n_rows,) = connection.execute(f"copy {beside} to '{path}' (format parquet, compression zstd)").fetchone() or (0,)
                built.files[query.name] = (path, n_rows)
    return built


@contextmanager
def database(kit: Kit) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory with one thread, as a task has one core; what does not fit goes to the worker's own disk."""
    local = os.environ.get("SPARK_LOCAL_DIRS", "").split(",")[0] or None
    with tempfile.TemporaryDirectory(prefix="bilateral-", dir=local) as spill:
        config: dict[str, str | bool | int | float | list[str]] = {
            "threads": 1,
            "memory_limit": f"{kit.task_mb}MB",
            "temp_directory": spill,
        }
        with duckdb.connect(config=config) as connection:
            yield connection


@cache
def code() -> str:
    """Checksum of the code that tasks run."""
    package = Path(str(bilateral.__file__)).resolve().parent
    digest = hashlib.sha256()
    for path in sorted(path for room in COMPUTING for path in (package / room).rglob("*.py")):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
