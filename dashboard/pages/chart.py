"""A chart with everything that belongs to it: title, how to read it, a sentence, slider, table, how it is computed, and the SQL."""

from dataclasses import dataclass, field

import pandas as pd
from dash import html
from dash.development.base_component import Component

from bilateral.ask.exports import Extract
from bilateral.pages import cards, controls
from bilateral.strings import Texts


@dataclass(frozen=True)
class Chart:
    """One card. Its place above the drawing is `p-<name>-top`, the one below it `p-<name>-below`."""

    name: str
    title: str
    how_to_read: str
    summary: str | list[Component | str]
    figure: dict
    table: Component
    computed: str
    """In words, how the figures are made."""
    rows: pd.DataFrame
    """What was asked: its SQL stands under the chart."""
    columns: tuple[str, ...] = ()
    """Columns of the rows that are on screen; empty for all."""
    file: str = ""
    """Name in a file's name, where it is not that of the card."""
    readouts: list[str] = field(default_factory=list)
    """What the slider says of each point."""
    days: list[str] = field(default_factory=list)
    """The day that each point opens, ISO; empty where a point opens nothing."""
    moves: str = "chart.slider"
    """Key of what the slider moves through."""
    shown: int = -1
    opens: str | None = ""
    """What the button beside the slider says; the events of the point where nothing else is said; None for no button."""
    legend: Component | None = None
    more: list[Component] = field(default_factory=list)
    """Between slider and table."""

    @property
    def extract(self) -> Extract:
        return Extract(self.file or self.name, self.title, self.rows, self.columns)

    def places(self, text: Texts, downloads: Component, is_table: bool = False) -> dict[str, list[Component]]:
        top = [
            html.H2(self.title, id=f"t-{self.name}"),
            html.P(self.how_to_read, className="sub"),
            html.P(self.summary, id=f"d-{self.name}", className="said"),
            *([self.legend] if self.legend else []),
        ]
        slider = (
            [controls.slider(self.name, self.readouts, self.days, self.shown, self.opens, text, moves=self.moves)]
            if self.readouts
            else []
        )
        shown = cards.details(text("table.show"), self.table)
        shown.open, shown.id = is_table, f"o-{self.name}{'-open' * is_table}"  # its own name, so that a change of view opens it
        opened = html.Div([shown, how(self.computed, self.rows, text), downloads])
        opened.className = "row wide"
        return {f"{self.name}-top": top, f"{self.name}-below": [*slider, *self.more, opened]}


def how(computed: str, rows: pd.DataFrame, text: Texts) -> html.Details:
    """In words, and as the SQL of exactly these rows."""
    return cards.details(text("how.title"), html.P(computed), html.P(text("how.query")), html.Pre(rows.attrs["sql"], tabIndex=0))


def key(items: list[tuple[str, str]]) -> html.Ul:
    """A legend: colour token and label."""
    return html.Ul([html.Li([html.I(className=f"k-{colour}"), label]) for colour, label in items], className="key")
