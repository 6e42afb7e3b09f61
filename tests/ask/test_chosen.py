"""A series by other choices of the method equals what a full build makes where these are the dataset's own (METHOD 3 and 4)."""

import csv
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from material import ROOT, know_seeds, same_rows
from mill import REPORT, TRIES, fill, mill

mill = pytest.fixture(scope="module")(mill)
ASKED = [("MEX-USA", "all", 7, True), ("USA>MEX", "all", 30, False), ("USA>MEX", "trade", 90, False)]


def rows(connection, call: str) -> list[tuple]:
    return connection.execute(f"from {call} order by day").fetchall()


def seeds_with(folder: Path, **own: str) -> Path:
    """The seeds, with other choices as those of GDELT."""
    folder.mkdir(exist_ok=True)
    for path in (ROOT / "seeds").iterdir():
        if path.name != "datasets.csv" and not (folder / path.name).exists():
            (folder / path.name).symlink_to(path)
    with (ROOT / "seeds" / "datasets.csv").open(encoding="utf-8") as file:
        lines = [row | (own if row["dataset"] == "gdelt" else {}) for row in csv.DictReader(file)]
    with (folder / "datasets.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)
    return folder


@TRIES
@given(
    reports=st.lists(REPORT, min_size=5, max_size=40),
    level=st.sampled_from(["raw", "exact", "article", "act", "joint"]),
    score=st.sampled_from(["goldstein-gdelt", "goldstein-icews", "plover", "sign"]),
    weight=st.sampled_from(["equal", "log", "articles"]),
)
def test_a_series_by_other_choices_equals_a_build_with_them(mill, tmp_path, reports, level, score, weight):
    connection = mill.connection
    fill(connection, reports, [(3, 9), (3, 11)])
    mill.build(["indicators.series"])
    told = [
        rows(
            connection,
            f"series_chosen('gdelt', '{dyad}', '{domain}', {h}, '{level}', '{score}', '{weight}', for_compared := {compared})",
        )
        for dyad, domain, h, compared in ASKED
    ]
    others = seeds_with(tmp_path / "seeds", level=level, score_table=score, weighting=weight)
    connection.execute("set variable seeds = ?", [str(others)])
    mill.build(["indicators.series"])
    built = [
        rows(connection, f"series('gdelt', '{dyad}', '{domain}', {h}, for_compared := {compared})")
        for dyad, domain, h, compared in ASKED
    ]
    know_seeds(connection)
    assert [same_rows(one, other) for one, other in zip(told, built, strict=True)] == [True, True, True]


@pytest.mark.parametrize("mutual", ["apart", "both", "coded", "none"])
def test_without_other_choices_it_is_the_plain_series(snapshot, mutual):
    chosen = rows(snapshot, f"series_chosen('chronology', 'USA>MEX', 'all', 90, null, null, null, '{mutual}')")
    assert len(chosen) > 3000
    assert same_rows(chosen, rows(snapshot, f"series_mutual('chronology', 'USA>MEX', 'all', 90, '{mutual}')"))


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ("'story', null, null", "raw, exact, article, act and joint"),
        ("null, 'mine', null", "see score_tables"),
        ("null, null, 'square'", "equal, log and articles"),
        ("null, null, null, 'half'", "say apart, both, coded or none"),
    ],
)
def test_what_cannot_be_chosen_is_said(snapshot, choices, said):
    with pytest.raises(duckdb.Error, match=said):
        rows(snapshot, f"series_chosen('chronology', 'MEX-USA', 'all', 90, {choices})")


def test_another_table_of_scores_changes_the_intensity_alone(snapshot):
    call = "select avg(balance), avg(intensity), any_value(score_table) from {}"
    plain = snapshot.execute(call.format("series('chronology', 'MEX-USA', 'all', 90)")).fetchone()
    other = snapshot.execute(call.format("series_chosen('chronology', 'MEX-USA', 'all', 90, null, 'plover', null)")).fetchone()
    assert other[0] == pytest.approx(plain[0], abs=1e-9)
    assert abs(other[1] - plain[1]) > 0.05
    assert (plain[2], other[2]) == ("goldstein-gdelt", "plover")
