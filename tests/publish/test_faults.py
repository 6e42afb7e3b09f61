"""What may go wrong around a refresh, with real processes, real signals and real full disks: readers see nothing of it, the next run mends it."""

import contextlib
import json
import random
import re
import shutil
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bilateral import package_data
from bilateral.ask.warehouse import Warehouse
from bilateral.exits import Exit, Stop
from bilateral.publish import journal, run_notes, snapshots
from bilateral.publish import refresh as refreshing
from material import ROOT, act, clean_environment, refresh_process, same, write_csv

NEW = "inbox/articles/new.csv"
COUNTS = "select count(*), count(distinct report_id), (select count(*) from events), (select count(distinct event_id) from events) from reports"


# ------------------------------------------------------------------ killed, with readers


@contextlib.contextmanager
def readers(data: Path, tree: Path, kinds: list[str]):
    """Readers that ask all the time; gives what they saw when the block has ended."""
    program = str(ROOT / "tests" / "endless_reader.py")
    started = [
        subprocess.Popen(
            [sys.executable, program, str(data), kind],
            env=clean_environment(tree),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for kind in kinds
    ]
    saw: list[dict] = []
    try:
        yield saw
        saw += [json.loads(process.communicate("", timeout=60)[0]) for process in started]
    finally:
        for process in started:
            process.kill()
            process.communicate()


@pytest.mark.parametrize("moments", [2, *(pytest.param(n, marks=pytest.mark.long) for n in (40, 200))])
def test_killed_at_random_moments_no_reader_notices_and_no_row_is_lost_or_doubled(house, small_tree, moments):
    chance = random.Random(moments)
    write_csv(house.data / NEW, [act("first")])
    assert refresh_process(house.data, small_tree).wait() == 0
    works = journal.history(house.data)[0].seconds
    (first,) = house.rows(COUNTS)
    allowed, killed = {first}, 0
    with readers(house.data, small_tree, ["page"] * 4 + ["sql"]) as saw:
        for number in range(moments):
            n_rows = 1 + number % 3
            write_csv(house.data / NEW, [act(f"new-{number}-{n}", day=f"2025-03-{10 + n}") for n in range(n_rows)])
            process = refresh_process(house.data, small_tree)
            _until_it_has_begun(house.data, process)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.7 * works * chance.random())  # the first run may have been the slower one
            process.kill()
            process.wait()
            killed += journal.history(house.data)[0].exit_code is None
            assert refreshing.refresh(house.data).exit_code == 0
            (counts,) = house.rows(COUNTS)
            assert counts == tuple(n - 1 + n_rows for n in first), f"after kill {number}"
            allowed.add(counts)
    assert killed >= moments / 2
    assert [reader["errors"] for reader in saw] == [[]] * 5
    assert {tuple(seen) for reader in saw for seen in reader["seen"]} <= allowed
    grown = house.tables()
    assert refreshing.refresh(house.data, full=True).exit_code == 0
    assert same(house.tables(), grown)
    assert not list(house.data.rglob("*.draft"))
    print(
        f"{killed} of {moments} refreshes killed in their work; questions answered meanwhile: {[reader['asked'] for reader in saw]}"
    )


def _until_it_has_begun(data: Path, process: subprocess.Popen) -> None:
    """Its line is in the history, so that the moment lies in its work and not in the start of Python."""
    while journal.history(data)[0].process != process.pid:
        assert process.poll() is None, "it ended before it had begun"
        time.sleep(0.01)


# ------------------------------------------------------------------ the same twice, two at once


def test_two_folders_that_read_the_same_hold_the_same(house, tmp_path):
    other = shutil.copytree(house.data, tmp_path / "other")
    for data in (house.data, other):
        write_csv(data / NEW, [act("one"), act("two", code="163")])
        assert refreshing.refresh(data).exit_code == 0
    assert same(house.tables(), house.tables(other))


def test_of_two_refreshes_at_once_one_works_and_the_other_says_who(house, small_tree):
    write_csv(house.data / NEW, [act("one")])
    both = [
        subprocess.Popen(
            [sys.executable, "-m", "bilateral", "refresh", "--data", str(house.data)],
            cwd=house.data, env=clean_environment(small_tree), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    ended = sorted((process.communicate(timeout=120)[1], process.returncode, process.pid) for process in both)
    codes = [code for _, code, _ in ended]
    assert sorted(codes) in ([0, 75], [0, 0])  # both 0 where the second began after the first had ended
    if 75 in codes:
        (sentence,) = [err for err, code, _ in ended if code == 75]
        (worker,) = [pid for _, code, pid in ended if code == 0]
        assert sentence.startswith(f"a refresh is running already (process {worker} since ")
    assert house.rows("select count(*) from reports where source_event_id = 'one'") == [(1,)]


# ------------------------------------------------------------------ the clock


def test_a_clock_that_was_set_back_stops_nothing(house, monkeypatch):
    class NextYear(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(days=365)

    write_csv(house.data / NEW, [act("one")])
    monkeypatch.setattr(run_notes, "datetime", NextYear)
    house.refresh()
    ahead = snapshots.current(house.data)
    monkeypatch.undo()
    monkeypatch.setattr(package_data, "folder", lambda name: house.tree / name)
    for number in range(2):
        write_csv(house.data / NEW, [act("one"), act(f"later-{number}")])
        assert house.refresh().exit_code == 0
        assert house.rows("select count(*) from reports where source_event_id like 'later%'") == [(1,)]
        assert house.refresh().message == "nothing new"
    assert snapshots.version(snapshots.current(house.data)) > snapshots.version(ahead)


# ------------------------------------------------------------------ the disk


@pytest.fixture
def disk(house, tmp_path):
    """disk(megabytes) moves the data onto a file system of that size; disk.resize and disk.read_only change it."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(*options: str) -> None:
        ended = subprocess.run(["mount", *options, "tmpfs", str(place)], capture_output=True, text=True, check=False)
        if ended.returncode:
            pytest.skip(f"no file system can be mounted here: {ended.stderr.strip()}")

    def make(spare_bytes: int) -> Path:
        size = sum(path.stat().st_size for path in house.data.rglob("*") if path.is_file())
        mount("-t", "tmpfs", "-o", f"size={size + spare_bytes}")
        house.data = shutil.copytree(house.data, place / "data")
        return house.data

    make.resize = lambda size: mount("-o", f"remount,size={size}")
    make.read_only = lambda: mount("-o", "remount,ro")
    yield make
    subprocess.run(["umount", "-l", str(place)], capture_output=True, check=False)


@pytest.mark.parametrize(
    "spare", [100_000, pytest.param(300_000, marks=pytest.mark.long), pytest.param(1_000_000, marks=pytest.mark.long), 3_000_000]
)
def test_on_a_full_disk_nothing_is_published_readers_go_on_and_space_mends_it(house, small_tree, disk, spare):
    data = disk(spare)
    before, old = snapshots.current(data), house.tables()
    reader = Warehouse(data).cursor()
    write_csv(data / NEW, [act(f"new-{n}") for n in range(40)])
    ended = subprocess.run(
        [sys.executable, "-m", "bilateral", "refresh", "--data", str(data)],
        cwd=ROOT, env=clean_environment(small_tree), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (ended.returncode, snapshots.current(data)) == (Exit.TRY_AGAIN, before), ended.stderr
    assert re.search(r"nothing was published: .*(free|disk is full|No space)", ended.stderr), ended.stderr
    assert "Traceback" not in ended.stderr
    assert reader.execute("select count(*) from events").fetchone() == (len(old["events"]),)
    assert same(house.tables(), old)
    disk.resize("400m")
    assert house.refresh().exit_code == 0
    assert house.rows("select count(*) from reports where source_event_id like 'new-%'") == [(40,)]


def test_a_data_folder_that_is_read_only_can_be_read_and_says_that_it_cannot_be_written(house, disk):
    data = disk(10_000_000)
    disk.read_only()
    with pytest.raises(Stop, match=rf"the data folder {data} cannot be written: Read-only file system") as stop:
        house.refresh()
    assert stop.value.code == Exit.CONFIGURATION
    assert Warehouse(data).cursor().execute("select count(*) from events").fetchone()[0] > 0


# ------------------------------------------------------------------ the snapshot


def test_a_snapshot_deleted_under_a_reader_answers_it_until_the_next_is_published(house):
    reader = Warehouse(house.data)
    cursor = reader.cursor()
    counted = cursor.execute("select count(*) from events").fetchone()
    snapshots.current(house.data).unlink()
    assert cursor.execute("select count(*) from events").fetchone() == counted
    assert reader.cursor().execute("select count(*) from events").fetchone() == counted
    assert "is gone from" in reader.fault
    assert house.refresh().exit_code == 0
    assert reader.cursor().execute("select count(*) from events").fetchone() == counted
    assert reader.fault is None


# ------------------------------------------------------------------ what is left of each month


def test_each_month_keeps_what_was_published_last_in_it(house):
    import duckdb

    write_csv(house.data / NEW, [act("one")])
    house.refresh()
    (file,) = (house.data / "vintages").glob("*.parquet")
    version = snapshots.version(snapshots.current(house.data))
    assert file.name == f"indicators_{version[:4]}-{version[4:6]}.parquet"
    kept = duckdb.sql(
        f"select dyad, day, round(balance, 3) from '{file}' where version = '{version}' and balance is not null order by all"
    ).fetchall()
    shown = house.rows(
        "select dyad, day, round(balance::float, 3) from indicator_day where domain = 'all' and balance is not null order by all"
    )
    assert kept == shown


def test_a_draft_of_the_month_that_a_killed_refresh_left_becomes_the_month_s_file(house):
    write_csv(house.data / NEW, [act("one")])
    house.refresh()
    (file,) = (house.data / "vintages").glob("*.parquet")
    whole = file.read_bytes()
    file.with_suffix(".draft").write_bytes(whole[:100])
    file.unlink()
    assert house.refresh().message.startswith("nothing new")
    assert not file.with_suffix(".draft").exists()
    assert file.read_bytes()[:4] == whole[:4]
