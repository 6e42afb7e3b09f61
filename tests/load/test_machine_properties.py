"""What must hold of machine-coded reports whose days were not all read (METHOD 9.6, 9.7)."""

import math

from hypothesis import given
from hypothesis import strategies as st
from tests.ask.test_known import FIRST, LAST, REPORT, TRIES, fill, mill, rebuild

__all__ = ["mill"]

SERIES = "from series('gdelt', 'MEX-USA', 'all', 30) order by day"


@TRIES
@given(reports=st.lists(REPORT, min_size=5, max_size=40))
def test_9_7_a_day_not_read_is_never_a_zero_and_a_read_day_without_events_is(mill, reports):
    fill(mill.connection, [(0, 0, 0, "042", ("USA", "MEX"), "visit", 1), *reports], [])
    rebuild(mill, ["indicators.series"])
    rows = mill.connection.execute(f"select day, state, n_events, balance, cooperation, friction, volume {SERIES}").fetchall()
    assert len(rows) >= LAST - 1
    for day, state, n_events, balance, *amounts in rows:
        is_read = (day - FIRST).days % 10 != 9
        assert (state == "not read") == (not is_read)
        assert [amount is None for amount in amounts] == [not is_read] * 3
        assert is_read or balance is None
        assert n_events >= 0


@TRIES
@given(reports=st.lists(REPORT, min_size=5, max_size=40), which=st.integers(0, 39))
def test_9_6_a_second_report_of_a_known_story_raises_the_evidence_by_nothing(mill, reports, which):
    reports = [(number, *report[1:]) for number, report in enumerate(reports)]  # each an id of its own
    again = (len(reports), *reports[which % len(reports)][1:])
    found = []
    for given_reports in (reports, [*reports, again]):
        fill(mill.connection, given_reports, [])
        rebuild(mill, ["indicators.series"])
        found.append(mill.connection.execute(f"select day, evidence {SERIES}").fetchall())
    assert [day for day, _ in found[0]] == [day for day, _ in found[1]]
    assert all(math.isclose(one, other, abs_tol=1e-9) for (_, one), (_, other) in zip(*found, strict=True))
