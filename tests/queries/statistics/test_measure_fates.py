"""What became of measures that wait, and whether dates were kept: by hand, on the shipped register, and Wilson's interval against statsmodels."""

import csv
from datetime import date, timedelta

import duckdb
import pytest

from material import ROOT

WAITS = """
    measure_id  step  instrument  state      state_day   is_in_force
    kept        1     tariff      announced  2025-01-01  no
    kept        2     tariff      in_force   2025-01-31  yes
    twice       1     tariff      announced  2025-01-01  no
    twice       2     tariff      announced  2025-03-01  no
    twice       3     tariff      in_force   2025-04-30  partly
    dropped     1     agreement   announced  2025-01-01  no
    dropped     2     agreement   lifted     2025-02-01  no
    late        1     tariff      announced  2025-05-20  no
    late        2     tariff      in_force   2025-05-21  yes
    late        3     tariff      paused     2025-05-22  no
    raised      1     tariff      announced  2025-05-01  yes
"""


def test_each_horizon_has_its_own_n_and_a_measure_announced_twice_waits_twice(run_model):
    found = run_model(
        "main.measure_fates",
        ("state", "instrument", "within_days", "n_own", "n_own_reached", "of_instrument", "n", "n_reached"),
        staging_measures=WAITS,
        core_register_end="last_day\n2025-06-01",
    )
    # within 30 days: kept (on the 30th), not `late`, of which 12 days are known; 90: `twice` from its second announcement
    assert [row for row in found if row.startswith("announced all")] == [
        "announced all 30 4 1 all 4 1",
        "announced all 90 4 2 all 4 2",
        "announced all 365 0 0 all 0 0",
    ]
    assert "announced agreement 30 1 0 all 4 1" in found  # fewer than 20 of its kind
    assert "paused tariff 30 0 0 all 0 0" in found


def test_twenty_of_a_kind_stand_for_themselves(run_model):
    rows = "\n".join(
        f"m{n}  {step}  tariff  {state}  2025-01-0{step}  {in_force}"
        for n in range(20)
        for step, state, in_force in ((1, "announced", "no"), (2, "in_force", "yes"))
    )
    more = "b1  1  agreement  announced  2025-01-01  no"
    found = run_model(
        "main.measure_fates",
        ("instrument", "of_instrument", "n", "n_reached"),
        staging_measures=f"measure_id  step  instrument  state  state_day  is_in_force\n{rows}\n{more}",
        core_register_end="last_day\n2025-02-15",
    )
    assert {"tariff tariff 20 20", "agreement all 21 20"} <= set(found)


def test_a_change_near_the_day_that_is_not_what_was_set_keeps_no_date(run_model):
    found = run_model(
        "main.measure_dates_kept",
        ("until_kind", "n", "n_changed", "n_kept"),
        staging_measures="""
            measure_id  step  state      state_day   is_in_force  until       until_kind
            started     1     announced  2025-01-01  no           2025-02-01  start
            started     2     in_force   2025-02-04  yes          null        null
            called_off  1     announced  2025-01-01  no           2025-02-01  start
            called_off  2     paused     2025-01-31  no           2025-03-04  pause_ends
            called_off  3     paused     2025-03-04  no           2026-03-04  pause_ends
            ended       1     in_force   2025-01-01  yes          2025-03-01  end
            ended       2     expired    2025-03-01  no           null        null
            silent      1     exempted   2025-01-01  partly       2025-04-02  exemption_ends
        """,
        core_register_end="last_day\n2025-06-01",
    )
    assert found == ["end 1 1 1", "exemption_ends 1 0 0", "pause_ends 1 1 0", "start 2 2 1"]


def test_the_shipped_register_gives_what_a_simple_reading_of_its_file_gives(snapshot):
    with (ROOT / "seeds" / "measures.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    end = date.fromisoformat(max(max(row["state_date"], row["last_confirmed"]) for row in rows))
    for state, days in ((state, days) for state in ("announced", "threatened", "paused") for days in (30, 90, 365)):
        n = reached = 0
        for place, row in enumerate(rows):
            began = date.fromisoformat(row["state_date"])
            if (row["state"], row["is_in_force"]) != (state, "no") or began + timedelta(days) > end:
                continue
            later = [
                date.fromisoformat(other["state_date"])
                for other in rows[place + 1 :]
                if other["measure_id"] == row["measure_id"] and other["is_in_force"] != "no"
            ]
            n += 1
            reached += bool(later) and min(later) <= began + timedelta(days)
        found = snapshot.execute(
            "select n, n_reached from measure_fates where instrument = 'all' and state = ? and within_days = ?", [state, days]
        ).fetchone()
        assert found == (n, reached)
        assert n >= 20  # else the figures of all kinds say nothing either


@pytest.mark.parametrize(("counted", "of_all"), [(38, 101), (0, 6), (6, 6), (1, 2), (150, 151)])
def test_wilsons_interval_is_that_of_statsmodels(snapshot, counted, of_all):
    from statsmodels.stats.proportion import proportion_confint

    ((low, high),) = snapshot.execute(
        "select w.low, w.high from (select wilson(?, ?, 1.96 * 1.96) as w)", [counted, of_all]
    ).fetchall()
    # it takes 1.959964 for 1.96
    assert (low / 100, high / 100) == pytest.approx(proportion_confint(counted, of_all, method="wilson"), abs=2e-5)


def test_wilsons_interval_of_none_is_none():
    with duckdb.connect() as connection:
        sql = (ROOT / "queries" / "macros" / "wilson.sql").read_text(encoding="utf-8").split("*/", 1)[1]
        connection.execute(f"create macro wilson(for_counted, for_all, for_kappa) as ({sql})")
        assert connection.execute("select wilson(0, 0, 3.84)").fetchone() == (None,)
