"""One pair over time: what happened, how it stands, in which direction, in words and deeds, and from which events."""

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from dashboard import components, data, figures
from dashboard.address import Choice
from dashboard.strings import Texts

HEIGHTS = {"balance": "balance", "words": "words_deeds", "directions": "directions"}


def main(
    made: Mapping[str, list[Component]], choice: Choice, lists: data.Lists, span: tuple[str, str], text: Texts
) -> list[Component]:
    """Places for everything that follows the answer, filled with what was made; the controls stay."""

    def card(name: str) -> html.Figure:
        above, below = made.get(f"{name}-top", []), made.get(f"{name}-below", [])
        return components.chart(name, above, below, figures.HEIGHT[HEIGHTS[name]], text)

    return [
        html.Div(made["head"], id="p-head"),
        components.controls(choice, lists.pairs, lists.labels, span, text),
        html.Dl(made.get("tiles", []), id="p-tiles", className="tiles"),
        card("balance"),
        html.Div([card("words"), card("directions")], className="grid2"),
        html.Div(made.get("behind", []), id="p-behind"),
        html.Div(made.get("measures", []), id="p-measures"),
    ]
