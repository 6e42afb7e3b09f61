"""Machine-coded files as tasks: each reads and judges some files with the project's own readers; the driver takes over the rows that are kept."""

import copy
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import duckdb

from bilateral.cluster import task
from bilateral.cluster.session import Cluster
from bilateral.cluster.slices import run_folder
from bilateral.cluster.task import Kit, TaskFailed
from bilateral.compute.queries import read
from bilateral.compute.runner import Runner
from bilateral.load import bulk
from bilateral.load.add import REPORTS
from bilateral.load.extracts import Extract
from bilateral.logs import log
from bilateral.sources.batches import FileLoad, fault_of
from bilateral.today import today_of

CHUNK = 16 << 20
"""Bytes of small files that one task reads; a larger file is a task of its own."""
BESIDE = ("staged", "staged_counts")
"""Temporary tables in which judged rows wait, and how many rows were read of each day."""


@dataclass(frozen=True)
class Asked:
    """What the tasks of one load have in common besides their kit."""

    dataset: str
    extract: Extract | None
    today: date


@dataclass
class Read:
    """Files as a task left them, and the Parquet files with their rows."""

    files: list[FileLoad]
    rows: dict[str, Path]


def read_in_tasks(cluster: Cluster, loader: bulk.Loader, files: list[FileLoad], folder: Path) -> None:
    """As `Loader.read`, by tasks of a cluster, where there is enough to read. Mentions wait for events that only the driver knows."""
    if loader.target is not REPORTS or sum(file.size for file in files) < cluster.read_bytes:
        loader.read(files, folder)
        return
    with run_folder(cluster.folder) as shared:
        kit = Kit(shared, task.code(), cluster.task_mb)
        shutil.copytree(loader.queries, kit.queries)
        kit.small.mkdir()
        judge = bulk.judge_of(loader.queries, loader.dataset)
        for name in ("staging.datasets", "staging.dyads", "staging.dyad_keys", *(name for name in judge.inputs if "." in name)):
            loader.connection.execute(f"copy {name} to '{kit.small / name}.parquet' (format parquet)")
        asked = Asked(loader.dataset, loader.extract, today_of(loader.connection))
        chunks = list(_chunks(files))
        done = cluster.run(partial(read_chunk, kit, asked), chunks, "files")
        for table in BESIDE:
            paths = ", ".join(f"'{one.rows[table]}'" for one in done)
            loader.connection.execute(f"insert into {table} by name from read_parquet([{paths}])")
        known = {file.place: file for file in files}
        for read_file in (file for one in done for file in one.files):
            vars(known[read_file.place]).update(vars(read_file))
        log.info("cluster.read", dataset=loader.dataset, files=len(files), tasks=len(chunks))


def read_chunk(kit: Kit, asked: Asked, files: list[FileLoad]) -> Read:
    """In a task: read and judge files. A fault that nobody thought of refuses the file that it is of, and no other."""
    task.hold_to_code(kit)
    for file in files:
        if not file.path.exists():
            raise TaskFailed(
                f"{file.path} is not there for the worker on {task.HOST}; driver and workers must see files under the same path"
            )
    untouched = copy.deepcopy(files)
    try:
        return _read(kit, asked, files)
    except (duckdb.IOException, OSError, MemoryError) as fault:
        raise TaskFailed(f"{files[0].name} was not read on {task.HOST}: {str(fault).splitlines()[0]}") from None
    except Exception as fault:
        if len(files) == 1:
            untouched[0].refusal = fault_of(fault)
            return _read(kit, asked, untouched)
        one_by_one = [read_chunk(kit, asked, [file]) for file in untouched]
        return Read([file for one in one_by_one for file in one.files], _joined(kit, [one.rows for one in one_by_one]))


def _read(kit: Kit, asked: Asked, files: list[FileLoad]) -> Read:
    made = kit.folder / "made" / uuid.uuid4().hex
    made.mkdir(parents=True)
    with task.database(kit) as connection, tempfile.TemporaryDirectory(prefix="bilateral-") as folder:
        connection.execute("set variable today = ?::date", [asked.today])
        Runner(connection, kit.queries)
        for name in ("reports", "universe"):
            connection.execute(f"create table raw.{name} as {read(kit.queries / 'raw' / f'{name}.sql').sql}")
        for path in sorted(kit.small.glob("*.parquet")):
            connection.execute(f"create table {path.stem} as from read_parquet('{path}')")
        loader = bulk.Loader(connection, kit.queries, asked.dataset, "task", asked.extract)
        loader.takeover.begin()
        loader.read(files, Path(folder))
        rows = {table: made / f"{table}.parquet" for table in BESIDE}
        for table, path in rows.items():
            connection.execute(f"copy {table} to '{path}' (format parquet, compression zstd)")
    return Read(files, rows)


def _joined(kit: Kit, rows: list[dict[str, Path]]) -> dict[str, Path]:
    """One file for each table, of those of several reads."""
    made = kit.folder / "made" / uuid.uuid4().hex
    made.mkdir(parents=True)
    with task.database(kit) as connection:
        for table in BESIDE:
            paths = ", ".join(f"'{one[table]}'" for one in rows)
            connection.execute(
                f"copy (from read_parquet([{paths}])) to '{made / table}.parquet' (format parquet, compression zstd)"
            )
    return {table: made / f"{table}.parquet" for table in BESIDE}


def _chunks(files: list[FileLoad]) -> Iterator[list[FileLoad]]:
    chunk: list[FileLoad] = []
    for file in files:
        chunk.append(file)
        if sum(one.size for one in chunk) >= CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
