"""The days of the chart point that an address selects."""

from dataclasses import replace
from datetime import date

import pandas as pd

from bilateral.ask import event_lists
from bilateral.ask.warehouse import Warehouse
from bilateral.pages.choice import Choice

POINTS = {"days": "day", "checks": "month"}
"""What a point of a chart is on the parts of a page whose charts do not follow the period of the choice."""


def chosen(series: pd.DataFrame, choice: Choice, day: date) -> tuple[date, date] | None:
    """First and last day of the point in which a day lies: a day in the calendar, a month where months are checked, else a period of the series."""
    by = POINTS.get(choice.part)
    if by == "month":
        return day.replace(day=1), (pd.Timestamp(day) + pd.offsets.MonthEnd(0)).date()
    return (day, day) if by == "day" else point(series, day)


def point(series: pd.DataFrame, day: date) -> tuple[date, date] | None:
    """First and last day of the period in which a day lies."""
    rows = series[(series["period"] <= pd.Timestamp(day)) & (series["day"] >= pd.Timestamp(day))]
    return None if rows.empty else (rows["period"].iloc[0].date(), rows["day"].iloc[0].date())


def event_of(warehouse: Warehouse, choice: Choice) -> tuple[pd.Series | None, Choice]:
    """The event that the address asks for; None, and a choice without it, where there is none of that name in this dataset and pair."""
    found = event_lists.event(warehouse, choice.event) if choice.event else None
    event = None if found is None else found.iloc[0]
    if event is None or (event["dataset"], event["dyad"]) != (choice.dataset, choice.dyad):
        return None, replace(choice, event=None, ignored=choice.ignored + ("event",) * bool(choice.event))
    return event, choice


def around(choice: Choice, event: pd.Series | None) -> Choice:
    """With the point of an event, and a range around the point, where the address leaves them open."""
    return choice.around(choice.at or (None if event is None else event["event_day"].date()))
