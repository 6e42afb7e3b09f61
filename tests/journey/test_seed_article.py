"""One article from its file to the figure, and the week it reports as the chronology has it."""

from datetime import date

from dashboard import data
from dashboard.figures import lines
from dashboard.strings import texts

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


def test_the_visit_counts_in_both_directions_and_once_for_the_pair(snapshot):
    credited = snapshot.execute("select dyad from core.credits where event_id = 'newsnation-20250328-07' order by 1").fetchall()
    assert credited == [("MEX-USA",), ("MEX>USA",), ("USA>MEX",)]
    threat = snapshot.execute("select dyad from core.credits where event_id = 'newsnation-20250328-02' order by 1").fetchall()
    assert threat == [("MEX-USA",), ("USA>MEX",)]


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
    scope = data.Scope("chronology", "MEX-USA", "all", 90, is_kept=True)
    series = data.series(warehouse, scope, "week", *WEEK)
    marks = data.marks(warehouse, "chronology", "MEX-USA", "all", *WEEK, "usa-mex-20250328-01")
    readouts = [lines.readout(row, "week", texts("en")) for row in series.to_dict("records")]
    figure = lines.line(series, marks, readouts, texts("en"))
    drawn = next(trace for trace in figure["data"] if trace.get("meta") == "slider")
    (value,) = snapshot.execute(
        "select balance from indicator_day where dataset = 'chronology' and dyad = 'MEX-USA' and day = '2025-03-30'"
    ).fetchone()
    assert drawn["x"] == ["2025-03-30"]
    assert drawn["y"] == [round(value, 2)]
    assert drawn["text"][0].startswith("week of 24 Mar 2025: −5 (no clear side), −29 to +19, 6 events")
    assert "usa-mex-20250328-01" in set(marks["event_id"])
    assert list(marks["number"]) == list(range(1, len(marks) + 1))


def test_a_measure_of_the_week_is_on_record(warehouse):
    measures = data.measures(warehouse, "MEX-USA", "trade", *WEEK)
    assert "usa-mex-car-tariff-2025" in set(measures["measure_id"])
