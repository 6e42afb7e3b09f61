"""Measures that are announced, threatened or paused and not in force, each beside what became of earlier ones."""

from collections.abc import Mapping
from datetime import date

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import formats
from bilateral.ask import policy_measures
from bilateral.frames import rowwise
from bilateral.pages import chart, directions, tables, told_events
from bilateral.pages.choice import Choice
from bilateral.pages.site import Site
from bilateral.strings import Texts

DAYS = (30, 90, 365)


def card(site: Site, choice: Choice, day: date, countries: Mapping[str, str], text: Texts) -> html.Section:
    """The measures of a pair that wait on a day, and how many dates that were set have been kept."""
    rows = policy_measures.measures_waiting(site.warehouse, choice.dyad, choice.domain, day)
    fates = policy_measures.measure_fates(site.warehouse)
    title = text("fates.title", day=formats.day(day, text))
    heads = [text("events.measure"), text("events.who"), text("events.state"), *(text(f"fates.within_{n}") for n in DAYS)]
    cells = [
        [
            told_events.measure(row, text),
            html.Span(directions.told(f"{row['imposing_country']}>{row['target_country']}", countries), className="who"),
            text("fates.since", state=text.entry("states")[row["state"]], day=formats.day(row["state_day"].date(), text)),
            *(told(fate(fates, row, n), text) for n in DAYS),
        ]
        for row in rowwise(rows)
    ]
    shown: list[Component] = [html.P(text("fates.none"))]
    if cells:
        shown = [
            html.P(text("fates.said"), className="sub"),
            tables.table(title, heads, cells, (), "table-waiting", told=range(2, 6)),
        ]
    kept = dates_kept(policy_measures.dates_kept(site.warehouse), text)
    return html.Section([html.H2(title), *shown, *kept, chart.how(text("fates.how"), rows, text)], className="card")


def fate(fates: pd.DataFrame, row: Mapping, days: int) -> Mapping | None:
    """What became of measures of the same state and instrument within so many days; None of one that does not wait."""
    if formats.is_missing(row["measure_id"]) or row["is_in_force"] != "no":
        return None
    found = fates[(fates["state"] == row["state"]) & (fates["instrument"] == row["instrument"]) & (fates["within_days"] == days)]
    return next((one for one in rowwise(found) if one["n"]), None)


def told(found: Mapping | None, text: Texts) -> str:
    """As 38 of 101 (29–47%); a dash where there is none."""
    if found is None:
        return "—"
    key = "fates.of_all" if found["of_instrument"] == "all" else "fates.of"
    low, high = (formats.plain(found[end]) for end in ("rate_low", "rate_high"))
    return text(key, k=int(found["n_reached"]), n=int(found["n"]), low=low, high=high)


def fate_line(found: Mapping | None, text: Texts) -> list[Component]:
    """The same as a line under a date ahead."""
    return [] if found is None else [html.Div(text(f"fates.line_{found['state']}", of=told(found, text)), className="over")]


def dates_kept(rows: pd.DataFrame, text: Texts) -> list[Component]:
    """One sentence on all sorts of dates; nothing where none has come."""
    said = [
        text(f"fates.kept_{row['until_kind']}", k=int(row["n_kept"]), n=int(row["n"]), changed=int(row["n_changed"]))
        for row in rowwise(rows)
    ]
    return [html.P(text("fates.kept", said="; ".join(said)), className="sub")] if said else []
