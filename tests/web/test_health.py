"""Health in words and codes, metrics in numbers, over HTTP as a watcher asks."""

import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bilateral.monitoring import metrics
from bilateral.publish import journal, snapshots
from bilateral.publish.journal import RunRecord
from bilateral.sources.source_state import SourceState
from bilateral.web.app import make_app


@pytest.fixture
def data(published, tmp_path):
    return shutil.copytree(published, tmp_path / "data")


@pytest.fixture
def web(data):
    return make_app(data, stale_hours=48).server.test_client()


def note(data, code: int = 0, hours_ago: float = 0, sources: list[SourceState] | None = None) -> None:
    at = f"{datetime.now(UTC) - timedelta(hours=hours_ago):%Y-%m-%dT%H:%M:%SZ}"
    record = RunRecord(at, at, 1, at, code, 0, 0, 0, 2.5, "all well" if code == 0 else "the source is down")
    journal.end(data, record, sources or [], {"reports": 7}, {"chronology": "2026-08-19"})


OLD = SourceState("gdelt", "2026-01-01T00:00:00Z", 0, "")


@pytest.mark.parametrize(
    ("state", "word", "run", "content", "code", "strict"),
    [
        pytest.param({}, "ok", "done", "arriving", 200, 200, id="all is well"),
        pytest.param({"hours_ago": 72}, "stale", "stale", "arriving", 200, 503, id="no run for long"),
        pytest.param({"sources": [OLD]}, "stale", "done", "stale", 200, 503, id="runs, but a source stands still"),
    ],
)
def test_20_health_says_in_words_what_is_stale_and_in_codes_only_when_asked(data, web, state, word, run, content, code, strict):
    note(data, **state)
    answer = web.get("/health")
    body = json.loads(answer.data)
    assert (body["status"], body["run"], body["content"], answer.status_code) == (word, run, content, code)
    assert body["data_version"] == snapshots.version(snapshots.current(data))
    assert web.get("/health?strict=1").status_code == strict


def test_health_after_a_failed_run_is_degraded_and_still_200(data, web):
    note(data, hours_ago=2)
    note(data, code=69, sources=[SourceState("gdelt", journal.now(), 69, "down")])
    body = json.loads(web.get("/health").data)
    assert (body["status"], body["run"], body["exit_code"], body["oldest_source"]) == ("degraded", "failed", 69, "gdelt")
    assert body["sources"][0]["message"] == "down"
    assert web.get("/health?strict=1").status_code == 200


@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_bytes(b"torn")], ids=["gone", "torn"])
def test_health_without_a_usable_snapshot_is_503(data, web, harm):
    harm(snapshots.current(data))
    answer = web.get("/health")
    assert (answer.status_code, json.loads(answer.data)["status"]) == (503, "empty")


def numbers(text: str) -> dict[str, float]:
    families = text_string_to_metric_families(text)
    return {
        sample.name + "".join(sorted(sample.labels.values())): sample.value for family in families for sample in family.samples
    }


def test_20_metrics_parse_and_agree_with_the_state_file(data, web):
    note(data, hours_ago=2)
    note(data, code=69, sources=[OLD])
    web.get("/")
    web.get("/pair/MEX-USA?from=2025-01-01")
    web.get("/nothing/../../secret")
    found = numbers(web.get("/metrics").data.decode())
    assert found["bilateral_refresh_exit_code"] == 69
    assert found["bilateral_refresh_consecutive_failures"] == 1
    assert found["bilateral_refresh_last_success_timestamp_seconds"] < found["bilateral_refresh_last_attempt_timestamp_seconds"]
    assert found["bilateral_rowsreports"] == 7
    assert found["bilateral_newest_event_timestamp_secondschronology"] == datetime(2026, 8, 19, tzinfo=UTC).timestamp()
    assert found["bilateral_newest_content_timestamp_secondsgdelt"] == datetime(2026, 1, 1, tzinfo=UTC).timestamp()
    assert found["bilateral_http_requests_total200GETpair"] == 1
    assert found["bilateral_http_requests_total404GETother"] == 1
    assert "secret" not in "".join(found)


def test_the_text_file_has_the_refresh_numbers_too(data, tmp_path):
    note(data)
    metrics.write_text_file(data, tmp_path / "bilateral.prom")
    here, there = ((path).read_text() for path in (data / metrics.TEXT_FILE, tmp_path / "bilateral.prom"))
    assert here == there
    assert numbers(here)["bilateral_refresh_exit_code"] == 0
    assert "http_requests" not in here


def test_a_page_over_stale_content_says_which_source_stands_still(data, web):
    note(data, sources=[OLD])
    page = web.get("/pair/MEX-USA").data.decode()
    assert "gdelt has nothing newer than 2026-01-01T00:00:00Z" in page


def test_a_page_says_that_a_source_has_brought_nothing_yet(data, web):
    note(data, code=69, sources=[SourceState("gdelt", None, 69, "gdelt: 127.0.0.1 answers 503")])
    page = web.get("/pair/MEX-USA").data.decode()
    assert "gdelt has delivered nothing yet" in page
    assert "content of gdelt is of" not in page


def test_doctor_names_a_source_that_was_down(data):
    from bilateral.monitoring.doctor import examine

    note(data, code=69, sources=[SourceState("gdelt", "2026-01-01T00:00:00Z", 69, "gdelt: 127.0.0.1 answers 503")])
    (finding,) = [finding for finding in examine(data, stale_hours=48) if finding.what == "source gdelt"]
    assert (finding.is_wrong, finding.advice) == (True, "bilateral refresh --source gdelt")
    assert finding.state == "newest content 2026-01-01T00:00:00Z; gdelt: 127.0.0.1 answers 503"
