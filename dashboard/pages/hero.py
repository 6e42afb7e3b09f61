"""The chart of the first page with what belongs to it: ranges to choose, the slider, and key events as links."""

from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from bilateral import formats
from bilateral.ask import coverage
from bilateral.ask.warehouse import Warehouse
from bilateral.figures import hero as figures
from bilateral.figures import scales
from bilateral.frames import rowwise
from bilateral.pages import cards, charts, controls, ranges, sentences, sharing, told_events
from bilateral.pages.chart import Chart
from bilateral.pages.choice import Choice
from bilateral.pages.view import View


def of_a_year(warehouse: Warehouse, choice: Choice) -> Choice:
    """The last year on record, where the address asks for no range and no day."""
    record = coverage.record(warehouse, choice.dataset, choice.dyad)
    if record is None or any((choice.from_day, choice.to_day, choice.at, choice.event)):
        return choice
    return replace(choice, from_day=ranges.first_days(*record)["1y"])


def chart(view: View) -> Chart:
    text, series = view.text, view.series
    days = [str(day.date()) for day in series["day"]]
    readouts = [scales.readout(row, view.choice.by, text) for row in rowwise(series)]
    return Chart(
        name="hero",
        title=text("chart.balance"),
        how_to_read=text("front.how_to_read"),
        summary=sentences.of_series(series, text),
        figure=figures.hero(series, keys(view), readouts, end(view), text),
        table=charts.series_table(view),
        computed=text("how.balance", h=view.choice.h, why=text("how.why"), caveat=text("how.caveat")),
        rows=series,
        columns=("period", "day", "balance", "balance_low", "balance_high", "n_events", "evidence", "state", "is_partial"),
        file="balance",
        readouts=readouts,
        days=days,
    )


def keys(view: View) -> list[figures.Key]:
    """Events that may be named on the chart, those of most importance first."""
    marks = view.marks.sort_values(["importance", "event_day"], ascending=[False, False], kind="stable")
    return [
        figures.Key(row["event_id"], row["event_day"].date(), told_events.short(row, view.text), told_events.told(row, view.text))
        for row in rowwise(marks)
    ]


def end(view: View) -> str:
    """The last value; what may be said of it is the headline above."""
    last = view.series.dropna(subset=["balance"]).tail(1)
    if last.empty:
        return ""
    return f"<b>{formats.points(last.iloc[0]['balance'])}</b>"


def places(made: Chart, view: View) -> dict[str, list[Component]]:
    """Above the drawing what it is and which range it shows, below it the slider and the key events; the sentence is for who does not see it."""
    text = view.text
    named = html.H2(text("front.balance"), id="t-hero")
    scale = html.Button(
        text("front.full_scale"),
        type="button",
        id="full-scale",
        className="btn small",
        **{"data-scale": "g-hero", "aria-pressed": "false"},
    )
    top = html.Div([named, ranges.reset("hero", text), ranges.links(view), scale], className="toolbar")
    slider = controls.slider("hero", made.readouts, made.days, -1, None, text, text("front.slider"), is_silent=True)
    said = html.P(made.summary, id="d-hero", className="unseen")
    tools = made.tools(text, sharing.tools("balance", made.title, view.asked, text), view.choice.view == "table")
    return {"hero-top": [top], "hero-below": [said, slider, html.Div([key_list(view), tools], className="under")]}


def key_list(view: View) -> html.Details:
    """The named events by their short names, which lead to their pages; the sentence shows where a pointer rests."""
    items = [
        html.Li(
            [
                html.Span(f"{one.number} ", className="no"),
                html.A(one.key.label, href=view.asked_link(one.key.event), title=one.key.told),
                html.Span(f" {formats.day(one.key.day, view.text)}", className="when"),
            ],
            **{"data-key": str(one.number)},
        )
        for one in figures.placed(keys(view), [str(day.date()) for day in view.series["day"]])
    ]
    made = cards.details(view.text("front.keys"), html.Ol(items))
    made.className = "tool keys"
    return made
