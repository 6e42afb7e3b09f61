"""What was known on an earlier day equals what a full build makes of the reports published by then (METHOD 9.5 and what it stands for)."""

from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from material import same_rows
from mill import FIRST, LAST, REPORT, TRIES, fill, mill

from dashboard import data

ASKED = [("MEX-USA", "all", 7, True), ("USA>MEX", "all", 30, True), ("MEX-USA", "trade", 90, False)]

mill = pytest.fixture(scope="module")(mill)


def forget(connection: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """Remove all that came after the end of a day."""
    after = as_of + timedelta(1)
    for table, column in (("reports", "added_at"), ("universe", "added_day"), ("mentions", "mentioned_at")):
        connection.execute(f"delete from raw.{table} where {column} >= ?", [after])


def rows(connection, call: str) -> list[tuple]:
    return connection.execute(
        f"select columns(lambda name: name not in ('as_of', 'is_reconstruction')) from {call} order by day"
    ).fetchall()


@TRIES
@given(
    reports=st.lists(REPORT, min_size=5, max_size=40),
    mentions=st.lists(st.tuples(st.integers(0, 12), st.integers(0, LAST)), max_size=8),
    known=st.integers(5, LAST - 1),
)
def test_what_was_known_equals_a_build_of_the_reports_published_by_then(mill, reports, mentions, known):
    connection, as_of = mill.connection, FIRST + timedelta(known)
    fill(connection, reports, mentions)
    mill.build(["indicators.series"])
    told = [
        rows(connection, f"series_as_of('gdelt', '{dyad}', '{domain}', {h}, date '{as_of}', for_compared := {compared})")
        for dyad, domain, h, compared in ASKED
    ]
    forget(connection, as_of)
    mill.build(["indicators.series"])
    built = [
        rows(connection, f"series('gdelt', '{dyad}', '{domain}', {h}, for_compared := {compared})")
        for dyad, domain, h, compared in ASKED
    ]
    assert [same_rows(one, other) for one, other in zip(told, built, strict=True)] == [True, True, True]


@TRIES
@given(reports=st.lists(REPORT, min_size=5, max_size=40))
def test_9_5_as_of_the_newest_day_equals_the_plain_value(mill, reports):
    connection, newest = mill.connection, FIRST + timedelta(LAST + 40)
    fill(connection, reports, [])
    mill.build(["indicators.series"])
    for dyad, domain, h, compared in ASKED:
        known = rows(connection, f"series_as_of('gdelt', '{dyad}', '{domain}', {h}, date '{newest}', for_compared := {compared})")
        plain = rows(connection, f"series('gdelt', '{dyad}', '{domain}', {h}, for_compared := {compared})")
        assert same_rows(known, plain)


def test_a_page_asks_for_an_earlier_day_by_its_scope(warehouse):
    as_of = date(2025, 3, 28)
    first, last = data.span(warehouse, "chronology", "MEX-USA", as_of)
    assert (first, last) == (data.span(warehouse, "chronology", "MEX-USA")[0], as_of)
    assert data.span(warehouse, "chronology", "MEX-USA", date(1999, 1, 1)) is None
    now = data.lists(warehouse).scope("chronology", "MEX-USA", "trade", 30)
    then = data.lists(warehouse).scope("chronology", "MEX-USA", "trade", 30, as_of)
    standing, known = data.standing(warehouse, now, as_of), data.standing(warehouse, then, as_of)
    assert known["balance"] == pytest.approx(standing["balance"], abs=1e-9)
    series = data.series(warehouse, then, "week", date(2025, 1, 1), date(2025, 12, 31))
    assert series["day"].max().date() == as_of
    assert set(series["as_of"].dt.date) == {as_of}
    assert set(series["is_reconstruction"]) == {True}
