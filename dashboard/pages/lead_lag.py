"""Does friction lead an outcome, follow it, or neither? Both over the same months, the tests, and what would have been seen."""

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import formats
from bilateral.ask import event_lists, lead_lag
from bilateral.ask.catalogue import Lists
from bilateral.ask.exports import Extract
from bilateral.ask.lead_lag import Compared
from bilateral.figures import outcomes as figures
from bilateral.frames import rowwise
from bilateral.pages import cards, controls, frame, lead_lag_tables, lead_lag_words, sharing, tables, told_events
from bilateral.pages.chart import Chart
from bilateral.pages.choice import Choice
from bilateral.pages.frame import Page, Places
from bilateral.pages.site import Site
from bilateral.strings import Texts, texts

HOW = ("months", "past", "shifts", "few", "forecasts", "power", "vintages")
"""Steps of the method, texts under lead_lag."""


def make(site: Site, choice: Choice) -> Page:
    text, lists = texts(choice.lang), site.lists()
    title, pair = text("lead_lag.title"), lists.names(text.lang)[choice.dyad]
    series = lead_lag.outcomes_of(site.warehouse, choice.dyad)
    chosen = series[series["series_id"] == choice.series] if choice.series in set(series["series_id"]) else series.head(1)
    asked = {"pair": choice.dyad, "series": "" if series.empty else chosen.iloc[0]["series_id"]}
    places: dict[str, list[Component]] = {
        "controls": [form(choice, asked["series"], series, lists, text)],
        "method": [method(choice, text)],
    }
    if series.empty:
        said = [html.P(cards.marked(text("lead_lag.none", pair=pair)), className="lead short")]
        return Page(title, places | {"head": [frame.heading(title, asked), *said]}, arrange)
    outcome = chosen.iloc[0]
    found = lead_lag.compared(site.warehouse, choice.dyad, outcome["series_id"])
    name, note = outcome[f"name_{text.lang}"], outcome[f"note_{text.lang}"]
    places["head"] = [
        frame.heading(title, asked),
        html.P(f"{pair}: {lead_lag_words.lead(found.tests, name, text)}", className="lead short"),
        html.P(note, className="sub"),
        html.P(lead_lag_words.number_of_tests(found.tests, lead_lag.tally(site.warehouse), text), className="sub"),
        html.P(lead_lag_words.same_sign(found.signs.iloc[0], text), className="sub"),
    ]
    places["tests"] = [lead_lag_tables.tests(found.tests, dict(lists.labels.loc["domain"][f"label_{text.lang}"]), text)]
    if len(found.event_days):
        places["acts"] = [lead_lag_tables.event_days(found.event_days, text)]
    charts = [under_friction(site, choice, found, outcome, text)]
    charts += [response(found.curve, name, text)] if len(found.curve) else []
    for drawn in charts:
        places |= drawn.places(text, [sharing.downloads(drawn.name, choice, text)])
    extracts = {drawn.name: drawn.extract for drawn in charts} | {"tests": Extract("tests", title, found.tests)}
    return Page(title, places, arrange, {drawn.name: drawn.figure for drawn in charts}, extracts)


def arrange(made: Places, text: Texts) -> list[Component]:
    return [
        html.Div(made.get("head", []), id="p-head"),
        html.Div(made.get("controls", []), id="p-controls"),
        cards.card("outcome", made, text),
        html.Div(made.get("tests", []), id="p-tests"),
        cards.card("response", made, text),
        html.Div(made.get("acts", []), id="p-acts"),
        html.Div(made.get("method", []), id="p-method"),
    ]


def form(choice: Choice, series_id: str, series: pd.DataFrame, lists: Lists, text: Texts) -> html.Form:
    boxes = [controls.select("pair", text("controls.pair"), lists.names(text.lang).items(), choice.dyad)]
    if len(series):
        names = zip(series["series_id"], series[f"name_{text.lang}"], strict=True)
        boxes.append(controls.select("series", text("lead_lag.series"), names, series_id))
    return html.Form(boxes, className="controls", **{"aria-label": text("controls.label")})


def method(choice: Choice, text: Texts) -> html.Section:
    """How it works, whether or not there is anything to show; with the comparison with published series."""
    steps = html.Ol([html.Li(cards.marked(text(f"lead_lag.how_{name}"))) for name in HOW])
    carried = choice.carried()
    more = html.P(
        [
            html.A(text("lead_lag.agreement"), href=f"/validation{carried}"),
            " · ",
            html.A(text("lead_lag.whole_method"), href=f"/method{carried}"),
        ]
    )
    return html.Section([html.H2(text("lead_lag.how")), steps, more], className="card", id="how-it-works")


def under_friction(site: Site, choice: Choice, found: Compared, outcome: pd.Series, text: Texts) -> Chart:
    """The outcome under friction, one axis each, with the events of most importance numbered."""
    months, name = found.months, outcome[f"name_{text.lang}"]
    first, last = (months["month"].iloc[place].date() for place in (0, -1))
    marks = event_lists.marks(site.warehouse, "chronology", choice.dyad, "all", first, last, None)
    records = rowwise(months)
    labels = [formats.period(row["month"].date(), "month", text) for row in records]
    cells = [
        [label, formats.plain(row["friction"], 1), formats.plain(row["outcome_level"], 2)]
        for label, row in zip(labels, records, strict=True)
    ]
    friction, unit = text("lead_lag.friction"), text.entry("units").get(outcome["unit"], outcome["unit"])
    readouts = [text("lead_lag.point", month=label, friction=value, outcome=level, unit=unit) for label, value, level in cells]
    heads = [text("table.period"), friction, f"{name} ({unit})"]
    return Chart(
        name="outcome",
        title=text("lead_lag.chart", outcome=name),
        how_to_read=text("lead_lag.chart_how"),
        summary=text("lead_lag.chart_said", n=len(months), first=labels[0], last=labels[-1]),
        figure=figures.under_friction(months, marks, (friction, f"{name} ({unit})"), readouts),
        table=tables.table(text("lead_lag.chart", outcome=name), heads, cells[::-1], (1, 2), "table-outcome"),
        computed=text("how.lead_lag_months"),
        rows=months,
        readouts=readouts,
        more=[marks_list(marks, choice, text)],
    )


def marks_list(marks: pd.DataFrame, choice: Choice, text: Texts) -> html.Div:
    """The numbered events in words."""
    items = [
        html.Li(
            [
                html.Strong(formats.day(row["event_day"].date(), text)),
                " ",
                told_events.event_link(row, f"/event/{row['event_id']}{choice.carried()}", text),
            ],
            value=str(row["number"]),
        )
        for row in rowwise(marks)
    ]
    return html.Div([html.P(text("lead_lag.marks"), className="sub"), html.Ol(items, className="marks")])


def response(curve: pd.DataFrame, name: str, text: Texts) -> Chart:
    """The outcome after a month of more friction, with the months before it as a placebo."""
    records = rowwise(curve)
    cells = [
        [formats.points(row["horizon"]), *(formats.points(row[column], 2) for column in ("response_sd", "low", "high"))]
        for row in records
    ]
    readouts = [
        text("lead_lag.response_point", month=month, value=value, low=low, high=high) for month, value, low, high in cells
    ]
    sides = [curve.loc[(curve["horizon"] >= 0) == after, "p_joint"].iloc[0] for after in (True, False)]
    heads = [text(f"lead_lag.{key}") for key in ("horizon", "response_value", "low", "high")]
    return Chart(
        name="response",
        title=text("lead_lag.response"),
        how_to_read=text("lead_lag.response_how"),
        summary=text("lead_lag.response_said", p=formats.plain(sides[0], 2), placebo=formats.plain(sides[1], 2), outcome=name),
        figure=figures.response(curve),
        table=tables.table(text("lead_lag.response"), heads, cells, range(1, 4), "table-response"),
        computed=text("how.lead_lag_curves"),
        rows=curve,
        readouts=readouts,
        shown=len(readouts) - 1,
    )
