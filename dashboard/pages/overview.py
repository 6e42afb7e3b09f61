"""The first page: what happened last, how it stands, what comes next, and every pair on one day."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral import formats
from bilateral.ask import coverage, event_lists, policy_measures
from bilateral.ask.catalogue import Lists
from bilateral.frames import rowwise
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
    ends = coverage.ends(site.warehouse, choice.dataset, [view.choice.dyad], view.choice.domain)
    drawn = hero.chart(view)
    told = number(view.standing, view)
    places = {
        "head": head_of(site, view, title, told, ends),
        **hero.places(drawn, view),
        "dates": [head.dates(site.updates(), ends.newest_event, text)],
        "stands": [front_columns.stands(subjects, view.standing, view.both, view.last, view.domains, text)],
    }
    method = str(view.standing["method_version"])
    figures, files = {"hero": drawn.figure}, {"balance": drawn.extract}
    return Page(title, beside | places, arrange, figures, files, method, description=f"{title}. {told}")


def head_of(site: Site, view: View, title: str, told: str, ends: coverage.Ends) -> list[Component]:
    """Tagline, finding, number with its interval, what happened last and what comes next."""
    text = view.text
    return [
        html.P(text("front.tagline"), className="tagline"),
        frame.heading(title, head.state(view.choice)),
        html.P(told, className="number"),
        html.Ul([*latest(view, ends), *upcoming(view)], className="last-next"),
        *head.notices(view.choice, site.updates(), text),
    ]


def number(row: pd.Series, view: View) -> str:
    """The balance with its day and its interval, and from how many events; what may be said of it is the headline."""
    text = view.text
    events = text("front.events", n=int(view.acts["n_events"]), days=view.window) + known_from(view)
    if formats.is_missing(row["balance"]):
        return f"{text('tiles.few')}. {events}"
    low, high = (formats.points(row[f"balance_{end}"]) for end in ("low", "high"))
    value, day = formats.points(row["balance"]), formats.day(view.last, text)
    return text("front.number", value=value, day=day, low=low, high=high, events=events)


def known_from(view: View) -> str:
    """How many of the events that are counted are known from one side alone, as the end of the sentence that counts them."""
    text = view.text
    window = replace(view.choice, from_day=view.last - timedelta(days=view.window - 1), to_day=view.last)
    side = leading_side(view.warehouse, window, view.span)
    if side is None:
        return "."
    share, name = formats.percent(side["share"]), side["source_side"]
    if country := told_events.governed(name, view.countries):
        return text("front.from_one_side", share=share, country=country)
    return text("front.from_one_kind", share=share, kind=told_events.side(name, text, view.countries))


def latest(view: View, ends: coverage.Ends) -> list[Component]:
    """The newest event of the pair with its age, which is marked as a notice where it is more than a month."""
    text, day = view.text, ends.newest_event
    if day is None:
        return []
    age = text("front.ago", n=age_days(day))
    when = f"{formats.day(day, text)}, "
    how_old = html.Span(age, className="notice slim", role="status") if age_days(day) > OLD_DAYS else age
    link = told_events.event_link(ends.event, view.asked_link(ends.event["event_id"]), text)
    return [html.Li([html.B(text("front.latest")), " ", when, how_old, " · ", link])]


def upcoming(view: View) -> list[Component]:
    """The next date ahead that concerns both countries of the pair."""
    text = view.text
    dates = policy_measures.coming_up(view.warehouse, today(), today() + HORIZON, view.choice.dyad, most=1)
    return [
        html.Li([html.B(text("front.next")), f" {front_columns.on(row, text)} · ", front_columns.date_link(row, text)])
        for row in rowwise(dates)
    ]


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
