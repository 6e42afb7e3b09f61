"""The ledger sums to the value and what-moved-it to the change, on 200 random points, or 1,000 with the long tests."""

import random
from datetime import timedelta

import duckdb
import pytest

from bilateral.ask.warehouse import Warehouse, connect
from bilateral.publish import snapshots

SERIES = 40
DOMAINS = ("all", "all", "trade", "migration", "security", "diplomacy")


@pytest.fixture(scope="module")
def snapshot(published):
    with connect(snapshots.current(published)) as connection:
        yield connection


@pytest.fixture(scope="module", params=[200, pytest.param(1000, marks=pytest.mark.long)])
def points(request, snapshot: duckdb.DuckDBPyConnection) -> list[tuple]:
    """(dyad, domain, h, [(day, balance, intensity)]): so many values as the table macro gives them."""
    days = request.param // SERIES
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
        if len(rows) > days:
            chosen = chance.sample(rows, days)
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
    assert count == sum(len(chosen) for *_, chosen in points) >= 200
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
    assert count == sum(len(chosen) for *_, chosen in points) >= 200
    assert worst < 1e-9


def test_the_questions_of_a_page_give_the_same(published, points):
    dyad, domain, h, chosen = points[0]
    day, balance, _ = max(chosen)
    given = {"dataset": "chronology", "dyad": dyad, "domain": domain, "h": h, "indicator": "balance", "mutual": "apart"}
    asked = Warehouse(published)
    assert asked.ask("ledger", day=day, most=None, **given)["contribution"].sum() == pytest.approx(balance, abs=1e-9)
    between = {"from_day": day - timedelta(days=60), "to_day": day}
    groups, stories = asked.ask("moved", **between, **given), asked.ask("moved_stories", **between, **given)
    assert groups["moved"].sum() == pytest.approx(stories["moved"].sum(), abs=1e-9)
    assert (groups["new"] + groups["fading"] + groups["evidence"]).sum() == pytest.approx(groups["moved"].sum(), abs=1e-9)


def test_a_short_ledger_ends_in_one_row_for_all_other_events(snapshot):
    call = "ledger('chronology', 'MEX-USA', 'all', 90, 'balance', date '2025-03-28'{})"
    whole = snapshot.execute(f"select count(*), sum(contribution) from {call.format('')}").fetchone()
    rows = snapshot.execute(
        f"select event_id, n_events, contribution, summary from {call.format(', for_most := 5')} order by event_id nulls last"
    ).fetchall()
    assert len(rows) == 6
    assert (rows[-1][0], rows[-1][1], rows[-1][3]) == (None, whole[0] - 5, f"{whole[0] - 5} more events")
    assert sum(row[2] for row in rows) == pytest.approx(whole[1], abs=1e-9)
    listed = snapshot.execute(f"select count(*) from {call.format(f', for_most := {whole[0]}')}").fetchone()
    assert listed == (whole[0],)


def test_the_value_without_a_story_is_the_value_of_a_day_where_it_was_not_told(snapshot, points):
    """By hand, from the events of the pair: leave the story out, sum again."""
    worst = count = 0
    for dyad, domain, h, chosen in points[:10]:
        for day, *_ in chosen[:5]:
            rows = snapshot.execute(
                "select story, weight, sign, date_diff('day', day, $1) from core.counted_credits"
                f" where dataset = 'chronology' and dyad = '{dyad}' and day <= $1 and '{domain}' in ('all', domain)",
                [day],
            ).fetchall()
            told = snapshot.execute(
                f"select story, without_story from ledger('chronology', '{dyad}', '{domain}', {h}, 'balance', date '{day}')"
            ).fetchall()
            assert {story for story, _ in told} == {row[0] for row in rows if row[3] < 64 * h}  # older ones weigh less than 2^-64
            for story, without in told[:20]:
                kept = [(2 ** (-age / h) * weight, sign) for name, weight, sign, age in rows if name != story]
                by_hand = 100 * sum(c * sign for c, sign in kept) / (sum(c for c, _ in kept) + 1.96**2)
                worst = max(worst, abs(without - by_hand))
                count += 1
    print(f"without a story: {count} values, maximum error {worst:.1e}")
    assert count > 300
    assert worst < 1e-9


@pytest.mark.parametrize("most", [249, 2**63 - 1, 2**63, 2**100])
def test_more_rows_than_there_are_or_than_can_be_counted_are_all_of_them(snapshot, most):
    call = "select count(*), count(event_id) from ledger('chronology', 'MEX-USA', 'all', 90, 'balance', date '2025-03-28', for_most := {})"
    n_rows, n_events = snapshot.execute(call.format(most)).fetchone()
    assert n_rows == n_events == snapshot.execute(call.format("null")).fetchone()[0] == 249
