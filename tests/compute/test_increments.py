"""METHOD 9.4: tables that grew with the days that changed are those of a full rebuild, exact in counts, 1e-9 in floats."""

import random
from datetime import datetime, timedelta

import duckdb
import pytest

from bench import gdelt_day
from bilateral import package_data
from bilateral.compute import increments
from bilateral.compute.queries import QueryError, read_layers
from bilateral.compute.runner import Runner
from bilateral.exits import Exit, Stop
from material import act, same, write_csv, write_lines

SEEDS = 2


def tables(house) -> dict[str, list[tuple]]:
    """Every row of every table that a build makes, from the work database."""
    names = [query.name for query in read_layers(package_data.folder("queries")).values() if query.built in ("table", "computed")]
    with duckdb.connect(str(house.data / "work.duckdb"), read_only=True) as connection:
        return {name: connection.execute(f"from {name} order by all").fetchall() for name in names}


def exports(folder, chance: random.Random) -> list:
    """Nine files of three days a week apart: rows a week back fall on days that were read before, or are read later."""
    first = datetime(2025, 3, chance.randrange(10, 20))
    days = [first, first + timedelta(days=7), first + timedelta(days=14)]
    return [path for n, day in enumerate(days) for path in gdelt_day.day_of_exports(folder, day, 450, files=3, seed=n)]


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, SEEDS))])
def test_9_4_any_order_of_any_new_files_gives_the_tables_of_a_full_rebuild(house, tmp_path, monkeypatch, seed):
    chance = random.Random(seed)
    full_builds = []
    build = Runner.build
    monkeypatch.setattr(Runner, "build", lambda runner, names=None: full_builds.append(names) or build(runner, names))
    files = exports(tmp_path / "in", chance)
    chance.shuffle(files)
    while files:
        n = chance.randrange(1, 5)
        taken, files = files[:n], files[n:]
        if chance.random() < 0.5:
            name = house.data / f"inbox/articles/{chance.randrange(2)}.csv"
            write_csv(name, [act(f"a{n}", day=f"2025-03-{chance.randrange(10, 29)}") for n in range(chance.randrange(1, 4))])
        assert house.refresh(coded=("gdelt", taken)).exit_code == 0
    assert None not in full_builds
    monkeypatch.setattr(increments, "SLICE", 2)
    grown = tables(house)
    assert len(grown["core.events"]) > 80
    house.refresh(full=True)  # in slices, of two reports or more
    sliced = tables(house)
    assert [name for name in grown if not same({name: sliced[name]}, {name: grown[name]})] == []
    with house.runner() as runner:
        runner.build()  # every SELECT as it stands
    plain = tables(house)
    assert [name for name in grown if not same({name: plain[name]}, {name: grown[name]})] == []


def test_a_repeated_report_is_found_when_its_day_is_built(house):
    house.refresh()
    with house.runner() as runner:
        runner.connection.execute("insert into raw.reports select * from raw.reports where dataset = 'chronology' limit 1")
        with pytest.raises(QueryError, match=r"raw\.reports promises one row for each report_id, but repeats"):
            increments.Increment(runner, {"chronology": None}).build()


# ------------------------------------------------------------------ what changed in an event, and what the user corrects


def test_a_correction_holds_through_refreshes_and_is_told_where_the_event_counts(house, tmp_path):
    write_csv(house.data / "inbox/articles/mine.csv", [act(name, code="163") for name in ("one", "two", "three")])
    house.refresh()
    before = house.rows("select event_id, field, old from revisions")
    corrections = write_lines(
        tmp_path / "corrections.csv",
        [
            "event_id,action,value,reason,who,at",
            "one,exclude,,it never happened,ana,2025-04-01",
            "two,recode,057,a treaty and no sanction,ana,2025-04-01",
            "three,domain,migration,it is about visas,ana,2025-04-02",
            "nobody,exclude,,there is no such act,ana,2025-04-02",
        ],
    )
    assert house.refresh(corrections=corrections).message != "nothing new"
    for _ in range(2):
        assert house.rows(
            "select event_id, code, kind, domain, domain_rule, is_excluded from events where summary like 'Act %' order by 1"
        ) == [
            ("one", "163", "material friction", "trade", "given by the source", True),
            ("three", "163", "material friction", "migration", "correction", False),
            ("two", "057", "verbal cooperation", "trade", "given by the source", False),
        ]
        assert house.refresh(corrections=corrections).message == "nothing new"
        house.refresh(corrections=corrections, full=True)
    ledger = (
        "from ledger('articles', 'MEX-USA', 'all', 90, 'balance', date '2025-03-28') where event_id in ('one', 'two', 'three')"
    )
    assert house.rows(f"select event_id, correction {ledger} order by 1") == [
        ("three", "domain migration: it is about visas (ana, 2025-04-02)"),
        ("two", "recode 057: a treaty and no sanction (ana, 2025-04-01)"),
    ]
    assert house.rows("select event_id, is_applied from corrections order by 1")[0] == ("nobody", False)
    revised = house.rows("select event_id, field, old, new, reason from revisions order by all")
    assert before == []
    assert ("one", "is_excluded", "false", "true", "correction") in revised
    assert ("two", "code", "163", "057", "correction") in revised
    assert {reason for *_, reason in revised} == {"correction"}
    house.refresh()  # without the file
    assert house.rows("select count(*) from events where is_excluded or correction is not null") == [(0,)]


def test_a_correction_that_says_nothing_stops_the_refresh(house, tmp_path):
    wrong = write_lines(
        tmp_path / "corrections.csv", ["event_id,action,value,reason,who,at", "one,recode,999,typing,ana,2025-04-01"]
    )
    outcome = house.refresh(corrections=wrong)
    assert outcome.exit_code == Exit.DATA
    assert "every correction says what to do: [('one', 'recode', '999')]" in outcome.message
    write_lines(wrong, ["event,what"])
    with pytest.raises(
        Stop, match=r"BILATERAL_CORRECTIONS names .* whose first line is 'event,what'; the header event_id,action"
    ):
        house.refresh(corrections=wrong)


def test_an_event_that_changes_says_what_and_why(house):
    file = write_csv(house.data / "inbox/articles/mine.csv", [act("one"), act("two")])
    house.refresh()
    write_csv(file, [act("one", code="043")])
    outcome = house.refresh()
    revised = house.rows("select event_id, field, old, new, reason, run_id from revisions order by all")
    assert ("one", "code", "042", "043", "recoded by its source", outcome.run_id) in revised
    assert [row[:5] for row in revised if row[0] == "two"] == [("two", "event", "there", "gone", "reports removed")]
