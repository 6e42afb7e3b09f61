"""What a value is made of: its ledger, event by event, and what moved it since four weeks before. Both sum exactly."""

import pandas as pd
from dash import html

from dashboard import components, figures, numbers
from dashboard.pages import chart
from dashboard.pages.chart import Chart
from dashboard.pages.view import LISTED, View
from dashboard.rowwise import rowwise
from dashboard.strings import Texts

BARS = 8
"""Bars of what moved a value; the others are one."""


def ledger_card(view: View) -> html.Section:
    """The events of one point with their contributions, which add up to its value, and the value without each story."""
    text, rows, day = view.text, view.ledger, numbers.day(view.shown_day, view.text)
    title = text("ledger.title", day=day)
    if rows.empty:
        return html.Section([html.H2(title, id="t-ledger"), html.P(text("ledger.none"))], className="card", id="ledger")
    total, n = rows["contribution"].sum(), int(rows["n_events"].sum())
    said = text("ledger.said", n=n, value=numbers.points(total, 2))
    if not numbers.is_missing(view.point_state) and view.point_state == "too few":
        said = text("ledger.few", n=n)
    heads = [text(f"ledger.{name}") for name in ("day", "who", "what", "kind", "weight", "decay", "contribution", "without")]
    cells = [ledger_row(row, view.asked_link(row["event_id"]), text) for row in rowwise(rows.head(LISTED))]
    for rest in rowwise(rows.iloc[LISTED:]):
        more = text("ledger.more", n=rest["n_events"])
        cells.append([more, "", "", "", "", "", numbers.points(rest["contribution"], 2), ""])
    cells.append([html.Strong(text("ledger.total")), "", "", "", "", "", html.Strong(numbers.points(total, 2)), ""])
    content = components.table(title, heads, cells, range(4, 8), "table-ledger", told=range(4, 8))
    explained = chart.how(text("how.ledger", h=view.choice.h), rows, text)
    return html.Section([html.H2(title, id="t-ledger"), html.P(said), content, explained], className="card", id="ledger")


def ledger_row(row: dict, href: str, text: Texts) -> list:
    summary = row["summary"] if not numbers.is_missing(row["summary"]) else row["code"]
    return [
        numbers.day(row["event_day"].date(), text),
        html.Span(row["directed_dyad"].replace(">", " → "), className="who"),
        html.A(summary, href=href, lang="en"),
        components.kind(row["kind"], text),
        numbers.plain(row["weight"], 2),
        numbers.plain(100 * row["decay"]) + "%",
        numbers.points(row["contribution"], 2),
        numbers.points(row["without_story"], 1),
    ]


def moved(view: View) -> Chart | None:
    """Bars of contributions that sum to the change since four weeks before; None where nothing moved."""
    text, rows = view.text, view.moved
    if rows.empty:
        return None
    parts = ["new", "fading", "evidence", "moved"]
    bars = rowwise(rows.head(BARS)[["kind", "directed_dyad", "domain", "n_events", *parts]])
    rest = rows.iloc[BARS:]
    labels = [bar_label(row, view) for row in bars]
    if len(rest):
        bars.append({"n_events": rest["n_events"].sum()} | dict(rest[parts].sum()))
        labels.append(text("moved.rest", n=len(rest)))
    sums = rows[parts].sum()
    change = text(
        "moved.said",
        change=numbers.points(sums["moved"], 1),
        first=numbers.day(view.moved_from, text),
        last=numbers.day(view.shown_day, text),
        new=numbers.points(sums["new"], 1),
        fading=numbers.points(sums["fading"], 1),
        evidence=numbers.points(sums["evidence"], 1),
    )
    heads = [text(f"moved.{name}") for name in ("what", "events", *parts)]
    cells = [
        [label, numbers.plain(row["n_events"]), *(numbers.points(row[part], 2) for part in parts)]
        for label, row in zip(labels, bars, strict=True)
    ]
    total = [html.Strong(text("ledger.total")), numbers.plain(rows["n_events"].sum())]
    cells.append([*total, *(html.Strong(numbers.points(sums[part], 2)) for part in parts)])
    return Chart(
        name="moved",
        moves="chart.slider_bars",
        title=text("moved.title"),
        how_to_read=text("moved.how"),
        summary=change,
        figure=figures.moved(pd.DataFrame(bars), labels, text),
        table=components.table(text("moved.caption"), heads, cells, range(1, 6), "table-moved"),
        computed=text("how.moved"),
        rows=rows,
        readouts=[moved_readout(label, row, text) for label, row in zip(labels, bars, strict=True)],
        legend=chart.key([("ink", text("moved.new")), ("other", text("moved.fading")), ("hatch", text("moved.evidence"))]),
    )


def bar_label(row: dict, view: View) -> str:
    text = view.text
    glyph = "▲" if "cooperation" in row["kind"] else "▼"
    said = f"{glyph} {row['directed_dyad'].replace('>', ' → ')}: {text.entry('kinds')[row['kind']]}"
    return said if view.choice.domain != "all" else f"{said}, {view.domains[row['domain']]}"


def moved_readout(label: str, row: dict, text: Texts) -> str:
    parts = ", ".join(f"{text(f'moved.{part}').lower()} {numbers.points(row[part], 1)}" for part in ("new", "fading", "evidence"))
    return f"{label}: {numbers.points(row['moved'], 1)} ({parts})"
