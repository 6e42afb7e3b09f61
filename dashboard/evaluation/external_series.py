"""Published series that indicators are compared with: readers of their files in the format of their authors.

Spreadsheets need python-calamine, which the test environment has; nothing that the dashboard does reads them.
"""

import gzip
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from bilateral.exits import Exit, Stop


@dataclass(frozen=True)
class Source:
    """A file: the name under which the texts of `validation` say what it measures and whose it is, its reader (one column for each country or pair, by
    month), the sign it should have with friction."""

    name: str
    reader: Callable[[Path], pd.DataFrame]
    expected: int


@dataclass(frozen=True)
class Published:
    """One monthly series for one pair, under the name of its source."""

    name: str
    values: pd.Series
    expected: int


PAIRS = {"MEX-USA": "USA-MEX", "CAN-USA": "USA-CAN", "CHN-USA": "USA-CHN"}
"""Pairs that are compared, and their name in the file of GDELT's dyads."""


def trade_policy(path: Path) -> pd.DataFrame:
    """US trade policy uncertainty, one column `USA`."""
    sheet = pd.read_excel(path, sheet_name="Indices", engine="calamine")
    rows = sheet[pd.to_numeric(sheet["Year"], errors="coerce").notna()]  # the last line is a footer
    days = pd.to_datetime({"year": rows["Year"].astype(int), "month": rows["Month"].astype(int), "day": 1})
    return pd.DataFrame({"USA": rows["9. Trade policy"].astype(float).to_numpy()}, index=pd.PeriodIndex(days, freq="M"))


def country_risk(path: Path) -> pd.DataFrame:
    """Geopolitical risk, one column for each country, ISO 3166-1 alpha-3."""
    with gzip.open(path) as file:
        rows = pd.read_excel(io.BytesIO(file.read()), engine="calamine").dropna(subset=["month"])
    found = rows.filter(regex="^GPRC_").astype(float).rename(columns=lambda name: name.removeprefix("GPRC_"))
    return found.set_index(pd.PeriodIndex(pd.to_datetime(rows["month"]), freq="M"))


def gdelt_dyads(path: Path) -> pd.DataFrame:
    """Net value of GDELT's events, per mille of the absolute values of all countries, one column for each pair."""
    rows = pd.read_csv(path)
    months = rows.drop(columns="date").groupby(pd.PeriodIndex(pd.to_datetime(rows["date"]), freq="M")).sum()
    return months.drop(columns="abs_total").div(months["abs_total"], axis=0) * 1000


SOURCES = {
    "Categorical_EPU_Data.xlsx": Source(
        "trade_policy",
        trade_policy,
        1,
    ),
    "data_gpr_export.xls.gz": Source(
        "country_risk",
        country_risk,
        1,
    ),
    "gdelt-graph-data-dyads-2019-2020.csv.gz": Source(
        "gdelt",
        gdelt_dyads,
        -1,
    ),
}
"""By the name of the file. US uncertainty is one series for all pairs, so its rows are not independent of each other."""


def read(folder: Path) -> dict[str, pd.DataFrame]:
    """The tables that are there, by file. Raises Stop 69 where there is none, 65 where one cannot be read."""
    found = {}
    for name, source in SOURCES.items():
        if (folder / name).exists():
            try:
                found[name] = source.reader(folder / name)
            except Exception as error:  # each reader of a file has errors of its own
                raise Stop(Exit.DATA, f"{folder / name} is not the published file of that name: {error}") from error
    if not found:
        raise Stop(
            Exit.UNAVAILABLE,
            f"{folder} holds none of {', '.join(SOURCES)}; fetch them from their authors, or name another folder",
        )
    return found


def of_pair(tables: dict[str, pd.DataFrame], dyad: str) -> list[Published]:
    """The series that concern a pair of PAIRS."""
    other = dyad.replace("USA", "").strip("-")
    columns = dict(zip(SOURCES, ("USA", other, PAIRS[dyad]), strict=True))
    return [
        Published(SOURCES[name].name, table[columns[name]].dropna(), SOURCES[name].expected)
        for name, table in tables.items()
        if columns[name] in table
    ]
