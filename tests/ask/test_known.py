"""What was known on an earlier day equals what a full build makes of the reports published by then (METHOD 9.5 and what it stands for)."""

from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilateral.ask import catalogue, coverage, time_series
from material import same_rows
from mill import FIRST, LAST, READ, REPORT, TRIES, fill, mill, rebuild

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
    rebuild(mill, READ)
    told = [
        rows(connection, f"series_as_of('gdelt', '{dyad}', '{domain}', {h}, date '{as_of}', for_compared := {compared})")
        for dyad, domain, h, compared in ASKED
    ]
    forget(connection, as_of)
    rebuild(mill, READ)
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
    rebuild(mill, READ)
    for dyad, domain, h, compared in ASKED:
        known = rows(connection, f"series_as_of('gdelt', '{dyad}', '{domain}', {h}, date '{newest}', for_compared := {compared})")
        plain = rows(connection, f"series('gdelt', '{dyad}', '{domain}', {h}, for_compared := {compared})")
        assert same_rows(known, plain)


MEXICO, CANADA = ("USA", "MEX"), ("USA", "CAN")
CHANGES = {
    "a report on time": ([(1, 5, 0, "042", MEXICO, "a", 1), (2, 5, 2, "112", MEXICO, "b", 1)], [], 7),
    "a back-dated one that joins nothing": ([(1, 5, 0, "042", MEXICO, "a", 1), (2, 5, 30, "112", MEXICO, "b", 1)], [], 5),
    "a back-dated one of the same act": ([(1, 5, 0, "042", MEXICO, "a", 1), (2, 5, 30, "042", MEXICO, "b", 1)], [], 5),
    "the same, which was mentioned": ([(1, 5, 0, "042", MEXICO, "a", 1), (2, 5, 30, "042", MEXICO, "b", 1)], [(2, 9)], 35),
    "the same page": ([(1, 5, 0, "042", MEXICO, "a", 1), (2, 5, 30, "112", MEXICO, "a", 1)], [], 35),
    "an id that another pair gets": ([(1, 5, 0, "042", MEXICO, "a", 1), (1, 5, 8, "112", CANADA, "b", 1)], [], 13),
    "a mention": ([(1, 5, 0, "042", MEXICO, "a", 1)], [(1, 20)], 20),
    "nothing but a back-dated one": ([(1, 5, 9, "042", MEXICO, "a", 1)], [], None),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_day_is_known_as_it_is_since_the_last_that_changes_it_came(mill, what):
    reports, mentions, last = CHANGES[what]
    fill(mill.connection, reports, mentions)
    rebuild(mill, ["core.known_since"])
    found = mill.connection.execute("select known_since from core.known_since where dyad = 'MEX-USA'").fetchall()
    assert found == ([] if last is None else [(FIRST + timedelta(last),)])


def test_a_page_asks_for_an_earlier_day_by_its_scope(warehouse):
    as_of = date(2025, 3, 28)
    first, last = coverage.span(warehouse, "chronology", "MEX-USA", as_of)
    assert (first, last) == (coverage.span(warehouse, "chronology", "MEX-USA")[0], as_of)
    assert coverage.span(warehouse, "chronology", "MEX-USA", date(1999, 1, 1)) is None
    now = catalogue.lists(warehouse).scope("chronology", "MEX-USA", "trade", 30)
    then = catalogue.lists(warehouse).scope("chronology", "MEX-USA", "trade", 30, as_of)
    standing, known = (
        time_series.standing_of(warehouse, [now], as_of)[now.dyad],
        time_series.standing_of(warehouse, [then], as_of)[then.dyad],
    )
    assert known["balance"] == pytest.approx(standing["balance"], abs=1e-9)
    series = time_series.series(warehouse, then, "week", date(2025, 1, 1), date(2025, 12, 31))
    assert series["day"].max().date() == as_of
    assert set(series["as_of"].dt.date) == {as_of}
    assert set(series["is_reconstruction"]) == {True}
