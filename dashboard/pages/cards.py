"""Cards of charts, tiles of numbers, and folded parts. Texts in, Dash elements out."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from dash import dcc, html
from dash.development.base_component import Component

from bilateral import figures
from bilateral.figures import theme
from bilateral.strings import Texts


def tile(label: str | list, number: str, *notes: str, side: str = "") -> html.Div:
    """A number with its name before and its reading after it."""
    lines = [html.Div(note, className="note-line") for note in notes if note]
    return html.Div([html.Dt(label), html.Dd([html.Div(number, className=f"num {side}".strip()), *lines])], className="tile")


def card(name: str, made: Mapping[str, Any], text: Texts) -> html.Figure:
    """The card of a chart: what stands above and below follows the answer, the drawing between them stays and gets new data.

    It is hidden while an answer brings no figure of its name, and folded to what stands above it where the figure may claim nothing. The box has the figure's height before plotly draws, so nothing moves.
    """
    config = {"displayModeBar": False, "responsive": True, **figures.locale(text)}
    graph = dcc.Graph(id=f"g-{name}", figure=figures.empty(), config=config, style={"height": "100%"})
    # Without aria-labelledby a figure has no name in Chromium's tree.
    named = {"aria-labelledby": f"t-{name}", "aria-describedby": f"d-{name}"}
    top, below = made.get(f"{name}-top", []), made.get(f"{name}-below", [])
    height = made.get(f"{name}-height")
    size = {"style": {"height": f"{height}px"}} if height else {}
    box = html.Div(graph, id=f"b-{name}", className="plot", role="img", **size, **named)
    folded = bool(made.get(f"{name}-folded"))
    drawing = [html.Summary(text("chart.unfold")), box, html.Div(below, id=f"p-{name}-below")]
    fold = html.Details(drawing, open=not folded, className="fold folds" if folded else "fold")
    content = [html.Figcaption(top, id=f"p-{name}-top"), fold]
    return html.Figure(content, id=f"k-{name}", className="card", hidden=bool(made) and not height)


def marked(said: str) -> list[Component | str]:
    """A text in which a command stands between `backticks`."""
    return [html.Code(part) if index % 2 else part for index, part in enumerate(said.split("`"))]


def details(summary: str, *content: Component) -> html.Details:
    return html.Details([html.Summary(summary), *content])


def sparkline(line: str, label: str) -> html.Img:
    """A small picture of a series from −100 to +100 with its zero line; an image costs the browser nothing and needs no script."""
    values = [float(value) for value in line.split()]
    step = 96 / max(len(values) - 1, 1)
    path = " ".join(
        f"{'M' if index == 0 else 'L'}{2 + index * step:.1f} {14 - value * 0.12:.1f}" for index, value in enumerate(values)
    )
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="28"><path d="M2 14H98" stroke="{theme.SPARKLINE}" '
        f'stroke-width="1" stroke-dasharray="2 3"/><path d="{path}" fill="none" stroke="{theme.SPARKLINE}" stroke-width="2"/></svg>'
    )
    return html.Img(src=f"data:image/svg+xml,{quote(drawing)}", alt=label, width="100", height="28")
