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
from bilateral.publish import snapshots
from material import clean_environment, same

REPORTS = "from reports order by all"
TABLES = ("events", "dyad_day", "indicator_day", "coverage", "level_counts", "rejects", "sign_check")


def test_a_load_killed_at_four_moments_ends_as_one_that_was_not(house, small_tree, tmp_path):
    kill_loads(house, small_tree, tmp_path, wanted=4)


@pytest.mark.long
def test_a_load_killed_at_fifty_moments_ends_as_one_that_was_not(house, small_tree, tmp_path):
    tried = kill_loads(house, small_tree, tmp_path, wanted=50)
    print(f"50 loads were killed before their end, of {tried}")


def kill_loads(house, small_tree, tmp_path, wanted: int) -> int:
    """Kill so many loads before they end by themselves, and say how many were started for that.

    Each round starts from the same data, kills up to five loads at random moments, and ends with a load that may end.
    """
    files = gdelt_day.day_of_exports(tmp_path / "in", datetime(2025, 3, 28), 6000, files=6)
    (tmp_path / "in" / "20250328230000.export.CSV.zip").write_bytes(b"torn")
    expected = tmp_path / "expected"
    shutil.copytree(house.data, expected)
    started = time.monotonic()
    assert load_process(expected, small_tree, files[0].parent).wait() == 0
    whole = time.monotonic() - started
    new, chance, killed = tables(house, expected), random.Random(wanted), 0
    assert len(new["events"]) > 150
    tried = 0
    for number in range(wanted):
        data = tmp_path / f"round-{number}"
        shutil.copytree(house.data, data)
        with snapshots.connect(snapshots.current(data)) as reader:
            old = reader.execute("from events order by all").fetchall()
            for _ in range(min(5, wanted - killed)):
                process = load_process(data, small_tree, files[0].parent)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(whole * chance.uniform(0.1, 0.9))
                killed += process.poll() is None
                tried += 1
                process.kill()
                process.wait()
                seen = tables(house, data)
                assert same({"events": seen["events"]}, {"events": old}) or same(seen, new)
            assert load_process(data, small_tree, files[0].parent).wait() == 0
            assert reader.execute("from events order by all").fetchall() == old
        assert same(tables(house, data), new)
        assert not list(data.rglob("*.draft"))
        shutil.rmtree(data)
        if killed == wanted:
            return tried
    raise AssertionError(f"only {killed} of {tried} loads were killed before their end")


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
        [sys.executable, "-m", "bilateral", "load", "gdelt", str(folder), "--data", str(data), "--quiet"],
        cwd=data,
        env=clean_environment(tree),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
