"""Pairs on one day, for the lists of the first page and of the comparison: values, and where the record of a pair ended earlier."""

from collections.abc import Mapping
from datetime import date

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import formats
from bilateral.ask import catalogue
from bilateral.ask.warehouse import Warehouse
from bilateral.pages import cards
from bilateral.pages.choice import Choice
from bilateral.strings import Texts

UNRANKED = ("balance", "change", "n_events")
"""Columns by which only pairs are ranked whose record reaches the day."""


def day_of(pairs: pd.DataFrame) -> date | None:
    """The day of all values; None where the dataset has nothing."""
    days = pairs["day"].dropna()
    return None if days.empty else pd.Timestamp(days.iloc[0]).date()


def common_day(pairs: pd.DataFrame) -> date | None:
    """The newest day that the records of half of all pairs reach; None where there are none."""
    ends = sorted(pairs["record_end"].dropna(), reverse=True)
    return ends[(len(ends) - 1) // 2].date() if ends else None


def on_one_day(warehouse: Warehouse, dataset: str, day: date | None) -> pd.DataFrame:
    """Every pair on that day; without one on the newest day that the records of half of all pairs reach."""
    pairs = catalogue.pairs(warehouse, dataset, day)
    newest, common = day_of(pairs), common_day(pairs)
    if day or newest is None or common is None or common >= newest:
        return pairs
    return catalogue.pairs(warehouse, dataset, common)


def said(pairs: pd.DataFrame, asked: Choice, text: Texts) -> html.P | None:
    """How many pairs can be compared on the day, and a way to the newest day on which half of all can be; None where all can be."""
    day, n, other = day_of(pairs), int(pairs["is_compared"].sum()), common_day(pairs)
    if day is None or other is None or n == len(pairs):
        return None
    parts: list = [text("pairs.on_record", n=n, all=len(pairs), day=formats.day(day, text))]
    if other < day:
        reach = sum(end.date() >= other for end in pairs["record_end"].dropna())
        parts += [" ", html.A(text("pairs.on_other", n=reach, day=formats.day(other, text)), href=asked.query(to_day=other))]
    return html.P(parts, className="sub")


def cells(row: Mapping, text: Texts) -> dict[str, object]:
    """What the columns of a list show of a pair, by name; grey where its record ends before the day."""
    if formats.is_missing(row["record_end"]):
        return {}
    found = {
        "balance": formats.points(row["balance"]),
        "change": formats.points(row.get("change")),
        "band": band(row, text),
        "state": "—" if formats.is_missing(row["state"]) else text.entry("states")[row["state"]],
        "events": formats.plain(row["n_events"]),
        "line": line(row, text),
        "newest_event": "—" if formats.is_missing(row["newest_event"]) else formats.day(row["newest_event"].date(), text),
    }
    if row["is_compared"]:
        return found
    found["state"] = f"{found['state']}; {ended(row, text)}"
    return {name: html.Span(cell, className="ended") for name, cell in found.items()}


def ended(row: Mapping, text: Texts) -> str:
    """Why a pair is not compared on the day."""
    if row["record_end"] < row["day"]:
        return text("updates.ends", day=formats.day(row["record_end"].date(), text))
    return text("updates.begins")


def band(row: Mapping, text: Texts) -> str:
    if formats.is_missing(row["balance"]):
        return "—"
    return text("range", low=formats.points(row["balance_low"]), high=formats.points(row["balance_high"]))


def line(row: Mapping, text: Texts) -> Component | str:
    values = [] if formats.is_missing(row["line"]) else [float(value) for value in str(row["line"]).split()]
    if not values:
        return "—"
    label = text("pairs.line_text", first=formats.points(values[0]), last=formats.points(values[-1]))
    return cards.sparkline(str(row["line"]), label)


def ranked(pairs: pd.DataFrame, column: str, ascending: bool) -> pd.DataFrame:
    """Ordered by a column; pairs that are not compared have no place in the order of values and stand after it."""
    key = pairs[column].where(pairs["is_compared"]) if column in UNRANKED else pairs[column]
    return pairs.loc[key.sort_values(ascending=ascending, na_position="last", kind="stable").index]
