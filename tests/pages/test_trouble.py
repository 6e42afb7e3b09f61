"""What readers see when something is wrong: a page in their language with the right status, never a bare sentence or a traceback."""

import shutil

import duckdb
import pytest

from bilateral.pages import status
from bilateral.publish import checksums, snapshots
from bilateral.web.app import make_app


@pytest.fixture(scope="module")
def client(published):
    return make_app(published).server.test_client()


def changed(published, folder, statement: str):
    """A copy of the published data whose snapshot lacks what an older version did not have."""
    shutil.copytree(published / "snapshots", folder / "snapshots")
    path = snapshots.current(folder)
    path.chmod(0o644)
    with duckdb.connect(str(path)) as house:
        house.execute(statement)
    checksums.write(path)
    return make_app(folder).server.test_client()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/nothing", "There is no page at this address."),
        ("/pair/MEX-FRA?lang=es", "La relación MEX-FRA"),
        ("/briefing/MEX-FRA", "The pair MEX-FRA is not available."),
        ("/event/none", "There is no event none."),
    ],
)
def test_no_page_is_404_in_the_readers_language_with_ways_on(client, path, said):
    answer = client.get(path)
    assert answer.status_code == 404
    assert said in answer.text
    assert 'href="/pair/COL-USA' in answer.text


@pytest.mark.parametrize("statement", ["drop view main.measures", "drop view main.events"])
def test_a_snapshot_of_another_version_is_503_and_says_to_refresh(published, tmp_path, statement):
    client = changed(published, tmp_path, statement)
    for path in ("/pair/MEX-USA?lang=es", "/briefing/MEX-USA?lang=es", "/measures?lang=es"):
        answer = client.get(path)
        if answer.status_code == 200:
            continue  # this page asks nothing of what is gone
        assert answer.status_code == 503
        assert "Los datos no se pueden leer por el momento" in answer.text
        assert "was made by another version of bilateral; run `bilateral refresh`" in answer.text
    assert client.get("/pair/MEX-USA").status_code == 503
    assert client.get("/api/v1/measures?dyad=MEX-USA").status_code in (200, 503)


def test_a_snapshot_without_its_lists_is_unhealthy_and_every_page_is_503(published, tmp_path):
    client = changed(published, tmp_path, "drop view main.domains")
    assert {client.get(path).status_code for path in ("/", "/compare", "/methods", "/nothing", "/pair/MEX-USA.csv")} == {503}
    assert (client.get("/health").status_code, client.get("/health").get_json()["status"]) == (503, "empty")
    problem = client.get("/api/v1/dyads")
    assert (problem.status_code, problem.content_type) == (503, "application/problem+json")
    assert "run `bilateral refresh`" in problem.get_json()["detail"]


def test_a_fault_of_ours_is_500_in_the_readers_language_and_shows_nothing_of_the_inside(published, monkeypatch):
    def fails(*_):
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(status, "make", fails)
    client = make_app(published).server.test_client()
    answer = client.get("/status?lang=es&theme=dark")
    assert answer.status_code == 500
    assert "Algo salió mal" in answer.text
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["Content-Security-Policy"]


def test_nothing_loaded_yet_is_no_fault(tmp_path):
    answer = make_app(tmp_path).server.test_client().get("/?lang=es")
    assert answer.status_code == 200
    assert "bilateral refresh" in answer.text
