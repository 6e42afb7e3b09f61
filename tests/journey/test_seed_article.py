"""One article from its file to the figure, and the week it reports as the chronology has it."""

import re
from datetime import date

import pytest

from bilateral import formats
from bilateral.ask import event_lists, policy_measures, time_series
from bilateral.ask.scopes import Scope
from bilateral.figures import lines, scales
from bilateral.strings import texts
from bilateral.web.app import make_app

WEEK = (date(2025, 3, 24), date(2025, 3, 30))


def test_every_act_of_the_article_becomes_a_report_and_an_event_as_coded(snapshot):
    rows = snapshot.execute("""
        select events.event_day, events.directed_dyad, events.code, events.kind, events.score
        from reports join events using (event_id) where reports.dataset = 'articles' order by events.event_id
    """).fetchall()
    assert len(rows) == 11
    assert rows[1] == (date(2025, 3, 26), "USA>MEX", "1312", "verbal friction", -5.8)
    assert rows[6] == (date(2025, 3, 28), "USA>MEX", "042", "verbal cooperation", 1.9)
    assert {row[1] for row in rows} == {"USA>MEX", "MEX>USA", "USA>SLV", "USA>COL"}


def test_the_visit_counts_for_the_pair_alone_and_may_count_in_both_directions(snapshot):
    def dyads(table: str, event: str) -> list[tuple]:
        return snapshot.execute(
            f"select dyad from core.{table} where event_id = 'newsnation-20250328-{event}' order by 1"
        ).fetchall()

    assert dyads("credits", "07") == [("MEX-USA",), ("MEX>USA",), ("USA>MEX",)]
    assert dyads("counted_credits", "07") == [("MEX-USA",)]
    assert dyads("counted_credits", "02") == [("MEX-USA",), ("USA>MEX",)]


def test_eight_acts_of_one_page_are_one_happening_and_no_side_is_claimed(snapshot):
    happenings = snapshot.execute(
        "select n_events, n_pages, first_day, last_day from happenings where dataset = 'articles' and dyad = 'MEX-USA'"
    )
    assert happenings.fetchall() == [(8, 1, date(2025, 3, 25), date(2025, 3, 28))]
    rows = snapshot.execute("""
        select evidence, state, balance, words, deeds, momentum from indicator_day where dataset = 'articles' and dyad = 'MEX-USA'
    """).fetchall()
    assert len(rows) == 4
    assert all(row == (1.0, "too few", None, None, None, None) for row in rows)


def test_the_days_add_up_to_the_acts(snapshot):
    n, s = snapshot.execute(
        "select sum(n_events), sum(s) from dyad_day where dataset = 'articles' and dyad = 'MEX-USA' and domain = 'all'"
    ).fetchone()
    assert (n, s) == (8, 0)


def test_in_one_week_trade_and_migration_went_opposite_ways(snapshot):
    sums = snapshot.execute("""
        select domain, sum(verbal_friction + material_friction) as friction, sum(verbal_cooperation + material_cooperation) as cooperation
        from dyad_day where dataset = 'chronology' and dyad = 'MEX-USA' and domain in ('trade', 'migration')
            and day in (date '2025-03-26', date '2025-03-28') and (domain = 'trade') = (day = date '2025-03-26') group by 1 order by 1
    """).fetchall()
    assert [(domain, friction > 0) for domain, friction, _ in sums] == [("migration", False), ("trade", True)]


def test_the_figure_holds_the_value_of_the_table_for_the_week_of_the_meeting(warehouse, snapshot):
    scope = Scope("chronology", "MEX-USA", "all", 90, is_kept=True)
    series = time_series.series(warehouse, scope, "week", *WEEK)
    marks = event_lists.marks(warehouse, "chronology", "MEX-USA", "all", *WEEK, "usa-mex-20250328-01")
    readouts = [scales.readout(row, "week", texts("en")) for row in series.to_dict("records")]
    figure = lines.line(series, marks, readouts, texts("en"))
    drawn = next(trace for trace in figure["data"] if trace.get("meta") == "slider")
    (value,) = snapshot.execute(
        "select balance from indicator_day where dataset = 'chronology' and dyad = 'MEX-USA' and day = '2025-03-30'"
    ).fetchone()
    assert drawn["x"] == ["2025-03-30"]
    assert drawn["y"] == [round(value, 2)]
    assert drawn["text"][0].startswith("week of 24 Mar 2025: −12 (too close to call), −40 to +16, 6 events")
    assert "usa-mex-20250328-01" in set(marks["event_id"])
    assert list(marks["number"]) == list(range(1, len(marks) + 1))


def test_a_measure_of_the_week_is_on_record(warehouse):
    measures = policy_measures.measures(warehouse, "MEX-USA", "trade", *WEEK)
    assert "usa-mex-car-tariff-2025" in set(measures["measure_id"])


def test_the_parts_of_the_balance_of_the_week_are_the_same_on_page_briefing_api_and_in_sql(published, snapshot):
    client = make_app(published).server.test_client()
    keys = "'chronology', 'MEX-USA', 'all', 90, 'balance', date '2025-03-30'"
    parts = dict(snapshot.execute(f"select doer, sum(contribution) from contributions({keys}) group by 1").fetchall())
    (balance,) = snapshot.execute(
        "select balance from indicator_day where dataset = 'chronology' and dyad = 'MEX-USA' and day = '2025-03-30'"
    ).fetchone()
    assert abs(sum(parts.values()) - balance) < 1e-9
    answer = client.get("/api/v1/contributions?dyad=MEX-USA&day=2025-03-30").get_json()["data"]
    assert {row["part"]: row["contribution"] for row in answer if row["grouping"] == "doer"} == pytest.approx(parts, abs=1e-9)
    said = [f"United States alone {formats.points(parts['USA'], 1)}", f"Mexico alone {formats.points(parts['MEX'], 1)}"]
    for address in ("/pair/MEX-USA?to=2025-03-30", "/briefing/MEX-USA?week=2025-03-24"):
        page = client.get(address).get_data(as_text=True)
        assert [sentence for sentence in said if sentence not in page] == [], address


def test_a_page_of_one_report_claims_no_parts(published):
    page = make_app(published).server.test_client().get("/pair/MEX-USA?dataset=articles").get_data(as_text=True)
    assert texts("en")("made_of.few") in page
    assert not re.search(r"The balance of [−+\d.]+ is the sum of", page)
