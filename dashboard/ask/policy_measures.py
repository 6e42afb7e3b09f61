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


def measures_waiting(warehouse: Warehouse, dyad: str, domain: str, day: date) -> pd.DataFrame:
    """Policy measures that are announced, threatened or paused and not in force on a day, the last changed first."""
    return warehouse.ask("measures_waiting", dyad=dyad, domain=domain, day=day)


def measure_fates(warehouse: Warehouse) -> pd.DataFrame:
    """What became of measures that were announced, threatened or paused: by state, instrument and days, with Wilson's interval."""
    return warehouse.ask("measure_fates")


def dates_kept(warehouse: Warehouse) -> pd.DataFrame:
    """How many of the dates that were set for measures were kept, by what was set."""
    return warehouse.ask("measure_dates_kept")


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
