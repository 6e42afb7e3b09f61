"""Leads and lags as tables: which months are compared, that friction is the one of `series`, and what may be said of a result."""

import csv
from collections import Counter

import numpy as np
import pytest

from bilateral.compute.runner import Runner
from material import ROOT, know_seeds

KEY = "dyad     domain  indicator  half_life_days  series_id"
PESO = "MEX-USA  all     friction   30              peso"


def test_a_month_is_the_first_release_and_its_change_needs_the_month_before(run_model):
    days = "\n".join(
        f"            peso  2025-03-{day:02}  2025-03-{day:02}  2025-04-01  {20 + day / 10}  1" for day in range(1, 11)
    )
    found = run_model(
        "statistics.outcome_changes",
        raw_outcomes=f"""
            series_id  period_start  period_end  known_from  value  file_id
            goods  2025-01-01  2025-01-31  2025-03-08  100  1
            goods  2025-02-01  2025-02-28  2025-04-08  200  1
            goods  2025-02-01  2025-02-28  2025-05-08  999  2
            goods  2025-04-01  2025-04-30  2027-04-30  300  3
            peso   2025-02-03  2025-02-03  2025-03-01  19   1
{days}
        """,
        raw_outcome_series="""
            series_id  frequency  transform
            goods      month      diff
            peso       day        dlog
        """,
    )
    assert found == [
        "goods 2025-01-01 100.0 null true",
        "goods 2025-02-01 200.0 100.0 true",
        "goods 2025-04-01 300.0 null false",
        "peso 2025-03-01 20.55 null true",
    ]


def test_the_friction_of_a_month_is_the_one_that_series_gives(published, tmp_path):
    """In a copy of the shipped data with made outcomes; the second build asks no statistics again."""
    import shutil

    import duckdb

    work = shutil.copy(published / "work.duckdb", tmp_path / "work.duckdb")
    with duckdb.connect(work) as connection:
        know_seeds(connection)
        connection.execute(MADE)
        runner = Runner(connection, ROOT / "queries")
        wanted = {query.name: query for query in runner.queries}
        names = ("outcome_changes", "friction_months", "lead_lag_months", "lead_lag_tests", "lead_lag_curves", "lead_lag")
        built = [wanted[f"statistics.{name}"] for name in names]
        for query in built:
            runner.make(query)
        far = connection.execute("""
            select max(abs(friction_months.friction - series.friction)), count(*)
            from statistics.friction_months
            inner join series('chronology', 'MEX-USA', 'trade', 30) as series on series.day = last_day(friction_months.month)
            where friction_months.dyad = 'MEX-USA' and friction_months.domain = 'trade'
        """).fetchone()
        assert far[0] < 1e-9
        assert far[1] > 110
        assert connection.execute(
            "select distinct state, n from statistics.lead_lag_tests where question = 'leads'"
        ).fetchall() == [("too few", 59)]
        before = [connection.execute(TOLD, [query.name.split(".")[1]]).fetchone() for query in built[3:5]]
        for query in built:
            runner.make(query)
        assert [connection.execute(TOLD, [query.name.split(".")[1]]).fetchone() for query in built[3:5]] == before


MADE = """
    insert into raw.outcomes
    select 'us-imports-mex', month, last_day(month), last_day(month) + 35, 100 + random(), 4, 'observed', 1
    from (select unnest(generate_series(date '2017-12-01', date '2022-11-01', interval 1 month))::date as month)
"""
TOLD = "select comment, table_oid from duckdb_tables() where table_name = ?"


def test_the_longest_run_of_months_without_a_gap_is_compared(run_model):
    months = ["2024-12", "2025-02", "2025-03", "2025-04", "2025-06"]
    outcomes = "\n".join(f"peso  {month}-01  20  0.1  true" for month in months)
    friction = "\n".join(f"chronology  MEX-USA  all  30  {month}-01  0" for month in months)
    found = run_model(
        "statistics.lead_lag_months",
        columns=("month", "indicator_value", "outcome_value", "is_seasonal", "refusal", "expected_sign"),
        raw_lead_lag="""
            series_id  dataset     indicator  domain  half_life_days  family   lags  apart_months  least_months  forecast_from
            peso       chronology  friction   all     30              primary  3     12            60            48
        """,
        raw_outcome_series="""
            series_id  dyad     measure                   seasonal  expected_sign
            peso       MEX-USA  exchange rate, managed    none      positive
        """,
        statistics_outcome_changes=f"series_id  month  value  change  is_then\n{outcomes}",
        statistics_friction_months=f"dataset  dyad  domain  half_life_days  month  friction\n{friction}",
    )
    assert found == [f"2025-0{month}-01 0.0 0.1 false managed 1" for month in (2, 3, 4)]


@pytest.mark.parametrize(
    ("question", "family", "state", "p", "oos", "effect", "seen", "verdict"),
    [
        ("leads", "primary", "ok", 0.01, 0.02, 0.3, 0.9, "leads"),
        ("leads", "primary", "ok", 0.01, 0.02, -0.3, 0.9, "no link told"),
        ("leads", "primary", "ok", 0.01, -0.02, 0.3, 0.9, "no link told"),
        ("leads", "primary", "ok", 0.2, 0.02, 0.3, 0.9, "no link told"),
        ("leads", "primary", "ok", 0.2, 0.02, 0.3, 0.6, "too weak to tell"),
        ("follows", "primary", "ok", 0.01, 0.02, -0.3, 0.9, "follows"),
        ("same_month", "primary", "ok", 0.01, "null", 0.3, "null", "moves together"),
        ("same_month", "primary", "ok", 0.3, "null", 0.3, "null", "no link told"),
        ("leads", "exploratory", "ok", 0.001, 0.02, 0.3, "null", "exploratory"),
        ("leads", "primary", "too few", "null", "null", "null", "null", "too few"),
        ("leads", "primary", "managed", "null", "null", "null", "null", "managed"),
    ],
)
def test_what_may_be_said_of_one_test(run_model, question, family, state, p, oos, effect, seen, verdict):
    found = run_model(
        "statistics.lead_lag",
        columns=("verdict",),
        statistics_lead_lag_tests=f"""
            {KEY}  question    state    p_shift  oos_r2  effect_sd  seen_at_r2_10
            {PESO}  {question}  {state}  {p}      {oos}   {effect}   {seen}
        """,
        statistics_lead_lag_months=f"""
            {KEY}  family    expected_sign  is_reconstruction  is_then
            {PESO}  {family}  1              true               true
        """,
    )
    assert found == [verdict]


def test_q_counts_the_tests_of_the_pair_and_takes_the_finer_p(run_model):
    tests = [
        ("a", "leads", 0.01, "null"),
        ("a", "follows", 0.5, "null"),
        ("b", "leads", 0.5, 0.02),
        ("b", "follows", 0.9, "null"),
    ]
    rows = "\n".join(
        f"MEX-USA  all  friction  30  {name}  {question}  ok  {p}  {finer}  0.1  -0.1  0.9" for name, question, p, finer in tests
    )
    found = run_model(
        "statistics.lead_lag",
        columns=("series_id", "question", "n_tests", "q", "verdict"),
        statistics_lead_lag_tests=f"{KEY}  question  state  p_shift  p_surrogate  oos_r2  effect_sd  seen_at_r2_10\n{rows}",
        statistics_lead_lag_months=f"""
            {KEY}  family   expected_sign  is_reconstruction  is_then
            MEX-USA  all  friction  30  a  primary  0  true  true
            MEX-USA  all  friction  30  b  primary  1  true  true
        """,
    )
    assert [line.split(" ", 3) for line in found] == [
        ["a", "follows", "4", "0.666666667 no link told"],
        ["a", "leads", "4", "0.04 leads"],
        ["b", "follows", "4", "0.9 no link told"],
        ["b", "leads", "4", "0.04 no link told"],
    ]


def test_the_list_of_tests_has_six_primary_ones_of_a_pair_at_most_and_one_set_of_numbers():
    with (ROOT / "seeds" / "lead_lag.csv").open(encoding="utf-8") as file:
        tests = list(csv.DictReader(file))
    with (ROOT / "seeds" / "outcome_series.csv").open(encoding="utf-8") as file:
        series = {row["series_id"]: row for row in csv.DictReader(file)}
    primary = Counter(series[row["series_id"]]["dyad"] for row in tests if row["family"] == "primary")
    assert max(primary.values()) * 2 <= 6
    assert {(row["lags"], row["apart_months"], row["least_months"], row["forecast_from"]) for row in tests} == {
        ("3", "12", "60", "48")
    }
    assert {row["family"] for row in tests} == {"primary", "exploratory"}
    assert np.unique([row["series_id"] + row["domain"] + row["half_life_days"] for row in tests]).size == len(tests)


def test_an_act_counts_on_the_first_day_with_a_rate_on_or_after_its_own(run_model):
    found = run_model(
        "statistics.outcome_days",
        columns=("acts", "day", "is_act"),
        raw_lead_lag="series_id  dataset\npeso  chronology",
        raw_outcome_series="series_id  dyad  measure  frequency\npeso  MEX-USA  exchange rate  day",
        raw_outcomes="""
            series_id  period_start  known_from  value  file_id
            peso       2025-03-28    2025-04-01  20     1
            peso       2025-03-31    2025-04-01  20     1
        """,
        core_events="""
            dataset     dyad     event_day   source_country  domain  kind               sign  is_backdated  is_excluded
            chronology  MEX-USA  2025-03-29  USA             trade   material friction  -1    false         null
            chronology  MEX-USA  2025-03-28  MEX             trade   material friction  -1    false         null
            chronology  MEX-USA  2025-03-28  USA             trade   verbal friction    -1    true          null
            chronology  MEX-USA  2025-04-05  USA             trade   verbal friction    -1    false         null
        """,
    )
    assert [line for line in found if line.endswith("true")] == ["trade deeds 2025-03-31 true"]
    assert len(found) == 8
