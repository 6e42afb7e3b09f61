"""What must hold of any events, tried on generated ones that run through the real queries. Names carry the number of METHOD 9."""

import math
import os
from datetime import date, timedelta
from itertools import pairwise

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilateral import package_data
from bilateral.compute.runner import Runner
from material import know_seeds
from mill import READ, rebuild

FIRST = date(2020, 1, 1)
CODES = {"042": 1.9, "051": 3.4, "057": 8.0, "112": -2.0, "163": -8.0, "070": 7.0}
MUTUAL = {"042", "057"}
ACTS = st.lists(
    st.tuples(st.integers(0, 400), st.sampled_from(sorted(CODES)), st.booleans(), st.sampled_from(["trade", "migration"])),
    min_size=1,
    max_size=30,
)
EXAMPLES = int(os.environ.get("EXAMPLES", 4))
"""How many sets of acts each property is tried on; `make test-long` tries fifty."""
TRIES = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


ASKED = [*READ, "main.indicator_day", "main.dyad_day"]


class Mill:
    """mill(acts) runs acts (day number, code, whether the US acts, domain) through the queries; gives a connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection):
        know_seeds(connection)
        self.connection = connection
        self.runner = Runner(connection, package_data.folder("queries"))
        self.runner.make_kept()
        self.runner.build()
        self.runner.make_macros()

    def __call__(self, acts: list[tuple]) -> duckdb.DuckDBPyConnection:
        self.fill(acts)
        self.again()
        return self.connection

    def again(self) -> None:
        """What the tests ask of, made of what lies in the loader's table now."""
        rebuild(self.runner, ASKED)

    def fill(self, acts: list[tuple]) -> None:
        self.connection.execute("delete from raw.reports")
        for number, (day, code, us_acts, domain) in enumerate(acts):
            source, target = ("USA", "MEX") if us_acts else ("MEX", "USA")
            event_day = FIRST + timedelta(days=day)
            self.connection.execute(
                "insert into raw.reports (report_id, dataset, source_event_id, event_day, added_at, source_country, target_country, code, domain_given)"
                " values (?, 'chronology', ?, ?, ?, ?, ?, ?, ?)",
                [f"r{number}", f"e{number}", event_day, event_day, source, target, code, domain],
            )


@pytest.fixture(scope="module")
def mill():
    with duckdb.connect() as connection:
        yield Mill(connection)


def balances(connection, dyad: str = "MEX-USA") -> dict[date, tuple]:
    rows = connection.execute(
        "select day, balance, balance_low, balance_high, evidence, state from indicator_day where dataset = 'chronology' and dyad = ?",
        [dyad],
    ).fetchall()
    return {day: tuple(rest) for day, *rest in rows}


@TRIES
@given(acts=ACTS)
def test_9_2_a_balance_stays_between_its_ends_and_inside_its_band(mill, acts):
    """These acts go through every query, those of the statistics too."""
    mill.fill(acts)
    mill.runner.build()
    for balance, low, high, _, state in balances(mill.connection).values():
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
    if before[day][0] is not None and after[day][0] is not None:  # one happening that outweighs the others may leave too few
        assert after[day][0] >= before[day][0] - 1e-9


@TRIES
@given(acts=ACTS)
def test_9_3_weights_of_what_each_did_alone_and_of_mutual_acts_add_up_to_the_pair(mill, acts):
    connection = mill(acts)
    sums = dict(connection.execute("select dyad, sum(n) from dyad_day where domain = 'all' group by dyad").fetchall())
    mutual = sum(code in MUTUAL for _, code, *_ in acts)
    assert sums["MEX-USA"] == len(acts)
    assert sums.get("MEX>USA", 0) + sums.get("USA>MEX", 0) == len(acts) - mutual


@TRIES
@given(acts=ACTS, h=st.sampled_from([7, 90]), mutual=st.sampled_from(["apart", "both", "coded", "none"]))
def test_9_3_a_ledger_sums_to_the_value_and_what_moved_it_to_the_change(mill, acts, h, mutual):
    connection = mill(acts)
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
            changed = (
                f"select change, half_width from changed({keys}, date '{rows[0][0]}', date '{day}', for_mutual := '{mutual}')"
            )
            change, half_width = connection.execute(changed).fetchone()
            assert math.isclose(change, balance - rows[0][1], abs_tol=1e-9)
            assert (half_width < 1e-3) == (day == rows[0][0])


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
def test_9_6_without_new_events_evidence_stays_the_band_widens_and_the_state_never_rises(mill, acts):
    last = max(day for day, *_ in acts)
    first = min(day for day, *_ in acts)
    connection = mill(acts)
    found = balances(connection)
    assert len(found) == last - first + 1
    errors = "select day, balance_variance from indicators.balance where dataset = 'chronology' and dyad = 'MEX-USA'"
    variance = dict(connection.execute(errors).fetchall())
    eventful = {FIRST + timedelta(days=day) for day, *_ in acts}
    days = sorted(found)
    order = ["too few", "partial", "thin", "ok"]
    for yesterday, today in pairwise(days):
        if today not in eventful:
            assert math.isclose(found[today][3], found[yesterday][3], rel_tol=1e-9)
            assert variance[today] > variance[yesterday]
            if "partial" not in (found[today][4], found[yesterday][4]):
                assert order.index(found[today][4]) <= order.index(found[yesterday][4])


@TRIES
@given(acts=ACTS)
def test_evidence_is_at_most_the_happenings_and_one_page_is_at_most_one(mill, acts):
    connection = mill(acts)
    n = connection.execute("select count(distinct happening) from core.happenings where dyad = 'MEX-USA'").fetchone()[0]
    assert all(evidence <= n + 1e-9 for _, _, _, evidence, _ in balances(connection).values())
    connection.execute("update raw.reports set url = 'https://example.org/one-page'")
    connection.execute("update raw.reports set event_day = date '2020-01-01' + (day(event_day) % 9)::integer")
    mill.again()
    found = balances(connection)
    assert found
    for balance, _, _, evidence, state in found.values():
        assert evidence <= 1
        assert (balance, state) == (None, "too few")


@TRIES
@given(acts=ACTS, h=st.sampled_from([7, 90]))
def test_the_parts_of_a_balance_sum_to_it_in_every_grouping(mill, acts, h):
    connection = mill(acts)
    rows = connection.execute(
        f"select day, balance, intensity from series('chronology', 'MEX-USA', 'all', {h}) where balance is not null order by day"
    ).fetchall()
    for day, *values in rows[:: max(len(rows) // 3, 1)]:
        for indicator, value in zip(("balance", "intensity"), values, strict=True):
            parts = f"contributions('chronology', 'MEX-USA', 'all', {h}, '{indicator}', date '{day}')"
            for grouping in ("doer", "is_deed", "domain"):
                sums = connection.execute(
                    f"select sum(part) from (select sum(contribution) as part from {parts} group by {grouping})"
                )
                assert math.isclose(sums.fetchone()[0], value, abs_tol=1e-9)


@TRIES
@given(acts=ACTS, h=st.sampled_from([7, 30, 365]))
def test_a_decayed_sum_equals_the_sum_by_hand_over_any_gap(mill, acts, h):
    """Sixty years in one series: blocks of 400 half-lives must not show."""
    far = [*acts, (60 * 365, "112", True, "trade")]
    connection = mill(far)
    happening = dict(connection.execute("select story, happening from core.happenings").fetchall())
    rows = connection.execute(f"select day, evidence from series('chronology', 'MEX-USA', 'all', {h})").fetchall()
    for day, evidence in rows[:: max(len(rows) // 40, 1)] + rows[-1:]:
        weights: dict[str, float] = {}
        for number, act in enumerate(far):
            age = (day - FIRST).days - act[0]
            if age >= 0:
                weights[happening[f"e{number}"]] = weights.get(happening[f"e{number}"], 0.0) + 2 ** (-age / h)
        whole = math.fsum(weights.values())
        by_hand = whole**2 / math.fsum(weight**2 for weight in weights.values()) if whole > 1e-60 else 0
        assert math.isclose(evidence, by_hand, rel_tol=1e-9, abs_tol=1e-9)
