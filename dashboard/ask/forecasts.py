"""The ledger of forecasts: what is open, what was settled, how good it was, and the trial on the past. The SQL is in queries/app/."""

from datetime import date

import pandas as pd

from bilateral.ask.warehouse import Warehouse


def track(warehouse: Warehouse) -> pd.DataFrame:
    """How good the forecasts were, for kind `all` and each kind; empty while none is registered."""
    return warehouse.ask("forecast_track")


def backcast_track(warehouse: Warehouse) -> pd.DataFrame:
    """The same of the method tried on the past."""
    return warehouse.ask("backcast_track")


def counted(warehouse: Warehouse) -> pd.Series:
    """How many were late (`n_late`), and how many answers changed later (`n_changed`)."""
    return warehouse.ask("forecasts_counted").iloc[0]


def open_on(warehouse: Warehouse, day: date) -> pd.DataFrame:
    """Forecasts whose window goes on, the newest of each direction and measure."""
    return warehouse.ask("forecasts_open", day=day)


def registered(warehouse: Warehouse, dyad: str = "all", most: int = 100) -> pd.DataFrame:
    """Every forecast with its question, state and scores, the newest first, late ones too."""
    return warehouse.ask("forecasts_registered", dyad=dyad, most=most)


def settled(warehouse: Warehouse, dyad: str = "all", domain: str = "all", most: int = 200) -> pd.DataFrame:
    """Answers, the newest first."""
    return warehouse.ask("forecasts_settled", dyad=dyad, domain=domain, most=most)
