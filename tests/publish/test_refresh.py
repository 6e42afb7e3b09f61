"""Refresh: what changes the tables and what does not, what a killed one leaves, and what stops one."""

import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest

from bilateral.ask.warehouse import Warehouse, connect
from bilateral.exits import Exit, Stop
from bilateral.publish import refresh as refreshing
from bilateral.publish import snapshots
from bilateral.publish.work_database import restore
from material import ROOT, act, clean_environment, refresh_process, same, write_csv, write_lines

IDENTITY = "report_id, dataset, source_event_id, event_id, event_day, source_country, target_country, code, domain_given, summary"


# ------------------------------------------------------------------ nothing new, and what is new


def test_35_a_second_refresh_finds_nothing_new_and_publishes_nothing(house):
    before = snapshots.current(house.data)
    outcome = house.refresh()
    assert (outcome.message, outcome.added, outcome.changed, outcome.removed) == ("nothing new", 0, 0, 0)
    assert snapshots.current(house.data) == before


def test_9_4_a_full_rebuild_equals_the_tables_that_grew_step_by_step(house):
    write_csv(house.data / "inbox/articles/first.csv", [act("one"), act("two", code="163")])
    house.refresh()
    write_csv(house.data / "inbox/articles/second.csv", [act("three", day="2025-03-30", source="MEX", target="USA")])
    assert house.refresh().added == 1
    grown = house.tables()
    house.refresh(full=True)
    assert same(house.tables(), grown)


def test_a_new_row_in_a_known_file_is_added_and_the_others_are_known(house):
    file = write_csv(house.data / "inbox/articles/mine.csv", [act("one")])
    house.refresh()
    write_csv(file, [act("one"), act("two")])
    outcome = house.refresh()
    (result,) = outcome.files
    assert (result.rows_read, result.rows_accepted, result.rows_known, result.rows_rejected) == (2, 1, 1, 0)
    assert (outcome.added, outcome.changed, outcome.removed) == (1, 1, 0)


def test_a_pair_of_the_users_file_gets_its_indicators(house, tmp_path):
    dyads = write_lines(tmp_path / "dyads.csv", ["dyad,lead,position", "FRA-DEU,FRA,100"])
    write_csv(
        house.data / "inbox/articles/paris.csv", [act("one", source="FRA", target="DEU"), act("two", source="DEU", target="FRA")]
    )
    house.refresh(dyads=dyads)
    days = "select dyad, count(*) from indicator_day where dyad in ('DEU-FRA', 'DEU>FRA', 'FRA>DEU') group by 1 order by 1"
    assert house.rows(days) == [("DEU-FRA", 1), ("DEU>FRA", 1), ("FRA>DEU", 1)]


def test_reports_of_countries_that_are_no_pair_yet_are_kept_for_when_they_are(house, tmp_path):
    write_csv(house.data / "inbox/articles/paris.csv", [act("one", source="FRA", target="DEU")])
    house.refresh()
    assert house.rows("select event_id from reports where source_event_id = 'one'") == [(None,)]
    house.refresh(dyads=write_lines(tmp_path / "dyads.csv", ["dyad,lead,position", "DEU-FRA,DEU,100"]))
    assert house.rows("select event_id from reports where source_event_id = 'one'") == [("one",)]


# ------------------------------------------------------------------ METHOD 9.1: order, splitting, loading twice


def test_9_1_splitting_shuffling_and_loading_twice_change_no_report_and_no_event(house):
    reports, events = f"select {IDENTITY} from reports order by all", "from events order by all"
    before = house.rows(reports), house.rows(events)
    whole = house.chronology / "usa-mex.csv"
    header, *rows = whole.read_text(encoding="utf-8").splitlines()
    random.Random(42).shuffle(rows)
    whole.unlink()
    write_lines(house.chronology / "z-first.csv", [header, *rows[:25]])
    write_lines(house.chronology / "a-second.csv", [header, *rows[20:]])  # five rows stand in both
    outcome = house.refresh()
    assert (outcome.added, outcome.removed) == (0, 0)
    assert (house.rows(reports), house.rows(events)) == before
    house.refresh(full=True)
    assert (house.rows(reports), house.rows(events)) == before


def test_9_1_a_row_that_left_its_file_is_removed(house):
    file = house.chronology / "mex-gtm.csv"
    header, gone, *rows = file.read_text(encoding="utf-8").splitlines()
    write_lines(file, [header, *rows])
    assert house.refresh().removed == 1
    assert house.rows(f"from events where event_id = '{gone.split(',')[0]}'") == []


def test_a_row_that_another_file_still_holds_stays_and_is_named_after_that_file(house):
    first = write_csv(house.data / "inbox/articles/a.csv", [act("one"), act("two")])
    write_csv(house.data / "inbox/articles/b.csv", [act("two"), act("one")])
    house.refresh()
    write_csv(first, [act("two")])
    assert house.refresh().removed == 0
    places = "select source_event_id, file_name, row_number from reports where source_event_id in ('one', 'two') order by 1"
    assert house.rows(places) == [("one", "inbox/articles/b.csv", 3), ("two", "inbox/articles/a.csv", 2)]


def test_a_file_that_went_takes_its_rows_and_brings_them_back_when_it_returns(house):
    file = write_csv(house.data / "inbox/articles/mine.csv", [act("one")])
    house.refresh()
    content = file.read_bytes()
    file.unlink()
    assert house.refresh().removed == 1
    file.write_bytes(content)
    assert house.refresh().added == 1
    assert house.rows("select event_id from events where event_id = 'one'") == [("one",)]


def test_acts_of_two_datasets_with_one_id_stay_two_events(house):
    write_csv(house.data / "inbox/articles/mine.csv", [act("1", day="2025-03-20", code="042")])
    write_csv(house.data / "inbox/chronology/mine.csv", [act("1", day="2025-03-21", code="163")])
    assert house.refresh().exit_code == 0
    found = house.rows("select dataset, event_id, code from events where summary = 'Act 1' order by 1")
    assert found == [("articles", "articles-1", "042"), ("chronology", "1", "163")]


# ------------------------------------------------------------------ killed at any moment


def test_35_a_refresh_killed_at_any_moment_leaves_the_old_tables_and_the_next_one_makes_the_new(house, small_tree, tmp_path):
    """Real processes, SIGKILL at moments from the start of the work to after its end; a reader holds the old snapshot open."""
    new_file = "inbox/articles/new.csv"
    first, expected = tmp_path / "first", tmp_path / "expected"
    for data in (first, expected):
        shutil.copytree(house.data, data)
        write_csv(data / new_file, [act("new-1"), act("new-2", day="2025-03-27", code="112")])
    old = house.tables()
    started = time.monotonic()
    refresh_process(expected, small_tree).wait()
    whole = time.monotonic() - started
    new = house.tables(expected)
    chance = random.Random(7)
    killed, moments = 0, iter(range(60))
    while killed < 4:
        part = next(moments)  # how long the work takes varies with what else the machine does, so a kill may come too late
        data = tmp_path / f"killed-{part}"
        shutil.copytree(first, data)
        with connect(snapshots.current(data)) as reader:
            process = refresh_process(data, small_tree)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(whole * (0.35 + 0.65 * chance.random()) * 0.9**part)
            killed += process.poll() is None
            process.kill()
            process.wait()
            assert same(house.tables(data), old) or same(house.tables(data), new)
            assert reader.execute("select count(*) from events").fetchone() == (len(old["events"]),)
            assert refreshing.refresh(data).exit_code == 0
            assert reader.execute("select count(*) from events").fetchone() == (len(old["events"]),)
        assert same(house.tables(data), new)
        assert not list(data.rglob("*.draft"))


def test_a_refresh_killed_between_its_commit_and_its_publication_is_published_by_the_next(house):
    (snapshots.folder(house.data) / snapshots.POINTER).unlink()
    assert house.refresh().message == "nothing new"
    assert len(house.rows("from events")) == 75


def test_a_reader_sees_the_new_snapshot_at_its_next_question_and_its_open_cursor_keeps_the_old(house):
    reader = Warehouse(house.data)
    cursor, version = reader.cursor(), reader.version
    write_csv(house.data / "inbox/articles/new.csv", [act("new")])
    house.refresh()
    count = "select count(*) from events where event_id = 'new'"
    assert (cursor.execute(count).fetchone(), reader.cursor().execute(count).fetchone()) == ((0,), (1,))
    assert reader.version > version


# ------------------------------------------------------------------ what stops a refresh


def test_35_a_second_refresh_at_the_same_time_is_told_who_holds_the_lock(house):
    with refreshing.lock(house.data), pytest.raises(Stop) as stop:
        house.refresh()
    assert stop.value.code == Exit.TRY_AGAIN
    assert re.fullmatch(
        rf"a refresh is running already \(process {os.getpid()} since [-0-9: ]+ UTC\); try again when it is done", str(stop.value)
    )


def test_the_lock_of_a_killed_process_holds_nobody_up(house):
    holder = subprocess.Popen(
        [sys.executable, "-c", "import sys, time; from bilateral.publish.refresh import lock; from pathlib import Path\n"
         "with lock(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)", str(house.data)],
        stdout=subprocess.PIPE,
        env=clean_environment(ROOT),
    )  # fmt: skip
    with holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(Stop, match=f"process {holder.pid} since"):
            house.refresh()
        holder.send_signal(signal.SIGKILL)
    assert house.refresh().exit_code == 0


def test_when_a_check_finds_bad_rows_nothing_is_published_and_the_sentence_is_its_name(house):
    before, old = snapshots.current(house.data), house.tables()
    check = house.tree / "queries/checks/nobody_is_called_bad.sql"
    write_lines(check, ["/* A made-up fault. */", "select event_id from core.events where event_id = 'bad'"])
    write_csv(house.data / "inbox/articles/bad.csv", [act("bad")])
    outcome = house.refresh()
    assert outcome.exit_code == Exit.DATA
    assert outcome.message == f"nothing was published: it does not hold that nobody is called bad: [('bad',)] ({check})"
    assert snapshots.current(house.data) == before
    assert same(house.tables(), old)
    (house.data / "inbox/articles/bad.csv").unlink()
    assert house.refresh().exit_code == Exit.DONE


def test_a_failed_refresh_is_written_down_with_its_message(house):
    write_lines(house.tree / "queries/checks/nothing_is_right.sql", ["/* A made-up fault. */", "select 1 as one"])
    failed = house.refresh()
    (house.tree / "queries/checks/nothing_is_right.sql").unlink()
    house.refresh(full=True)
    assert house.rows("select exit_code, message from runs where exit_code <> 0") == [(65, failed.message)]


def test_a_broken_query_file_is_a_fault_of_the_configuration_that_names_it(house):
    path = house.tree / "queries/core/coverage.sql"
    path.write_text(path.read_text(encoding="utf-8").replace("n_articles  bigint ", "n_articles  integer"), encoding="utf-8")
    outcome = house.refresh()
    assert outcome.exit_code == Exit.CONFIGURATION
    assert outcome.message == f"core.coverage: header and table differ in n_articles bigint, n_articles integer ({path})"


def test_a_data_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(Stop) as stop:
        refreshing.refresh(tmp_path / "file" / "data")
    assert stop.value.code == Exit.CONFIGURATION
    assert (
        str(stop.value) == f"the data folder {tmp_path}/file/data cannot be written: Not a directory; choose another with --data"
    )


def test_a_damaged_work_database_is_one_sentence_and_restore_brings_every_row_back(house):
    before, work = house.tables(), house.data / "work.duckdb"
    work.write_bytes(b"no database" + work.read_bytes()[11:4096])
    damaged = work.read_bytes()
    with pytest.raises(Stop) as stop:
        house.refresh()
    assert stop.value.code == Exit.DATA
    assert f"the work database {work} cannot be used (" in str(stop.value)
    assert "run `bilateral restore`" in str(stop.value)
    said = restore(house.data)
    assert said[0].startswith(f"the work database was made from {snapshots.current(house.data).name} (")
    (kept,) = house.data.glob("damaged_*")
    assert kept.read_bytes() == damaged
    assert house.refresh().message.startswith("nothing new")
    assert house.refresh(full=True).exit_code == Exit.DONE
    assert same(house.tables(), before)
    assert restore(house.data) == [f"the work database {work} is whole; nothing was changed"]


def test_a_damaged_snapshot_is_one_sentence_and_the_next_refresh_publishes_another(house):
    path = snapshots.current(house.data)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(Stop) as stop:
        Warehouse(house.data).cursor()
    assert stop.value.code == Exit.DATA
    assert str(stop.value).startswith(f"the snapshot {path.name} cannot be opened (it has 5,000 bytes and was written with ")
    assert str(stop.value).endswith("run `bilateral refresh` to publish a new one")
    outcome = house.refresh()
    assert outcome.exit_code == 0
    assert f"the snapshot {path.name} was damaged" in outcome.message
    assert snapshots.current(house.data) != path
    assert len(house.rows("from events")) == 75


def test_35_too_little_space_publishes_nothing_and_says_what_is_needed(house, monkeypatch):
    before = snapshots.current(house.data)
    write_csv(house.data / "inbox/articles/new.csv", [act("new")])
    full_disk = shutil._ntuple_diskusage(10**9, 10**9 - 1000, 1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda place: full_disk)
    outcome = house.refresh()
    assert outcome.exit_code == Exit.TRY_AGAIN
    assert re.match(
        r"nothing was published: \d+ MB are needed for a snapshot in .*, 0 MB are free; run `bilateral prune`", outcome.message
    )
    assert snapshots.current(house.data) == before
    monkeypatch.undo()


# ------------------------------------------------------------------ snapshots kept and swept


def test_the_newest_snapshots_are_kept_and_older_ones_and_drafts_go(house):
    draft = snapshots.folder(house.data) / "relations_killed.draft"
    draft.write_bytes(b"half a copy")
    published = []
    for n in range(3):
        write_csv(house.data / "inbox/articles/new.csv", [act(f"new-{n}")])
        house.refresh(keep=2)
        published.append(snapshots.current(house.data))
    assert not draft.exists()
    assert sorted(snapshots.folder(house.data).glob("*.duckdb")) == published[-2:]


def test_the_snapshot_in_use_stays_even_when_newer_ones_lie_beside_it(house):
    current = snapshots.current(house.data)
    for n in range(3):
        shutil.copy(current, current.with_name(f"relations_9999010{n}T000000.000000Z.duckdb"))
    snapshots.sweep(house.data, keep=1)
    assert sorted(path.name[:14] for path in snapshots.folder(house.data).glob("*.duckdb")) == [
        current.name[:14],
        "relations_9999",
    ]


def test_a_pointer_to_a_snapshot_that_is_gone_says_what_to_do_and_the_next_refresh_publishes_again(house):
    snapshots.current(house.data).unlink()
    with pytest.raises(snapshots.NoSnapshot, match=r"is gone from .*; run `bilateral refresh` to publish again"):
        snapshots.current(house.data)
    house.refresh()
    assert len(house.rows("from events")) == 75


def test_snapshots_open_in_the_oldest_duckdb_that_is_allowed(snapshot):
    (tags,) = snapshot.execute("select tags from duckdb_databases() where not internal").fetchone()
    assert tags["storage_version"].startswith("v1.5.0")
