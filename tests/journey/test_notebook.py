"""docs/notebook.ipynb runs from its first cell to its last on the current snapshot, in a kernel of its own, as a reader's Jupyter does it."""

import os
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from material import ROOT, clean_environment

NOTEBOOK = ROOT / "docs" / "notebook.ipynb"


@pytest.fixture(scope="module")
def cells(published, tmp_path_factory):
    """The code cells after they ran."""
    place = tmp_path_factory.mktemp("notebook")
    (place / "bilateral").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bilateral "$@"\n')
    (place / "bilateral").chmod(0o755)
    environment = clean_environment(ROOT) | {"PATH": f"{place}:{os.environ['PATH']}", "BILATERAL_DATA": str(published)}
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    client = NotebookClient(notebook, timeout=120, startup_timeout=120, resources={"metadata": {"path": str(place)}})
    client.execute(env=environment)
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_every_cell_runs_and_the_ledger_adds_up(cells):
    assert not [output for cell in cells for output in cell.outputs if output.get("name") == "stderr"]
    (told,) = [output["text"] for output in cells[2].outputs if output.output_type == "stream"]
    total, balance = told.split(" add up to ")[1].strip().split("; the balance is ")
    assert (total, float(balance) != 0) == (balance, True)


def test_the_chart_has_words_and_deeds(cells):
    (figure,) = [output.data["application/vnd.plotly.v1+json"] for output in cells[3].outputs if "data" in output]
    assert [line["name"] for line in figure["data"]] == ["words", "deeds"]


def test_the_notebook_is_kept_without_outputs():
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)
