"""One week of a pair on one page: events, changes in policy measures, measures in force, scheduled dates, and how unusual the week was.

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
from bilateral.pages import chart, controls, follow, frame, head, sentences, sharing, week_chart
from bilateral.pages.address import BRIEFED
from bilateral.pages.choice import Choice, monday
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
    is_outside = span is not None and week is None
    if is_outside:
        choice = replace(choice, week=None)
        week = look(site, choice, span) if span else None
    if span is None or week is None:
        return Page(head.name_of(choice, lists), {"all": head.nothing(choice, lists, updated)["head"]}, frame.plain)
    coded = sentences.coded_by_machine(reliability.gate_rates(site.warehouse, choice.dataset, choice.dyad), text)
    notes = (
        text("updates.newest", day=formats.day(span[1], text), age=text("updates.age", n=age_days(span[1]))),
        text("event.as_coded"),
        *filter(None, [coded]),
    )
    document = Document(title(week), lead(week), notes, tuple(sections(week)))
    parts: list[Component] = [
        frame.heading(document.title, {}),
        *noticed(week, span, is_outside),
        html.P(document.lead, className="lead short"),
        *head.dated(site.warehouse, choice, [choice.dyad], week.last, updated, text),
        *head.coded_by_machine(coded, text),
        turning(week, span, text),
        *filter(None, [week_chart.figure(week)]),
        *document.parts(),
        taken(week, text),
    ]
    if is_outside:  # a file of another week than was asked for would mislead
        return Page(document.title, {"all": parts}, frame.plain)
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
        stem=f"{choice.dyad}_briefing_{week.first}_v{site.warehouse.version}",
    )


def noticed(week: Week, span: tuple[date, date], is_outside: bool) -> list[Component]:
    """That another week is shown than was asked for, or than the last covered one, in which nothing happened."""
    text, choice = week.text, week.choice
    days = {"first": formats.day(span[0], text), "last": formats.day(span[1], text)}
    if is_outside:
        said = text("briefing.outside", **days)
    elif choice.week or choice.days or week.last + timedelta(days=6) >= span[1]:
        return []
    else:
        said = text("briefing.quiet_since", first=formats.day(week.last + timedelta(days=1), text), last=days["last"])
    return [html.P(said, className="notice", role="status")]


def turning(week: Week, span: tuple[date, date], text: Texts) -> html.Form:
    """The week before and after, the last 7 or 30 days, and a form for any other week; it works without scripts."""
    choice, path = replace(week.choice, days=None), f"/briefing/{week.choice.dyad}"
    carried = parse_qsl(replace(choice, week=None).query().lstrip("?"))
    start = monday(week.first)
    links = []
    if start > span[0]:
        links.append(html.A(text("briefing.earlier"), href=path + choice.query(week=start - timedelta(days=7)), rel="prev"))
    if not week.choice.days and week.is_over and week.last < span[1]:
        links.append(html.A(text("briefing.later"), href=path + choice.query(week=start + timedelta(days=7)), rel="next"))
    for n in map(int, BRIEFED):
        chosen = {"aria-current": "true"} if n == week.choice.days else {}
        links.append(html.A(text("briefing.last_days", n=n), href=path + choice.query(week=None, days=n), **chosen))
    day = {"name": "week", "type": "date", "value": str(start), "min": str(span[0]), "max": str(span[1])}
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
    choice = week.choice if week.choice.days else replace(week.choice, week=week.first)
    path, query = f"/briefing/{choice.dyad}", choice.query()
    pair = replace(choice, page="pair", week=None, days=None, to_day=week.last)
    files = [html.A(text(f"briefing.{ending}"), href=f"{path}.{ending}{query}", download="") for ending in frame.DOCUMENTS]
    ways = [
        html.Li(html.A(text("briefing.same"), href=f"/pair/{choice.dyad}{pair.query()}")),
        html.Li([text("share.download"), *sharing.spaced(files)]),
        html.Li(follow.links(choice, text)),
    ]
    opened = [chart.how(text("how.briefing"), week.events, text), sharing.downloads("events", choice, text, with_picture=False)]
    return html.Section(
        [html.H2(text("event.further")), html.Ul(ways, className="ways"), html.Div(opened, className="row wide")],
        className="card further",
    )
