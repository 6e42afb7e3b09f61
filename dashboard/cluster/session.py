"""A Spark cluster by the address of its master: whether it is there, and its tasks. Spark plans them and runs a lost one again."""

import contextlib
import importlib.util
import os
import re
import shutil
import socket
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from pathlib import Path
from typing import Any, TypeVar

from bilateral import steps
from bilateral.cluster.task import TaskFailed
from bilateral.exits import Exit, Stop
from bilateral.logs import log

Item = TypeVar("Item")
Result = TypeVar("Result")

STANDALONE = re.compile(r"spark://([^,\s]+(?:,[^,\s]+)*)")
PATIENCE = 120
"""Seconds without a single executor after which a cluster is taken for gone; Spark itself would wait for ever."""
EXECUTOR_MB = 512
"""Memory of an executor's JVM, which only hands tasks to Python; DuckDB's is apart, see `task_mb`."""
READ_BYTES = 128 << 20
"""Files of a load, in bytes as they lie there, from which tasks read them; a session for fewer takes longer than reading them here."""
COURIER = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
"""Options of a JVM that computes nothing itself: less of the processor for its start."""


class Cluster:
    """A cluster that a refresh may use. The session on it starts with the first task and ends with `close`."""

    def __init__(self, master: str, folder: Path, task_mb: int, slice_rows: int):
        self.master = master
        self.folder = folder
        """A folder that driver and workers see under one path: rows go there and back as Parquet."""
        self.task_mb = task_mb
        """MB that DuckDB may hold in a task; what is more goes to the worker's own disk while it is needed."""
        self.slice_rows = slice_rows
        """Reports of a slice, or those of four weeks where these are more."""
        self.read_bytes = READ_BYTES
        self._context: Any = None

    def check(self) -> None:
        """Raise Stop where no task can run: without pyspark or Java (78), or where no master answers (69)."""
        if importlib.util.find_spec("pyspark") is None:
            raise Stop(
                Exit.CONFIGURATION, "the engine spark needs pyspark, which is not installed; pip install 'bilateral[spark]'"
            )
        home = os.environ.get("JAVA_HOME")
        if not shutil.which(f"{home}/bin/java" if home else "java"):
            where = f"JAVA_HOME is {home}, where no bin/java is" if home else "there is no java on PATH"
            raise Stop(
                Exit.CONFIGURATION, f"the engine spark needs Java 17 or newer, and {where}; install openjdk-17-jre-headless"
            )
        if named := STANDALONE.fullmatch(self.master):
            faults = [_fault_of(address) for address in named[1].split(",")]
            if all(faults):
                advice = "start one (`bilateral cluster start`) or correct --master; nothing was changed"
                raise Stop(Exit.UNAVAILABLE, f"no Spark master answers at {self.master} ({faults[0]}); {advice}")

    def run(self, function: Callable[[Item], Result], items: Sequence[Item], what: str) -> list[Result]:
        """The function's results, in the order of the items, each by one task. `what` names the items to people: "slices".

        Raises Stop with the sentence of a task that failed on every try (75), or where the cluster went away (69).
        """
        context = self._started()
        with ThreadPoolExecutor(1) as thread:
            job = thread.submit(lambda: context.parallelize(items, len(items)).map(function).collect())
            try:
                return self._awaited(job, len(items), what)
            except BaseException as fault:
                with contextlib.suppress(Exception):
                    context.cancelAllJobs()
                raise _told(fault) from None

    def close(self) -> None:
        """End the session; the cluster goes on."""
        if self._context is not None:
            with contextlib.suppress(Exception):
                self._context.stop()
            self._context = None

    def _awaited(self, job: Any, n_items: int, what: str) -> list[Any]:
        last_seen = time.monotonic()
        while True:
            with contextlib.suppress(NotYet):
                return job.result(timeout=1)
            tracker = self._context.statusTracker()
            stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
            steps.begin(f"computing {what}: {sum(stage.numCompletedTasks for stage in stages if stage)} of {n_items}")
            if self._n_executors():
                last_seen = time.monotonic()
            elif time.monotonic() - last_seen > PATIENCE:
                raise Stop(
                    Exit.UNAVAILABLE,
                    f"nothing was published: {self.master} has had no executor for {PATIENCE} s; see that workers run and have a free core",
                )

    def _started(self) -> Any:
        if self._context is None:
            steps.begin(f"starting a session on {self.master}")
            began = time.monotonic()
            self._context = _context(self.master, self.folder)
            self._await_executor()
            log.info(
                "cluster.started", master=self.master, executors=self._n_executors(), seconds=round(time.monotonic() - began, 3)
            )
        return self._context

    def _await_executor(self) -> None:
        end = time.monotonic() + PATIENCE
        while not self._n_executors():
            if time.monotonic() > end:
                self.close()
                raise Stop(
                    Exit.UNAVAILABLE,
                    f"{self.master} gave no executor within {PATIENCE} s; see that workers run and have a free core and {EXECUTOR_MB} MB",
                )
            time.sleep(0.2)

    def _n_executors(self) -> int:
        """How many there are; without a cluster the driver is the one."""
        n_known = self._context._jsc.sc().getExecutorMemoryStatus().size()
        return n_known if self.master.startswith("local") else n_known - 1


def _fault_of(address: str) -> str | None:
    """Why nobody answers at host:port; None where somebody does."""
    host, _, port = address.rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=10):
            return None
    except (OSError, ValueError) as error:
        return getattr(error, "strerror", None) or str(error)


def _context(master: str, folder: Path) -> Any:
    """A session; what its JVM has to say goes to a file, not to the terminal."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of pandas 3, which tasks do without, as soon as this module is imported
        importlib.import_module("pyspark.testing.utils")
        from pyspark import SparkConf, SparkContext
        from pyspark.java_gateway import launch_gateway

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # workers on other machines: PYSPARK_PYTHON names theirs
    settings = {
        "spark.master": master,
        "spark.app.name": "bilateral refresh",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.executor.memory": f"{EXECUTOR_MB}m",
        "spark.executor.extraJavaOptions": COURIER,
        "spark.driver.extraJavaOptions": COURIER,
        "spark.task.maxFailures": "4",
    }
    if "//127.0.0.1:" in master:
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    conf = SparkConf().setAll(list(settings.items()))
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "driver.log").open("ab") as sink:
        gateway = SparkContext._gateway or launch_gateway(conf, {"stdout": sink, "stderr": sink})
        context = SparkContext(conf=conf, gateway=gateway)
    context.setLogLevel("WARN")
    return context


def _told(fault: BaseException) -> BaseException:
    """The sentence of a task out of what Spark says of it, as a Stop."""
    text = str(fault)
    if said := re.search(rf"{TaskFailed.__name__}: (.+)", text):
        return Stop(Exit.TRY_AGAIN, f"nothing was published: {said[1].strip()}")
    if type(fault).__name__ == "Py4JJavaError":
        first = next((line for line in text.splitlines()[1:] if line.strip(": ")), text)
        return Stop(Exit.TRY_AGAIN, f"nothing was published: Spark ended the tasks: {first.strip()[:300]}")
    return fault
