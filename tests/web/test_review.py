"""The page /review without a browser: what is sent to it is answered, never with a fault of ours."""

import re
import shutil

import pytest

from bilateral.intake import queue
from bilateral.web.app import make_app
from bilateral.web.security import Door
from made_proposals import BOTH, put_made


@pytest.fixture
def data(small_data, tmp_path):
    """The small house with two proposals, the second of what the page denies."""
    shutil.copytree(small_data, tmp_path / "data")
    put_made(tmp_path / "data", "1")
    put_made(tmp_path / "data", "2", modality="denied")
    return tmp_path / "data"


@pytest.fixture
def client(data, monkeypatch):
    """A client of the user who runs the server."""
    monkeypatch.setattr(Door, "is_owner", lambda door: True)
    return make_app(data).server.test_client()


def test_an_address_that_tells_a_decision_which_nobody_made_shows_the_proposal(client):
    assert "Proposal 1" in client.get("/review?n=1&done=1").text
    assert client.get("/review?n=1&done=99").status_code == 200


@pytest.mark.parametrize("into", ["²", "9" * 30])
def test_a_merge_into_what_is_no_number_is_refused_with_a_sentence(client, into):
    answer = client.post("/review", data={"kind": "merge", "number": "1", "into": into})
    assert (answer.status_code, "is neither the number of a proposal" in answer.text) == (422, True)


def test_the_page_says_why_fields_are_empty(client):
    assert 'id="doubt"' not in client.get("/review?n=1").text
    assert "Date and code are left empty." in client.get("/review?n=2").text
    assert "La fecha y el código quedan vacíos." in client.get("/review?n=2&lang=es").text
    refused = client.post("/review", data={"kind": "accept", "number": "2"} | BOTH)
    assert (refused.status_code, "the sentence is read as denied" in refused.text) == (422, True)


def test_a_form_of_another_site_is_refused_though_the_browser_shows_the_answer(client, data):
    headers = {"Referer": "http://localhost:9999/", "Accept": "text/html"}
    assert client.get("/review?n=1", headers=headers).status_code == 200
    sent = {"kind": "reject", "number": "1", "why": "x"}
    assert client.post("/review", data=sent, headers=headers).status_code == 403
    with queue.reading(data) as connection:
        assert queue.entry(connection, 1).decisions == ()


def test_a_form_of_a_page_that_was_overtaken_is_refused_and_takes_nothing_back(client, data):
    reject = {"kind": "reject", "number": "1", "why": "x", "seen": "0"}
    assert client.post("/review", data=reject).status_code == 303
    undo = {"kind": "undo", "number": "1", "seen": "1"}
    assert re.search('name="seen"[^>]* value="1"', client.get("/review?n=1").text)
    assert client.post("/review", data=undo).status_code == 303
    for sent in (undo, reject, reject | {"kind": "edit", "domain": "security"}):
        answer = client.post("/review", data=sent)
        assert (answer.status_code, "was decided or changed after this page was shown" in answer.text) == (409, True)
    with queue.reading(data) as connection:
        assert [one.kind for one in queue.entry(connection, 1).decisions] == ["reject", "undo"]
