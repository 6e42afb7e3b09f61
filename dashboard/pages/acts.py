"""Lists under the charts: the events behind a value, and changes in policy measures."""

from dash import html

from bilateral import formats
from bilateral.frames import rowwise
from bilateral.pages import cards, tables, told_events
from bilateral.pages.choice import Choice
from bilateral.pages.view import View

NEWEST = 8
"""Events that are listed where no point is chosen."""
CHANGES = 10
"""Changes of measures that are listed."""
OPEN = 3
"""Of these, those that stand open; the others are folded."""


def behind_card(view: View) -> html.Section:
    """The events of the chosen point, or the newest of the range: what a value is made of."""
    text, choice = view.text, view.choice
    rows = view.newest.head(NEWEST)
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
    every = html.A(
        text("events.all"),
        href=f"/events{Choice(choice.dyad, page='events', dataset=choice.dataset, lang=choice.lang, theme=choice.theme).query()}",
    )
    return html.Section([html.H2(title, id="t-behind"), content, html.P(every)], className="card", id="events")


def measures_card(view: View) -> html.Section:
    """The last changes of policy measures in the range, the newest first."""
    text = view.text
    heads = [text("events.day"), text("events.who"), text("events.measure"), text("events.state")]
    rows = [
        [
            formats.day(row["state_day"].date(), text),
            view.towards(f"{row['imposing_country']}>{row['target_country']}"),
            told_events.measure(row, text),
            text.entry("states")[row["state"]],
        ]
        for row in rowwise(view.measures.head(CHANGES))
    ]
    title = text("events.in_force")
    parts: list = [html.H2(title), html.P(text("events.none"))]
    if rows:
        parts = [html.H2(title), tables.table(title, heads, rows[:OPEN], (), "table-measures", told=(3,))]
    if rows[OPEN:]:
        earlier = text("events.more_changes", n=len(rows) - OPEN)
        parts.append(cards.details(earlier, tables.table(earlier, heads, rows[OPEN:], (), "table-measures-rest", told=(3,))))
    every = html.A(
        text("events.all_measures"),
        href=f"/measures{Choice(view.choice.dyad, page='measures', lang=text.lang, theme=view.choice.theme).query()}",
    )
    return html.Section([*parts, html.P(every)], className="card", id="measures")
