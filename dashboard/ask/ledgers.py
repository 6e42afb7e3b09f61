"""Contributions of events to a value of balance or intensity, and to its change. The SQL is in queries/app/."""

import json
from datetime import date
from typing import Any

import pandas as pd

from bilateral.ask.scopes import Scope
from bilateral.ask.warehouse import Warehouse


def ledger(warehouse: Warehouse, scope: Scope, indicator: str, day: date, most: int | None = None) -> pd.DataFrame:
    """Events behind a value of balance or intensity, the weightiest first, those after `most` as one row; they sum to it."""
    return warehouse.ask("ledger", indicator=indicator, day=day, most=most, **_short(scope))


def ledger_happenings(warehouse: Warehouse, scope: Scope, indicator: str, day: date, most: int) -> pd.DataFrame:
    """The same events by happening, the unit of evidence, with their members; those after `most` as one row."""
    rows = warehouse.ask("ledger_happenings", indicator=indicator, day=day, most=most, **_short(scope))
    members = [None if pd.isna(said) else json.loads(said) for said in rows["members"]]
    return rows.assign(members=pd.Series(members, index=rows.index, dtype=object))


def moved(warehouse: Warehouse, scope: Scope, indicator: str, from_day: date, to_day: date, group: str) -> pd.DataFrame:
    """What moved balance or intensity between two days, by `kind` (with direction and domain) or by `story`."""
    question = "moved_stories" if group == "story" else "moved"
    return warehouse.ask(question, indicator=indicator, from_day=from_day, to_day=to_day, **_short(scope))


def changed(warehouse: Warehouse, scope: Scope, indicator: str, from_day: date, to_day: date) -> pd.DataFrame:
    """How far balance or intensity went between two days and how far chance alone would have moved it; no row where nothing is known."""
    return warehouse.ask("changed", indicator=indicator, from_day=from_day, to_day=to_day, **_short(scope))


def contributions(warehouse: Warehouse, scope: Scope, indicator: str, day: date) -> pd.DataFrame:
    """Components of balance or intensity on a day, by `doer`, `kind` and `domain`: each grouping sums to the value."""
    return warehouse.ask("contributions", indicator=indicator, day=day, **_short(scope))


def _short(scope: Scope) -> dict[str, Any]:
    keys = {"dataset": scope.dataset, "dyad": scope.dyad, "domain": scope.domain, "h": scope.half_life_days}
    return keys | {"mutual": scope.mutual}
