"""Lists of events by date range or search, one event with its details, and counts by kind, week and side. The SQL is in queries/app/."""

from datetime import date
from typing import Any

import pandas as pd

from bilateral.ask.scopes import narrowed
from bilateral.ask.warehouse import Warehouse


def happened(warehouse: Warehouse, dataset: str, dyad: str, domain: str, from_day: date, to_day: date) -> pd.Series:
    """Acts by kind and changes of measures in a range of days."""
    return warehouse.ask("happened", dataset=dataset, dyad=dyad, domain=domain, from_day=from_day, to_day=to_day).iloc[0]


OF_LISTS = (
    *("event_id", "dataset", "dyad", "directed_dyad", "source_country", "target_country", "event_day", "code", "kind", "domain"),
    *(
        "score",
        "weight",
        "is_mutual",
        "is_backdated",
        "is_excluded",
        "gate",
        "summary",
        "summary_es",
        "source_title",
        "outlet",
        "url",
    ),
    *("source_side", "verified"),
)
"""What a list of events on a page needs of them. All forty columns take twice as long to ask for."""


def events(
    warehouse: Warehouse,
    dataset: str,
    dyad: str,
    domain: str,
    from_day: date,
    to_day: date,
    most: int = 100,
    full: bool = True,
    gate: str = "on",
) -> pd.DataFrame:
    """Events of a range, newest first, with all columns or those OF_LISTS; with the gate `off` also those that it refused."""
    over = {} if full else {"main.events": f"{narrowed('main.events', OF_LISTS)} as events"}
    keys: dict[str, object] = {"dataset": dataset, "dyad": dyad, "domain": domain}
    return warehouse.ask("events_between", over, None, **keys, from_day=from_day, to_day=to_day, gate=gate, most=most)


MARKS = {"short": 8, "long": 12}
"""Numbered events on a chart, of up to two years and of more."""


def marks(
    warehouse: Warehouse, dataset: str, dyad: str, domain: str, from_day: date, to_day: date, event: str | None
) -> pd.DataFrame:
    """Numbered events of the chart: those of most importance in the range, and the one that is asked for."""
    most = MARKS["short" if (to_day - from_day).days <= 731 else "long"]
    keys: dict[str, object] = {"dataset": dataset, "dyad": dyad, "domain": domain, "from_day": from_day, "to_day": to_day}
    return warehouse.ask("key_events", None, None, **keys, event=event or "", most=most)


def subjects(warehouse: Warehouse, dataset: str, dyad: str, day: date) -> pd.DataFrame:
    """What is on record of each subject in the 90 days to a day: counts by side, reading and trend."""
    return warehouse.ask("subjects", dataset=dataset, dyad=dyad, day=day)


def newest_week(warehouse: Warehouse, dataset: str, day: date, most: int) -> pd.DataFrame:
    """Events of the newest week on record of all pairs, up to a day, those of most weight."""
    return warehouse.ask("newest_week", dataset=dataset, day=day, most=most)


def since_record(warehouse: Warehouse, dataset: str, curated: tuple[str, ...]) -> pd.DataFrame:
    """What machine-coded sources tell after the record of a pair ends: a row for each pair and source."""
    return warehouse.ask("since_record", dataset=dataset, curated=list(curated))


def measures_proposed(warehouse: Warehouse, dyad: str, domain: str, most: int) -> pd.DataFrame:
    """Changes of measures that await review, the newest first; `all` stands for every pair and subject."""
    return warehouse.ask("measures_proposed", dyad=dyad, domain=domain, most=most)


def proposals_waiting(warehouse: Warehouse, dataset: str, most: int) -> pd.DataFrame:
    """Pages with proposals that await review, those about the newest days first; each row has the count of all such proposals."""
    return warehouse.ask("proposals_waiting", dataset=dataset, most=most)


def week_among_weeks(warehouse: Warehouse, dataset: str, dyad: str, domain: str, week: date) -> pd.Series:
    """Acts of the week from a Monday on, and how many the pair's own weeks of two years before had."""
    return warehouse.ask("week_among_weeks", dataset=dataset, dyad=dyad, domain=domain, week=week).iloc[0]


def event(warehouse: Warehouse, event_id: str) -> pd.DataFrame | None:
    """One event with the label of its code, a frame of one row; None where there is none of this name."""
    rows = warehouse.ask("event", event_id=event_id)
    return None if rows.empty else rows


def reports(warehouse: Warehouse, event_id: str) -> pd.DataFrame:
    """Source rows that were merged into an event, the one that speaks for it first."""
    return warehouse.ask("reports_of_event", event_id=event_id)


def sides(warehouse: Warehouse, dataset: str, dyad: str, domain: str, from_day: date, to_day: date) -> pd.DataFrame:
    """From whom the acts of a range are known, the side with the most acts first, with its share of all."""
    return warehouse.ask("sides_between", dataset=dataset, dyad=dyad, domain=domain, from_day=from_day, to_day=to_day)


def found(warehouse: Warehouse, most: int, **asked: Any) -> pd.DataFrame:
    """A sheet of events that match: dataset, dyad, domain, kind, q, from_day, to_day, gate, sort, skip; `n_found` is how many match."""
    return warehouse.ask("events_found", most=most, **asked)


def facets(warehouse: Warehouse, **asked: Any) -> pd.DataFrame:
    """Events that match by kind, of the subject that is asked for, and by subject, of the kind that is; asked as `found`."""
    return warehouse.ask("event_facets", **asked)


def around_event(warehouse: Warehouse, event_id: str) -> dict[str, pd.DataFrame]:
    """What belongs to an event: changes of measures that it carries, the events before and after it, what other pairs have of it, what was corrected and
    revised."""
    names = ("measures", "neighbours", "other_pairs", "corrections", "revisions")
    return {name: warehouse.ask(f"event_{name}", event=event_id) for name in names}


def acts_around(warehouse: Warehouse, dataset: str, dyad: str, domain: str, day: date, days: int) -> pd.DataFrame:
    """Acts before and after a day by side, direction and kind."""
    return warehouse.ask("acts_around", dataset=dataset, dyad=dyad, domain=domain, day=day, days=days)


def stories(warehouse: Warehouse, dataset: str, names: list[str]) -> pd.DataFrame:
    """What these stories tell: event_id, event_day, summary."""
    return warehouse.ask("stories_named", dataset=dataset, stories=names)
