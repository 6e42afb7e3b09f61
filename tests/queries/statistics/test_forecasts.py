"""Rates, answers and scores of forecasts: by hand, against scikit-learn and NumPy, and the skill that is told where there is none."""

import json
import math
from itertools import pairwise

import duckdb
import numpy as np
import pytest

from bilateral.compute.queries import read
from material import ROOT

WINDOWS = "kind  subject  asked_on  window_start  window_end  known_on"
RECORD = "dyad  day\nMEX-USA  2025-02-10\nMEX-USA  2025-03-20\nCAN-USA  2025-02-10"
DEEDS = """
    event_id  subject  dyad     day
    early     USA>MEX  MEX-USA  2025-01-31
    first     USA>MEX  MEX-USA  2025-02-10
    second    USA>MEX  MEX-USA  2025-02-11
    unsure    USA>CAN  CAN-USA  2025-02-10
"""
MEASURES = """
    measure_id  step  dyad     state      state_day   is_in_force
    comes       1     MEX-USA  announced  2025-01-10  no
    comes       2     MEX-USA  in_force   2025-02-28  partly
    stays       1     MEX-USA  paused     2025-01-10  no
    wrong       1     MEX-USA  announced  2025-01-10  no
    wrong       2     MEX-USA  in_force   2025-01-30  yes
    unseen      1     CAN-USA  threatened 2025-01-10  no
"""
SUBJECTS = ("USA>MEX", "MEX>USA", "USA>CAN", "USA>CUB", "comes", "stays", "wrong", "unseen", "gone")


def test_an_answer_is_yes_no_unread_or_void_with_its_reason(run_model):
    asked = "\n".join(
        f"{'friction_deed' if '>' in subject else 'measure_state'}  {subject}  2025-01-31  2025-02-01  2025-02-28  2025-03-31"
        for subject in SUBJECTS
    )
    found = run_model(
        "statistics.question_answers",
        ("subject", "answer", "reason", "evidence"),
        statistics_question_windows=f"{WINDOWS}\n{asked}",
        statistics_record_days=RECORD,
        statistics_friction_deeds=DEEDS,
        staging_dyads="dyad\nMEX-USA\nCAN-USA",
        staging_measures=MEASURES.replace("threatened ", "threatened  "),
    )
    assert sorted(found) == sorted([
        "USA>MEX yes null first",
        "MEX>USA no null null",
        "USA>CAN unread record ends 2025-02-10 null",  # a deed is on record, but not the rest of the window
        "USA>CUB void not computable null",
        "comes yes null comes:2",
        "stays no null null",
        "wrong void corrected null",  # it was in force before it was asked about
        "unseen unread record ends 2025-02-10 null",
        "gone void withdrawn null",
    ])  # fmt: skip


def test_what_is_recorded_after_the_day_of_settling_is_not_looked_at(run_model):
    asked = "friction_deed  USA>MEX  2025-01-31  2025-02-01  2025-02-28  2025-03-14"
    inputs = {"statistics_record_days": RECORD, "statistics_friction_deeds": DEEDS, "staging_dyads": "dyad\nMEX-USA"}
    found = run_model(
        "statistics.question_answers",
        ("answer", "reason"),
        statistics_question_windows=f"{WINDOWS}\n{asked}",
        staging_measures=MEASURES.replace("threatened ", "threatened  "),
        **inputs,
    )
    assert found == ["unread record ends 2025-02-10"]


def test_the_chance_of_a_deed_is_that_of_a_steady_rate_and_the_plain_rate_is_drawn_to_all(run_model):
    (row, other) = run_model(
        "statistics.deed_rates",
        ("subject", "round(p, 6)", "round(p_base, 6)", "base_k", "base_n"),
        statistics_asked_days="day\n2018-01-01",
        statistics_record_ends="day  dyad  first_day  content_to\n2018-01-01  MEX-USA  2017-01-02  2017-12-31\n2018-01-01  CAN-USA  2017-12-04  2017-12-31",
        statistics_friction_deeds="""
            event_id  subject  dyad     day         window_last
            a         USA>MEX  MEX-USA  2017-02-01  2017-02-26
            b         USA>MEX  MEX-USA  2017-02-02  2017-02-26
            c         USA>MEX  MEX-USA  2017-12-30  2017-12-31
            d         USA>CAN  CAN-USA  2018-01-01  2018-01-28
        """,
        staging_method="z\n1.96",
    )
    assert other.split()[0] == "USA>MEX"
    assert row == f"USA>CAN {round(1 - math.exp(-1.5 * 28 / 365), 6)} {round((0 + 20 * 2 / 14) / (1 + 20), 6)} 0 1"
    assert other == f"USA>MEX {round(1 - math.exp(-3.5 * 28 / 365), 6)} {round((2 + 20 * 2 / 14) / (13 + 20), 6)} 2 13"


def test_a_measure_is_held_against_others_that_waited_as_long_and_never_against_itself(run_model):
    waits = [
        f"m{n}  1  MEX-USA  trade  tariff  announced  2020-01-01  {'2020-01-20  2020-01-20' if n < 6 else 'null  null'}"
        for n in range(20)
    ]
    waits.append("asked  1  MEX-USA  trade  tariff  announced  2020-03-01  null  null")
    found = run_model(
        "statistics.measure_rates",
        ("measure_id", "round(p, 6)", "base_k", "base_n"),
        statistics_asked_days="day\n2020-03-01",
        statistics_record_ends="day  dyad  content_to\n2020-03-01  MEX-USA  2020-03-01",
        core_register_end="last_day\n2020-03-01",
        core_measure_waits="\n".join(
            ["measure_id  step  dyad  domain  instrument  state  began_on  left_on  in_force_on", *waits]
        ),
        staging_method="z  kappa\n1.96  3.8416",
    )
    of = {name: rest for name, _, rest in (row.partition(" ") for row in found)}
    # all periods: the first of each of the 20, six of which ended in force, and the second of the 14 that waited on
    assert of["asked"] == f"{round((6 + 20 * 6.5 / 35) / (20 + 20), 6)} 6 34"
    # nobody else waited 60 days and was followed 28 days more: the plain past rate, without its own two periods
    assert of["m9"] == f"{round(6.5 / 33, 6)} 6 32"


def scored(rows: list[tuple]) -> duckdb.DuckDBPyConnection:
    """forecast_scores and forecast_track over made forecasts, each (subject, window's start, p, p_base, answer)."""
    connection = duckdb.connect()
    connection.execute("create schema statistics; create schema staging; create table staging.method as select 1.96::double as z")
    connection.execute("""
        create table statistics.judged_forecasts as
        select row_number() over () as question_id, 'friction_deed' as kind, subject, subject as sort, 'all' as domain, 'MEX-USA' as dyad,
            start - 1 as asked_on, start as window_start, start + 27 as window_end, start + 41 as settles_on, p, p_base, 'rate_v1' as method,
            false as is_late, answer
        from (select unnest(?::varchar[]) as subject, unnest(?::date[]) as start, unnest(?::double[]) as p, unnest(?::double[]) as p_base,
            unnest(?::varchar[]) as answer)
    """, [list(column) for column in zip(*rows, strict=True)])  # fmt: skip
    for name in ("forecast_scores", "forecast_track"):
        connection.execute(f"create view main.{name} as {read(ROOT / 'queries' / 'main' / f'{name}.sql').sql}")
    return connection


def made(n_periods: int, n_subjects: int, seed: int, gain: float = 0.0) -> list[tuple]:
    """Weekly forecasts of some directions; chances are off the true ones by noise, and nearer to them than the base by `gain`."""
    random = np.random.default_rng(seed)
    rows = []
    for subject in range(n_subjects):
        for week in range(4 * n_periods):
            true = random.beta(1, 4)
            base = float(np.clip(true + random.normal(0, 0.1), 0.02, 0.98))
            p = (
                float(np.clip(true + (base - true) * (1 - gain), 0.02, 0.98))
                if gain
                else float(np.clip(true - (base - true), 0.02, 0.98))
            )
            start = np.datetime64("2020-01-07") + 7 * week
            rows.append((f"S{subject}", str(start), p, base, "yes" if random.random() < true else "no"))
    return rows


def test_brier_and_log_loss_are_those_of_scikit_learn_and_a_sure_miss_is_not_endless():
    from sklearn.metrics import brier_score_loss, log_loss

    rows = made(6, 5, 20250328)
    rows[0] = ("S0", rows[0][1], 1.0, 0.5, "no")
    with scored(rows) as connection:
        y = [int(row[4] == "yes") for row in rows]
        p, base = [row[2] for row in rows], [row[3] for row in rows]
        found = connection.execute(
            "select avg(brier), avg(brier_base), avg(log_loss), max(log_loss) from forecast_scores"
        ).fetchone()
        assert found[0] == pytest.approx(brier_score_loss(y, p), abs=1e-12)
        assert found[1] == pytest.approx(brier_score_loss(y, base), abs=1e-12)
        assert found[2] == pytest.approx(log_loss(y, np.clip(p, 0.01, 0.99)), abs=1e-12)
        assert found[3] == pytest.approx(-math.log(0.01))


def test_the_headline_takes_every_fourth_week_and_its_band_takes_a_period_as_one_case():
    rows = made(14, 4, 7)
    with scored(rows) as connection:
        track = "select skill, skill_low, skill_high, buckets, registered, scored, brier, rate from forecast_track where kind = 'all' and year is null"
        skill, low, high, buckets, registered, n_scored, brier, rate = connection.execute(track).fetchone()
        chosen = connection.execute(
            "select window_start, brier, brier_base, answer from forecast_scores where in_headline"
        ).fetchall()
    assert (registered, n_scored) == (len(rows), len(rows))
    starts = sorted({row[0] for row in chosen})
    assert len(chosen) == len(starts) * 4
    assert min((b - a).days for a, b in pairwise(starts)) >= 28
    ours, base = np.array([row[1] for row in chosen]), np.array([row[2] for row in chosen])
    assert brier == pytest.approx(ours.mean())
    assert rate == pytest.approx(np.mean([row[3] == "yes" for row in chosen]))
    ratio = ours.sum() / base.sum()
    assert skill == pytest.approx(1 - ratio)
    errors = np.array(
        [sum(a - ratio * b for (day, _, _, _), a, b in zip(chosen, ours, base, strict=True) if day == start) for start in starts]
    )
    error = math.sqrt((errors**2).sum() * len(starts) / (len(starts) - 1)) / base.sum()
    t = 1.96 + (1.96**3 + 1.96) / (4 * (len(starts) - 1))
    assert (low, high) == pytest.approx((1 - ratio - t * error, 1 - ratio + t * error))
    assert sum(bucket["n"] for bucket in json.loads(buckets)) == len(chosen)


def test_a_band_of_few_periods_is_not_told():
    with scored(made(6, 3, 1)) as connection:
        assert connection.execute("select count(*) from forecast_track where skill_low is not null").fetchone() == (0,)


@pytest.mark.long
def test_where_no_forecast_is_better_a_skill_is_claimed_in_few_of_many_worlds():
    claims = 0
    for seed in range(200):
        with scored(made(26, 8, seed)) as connection:
            low, high = connection.execute(
                "select skill_low, skill_high from forecast_track where kind = 'all' and \"group\" = 'all' and year is null"
            ).fetchone()
            claims += low > 0 or high < 0
    assert claims / 200 <= 0.10


def test_the_same_holds_of_some_worlds_and_a_planted_skill_is_found():
    track = "select skill_low, skill_high from forecast_track where kind = 'all' and \"group\" = 'all' and year is null"
    claims = found = 0
    for seed in range(12):
        with scored(made(20, 6, seed)) as connection:
            low, high = connection.execute(track).fetchone()
            claims += low > 0 or high < 0
    with scored(
        [(subject, start, 0.9 if answer == "yes" else 0.05, base, answer) for subject, start, _, base, answer in made(20, 6, 1)]
    ) as connection:
        found += connection.execute(track).fetchone()[0] > 0
    assert claims <= 3
    assert found == 1
