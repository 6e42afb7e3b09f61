"""Accuracy of coded rows: marks of audited events, and the filter for machine-coded rows. The SQL is in queries/app/."""

import pandas as pd

from bilateral.ask.warehouse import Warehouse


def audits(warehouse: Warehouse) -> pd.DataFrame:
    """How often the coding of drawn events was right, with its interval: one row for each draw and question."""
    return warehouse.ask("audits")


def coder_precision(warehouse: Warehouse) -> pd.DataFrame:
    """How often people accepted what a coder proposed, with its interval: one row for each coder and source."""
    return warehouse.ask("coder_precision")


def gate_rates(warehouse: Warehouse, dataset: str, dyad: str) -> pd.Series | None:
    """How many rows passed the gate, and how often such a row was right when people judged some; None for what people coded."""
    found = warehouse.ask("gate_rates", dataset=dataset, dyad=dyad)
    if found.empty or not found["is_judged"].iloc[0]:
        return None if found.empty else found.iloc[0]
    return pd.concat([found, warehouse.ask("gate_precision")], axis=1).iloc[0]  # the same for every pair, so it is kept


def gate_audit(warehouse: Warehouse) -> pd.DataFrame:
    """Rows judged by hand, by what the gate says of them."""
    return warehouse.ask("gate_audit")
