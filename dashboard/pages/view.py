"""One pair with the settings of the reader: all data for an address, on the overview and on the page of a pair."""

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import pandas as pd

from bilateral.ask import coverage, event_lists, ledgers, policy_measures, reliability, time_series
from bilateral.ask.catalogue import Lists
from bilateral.ask.choices import INDICATORS, WAYS
from bilateral.ask.scopes import Scope
from bilateral.ask.warehouse import Warehouse
from bilateral.pages import directions
from bilateral.pages.choice import Choice
from bilateral.pages.points import POINTS, around, chosen, event_of
from bilateral.strings import Texts, texts

YEAR = {"day": pd.DateOffset(years=1), "week": pd.Timedelta(days=364), "month": pd.DateOffset(years=1)}
"""A year later, by period: weeks stay weeks."""
COMPARED = 28
"""Days before a value with which it is compared, on tiles and in what moved it."""
ASKING = ThreadPoolExecutor(min(4, os.cpu_count() or 1), "asking")
"""Threads of a worker that wait for answers: while one plans a query, another one's runs."""
LISTED = 15
"""Rows of a ledger that a page lists; the others are one row, so that the sum stays whole."""


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
    scope: Scope
    event: pd.Series | None
    """The event that the address asks for."""
    span: tuple[date, date]
    """First day of the pair and the newest day of its dataset."""
    record_end: date
    """Last day that was read of the pair; up to the end of the span values go on without coverage."""
    first: date
    last: date
    series: pd.DataFrame
    directed: dict[str, pd.DataFrame]
    """Series of both directions by their names."""
    standing: pd.Series
    both: list[tuple[str, str, pd.Series | None]]
    """Name, directed dyad and standing of both directions on the last day."""
    scopes: dict[str, Scope]
    """Both directions by their names, that of the leading country first."""
    chosen: tuple[date, date] | None
    """First and last day of the point that `at` asks for, else of the last one."""
    window: int
    domains: dict[str, str]
    """Names of the subjects."""
    datasets: dict[str, str]
    """Names of the sources of events."""
    curated: tuple[str, ...]
    """Sources that are coded by people."""
    side: pd.Series | None
    """The side from which most acts of the range are known, with its share of them; None where there is none."""
    countries: dict[str, str]
    """Names of the two countries."""
    short: dict[str, str]
    """Short names of all countries."""

    @property
    def keys(self) -> tuple[str, str, str]:
        return self.choice.dataset, self.choice.dyad, self.choice.domain

    @property
    def text(self) -> Texts:
        return texts(self.choice.lang)

    @property
    def direction(self) -> str | None:
        """Name of the one direction that the first chart shows; None for the pair."""
        code = {"ab": self.choice.dyad.replace("-", ">"), "ba": ">".join(reversed(self.choice.dyad.split("-")))}.get(
            self.choice.dir
        )
        return next((shown for shown, scope in self.scopes.items() if scope.dyad == code), None)

    @property
    def first_series(self) -> pd.DataFrame:
        """Rows of the first chart: those of the pair or of one direction."""
        return self.directed[self.direction] if self.direction else self.series

    @cached_property
    def beside(self) -> pd.DataFrame | None:
        """Rows of the same periods to compare the first chart with: as known today, or a year earlier; None where nothing is asked."""
        rows, by = self.first_series, self.choice.by
        if self.scope.as_of:
            return self._known_today(self.first, self.last).set_index("period").reindex(rows["period"]).reset_index()
        if self.choice.vs != "year":
            return None
        back = YEAR[by]
        found = self._known_today(self.first - timedelta(days=372), self.last - timedelta(days=360))
        moved = (
            found.assign(period=[period + back for period in found["period"]])
            .drop_duplicates("period", keep="last")
            .set_index("period")
        )
        return moved.reindex(rows["period"]).reset_index()

    def _known_today(self, first: date, last: date) -> pd.DataFrame:
        """Rows of the first chart over a range, as known today."""
        scopes = [replace(scope, as_of=None) for scope in (self.scope, *self.scopes.values())]
        dyad = self.scopes[self.direction].dyad if self.direction else self.scope.dyad
        return time_series.series_of(self.warehouse, scopes, self.choice.by, first, last, _is_full(self.choice))[dyad]

    @property
    def earlier(self) -> int:
        """Days before a value with which the tiles compare it."""
        return _earlier(self.choice)

    @property
    def is_curated(self) -> bool:
        return self.choice.dataset in self.curated

    @property
    def point_by(self) -> str:
        """Which period a point is: day, week or month."""
        return POINTS.get(self.choice.part, self.choice.by)

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
        rows = self.series[self.series["day"] == pd.Timestamp(self.shown_day)]
        return "not read" if rows.empty else str(rows["state"].iloc[0])

    def asked_link(self, event: str) -> str:
        """Address of an event's page."""
        return f"/event/{event}{self.asked.carried()}"

    def towards(self, directed: str) -> str:
        """A direction as people read it: US → Mexico."""
        return directions.told(directed, self.short)

    def ask(self, names: Iterable[str]) -> None:
        """Ask for these of the answers below at the same time, as a page that shows all of them would else wait for one after the other."""
        list(ASKING.map(lambda name: getattr(self, name), names))

    @cached_property
    def kinds(self) -> pd.DataFrame:
        return time_series.kinds(self.warehouse, *self.keys, self.choice.by, self.first, self.last)

    @cached_property
    def marks(self) -> pd.DataFrame:
        return event_lists.marks(self.warehouse, *self.keys, self.first, self.last, self.choice.event)

    @cached_property
    def acts(self) -> pd.Series:
        return event_lists.happened(self.warehouse, *self.keys, self.last - timedelta(days=self.window - 1), self.last)

    @cached_property
    def newest(self) -> pd.DataFrame:
        return event_lists.events(
            self.warehouse, *self.keys, self.first, self.last, most=60, full=False, gate=str(self.choice.gate)
        )

    @cached_property
    def behind(self) -> pd.DataFrame:
        """Events of the chosen point."""
        if not self.chosen:
            return self.newest.head(0)
        return event_lists.events(self.warehouse, *self.keys, *self.chosen, full=False, gate=str(self.choice.gate))

    @cached_property
    def rates(self) -> pd.Series | None:
        """Of the gate of machine-coded rows."""
        return reliability.gate_rates(self.warehouse, self.choice.dataset, self.choice.dyad)

    @cached_property
    def measures(self) -> pd.DataFrame:
        return policy_measures.measures(self.warehouse, self.choice.dyad, self.choice.domain, self.first, self.last)

    @cached_property
    def ledger(self) -> pd.DataFrame:
        return ledgers.ledger(self.warehouse, self.scope, "balance", self.shown_day, LISTED)

    @cached_property
    def parts(self) -> pd.DataFrame:
        return ledgers.contributions(self.warehouse, self.scope, "balance", self.shown_day)

    @cached_property
    def ledger_happenings(self) -> pd.DataFrame:
        return ledgers.ledger_happenings(self.warehouse, self.scope, "balance", self.shown_day, LISTED)

    @cached_property
    def moved(self) -> pd.DataFrame:
        return ledgers.moved(self.warehouse, self.scope, "balance", self.moved_from, self.shown_day, "kind")

    @cached_property
    def changed(self) -> pd.DataFrame:
        return ledgers.changed(self.warehouse, self.scope, "balance", self.moved_from, self.shown_day)


def look(warehouse: Warehouse, choice: Choice, lists: Lists) -> View | None:
    """What the choice means on the data; None where the dataset has nothing on the pair."""
    span = coverage.span(warehouse, choice.dataset, choice.dyad)
    if span is None:
        return None
    event, choice = event_of(warehouse, choice)
    record_end = coverage.ends(warehouse, choice.dataset, [choice.dyad], "all").record_end or span[1]
    asked, choice = choice, directions.of_choice(around(choice, event).clamped(*span, record_end), lists)
    if choice.as_of:
        choice = _not_after(choice, coverage.span(warehouse, choice.dataset, choice.dyad, choice.as_of) or span)
    scope = _scope(choice, lists)
    side = leading_side(warehouse, choice, span)
    if choice.without and side is not None:
        scope = replace(scope, without=str(side["source_side"]))
    own = lists.ways[choice.dataset]
    choice = replace(choice, h=scope.half_life_days, **{way: getattr(choice, way) or own[way] for way in WAYS})  # type: ignore[arg-type]
    first, last = choice.from_day or span[0], choice.to_day or span[1]
    name = lists.names(choice.lang)[choice.dyad]
    scopes = directions.of_pair(scope, name, lists)
    stood = time_series.standing_of(warehouse, [scope, *scopes.values()], last, _earlier(choice))
    standing = stood[scope.dyad]
    if standing is None:
        return None
    series = time_series.series_of(warehouse, [scope, *scopes.values()], choice.by, first, last, _is_full(choice))
    return View(
        warehouse=warehouse,
        asked=asked,
        choice=choice,
        name=name,
        scope=scope,
        event=event,
        span=span,
        record_end=record_end,
        first=first,
        last=last,
        series=series[scope.dyad],
        directed={shown: series[one.dyad] for shown, one in scopes.items()},
        standing=standing,
        both=[(shown, one.dyad, stood[one.dyad]) for shown, one in scopes.items()],
        scopes=scopes,
        chosen=chosen(series[scope.dyad], choice, choice.at or last),
        window=scope.half_life_days,
        domains=dict(lists.labels.loc["domain"][f"label_{choice.lang}"]),
        datasets=dict(lists.labels.loc["dataset"][f"label_{choice.lang}"]),
        curated=lists.curated,
        side=side,
        countries=directions.countries(scope.dyad, name, lists),
        short=lists.countries(choice.lang),
    )


def leading_side(warehouse: Warehouse, choice: Choice, span: tuple[date, date]) -> pd.Series | None:
    """The side from which most acts of the range are known, with its share; None where there is none."""
    first, last = choice.from_day or span[0], choice.to_day or span[1]
    rows = event_lists.sides(warehouse, choice.dataset, choice.dyad, choice.domain, first, last).dropna(subset=["source_side"])
    return None if rows.empty else rows.iloc[0]


def _scope(choice: Choice, lists: Lists) -> Scope:
    """Of a curated list what was known by a day is what it has up to that day, so the series of today is asked, which is kept."""
    as_of = None if choice.dataset in lists.curated else choice.as_of
    scope = lists.scope(choice.dataset, choice.dyad, choice.domain, choice.h, as_of, choice.mutual)
    is_compared = choice.indicator in ("asymmetry", "adjusted")
    return replace(scope, is_compared=is_compared, level=choice.level, score=choice.score, weight=choice.weight, gate=choice.gate)


def _earlier(choice: Choice) -> int:
    return 365 if choice.vs == "year" else COMPARED


def _is_full(choice: Choice) -> bool:
    """Whether a series is asked for with every indicator: the columns of the balance alone are asked for faster."""
    return choice.full or choice.indicator != INDICATORS[0]


def _not_after(choice: Choice, known: tuple[date, date]) -> Choice:
    """With the range inside the days that were covered by what was known then."""
    first, last = choice.from_day or known[0], choice.to_day or known[1]
    return replace(choice, from_day=min(first, known[1]), to_day=min(last, known[1]))
