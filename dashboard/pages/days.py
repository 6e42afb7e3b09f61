"""Subjects and days of a pair: weight by subject, a calendar of days, and the outlets of the events."""

from datetime import timedelta

import pandas as pd

from bilateral import formats
from bilateral.ask import time_series
from bilateral.ask.warehouse import Warehouse
from bilateral.figures import days as figures
from bilateral.frames import rowwise
from bilateral.pages import chart, tables
from bilateral.pages.chart import Chart
from bilateral.pages.charts import KINDS
from bilateral.pages.view import View

WEEKS = 26
"""Weeks of the calendar, the last of the range."""
OUTLETS = 12
"""Outlets that have a bar of their own."""


def made(warehouse: Warehouse, view: View) -> list[Chart]:
    """The charts of this part; a subject or a range without events leaves some out."""
    domain = view.choice.domain
    topics_of = time_series.of_range(warehouse, "kinds_by_domain", view.choice)
    days = time_series.of_range(warehouse, "net_by_day", view.choice, domain=domain)
    outlets_of = time_series.of_range(warehouse, "outlets_between", view.choice, domain=domain)
    return [
        *([topics(topics_of, view)] if len(topics_of) else []),
        calendar(days, view),
        *([outlets(outlets_of, view)] if len(outlets_of) else []),
    ]


def topics(rows: pd.DataFrame, view: View) -> Chart:
    text, records = view.text, rowwise(rows)
    labels = [
        text("days.topic", name=view.domains[row["domain"]], events=text("chart.events", n=int(row["n_events"])))
        for row in records
    ]
    heads = [
        text("controls.domain"),
        text("table.events"),
        *(text.entry("kinds")[column.replace("_", " ")] for _, column, _ in KINDS),
    ]
    cells = [
        [view.domains[row["domain"]], formats.plain(row["n_events"]), *(formats.plain(row[column], 1) for _, column, _ in KINDS)]
        for row in records
    ]
    most = records[0]
    return Chart(
        name="topics",
        title=text("days.topics"),
        how_to_read=text("days.topics_how"),
        summary=text(
            "days.topics_said", name=view.domains[most["domain"]], n=int(most["n_events"]), all=int(rows["n_events"].sum())
        ),
        figure=figures.topics(rows, labels, text),
        table=tables.table(text("table.words_caption"), heads, cells, range(1, 6), "table-topics"),
        computed=text("how.topics"),
        rows=rows,
        readouts=[
            text(
                "chart.point_of",
                period=label,
                said=", ".join(
                    f"{text(f'chart.{key}')} {formats.plain(row[column], 1)}" for key, column, _ in KINDS if row[column]
                ),
            )
            for label, row in zip(labels, records, strict=True)
        ],
        legend=chart.key([(colour, text(f"chart.{key}")) for key, _, colour in KINDS]),
    )


def calendar(rows: pd.DataFrame, view: View) -> Chart:
    """Days as cells. A day that was not read is not a day without events."""
    text = view.text
    last = rows["day"].max()
    monday = last - timedelta(days=last.weekday() + 7 * (WEEKS - 1))
    by_day = {row["day"]: row for row in rowwise(rows) if row["day"] >= monday}
    mondays = [last - timedelta(days=last.weekday() + 7 * week) for week in range(WEEKS)]
    mondays = [start for start in mondays if any(start + timedelta(days=place) in by_day for place in range(7))]
    cells = [[by_day.get(start + timedelta(days=place)) for place in range(7)] for start in mondays]
    shown = [row for row in by_day.values() if row["is_read"]]
    heads = [text("table.period"), text("table.events"), text("days.net"), text("days.coverage")]
    table = [
        [
            formats.day(row["day"].date(), text),
            formats.plain(row["n_events"]) if row["is_read"] else "—",
            formats.points(row["net"], 1),
            text("days.read") if row["is_read"] else text("days.not_read"),
        ]
        for row in reversed(list(by_day.values()))
    ]
    with_acts = [row for row in by_day.values() if row["n_events"]]
    return Chart(
        name="calendar",
        title=text("days.calendar"),
        how_to_read=text("days.calendar_how"),
        summary=text(
            "days.calendar_said", days=len(by_day), read=len(shown), not_read=len(by_day) - len(shown), acts=len(with_acts)
        ),
        figure=figures.calendar(
            [formats.day(start.date(), text) for start in mondays],
            text.entry("weekdays"),
            [[net_of(row) for row in week] for week in cells],
            [[sign_of(row) for row in week] for week in cells],
            [[said_of(row, view) for row in week] for week in cells],
        ),
        table=tables.table(text("days.calendar"), heads, table, (1, 2), "table-calendar"),
        computed=text("how.calendar"),
        rows=rows,
        columns=("day", "is_read", "n_events", "net"),
        readouts=[said_of(row, view) for row in with_acts] or [text("events.none")],
        days=[str(row["day"].date()) for row in with_acts],
    )


def net_of(row: dict | None) -> float | None:
    if row is None or not row["is_read"]:
        return None
    return 0.0 if formats.is_missing(row["net"]) else max(-4.0, min(4.0, float(row["net"])))


def sign_of(row: dict | None) -> str:
    """What stands in a cell: its sign, a hatch where nothing was read, a dot on an act without side, nothing without acts."""
    if row is None:
        return ""
    if not row["is_read"]:
        return "░"
    if not row["n_events"]:
        return ""
    return "±" if row["net"] == 0 else "+" if row["net"] > 0 else formats.MINUS


def said_of(row: dict | None, view: View) -> str:
    text = view.text
    if row is None:
        return ""
    day = formats.day(row["day"].date(), text)
    if not row["is_read"]:
        return text("chart.point_gap", period=day)
    said = text("chart.events", n=int(row["n_events"]))
    return text(
        "chart.point_of", period=day, said=said if formats.is_missing(row["net"]) else f"{said}, {formats.points(row['net'], 1)}"
    )


def outlets(rows: pd.DataFrame, view: View) -> Chart:
    """The coverage strip: one-sided coverage shows."""
    text, n = view.text, int(rows["n_events"].sum())
    records = rowwise(rows.head(OUTLETS))
    labels = [f"{outlet_name(row, view)}: {formats.plain(row['n_events'])}" for row in records]
    counts = [int(row["n_events"]) for row in records]
    rest = int(rows["n_events"].iloc[OUTLETS:].sum())
    if rest:
        labels.append(text("days.other_outlets", n=len(rows) - OUTLETS, events=formats.plain(rest)))
        counts.append(rest)
    heads = [text("days.outlet"), text("days.country"), text("days.language"), text("table.events")]
    cells = [
        [
            outlet_name(row, view),
            *(known_or_dash(row[f"{name}_{text.lang}"]) for name in ("country", "language")),
            formats.plain(row["n_events"]),
        ]
        for row in rowwise(rows)
    ]
    return Chart(
        name="outlets",
        title=text("days.outlets"),
        how_to_read=text("days.outlets_how"),
        summary=text(
            "days.outlets_said", n=n, country=shares(rows, "country", n, view), language=shares(rows, "language", n, view)
        ),
        figure=figures.outlets(labels, counts),
        table=tables.table(text("days.outlets"), heads, cells, (3,), "table-outlets"),
        computed=text("how.outlets"),
        rows=rows,
        readouts=labels,
    )


def outlet_name(row: dict, view: View) -> str:
    return (
        view.text("days.no_outlet")
        if formats.is_missing(row["outlet"])
        else str(row["outlet_es" if view.text.lang == "es" else "outlet"])
    )


def known_or_dash(value: object) -> str:
    return "—" if formats.is_missing(value) else str(value)


def shares(rows: pd.DataFrame, column: str, n: int, view: View) -> str:
    """Shares of events by country or language of the outlet, the largest first; what is not known is said."""
    named = rows[f"{column}_{view.text.lang}"].fillna(view.text("days.unknown"))
    counts = rows["n_events"].groupby(named).sum()
    ordered = counts.sort_values(ascending=False, kind="stable").head(4)
    return ", ".join(f"{name} {100 * count / n:.0f}%" for name, count in ordered.items())
