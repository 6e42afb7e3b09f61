"""The page that compares indicators with published series: on made series whose answer is known, and on the real ones where they are."""

import gzip
import io
import re
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bilateral.ask import coverage
from bilateral.ask.warehouse import Warehouse
from bilateral.commands import validation as commands
from bilateral.evaluation import comparison, validation
from bilateral.evaluation.external_series import SOURCES, Published, of_pair, read
from bilateral.exits import Stop
from bilateral.strings import texts
from material import ROOT

REAL = ROOT.parent / "shared" / "data" / "index"
MONTHS = pd.period_range("2014-01", "2026-12", freq="M")


@pytest.fixture(scope="module")
def made(warehouse, tmp_path_factory):
    """Published series in the authors' formats: US uncertainty is the pair's own friction, risk is noise, GDELT's file is missing."""
    folder = tmp_path_factory.mktemp("series")
    friction = comparison.monthly(warehouse, "MEX-USA", "all", 30)["friction"].reindex(MONTHS).fillna(1.0)
    sheet = pd.DataFrame({"Year": MONTHS.year, "Month": MONTHS.month, "9. Trade policy": friction.to_numpy() + 1})
    footer = pd.DataFrame({"Year": ["Source: made for a test"]})
    pd.concat([sheet.astype(object), footer]).to_excel(folder / "Categorical_EPU_Data.xlsx", sheet_name="Indices", index=False)
    noise = np.random.default_rng(7).lognormal(size=(len(MONTHS), 3))
    risk = pd.DataFrame(noise, columns=["GPRC_MEX", "GPRC_CAN", "GPRC_CHN"]).assign(month=MONTHS.to_timestamp(), var_name="")
    file = io.BytesIO()
    risk.to_excel(file, index=False)
    (folder / "data_gpr_export.xls.gz").write_bytes(gzip.compress(file.getvalue()))
    return folder


def run(published, docs, folder) -> int:
    """The command on a folder of series; it writes the pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["validation", str(folder), "--data", str(published), "--docs", str(docs)])
        return commands.main()


@pytest.fixture(scope="module")
def docs(made, published, tmp_path_factory) -> Path:
    """Where the command wrote its pages."""
    folder = tmp_path_factory.mktemp("docs")
    assert run(published, folder, made) == 0
    return folder


@pytest.fixture(scope="module")
def page(docs) -> str:
    return (docs / "validation.md").read_text(encoding="utf-8")


def test_a_series_equal_to_the_indicator_agrees_wholly_and_noise_does_not(made, warehouse):
    uncertainty, risk = of_pair(read(made), "MEX-USA")
    rows = {(row[0], row[1], row[2]): row for row in validation.compare(validation.indicators(warehouse, "MEX-USA"), uncertainty)}
    same = rows["friction", "30", texts("en")(f"validation.series.{uncertainty.name}")]
    assert same[5] == same[8] == "+1.00 (+1.00 to +1.00)"
    assert same[7] == same[10] == "agrees, beyond the count"
    noise = validation.compare(validation.indicators(warehouse, "MEX-USA"), risk)[0]
    assert noise[7] == "not significant"


def test_a_series_that_only_counts_acts_agrees_no_more_than_the_count(warehouse):
    """The control can win: where the published series is the number of acts itself, no indicator says more."""
    ours = validation.indicators(warehouse, "MEX-USA")
    _, counts = ours["friction", 90]
    rows = validation.compare(ours, Published("gdelt", counts, 1))
    readings = {(row[0], row[1]): row[7] for row in rows}
    assert readings["friction", "90"] == "agrees, no more than the count"
    assert "agrees, beyond the count" not in readings.values()
    assert {memory for _, memory in readings} == {"30", "90"}


def test_the_page_names_inputs_what_is_missing_and_every_comparison(page):
    assert "| US trade policy uncertainty | `Categorical_EPU_Data.xlsx` | 2014-01 to 2026-12 |" in page
    assert "| `gdelt-graph-data-dyads-2019-2020.csv.gz` | left out: not there |" in page
    assert "of 60 comparisons" in page
    assert page.count("| peaks of friction |") == page.count("| change points of the pair |") == 6


def test_the_spanish_page_has_the_figures_of_the_english_one_and_none_of_its_words(docs, page):
    spanish = (docs / "es" / "validation.md").read_text(encoding="utf-8")
    assert spanish.startswith("# Validación contra series publicadas\n")
    figures = r"[+−]?\d[\d.,]*%?"
    assert re.findall(figures, spanish) == re.findall(figures, page)
    cells = {cell.strip() for line in spanish.splitlines() if line.startswith("|") for cell in line.split("|")}
    english = {cell.strip() for line in page.splitlines() if line.startswith("|") for cell in line.split("|")}
    assert {cell for cell in cells & english if re.search("[a-z]{3}", cell) and "…" not in cell} <= {
        "balance",
        "control",
        *(f"`{name}`" for name in SOURCES),
    }


def test_the_command_says_what_is_wrong_with_a_folder(published, tmp_path, capsys):
    docs = tmp_path / "docs"
    assert run(published, docs, tmp_path / "nowhere") == 69
    assert "holds none of Categorical_EPU_Data.xlsx" in capsys.readouterr().err
    (tmp_path / "Categorical_EPU_Data.xlsx").write_text("not a sheet", encoding="utf-8")
    assert run(published, docs, tmp_path) == 65
    assert "is not the published file of that name" in capsys.readouterr().err
    assert not docs.exists()


def test_a_correlation_with_too_few_months_is_not_given():
    few = pd.Series(range(11), index=MONTHS[:11], dtype=float)
    assert comparison.agreement(few, few, few, (1, 1)) is None
    assert validation.verdict(None, 1) == "too_few"


def test_the_interval_of_unrelated_series_holds_no_correlation_nearly_as_often_as_promised(monkeypatch):
    monkeypatch.setattr(comparison, "DRAWS", 300)
    random = np.random.default_rng(11)
    held = 0
    for _ in range(120):
        ours, theirs = (pd.Series(persistent(random, 0.5), index=MONTHS[:100]) for _ in "ab")
        found = comparison.agreement(ours, theirs, theirs, (1, 1))
        held += found.low <= 0 <= found.high
    print(f"the 95 % interval held 0 in {held} of 120 pairs of unrelated series with autocorrelation 0.5")
    assert held >= 0.87 * 120


def persistent(random: np.random.Generator, keep: float) -> list[float]:
    values = [random.normal()]
    while len(values) < 100:
        values.append(keep * values[-1] + random.normal())
    return values


def test_a_shock_is_the_highest_month_of_its_episode_and_is_found_by_an_alarm_beside_it():
    values = pd.Series(np.tile([1.0, 1.2], 60), index=MONTHS[:120])
    values.iloc[[60, 61, 100]] = [8.0, 9.0, 9.5]
    assert comparison.shocks(values) == [MONTHS[61], MONTHS[100]]
    alarms = comparison.Alarms("made", [MONTHS[60], MONTHS[80]], MONTHS[30:120])
    found = comparison.detection(values, alarms)
    assert (found.shocks, found.found, found.false_alarms) == ([MONTHS[61], MONTHS[100]], 1, 1)
    assert 0 < found.by_chance < 0.1
    assert comparison.detection(values, comparison.Alarms("made", [], MONTHS[62:90])) is None


def test_months_on_both_sides_of_a_gap_are_not_beside_each_other():
    values = pd.Series(np.tile([1.0, 1.2], 60), index=MONTHS[:120])
    values.iloc[60] = 9.0
    able = MONTHS[30:61].append(MONTHS[70:120])
    assert comparison.detection(values, comparison.Alarms("made", [MONTHS[70]], able)).found == 0
    assert comparison.detection(values, comparison.Alarms("made", [MONTHS[59]], able)).found == 1


@pytest.mark.skipif(not REAL.exists(), reason="needs ../shared/data/index; the tests above do the same with made series")
def test_the_committed_pages_are_what_the_command_writes(published, tmp_path):
    assert run(published, tmp_path, REAL) == 0
    for name in ("validation.md", "es/validation.md"):
        page = (ROOT / "docs" / name).read_text(encoding="utf-8")
        assert page == (tmp_path / name).read_text(encoding="utf-8"), "renew it: make validation SERIES=../shared/data/index"
        assert all(file in page for file in SOURCES)


def test_the_page_on_methods_says_the_figures_of_the_conclusion():
    page = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    levels, changes = re.search(r"In levels (.*?)\. In changes from\nmonth to month (.*?)\. With", page, re.DOTALL).groups()
    (agree, n, against, beyond), (agree_too, _, against_too, beyond_too) = (
        re.findall(r"\d+", said) for said in (levels, changes)
    )
    for language in ("en", "es"):
        said = re.findall(r"\d+", texts(language)("methods.validity_found"))
        assert said == ["30", "90", agree, n, against, agree_too, against_too, beyond, beyond_too]


def test_a_pair_without_events_is_said_to_have_none(small_data):
    assert coverage.span(Warehouse(small_data), "chronology", "CHN-USA") is None
    assert comparison.monthly(Warehouse(small_data), "CHN-USA", "all", 30).empty


def test_a_folder_without_series_stops(tmp_path):
    with pytest.raises(Stop, match="holds none of"):
        read(tmp_path)
