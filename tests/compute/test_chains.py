"""Indicators are made anew of the datasets that changed, from the first other day on, and are those of a full rebuild."""

from datetime import datetime, time, timedelta

import duckdb
import pytest

from bench import gdelt_day, reports
from bilateral.compute import chains
from material import act, write_csv


@pytest.fixture
def made(monkeypatch) -> list[tuple]:
    """Dataset and first day of each build of series; nothing of one of all."""
    found: list[tuple] = []
    for name in ("build", "build_since"):
        making = getattr(chains, name)
        monkeypatch.setattr(
            chains, name, lambda runner, chain, *more, making=making: found.append(more) or making(runner, chain, *more)
        )
    return found


def work(house) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(house.data / "work.duckdb"), config={"storage_compatibility_version": "v1.5.0"})


def series(house) -> dict[tuple, tuple]:
    """Rows of machine-coded series by dyad and day."""
    with work(house) as connection:
        rows = connection.execute("select dyad, day, * from indicators.series where dataset = 'gdelt'").fetchall()
    return {row[:2]: row[2:] for row in rows}


def test_series_of_other_datasets_and_earlier_days_stay_as_they_are(house, made):
    write_csv(house.data / "inbox/articles/mine.csv", [act("one")])
    house.refresh()
    write_csv(house.data / "inbox/articles/more.csv", [act("two", day="2025-04-20")])
    house.refresh()
    assert [dataset for dataset, _ in made] == ["articles", "articles"]
    assert made[1][1] > made[0][1]
    with work(house) as connection:
        tables = connection.execute("select table_name from duckdb_tables() where schema_name = 'indicators'").fetchall()
    assert tables == [("series",)]


def test_a_new_day_after_eleven_years_makes_the_last_days_alone_and_as_a_full_rebuild(house, tmp_path, made):
    """With acts of two directions, one of which is silent for years: what has faded beyond numbers still tells how much it was."""
    with work(house) as connection:
        reports.fill(connection, 20_000)
        connection.execute("""
            delete from raw.reports where dataset = 'gdelt' and (
                least(source_country, target_country) <> 'MEX' or greatest(source_country, target_country) <> 'USA'
                or (source_country = 'MEX' and event_day > date '2016-01-01')
            )
        """)
    house.refresh(full=True)
    day = datetime.combine(reports.LAST_DAY, time()) + timedelta(days=1)
    house.refresh(coded=("gdelt", gdelt_day.day_of_exports(tmp_path / "in", day, 2_000)))
    grown = series(house)
    assert made[-1][0] == "gdelt"
    assert made[-1][1] > reports.LAST_DAY - timedelta(days=40)
    house.refresh(full=True)
    rebuilt = series(house)
    assert grown.keys() == rebuilt.keys()
    assert len(grown) > 10_000
    wrong = [
        (key, one, other) for key in grown for one, other in zip(grown[key], rebuilt[key], strict=True) if not alike(one, other)
    ]
    assert wrong == []


def alike(one: object, other: object) -> bool:
    return (
        one == pytest.approx(other, rel=1e-9, abs=1e-9) if isinstance(one, float) and isinstance(other, float) else one == other
    )
