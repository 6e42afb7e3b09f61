"""One pair over time: what happened, how it stands, in which direction, in words and deeds, and from which events."""

from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard import components
from dashboard.address import Choice
from dashboard.pages import acts, charts, head, sharing
from dashboard.pages.frame import Page, Places
from dashboard.pages.view import View, look
from dashboard.site import Site
from dashboard.strings import Texts, texts

CHARTS = ("balance", "words", "directions")
"""Names of the cards, in their order."""


def make(site: Site, choice: Choice) -> Page:
    """The answer to an address; where the dataset has nothing on the pair, a sentence and the controls to choose another."""
    text, lists, fresh = texts(choice.lang), site.lists(), site.fresh()
    view = look(site.warehouse, choice, lists)
    if view is None:
        choice = replace(choice, h=choice.h or lists.datasets[choice.dataset])
        places = head.nothing(choice, lists, fresh)
        controls = components.controls(choice, lists.pairs, lists.labels, ("", ""), text)
        return Page(head.name_of(choice, lists), places | {"controls": [controls]}, arrange)
    span = (str(view.span[0]), str(view.span[1]))
    controls = components.controls(view.choice, lists.pairs, lists.labels, span, text)
    drawn = [charts.balance(view), charts.words_deeds(view), charts.directions(view)]
    places = {"head": head.head(view, fresh), "controls": [controls], "tiles": head.tiles(view), **lists_of(view)}
    for chart in drawn:
        places |= chart.places(text, sharing.downloads(chart.name, chart.title, view.asked, text))
    page = Page(
        view.name,
        places,
        arrange,
        {chart.name: chart.figure for chart in drawn},
        {chart.name: chart.extract for chart in drawn},
        str(view.standing["method_version"]),
    )
    return replace(
        page, places=places | {"since": [sharing.since(site, view)], "share": [sharing.card(site, view.asked, page, text)]}
    )


def lists_of(view: View) -> dict[str, list[Component]]:
    return {"behind": [acts.behind_card(view)], "measures": [acts.measures_card(view)]}


def arrange(made: Places, text: Texts) -> list[Component]:
    return [
        html.Div(made.get("head", []), id="p-head"),
        html.Div(made.get("controls", []), id="p-controls"),
        html.Div(made.get("since", []), id="p-since"),
        html.Dl(made.get("tiles", []), id="p-tiles", className="tiles"),
        components.card("balance", made, text),
        html.Div([components.card("words", made, text), components.card("directions", made, text)], className="grid2"),
        html.Div(made.get("behind", []), id="p-behind"),
        html.Div(made.get("measures", []), id="p-measures"),
        html.Div(made.get("share", []), id="p-share"),
    ]
