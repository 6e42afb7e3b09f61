"""Charts by subject, by day and by outlet."""

import pandas as pd

from bilateral.figures import BARS, SUM, layout_of, lying, places_of, plain, values_of
from bilateral.strings import Texts

STRONGEST = 4
"""Net weight from which a day has the last step of the colours."""


def topics(rows: pd.DataFrame, labels: list[str], text: Texts) -> dict:
    """Weight of the four kinds by subject: cooperation to the right of zero, friction to the left and hatched."""
    places = places_of(labels)
    traces: list[dict] = [
        {
            "type": "bar",
            "orientation": "h",
            "name": text(key),
            "x": values_of(rows[column] * sign),
            "y": places,
            "width": 0.4,
            "customdata": values_of(rows[column]),
            "hovertemplate": "%{customdata:.1f}<extra>" + text(key) + "</extra>",
            "marker": {
                "color": colour,
                "line": {"color": "$card", "width": 1},
                "pattern": {"shape": hatch, "bgcolor": colour, "fgcolor": "$card", "size": 6, "solidity": 0.25},
            },
        }
        for column, key, colour, sign, hatch in BARS
    ]
    net = sum(rows[column] * sign for column, _, _, sign, _ in BARS)
    sums = {
        "type": "scatter",
        "mode": "markers",
        "meta": "slider",
        "x": values_of(pd.Series(net)),
        "y": places,
        "marker": SUM,
    }
    layout = lying(labels)
    layout["xaxis"] |= {"tickformat": ".3~g"}
    return {"data": [*traces, sums | {"hovertemplate": "%{x:+.1f}<extra></extra>"}], "layout": layout}


def calendar(
    weeks: list[str], weekdays: list[str], net: list[list[float | None]], signs: list[list[str]], said: list[list[str]]
) -> dict:
    """A row a week, the newest on top, a column a weekday. Each day has its sign, so that it is read without colour."""
    steps = [[step / 8, f"$ramp{step}"] for step in range(9)]
    day = {
        "type": "heatmap",
        "meta": "slider",
        "x": weekdays,
        "y": list(range(len(weeks))),
        "z": net,
        "zmin": -STRONGEST,
        "zmax": STRONGEST,
        "colorscale": steps,
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "text": said,
        "hovertemplate": "%{text}<extra></extra>",
    }
    dark = [[bool(value is not None and abs(value) >= 2) for value in row] for row in net]
    marks = [
        {
            "type": "scatter",
            "mode": "text",
            "hoverinfo": "skip",
            "x": [weekdays[column] for row in range(len(weeks)) for column in range(7) if dark[row][column] == is_dark],
            "y": [row for row in range(len(weeks)) for column in range(7) if dark[row][column] == is_dark],
            "text": [signs[row][column] for row in range(len(weeks)) for column in range(7) if dark[row][column] == is_dark],
            "textfont": {"size": 14, "color": "$card" if is_dark else "$ink"},
        }
        for is_dark in (False, True)
    ]
    layout = layout_of(60 + 26 * len(weeks))
    layout |= {"hovermode": "closest", "margin": {"l": 92, "r": 8, "t": 30, "b": 8}}
    layout["xaxis"] = layout["xaxis"] | {"type": "category", "side": "top", "ticks": ""}
    for name in ("tickformatstops", "nticks"):
        layout["xaxis"].pop(name)
    layout["yaxis"] |= {
        "autorange": "reversed",
        "tickvals": list(range(0, len(weeks), 2)),
        "ticktext": weeks[::2],
        "showgrid": False,
    }
    return {"data": [day, *marks], "layout": layout}


def outlets(labels: list[str], counts: list[int]) -> dict:
    """Events by outlet."""
    bars = {
        "type": "bar",
        "meta": "slider",
        "orientation": "h",
        "x": counts,
        "y": places_of(labels),
        "width": 0.4,
        "marker": {"color": "$other"},
        "text": [plain(label) for label in labels],
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
    }
    layout = lying(labels)
    layout["xaxis"] |= {"tickformat": "d", "rangemode": "tozero"}
    return {"data": [bars], "layout": layout}
