"""What readers see of a value beside its number: names for codes, the age of data, marks that stand out from what they lie on."""

from datetime import UTC, datetime, timedelta

import pytest

from dashboard.app import make_app
from dashboard.components import to_html
from dashboard.freshness import Freshness
from dashboard.pages import head
from dashboard.strings import texts
from tests.test_lines import figures_of

RANGE = "from=2025-01-01&to=2025-04-15"


@pytest.fixture(scope="module")
def client(published):
    return make_app(published).server.test_client()


@pytest.mark.parametrize(("days", "said"), [(0, ""), (31, ""), (98, "hace 98 días"), (-3, "")])
def test_data_that_are_old_say_how_old_though_the_update_succeeded(days, said):
    now = datetime.now(UTC)
    line = to_html(head.freshness(Freshness(now, now, 0, "", 36), now.date() - timedelta(days=days), texts("es")))
    assert ("hace" in line) == bool(said)
    assert said in line
    assert "al día" in line


@pytest.mark.parametrize(
    ("lang", "said"), [("en", ("Mexico 68%", "Spanish 64%", ">Spanish<")), ("es", ("México 68%", "español 64%", ">español<"))]
)
def test_countries_and_languages_of_outlets_have_names(client, lang, said):
    page = client.get(f"/pair/MEX-USA?part=days&{RANGE}&lang={lang}").text
    assert all(name in page for name in said)
    assert "MEX 68%" not in page


def test_kinds_of_bodies_have_names(client):
    assert "Estados Unidos, Gobierno, President Donald Trump" in client.get("/event/usa-mex-20250326-02?lang=es").text


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
