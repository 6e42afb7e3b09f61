"""What tests are made of: files of acts to load, the environment of a process, and when two databases hold the same."""

import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

ROOT = Path(__file__).parents[1]
PATIENCE = 300
"""Seconds after which a test gives up. A wait ends when what it waits for has come: on a busy machine a test takes longer and passes all the same."""


def wait_until(holds: Callable[[], object], expected: str) -> None:
    """Look twenty times a second until it holds; fails with what was expected."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"after {PATIENCE} s it still does not hold that {expected}"
        time.sleep(0.05)


def heed_signals() -> None:
    """A shell starts what runs in the background with SIGINT ignored, `nohup` with SIGHUP, and every child inherits that; a signal that is
    handled here has its usual meaning in a child."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)


def know_seeds(connection: duckdb.DuckDBPyConnection) -> None:
    """Tell a database where the queries find the seeds."""
    seeds = ROOT / "seeds"
    connection.execute(f"set variable seeds = '{seeds}'")
    connection.execute(f"set variable dyads = ['{seeds / 'dyads.csv'}']")


def write_lines(path: Path, lines: list[str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def act(
    event_id: str, day: str = "2025-03-28", code: str = "042", source: str = "USA", target: str = "MEX", **more: str
) -> dict[str, str]:
    """One good row of a file; a test changes what it is about."""
    row = {"event_id": event_id, "event_date": day, "source_actor": source, "target_actor": target, "cameo_code": code}
    return row | {"domain": "trade", "summary": f"Act {event_id}"} | more


def write_csv(path: Path, acts: list[dict[str, str]]) -> Path:
    """A CSV of acts that have the columns of the first one."""
    return write_lines(path, [",".join(acts[0]), *(",".join(row.values()) for row in acts)])


def same(one: dict[str, list[tuple]], other: dict[str, list[tuple]]) -> bool:
    """Equal tables, see `same_rows`."""
    return one.keys() == other.keys() and all(same_rows(one[table], other[table]) for table in one)


def same_rows(one: list[tuple], other: list[tuple]) -> bool:
    """Equal rows: exact on text, days and counts, 1e-9 on floats."""
    return len(one) == len(other) and all(map(_same_row, one, other))


def _same_row(one: tuple, other: tuple) -> bool:
    return all(map(_same_value, one, other))


def _same_value(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=0, abs_tol=1e-9)
    return one == other


@dataclass(frozen=True)
class Ended:
    """How a process ended."""

    code: int
    out: str
    err: str
    bytes_out: bytes


def clean_environment(tree: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BILATERAL_", "PYTEST_"))}
    return kept | {"PYTHONPATH": os.pathsep.join((str(tree / ".src"), str(tree))), "NO_COLOR": "1", "COLUMNS": "200"}


def refresh_process(data: Path, tree: Path) -> subprocess.Popen:
    """A real refresh in a process of its own, to be killed."""
    return subprocess.Popen(
        [sys.executable, "-m", "bilateral", "refresh", "--data", str(data), "--quiet"],
        cwd=data,
        env=clean_environment(tree),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def memory_mb(pid: int) -> int:
    """Resident memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) // 1024


def callback(address: object) -> dict[str, object]:
    """What the browser posts when the address changes."""
    return {
        "output": "answer.data",
        "outputs": {"id": "answer", "property": "data"},
        "inputs": [{"id": "address", "property": "data", "value": address}],
        "changedPropIds": ["address.data"],
    }


def children(pid: int) -> set[int]:
    """Processes that a process started and that are still there: the workers of a server."""
    return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}
