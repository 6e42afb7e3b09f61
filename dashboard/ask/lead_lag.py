"""Outcomes that pairs are compared with, and the tests of which leads and which follows. The SQL is in queries/app/."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from bilateral.ask.warehouse import Warehouse


@dataclass(frozen=True)
class Compared:
    """Everything that is known of one pair and one outcome."""

    tests: pd.DataFrame
    months: pd.DataFrame
    curve: pd.DataFrame
    event_days: pd.DataFrame
    signs: pd.DataFrame
    """One row: `n_settings` other settings of the primary test, and `n_same` of them whose response has its sign."""


def outcomes_of(warehouse: Warehouse, dyad: str) -> pd.DataFrame:
    """Outcomes that are loaded and compared with a pair; empty where there are none."""
    return warehouse.ask("lead_lag_series", dyad=dyad)


def compared(warehouse: Warehouse, dyad: str, series_id: str) -> Compared:
    asked = ("lead_lag_of", "lead_lag_months_of", "lead_lag_curve_of", "event_days_of", "lead_lag_signs")
    return Compared(*(warehouse.ask(question, dyad=dyad, series_id=series_id) for question in asked))


def tests(warehouse: Warehouse, dyad: str) -> pd.DataFrame:
    """Tests of all outcomes of a pair; empty where none is loaded."""
    return warehouse.ask("lead_lag_of", dyad=dyad, series_id="all")


def values(warehouse: Warehouse, dyad: str, from_day: date, to_day: date, most: int = 100) -> pd.DataFrame:
    """Values of the outcomes of a pair, the newest period first, with every value that was known of it."""
    return warehouse.ask("outcomes_between", dyad=dyad, from_day=from_day, to_day=to_day, most=most)


def tally(warehouse: Warehouse) -> pd.Series:
    """Tests over all pairs, and how many of them have a p below 0.1."""
    return warehouse.ask("lead_lag_tally").iloc[0]
