"""Days that were read for a pair, and contents of each dataset. The SQL is in queries/app/."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from bilateral.ask.warehouse import Warehouse
from bilateral.load.reloads import Reload


def span(warehouse: Warehouse, dataset: str, dyad: str, as_of: date | None = None) -> tuple[date, date] | None:
    """First day of a pair and the newest day of its dataset, also as known at the end of a day; None where the dataset has nothing on the pair, or had not yet."""
    over = {"main.indicator_day": "calendar_by($dataset, $dyad, $as_of) as rows"} if as_of else None
    known = {"as_of": as_of} if as_of else {}
    row = warehouse.ask("span", over, None, dataset=dataset, dyad=dyad, **known).iloc[0]
    return None if pd.isna(row["first_day"]) else (row["first_day"].date(), row["last_day"].date())


@dataclass(frozen=True)
class Ends:
    """The newest event of what is shown, and the last day that was read of it; None where there is none."""

    newest_event: date | None
    record_end: date | None
    event: Mapping[str, Any] = field(default_factory=dict)
    """`event_id`, `summary` and `summary_es` of the newest event; empty where there is none."""


def ends(warehouse: Warehouse, dataset: str, dyads: Iterable[str], domain: str) -> Ends:
    """Of one pair or of several."""
    row = warehouse.ask("newest_event", dataset=dataset, dyads=list(dyads), domain=domain).iloc[0]
    newest, record_end = (None if pd.isna(row[name]) else row[name].date() for name in ("newest_event", "record_end"))
    return Ends(newest, record_end, {} if newest is None else dict(row))


def record(warehouse: Warehouse, dataset: str, dyad: str) -> tuple[date, date] | None:
    """First and last day that was read of a pair; None where the dataset has nothing on it."""
    known = span(warehouse, dataset, dyad)
    return (known[0], ends(warehouse, dataset, [dyad], "all").record_end or known[1]) if known else None


def density_break(warehouse: Warehouse, dataset: str, dyad: str) -> dict[str, Any] | None:
    """Day on which the list of a pair changes its density, with acts a year before and after; None where it does not."""
    rows = warehouse.ask("density_break", dataset=dataset, dyad=dyad)
    return None if rows.empty else dict(rows.iloc[0])


def coverage(warehouse: Warehouse, dataset: str, dyad: str, from_day: date, to_day: date) -> pd.DataFrame:
    """Days that were read, newest first."""
    return warehouse.ask("coverage_between", dataset=dataset, dyad=dyad, from_day=from_day, to_day=to_day)


def status(warehouse: Warehouse) -> pd.DataFrame:
    """What each dataset holds."""
    return warehouse.ask("status")


def to_reload(warehouse: Warehouse) -> list[Reload]:
    """Files that were read before a pair was configured and lack its rows."""
    rows = warehouse.ask("to_reload")
    days = {name: rows[name].dt.date for name in ("first_day", "last_day")} if len(rows) else {}
    return [Reload(*row) for row in rows.assign(**days).itertuples(index=False)]
