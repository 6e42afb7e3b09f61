"""The first chart of a pair: any indicator, either direction, compared with a year before or with today; few events as points."""

import json
import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from bilateral import figures
from bilateral.ask import catalogue, choices, coverage, time_series
from bilateral.figures import lines, scales, strips
from bilateral.figures.checks import intervals
from bilateral.figures.marks import grouped
from bilateral.pages import pair
from bilateral.strings import texts
from bilateral.web.app import make_app

RANGE = "from=2024-06-01&to=2025-06-30"


@pytest.fixture(scope="module")
def client(published):
    return make_app(published).server.test_client()


def figures_of(page: str) -> dict:
    return json.loads(re.search(r'<script type="application/json" id="page">(.*?)</script>', page)[1])["figures"]


def slider_values(page: str) -> list:
    (trace,) = [trace for trace in figures_of(page)["balance"]["data"] if trace.get("meta") == "slider"]
    return trace["y"]


def tile_notes(page: str) -> str:
    return page.split('id="p-tiles"')[1].split("</dl>")[0]


def test_every_indicator_of_an_address_has_its_scale_and_its_words():
    assert tuple(scales.SCALES) == choices.INDICATORS
    for lang in ("en", "es"):
        assert set(texts(lang).entry("indicators")) == set(choices.INDICATORS)


@pytest.mark.parametrize("indicator", choices.INDICATORS)
def test_each_indicator_is_drawn_and_taken_along_as_the_series_has_it(client, warehouse, indicator):
    dyad = "USA>MEX" if indicator == "adjusted" else "MEX-USA"  # which has values for directions alone
    scope = catalogue.lists(warehouse).scope("chronology", dyad, "all", None)
    rows = time_series.series(warehouse, scope, "week", date(2024, 6, 1), date(2025, 6, 30))
    expected = [None if pd.isna(value) else round(value, 2) for value in rows[indicator]]
    page = client.get(f"/pair/MEX-USA?{RANGE}&indicator={indicator}").text
    assert slider_values(page) == expected
    assert any(value is not None for value in expected)
    if indicator != "balance":
        file = client.get(f"/pair/MEX-USA.csv?{RANGE}&indicator={indicator}")
        assert f"MEX-USA_{indicator}" in file.headers["Content-Disposition"]
        assert file.data.decode("utf-8-sig").split("\n")[0].startswith(f"period,day,{indicator}")


@pytest.mark.parametrize("part", pair.CHARTS_OF)
def test_a_chart_in_a_frame_is_that_of_the_page(client, part):
    drawn = figures_of(client.get(f"/pair/MEX-USA?{RANGE}&part={part}").text)
    assert len(drawn) >= 2
    for name, figure in drawn.items():
        if figure["layout"].get("meta") == {"folded": True}:  # a frame has one chart and folds none
            del figure["layout"]["meta"]
        assert figures_of(client.get(f"/embed/{name}?pair=MEX-USA&{RANGE}").text) == {name: figure}


def test_one_direction_is_named_in_the_title(client, warehouse):
    scope = catalogue.lists(warehouse).scope("chronology", "MEX>USA", "all", None)
    rows = time_series.series(warehouse, scope, "week", date(2024, 6, 1), date(2025, 6, 30))
    page = client.get(f"/pair/MEX-USA?{RANGE}&dir=ab").text
    assert slider_values(page) == lines.values_of(rows["balance"])
    assert "Balance of cooperation and friction: Mexico → United States" in page


def test_what_an_indicator_has_not_is_named_in_a_notice(client):
    assert "Ignored in the link: dir." in client.get("/pair/MEX-USA?indicator=asymmetry&dir=ab").text
    assert "Ignored in the link: indicator, smooth." in client.get("/pair/MEX-USA?indicator=love&smooth=4").text
    assert "Ignored in the link: indicator." in client.get("/events?indicator=tension").text


def test_a_year_earlier_is_on_the_tiles_and_a_dashed_line(client, warehouse):
    page = client.get("/pair/MEX-USA?to=2025-03-30&vs=year").text
    scope = catalogue.lists(warehouse).scope("chronology", "MEX-USA", "all", None)
    before = time_series.standing_of(warehouse, [scope], date(2024, 3, 30))[scope.dyad]["balance"]
    assert f"a year earlier: {scales.SCALES['balance'].said(before)}" in tile_notes(page)
    assert "4 weeks earlier" not in tile_notes(page)
    (other,) = [trace for trace in figures_of(page)["balance"]["data"] if trace.get("name") == "other"]
    known = time_series.series(warehouse, scope, "week", date(2024, 3, 1), date(2024, 3, 31))
    assert round(known["balance"].iloc[-1], 2) in other["y"]
    assert sum(value is not None for value in other["y"]) > 40


def test_what_was_known_on_a_day_ends_there_and_says_what_it_is(client):
    page = client.get("/pair/MEX-USA?as_of=2025-04-01").text
    assert "Data as of 1 Apr 2025. This source is coded by hand" in page
    (trace,) = [trace for trace in figures_of(page)["balance"]["data"] if trace.get("meta") == "slider"]
    assert trace["x"][-1] == "2025-04-01"
    assert 'href="?as_of="' in page
    assert "This source is coded by hand" not in client.get("/pair/MEX-USA?as_of=").text.split('id="p-controls"')[0]


def test_a_curated_list_as_known_then_is_its_series_up_to_that_day(warehouse):
    scope = catalogue.lists(warehouse).scope("chronology", "COL-USA", "all", None)
    then = catalogue.lists(warehouse).scope("chronology", "COL-USA", "all", None, date(2025, 4, 1))
    asked = ("week", date(2024, 1, 1), date(2025, 4, 1))
    columns = ["day", "balance", "balance_low", "tension", "rank", "momentum", "evidence", "state", "n_events"]
    known = time_series.series(warehouse, then, *asked)[columns]
    up_to = time_series.series(warehouse, scope, "week", date(2024, 1, 1), known["day"].iloc[-1].date())[columns]
    pd.testing.assert_frame_equal(known, up_to)
    assert coverage.span(warehouse, "chronology", "COL-USA", date(2025, 4, 1))[1] == known["day"].iloc[-1].date()


def test_tables_can_be_open(client):
    opened = re.search(r"<details[^>]*o-balance[^>]*>", client.get("/pair/MEX-USA?view=table").text)
    assert opened
    assert {'id="o-balance-open"', "open"} <= set(opened[0].strip("<>").split())
    assert 'id="o-balance"' in client.get("/pair/MEX-USA").text


def test_few_events_are_points_by_score_and_one_way_alone_is_said(client):
    page = client.get("/pair/MEX-PER").text
    figure = figures_of(page)["strip"]
    (points,) = figure["data"]
    assert 0 < len(points["x"]) < strips.FEW
    assert len(points["x"]) == len(figure["layout"]["shapes"]) - 1
    assert "strip" not in figures_of(client.get("/pair/MEX-USA").text)
    week = client.get("/pair/MEX-USA?from=2025-03-25&to=2025-03-25&by=day").text
    assert "All events go one way: US → Mexico" in week
    assert figures_of(week)["strip"]["data"][0]["y"] == [3.4]


def test_marks_that_would_overlap_are_one_with_both_numbers():
    days = pd.DataFrame({"day": pd.date_range("2025-01-01", periods=101)})
    marks = pd.DataFrame(
        {"number": [1, 2, 3, 4], "event_day": pd.to_datetime(["2025-01-01", "2025-02-01", "2025-02-03", "2025-03-01"])}
    )
    assert grouped(marks, days) == [("2025-01-01", "1"), ("2025-02-01", "2·3"), ("2025-03-01", "4")]
    assert grouped(marks.head(0), days) == []
    close = marks.assign(event_day=pd.to_datetime(["2025-01-01", "2025-01-02", "2025-01-03", "2025-03-01"]))
    assert grouped(close, days) == [("2025-01-01", "1–3"), ("2025-03-01", "4")]


def test_marks_of_many_events_do_not_overlap_on_a_phone_either():
    days = pd.DataFrame({"day": pd.date_range("2025-01-01", periods=279)})  # a pixel each
    at = [0, 100, 101, 102, 103, 124, 124, 125, 125, 126, 126, 220]
    marks = pd.DataFrame({"number": range(1, 13), "event_day": days["day"].iloc[at].to_numpy()})
    assert [label for _, label in grouped(marks, days)] == ["1", "2–11", "12"]  # 2–5 and 6–11 would cover each other


def test_a_mark_of_the_first_week_is_at_the_first_point():
    weeks = pd.DataFrame({"day": pd.date_range("2025-01-05", periods=10, freq="W")})
    marks = pd.DataFrame({"number": [1, 2], "event_day": pd.to_datetime(["2024-12-31", "2025-02-12"])})
    assert grouped(marks, weeks) == [("2025-01-05", "1"), ("2025-02-12", "2")]


def test_before_the_first_event_and_without_values_nothing_is_drawn_or_written_as_a_number(client):
    page = client.get("/pair/MEX-PER?from=2016-11-01&to=2017-01-01").text
    assert not re.search(r"\b(NaN|None|undefined|Infinity)\b", page)


def test_mutual_acts_count_as_the_address_says(client, warehouse):
    scope = catalogue.lists(warehouse).scope("chronology", "MEX-USA", "all", None, mutual="none")
    rows = time_series.series(warehouse, scope, "week", date(2024, 6, 1), date(2025, 6, 30))
    assert slider_values(client.get(f"/pair/MEX-USA?{RANGE}&mutual=none").text) == lines.values_of(rows["balance"])
    assert "Ignored in the link: mutual." in client.get("/events?mutual=none").text


def test_events_are_made_and_weighed_as_the_address_says_and_the_page_says_so(client, warehouse):
    lists = catalogue.lists(warehouse)
    scope = replace(lists.scope("chronology", "MEX-USA", "all", None), score="plover", weight="equal")
    rows = time_series.series(warehouse, scope, "week", date(2024, 6, 1), date(2025, 6, 30))
    page = client.get(f"/pair/MEX-USA?{RANGE}&indicator=intensity&score=plover&weight=equal").text
    assert slider_values(page) == lines.values_of(rows["intensity"])
    assert "Settings that differ from this source’s defaults: Score table: plover; Event weights: Equal weights." in page
    assert "The composition of a value is available only with this source’s default settings." in page
    plain = client.get(f"/pair/MEX-USA?{RANGE}&indicator=intensity").text
    assert slider_values(plain) != slider_values(page)
    assert 'id="ways"' not in plain
    file = client.get(f"/pair/MEX-USA.csv?{RANGE}&indicator=intensity&score=plover&weight=equal&full=1").data.decode("utf-8-sig")
    assert "plover" in file


def test_the_ways_of_the_source_itself_are_no_choice_and_those_it_has_not_are_named(client):
    assert 'id="ways"' not in client.get("/pair/MEX-USA?level=act&weight=log&score=goldstein-gdelt").text
    assert "Ignored in the link: score." in client.get("/pair/MEX-USA?dataset=polecat&score=goldstein-gdelt").text
    assert "Ignored in the link: weight." in client.get("/pair/MEX-USA?weight=equal&as_of=2025-03-28").text
    assert "Ignored in the link: level." in client.get("/pair/MEX-USA?level=story").text


def test_a_band_ends_where_values_do_and_a_lone_value_is_a_dot_with_a_line():
    low, high = [None, -2.0, -1.0, None, 0.0, None], [None, 2.0, 3.0, None, 4.0, None]
    days = [f"2025-01-0{day}" for day in range(1, 7)]
    drawn = figures.band(days, low, high)
    assert drawn["x"] == [*days[1:3], days[2], days[1], days[1], None, days[4], days[4], days[4]]
    assert drawn["y"] == [2.0, 3.0, -1.0, -2.0, 2.0, None, 4.0, 0.0, 4.0]
    assert figures.alone(low, "$ink")["marker"]["size"] == [0, 0, 0, 0, 7, 0]
    assert figures.alone([1.0, 2.0, None], "$ink") == {}
    assert figures.band(days, [None] * 6, [None] * 6)["x"] == []


def test_a_point_says_its_verdict_and_gives_no_side_of_its_own():
    row = {"period": pd.Timestamp("2025-03-24"), "balance": -5.0, "balance_low": -9.0, "balance_high": -1.0, "n_events": 6}
    row |= {"state": "ok", "is_partial": False, "is_covered": True, "balance_verdict": "friction"}
    said = "week of 24 Mar 2025: −5 (leaning towards friction), −9 to −1, 6 events"
    assert scales.readout(row, "week", texts("en")) == said
    undecided = row | {"balance_high": 1.0, "balance_verdict": "undecided"}
    assert "−5 (too close to call)" in scales.readout(undecided, "week", texts("en"))


def test_an_axis_of_numbers_is_written_by_a_form_for_numbers():
    """Forms for days go before any other in plotly, and a number then has all its digits: 0.6000000000000001."""
    axis = intervals(["a"], pd.Series([0.3]), pd.Series([0.1]), pd.Series([0.9]))["layout"]["xaxis"]
    assert "tickformatstops" not in axis
    assert axis["tickformat"] == ".2~f"


def test_the_end_of_a_line_names_the_acting_side_so_that_the_name_has_room():
    days = pd.to_datetime(["2025-01-01", "2025-01-08"])
    rows = pd.DataFrame({"day": days, "period": days, "balance": [10.0, 20.0]})
    drawn = figures.directions({"EE. UU. → México": rows, "México → EE. UU.": rows.assign(balance=[-10.0, -20.0])})
    assert [label["text"] for label in drawn["layout"]["annotations"]] == ["México →", "EE. UU. →"]
    assert [trace["name"] for trace in drawn["data"]] == ["EE. UU. → México", "México → EE. UU."]
