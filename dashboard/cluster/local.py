"""A cluster on this machine: a master and workers as processes of their own, started with Spark's own scripts and stopped by their ids."""

import contextlib
import importlib.util
import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path

from bilateral.exits import Exit, Stop

HOST = "127.0.0.1"
"""Only programs on this machine reach the cluster: a standalone master lets everybody who reaches it run code."""
WORKER_MEMORY = "1g"
"""Memory of the JVMs of a worker's executors; that of DuckDB is apart."""
PATIENCE = 60
STATE = "local.json"
ADDRESS = re.compile(r"Starting Spark master at (spark://\S+)")


def start(folder: Path, n_workers: int, cores: int = 1) -> str:
    """Start a master and workers on free ports and return the master's address. Raises Stop 75 where one runs already or does not start."""
    if running(folder):
        raise Stop(Exit.TRY_AGAIN, f"a cluster of {folder} runs already; end it with `bilateral cluster stop`")
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "master.log"
    log.unlink(missing_ok=True)
    started = [_process("master.Master", log, "--host", HOST, "--port", "0", "--webui-port", "0")]
    try:
        address = _awaited(log, ADDRESS, started[0])
        for number in range(1, n_workers + 1):
            log = folder / f"worker-{number}.log"
            log.unlink(missing_ok=True)
            given = ["--cores", str(cores), "--memory", WORKER_MEMORY, "--work-dir", str(folder / f"worker-{number}")]
            started.append(_process("worker.Worker", log, "--host", HOST, "--webui-port", "0", *given, address))
        for number, worker in enumerate(started[1:], start=1):
            _awaited(folder / f"worker-{number}.log", re.compile("(Successfully registered with master)"), worker)
    except BaseException:
        for process in started:
            process.kill()
            process.wait()
        raise
    (folder / STATE).write_text(json.dumps({"master": address, "processes": [process.pid for process in started]}) + "\n")
    return address


def stop(folder: Path) -> int:
    """End the processes that `start` left, workers first; returns how many there were."""
    processes = running(folder)
    for process in reversed(processes):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGTERM)
    end = time.monotonic() + PATIENCE
    while any(map(_is_ours, processes)):
        if time.monotonic() > end:
            raise Stop(Exit.TRY_AGAIN, f"processes {', '.join(map(str, filter(_is_ours, processes)))} do not end; see {folder}")
        time.sleep(0.1)
    (folder / STATE).unlink(missing_ok=True)
    return len(processes)


def running(folder: Path) -> list[int]:
    """Ids of the cluster's processes that are still there, the master first."""
    try:
        known = json.loads((folder / STATE).read_text())["processes"]
    except (OSError, ValueError, KeyError):
        return []
    return [process for process in known if _is_ours(process)]


def _is_ours(process: int) -> bool:
    """Whether this id is still a process of Spark's, and not one that has got the number since; a zombie has ended."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(process, os.WNOHANG)
    try:
        return b"org.apache.spark.deploy" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


def _process(name: str, log: Path, *arguments: str) -> subprocess.Popen:
    spec = importlib.util.find_spec("pyspark")
    if spec is None or spec.origin is None:
        raise Stop(Exit.CONFIGURATION, "a cluster needs pyspark, which is not installed; pip install 'bilateral[spark]'")
    home = Path(spec.origin).parent
    options = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dspark.master.rest.enabled=false"  # a master and its workers wait most of the time
    environment = {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": HOST,
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": options,
    }
    with log.open("ab") as sink:
        return subprocess.Popen(  # noqa: S603  Spark's own script
            [home / "bin" / "spark-class", f"org.apache.spark.deploy.{name}", *arguments],
            env=os.environ | environment, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink, start_new_session=True,
        )  # fmt: skip


def _awaited(log: Path, sign: re.Pattern, process: subprocess.Popen) -> str:
    """What the sign finds in a log, as soon as it stands there."""
    end = time.monotonic() + PATIENCE
    while not (found := sign.search(log.read_text(errors="replace"))):
        if process.poll() is not None or time.monotonic() > end:
            last = (log.read_text(errors="replace").strip().splitlines() or ["it said nothing"])[-1]
            raise Stop(Exit.TRY_AGAIN, f"a process of the cluster did not start: {last[:300]} ({log})")
        time.sleep(0.1)
    return found[1]
