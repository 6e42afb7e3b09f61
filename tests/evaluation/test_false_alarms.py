"""Tension and change points ring seldom where nothing happens, and find what was planted: in made worlds, by the shipped formulas."""

import numpy as np
import pytest

from bilateral.evaluation import false_alarms
from bilateral.evaluation.worlds import method_constants, seed
from bilateral.figures import scales
from material import ROOT

COMMITTED = seed("false_alarms.csv")
INDEPENDENT, WANDERING = false_alarms.WORLDS[0], false_alarms.WORLDS[5]


@pytest.mark.parametrize(("dyad", "half_life"), [("MEX-USA", 90), ("CAN-USA", 90), ("USA>MEX", 90)])
def test_the_simulated_tension_is_the_one_of_the_tables(snapshot, dyad, half_life):
    rows = snapshot.execute(
        """
        select indicator_day.tension, coalesce(dyad_day.friction, 0) as friction, coalesce(dyad_day.friction + dyad_day.cooperation, 0) as points,
            coalesce(dyad_day.n, 0) as n, coalesce(dyad_day.n_n, 0) as n_n
        from indicator_day left join dyad_day using (dataset, dyad, domain, day)
        where dataset = 'chronology' and dyad = ? and domain = 'all' order by day
        """,
        [dyad],
    ).fetchnumpy()
    sums = [rows[name][None, :] for name in ("friction", "points", "n", "n_n")]
    simulated = false_alarms.tension(*sums[:3], half_life, sums[3])[0]
    shipped = np.ma.filled(rows["tension"].astype(float), np.nan)
    assert np.isfinite(shipped).sum() > 1500
    assert np.allclose(shipped, simulated, atol=1e-9, equal_nan=True)


def test_the_constants_of_the_simulation_are_those_of_the_method():
    assert pytest.approx(method_constants()["z"] ** 2) == false_alarms.KAPPA
    assert scales.SCALES["tension"].line == false_alarms.LINE
    assert f"up to {false_alarms.LINE}" in (ROOT / "queries" / "indicators" / "tension.sql").read_text(encoding="utf-8")


def test_the_committed_table_holds_the_promise_in_every_cell():
    """At most 5 % of days above the line, changes in at most 10 % of series: in each world, rate and density."""
    shares = {name: [] for name in ("tension", "change points")}
    for row in COMMITTED:
        shares[row["indicator"]].append(int(row["n_alarms"]) / max(int(row["n_judged"]), 1))
    print(
        "\n"
        + false_alarms.summary([row | {"n_alarms": int(row["n_alarms"]), "n_judged": int(row["n_judged"])} for row in COMMITTED])
    )
    assert max(shares["tension"]) <= 0.05
    assert max(shares["change points"]) <= 0.10
    assert {row["world"] for row in COMMITTED} == {world.name for world in false_alarms.WORLDS}
    assert all(row["world"].startswith("made: ") for row in COMMITTED)


def test_cells_made_anew_are_those_of_the_table():
    """Two cells of each indicator, drawn as the command draws them."""
    for world, denser in ((INDEPENDENT, 1), (WANDERING, 7)):
        values = false_alarms.tension(*false_alarms.daily(false_alarms.made(world, 60, 40, denser)), 90)
        judged = values[np.isfinite(values)]
        assert kept("tension", world, "90", 60, denser) == (len(judged), int((judged > false_alarms.LINE).sum()))
        rung = [bool(found) for found, _ in false_alarms.searched(false_alarms.made(world, 15, 100, denser))]
        assert kept("change points", world, "", 15, denser) == (len(rung), sum(rung))


def kept(indicator, world, window, rate, denser):
    (row,) = (
        row
        for row in COMMITTED
        if (row["indicator"], row["world"], row["window_days"]) == (indicator, world.name, window)
        and (int(row["stories_a_year"]), int(row["denser"])) == (rate, denser)
    )
    return int(row["n_judged"]), int(row["n_alarms"])


def test_worlds_that_the_method_never_saw_ring_as_seldom():
    """A memory between those of the table, bursts that are larger, another density."""
    for world in (false_alarms.World("made: 40 days", memory=40), false_alarms.World("made: bursts of 6 in ten days", 6, 10)):
        values = false_alarms.tension(*false_alarms.daily(false_alarms.made(world, 100, 20, 4)), 90)
        assert np.mean(values[np.isfinite(values)] > false_alarms.LINE) <= 0.05
        rung = [bool(found) for found, _ in false_alarms.searched(false_alarms.made(world, 12, 60, 4))]
        assert np.mean(rung) <= 0.10


def test_steps_are_found_more_often_the_larger_they_are():
    found = {
        (row["world"], int(row["n_stories"]), int(row["size"])): int(row["n_found"]) / int(row["n_draws"])
        for row in seed("power.csv")
    }
    for world in (INDEPENDENT.name, WANDERING.name):
        for stories in (60, 150, 400):
            shares = [found[world, stories, size] for size in (0, 50, 100, 150)]
            assert shares == sorted(shares)
            assert shares[0] <= 0.05
    assert found[INDEPENDENT.name, 150, 100] >= 0.9
    assert found[WANDERING.name, 400, 100] >= 0.8


@pytest.mark.parametrize("world", [INDEPENDENT, WANDERING], ids=["independent", "wandering"])
def test_a_doubling_of_curation_leaves_tension_flat(world):
    """The level of tension before and after the list becomes twice as dense, and where it is added to a list that is there."""
    values = false_alarms.tension(*false_alarms.daily(false_alarms.made(world, 60, 60, 2)), 90)
    before, after = values[:, 1500:2190], values[:, 2190:3000]
    print(f"\n{world.name}: mean tension {np.nanmean(before):+.2f} before the doubling, {np.nanmean(after):+.2f} after")
    assert abs(np.nanmean(after) - np.nanmean(before)) <= 0.15
    assert np.mean(after[np.isfinite(after)] > false_alarms.LINE) <= 0.05


def test_every_act_of_the_record_told_twice_from_a_day_on_moves_tension_nowhere(run_model):
    """By the shipped SQL: the same acts at twice the density, so that not one sum stays as it was."""

    def tensions(times: int) -> list[float]:
        days = [f"1  x  MEX-USA  all  90  2020-01-01  {day}  true  ok  3.8416" for day in range(1500)]
        days = [line.replace("2020-01-01", str(np.datetime64("2020-01-01") + day)) for day, line in enumerate(days)]
        sums = []
        for day in range(0, 1500, 15):
            told = times if day >= 1080 else 1
            friction, cooperation = (4 * told, 3 * told) if day % 2 else (2 * told, 5 * told)
            sums.append(
                f"x  MEX-USA  all  {np.datetime64('2020-01-01') + day}  0  {friction}  {cooperation}  {2 * told}  {2 * told}"
            )
        rows = run_model(
            "indicators.tension",
            columns=("day", "tension"),
            indicators_friction="\n".join(
                ["series_no  dataset  dyad  domain  half_life_days  day  day_no  is_read  state  kappa", *days]
            ),
            core_dyad_day="\n".join(["dataset  dyad  domain  day  lag  friction  cooperation  n  n_n", *sums]),
        )
        return [float(line.split()[1]) for line in rows[1090:] if not line.endswith("null")]

    once, twice = tensions(1), tensions(2)
    assert len(once) == len(twice) > 300
    assert max(abs(one - other) for one, other in zip(once, twice, strict=True)) < 0.2
