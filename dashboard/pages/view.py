"""One pair as a reader chose to see it: everything that follows the address, on the overview and on the page of a pair."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import pandas as pd

from dashboard import data
from dashboard.address import Choice, months_before
from dashboard.strings import Texts, texts
from dashboard.warehouse import Warehouse

COMPARED = 28
"""Days before a value with which it is compared, on tiles and in what moved it."""


@dataclass(frozen=True)
class View:
    """The answer to one choice. Every label on the page comes from here, so a figure never stands under another one's name.

    What only some parts of the page show is asked when it is first looked at.
    """

    warehouse: Warehouse
    asked: Choice
    """As the address says, defaults left open: links are made from it."""
    choice: Choice
    """The same, every default filled in."""
    name: str
    scope: data.Scope
    event: pd.Series | None
    """The event that the address asks for."""
    span: tuple[date, date]
    first: date
    last: date
    series: pd.DataFrame
    standing: pd.Series
    scopes: dict[str, data.Scope]
    """Both directions by their names, that of the leading country first."""
    chosen: tuple[date, date] | None
    """First and last day of the point that `at` asks for, else of the last one."""
    window: int
    domains: dict[str, str]
    """Names of the subjects."""
    datasets: dict[str, str]
    """Names of the sources of events."""

    @property
    def keys(self) -> tuple[str, str, str]:
        return self.choice.dataset, self.choice.dyad, self.choice.domain

    @property
    def text(self) -> Texts:
        return texts(self.choice.lang)

    @property
    def shown_day(self) -> date:
        """The day whose value is explained: that of the point which `at` asks for, else the last of the range."""
        return self.chosen[1] if self.chosen and self.choice.at else self.last

    @property
    def moved_from(self) -> date:
        return self.shown_day - timedelta(days=COMPARED)

    @property
    def point_state(self) -> str:
        """State of the value that is explained."""
        rows = self.series[self.series["day"].dt.date == self.shown_day]
        return "not read" if rows.empty else str(rows["state"].iloc[0])

    def asked_link(self, event: str) -> str:
        """Address of an event's page."""
        return f"/event/{event}{self.asked.carried()}"

    @cached_property
    def directed(self) -> dict[str, pd.DataFrame]:
        return {
            shown: data.series(self.warehouse, scope, self.choice.by, self.first, self.last, self.choice.full)
            for shown, scope in self.scopes.items()
        }

    @cached_property
    def both(self) -> list[tuple[str, str, pd.Series | None]]:
        """Name, directed dyad and standing of both directions on the last day."""
        return [(shown, scope.dyad, data.standing(self.warehouse, scope, self.last)) for shown, scope in self.scopes.items()]

    @cached_property
    def kinds(self) -> pd.DataFrame:
        return data.kinds(self.warehouse, *self.keys, self.choice.by, self.first, self.last)

    @cached_property
    def marks(self) -> pd.DataFrame:
        return data.marks(self.warehouse, *self.keys, self.first, self.last, self.choice.event)

    @cached_property
    def acts(self) -> pd.Series:
        return data.happened(self.warehouse, *self.keys, self.last - timedelta(days=self.window - 1), self.last)

    @cached_property
    def newest(self) -> pd.DataFrame:
        return data.events(self.warehouse, *self.keys, self.first, self.last, most=60)

    @cached_property
    def behind(self) -> pd.DataFrame:
        """Events of the chosen point."""
        return data.events(self.warehouse, *self.keys, *self.chosen) if self.chosen else self.newest.head(0)

    @cached_property
    def measures(self) -> pd.DataFrame:
        return data.measures(self.warehouse, self.choice.dyad, self.choice.domain, self.first, self.last)

    @cached_property
    def ledger(self) -> pd.DataFrame:
        return data.ledger(self.warehouse, self.scope, "balance", self.shown_day)

    @cached_property
    def moved(self) -> pd.DataFrame:
        return data.moved(self.warehouse, self.scope, "balance", self.moved_from, self.shown_day, "kind")


def look(warehouse: Warehouse, choice: Choice, lists: data.Lists) -> View | None:
    """What the choice means on the data; None where the dataset has nothing on the pair."""
    span = data.span(warehouse, choice.dataset, choice.dyad)
    if span is None:
        return None
    found = data.event(warehouse, choice.event) if choice.event else None
    event = None if found is None else found.iloc[0]
    if event is None or (event["dataset"], event["dyad"]) != (choice.dataset, choice.dyad):
        event, choice = None, replace(choice, event=None, ignored=choice.ignored + ("event",) * bool(choice.event))
    asked, scope = choice, lists.scope(choice.dataset, choice.dyad, choice.domain, choice.h)
    choice = replace(_around(choice, event).clamped(*span), h=scope.half_life_days)
    first, last = choice.from_day or span[0], choice.to_day or span[1]
    standing = data.standing(warehouse, scope, last)
    if standing is None:
        return None
    name = lists.names(choice.lang)[choice.dyad]
    series = data.series(warehouse, scope, choice.by, first, last, choice.full)
    return View(
        warehouse=warehouse,
        asked=asked,
        choice=choice,
        name=name,
        scope=scope,
        event=event,
        span=span,
        first=first,
        last=last,
        series=series,
        standing=standing,
        scopes=directions(scope, name, lists),
        chosen=point(series, choice.at or last),
        window=scope.half_life_days,
        domains=dict(lists.labels.loc["domain"][f"label_{choice.lang}"]),
        datasets=dict(lists.labels.loc["dataset"][f"label_{choice.lang}"]),
    )


def directions(scope: data.Scope, name: str, lists: data.Lists) -> dict[str, data.Scope]:
    """Both directions of a pair by their names, that of the leading country first."""
    lead, partner = name.split(" – ")
    leading = str(lists.pairs.set_index("dyad").loc[scope.dyad, "lead"])
    other = next(code for code in scope.dyad.split("-") if code != leading)
    return {
        f"{lead} → {partner}": replace(scope, dyad=f"{leading}>{other}"),
        f"{partner} → {lead}": replace(scope, dyad=f"{other}>{leading}"),
    }


def _around(choice: Choice, event: pd.Series | None) -> Choice:
    """With the point of an event, and a range around the point, where the address leaves them open."""
    at = choice.at or (None if event is None else event["event_day"].date())
    if at and choice.from_day is None and choice.to_day is None:
        choice = replace(choice, from_day=months_before(at, 6), to_day=at + timedelta(days=91))
    return replace(choice, at=at)


def point(series: pd.DataFrame, day: date) -> tuple[date, date] | None:
    """First and last day of the period in which a day lies."""
    rows = series[(series["period"].dt.date <= day) & (series["day"].dt.date >= day)]
    return None if rows.empty else (rows["period"].iloc[0].date(), rows["day"].iloc[0].date())
