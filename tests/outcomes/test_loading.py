"""`bilateral load outcomes` as a user runs it, and what a refresh publishes of it."""

import contextlib
import shutil
import subprocess
import sys
from datetime import date

import pytest

from bilateral.exits import Exit, Stop
from bilateral.outcomes import files
from bilateral.outcomes.asking import Asked
from material import ROOT, clean_environment
from outcomes.conftest import SAMPLES


def test_a_refresh_publishes_what_a_file_gave_and_nothing_for_what_is_known(house):
    def load(name, day):
        return house.refresh(outcomes=Asked(files.offers_of([SAMPLES / name], date.fromisoformat(day))))

    result = load("fred_EXPMX_2017.csv", "2017-03-07")
    assert [(file.rows_read, file.rows_accepted) for file in result.files] == [(60, 60)]
    load("country.xlsx", "2023-03-08")
    assert house.rows("select count(*), max(round(abs(change_percent), 2)) from outcome_revisions('us-exports-mex')") == [
        (36, 1.23)
    ]
    assert house.rows("select count(*) from outcomes_on(date '2017-12-31')") == [(60,)]
    assert load("country.xlsx", "2023-03-08").message == "nothing new"
    house.refresh(full=True)
    assert house.rows("select count(*) from outcome_revisions('us-exports-mex')") == [(36,)]


def test_the_command_tells_what_became_of_each_file(command, small_data, small_tree, tmp_path):
    tree, data = small_tree, tmp_path / "data"
    shutil.copytree(small_data, data)
    page = tmp_path / "page.csv"
    page.write_text("<html><title>Moved</title></html>", encoding="utf-8")
    ended = command("load", "outcomes", SAMPLES / "fred_IMPMX_2017.csv", page, "--published", "2017-03-07", data=data, tree=tree)
    assert ended.code == 0
    assert "fred_IMPMX_2017.csv: 60 read, 60 accepted, 0 known, 0 rejected\n" in ended.out
    assert "page.csv was refused: it is a web page titled 'Moved' and no data" in ended.err
    ended = command("load", "outcomes", page, data=data, tree=tree)
    assert ended.code == Exit.DATA
    shown = command(
        "sql",
        "select address, n_read, refusal is null from outcome_files order by file_id",
        "--format",
        "csv",
        data=data,
        tree=tree,
    )
    assert "fred_IMPMX_2017.csv,60,True" in shown.out


@pytest.mark.parametrize("seconds", [0.7, 1.1, 1.5])
def test_a_load_that_is_killed_leaves_all_of_a_file_or_nothing(house, seconds):
    process = subprocess.Popen(
        [sys.executable, "-m", "bilateral", "load", "outcomes", SAMPLES / "country.xlsx", "--data", house.data, "--quiet"],
        cwd=house.data,
        env=clean_environment(ROOT),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    process.kill()
    process.wait()
    with house.runner() as runner:
        runner.make_kept()
        ((n_values,),) = runner.connection.execute("select count(*) from raw.outcomes").fetchall()
        kept = runner.connection.execute("select n_accepted from raw.outcome_files").fetchall()
    assert (n_values, kept) in ((0, []), (532, [(532,)]))
    house.refresh(outcomes=Asked(files.offers_of([SAMPLES / "country.xlsx"], None)))
    assert house.rows("select count(*) from outcomes") == [(532,)]


def test_a_fault_in_the_middle_of_a_file_leaves_nothing_of_it_and_says_so(shelf, monkeypatch):
    """What a kill hits only by chance: the values are written, their line in the ledger is not."""
    record = files._record
    monkeypatch.setattr(files, "_record", lambda *given: record(*given) if given[-1].refusal else 1 / 0)
    result = shelf.load(SAMPLES / "country.xlsx")
    assert "reading it failed with ZeroDivisionError" in result.refusal
    assert shelf.rows("select (select count(*) from raw.outcomes), count(*), sum(n_read) from raw.outcome_files") == [(0, 1, 0)]


def test_the_day_of_publication_is_for_outcomes_alone(command):
    ended = command("load", "articles", "mine.csv", "--published", "2017-03-07")
    assert ended.code == Exit.CONFIGURATION
    assert "--published says how old a file of outcomes is" in ended.err


def test_a_file_that_is_not_there_is_told_before_anything_is_touched(tmp_path):
    with pytest.raises(Stop, match="no such file") as stop:
        files.offers_of([tmp_path / "none.csv"], None)
    assert stop.value.code == Exit.UNAVAILABLE
