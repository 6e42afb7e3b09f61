"""The history of runs and the state file: what each end of a run leaves, and what a torn file costs."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bilateral.monitoring import updates
from bilateral.publish import journal
from bilateral.publish.journal import RunRecord
from bilateral.sources.source_state import SourceState


def ended(run_id: str, code: int = 0, at: str = "2026-11-24T06:00:00Z", message: str = "done") -> RunRecord:
    return RunRecord(run_id, at, 1, at, code, 1, 0, 0, 2.5, message)


def note(data, run_id: str, code: int = 0, sources: list[SourceState] | None = None, **more):
    journal.begin(data, run_id)
    return journal.end(data, ended(run_id, code, **more), sources or [], {}, {})


def test_a_run_without_an_end_is_seen_in_the_history(tmp_path):
    note(tmp_path, "one")
    journal.begin(tmp_path, "two")
    assert [(run.run_id, run.outcome) for run in journal.history(tmp_path)] == [
        ("two", "no end: killed, or still running"),
        ("one", "done"),
    ]


def test_failures_are_counted_until_the_next_success_and_the_last_success_is_kept(tmp_path):
    note(tmp_path, "one", at="2026-11-24T06:00:00Z")
    note(tmp_path, "two", 69, at="2026-11-24T06:15:00Z")
    status = note(tmp_path, "three", 65, at="2026-11-24T06:30:00Z")
    assert (status.consecutive_failures, status.exit_code) == (2, 65)
    assert (status.last_success, status.last_attempt) == ("2026-11-24T06:00:00Z", "2026-11-24T06:30:00Z")
    assert note(tmp_path, "four").consecutive_failures == 0
    assert journal.read_status(tmp_path).run_id == "four"


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"', '{"sources": 3}', '{"sources": {"gdelt": {"wrong": 1}}}', "\0"])
def test_a_torn_or_foreign_state_file_counts_as_no_run(tmp_path, text):
    (tmp_path / journal.STATUS).write_text(text)
    assert journal.read_status(tmp_path) == journal.Status()
    assert updates.read(tmp_path, 48).state == "stale"


def test_a_state_file_of_an_older_version_is_read_as_far_as_it_goes(tmp_path):
    (tmp_path / journal.STATUS).write_text(json.dumps({"last_success": "2026-11-24T06:00:00Z", "colour": "blue"}))
    assert journal.read_status(tmp_path).last_success == "2026-11-24T06:00:00Z"


def test_a_torn_line_costs_that_line_alone(tmp_path):
    note(tmp_path, "one")
    with (tmp_path / journal.HISTORY).open("a") as file:
        file.write('{"run_id": "torn", "started')
    note(tmp_path, "two")
    assert [run.run_id for run in journal.history(tmp_path)] == ["two", "one"]


def test_the_history_does_not_grow_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr(journal, "MOST_LINES", 20)
    (tmp_path / journal.HISTORY).write_text("".join(json.dumps({"run_id": str(n), "started_at": "x"}) + "\n" for n in range(600)))
    note(tmp_path, "last")
    assert len(journal.history(tmp_path)) == 21
    assert journal.history(tmp_path)[0].run_id == "last"


def test_a_run_that_asked_no_source_keeps_what_is_known_of_them_and_one_that_asked_for_none_forgets(tmp_path):
    note(tmp_path, "one", sources=[SourceState("gdelt", None, 0, "")])
    assert journal.end(tmp_path, ended("two"), None, {}, {}).sources.keys() == {"gdelt"}
    assert journal.end(tmp_path, ended("three"), [], {}, {}).sources == {}


@pytest.mark.parametrize(
    ("last", "follows"),
    [
        ("20261124T060000.000000Z", "20261124T070000.000000Z"),
        ("20991231T235959.999999Z", "21000101T000000.000000Z"),
        ("", "20261124T070000.000000Z"),
        ("zzz", "20261124T070000.000000Z"),
    ],
)
def test_the_id_of_a_run_never_goes_back(last, follows):
    assert journal.after(last, datetime(2026, 11, 24, 7)) == follows


# ------------------------------------------------------------------ updates


def hours_ago(hours: float) -> str:
    return f"{datetime.now(UTC) - timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}"


def source(name: str, hours: float | None, code: int = 0) -> SourceState:
    return SourceState(name, None if hours is None else hours_ago(hours), code, "")


@pytest.mark.parametrize(
    ("code", "run_age", "sources", "state"),
    [
        pytest.param(0, 1, [], "done", id="nothing is downloaded"),
        pytest.param(0, 1, [source("gdelt", 2)], "done", id="new content"),
        pytest.param(0, 1, [source("gdelt", 60)], "stale_content", id="runs succeed, the source stands still"),
        pytest.param(0, 1, [source("gdelt", 2), source("gdelt-mentions", 60)], "stale_content", id="the oldest source decides"),
        pytest.param(0, 1, [source("gdelt", None)], "stale_content", id="nothing ever came"),
        pytest.param(0, 60, [source("gdelt", 60)], "stale", id="no run succeeds"),
        pytest.param(69, 1, [source("gdelt", 2)], "degraded", id="the last run failed, the data are new"),
        pytest.param(0, -30, [], "done", id="the clock was set back"),
    ],
)
def test_a_stale_run_and_stale_content_are_told_apart(tmp_path, code, run_age, sources, state):
    note(tmp_path, "one", at=hours_ago(run_age), sources=sources)
    if code:
        note(tmp_path, "two", code, at=hours_ago(0), sources=sources)
    assert updates.read(tmp_path, 48).state == state
