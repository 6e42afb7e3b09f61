"""Sources of several addresses: pages of a list, texts of its documents, days of a gazette; what a run leaves, the next one asks for."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bilateral.exits import Exit
from bilateral.intake import collection, record, store
from bilateral.intake.collection import collect
from bilateral.today import today
from material import ROOT

from .site import QUICK, Reply, kept, states

SAMPLES = ROOT / "tests" / "intake" / "samples"
JSON = {"Content-Type": "application/json"}


def document(number: str, **given) -> dict:
    return {
        "document_number": number,
        "title": f"Made {number}",
        "abstract": "Made.",
        "publication_date": f"{today()}",
        "agencies": [],
    } | given


def answer(*documents: dict, count: int | None = None, further: str | None = None) -> Reply:
    envelope = {"count": len(documents) if count is None else count, "results": [*documents]} | (
        {"next_page_url": further} if further else {}
    )
    return Reply(json.dumps(envelope).encode(), headers=JSON)


@pytest.fixture
def register(site):
    """The Federal Register on loopback."""
    return site.source("/documents.json?conditions[type][]=PRESDOCU", "federal-register", authority="USA")


def test_pages_of_a_list_and_texts_of_documents_are_followed_and_not_asked_twice(site, register, run, tmp_path):
    text = f"{site.address}/text/2.txt"
    site.say(
        "/documents.json",
        answer(document("1"), document("2", abstract=None, raw_text_url=text), further=f"{site.address}/documents?cursor=bWFk"),
    )
    site.say("/documents", answer(document("3")))
    site.say("/text/2.txt", b"A made text.\n\n    It has two paragraphs.")
    assert run(register).n_new == 3
    assert dict(kept(tmp_path)) == {"1": "Made.", "2": "A made text.\nIt has two paragraphs.", "3": "Made."}
    assert site.paths()[1:] == ["/text/2.txt", "/documents?cursor=bWFk"]
    assert (run(register).n_new, site.paths().count("/text/2.txt")) == (0, 1)


def test_texts_whose_turn_comes_later_are_left_and_the_run_is_not_whole(site, register, run, tmp_path):
    site.say("/documents.json", answer(document("1", abstract=None, raw_text_url=f"{site.address}/text/1.txt")))
    outcome = run(replace(register, min_interval_s=600.0))
    assert "1 request left for the next run (not asked: its turn is at " in outcome.sentence
    with store.open(tmp_path) as connection:
        assert record.last_whole(connection, register.id) is None


def test_texts_at_a_slow_pace_are_waited_for_within_the_time_of_a_source(site, register, run, tmp_path, monkeypatch):
    monkeypatch.setattr(collection, "MOST_SECONDS", 1.5)
    texts = [document(f"{n}", abstract=None, raw_text_url=f"{site.address}/text/{n}.txt") for n in range(3)]
    site.say("/documents.json", answer(*texts))
    for n in range(3):
        site.say(f"/text/{n}.txt", f"A made text {n}.".encode())
    outcome = collect(tmp_path, [replace(register, min_interval_s=0.001)], replace(QUICK, patience=0.01))[0]
    assert outcome.n_new in (1, 2)  # turns are whole seconds
    assert "left for the next run" in outcome.sentence
    n_bodies = len(list((tmp_path / "intake" / "raw").iterdir()))
    assert n_bodies == 1 + outcome.n_new  # the list too: titles stand on it whose texts never come


def test_a_text_that_is_not_there_leaves_the_title_and_is_no_failure(site, register, run, tmp_path):
    site.say("/documents.json", answer(document("2", abstract=None, raw_text_url=f"{site.address}/text/2.txt")))
    outcome = run(register)
    assert (outcome.exit_code, outcome.n_new, kept(tmp_path)) == (Exit.DONE, 1, [("2", "Made 2")])
    assert "its title is kept" in outcome.sentence
    site.say("/text/2.txt", b"A made text.")
    assert run(register).n_revised == 1


def test_a_title_that_is_kept_alone_has_no_day_before_1900_either(site, register, run, tmp_path):
    text = f"{site.address}/text/2.txt"
    site.say("/documents.json", answer(document("2", abstract=None, raw_text_url=text, publication_date="0001-01-01")))
    assert "1 items are dated before 1900" in run(register).sentence
    with store.open(tmp_path) as connection:
        assert [(item.published_at, item.precision) for item in store.uncoded(connection)] == [(None, "unknown")]


def test_a_text_on_another_host_is_not_asked(site, register, run, tmp_path):
    site.say("/documents.json", answer(document("2", abstract=None, raw_text_url="https://elsewhere.example.org/2.txt")))
    outcome = run(register)
    assert (outcome.state, "elsewhere.example.org, which is not configured" in outcome.sentence) == ("blocked", True)
    assert kept(tmp_path) == [("2", "Made 2")]


def test_a_list_that_is_cut_is_asked_in_parts_and_one_that_repeats_itself_is_refused(site, register, run, tmp_path):
    again = f"{site.address}/documents?page=51"
    site.say("/documents.json", answer(count=10000), answer(document("1"), further=again), answer(document("2")))
    site.say("/documents", answer(document("1"), further=again))
    outcome = run(register)
    assert (outcome.state, outcome.exit_code, outcome.n_new) == ("drift", Exit.DATA, 2)
    assert "repeats documents of the pages before it" in outcome.sentence
    assert states(tmp_path) == ["ok", "ok", "ok", "drift"]


def test_a_source_that_fails_three_times_in_a_row_is_left_alone(site, register, run, tmp_path):
    documents = [document(f"{n}", abstract=None, raw_text_url=f"{site.address}/text/{n}") for n in range(9)]
    site.say("/documents.json", answer(*documents))
    for n in range(9):
        site.say(f"/text/{n}", Reply(b"", 403))
    outcome = run(register)
    assert "3 of 4 requests failed, 6 requests left for the next run" in outcome.sentence
    with store.open(tmp_path) as connection:
        assert record.last_whole(connection, register.id) is None


# ------------------------------------------------------------------ days of a gazette


EMPTY = Reply(b'{"NotasMatutinas": [], "NotasVespertinas": [], "NotasExtraordinarias": []}', headers=JSON)
EDITION = Reply(b'{"Matutina": [{"codDiario": 1}], "Vespertina": null, "Extraordinaria": null}', headers=JSON)
NO_EDITION = Reply(b'{"Matutina": null, "Vespertina": null, "Extraordinaria": null}', headers=JSON)


@pytest.fixture
def gazette(site):
    """SIDOF on loopback, where every day of the last week is empty."""
    for n in range(8):
        day = today() - timedelta(days=n)
        site.say(f"/dof/notas/{day:%d-%m-%Y}", EMPTY)
        site.say(f"/dof/diarios/porFecha/{day:%d-%m-%Y}", NO_EDITION)
    return site.source("/dof/", "dof", authority="MEX", language="es")


def weekday() -> object:
    """The newest day of the last week on which a gazette appears, today excepted."""
    return next(day for n in range(1, 8) if (day := today() - timedelta(days=n)).weekday() < 5)


def test_an_empty_weekday_with_an_edition_is_unknown_and_asked_again_until_it_is_there(site, gazette, run, tmp_path):
    day = f"{weekday():%d-%m-%Y}"
    site.say(f"/dof/diarios/porFecha/{day}", EDITION)
    outcome = run(gazette)
    assert (outcome.state, outcome.exit_code) == ("ok", Exit.DONE)
    with store.open(tmp_path) as connection:
        assert record.last_whole(connection, gazette.id) is None
    note = {
        "codNota": 9,
        "fecha": day,
        "codOrgaUno": "PE",
        "titulo": "DECRETO hecho",
        "existeHtml": "S",
        "codOrgaDos": "SECRETARIA DE ECONOMIA",
    }
    site.say(f"/dof/notas/{day}", Reply(json.dumps({"NotasMatutinas": [note]}).encode(), headers=JSON))
    site.say("/dof/notas/nota/9", Reply(b'{"Nota": []}', headers=JSON))
    assert run(gazette).n_new == 1
    assert kept(tmp_path) == [("9", "DECRETO hecho")]
    site.say(
        "/dof/notas/nota/9", Reply(json.dumps({"Nota": note | {"cadenaContenido": "<p>Texto hecho.</p>"}}).encode(), headers=JSON)
    )
    assert run(gazette).n_revised == 1


def test_the_index_of_another_day_is_refused(site, run, tmp_path):
    site.say("/index.php", (SAMPLES / "dof_index_made.html").read_bytes())
    outcome = run(site.source("/", "dof-website", language="es"))
    assert (outcome.state, outcome.exit_code, kept(tmp_path)) == ("drift", Exit.DATA, [])
    assert f"the index is of 2026-08-19, {today() - timedelta(days=7)} was expected" in outcome.sentence


def test_a_run_without_a_doubt_is_remembered_and_the_next_one_asks_for_three_days(site, register, run, tmp_path):
    site.say("/documents.json", answer(document("1")))
    run(register), run(register)
    asked = [path for path in site.paths() if path.startswith("/documents.json")]
    assert f"gte%5D={today() - timedelta(days=7)}" in asked[0]
    assert f"gte%5D={today() - timedelta(days=3)}" in asked[1]
