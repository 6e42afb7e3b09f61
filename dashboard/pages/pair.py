"""One pair over time: what happened, how it stands, in which direction, in words and deeds, and from which events."""

from dash import html
from dash.development.base_component import Component

from dashboard import components, data, figures
from dashboard.freshness import Freshness
from dashboard.pages.view import View, parts


def main(view: View, lists: data.Lists, fresh: Freshness) -> list[Component]:
    """Controls stay, everything else follows the answer."""
    made = parts(view, fresh)
    span = (str(view.span[0]), str(view.span[1]))

    def card(name: str) -> html.Figure:
        chart_name = {"words": "words_deeds"}.get(name, name)
        return components.chart(name, made[f"{name}-top"], made[f"{name}-below"], figures.HEIGHT[chart_name])

    return [
        html.Div(made["head"], id="p-head"),
        components.controls(view.choice, lists.pairs, lists.labels, span, view.text),
        html.Dl(made["tiles"], id="p-tiles", className="tiles"),
        card("balance"),
        html.Div([card("words"), card("directions")], className="grid2"),
        html.Div(made["behind"], id="p-behind"),
        html.Div(made["measures"], id="p-measures"),
    ]
