"""One pair as a reader chose to see it: everything that follows the address, on the overview and on the page of a pair."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from dashboard import data
from dashboard.address import Choice, months_before
from dashboard.strings import Texts, texts
from dashboard.warehouse import Warehouse

COMPARED = 28
"""Days before a value with which it is compared, on tiles and in what moved it."""


@dataclass(frozen=True)
class View:
    """The answer to one choice. Every label on the page comes from here, so a figure never stands under another one's name."""

    asked: Choice
    """As the address says, defaults left open: links are made from it."""
    choice: Choice
    """The same, every default filled in."""
    name: str
    scope: data.Scope
    event: pd.Series | None
    """The event that the address asks for."""
    span: tuple[date, date]
    series: pd.DataFrame
    directed: dict[str, pd.DataFrame]
    kinds: pd.DataFrame
    marks: pd.DataFrame
    standing: pd.Series
    both: list[tuple[str, str, pd.Series | None]]
    acts: pd.Series
    window: int
    newest: pd.DataFrame
    behind: pd.DataFrame
    measures: pd.DataFrame
    shown_day: date
    """The day whose value is explained: that of the point which `at` asks for, else the last of the range."""
    moved_from: date
    ledger: pd.DataFrame
    moved: pd.DataFrame
    domains: dict[str, str]
    """Names of the subjects."""
    datasets: dict[str, str]
    """Names of the sources of events."""

    @property
    def point_state(self) -> str:
        """State of the value that is explained."""
        rows = self.series[self.series["day"].dt.date == self.shown_day]
        return "not read" if rows.empty else str(rows["state"].iloc[0])

    def asked_link(self, event: str) -> str:
        """Address of an event's page."""
        return f"/event/{event}{self.asked.carried()}"

    @property
    def text(self) -> Texts:
        return texts(self.choice.lang)


def look(warehouse: Warehouse, choice: Choice, lists: data.Lists) -> View | None:
    """Ask everything that the choice needs; None where the dataset has nothing on the pair."""
    span = data.span(warehouse, choice.dataset, choice.dyad)
    if span is None:
        return None
    found = data.event(warehouse, choice.event) if choice.event else None
    event = None if found is None else found.iloc[0]
    if event is None or (event["dataset"], event["dyad"]) != (choice.dataset, choice.dyad):
        event, choice = None, replace(choice, event=None, ignored=choice.ignored + ("event",) * bool(choice.event))
    asked, h = choice, choice.h or lists.datasets[choice.dataset]
    choice = replace(_around(choice, event).clamped(*span), h=h)
    first, last = choice.from_day or span[0], choice.to_day or span[1]
    name = lists.pairs.set_index("dyad").loc[choice.dyad, f"name_{choice.lang}"]
    lead, partner = str(name).split(" – ")
    kept = choice.domain == "all" and h == lists.datasets[choice.dataset]
    pair = data.Scope(choice.dataset, choice.dyad, choice.domain, h, kept)
    directions = {f"{lead} → {partner}": _directed(choice.dyad, lists, lead_first=True)}
    directions[f"{partner} → {lead}"] = _directed(choice.dyad, lists, lead_first=False)
    scopes = {shown: replace(pair, dyad=dyad) for shown, dyad in directions.items()}
    series = data.series(warehouse, pair, choice.by, first, last)
    keys = (choice.dataset, choice.dyad, choice.domain)
    chosen = point(series, choice.at or last)
    shown_day = chosen[1] if chosen and choice.at else last
    moved_from = shown_day - timedelta(days=COMPARED)
    newest = data.events(warehouse, *keys, first, last, most=60)
    standing = data.standing(warehouse, pair, last)
    if standing is None:
        return None
    both = [(shown, scope.dyad, data.standing(warehouse, scope, last)) for shown, scope in scopes.items()]
    return View(
        asked=asked,
        choice=choice,
        name=str(name),
        scope=pair,
        event=event,
        span=span,
        series=series,
        directed={shown: data.series(warehouse, scope, choice.by, first, last) for shown, scope in scopes.items()},
        kinds=data.kinds(warehouse, *keys, choice.by, first, last),
        marks=data.marks(warehouse, *keys, first, last, choice.event),
        standing=standing,
        both=both,
        acts=data.happened(warehouse, *keys, last - timedelta(days=h - 1), last),
        window=h,
        newest=newest,
        behind=data.events(warehouse, *keys, *chosen) if chosen else newest.head(0),
        measures=data.measures(warehouse, choice.dyad, choice.domain, first, last),
        shown_day=shown_day,
        moved_from=moved_from,
        ledger=data.ledger(warehouse, pair, "balance", shown_day),
        moved=data.moved(warehouse, pair, "balance", moved_from, shown_day, "kind"),
        domains=dict(lists.labels.loc["domain"][f"label_{choice.lang}"]),
        datasets=dict(lists.labels.loc["dataset"][f"label_{choice.lang}"]),
    )


def _around(choice: Choice, event: pd.Series | None) -> Choice:
    """With the point of an event, and a range around the point, where the address leaves them open."""
    at = choice.at or (None if event is None else event["event_day"].date())
    if at and choice.from_day is None and choice.to_day is None:
        choice = replace(choice, from_day=months_before(at, 6), to_day=at + timedelta(days=91))
    return replace(choice, at=at)


def _directed(dyad: str, lists: data.Lists, lead_first: bool) -> str:
    lead = str(lists.pairs.set_index("dyad").loc[dyad, "lead"])
    partner = next(code for code in dyad.split("-") if code != lead)
    return f"{lead}>{partner}" if lead_first else f"{partner}>{lead}"


def point(series: pd.DataFrame, day: date) -> tuple[date, date] | None:
    """First and last day of the period in which a day lies."""
    rows = series[(series["period"].dt.date <= day) & (series["day"].dt.date >= day)]
    return None if rows.empty else (rows["period"].iloc[0].date(), rows["day"].iloc[0].date())
