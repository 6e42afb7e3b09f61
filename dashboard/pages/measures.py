"""Policy measures between two countries: what was set, put into force, paused and lifted, and what was in force on a chosen day."""

from dataclasses import replace
from datetime import date

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard import components, data, numbers
from dashboard.address import Choice
from dashboard.figures import measures as figures
from dashboard.files import Extract
from dashboard.pages import chart, frame, head, sharing
from dashboard.pages.chart import Chart
from dashboard.pages.frame import Page, Places
from dashboard.rowwise import rowwise
from dashboard.site import Site
from dashboard.strings import Texts, texts

COLOURS = (("ink", "force_yes"), ("hatch", "force_partly"), ("pale", "force_no"))


def make(site: Site, choice: Choice) -> Page:
    text, lists = texts(choice.lang), site.lists()
    span = data.span(site.warehouse, "chronology", choice.dyad) or (date(2016, 1, 1), date.today())
    choice = replace(choice.clamped(*span), every_pair=False)
    first, last = choice.from_day or span[0], choice.to_day or span[1]
    day = min(max(choice.at or last, span[0]), last)
    keys = (choice.dyad, choice.domain)
    domains = dict(lists.labels.loc["domain"][f"label_{text.lang}"])
    title = text("measures.title", pair=lists.names(text.lang)[choice.dyad])
    in_force = data.measures_in_force(site.warehouse, *keys, day)
    drawn = timeline(data.measures_timeline(site.warehouse, *keys, first, last), day, (str(first), str(last)), domains, text)
    shown = {"pair": choice.dyad, "domain": choice.domain, "from": first, "to": last, "at": day}
    said = text("measures.said", n=int((in_force["is_in_force"] == "yes").sum()), day=numbers.day(day, text))
    partly = int((in_force["is_in_force"] == "partly").sum())
    if partly:
        said += " " + text("measures.said_partly", n=partly)
    places = {
        "head": [
            frame.heading(title, shown),
            html.P(said, className="lead short"),
            head.freshness(site.fresh(), span[1], text),
            *head.notices(choice, site.fresh(), text),
        ],
        "controls": [controls(choice, day, lists, span, text)],
        "in-force": [in_force_card(in_force, day, domains, text)],
        "next": [next_card(data.calendar(site.warehouse, *keys, day), day, text)],
    }
    if drawn:
        places |= drawn.places(text, sharing.downloads(drawn.name, choice, text))
    figures_of = {drawn.name: drawn.figure} if drawn else {}
    extracts = {drawn.name: drawn.extract} if drawn else {}
    return Page(title, places, arrange, figures_of, extracts | {"in-force": Extract("in-force", title, in_force)})


def arrange(made: Places, text: Texts) -> list[Component]:
    return [
        html.Div(made.get("head", []), id="p-head"),
        html.Div(made.get("controls", []), id="p-controls"),
        html.Div(
            [html.Div(made.get("in-force", []), id="p-in-force"), html.Div(made.get("next", []), id="p-next")], className="grid2"
        ),
        components.card("timeline", made, text),
    ]


def controls(choice: Choice, day: date, lists: data.Lists, span: tuple[date, date], text: Texts) -> html.Form:
    limits = (str(span[0]), str(span[1]))
    domains = [("all", text("controls.all_domains")), *lists.labels.loc["domain"][f"label_{text.lang}"].items()]
    return html.Form(
        [
            components.select("pair", text("controls.pair"), lists.names(text.lang).items(), choice.dyad),
            components.select("domain", text("controls.domain"), domains, choice.domain),
            components.date_input("at", text("measures.on_day"), str(day), *limits),
            components.date_input("from", text("controls.from"), str(choice.from_day), *limits),
            components.date_input("to", text("controls.to"), str(choice.to_day), *limits),
        ],
        className="controls",
        **{"aria-label": text("controls.label")},
    )


def name_of(row: dict) -> str:
    rate = "" if numbers.is_missing(row["rate_percent"]) else f" ({row['rate_percent']:g}%)"
    return f"{row['measure_name']}{rate}"


def timeline(rows: pd.DataFrame, day: date, span: tuple[str, str], domains: dict[str, str], text: Texts) -> Chart | None:
    if rows.empty:
        return None
    records = rowwise(rows)
    labels = [
        text(
            "measures.point",
            name=name_of(row),
            state=text.entry("states")[row["state"]],
            first=numbers.day(row["from_day"].date(), text),
            last=numbers.day(row["to_day"].date(), text),
        )
        for row in records
    ]
    named = rows.assign(label=[f"{domains[row['domain']]}: {row['measure_name']}" for row in records])
    changes = [index for index, row in enumerate(records) if row["is_change"]]
    heads = [
        text("events.measure"),
        text("controls.domain"),
        text("events.state"),
        text("measures.first"),
        text("measures.last"),
        text("measures.in_force_after"),
    ]
    cells = [
        [
            html.Span(name_of(row), lang="en"),
            domains[row["domain"]],
            text.entry("states")[row["state"]],
            numbers.day(row["from_day"].date(), text),
            numbers.day(row["to_day"].date(), text),
            text(f"measures.{row['is_in_force']}"),
        ]
        for row in records
    ]
    return Chart(
        name="timeline",
        title=text("measures.timeline"),
        how_to_read=text("measures.how"),
        summary=text("measures.summary", n=len(set(rows["measure_id"])), changes=len(changes)),
        figure=figures.timeline(named, labels, str(day), span, text),
        table=components.table(text("measures.timeline"), heads, cells, (), "table-timeline", told=(3, 4, 5)),
        computed=text("how.measures"),
        rows=rows,
        readouts=[labels[index] for index in changes],
        days=[str(records[index]["from_day"].date()) for index in changes],
        opens=text("measures.show"),
        legend=chart.key([(colour, text(f"measures.{key}")) for colour, key in COLOURS]),
    )


def in_force_card(rows: pd.DataFrame, day: date, domains: dict[str, str], text: Texts) -> html.Section:
    title = text("measures.in_force_on", day=numbers.day(day, text))
    heads = [
        text("events.measure"),
        text("events.who"),
        text("controls.domain"),
        text("measures.since"),
        text("measures.in_force"),
    ]
    cells = [
        [
            html.Span(name_of(row), lang="en"),
            html.Span(f"{row['imposing_country']} → {row['target_country']}", className="who"),
            domains[row["domain"]],
            html.Span(numbers.day(row["state_day"].date(), text), className="who"),
            text(f"measures.{row['is_in_force']}") + f", {text.entry('states')[row['state']]}",
        ]
        for row in rowwise(rows)
    ]
    content = components.table(title, heads, cells, (), "table-in-force", told=(3, 4)) if cells else html.P(text("measures.none"))
    explained = chart.how(text("how.in_force"), rows, text)
    return html.Section([html.H2(title, id="t-in-force"), content, explained], className="card")


def next_card(rows: pd.DataFrame, day: date, text: Texts) -> html.Section:
    title = text("measures.next", day=numbers.day(day, text))
    heads = [text("events.day"), text("events.measure"), text("measures.set_for")]
    cells = [
        [
            numbers.day(row["until"].date(), text),
            html.Span(name_of(row), lang="en"),
            text(f"measures.until_{row['until_kind']}"),
        ]
        for row in rowwise(rows)
    ]
    content = (
        components.table(title, heads, cells, (), "table-next-dates", told=(2,)) if cells else html.P(text("measures.next_none"))
    )
    return html.Section([html.H2(title), content, chart.how(text("how.next"), rows, text)], className="card")
