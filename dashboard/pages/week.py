"""Data of one week of a pair, on its last covered day."""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from bilateral import formats
from bilateral.ask import coverage, event_lists, ledgers, policy_measures, time_series
from bilateral.ask.scopes import Scope
from bilateral.pages import directions, sentences
from bilateral.pages.choice import Choice, monday
from bilateral.pages.site import Site
from bilateral.strings import Texts, texts

MOST = 60
"""Acts that are listed; a week of machine-coded data has more."""


SHOWN = 181
"""Days of the small chart."""


@dataclass(frozen=True)
class Before:
    """The same number of days before a week: their acts, the standing on their last day, and how far the balance went since."""

    acts: pd.Series
    standing: pd.Series | None
    moved: pd.DataFrame


@dataclass(frozen=True)
class Week:
    """What was asked about one week of a pair."""

    choice: Choice
    name: str
    first: date
    last: date
    """The last day of it that is covered, on which the indicators stand."""
    domains: dict[str, str]
    acts: pd.Series
    events: pd.DataFrame
    changed: pd.DataFrame
    in_force: pd.DataFrame
    next: pd.DataFrame
    among: pd.Series
    standing: pd.Series
    directions: dict[str, pd.Series | None]
    parts: pd.DataFrame
    before: Before | None
    """What was before it; None where that was not covered."""
    series: pd.DataFrame
    """Balance of the half-year to its end, by week."""
    names: dict[str, str]
    short: dict[str, str]

    @property
    def text(self) -> Texts:
        return texts(self.choice.lang)

    @property
    def is_over(self) -> bool:
        return bool(self.choice.days) or self.last == self.first + timedelta(days=6)

    @property
    def n_days(self) -> int:
        return (self.last - self.first).days + 1

    def event_page(self, event_id: str) -> str:
        return "" if formats.is_missing(event_id) else f"/event/{event_id}{self.choice.carried()}"


def look(site: Site, choice: Choice, span: tuple[date, date]) -> Week | None:
    """The asked week or days, else the newest week with events; None where it lies outside of the covered days."""
    house, lists = site.warehouse, site.lists()
    if choice.days:
        first, last = span[1] - timedelta(days=choice.days - 1), span[1]
    else:
        first = choice.week or newest(site, choice, span)
        last = min(first + timedelta(days=6), span[1])
    scope = lists.scope(choice.dataset, choice.dyad, choice.domain, choice.h)
    name = lists.names(choice.lang)[choice.dyad]
    scopes = directions.of_pair(scope, name, lists)
    stood = time_series.standing_of(house, [scope, *scopes.values()], last, full=True)
    standing = stood[scope.dyad]
    if standing is None or last < first:
        return None
    keys = (choice.dataset, choice.dyad, choice.domain)
    return Week(
        choice=choice,
        name=name,
        first=first,
        last=last,
        domains=dict(lists.labels.loc["domain"][f"label_{choice.lang}"]),
        acts=event_lists.happened(house, *keys, first, last),
        events=event_lists.events(house, *keys, first, last, most=MOST),
        changed=policy_measures.measures(house, choice.dyad, choice.domain, first, last),
        in_force=policy_measures.measures_in_force(house, choice.dyad, choice.domain, last),
        next=policy_measures.calendar(house, choice.dyad, choice.domain, last),
        among=event_lists.week_among_weeks(house, *keys, first),
        standing=standing,
        directions={shown: stood[one.dyad] for shown, one in scopes.items()},
        parts=ledgers.contributions(house, scope, "balance", last),
        before=_before(site, scope, first, last) if first > span[0] else None,
        series=time_series.series_of(house, [scope], "week", last - timedelta(days=SHOWN), last, False)[scope.dyad],
        names=sentences.doers(name, [one.dyad for one in scopes.values()]),
        short=lists.countries(choice.lang),
    )


def newest(site: Site, choice: Choice, span: tuple[date, date]) -> date:
    """Monday of the newest week with an event; of the last covered day where there is none."""
    ends = coverage.ends(site.warehouse, choice.dataset, [choice.dyad], choice.domain)
    return monday(min(ends.newest_event or span[1], span[1]))


def _before(site: Site, scope: Scope, first: date, last: date) -> Before:
    house, end = site.warehouse, first - timedelta(days=1)
    start = first - (last - first) - timedelta(days=1)
    return Before(
        acts=event_lists.happened(house, scope.dataset, scope.dyad, scope.domain, start, end),
        standing=time_series.standing_of(house, [scope], end)[scope.dyad],
        moved=ledgers.changed(house, scope, "balance", end, last),
    )
