"""One chart of a pair for a frame on another page: no navigation, a link back, the same slider, table and files."""

from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard import components
from dashboard.address import Choice
from dashboard.pages import frame, pair, sharing
from dashboard.pages.frame import Page, Places
from dashboard.site import Site
from dashboard.strings import Texts, texts


def make(site: Site, choice: Choice) -> Page:
    text = texts(choice.lang)
    part = next(part for part, names in pair.CHARTS_OF.items() if choice.chart in names)
    page = pair.make(site, replace(choice, page="pair", part=part, chart=""))
    if choice.chart not in page.figures:
        return frame.message(page.title, text("events.none"))
    back = html.A(page.title, href=f"{sharing.path_of(choice)}{replace(choice, page='pair', chart='').query()}", target="_top")
    places = {name: made for name, made in page.places.items() if name.startswith(f"{choice.chart}-")}
    places |= {"head": [html.H1(back, id="title")]}
    return replace(page, places=places, arrange=arrange, figures={choice.chart: page.figures[choice.chart]})


def arrange(made: Places, text: Texts) -> list[Component]:
    """Every chart has its card here; those without a figure stay hidden."""
    cards = [components.card(name, made, text) for name in pair.CHARTS]
    return [html.Div(made.get("head", []), id="p-head"), *cards]
