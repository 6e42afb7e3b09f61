"""Indicators of pairs and directions over time and on one day, and statistics of whole series. The SQL is in queries/app/."""

from datetime import date
from typing import Any

import pandas as pd

from bilateral.ask.scopes import Scope
from bilateral.ask.warehouse import Warehouse

SHOWN = (
    *("dataset", "dyad", "domain", "half_life_days", "day"),
    *("balance", "balance_low", "balance_high", "n_events", "evidence", "state", "balance_verdict"),
    *("is_covered", "method_version"),
)
"""What a chart of the balance needs of a series, which is in `balances` too. All fifty columns take three times as long to ask for."""

STOOD = (
    *("dataset", "dyad", "domain", "half_life_days", "day", "state", "evidence", "n_events", "method_version"),
    *("balance", "balance_low", "balance_high", "balance_verdict"),
    *(f"{part}{what}" for part in ("words", "deeds") for what in ("", "_low", "_high", "_state", "_verdict", "_evidence")),
)
"""What tiles and sentences say of a day, which is in `standings` too."""

MOVED = (
    *("momentum", "momentum_low", "momentum_high", "momentum_state", "rank", "rank_state"),
    *("tension", "tension_state", "tension_windows"),
)
"""What looks at other days too and takes longer to ask for."""


def series(warehouse: Warehouse, scope: Scope, by: str, from_day: date, to_day: date, full: bool = True) -> pd.DataFrame:
    """One row for each period: every indicator on its last day, or the columns SHOWN, counts of the period, is_partial."""
    return series_of(warehouse, [scope], by, from_day, to_day, full)[scope.dyad]


def series_of(
    warehouse: Warehouse, scopes: list[Scope], by: str, from_day: date, to_day: date, full: bool = True
) -> dict[str, pd.DataFrame]:
    """The series of scopes that differ in their dyad alone, by dyad."""
    macro, columns = ("series", ()) if full else ("balances", SHOWN)
    return _of_each(warehouse, "indicator_series", scopes, macro, columns, by=by, from_day=from_day, to_day=to_day)


def standing_of(
    warehouse: Warehouse, scopes: list[Scope], day: date, earlier: int = 28, full: bool = False
) -> dict[str, pd.Series | None]:
    """What tiles and sentences say of a day, with balance, words and deeds so many days before: of scopes that differ in their dyad alone, by dyad.
    In full with momentum, rank and tension."""
    macro, columns = ("series", STOOD + MOVED) if full else ("standings", STOOD)
    rows = _of_each(warehouse, "standing", scopes, macro, columns, day=day, earlier=earlier)
    return {dyad: None if found.empty else found.iloc[0] for dyad, found in rows.items()}


def _of_each(
    warehouse: Warehouse, question: str, scopes: list[Scope], macro: str, columns: tuple[str, ...], **asked: object
) -> dict[str, pd.DataFrame]:
    """One question for all scopes where one relation has the rows of all; a page that asks a dozen small ones waits for each."""
    calls = {scope.wider(len(scopes) > 1, macro) for scope in scopes}
    if len(calls) > 1:
        return {scope.dyad: _of_each(warehouse, question, [scope], macro, columns, **asked)[scope.dyad] for scope in scopes}
    first, dyads = scopes[0], [scope.dyad for scope in scopes]
    return warehouse.ask_each(question, dyads, first.over(columns, macro), calls.pop(), **asked, **first.keys)


def kinds(warehouse: Warehouse, dataset: str, dyad: str, domain: str, by: str, from_day: date, to_day: date) -> pd.DataFrame:
    """Weight of words and deeds by period."""
    return warehouse.ask("kinds_by_period", dataset=dataset, dyad=dyad, domain=domain, by=by, from_day=from_day, to_day=to_day)


def change_days(warehouse: Warehouse, dataset: str, dyad: str) -> pd.DataFrame:
    """Days on which the level of a pair shifts, in any direction and subject."""
    return warehouse.ask("change_days", dataset=dataset, dyad=dyad)


def of_range(warehouse: Warehouse, question: str, choice: Any, **more: Any) -> pd.DataFrame:
    """A question of queries/app/ about dataset, pair and range of a choice: kinds_by_domain, net_by_day, outlets_between, sign_by_month."""
    keys = {"dataset": choice.dataset, "dyad": choice.dyad, "from_day": choice.from_day, "to_day": choice.to_day}
    return warehouse.ask(question, **keys, **more)


def of_pair(warehouse: Warehouse, question: str, choice: Any, **more: Any) -> pd.DataFrame:
    """A question of queries/app/ about dataset and pair alone: changes_of, reciprocity_of, links_of, agreement_of."""
    return warehouse.ask(question, dataset=choice.dataset, dyad=choice.dyad, **more)


def biggest_moves(warehouse: Warehouse, dataset: str, day: date) -> pd.DataFrame:
    """Momentum of every pair whose record reaches the day, the widest first."""
    return warehouse.ask("biggest_moves", dataset=dataset, day=day)
