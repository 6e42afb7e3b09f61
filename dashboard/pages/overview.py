"""The first page: what happened last, how it stands, what comes next, and every pair on one day."""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import formats
from bilateral.ask import coverage, event_lists, policy_measures
from bilateral.ask.catalogue import Lists
from bilateral.monitoring.updates import OLD_DAYS, age_days
from bilateral.pages import cards, directions, frame, front_columns, head, headline, hero, matrix, since, standings, told_events
from bilateral.pages.choice import Choice
from bilateral.pages.frame import Page, Places
from bilateral.pages.site import Site
from bilateral.pages.view import View, leading_side, look
from bilateral.strings import Texts, texts
from bilateral.today import today

HORIZON = timedelta(days=365)
"""How far ahead dates are listed."""


def make(site: Site, choice: Choice) -> Page:
    text, lists = texts(choice.lang), site.lists()
    view = look(site.warehouse, hero.of_a_year(site.warehouse, choice), lists)
    beside = columns_and_pairs(site, choice, lists, text)
    if view is None:
        return Page(head.name_of(choice, lists), head.nothing(choice, lists, site.updates()) | beside, arrange)
    view.ask(["marks", "acts"])
    subjects = event_lists.subjects(site.warehouse, choice.dataset, view.choice.dyad, view.last)
    title = text("front.headline", pair=view.name, finding=headline.headline(subjects, view.standing, view.domains, text))
    newest_event = coverage.ends(site.warehouse, choice.dataset, [view.choice.dyad], view.choice.domain).newest_event
    drawn = hero.chart(view)
    told = number(view.standing, view)
    places = {
        "head": head_of(site, view, title, told, newest_event),
        **hero.places(drawn, view),
        "dates": [head.dates(site.updates(), newest_event, text)],
        "stands": [front_columns.stands(subjects, view.both, view.last, view.domains, text)],
    }
    method = str(view.standing["method_version"])
    figures, files = {"hero": drawn.figure}, {"balance": drawn.extract}
    return Page(title, beside | places, arrange, figures, files, method, description=f"{title}. {told}")


def head_of(site: Site, view: View, title: str, told: str, newest_event: date | None) -> list[Component]:
    """Tagline, finding, number with its interval, and how old the record is."""
    text = view.text
    return [
        html.P(text("front.tagline"), className="tagline"),
        frame.heading(title, head.state(view.choice)),
        html.P([told, " ", newest(newest_event, text)], className="number"),
        *head.notices(view.choice, site.updates(), text),
    ]


def number(row: pd.Series, view: View) -> str:
    """The balance with its interval and what may be said of it, and from how many events."""
    text = view.text
    events = text("front.events", n=int(view.acts["n_events"]), days=view.window, day=formats.day(view.last, text)) + known_from(
        view
    )
    if formats.is_missing(row["balance"]):
        return f"{text('tiles.few')}. {events}"
    low, high = (formats.points(row[f"balance_{end}"]) for end in ("low", "high"))
    verdict = text(f"verdicts.{row['balance_verdict']}")
    return text("front.number", value=formats.points(row["balance"]), low=low, high=high, verdict=verdict) + f" {events}"


def known_from(view: View) -> str:
    """How many of the events that are counted are known from one side alone, as the end of the sentence that counts them."""
    text = view.text
    window = replace(view.choice, from_day=view.last - timedelta(days=view.window - 1), to_day=view.last)
    side = leading_side(view.warehouse, window, view.span)
    if side is None:
        return "."
    named = told_events.side(side["source_side"], text, view.countries)
    return text("front.known_from", share=formats.percent(side["share"]), side=named)


def newest(day: date | None, text: Texts) -> Component | str:
    """The newest event with its age, marked as a notice where that is more than a month."""
    if day is None:
        return ""
    said = text("front.newest", day=formats.day(day, text), n=age_days(day))
    return html.Span(said, className="notice slim", role="status") if age_days(day) > OLD_DAYS else said


def columns_and_pairs(site: Site, choice: Choice, lists: Lists, text: Texts) -> dict[str, list[Component]]:
    """What the page shows of all pairs, whatever the chart is about."""
    house, names = site.warehouse, lists.names(text.lang)
    countries = countries_of(lists, text)
    week = event_lists.newest_week(house, choice.dataset, choice.to_day or today(), front_columns.WEEK)
    dates = policy_measures.coming_up(house, today(), today() + HORIZON, most=front_columns.DATES)
    pairs = standings.on_one_day(site.warehouse, choice.dataset, choice.to_day)
    leads = tuple(dict.fromkeys(pairs["lead"]))
    return {
        "week": [front_columns.week(week, names, choice, text)],
        "coming": [front_columns.coming(dates, policy_measures.measure_fates(house), countries, text)],
        "pairs": [matrix.card(pairs, leads, countries, choice, text)],
        "since-record": [since.section(site, choice, lists, text)],
    }


def countries_of(lists: Lists, text: Texts) -> dict[str, str]:
    """Names of all countries by their codes, in the order of the pairs."""
    return {
        code: name
        for dyad, pair in lists.names(text.lang).items()
        for code, name in directions.countries(dyad, pair, lists).items()
    }


def arrange(made: Places, text: Texts) -> list[Component]:
    columns = [html.Div(made.get(name, []), id=f"p-{name}") for name in ("week", "stands", "coming")]
    return [
        html.Div(made.get("head", []), id="p-head", className="front"),
        cards.card("hero", made, text),
        html.Div(columns, className="thirds"),
        html.Div(made.get("pairs", []), id="p-pairs"),
        html.Div(made.get("since-record", []), id="p-since-record"),
        html.Div(made.get("dates", []), id="p-dates"),
    ]
