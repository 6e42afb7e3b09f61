"""Change points of a pair: the chart of levels, and the stories behind each change."""

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import formats
from bilateral.ask import event_lists, time_series
from bilateral.ask.warehouse import Warehouse
from bilateral.figures import checks as figures
from bilateral.frames import rowwise
from bilateral.pages import chart, tables, told_events
from bilateral.pages.chart import Chart
from bilateral.pages.view import View

LINES = ("line", "dash", "dots")
"""Looks of the series of change points, as figures.checks.levels draws them."""


def no_levels(view: View) -> str:
    """Why no change of level is drawn: none is significant, or the series was not searched."""
    rows = time_series.of_pair(view.warehouse, "changes_of", view.choice, domain=view.choice.domain)
    if rows.empty:
        return view.text("checks.levels_missing")
    here = rows[rows["dyad"] == view.choice.dyad].iloc[0]
    key = {"searched": "levels_none", "too short": "levels_short"}.get(here["state"], "levels_few")
    p = "" if formats.is_missing(here["p"]) else formats.plain(100 * here["p"], 1)
    q = "" if formats.is_missing(here["q"]) else formats.plain(100 * here["q"])
    return view.text(f"checks.{key}", name=view.name, stories=int(here["n_stories"]), p=p, q=q)


def levels(rows: pd.DataFrame, warehouse: Warehouse, view: View) -> Chart:
    """Steps of the mean between significant change points; the stories behind each shift as links."""
    text = view.text
    found = rows.dropna(subset=["day"])
    drawn = rows[rows["dyad"].isin(found["dyad"])]
    stretches = [(view.towards(str(name)), *steps(part)) for name, part in drawn.groupby("dyad", sort=False)]
    heads = [
        text("checks.series"),
        *(text(f"checks.{name}") for name in ("day", "window", "size", "before", "after", "top_share", "p", "q")),
    ]
    cells, changes = [change_cells(row, view) for row in rowwise(rows)], rowwise(found)
    first = drawn.iloc[0]
    return Chart(
        name="levels",
        title=text("checks.levels"),
        how_to_read=text("checks.levels_how"),
        summary=text(
            "checks.levels_said",
            name=name_of(first["dyad"], view),
            n=int(first["n_changes"]),
            stories=int(first["n_stories"]),
            q=formats.plain(100 * first["q"]),
        ),
        figure=figures.levels(stretches, found),
        table=tables.table(text("checks.levels"), heads, cells, range(3, 9), "table-levels"),
        computed=text("how.levels"),
        rows=rows,
        readouts=[change_said(row, view) for row in changes],
        days=[str(row["day"].date()) for row in changes],
        legend=chart.key(
            [(look, name_of(dyad, view)) for look, dyad in zip(LINES, drawn["dyad"].drop_duplicates(), strict=False)]
        ),
        more=[stories(row, warehouse, view) for row in changes],
    )


def name_of(dyad: str, view: View) -> str:
    """The pair by its name, a direction by its codes."""
    return view.name if dyad == view.choice.dyad else view.towards(dyad)


def steps(part: pd.DataFrame) -> tuple[list[str], list[float | None]]:
    """Days and levels of one series as a line with steps."""
    first, last = (str(part.iloc[0][name].date()) for name in ("first_day", "last_day"))
    changes = rowwise(part.dropna(subset=["day"]))
    days, values = [first], [round(changes[0]["before"], 2)]
    for change in changes:
        days += [str(change["day"].date())] * 2
        values += [round(change["before"], 2), round(change["after"], 2)]
    return [*days, last], [*values, values[-1]]


def change_cells(row: dict, view: View) -> list:
    text, name = view.text, name_of(row["dyad"], view)
    rates = [formats.plain(row["p"], 4), formats.plain(row["q"], 2)]
    if formats.is_missing(row["day"]):
        why = {"searched": "none_found", "too short": "too_short"}.get(row["state"], "too_few_stories")
        return [name, text(f"checks.{why}"), *["—"] * 5, *rates]
    window = text("range", low=formats.day(row["window_from"].date(), text), high=formats.day(row["window_to"].date(), text))
    values = [formats.points(row[column]) for column in ("size", "before", "after")]
    return [name, formats.day(row["day"].date(), text), window, *values, formats.percent(row["top_share"]), *rates]


def change_said(row: dict, view: View) -> str:
    return view.text(
        "checks.change_said",
        name=name_of(row["dyad"], view),
        day=formats.day(row["day"].date(), view.text),
        size=formats.points(row["size"]),
        before=formats.points(row["before"]),
        after=formats.points(row["after"]),
    )


def stories(row: dict, warehouse: Warehouse, view: View) -> Component:
    """The stories that make up most of a shift."""
    told = event_lists.stories(warehouse, view.choice.dataset, list(row["top_stories"]))
    items = [
        html.Li(
            [
                html.Strong(formats.day(story["event_day"].date(), view.text)),
                " ",
                told_events.event_link(story, view.asked_link(story["event_id"]), view.text),
            ]
        )
        for story in rowwise(told)
    ]
    return html.Div([html.P(change_said(row, view), className="sub"), html.Ul(items, className="marks")])
