"""`bilateral load gdelt` killed with SIGKILL at random moments and repeated: the same tables, and no reader is disturbed. Real processes."""

import contextlib
import random
import shutil
import subprocess
import sys
import time
from datetime import datetime

import pytest
from bench import gdelt_day
from material import clean_environment, same

from dashboard import snapshots

REPORTS = "from reports order by all"
TABLES = ("events", "dyad_day", "indicator_day", "coverage", "level_counts", "rejects", "sign_check")


def test_a_load_killed_at_six_moments_ends_as_one_that_was_not(house, small_tree, tmp_path):
    killed = kill_rounds(house, small_tree, tmp_path, rounds=2, kills=3)
    assert killed >= 1  # how many depends on how fast the machine is; the long test asks for most of fifty


@pytest.mark.long
def test_a_load_killed_at_fifty_moments_ends_as_one_that_was_not(house, small_tree, tmp_path):
    killed = kill_rounds(house, small_tree, tmp_path, rounds=10, kills=5)
    print(f"{killed} of 50 loads were killed before their end")
    assert killed >= 35


def kill_rounds(house, small_tree, tmp_path, rounds: int, kills: int) -> int:
    """How many loads were killed before they ended by themselves. Each round starts from the same data and ends with a load that may end."""
    files = gdelt_day.day_of_exports(tmp_path / "in", datetime(2025, 3, 28), 6000, files=6)
    (tmp_path / "in" / "20250328230000.export.CSV.zip").write_bytes(b"torn")
    expected = tmp_path / "expected"
    shutil.copytree(house.data, expected)
    started = time.monotonic()
    assert load_process(expected, small_tree, files[0].parent).wait() == 0
    whole = time.monotonic() - started
    new, chance, killed = tables(house, expected), random.Random(rounds), 0
    assert len(new["events"]) > 150
    for number in range(rounds):
        data = tmp_path / f"round-{number}"
        shutil.copytree(house.data, data)
        with snapshots.connect(snapshots.current(data)) as reader:
            old = reader.execute("from events order by all").fetchall()
            for _ in range(kills):
                process = load_process(data, small_tree, files[0].parent)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(whole * chance.uniform(0.2, 1))
                killed += process.poll() is None
                process.kill()
                process.wait()
                seen = tables(house, data)
                assert same({"events": seen["events"]}, {"events": old}) or same(seen, new)
            assert load_process(data, small_tree, files[0].parent).wait() == 0
            assert reader.execute("from events order by all").fetchall() == old
        assert same(tables(house, data), new)
        assert not list(data.rglob("*.draft"))
    return killed


def tables(house, data) -> dict[str, list[tuple]]:
    with snapshots.connect(snapshots.current(data)) as connection:
        found = {name: connection.execute(f"from {name} order by all").fetchall() for name in TABLES if name != "rejects"}
        found["rejects"] = connection.execute("select * exclude (run_id) from rejects order by all").fetchall()
        found["files"] = connection.execute(
            "select distinct dataset, file_name, md5, rows_read, rows_rejected, refusal is null from files order by all"
        ).fetchall()
        return found | {"reports": connection.execute(REPORTS).fetchall()}


def load_process(data, tree, folder) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "dashboard", "load", "gdelt", str(folder), "--data", str(data), "--quiet"],
        cwd=data,
        env=clean_environment(tree),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
