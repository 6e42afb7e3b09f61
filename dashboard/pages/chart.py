"""A chart with its title, instructions, summary, slider, table, method and SQL."""

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
    steps: str = "chart.step_rows"
    """Key of the slider's name, which names the chart and, of a series, the period of a step."""
    by: str = ""
    """Which period a step of a series is."""
    shown: int = -1
    opens: str | None = ""
    """What the button beside the slider says; the events of the point where nothing else is said; None for no button."""
    legend: Component | None = None
    note: str = ""
    """What must be known of this very drawing: a second line, a break."""
    beside: list[Component] = field(default_factory=list)
    """Beside the title, as ranges to choose."""
    is_folded: bool = False
    """It may claim nothing: the sentence above it says so, and the drawing is one click away."""
    more: list[Component] = field(default_factory=list)
    """Between slider and table."""

    @property
    def extract(self) -> Extract:
        return Extract(self.file or self.name, self.title, self.rows, self.columns)

    def places(self, text: Texts, taken: list[html.Details], is_table: bool = False) -> dict[str, list[Component]]:
        title = html.H2(self.title, id=f"t-{self.name}")
        top = [
            html.Div([title, *self.beside], className="toolbar") if self.beside else title,
            html.P(self.summary, id=f"d-{self.name}", className="said"),
            *([html.P(self.note, className="sub")] if self.note else []),
            *([self.legend] if self.legend and not self.is_folded else []),
        ]
        slider = [self.legend] if self.legend and self.is_folded else []
        if self.readouts:
            slider += [controls.slider(self.name, self.readouts, self.days, self.shown, self.opens, text, self.step(text))]
        return {f"{self.name}-top": top, f"{self.name}-below": [*slider, *self.more, self.tools(text, taken, is_table)]}

    def step(self, text: Texts) -> str:
        """What the slider moves through."""
        return (
            text("chart.step", chart=self.title, by=text(f"controls.by_{self.by}").lower())
            if self.by
            else text(self.steps, chart=self.title)
        )

    @property
    def drawn(self) -> dict:
        """The figure as its page gets it, which folds what may claim nothing."""
        if not self.is_folded:
            return self.figure
        layout = self.figure["layout"]
        return self.figure | {"layout": layout | {"meta": layout.get("meta", {}) | {"folded": True}}}

    def tools(self, text: Texts, taken: list[html.Details], is_table: bool = False) -> html.Div:
        """One line under the chart: the same rows as a table, what can be taken along, and how it is computed."""
        shown = cards.details(text("tools.table"), self.table)
        shown.open, shown.id = is_table, f"o-{self.name}{'-open' * is_table}"  # its own name, so that a change of view opens it
        shown.className = "tool table"
        explained = how(self.computed, self.rows, text, self.how_to_read)
        explained.className = "tool how"
        return html.Div([shown, *taken, explained], className="row wide tools-line")


def how(computed: str, rows: pd.DataFrame, text: Texts, to_read: str = "") -> html.Details:
    """In words, how to read it first, and as the SQL of exactly these rows."""
    words = [html.P(said) for said in (to_read, computed) if said]
    return cards.details(text("tools.how"), *words, html.P(text("how.query")), html.Pre(rows.attrs["sql"], tabIndex=0))


def key(items: list[tuple[str, str]]) -> html.Ul:
    """A legend: colour token and label."""
    return html.Ul([html.Li([html.I(className=f"k-{colour}"), label]) for colour, label in items], className="key")
