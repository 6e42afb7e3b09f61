"""One pair as a reader chose to see it: everything that follows the address, on the overview and on the page of a pair."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from dashboard import data
from dashboard.address import Choice
from dashboard.strings import Texts, texts
from dashboard.warehouse import Warehouse


@dataclass(frozen=True)
class View:
    """The answer to one choice. Every label on the page comes from here, so a figure never stands under another one's name."""

    asked: Choice
    """As the address says, defaults left open: links are made from it."""
    choice: Choice
    """The same, every default filled in."""
    name: str
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

    @property
    def text(self) -> Texts:
        return texts(self.choice.lang)


def look(warehouse: Warehouse, choice: Choice, lists: data.Lists) -> View | None:
    """Ask everything that the choice needs; None where the dataset has nothing on the pair."""
    span = data.span(warehouse, choice.dataset, choice.dyad)
    if span is None:
        return None
    asked, h = choice, choice.h or lists.datasets[choice.dataset]
    choice = replace(choice.clamped(*span), h=h)
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
    shown_day = choice.at or last
    chosen = point(series, shown_day)
    newest = data.events(warehouse, *keys, first, last, most=60)
    standing = data.standing(warehouse, pair, last)
    if standing is None:
        return None
    both = [(shown, scope.dyad, data.standing(warehouse, scope, last)) for shown, scope in scopes.items()]
    return View(
        asked=asked,
        choice=choice,
        name=str(name),
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
    )


def _directed(dyad: str, lists: data.Lists, lead_first: bool) -> str:
    lead = str(lists.pairs.set_index("dyad").loc[dyad, "lead"])
    partner = next(code for code in dyad.split("-") if code != lead)
    return f"{lead}>{partner}" if lead_first else f"{partner}>{lead}"


def point(series: pd.DataFrame, day: date) -> tuple[date, date] | None:
    """First and last day of the period in which a day lies."""
    rows = series[(series["period"].dt.date <= day) & (series["day"].dt.date >= day)]
    return None if rows.empty else (rows["period"].iloc[0].date(), rows["day"].iloc[0].date())
