"""What readers find of the intake after a refresh: requests and items, no texts; a source that fails fails nothing."""

import shutil
import sqlite3
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from bilateral.compute.queries import read
from bilateral.exits import Exit, Stop
from bilateral.intake import copies, store
from bilateral.monitoring import doctor
from bilateral.publish import snapshots
from bilateral.publish.run import Run
from material import ROOT

from .site import Reply
from .test_collection import ONE, TWO, feed

NOW = datetime.now(UTC)


def test_a_refresh_asks_the_sources_first_and_publishes_what_they_gave_without_texts(site, house):
    site.say("/feed", feed(ONE, TWO), feed((ONE[0], ONE[1], "Made text, corrected."), TWO))
    site.say("/gone", Reply(b"", 404))
    sources = [site.source("/feed?key=secret"), site.source("/gone?key=secret", "ofac")]
    outcome = house.refresh(intake=sources)
    assert outcome.exit_code == 0
    assert "made-feed: 2 new items" in outcome.message
    assert f"made-ofac: 0 new items; the source answers 404 for {site.address}/gone" in outcome.message
    assert "secret" not in outcome.message  # readers see it on the page of the status
    found = house.rows(
        "select item_id, title, revision, is_newest, n_characters, strftime(published_at, '%H:%M') from items order by 1"
    )
    assert found == [("made-1", ONE[1], 1, True, 10, "11:15"), ("made-2", TWO[1], 1, True, 24, "11:15")]
    assert house.rows("select source, url, state, n_new from fetches order by 1") == [
        ("made-feed", f"{site.address}/feed", "ok", 2),
        ("made-ofac", f"{site.address}/gone", "error", 0),
    ]
    assert "Made text" not in str(house.rows("from raw.items"))
    assert "secret" not in str(house.rows("from raw.fetches"))
    house.refresh(intake=sources)
    revisions = house.rows("select revision, is_newest, n_characters from items where item_id = 'made-1' order by 1")
    assert revisions == [(1, False, 10), (2, True, 21)]
    before = snapshots.current(house.data)
    assert house.refresh(intake=sources).message.startswith("nothing new")
    assert snapshots.current(house.data) == before


def test_copies_follow_the_database_also_where_it_began_anew_or_dropped_requests(site, run, tmp_path):
    def copied() -> tuple[list, list]:
        copies.bring(connection, tmp_path)
        return tuple(connection.execute(f"select {column} from {table} order by 1").fetchall() for column, table in
                     (("item_id", "raw.items"), ("state", "raw.fetches")))  # fmt: skip

    connection = duckdb.connect()
    connection.execute("create schema raw")
    for table in ("items", "fetches"):
        connection.execute(f"create table raw.{table} as {read(ROOT / 'queries' / 'raw' / f'{table}.sql').sql}")
    site.say("/feed", feed(ONE), feed(ONE), feed(TWO))
    run(site.source("/feed")), run(site.source("/feed"))
    assert copied() == ([("made-1",)], [("not_modified",), ("ok",)])
    with store.open(tmp_path) as kept:
        kept.execute("delete from fetches where state = 'not_modified'")
        kept.execute("update items set first_seen_at = '2026-01-01T00:00:00Z'")
    run(site.source("/feed"))
    assert copied() == ([("made-1",), ("made-2",)], [("ok",), ("ok",)])
    shutil.rmtree(tmp_path / "intake")
    site.say("/feed", feed(TWO))
    run(site.source("/feed"))
    assert copied() == ([("made-2",)], [("ok",)])


def test_an_intake_that_cannot_be_used_fails_no_refresh_and_is_told(site, house):
    (house.data / "intake").mkdir()
    (house.data / "intake" / "intake.sqlite").mkdir()
    outcome = house.refresh(intake=[site.source("/feed")])
    assert outcome.exit_code == 0
    assert "the intake was left out: " in outcome.message


@pytest.mark.parametrize(
    "fault", [Stop(Exit.DATA, "made"), OSError(5, "made"), sqlite3.OperationalError("made"), duckdb.Error("made")]
)
def test_a_fault_of_the_intake_leaves_it_out_and_is_told_once(tmp_path, fault):
    run = Run(tmp_path, None)
    for _ in range(2):
        with run._sparing_the_refresh():
            raise fault
    assert [said for said in run.said if "made" in said] == [f"the intake was left out: {fault}"]


def test_an_error_of_duckdb_in_the_copies_leaves_a_transaction_that_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(copies, "bring", lambda connection, _: connection.execute("select 'made'::integer"))
    run, connection = Run(tmp_path, None), duckdb.connect()
    connection.execute("begin")
    assert not run._copy_intake(connection)
    assert "the intake was left out: Conversion Error" in run.said[-1]
    connection.execute("create table made as select 1 as n")
    connection.execute("commit")
    assert connection.execute("from made").fetchall() == [(1,)]


def test_the_doctor_tells_sources_that_fail_or_are_silent(site, run, tmp_path):
    site.say("/feed", feed(ONE))
    good, bad = site.source("/feed", max_silence_days=3), site.source("/gone", "ofac")
    assert [finding.state for finding in doctor._intake(tmp_path, [good])] == ["never asked"]
    run(good, bad)
    findings = doctor._intake(tmp_path, [good, bad])
    assert [finding.is_wrong for finding in findings] == [False, True]
    assert "error (the source answers 404" in findings[1].state
    with store.open(tmp_path) as connection:
        connection.execute("update source_state set last_new_at = ?", [store.stamp(NOW - timedelta(days=9))])
    (silent,) = doctor._intake(tmp_path, [good])
    assert (silent.is_wrong, "nothing new for 9 days, 3 are usual at most" in silent.state) == (True, True)
