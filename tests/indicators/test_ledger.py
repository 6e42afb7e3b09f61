"""The ledger sums to the value and what-moved-it to the change, on 1,000 random points."""

import random
from datetime import timedelta

import duckdb
import pytest

from dashboard import snapshots
from dashboard.refresh import refresh
from dashboard.warehouse import Warehouse, connect

POINTS, SERIES = 1000, 40
DOMAINS = ("all", "all", "trade", "migration", "security", "diplomacy")


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    data = tmp_path_factory.mktemp("ledger") / "data"
    assert refresh(data).exit_code == 0
    return data


@pytest.fixture(scope="module")
def snapshot(house):
    with connect(snapshots.current(house)) as connection:
        yield connection


@pytest.fixture(scope="module")
def points(snapshot: duckdb.DuckDBPyConnection) -> list[tuple]:
    """(dyad, domain, h, [(day, balance, intensity)]): the values as the table macro gives them."""
    chance = random.Random(20250328)
    sql = "select distinct dyad from indicator_day where dataset = 'chronology' and balance is not null order by all"
    dyads = [row[0] for row in snapshot.execute(sql).fetchall()]
    found: list[tuple] = []
    while len(found) < SERIES:
        dyad, domain, h = chance.choice(dyads), chance.choice(DOMAINS), chance.choice((7, 30, 90, 365))
        rows = snapshot.execute(
            "select day, balance, intensity "
            f"from series('chronology', '{dyad}', '{domain}', {h}) where balance is not null order by day"
        ).fetchall()
        if len(rows) > POINTS // SERIES:
            chosen = chance.sample(rows, POINTS // SERIES)
            found += [(dyad, domain, h, chosen)]
    return found


@pytest.mark.parametrize("indicator", ["balance", "intensity"])
def test_the_ledger_sums_to_the_value(snapshot, points, indicator):
    worst = count = 0
    for dyad, domain, h, chosen in points:
        for day, *values in chosen:
            (total,) = snapshot.execute(
                f"select sum(contribution) from ledger('chronology', '{dyad}', '{domain}', {h}, '{indicator}', date '{day}')"
            ).fetchone()
            worst = max(worst, abs(total - values[indicator == "intensity"]))
            count += 1
    print(f"ledger of {indicator}: {count} points, maximum error {worst:.1e}")
    assert count == POINTS
    assert worst < 1e-9


def test_what_moved_it_sums_to_the_change(snapshot, points):
    worst = count = 0
    for dyad, domain, h, chosen in points:
        for one, other in zip(chosen, chosen[1:] + chosen[:1], strict=True):
            (before, old, _), (after, new, _) = sorted((one, other))
            (total,) = snapshot.execute(
                "select sum(moved) "
                f"from moved('chronology', '{dyad}', '{domain}', {h}, 'balance', date '{before}', date '{after}')"
            ).fetchone()
            worst = max(worst, abs(total - (new - old)))
            count += 1
    print(f"what moved balance: {count} changes, maximum error {worst:.1e}")
    assert count == POINTS
    assert worst < 1e-9


def test_the_questions_of_a_page_give_the_same(house, snapshot, points):
    dyad, domain, h, chosen = points[0]
    day, balance, _ = max(chosen)
    given = {"dataset": "chronology", "dyad": dyad, "domain": domain, "h": h, "indicator": "balance"}
    asked = Warehouse(house)
    assert asked.ask("ledger", day=day, **given)["contribution"].sum() == pytest.approx(balance, abs=1e-9)
    between = {"from_day": day - timedelta(days=60), "to_day": day}
    groups, stories = asked.ask("moved", **between, **given), asked.ask("moved_stories", **between, **given)
    assert groups["moved"].sum() == pytest.approx(stories["moved"].sum(), abs=1e-9)
    assert (groups["new"] + groups["fading"] + groups["evidence"]).sum() == pytest.approx(groups["moved"].sum(), abs=1e-9)
