"""Bands hold what they promise, changes are found as often as the table says, and the simulation uses the shipped formulas."""

import csv
import zipfile
from io import TextIOWrapper
from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np
import pytest
from material import ROOT, false_alarms, write_lines

from dashboard import calibration, linkage, snapshots
from dashboard.queries import read
from dashboard.refresh import refresh
from dashboard.warehouse import connect

SHARED = ROOT.parent / "shared" / "data" / "gdelt-v2-export"
COVERAGE = [
    {name: value if name in ("indicator", "state") else float(value) for name, value in row.items()}
    for row in calibration.seed("band_coverage.csv")
]


@pytest.mark.parametrize("dyad", ["MEX-USA", "USA>MEX", "USA-VEN"])
@pytest.mark.parametrize("day", ["2019-06-07", "2025-03-28", "2026-01-31"])
def test_the_simulated_band_is_the_one_of_the_tables(snapshot, dyad, day):
    stories = snapshot.execute(
        "select s, n, g, date_diff('day', day, ?::date) as age from core.story_day where dataset = 'chronology' and dyad = ? and domain = 'all' and day <= ?",
        [day, dyad, day],
    ).fetchnumpy()
    decay = 2.0 ** (-stories["age"] / 90)
    values = np.column_stack([stories["s"], stories["n"], stories["g"]])
    columns = "evidence, balance, balance_low, balance_high, intensity, intensity_low, intensity_high"
    row = snapshot.execute(
        f"select {columns} from indicator_day where dataset = 'chronology' and dyad = ? and day = ?", [dyad, day]
    ).fetchone()
    constants = calibration.method_constants()
    simulated = (
        calibration.evidence(decay, values, constants),
        *calibration.band(decay, values, "balance", constants),
        *calibration.band(decay, values, "intensity", constants),
    )
    assert row == pytest.approx(simulated, abs=1e-9)


def test_bands_hold_the_value_as_often_as_promised():
    """600 draws a cell of the small rates and half-lives; `make test-long` runs all cells."""
    rows = calibration.band_coverage(calibration.sample(), rates=(0.5, 2, 5), half_lives=(7, 30, 90))
    print(f"\n{calibration.summary(rows)}")
    assert calibration.pooled(rows, "ok") >= 0.93
    assert calibration.worst(rows, "ok") >= 0.90
    assert calibration.pooled(rows, "thin") >= 0.90
    kept = {
        tuple(row[name] for name in ("indicator", "stories_a_day", "half_life_days", "state")): row["n_held"] for row in COVERAGE
    }
    assert all(kept[row["indicator"], row["stories_a_day"], row["half_life_days"], row["state"]] == row["n_held"] for row in rows)


def test_the_published_table_holds_the_promise_in_every_cell(snapshot):
    print(f"\n{calibration.summary(COVERAGE)}")
    assert calibration.pooled(COVERAGE, "ok") >= 0.93
    assert calibration.worst(COVERAGE, "ok") >= 0.90
    cells = snapshot.execute("select count(*), min(coverage) from band_coverage where state = 'ok' and n_draws = 600").fetchone()
    assert cells[0] >= 40
    assert cells[1] == pytest.approx(
        min(row["n_held"] / row["n_draws"] for row in COVERAGE if row["n_draws"] == 600 and row["state"] == "ok")
    )


def test_a_band_that_takes_every_event_for_independent_would_fail_this_test():
    """The check can fail: bands without the stories' own spread hold far less."""
    stories = calibration.sample()
    random = np.random.default_rng(1)
    truth = 100 * stories[:, 0].sum() / stories[:, 1].sum()
    constants = calibration.method_constants() | {"evidence_factor": 6.0}
    held = []
    for decay, drawn in calibration.histories(stories, 5, 30, 300, random):
        _, low, high = calibration.band(decay, drawn, "balance", constants)
        held.append(low <= truth <= high)
    assert np.mean(held) < 0.85


def test_the_power_table_is_what_the_search_gives_and_grows_with_stories_and_size(snapshot):
    fresh = calibration.power(lengths=(60,), sizes=(0, 75, 125))
    kept = {(int(row["n_stories"]), int(row["size"])): row for row in calibration.seed("power.csv")}
    for row in fresh:
        assert {name: int(value) for name, value in kept[row["n_stories"], row["size"]].items()} == row
    shares = snapshot.execute("select n_stories, list(share_found order by size) from power group by 1 order by 1").fetchall()
    assert all(found == sorted(found) for _, found in shares)
    assert all(found[0] <= 0.02 for _, found in shares)
    assert all(
        after >= before - 0.05 for (_, one), (_, two) in pairwise(shares) for before, after in zip(one[1:], two[1:], strict=True)
    )
    print("\nchange of 100 points found in", {n: f"{found[4]:.0%}" for n, found in shares})


def test_changes_are_seldom_found_in_shuffled_stories(snapshot):
    """What `change_trials` measured for each searched series of the chronology: 200 times shuffled by story, and by blocks of 8 weeks."""
    series, by_step, worst_step, by_block, worst_block = false_alarms(snapshot)
    print(
        f"\n{series} series of the chronology: changes found in {by_step:.1%} of series shuffled by story ({worst_step:.1%} in the worst)"
    )
    print(f"and in {by_block:.1%} of those shuffled by blocks of eight weeks ({worst_block:.1%} in the worst)")
    assert by_step <= 0.02
    assert by_block <= 0.06


def test_links_are_not_found_in_shuffled_dates(snapshot):
    assert_few_false_links(snapshot, draws=2)


@pytest.mark.long
def test_links_are_not_found_in_many_shuffles_of_dates(snapshot):
    n_links, n_small, n_reached = assert_few_false_links(snapshot, draws=20)
    told = f"{n_reached} of {n_links:,} links with q ≤ 5 %; {n_small} with p ≤ 5 %"
    assert told in (ROOT / "docs" / "method.md").read_text(encoding="utf-8")


def assert_few_false_links(snapshot, draws):
    """Every act of the chronology on a date of its own within three months, so that nothing follows anything: how many links have q <= .05?"""
    rows = snapshot.execute("""
        select dataset, dyad, direction, domain, sign, day_no, first_no, last_no from statistics.cases
        where dataset = 'chronology' order by dataset, dyad, direction, domain, sign, day_no
    """).fetchnumpy()
    random = np.random.default_rng(calibration.SEED)
    n_links, n_small, n_reached = 0, 0, 0
    for _ in range(draws):
        moved = random.integers(-linkage.REACH, linkage.REACH + 1, len(rows["day_no"]))
        days = linkage.reflected(rows["day_no"] + moved, (rows["first_no"], rows["last_no"]))
        ps = np.array([link[-2] for link in linkage.links(rows | {"day_no": days})])
        n_links, n_small, n_reached = n_links + len(ps), n_small + int((ps <= 0.05).sum()), n_reached + n_found(ps)
    print(f"\n{draws} shuffles of the chronology: p <= .05 in {n_small} of {n_links} links, q <= .05 in {n_reached}")
    assert n_found(np.array([0.001] * 3 + [0.9] * 7)) == 3
    assert n_links >= 800 * draws
    assert n_small / n_links <= 0.06
    assert n_reached / n_links <= 0.01
    return n_links, n_small, n_reached


def n_found(ps):
    """Links with q <= .05, as queries/statistics/linkage.sql says it."""
    query = read(ROOT / "queries" / "statistics" / "linkage.sql")
    with duckdb.connect() as connection:
        connection.execute("create schema statistics")
        connection.execute(
            "create table statistics.links as select 'chronology' as dataset, 'A-B' as dyad, 0 as followed, unnest(?) as p", [ps]
        )
        return connection.execute(f"select count(*) from ({query.sql}) where q <= 0.05").fetchone()[0]


@pytest.mark.long
def test_all_cells_hold_the_promise_and_are_those_of_the_published_table(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["calibration", str(tmp_path)])
    assert calibration.main() == 0
    for name in ("band_coverage.csv", "power.csv"):
        assert (tmp_path / name).read_text(encoding="utf-8") == (ROOT / "seeds" / name).read_text(encoding="utf-8")


@pytest.mark.long
@pytest.mark.skipif(
    not SHARED.exists(), reason="needs ../shared/data/gdelt-v2-export; the tests above use the sample of it in seeds/"
)
def test_the_sample_is_every_story_between_two_countries_of_five_real_batches(tmp_path):
    """Three files of GDELT through the shipped pipeline, with each pair of countries that occurs in them configured."""
    files = [
        unpacked(name, tmp_path)
        for name in ("20170219080000.export.CSV.zip", "20190121220000.export.CSV.zip", "events2samps.csv.zip")
    ]
    countries = {row["iso3"] for row in calibration.seed("countries.csv")}
    rows = [line.split("\t") for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    pairs = sorted({tuple(sorted((row[7], row[17]))) for row in rows if row[7] != row[17] and {row[7], row[17]} <= countries})
    lines = [f"{a}-{b},{a},{place}" for place, (a, b) in enumerate(pairs, 100)]
    dyads = write_lines(tmp_path / "dyads.csv", ["dyad,lead,position", *lines])
    outcome = refresh(tmp_path / "data", dyads, coded=("gdelt", files))
    assert outcome.exit_code == 0, outcome.message
    with connect(snapshots.current(tmp_path / "data")) as connection:
        found = connection.execute("""
            select round(s, 4) + 0, round(n, 4), round(g, 4) + 0, count(*) from core.story_day
            where dataset = 'gdelt' and domain = 'all' and dyad like '%-%' group by 1, 2, 3
        """).fetchall()
    kept = [tuple(float(row[name]) for name in ("s", "n", "g", "n_stories")) for row in calibration.seed("story_sample.csv")]
    assert sorted(found) == sorted(kept)


def unpacked(name: str, folder: Path) -> Path:
    """A file of event rows as GDELT publishes them; the one with a header and a column of descriptions is put into that form."""
    with zipfile.ZipFile(SHARED / name) as archive:
        inside = archive.namelist()[0]
        text = TextIOWrapper(archive.open(inside), encoding="utf-8", newline="")
        if name.endswith(".export.CSV.zip"):
            return write_lines(folder / inside, text.read().splitlines())
        header, *rows = csv.reader(text)
    kept = [place for place, column in enumerate(header) if column != "CAMEOCodeDescription"]
    return write_lines(folder / "20170701234500.export.CSV", ["\t".join(row[place] for place in kept) for row in rows])
