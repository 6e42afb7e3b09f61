"""A data folder in which outcomes are loaded: H.10 rates in the form of FRED, as tests/evaluation/samples/ keeps them, and made imports."""

import csv
import os
import subprocess
import sys
from pathlib import Path

from material import ROOT, clean_environment, write_lines

COLUMNS = {"peso-noon": "DEXMXUS", "canadian-dollar-noon": "DEXCAUS"}
MADE = "observation_date,IMPMX\n" + "\n".join(
    f"{year}-{month:02}-01,{20000 + 500 * month}" for year in (2020, 2021) for month in range(1, 13)
)
"""Imports that are made, of two years alone: too few to test."""


def load(data: Path, folder: Path) -> Path:
    """The data folder, after its files were loaded by the command itself."""
    with (ROOT / "tests" / "evaluation" / "samples" / "daily.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    files = [write_lines(folder / "IMPMX.csv", MADE.split("\n"))]
    for series_id, column in COLUMNS.items():
        lines = [f"{row['day']},{row[series_id]}" for row in rows if row[series_id]]
        files.append(write_lines(folder / f"{column}.csv", [f"observation_date,{column}", *lines]))
    command = [sys.executable, "-m", "bilateral", "load", "outcomes", *map(str, files), "--data", str(data), "--quiet"]
    subprocess.run(command, cwd=folder, env=clean_environment(ROOT) | {"HOME": os.environ.get("HOME", "/")}, check=True)
    return data
