"""One chart of a pair for a frame on another page: no navigation, a link back, the same slider, table and files."""

from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from bilateral.pages import cards, frame, head, pair, sharing
from bilateral.pages.choice import Choice
from bilateral.pages.frame import Page, Places
from bilateral.pages.site import Site
from bilateral.pages.view import look
from bilateral.strings import Texts, texts


def make(site: Site, choice: Choice) -> Page:
    text, lists = texts(choice.lang), site.lists()
    part = next(part for part, names in pair.CHARTS_OF.items() if choice.chart in names)
    view = look(site.warehouse, replace(choice, page="pair", part=part, chart=""), lists)
    drawn = pair.charts_of(site, view, only=choice.chart) if view else []
    if view is None or not drawn:
        return frame.message(head.name_of(choice, lists), text("events.none"))
    (chart,) = (replace(chart, opens=None, beside=[]) for chart in drawn)  # a frame has no list that a point could open
    back = html.A(view.name, href=f"{sharing.path_of(choice)}{replace(choice, page='pair', chart='').query()}", target="_top")
    places = chart.places(text, [sharing.downloads(chart.name, view.asked, text)], view.choice.view == "table")
    places |= {"head": [html.H1(back, id="title")]}
    method = str(view.standing["method_version"])
    return Page(view.name, places, arrange, {chart.name: chart.figure}, {chart.name: chart.extract}, method)


def arrange(made: Places, text: Texts) -> list[Component]:
    """Every chart has its card here; those without a figure stay hidden."""
    charts = [cards.card(name, made, text) for name in pair.CHARTS]
    return [html.Div(made.get("head", []), id="p-head"), *charts]
