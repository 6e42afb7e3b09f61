"""One week of a pair: what was asked about it, on the last day of it that is covered."""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from bilateral import formats
from bilateral.ask import event_lists, ledgers, policy_measures, time_series
from bilateral.pages import directions, sentences
from bilateral.pages.choice import Choice, monday
from bilateral.pages.site import Site
from bilateral.strings import Texts, texts

MOST = 60
"""Acts that are listed; a week of machine-coded data has more."""


@dataclass(frozen=True)
class Week:
    """What was asked about one week of a pair."""

    choice: Choice
    name: str
    monday: date
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
    names: dict[str, str]
    short: dict[str, str]

    @property
    def text(self) -> Texts:
        return texts(self.choice.lang)

    @property
    def is_over(self) -> bool:
        return self.last == self.monday + timedelta(days=6)

    def event_page(self, event_id: str) -> str:
        return "" if formats.is_missing(event_id) else f"/event/{event_id}{self.choice.carried()}"


def look(site: Site, choice: Choice, span: tuple[date, date]) -> Week | None:
    """The asked week, or the one of the last covered day; None where it lies outside of the covered days."""
    house, lists = site.warehouse, site.lists()
    first = choice.week or monday(span[1])
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
        monday=first,
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
        names=sentences.doers(name, [one.dyad for one in scopes.values()]),
        short=lists.countries(choice.lang),
    )
