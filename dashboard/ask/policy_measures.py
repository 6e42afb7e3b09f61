"""Policy measures: changes of state, measures in force, and scheduled dates. The SQL is in queries/app/."""

from datetime import date

import pandas as pd

from bilateral.ask.warehouse import Warehouse


def measures(warehouse: Warehouse, dyad: str, domain: str, from_day: date, to_day: date, most: int = 50) -> pd.DataFrame:
    """Policy measures that changed state in a range, newest first."""
    return warehouse.ask("measures_changed", dyad=dyad, domain=domain, from_day=from_day, to_day=to_day, most=most)


def measures_known(warehouse: Warehouse, dyad: str) -> pd.DataFrame:
    """Measures of a pair with their last state, whenever that was."""
    return warehouse.ask("measures_known", dyad=dyad)


def measures_in_force(warehouse: Warehouse, dyad: str, domain: str, day: date) -> pd.DataFrame:
    """Policy measures in force on a day, wholly or partly, the last changed first."""
    return warehouse.ask("in_force", dyad=dyad, domain=domain, day=day)


def measures_timeline(warehouse: Warehouse, dyad: str, domain: str, from_day: date, to_day: date) -> pd.DataFrame:
    """Stretches of one state of each measure inside a range, by subject and measure."""
    return warehouse.ask("measures_timeline", dyad=dyad, domain=domain, from_day=from_day, to_day=to_day)


def measure_marks(warehouse: Warehouse, dyad: str, domain: str, from_day: date, to_day: date) -> pd.DataFrame:
    """Changes of measures to mark on the chart, numbered by day."""
    return warehouse.ask("marked_measures", dyad=dyad, domain=domain, from_day=from_day, to_day=to_day)


def calendar(warehouse: Warehouse, dyad: str, domain: str, day: date, most: int = 50) -> pd.DataFrame:
    """Dates after a day that were set for measures by then, the nearest first."""
    return warehouse.ask("calendar", dyad=dyad, domain=domain, day=day, most=most)


def coming_up(warehouse: Warehouse, day: date, until: date, dyad: str = "all", most: int = 100) -> pd.DataFrame:
    """Dates after a day that a source names, up to another day, the nearest first: of the list of dates ahead and of measures."""
    return warehouse.ask("coming_up", day=day, until_day=until, dyad=dyad, most=most)
