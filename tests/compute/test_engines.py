"""METHOD 9.8: another engine gives the same rows to 1e-9. From credits to series, each query file as it stands, carried into SQLite by sqlglot.

SQLite shares no code with DuckDB, knows neither its types nor its shortcuts, and comes with Python. It gets as functions of plain Python what
it lacks: median, median deviation and the rank in a moving window. Days come from core.calendar, whose list of days SQL has no common form for.
"""

import sqlite3
from bisect import bisect_left, insort
from collections.abc import Callable
from datetime import date
from statistics import median

import duckdb
import pytest
import sqlglot
from sqlglot.optimizer.qualify import qualify

from conftest import empty_house

PAIRS = ("MEX-USA", "CAN-USA", "COL-USA")
MORE_PAIRS = (*PAIRS, "CHN-USA", "SLV-USA")
AS_OF_JOIN = "asof left join running on reading.series_no = running.series_no and reading.day >= running.day"
JOIN_WITH_NEWEST = """left join running on reading.series_no = running.series_no and running.day = (
    select max(earlier.day) from running as earlier where earlier.series_no = reading.series_no and earlier.day <= reading.day
)"""
"""What the join as of a day is where an engine has none."""
GIVEN = ("core.credits", "core.calendar", "staging.dyad_keys", "staging.datasets", "staging.method")
"""Tables that both engines start from."""


MOVING_RANK = "rank(order by balance nulls last) over past - 1"


def carried(sql: str, schema: dict) -> str:
    """A SELECT of DuckDB as SQLite reads it: stars and names of the same SELECT are written out first, as nobody else knows these."""
    sql = sql.replace(MOVING_RANK, "lower_ones(balance) over past").replace(AS_OF_JOIN, JOIN_WITH_NEWEST)
    tree = qualify(
        sqlglot.parse_one(sql, dialect="duckdb"), dialect="duckdb", schema=schema, identify=False, quote_identifiers=False
    )
    return tree.sql(dialect="sqlite")


class Moving:
    """A function of the values in a moving window."""

    def __init__(self, function: Callable[[list[float]], float]):
        self.values: list[float] = []
        self.function = function

    def step(self, value: float | None, *_: float) -> None:
        self.values += [] if value is None else [value]

    def inverse(self, value: float | None, *_: float) -> None:
        if value is not None:
            self.values.remove(value)

    def value(self) -> float | None:
        return self.function(self.values) if self.values else None

    finalize = value


def deviation(values: list[float]) -> float:
    """The median distance from the median."""
    middle = median(values)
    return median(abs(value - middle) for value in values)


class Lower:
    """How many values of a window that only grows are lower than its last one."""

    def __init__(self) -> None:
        self.values: list[float] = []
        self.last: float | None = None

    def step(self, value: float | None) -> None:
        self.last = value
        if value is not None:
            insort(self.values, value)

    def inverse(self, value: float | None) -> None:
        raise AssertionError("the window does not begin at the first row")

    def value(self) -> int:
        return 0 if self.last is None else bisect_left(self.values, self.last)

    finalize = value


@pytest.fixture
def files(queries) -> list:
    """Every file from credits to series, in order."""
    wanted = [
        query
        for query in queries.values()
        if query.name in ("core.counted_credits", "core.story_day", "core.dyad_day") or query.layer == "indicators"
    ]
    assert len(wanted) > 15
    return wanted


def start(snapshot, queries, pairs: tuple[str, ...], first_day: date) -> duckdb.DuckDBPyConnection:
    """A DuckDB with the given tables, of a few pairs and years."""
    connection = empty_house()
    keys = snapshot.execute("select dyad from staging.dyad_keys where list_contains($1, pair)", [pairs]).fetchall()
    dyads = [dyad for (dyad,) in keys]
    chosen = {
        "core.credits": f"where dataset = 'chronology' and list_contains({dyads}, dyad) and day >= date '{first_day}'",
        "core.calendar": f"where dataset = 'chronology' and list_contains({dyads}, dyad) and day >= date '{first_day}'",
        "staging.dyad_keys": f"where list_contains({dyads}, dyad)",
        "staging.datasets": "where dataset = 'chronology'",
    }
    for name in GIVEN:
        rows = snapshot.execute(f"from {name} {chosen.get(name, '')}").df()
        columns = ", ".join(f"{column.name}::{column.type} as {column.name}" for column in queries[name].columns)
        connection.register("given", rows)
        connection.execute(f"create table {name} as select {columns} from given")
        connection.unregister("given")
    return connection


@pytest.mark.parametrize(
    ("pairs", "first_day"),
    [(PAIRS, date(2024, 7, 1)), pytest.param(MORE_PAIRS, date(2023, 1, 1), marks=pytest.mark.long)],
    ids=["three pairs", "five pairs"],
)
def test_9_8_another_engine_gives_the_same_rows(snapshot, queries, files, pairs, first_day):
    schema: dict[str, dict] = {}
    for query in queries.values():
        layer, _, table = query.name.partition(".")
        schema.setdefault(layer, {})[table] = {column.name: column.type for column in query.columns}
    duck, lite = start(snapshot, queries, pairs, first_day), sqlite3.connect(":memory:")
    for layer in ("core", "staging", "indicators"):
        lite.execute(f"attach ':memory:' as {layer}")
    lite.create_window_function("mad", 1, lambda: Moving(deviation))
    lite.create_window_function("lower_ones", 1, Lower)
    lite.create_window_function("percentile_cont", 2, lambda: Moving(median))  # what sqlglot makes of median
    lite.create_function("starts_with", 2, lambda text, beginning: text.startswith(beginning))
    lite.create_function("dayofweek_iso", 1, lambda day: date.fromisoformat(day).isoweekday())
    for name in GIVEN:
        rows = duck.execute(f"from {name}").fetchall()
        columns = [column.name for column in queries[name].columns]
        lite.execute(f"create table {name} ({', '.join(columns)})")
        lite.executemany(f"insert into {name} values ({', '.join('?' * len(columns))})", [list(map(stored, row)) for row in rows])
    worst, compared = 0.0, 0
    for query in files:
        duck.execute(f"create table {query.name} as {query.sql}")
        lite.execute(f"create table {query.name} as {carried(query.sql, schema)}")
        keys = ", ".join(query.grain)
        one = duck.execute(f"select * from {query.name} order by {keys}").fetchall()
        other = lite.execute(f"select * from {query.name} order by {keys}").fetchall()
        assert len(one) == len(other), query.name
        for expected, found in zip(one, other, strict=True):
            for column, left, right in zip(query.columns, map(stored, expected), found, strict=True):
                if isinstance(left, float) and right is not None:
                    error = abs(left - right) / max(1.0, abs(left))
                    assert error < 1e-9, (query.name, column.name, expected, found)
                    worst = max(worst, error)
                else:
                    assert left == right, (query.name, column.name, expected, found)
        compared += len(one)
    print(f"SQLite against DuckDB: {len(files)} files, {compared:,} rows, largest difference {worst:.1e}")
    assert compared > 100_000


def stored(value: object) -> object:
    """As SQLite keeps it: days as text, true as 1."""
    return value.isoformat() if isinstance(value, date) else int(value) if isinstance(value, bool) else value
