"""METHOD 9.8: a cluster gives the tables of one machine, exact in counts, 1e-9 in floats, whoever is killed. A real one: a master and two workers
with a core each, as processes of their own on free ports, started by Spark's own scripts and ended by their ids."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bench import gdelt_day
from bilateral import package_data
from bilateral.cluster import local, task
from bilateral.cluster.session import Cluster
from bilateral.compute.runner import Runner
from bilateral.exits import Exit, Stop
from bilateral.load import bulk
from bilateral.publish import snapshots
from bilateral.publish.refresh import refresh
from bilateral.publish.run import Run
from machine_coded import mention
from material import children, clean_environment, wait_until, write_lines
from same_tables import ALL, differences


@dataclass
class Loaded:
    """A small house with machine-coded files that were read and are in no table yet, and the work database that one machine makes of them."""

    tree: Path
    data: Path
    made_here: Path

    def copy(self, to: Path) -> Path:
        return Path(shutil.copytree(self.data, to))

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
    data = Path(shutil.copytree(small_data, place / "data"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(package_data, "folder", lambda name: small_tree / name)
        with Run(data, None).open() as connection:
            runner = Runner(connection, small_tree / "queries")
            bulk.load(connection, runner, "run", "gdelt", exports(place / "in"))
            events = connection.execute(
                "select source_event_id from raw.reports where dataset = 'gdelt' order by 1 limit 40"
            ).fetchall()
            lines = [
                mention(number, f"https://outlet{n}.com/{number}", f"outlet{n}.com") for (number,) in events for n in range(3)
            ]
            bulk.load(
                connection, runner, "run", "gdelt-mentions", [write_lines(place / "in" / "20250117120000.mentions.CSV", lines)]
            )
        here = Path(shutil.copytree(data, place / "here"))
        assert refresh(here, full=True).exit_code == 0
        yield Loaded(small_tree, data, here / "work.duckdb")


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


def test_a_killed_driver_leaves_nothing_and_the_next_run_has_the_tables_of_one_machine(loaded, master, tmp_path):
    data = loaded.copy(tmp_path / "data")
    before = snapshots.current(data).resolve()
    killed = refresh_on(master[0], loaded, data)
    wait_until(lambda: made(data), "a task has written its slice")
    killed.kill()
    killed.communicate()
    assert snapshots.current(data).resolve() == before
    said, _ = (process := refresh_on(master[0], loaded, data)).communicate()
    assert (process.returncode, said) == (0, "")
    loaded.is_made_by(data)


def test_a_worker_that_is_killed_in_the_middle_changes_no_table(loaded, master, tmp_path, monkeypatch):
    monkeypatch.setattr(package_data, "folder", lambda name: loaded.tree / name)
    data = loaded.copy(tmp_path / "data")
    _, first, _ = local.running(master[1])

    def kill() -> None:
        """The worker and the process in which its tasks run, as where the machine loses its power."""
        wait_until(lambda: made(data), "a task has written its slice")
        for process in (*children(first), first):
            os.kill(process, signal.SIGKILL)

    killing = threading.Thread(target=kill)
    killing.start()
    result = refresh(data, full=True, cluster=Cluster(master[0], data / "cluster", task_mb=800, slice_rows=1))
    killing.join()
    assert result.exit_code == 0, result.message
    assert first not in local.running(master[1])
    loaded.is_made_by(data)


# ------------------------------------------------------------------ without Spark


class InThisProcess(Cluster):
    """Runs the tasks one after another, each in the database that it opens for itself."""

    def __init__(self, folder: Path, task_mb: int = 800):
        super().__init__("local", folder, task_mb, slice_rows=1)
        self.n_slices = 0

    def check(self) -> None:
        pass

    def run(self, function, items, what):
        self.n_slices = len(items)
        return [function(item) for item in items]


def test_slices_computed_each_by_itself_give_the_tables_of_one_machine(loaded, tmp_path, monkeypatch):
    monkeypatch.setattr(package_data, "folder", lambda name: loaded.tree / name)
    data = loaded.copy(tmp_path / "data")
    cluster = InThisProcess(data / "cluster")
    assert refresh(data, full=True, cluster=cluster).exit_code == 0
    assert cluster.n_slices >= 4
    loaded.is_made_by(data)


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
