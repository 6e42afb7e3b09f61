"""Corrections and revisions on the page of an event."""

import shutil

import duckdb
import pytest

from bilateral.publish import checksums, snapshots
from bilateral.web.app import make_app

EVENT = "usa-mex-20250326-02"


@pytest.fixture(scope="module")
def client(published, tmp_path_factory):
    """The published data as if a user had corrected one event, and two runs had brought more reports of it."""
    folder = tmp_path_factory.mktemp("revised")
    shutil.copytree(published / "snapshots", folder / "snapshots")
    with duckdb.connect(str(snapshots.current(folder))) as house:
        run_id = house.execute("select max(run_id) from raw.runs").fetchone()[0]
        house.execute(
            "insert into raw.corrections values (?, 'recode', '1312', 'It was a <b>threat</b>', 'A. Reader', '2026-01-02')",
            [EVENT],
        )
        rows = [
            (EVENT, "n_reports", "1", "2", run_id, "more reports"),
            (EVENT, "domain", None, "trade", "20200101T000000Z", "a reason of tomorrow"),
            ("another", "code", "010", "020", run_id, "correction"),
        ]
        house.executemany("insert into raw.revisions values (?, ?, ?, ?, ?, ?)", rows)
    checksums.write(snapshots.current(folder))
    return make_app(folder).server.test_client()


def test_an_event_page_shows_what_was_corrected_and_what_changed_with_reasons(client):
    page = client.get(f"/event/{EVENT}").text
    shown = page.split('id="revised"')[1].split("</section>")[0]
    assert "new code" in shown
    assert "It was a &lt;b&gt;threat&lt;/b&gt;" in shown
    assert "more reports arrived" in shown
    assert "a reason of tomorrow" in shown
    assert "None" not in shown
    assert "<td>020</td>" not in shown


def test_it_does_so_in_spanish(client):
    page = client.get(f"/event/{EVENT}?lang=es").text
    assert "llegaron más reportes" in page
    assert "código nuevo" in page


def test_an_event_that_never_changed_says_so(client):
    assert "No corrections, and no changes" in client.get("/event/usa-mex-20250328-01").text
