"""One week of a pair on one page: what happened, which measures changed state, what is in force, what comes next, how unusual it is.

The numbers are those of the pair's page on the last covered day of the week; the page says nothing that its links do not show.
"""

from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import parse_qsl

from dash import html
from dash.development.base_component import Component

from bilateral import formats, public_address
from bilateral.ask import coverage, reliability
from bilateral.ask.exports import Extract
from bilateral.monitoring.updates import age_days
from bilateral.pages import chart, controls, frame, head, sentences, sharing
from bilateral.pages.choice import Choice
from bilateral.pages.document import Document
from bilateral.pages.frame import Page
from bilateral.pages.site import Site
from bilateral.pages.week import Week, look
from bilateral.pages.week_sections import lead, sections, title
from bilateral.strings import Texts, texts


def make(site: Site, choice: Choice) -> Page:
    text, lists, updated = texts(choice.lang), site.lists(), site.updates()
    span = coverage.record(site.warehouse, choice.dataset, choice.dyad)
    week = look(site, choice, span) if span else None
    if span is None:
        return Page(head.name_of(choice, lists), {"all": head.nothing(choice, lists, updated)["head"]}, frame.plain)
    if week is None:
        days = {"first": formats.day(span[0], text), "last": formats.day(span[1], text)}
        newest = html.A(text("briefing.newest"), href=f"/briefing/{choice.dyad}{replace(choice, week=None).query()}")
        return frame.message(head.name_of(choice, lists), text("briefing.outside", **days), html.P(newest))
    coded = sentences.coded_by_machine(reliability.gate_rates(site.warehouse, choice.dataset, choice.dyad), text)
    notes = (
        text("updates.newest", day=formats.day(span[1], text), age=text("updates.age", n=age_days(span[1]))),
        text("event.as_coded"),
        *filter(None, [coded]),
    )
    document = Document(title(week), lead(week), notes, tuple(sections(week)))
    parts: list[Component] = [
        frame.heading(document.title, {}),
        html.P(document.lead, className="lead short"),
        *head.dated(site.warehouse, choice, [choice.dyad], week.last, updated, text),
        *head.coded_by_machine(coded, text),
        turning(week, span, text),
        *document.parts(),
        taken(week, text),
    ]
    origin = public_address.origin()
    return Page(
        document.title,
        {"all": parts},
        frame.plain,
        extracts={
            "events": Extract("events", document.title, week.events),
            "measures": Extract("measures", title(week), week.changed),
        },
        documents={"md": document.markdown(origin), "html": document.page(origin, text)},
        stem=f"{choice.dyad}_briefing_{week.monday}_v{site.warehouse.version}",
    )


def turning(week: Week, span: tuple[date, date], text: Texts) -> html.Form:
    """The week before and after, and a form for any other; it works without scripts."""
    choice, path = week.choice, f"/briefing/{week.choice.dyad}"
    carried = parse_qsl(replace(choice, week=None).query().lstrip("?"))
    links = []
    if week.monday > span[0]:
        links.append(html.A(text("briefing.earlier"), href=path + choice.query(week=week.monday - timedelta(days=7)), rel="prev"))
    if week.is_over and week.last < span[1]:
        links.append(html.A(text("briefing.later"), href=path + choice.query(week=week.monday + timedelta(days=7)), rel="next"))
    day = {"name": "week", "type": "date", "value": str(week.monday), "min": str(span[0]), "max": str(span[1])}
    return html.Form(
        [
            controls.field(text("briefing.week"), **day),
            *(controls.native(type="hidden", name=name, value=value) for name, value in carried),
            html.Button(text("events.show"), type="submit", className="btn"),
            html.Div(links, className="row turn"),
        ],
        action=path,
        method="get",
        className="controls filters",
        **{"aria-label": text("controls.label")},
    )


def taken(week: Week, text: Texts) -> html.Section:
    """Ways on: the same numbers on the page of the pair, the week as a document, its rows, and how they were asked."""
    choice = replace(week.choice, week=week.monday)
    path, query = f"/briefing/{choice.dyad}", choice.query()
    pair = replace(choice, page="pair", week=None, to_day=week.last)
    files = [html.A(text(f"briefing.{ending}"), href=f"{path}.{ending}{query}", download="") for ending in frame.DOCUMENTS]
    ways = [
        html.Li(html.A(text("briefing.same"), href=f"/pair/{choice.dyad}{pair.query()}")),
        html.Li([text("share.download"), *sharing.spaced(files)]),
    ]
    opened = [chart.how(text("how.briefing"), week.events, text), sharing.downloads("events", choice, text, with_picture=False)]
    return html.Section(
        [html.H2(text("event.further")), html.Ul(ways, className="ways"), html.Div(opened, className="row wide")],
        className="card further",
    )
