"""The weekly briefing: one page that tells a week as its events, measures and indicators do, on screen and as a document."""

import re
from datetime import date, timedelta
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from bilateral import formats
from bilateral.ask import catalogue, coverage, event_lists, ledgers, time_series
from bilateral.pages.address import Known, parse
from bilateral.pages.choice import monday
from bilateral.pages.document import Document, Piece, Section
from bilateral.strings import texts
from bilateral.web.app import make_app

WEEK = date(2025, 3, 24)


@pytest.fixture(scope="module")
def client(published):
    return make_app(published).server.test_client()


@pytest.fixture(scope="module")
def markdown(client) -> str:
    return client.get("/briefing/MEX-USA.md?week=2025-03-28").text


def test_a_week_is_named_by_any_of_its_days_and_only_a_briefing_has_one():
    known = Known(("MEX-USA",), {"chronology": 90}, ("trade",))
    assert parse("/briefing/MEX-USA", "?week=2025-03-30", known).query() == "?week=2025-03-24"
    assert parse("/briefing/MEX-USA", "?week=soon", known).ignored == ("week",)
    assert parse("/pair/MEX-USA", "?week=2025-03-24", known).ignored == ("week",)


def test_the_week_of_the_seed_article_tells_tariff_meeting_measures_and_both_subjects(markdown):
    assert markdown.startswith("# Week of 24 Mar 2025: United States – Mexico\n")
    assert (
        "6 recorded events in the 7 days to 30 Mar 2025: 5 cooperative (5 statements), 1 conflictual (1 statement). 3 policy measures changed."
        in markdown
    )
    assert "Mixed picture: friction on trade; only cooperation on migration" in markdown
    assert "too close to call" in markdown
    assert re.search(r"- Wed 26 Mar 2025, US → Mexico, ▼ conflictual statement: \[[^]]*25% tariff", markdown)
    assert re.search(r"- Fri 28 Mar 2025, US ↔ Mexico, ▲ cooperative statement: \[Noem meets Sheinbaum", markdown)
    for title, line in (
        ("Changes in policy measures", "Tariff on imported cars (25%)"),
        ("Scheduled next, as known at the end of the week", "- 3 Apr 2025, start: [Tariff on imported cars (25%)]"),
        ("In force on 30 Mar 2025", "Steel and aluminium tariff of 2025"),
    ):
        assert line in markdown.split(f"## {title}")[1].split("\n## ")[0]
    assert "Tariff on imported cars" not in markdown.split("## In force on")[1]


def test_its_numbers_are_those_of_the_pair_on_the_last_day_of_the_week(client, warehouse):
    scope = catalogue.lists(warehouse).scope("chronology", "MEX-USA", "all", None)
    row = time_series.standing_of(warehouse, [scope], date(2025, 3, 30))[scope.dyad]
    shown = client.get("/pair/MEX-USA?to=2025-03-30").text
    told = client.get("/briefing/MEX-USA?week=2025-03-24").text
    band = f"{row['balance_low']:+.0f} to {row['balance_high']:+.0f}".replace("-", "−")
    assert band in shown
    assert f"({band})" in told
    assert 'href="/pair/MEX-USA?to=2025-03-30"' in told


@pytest.mark.parametrize(("pair", "line"), [("SLV-USA", "Noem tours the CECOT prison"), ("COL-USA", "Petro in Bogotá")])
def test_the_other_stops_of_the_same_week_have_their_own(client, pair, line):
    assert line in client.get(f"/briefing/{pair}?week=2025-03-24").text


def test_each_act_leads_to_its_page_and_to_its_source(client):
    page = client.get("/briefing/MEX-USA?week=2025-03-24").text
    for event in ("usa-mex-20250326-02", "usa-mex-20250328-01"):
        assert f'href="/event/{event}"' in page
    assert page.count('href="https://www.gob.mx/presidencia/') == 4


def test_a_week_among_weeks_counts_whole_weeks_before_it_alone(warehouse):
    row = event_lists.week_among_weeks(warehouse, "chronology", "MEX-USA", "all", WEEK)
    dense = date(2024, 11, 4)  # the first whole week since the list is denser; before it other weeks would be compared with these
    events = event_lists.events(warehouse, "chronology", "MEX-USA", "all", dense, date(2025, 3, 30), most=1000)
    weeks = events["event_day"].dt.date.map(monday).value_counts()
    this, before = int(weeks[WEEK]), weeks[weeks.index < WEEK]
    assert (row["n_events"], row["n_weeks"], row["most"]) == (this, 20, before.max())
    assert row["n_fewer"] == 20 - (before >= this).sum()
    first = event_lists.week_among_weeks(warehouse, "chronology", "MEX-USA", "all", date(2016, 11, 7))
    assert (first["n_weeks"], first["n_days"]) == (0, 5)  # the chronology begins on a Wednesday


def test_without_a_week_it_is_the_last_covered_one_and_says_that_it_is_not_over(client):
    page = client.get("/briefing/MEX-USA").text
    assert "Week of 17 Aug 2026" in page
    assert "3 of the 7 days" in page
    assert "Week after" not in page


def test_a_week_outside_of_the_covered_days_shows_the_newest_with_a_notice(client):
    for week in ("1999-01-04", "2199-01-07"):
        answer = client.get(f"/briefing/MEX-USA?week={week}")
        assert answer.status_code == 200
        assert "lies outside the covered days, 9 Nov 2016 to 19 Aug 2026" in answer.text
        assert "Week of 17 Aug 2026" in answer.text
    assert client.get("/briefing/MEX-USA.md?week=1999-01-04").status_code == 404


def test_the_briefing_of_no_pair_is_that_of_the_first_and_stands_in_the_navigation(client):
    answer = client.get("/briefing?lang=es")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/briefing/MEX-USA?lang=es")
    assert '<a href="/briefing/COL-USA">Briefing</a>' in client.get("/pair/COL-USA").text


def test_without_a_week_it_is_the_newest_with_events_of_the_subject(client, warehouse):
    newest = coverage.ends(warehouse, "chronology", ["MEX-USA"], "water").newest_event
    page = client.get("/briefing/MEX-USA?domain=water").text
    assert f"Week of {formats.day(monday(newest), texts('en'))}: United States – Mexico, Water" in page
    assert "This is the newest week with events." in page
    assert "No acts" not in page.split("What happened")[1][:300]


@pytest.mark.parametrize("days", [7, 30])
def test_the_last_days_are_told_as_a_week_is(client, warehouse, days):
    page = client.get(f"/briefing/MEX-USA?days={days}").text
    assert f"Last {days} days to 19 Aug 2026: United States – Mexico" in page
    first = date(2026, 8, 19) - timedelta(days=days - 1)
    n = int(event_lists.happened(warehouse, "chronology", "MEX-USA", "all", first, date(2026, 8, 19))["n_events"])
    assert f"Events: {n} event" in page
    assert f"Change since the {days} days before" in page
    assert client.get(f"/briefing/MEX-USA.md?days={days}").status_code == 200


def test_it_says_what_changed_since_the_week_before(client, warehouse):
    told = client.get("/briefing/MEX-USA.md?week=2025-03-24").text.split("## Change since the week before")[1].split("\n## ")[0]
    now, before = (
        event_lists.happened(warehouse, "chronology", "MEX-USA", "all", first, first + timedelta(days=6))
        for first in (WEEK, WEEK - timedelta(days=7))
    )
    assert f"Events: {now['n_events']:.0f} events (5 cooperative, 1 conflictual); before: {before['n_events']:.0f} event" in told
    assert f"Changes in policy measures: 3; before: {before['n_measures']:.0f}." in told
    scope = catalogue.lists(warehouse).scope("chronology", "MEX-USA", "all", None)
    (moved,) = ledgers.changed(warehouse, scope, "balance", date(2025, 3, 23), date(2025, 3, 30)).itertuples()
    expected = "within chance" if abs(moved.change) <= moved.half_width else "larger than chance"
    assert (expected if moved.state == "ok" else "Too little evidence") in told


def test_its_small_chart_has_a_bar_for_each_week_with_a_value(client):
    page = client.get("/briefing/MEX-USA?week=2025-03-24").text
    image = unquote(re.search(r'src="data:image/svg\+xml,([^"]*)"', page)[1])
    bars = ElementTree.fromstring(image).findall("{http://www.w3.org/2000/svg}rect")
    assert 24 <= len(bars) <= 27
    upwards = {(bar.get("fill"), float(bar.get("y")) < 59) for bar in bars if float(bar.get("height")) > 1.5}
    assert upwards <= {("#3F8FB0", True), ("#D0701C", False)}


def test_the_document_needs_no_other_file_and_speaks_spanish(client):
    answer = client.get("/briefing/MEX-USA.html?week=2025-03-24&lang=es")
    assert re.search(r'filename="MEX-USA_briefing_2025-03-24_v\d{8}T.*\.html"', answer.headers["Content-Disposition"])
    assert '<html lang="es-MX">' in answer.text
    assert "Semana del 24 mar 2025" in answer.text
    assert "<script" not in answer.text
    assert "<link" not in answer.text


def test_signs_of_markdown_stay_text():
    items = ((Piece("[x](javascript:1) *b*", "https://a.b/c(d) e"),),)
    made = Document("a # b", "", (), (Section("s", lists=(("", items),)),)).markdown("")
    assert r"# a \# b" in made
    assert r"- [\[x\](javascript:1) \*b\*](https://a.b/c%28d%29%20e)" in made


def test_export_writes_it_without_links_that_lead_nowhere(command, published, tmp_path):
    ended = command("export", "/briefing/MEX-USA?week=2025-03-24", "--format", "md", "--to", tmp_path, data=published)
    assert ended.code == 0, ended.err
    made = next(tmp_path.glob("*.md")).read_text(encoding="utf-8")
    assert "](/event" not in made
    assert "](https://www.gob.mx/" in made
