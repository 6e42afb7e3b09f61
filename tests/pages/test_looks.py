"""What readers see of a value beside its number: names for codes, the age of data, marks that stand out from what they lie on."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from tests.figures.test_lines import figures_of

from bilateral.ask.coverage import Ends
from bilateral.monitoring.updates import Updates
from bilateral.pages import head
from bilateral.pages.markup import to_html
from bilateral.strings import texts
from bilateral.web.app import make_app

RANGE = "from=2025-01-01&to=2025-04-15"


@pytest.fixture(scope="module")
def client(published):
    return make_app(published).server.test_client()


@pytest.mark.parametrize(
    ("days", "said", "is_old"),
    [
        (0, "hace 0 días", False),
        (1, "hace 1 día", False),
        (30, "hace 30 días", False),
        (31, "hace 31 días", True),
        (-3, "hace 0 días", False),
    ],
)
def test_data_say_how_old_they_are_though_the_update_succeeded_and_past_30_days_in_a_notice(days, said, is_old):
    now = datetime.now(UTC)
    newest = now.date() - timedelta(days=days)
    line = to_html(head.dates(Updates(now, now, 0, "", 36), newest, texts("es")))
    assert said in line
    assert "última búsqueda de eventos nuevos" in line
    notes = [to_html(note) for note in head.aged(Ends(newest, newest), newest, texts("es"))]
    assert len(notes) == is_old
    assert len(head.aged(Ends(newest, newest), newest + timedelta(days=1), texts("es"))) == is_old + 1


@pytest.mark.parametrize(
    ("lang", "said"), [("en", ("Mexico 61%", "Spanish 57%", ">Spanish<")), ("es", ("México 61%", "español 57%", ">español<"))]
)
def test_countries_and_languages_of_outlets_have_names(client, lang, said):
    page = client.get(f"/pair/MEX-USA?part=days&{RANGE}&lang={lang}").text
    assert all(name in page for name in said)
    assert "MEX 61%" not in page


def test_kinds_of_bodies_have_names(client):
    assert "Estados Unidos, Gobierno, presidente Donald Trump" in client.get("/event/usa-mex-20250326-02?lang=es").text


def test_the_mark_of_a_sum_is_filled_with_the_ground_so_that_it_shows_on_a_dark_bar(client):
    drawn = figures_of(client.get(f"/pair/MEX-USA?{RANGE}").text) | figures_of(
        client.get(f"/pair/MEX-USA?part=days&{RANGE}").text
    )
    marks = [trace["marker"] for name in ("moved", "topics") for trace in drawn[name]["data"] if trace.get("meta") == "slider"]
    assert len(marks) == 2
    assert all((mark["symbol"], mark["color"], mark["line"]["color"]) == ("diamond", "$card", "$ink") for mark in marks)


def test_the_story_of_an_event_stands_before_the_numbers_of_the_pair(client):
    page = client.get("/pair/MEX-USA?event=usa-mex-20250328-01").text
    assert page.index('id="k-around"') < page.index('id="p-tiles"')


@pytest.mark.parametrize(
    ("lang", "known", "unknown"),
    [
        ("en", "by up to {} points", "Too little evidence to say"),
        ("es", "hasta {} puntos", "Muy poca evidencia para decir"),
    ],
)
def test_what_moved_a_balance_says_how_far_chance_alone_would_have(client, snapshot, lang, known, unknown):
    half_width, state = snapshot.execute(
        "select half_width, state from changed('chronology', 'MEX-USA', 'all', 90, 'balance', date '2025-03-18', date '2025-04-15')"
    ).fetchone()
    assert state == "ok"
    page = client.get(f"/pair/MEX-USA?{RANGE}&lang={lang}").text
    assert known.format(f"{half_width:.1f}") in page
    assert unknown not in page
    assert unknown in client.get(f"/pair/SLV-USA?{RANGE}&lang={lang}").text


@pytest.mark.parametrize("by", ["day", "week"])
def test_a_file_says_that_its_events_are_those_of_the_period(client, by):
    about = client.get(f"/pair/MEX-USA.json?by={by}&{RANGE}").get_json()["about"]
    assert about["columns"]["n_events"] == "events of the whole period: day, week or month"


def test_the_first_subject_is_named_with_its_number_and_no_majority_is_claimed(client):
    said = client.get(f"/pair/MEX-USA?part=days&{RANGE}").text.split('id="d-topics"')[1].split("</p>")[0]
    name, n, of = re.search(r"The subject with most events is (\w+): (\d+) of (\d+)\.", said).groups()
    assert name == "Trade"
    assert 0 < int(n) < int(of)


def test_the_missing_responses_name_weeks_and_months_each_with_their_number(client):
    page = client.get("/pair/MEX-SLV?part=checks").text
    assert "60 weeks or 36 months are needed" in page


def test_a_step_among_three_parties_leads_to_what_the_other_pair_has_of_it(client):
    page = client.get("/event/usa-mex-20260701-01?lang=es").text
    assert re.search(r"registrado en Estados Unidos – Canadá: <a href=\"/event/usa-can-20260701-01\?lang=es\"", unescape(page))
    assert "registrado en" not in client.get("/event/usa-mex-20260819-01?lang=es").text
