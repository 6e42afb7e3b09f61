"""The ledger of forecasts: it adds up at every refresh, silence is no NO, a changed row is found, and it survives what a data folder goes through."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from bilateral.compute.runner import Runner
from bilateral.monitoring import doctor
from bilateral.publish import checksums, forecasts, hash_chain, run_notes, snapshots
from bilateral.publish.work_database import restore
from material import ROOT, act, write_csv

ADDS_UP = "select registered, open, pending, void, unread, scored from forecast_track where kind = 'all' and \"group\" = 'all' and year is null"


@pytest.fixture
def opened(published, tmp_path) -> Iterator[Runner]:
    """The shipped data as a work database without a ledger."""
    path = tmp_path / "work.duckdb"
    shutil.copyfile(snapshots.current(published), path)
    with duckdb.connect(str(path)) as connection:
        for table in hash_chain.LEDGER:
            connection.execute(f"delete from raw.{table}")
        yield Runner(connection, ROOT / "queries")


def replay(runner: Runner, first: date, last: date) -> list[tuple[int, ...]]:
    """A refresh each Monday, with that day's clock and what was on record by then; the counts after each."""
    counts = []
    day = first
    while day <= last:
        runner.connection.execute("set variable today = ?::date", [day])
        forecasts.enter(runner, day, datetime(day.year, day.month, day.day, 6), f"{day:%Y%m%d}T060000.000000Z")
        counts += runner.connection.execute(ADDS_UP).fetchall()
        day += timedelta(7)
    return counts


def hold(runner: Runner, counts: list[tuple[int, ...]]) -> None:
    """What must be so after any replay."""
    registered = [row[0] for row in counts]
    assert [row[0] for row in counts] == [sum(row[1:]) for row in counts]
    assert registered == sorted(registered)  # nothing that was registered goes
    ask = runner.connection.execute
    assert ask("""
        select count(distinct question_id) from forecasts where date_diff('day', content_to, made_at::date) <= 3
    """).fetchone() == (registered[-1],)
    assert ask("select count(*) from forecast_scores where is_late and (state <> 'late' or brier is not null)").fetchone() == (0,)
    assert [hash_chain.fault(runner.connection, table) for table in hash_chain.LEDGER] == [None] * 3
    silent = """
        select count(*) from resolutions inner join questions using (question_id)
        inner join forecast_scores as scores using (question_id)
        where resolutions.answer in ('yes', 'no') and window_end_of_record(scores.dyad, resolutions.resolved_at::date) < questions.window_end
    """
    ask("""
        create temp macro window_end_of_record(of_dyad, by_day) as
        (select max(day) from statistics.record_days where dyad = of_dyad and day <= by_day)
    """)
    assert ask(silent).fetchone() == (0,)  # a window that was not read to its end is neither a yes nor a no


def test_registered_is_open_pending_void_unread_and_scored_at_each_refresh_of_some_months(opened):
    counts = replay(opened, date(2025, 1, 6), date(2025, 4, 28))
    hold(opened, counts)
    assert len(counts) >= 15
    *_, last = counts
    assert all(last[place] > 0 for place in (1, 2, 5))


@pytest.mark.long
def test_registered_is_open_pending_void_unread_and_scored_at_each_refresh_of_six_years(opened, capsys):
    counts = replay(opened, date(2020, 1, 6), date(2026, 8, 31))
    hold(opened, counts)
    names = ("registered", "open", "pending", "void", "unread", "scored")
    with capsys.disabled():
        print(f"\n{len(counts)} refreshes; last:", dict(zip(names, counts[-1], strict=True)))
    assert len(counts) > 340


def test_a_week_asks_once_and_a_late_question_again_when_it_is_no_longer_late(opened):
    monday = date(2025, 4, 7)
    replay(opened, monday, monday)
    ask = opened.connection.execute
    asked = ask("select count(*) from raw.questions").fetchone()
    late = {row[0] for row in ask("select subject from forecast_scores where state = 'late'").fetchall()}
    assert late
    replay(opened, monday, monday)
    assert ask("select count(*) from raw.questions").fetchone() == asked
    replay(opened, monday + timedelta(2), monday + timedelta(2))
    again = ask("select subject from forecast_scores where asked_on = date '2025-04-09' and state = 'open'").fetchall()
    assert again  # the record of their pairs has gone on since
    assert {row[0] for row in again} <= late


def test_a_forecast_knows_nothing_of_the_days_after_it(opened):
    replay(opened, date(2025, 2, 3), date(2025, 2, 3))
    ask = opened.connection.execute
    before = ask("select subject, p, p_base from forecast_scores order by subject").fetchall()
    ask("update core.events set kind = 'material cooperation' where event_day > date '2025-02-03'")
    ask("delete from staging.measures where state_day > date '2025-02-03'")
    for table in (
        "core.measure_waits",
        "core.register_end",
        "statistics.record_days",
        "statistics.friction_deeds",
        "statistics.waited_periods",
    ):
        opened.make(next(query for query in opened.queries if query.name == table))
    rates = ask("select subject, p, p_base from forecasts_on(date '2025-02-03') order by subject").fetchall()
    # how long ended measures waited is known from what ended them: only their rates may rest on later rows, and none does
    assert [row[0] for row in rates] == [row[0] for row in before]
    assert [value for row in rates for value in row[1:]] == pytest.approx([value for row in before for value in row[1:]])


@pytest.fixture
def clocked(house, tmp_path, monkeypatch):
    """clocked(day) refreshes a data folder of its own on that day; COL>USA and its like are late, MEX>GTM is not on 16 August 2025."""
    house.data = tmp_path / "clocked"

    def run(day: date, **options):
        monkeypatch.setattr(run_notes, "_now", lambda: datetime(day.year, day.month, day.day, 6))
        outcome = house.refresh(**options)
        assert outcome.exit_code == 0, outcome.message
        return outcome

    return run


STATES = "select subject, state, answer, resolution_no from forecast_scores where state <> 'late' order by window_start"
LEDGER = "select count(*), max(entry), max_by(hash, entry) from raw.{}"


def test_a_ledger_goes_through_refreshes_rebuilds_a_restore_and_an_upgrade(house, clocked):
    clocked(date(2025, 8, 16))
    assert house.rows(STATES) == [("MEX>GTM", "pending", None, None)]  # whoever reads has today's clock
    assert house.rows("select count(*) > 0 from forecast_scores where state = 'late'") == [(True,)]
    first = snapshots.current(house.data)
    assert clocked(date(2025, 8, 17)).message.startswith("nothing new")
    assert snapshots.current(house.data) == first
    kept = [house.rows(LEDGER.format(table)) for table in hash_chain.LEDGER]

    clocked(date(2025, 8, 17), full=True)
    assert [house.rows(LEDGER.format(table)) for table in hash_chain.LEDGER] == kept
    (house.data / "work.duckdb").unlink()
    restore(house.data)
    with house.runner() as runner:  # a version with one column more, and one whose tables are not there yet
        runner.connection.execute("alter table raw.forecasts add column of_later varchar")
        runner.connection.execute("drop table raw.resolutions")
        runner.make_kept()
        assert hash_chain.fault(runner.connection, "forecasts") is None

    clocked(date(2025, 9, 28))  # nothing else is new: the answers alone are published
    assert snapshots.current(house.data) != first
    assert house.rows(STATES) == [("MEX>GTM", "unread", "unread", 1)]
    write_csv(house.data / "inbox/chronology/more.csv", [act("mex-gtm-20251001-01", "2025-10-01", "042", "MEX", "GTM")])
    clocked(date(2025, 10, 2))
    assert house.rows(STATES)[0] == ("MEX>GTM", "scored", "no", 2)
    assert house.rows("select resolution_no, answer from resolutions where question_id in "
                      "(select question_id from forecast_scores where state = 'scored') order by entry") == [(1, "unread"), (2, "no")]  # fmt: skip
    assert all(row == (sum(row[1:]), *row[1:]) for row in house.rows(ADDS_UP))


def faults(data: Path) -> dict[str, str]:
    found = doctor.examine(data, 10_000)
    return {finding.what: finding.state for finding in found if finding.is_wrong and finding.what.startswith("ledger")}


def change(data: Path, statement: str) -> None:
    """Change a published snapshot as somebody would who also mends its checksum."""
    path = snapshots.current(data)
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute(statement)
    checksums.write(path)


@pytest.mark.parametrize(
    ("statement", "table", "said"),
    [
        ("update raw.forecasts set p = 0.99 where entry = 2", "forecasts", "entry 2 was changed after it was entered"),
        ("delete from raw.questions where entry = 2", "questions", "entry 2 is missing; 3 stands in its place"),
        (
            "update raw.questions set previous_hash = 'x' where entry = 3",
            "questions",
            "entry 3 does not follow the one before it",
        ),
    ],
)
def test_doctor_finds_a_row_that_was_changed(published, tmp_path, statement, table, said):
    data = tmp_path / "data"
    shutil.copytree(published, data)
    assert faults(data) == {}
    change(data, statement)
    assert faults(data) == {f"ledger, {table}": said}


def test_doctor_finds_that_the_last_rows_are_gone_by_an_earlier_snapshot(published, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(published, data)
    now = snapshots.current(data)
    earlier = now.with_name("relations_20260101T000000.000000Z.duckdb")
    shutil.copyfile(now, earlier)
    checksums.write(earlier)
    assert faults(data) == {}
    change(data, "delete from raw.forecasts where entry = (select max(entry) from raw.forecasts)")
    assert faults(data) == {"ledger, forecasts": f"lacks what {earlier.name} has"}
