"""What must hold of any events, tried on generated ones that run through the real queries. Names carry the number of METHOD 9."""

import math
from datetime import date, timedelta
from itertools import pairwise

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from material import know_seeds

from dashboard import resources
from dashboard.runner import Runner

FIRST = date(2020, 1, 1)
CODES = {"042": 1.9, "051": 3.4, "057": 8.0, "112": -2.0, "163": -8.0, "070": 7.0}
MUTUAL = {"042", "057"}
ACTS = st.lists(
    st.tuples(st.integers(0, 400), st.sampled_from(sorted(CODES)), st.booleans(), st.sampled_from(["trade", "migration"])),
    min_size=1,
    max_size=30,
)
TRIES = settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def mill():
    """mill(acts) runs acts (day number, code, whether the US acts, domain) through every query; gives a connection."""
    connection = duckdb.connect()
    know_seeds(connection)
    runner = Runner(connection, resources.folder("queries"))
    runner.make_kept()

    def run(acts: list[tuple]) -> duckdb.DuckDBPyConnection:
        connection.execute("delete from raw.reports")
        for number, (day, code, us_acts, domain) in enumerate(acts):
            source, target = ("USA", "MEX") if us_acts else ("MEX", "USA")
            event_day = FIRST + timedelta(days=day)
            connection.execute(
                "insert into raw.reports (report_id, dataset, source_event_id, event_day, added_at, source_country, target_country, code, domain_given)"
                " values (?, 'chronology', ?, ?, ?, ?, ?, ?, ?)",
                [f"r{number}", f"e{number}", event_day, event_day, source, target, code, domain],
            )
        runner.build()
        return connection

    yield run
    connection.close()


def balances(connection, dyad: str = "MEX-USA") -> dict[date, tuple]:
    rows = connection.execute(
        "select day, balance, balance_low, balance_high, evidence, state from indicator_day where dataset = 'chronology' and dyad = ?",
        [dyad],
    ).fetchall()
    return {day: tuple(rest) for day, *rest in rows}


@TRIES
@given(acts=ACTS)
def test_9_2_a_balance_stays_between_its_ends_and_inside_its_band(mill, acts):
    for balance, low, high, _, state in balances(mill(acts)).values():
        assert (balance is None) == (state in ("too few", "not read"))
        if balance is not None:
            assert -100 <= low <= balance <= high <= 100


@TRIES
@given(acts=ACTS)
def test_9_2_every_act_of_friction_taken_as_cooperation_and_back_negates_the_balance(mill, acts):
    swap = {"051": "112", "112": "051", "070": "163", "163": "070"}
    plain = [act for act in acts if act[1] in swap] or [(0, "051", True, "trade")]
    before = balances(mill(plain))
    after = balances(mill([(day, swap[code], us, domain) for day, code, us, domain in plain]))
    for day, (balance, *_) in before.items():
        assert balance is None or math.isclose(balance, -after[day][0], abs_tol=1e-9)


@TRIES
@given(acts=ACTS)
def test_9_2_one_more_cooperative_event_never_lowers_the_balance(mill, acts):
    last = max(day for day, *_ in acts)
    before = balances(mill(acts))
    after = balances(mill([*acts, (last, "051", True, "trade")]))
    day = FIRST + timedelta(days=last)
    assert before[day][0] is None or after[day][0] >= before[day][0] - 1e-9


@TRIES
@given(acts=ACTS)
def test_9_3_weights_of_the_directions_add_up_to_the_pair_with_mutual_acts_once(mill, acts):
    connection = mill(acts)
    sums = dict(connection.execute("select dyad, sum(n) from dyad_day where domain = 'all' group by dyad").fetchall())
    mutual = sum(code in MUTUAL for _, code, *_ in acts)
    assert sums["MEX-USA"] == len(acts)
    assert sums.get("MEX>USA", 0) + sums.get("USA>MEX", 0) == len(acts) + mutual


@TRIES
@given(acts=ACTS, h=st.sampled_from([7, 90]), mutual=st.sampled_from(["both", "coded", "none"]))
def test_9_3_a_ledger_sums_to_the_value_and_what_moved_it_to_the_change(mill, acts, h, mutual):
    connection = mill(acts)
    Runner(connection, resources.folder("queries")).make_macros()
    for dyad in ("MEX-USA", "USA>MEX"):
        rows = connection.execute(
            f"select day, balance from series_mutual('chronology', '{dyad}', 'all', {h}, '{mutual}') where balance is not null order by day"
        ).fetchall()
        for day, balance in rows[:: max(len(rows) // 3, 1)]:
            keys = f"'chronology', '{dyad}', 'all', {h}, 'balance'"
            for most in ("null", "2"):
                ledger = (
                    f"select sum(contribution) from ledger({keys}, date '{day}', for_mutual := '{mutual}', for_most := {most})"
                )
                assert math.isclose(connection.execute(ledger).fetchone()[0], balance, abs_tol=1e-9)
            moved = f"select sum(moved) from moved({keys}, date '{rows[0][0]}', date '{day}', for_mutual := '{mutual}')"
            assert math.isclose(connection.execute(moved).fetchone()[0], balance - rows[0][1], abs_tol=1e-9)


@TRIES
@given(acts=ACTS)
def test_domains_add_up_to_all(mill, acts):
    connection = mill(acts)
    split = "select dyad, day, sum(s), sum(n), sum(g) from dyad_day where {} group by 1, 2 order by 1, 2"
    whole = connection.execute(split.format("domain = 'all'")).fetchall()
    parts = connection.execute(split.format("domain <> 'all'")).fetchall()
    assert [row[:2] for row in whole] == [row[:2] for row in parts]
    assert all(
        math.isclose(a, b, abs_tol=1e-9)
        for one, other in zip(whole, parts, strict=True)
        for a, b in zip(one[2:], other[2:], strict=True)
    )


@TRIES
@given(acts=ACTS, order=st.randoms(use_true_random=False))
def test_9_1_the_order_of_rows_changes_nothing(mill, acts, order):
    tables = "select * from dyad_day order by all"
    acts = [(day, code, us, domain) for day, code, us, domain in acts]
    before = mill(acts).execute(tables).fetchall()
    shuffled = list(acts)
    order.shuffle(shuffled)
    assert mill(shuffled).execute(tables).fetchall() == before


@TRIES
@given(acts=ACTS)
def test_9_6_without_new_events_evidence_fades_the_band_widens_and_a_read_day_stays_a_row(mill, acts):
    last = max(day for day, *_ in acts)
    first = min(day for day, *_ in acts)
    connection = mill(acts)
    found = balances(connection)
    assert len(found) == last - first + 1
    errors = "select day, balance_variance from indicators.balance where dataset = 'chronology' and dyad = 'MEX-USA'"
    variance = dict(connection.execute(errors).fetchall())
    eventful = {FIRST + timedelta(days=day) for day, *_ in acts}
    days = sorted(found)
    for yesterday, today in pairwise(days):
        if today not in eventful:
            assert found[today][3] < found[yesterday][3]
            assert variance[today] > variance[yesterday]


@TRIES
@given(acts=ACTS, h=st.sampled_from([7, 30, 365]))
def test_a_decayed_sum_equals_the_sum_by_hand_over_any_gap(mill, acts, h):
    """Sixty years in one series: blocks of 400 half-lives must not show."""
    far = [*acts, (60 * 365, "112", True, "trade")]
    connection = mill(far)
    runner = Runner(connection, resources.folder("queries"))
    runner.make_macros()
    rows = connection.execute(f"select day, evidence from series('chronology', 'MEX-USA', 'all', {h})").fetchall()
    for day, evidence in rows[:: max(len(rows) // 40, 1)] + rows[-1:]:
        ages = [(day - FIRST).days - act[0] for act in far if FIRST + timedelta(days=act[0]) <= day]
        weights = [2 ** (-age / h) for age in ages]
        by_hand = 1.5 * math.fsum(weights) ** 2 / math.fsum(weights) if any(weights) else 0
        assert math.isclose(evidence, by_hand, rel_tol=1e-9, abs_tol=1e-12)
