"""Contributions to a value, event by event, and to its change over four weeks. Both sum exactly."""

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import figures, formats
from bilateral.frames import rowwise
from bilateral.pages import cards, chart, tables, told_events
from bilateral.pages.chart import Chart
from bilateral.pages.view import LISTED, View
from bilateral.strings import Texts

BARS = 8
"""Bars of what moved a value; the others are one."""


def ledger_card(view: View) -> html.Section:
    """The events of one point with their contributions, which add up to its value, and the value without each story."""
    text, rows, day = view.text, view.ledger, formats.day(view.shown_day, view.text)
    title = text("ledger.title", day=day)
    if rows.empty:
        return html.Section([html.H2(title, id="t-ledger"), html.P(text("ledger.none"))], className="card", id="ledger")
    total, n = rows["contribution"].sum(), int(rows["n_events"].sum())
    said = text("ledger.said", n=n, value=formats.points(total, 2))
    if not formats.is_missing(view.point_state) and view.point_state == "too few":
        said = text("ledger.few", n=n)
    heads = [text(f"ledger.{name}") for name in ("day", "who", "what", "kind", "weight", "decay", "contribution", "without")]
    cells = [ledger_row(row, view) for row in rowwise(rows.head(LISTED))]
    for rest in rowwise(rows.iloc[LISTED:]):
        more = text("ledger.more", n=rest["n_events"])
        cells.append([more, "", "", "", "", "", formats.points(rest["contribution"], 2), ""])
    cells.append([html.Strong(text("ledger.total")), "", "", "", "", "", html.Strong(formats.points(total, 2)), ""])
    content = tables.table(title, heads, cells, range(4, 8), "table-ledger", told=range(4, 8))
    explained = chart.how(text("how.ledger", h=view.choice.h), rows, text)
    folded = cards.details(text("ledger.open"), content, *by_happening(view), explained)
    return html.Section([html.H2(title, id="t-ledger"), html.P(said), folded], className="card", id="ledger")


def by_happening(view: View) -> list[Component]:
    """The same events by happening, the unit that evidence is counted in; the events of each open."""
    text, rows = view.text, view.ledger_happenings
    title = text("ledger.by_happening")
    heads = [text(f"ledger.{name}") for name in ("days", "happening", "events", "left", "contribution")]
    cells = [
        [
            days_of(row, text),
            text("ledger.more_happenings", n=row["n_happenings"]) if row["members"] is None else members(row["members"], view),
            formats.plain(row["n_events"]),
            formats.plain(row["weight"], 2),
            formats.points(row["contribution"], 2),
        ]
        for row in rowwise(rows)
    ]
    sums = (formats.plain(rows["n_events"].sum()), formats.plain(rows["weight"].sum(), 2))
    total = formats.points(rows["contribution"].sum(), 2)
    cells.append([html.Strong(part) for part in (text("ledger.total"), "", *sums, total)])
    table = tables.table(title, heads, cells, (2, 3, 4), "table-happenings", told=(2, 3, 4))
    return [html.H3(title), html.P(text("ledger.by_happening_how"), className="sub"), table]


def days_of(row: dict, text: Texts) -> str:
    """The day of a happening, or its first and last."""
    first, last = (formats.day(row[name].date(), text) for name in ("first_day", "last_day"))
    return first if first == last else text("range", low=first, high=last)


def members(events: list[dict], view: View) -> Component:
    """The events of a happening: one as a link, several under the first of them."""
    links = [
        told_events.event_link(event | {"label": event["code"]}, view.asked_link(event["event_id"]), view.text)
        for event in events
    ]
    if len(links) == 1:
        return links[0]
    first = html.Span(links[0].children, lang=links[0].lang)
    summary = html.Summary([first, view.text("ledger.and_more", n=len(links) - 1)])
    return html.Details([summary, html.Ul([html.Li(link) for link in links])])


def ledger_row(row: dict, view: View) -> list:
    text, href = view.text, view.asked_link(row["event_id"])
    sentence = told_events.event_link(row | {"label": row["code"]}, href, text)
    return [
        formats.day(row["event_day"].date(), text),
        html.Span(view.towards(row["directed_dyad"]), className="who"),
        [sentence, *known_from(row, view)],
        told_events.kind(row["kind"], text),
        formats.plain(row["weight"], 2),
        formats.plain(100 * row["decay"]) + "%",
        formats.points(row["contribution"], 2),
        formats.points(row["without_story"], 1),
    ]


def known_from(row: dict, view: View) -> list:
    """From whom the act is known, and that no page of it was seen, small after its sentence."""
    said = told_events.side(row["source_side"], view.text, view.countries)
    return [html.Small([" ", said, *told_events.unseen(row, view.text)], className="sub")]


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
        change=formats.points(sums["moved"], 1),
        first=formats.day(view.moved_from, text),
        last=formats.day(view.shown_day, text),
        new=formats.points(sums["new"], 1),
        fading=formats.points(sums["fading"], 1),
        evidence=formats.points(sums["evidence"], 1),
    )
    if not formats.adds_up(sums[["new", "fading", "evidence"]], 1):
        change += " " + text("made_of.rounded")
    heads = [text(f"moved.{name}") for name in ("what", "events", *parts)]
    cells = [
        [label, formats.plain(row["n_events"]), *(formats.points(row[part], 2) for part in parts)]
        for label, row in zip(labels, bars, strict=True)
    ]
    total = [html.Strong(text("ledger.total")), formats.plain(rows["n_events"].sum())]
    cells.append([*total, *(html.Strong(formats.points(sums[part], 2)) for part in parts)])
    return Chart(
        name="moved",
        title=text("moved.title"),
        how_to_read=text("moved.how"),
        summary=f"{change} {by_chance(view)}",
        is_folded=is_chance(sums["moved"], view) and view.choice.view != "table",
        figure=figures.moved(pd.DataFrame(bars), labels, text),
        table=tables.table(text("moved.caption"), heads, cells, range(1, 6), "table-moved"),
        computed=text("how.moved"),
        rows=rows,
        readouts=[moved_readout(label, row, text) for label, row in zip(labels, bars, strict=True)],
        legend=chart.key([("ink", text("moved.new")), ("other", text("moved.fading")), ("hatch", text("moved.evidence"))]),
    )


def by_chance(view: View) -> str:
    """How far chance alone would have moved the value, where there is evidence enough on both days."""
    found = view.changed.iloc[0]
    if (found["state"], view.point_state) != ("ok", "ok"):
        return view.text("moved.chance_unknown")
    days = (view.shown_day - view.moved_from).days
    return view.text("moved.chance", most=formats.plain(found["half_width"], 1), n=days)


def is_chance(moved: float, view: View) -> bool:
    """Whether chance alone could have moved the value so far, or it is not known how far it could."""
    found = view.changed.iloc[0]
    return (found["state"], view.point_state) != ("ok", "ok") or abs(moved) <= found["half_width"]


def bar_label(row: dict, view: View) -> str:
    text = view.text
    glyph = "▲" if "cooperation" in row["kind"] else "▼"
    said = f"{glyph} {view.towards(row['directed_dyad'])}: {text.entry('kinds')[row['kind']]}"
    return said if view.choice.domain != "all" else f"{said}, {view.domains[row['domain']]}"


def moved_readout(label: str, row: dict, text: Texts) -> str:
    parts = ", ".join(f"{text(f'moved.{part}').lower()} {formats.points(row[part], 1)}" for part in ("new", "fading", "evidence"))
    return f"{label}: {formats.points(row['moved'], 1)} ({parts})"
