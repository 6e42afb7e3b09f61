"""Lists under the charts: the events behind a value, and the policy measures that changed state."""

from dash import html

from bilateral import formats
from bilateral.frames import rowwise
from bilateral.pages import tables
from bilateral.pages.view import View


def behind_card(view: View) -> html.Section:
    """The events of the chosen point, or the newest of the range: what a value is made of."""
    text, choice = view.text, view.choice
    rows = view.newest
    title = text("events.list")
    empty = text("events.none")
    if choice.at:
        shown = formats.period(view.chosen[0] if view.chosen else choice.at, view.point_by, text)
        title, empty, rows = text("events.behind", period=shown), text("events.behind_none", period=shown), view.behind
    heads = [text(f"events.{name}") for name in ("day", "who", "what", "kind", "score", "source")]
    content = (
        tables.table(title, heads, tables.event_rows(rows, choice.carried(), text, view.short), (4,), "table-events", told=(4,))
        if len(rows)
        else html.P(empty)
    )
    return html.Section([html.H2(title, id="t-behind"), content], className="card", id="events")


def measures_card(view: View) -> html.Section:
    text = view.text
    heads = [text("events.day"), text("events.who"), text("events.measure"), text("events.state")]
    rows = [
        [
            formats.day(row["state_day"].date(), text),
            view.towards(f"{row['imposing_country']}>{row['target_country']}"),
            html.Span(
                row["measure_name"] + ("" if formats.is_missing(row["rate_percent"]) else f" ({row['rate_percent']:g}%)"),
                lang="en",
            ),
            text.entry("states")[row["state"]],
        ]
        for row in rowwise(view.measures)
    ]
    title = text("events.in_force")
    content = tables.table(title, heads, rows, (), "table-measures", told=(3,)) if rows else html.P(text("events.none"))
    return html.Section([html.H2(title), content], className="card", id="measures")
