"""METHOD 9.8: a cluster gives the tables of one machine, exact in counts, 1e-9 in floats, whoever is killed. A real one: a master and two workers
with a core each, as processes of their own on free ports, started by Spark's own scripts and ended by their ids."""

import os
import pickle
import shutil
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bench import gdelt_day
from bilateral import package_data
from bilateral.cluster import files, local, task
from bilateral.cluster.session import Cluster
from bilateral.compute.runner import Runner
from bilateral.exits import Exit, Stop
from bilateral.load import bulk
from bilateral.publish import snapshots
from bilateral.publish.refresh import refresh
from bilateral.publish.run import Run
from bilateral.sources.batches import FileLoad
from machine_coded import export_row, mention
from material import children, clean_environment, wait_until, write_lines
from same_tables import ALL, differences


@dataclass
class Loaded:
    """A small house that has mentions and no events of them yet, files with the events, the house that has read these and made no table of them, and
    the work database that one machine makes."""

    tree: Path
    unread: Path
    files: list[Path]
    data: Path
    made_here: Path

    def copy(self, to: Path) -> Path:
        return Path(shutil.copytree(self.data, to))

    def copy_unread(self, to: Path) -> Path:
        return Path(shutil.copytree(self.unread, to))

    def is_made_by(self, data: Path) -> None:
        """The tables of the work database, and those that readers see, are those of one machine."""
        assert differences(self.made_here, data / "work.duckdb", ALL) == {}
        assert differences(self.made_here, snapshots.current(data).resolve()) == {}
        assert list((data / "cluster").glob("run-*")) == []


def exports(folder: Path) -> list[Path]:
    """Files of three days in three different four weeks; some rows lie a day, a week, a month, a year or ten years back."""
    days = [datetime(2025, 1, 17) + timedelta(days=40 * n) for n in range(3)]
    return [path for n, day in enumerate(days) for path in gdelt_day.day_of_exports(folder, day, 450, files=2, seed=n)]


@pytest.fixture(scope="module")
def loaded(small_tree, small_data, tmp_path_factory) -> Iterator[Loaded]:
    place = tmp_path_factory.mktemp("loaded")
    unread = Path(shutil.copytree(small_data, place / "unread"))
    given = exports(place / "in")
    numbers = [line.split("\t")[0] for line in zipfile.ZipFile(given[0]).read(given[0].stem).decode().splitlines()[:60]]
    lines = [mention(number, f"https://outlet{n}.com/{number}", f"outlet{n}.com") for number in numbers for n in range(3)]
    mentions = write_lines(place / "in" / "20250117120000.mentions.CSV", lines)
    (place / "in" / "broken.export.CSV.zip").write_bytes(given[0].read_bytes()[:2000])
    write_lines(
        place / "in" / "20250118120000.export.CSV", [export_row(1), export_row(2, event_code="999x"), "no row", export_row(3)]
    )
    given += [place / "in" / "broken.export.CSV.zip", place / "in" / "20250118120000.export.CSV"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(package_data, "folder", lambda name: small_tree / name)
        with Run(unread, None).open() as connection:
            bulk.load(connection, Runner(connection, small_tree / "queries"), "run", "gdelt-mentions", [mentions])
        data = Path(shutil.copytree(unread, place / "data"))
        with Run(data, None).open() as connection:
            results = bulk.load(connection, Runner(connection, small_tree / "queries"), "run", "gdelt", given)
        assert [result.refusal is None for result in results] == [True] * 6 + [False, True]
        assert results[-1].rows_rejected == 2
        here = Path(shutil.copytree(data, place / "here"))
        assert refresh(here, full=True).exit_code == 0
        yield Loaded(small_tree, unread, given, data, here / "work.duckdb")


@pytest.fixture(scope="module")
def master(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """Address of a cluster's master, and the folder of the cluster."""
    folder = tmp_path_factory.mktemp("cluster")
    try:
        yield local.start(folder, n_workers=2), folder
    finally:
        local.stop(folder)


def refresh_on(master: str, loaded: Loaded, data: Path) -> subprocess.Popen:
    """`bilateral refresh` as a process; a slice is what four weeks have."""
    asked = ["--data", str(data), "--full", "--quiet", "--engine", "spark", "--master", master]
    return subprocess.Popen(
        [sys.executable, "-m", "bilateral", "refresh", *asked],
        cwd=data,
        env=clean_environment(loaded.tree) | {"BILATERAL_SLICE_ROWS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def made(data: Path) -> list[Path]:
    """What tasks have written so far."""
    return list(data.glob("cluster/run-*/made/*/core.dyad_day.parquet"))


# ------------------------------------------------------------------ the real cluster


def test_a_killed_driver_leaves_nothing_and_a_worker_killed_in_the_next_run_changes_no_table(
    loaded, master, tmp_path, monkeypatch
):
    """The next run also reads files, by tasks of the cluster."""
    monkeypatch.setattr(package_data, "folder", lambda name: loaded.tree / name)
    data = loaded.copy_unread(tmp_path / "data")
    before = snapshots.current(data).resolve()
    killed = refresh_on(master[0], loaded, data)
    wait_until(lambda: made(data), "a task has written its slice")
    killed.kill()
    killed.communicate()
    assert snapshots.current(data).resolve() == before
    left = set(made(data))
    _, first, _ = local.running(master[1])

    def kill() -> None:
        """The worker and the process in which its tasks run, as where the machine loses its power."""
        wait_until(lambda: set(made(data)) - left, "a task has written its slice")
        for process in (*children(first), first):
            os.kill(process, signal.SIGKILL)

    killing = threading.Thread(target=kill)
    killing.start()
    cluster = Cluster(master[0], data / "cluster", task_mb=800, slice_rows=1)
    cluster.read_bytes = 0
    result = refresh(data, full=True, coded=("gdelt", loaded.files), cluster=cluster)
    killing.join()
    assert result.exit_code == 0, result.message
    assert first not in local.running(master[1])
    loaded.is_made_by(data)


@pytest.mark.long
def test_the_command_gives_the_tables_of_one_machine_and_says_nothing(loaded, master, tmp_path):
    data = loaded.copy(tmp_path / "data")
    said, _ = (process := refresh_on(master[0], loaded, data)).communicate()
    assert (process.returncode, said) == (0, "")
    loaded.is_made_by(data)


def test_a_task_that_fails_on_each_try_ends_with_its_sentence(master, tmp_path):
    cluster = Cluster(master[0], tmp_path, task_mb=800, slice_rows=1)
    kit = task.Kit(tmp_path, "other", 800)
    try:
        with pytest.raises(
            Stop, match=r"^nothing was published: the worker on \S+ has another version of bilateral than the driver"
        ) as stop:
            cluster.run(partial(task.build, kit), [task.Slice("gdelt whole", {"gdelt": None}, 0, tmp_path)], "slices")
    finally:
        cluster.close()
    assert stop.value.code == Exit.TRY_AGAIN


class OnAFullDisk(Cluster):
    """What tasks of slices write goes to a file system of its own, which has room for nothing."""

    def run(self, function, items, what):
        if what != "slices":
            return super().run(function, items, what)
        (made := function.args[0].folder / "made").mkdir()
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", str(made)], capture_output=True, text=True, check=False
        )
        if mounted.returncode:
            pytest.skip(f"no file system can be mounted here: {mounted.stderr.strip()}")
        try:
            return super().run(function, items, what)
        finally:
            subprocess.run(["umount", "-l", str(made)], check=True)


def test_a_full_disk_of_the_workers_publishes_nothing_and_says_where(loaded, master, tmp_path, monkeypatch):
    monkeypatch.setattr(package_data, "folder", lambda name: loaded.tree / name)
    data = loaded.copy(tmp_path / "data")
    before = snapshots.current(data).resolve()
    cluster = OnAFullDisk(master[0], data / "cluster", task_mb=800, slice_rows=1)
    told = r"^nothing was published: .* was not computed on \S+: its disk or that of the shared folder is full$"
    with pytest.raises(Stop, match=told) as stop:
        refresh(data, full=True, cluster=cluster)
    assert stop.value.code == Exit.TRY_AGAIN
    assert snapshots.current(data).resolve() == before


# ------------------------------------------------------------------ without Spark


class InThisProcess(Cluster):
    """Runs the tasks one after another, each in the database that it opens for itself."""

    def __init__(self, folder: Path, task_mb: int = 800):
        super().__init__("local", folder, task_mb, slice_rows=1)
        self.read_bytes = 0
        self.n_tasks: dict[str, int] = {}

    def check(self) -> None:
        pass

    def run(self, function, items, what):
        self.n_tasks[what] = len(items)
        return [pickle.loads(pickle.dumps(function(pickle.loads(pickle.dumps(item))))) for item in items]


def test_files_and_slices_each_by_itself_give_the_tables_of_one_machine(loaded, tmp_path, monkeypatch):
    monkeypatch.setattr(package_data, "folder", lambda name: loaded.tree / name)
    monkeypatch.setattr(files, "CHUNK", 40_000)
    data = loaded.copy_unread(tmp_path / "data")
    cluster = InThisProcess(data / "cluster")
    assert refresh(data, full=True, coded=("gdelt", loaded.files), cluster=cluster).exit_code == 0
    assert cluster.n_tasks["slices"] >= 4
    assert 1 < cluster.n_tasks["files"] < len(loaded.files)
    loaded.is_made_by(data)


def test_a_fault_in_a_file_that_nobody_thought_of_refuses_that_file_and_no_other(loaded, tmp_path, monkeypatch):
    monkeypatch.setattr(package_data, "folder", lambda name: loaded.tree / name)
    data = loaded.copy_unread(tmp_path / "data")
    read = bulk.Loader.read

    def faulty(loader, asked, folder):
        if any(file.path == loaded.files[1] and file.refusal is None for file in asked):
            raise ZeroDivisionError("nobody thought of it")
        read(loader, asked, folder)

    monkeypatch.setattr(bulk.Loader, "read", faulty)
    result = refresh(data, coded=("gdelt", loaded.files), cluster=InThisProcess(data / "cluster"))
    refused = {file.file_name: file.refusal for file in result.files if file.refusal}
    assert set(refused) == {loaded.files[1].name, "broken.export.CSV.zip"}
    assert refused[loaded.files[1].name].startswith(
        "reading it failed with ZeroDivisionError: nobody thought of it; that is a fault of bilateral"
    )


def test_a_file_that_a_worker_does_not_see_stops_the_load_with_a_sentence(tmp_path):
    kit = task.Kit(tmp_path, task.code(), 800)
    with pytest.raises(
        task.TaskFailed, match=r"is not there for the worker on .*; driver and workers must see files under the same path"
    ):
        files.read_chunk(kit, files.Asked("gdelt", None, date(2025, 3, 28)), [FileLoad(tmp_path / "a.zip", "md5")])


def test_a_worker_with_another_version_is_refused_with_a_sentence(tmp_path):
    with pytest.raises(
        task.TaskFailed, match=r"has another version of bilateral than the driver; install the same one on every worker"
    ):
        task.build(task.Kit(tmp_path, "other", 800), task.Slice("gdelt whole", {"gdelt": None}, 0, tmp_path))


def test_without_a_master_nothing_is_changed_and_the_sentence_says_what_to_do(loaded, command, tmp_path):
    data = loaded.copy(tmp_path / "data")
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*.duckdb")}
    ended = command("refresh", "--full", "--engine", "spark", "--master", "spark://127.0.0.1:9", data=data, tree=loaded.tree)
    assert ended.code == Exit.UNAVAILABLE
    assert ended.err.startswith("no Spark master answers at spark://127.0.0.1:9 (Connection refused); start one")
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*.duckdb")} == before
    ended = command("refresh", "--engine", "spark", data=data, tree=loaded.tree)
    assert ended.code == Exit.CONFIGURATION
    assert ended.err.startswith("the engine spark needs the address of a master; say --master spark://host:7077")


def test_without_java_the_sentence_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(
        Stop, match=r"needs Java 17 or newer, and JAVA_HOME is .*, where no bin/java is; install openjdk-17-jre-headless"
    ):
        Cluster("spark://127.0.0.1:9", tmp_path, task_mb=800, slice_rows=1).check()
