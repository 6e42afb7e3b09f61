"""Charts on robustness: other settings of the method, changes of level, responses, links."""

from math import ceil, floor

import pandas as pd

from bilateral import formats
from bilateral.figures import days_of, layout_of, lying, places_of, values_of, zero_line


def ribbon(rows: pd.DataFrame) -> dict:
    """Intensity by month with the range that other choices give; hollow where one of them takes the sign away or turns it."""
    days = days_of(rows["month"])
    edge = {"type": "scatter", "mode": "lines", "line": {"width": 1, "color": "$axis", "shape": "hvh"}, "hoverinfo": "skip"}
    holds = rows["share"] == 1
    points = {
        "type": "scatter",
        "mode": "markers",
        "meta": "slider",
        "x": days,
        "y": values_of(rows["intensity"]),
        "marker": {"size": 9, "color": ["$ink" if held else "$card" for held in holds], "line": {"color": "$ink", "width": 2}},
        "hovertemplate": "%{y:+.1f}<extra></extra>",
    }
    layout = layout_of(280, ticks=5)
    low, high = floor(rows["lowest"].min()), ceil(rows["highest"].max())
    ticks = [*range(min(low, 0), max(high, 0) + 1, 1 + (high - low) // 8)]
    layout["yaxis"] |= {"tickvals": ticks, "ticktext": [formats.points(tick) for tick in ticks]}
    layout["shapes"] = [zero_line()]
    band = edge | {"x": days, "y": values_of(rows["lowest"]), "fill": "tonexty", "fillcolor": "$band"}
    return {"data": [edge | {"x": days, "y": values_of(rows["highest"])}, band, points], "layout": layout}


def levels(stretches: list[tuple[str, list[str], list[float | None]]], changes: pd.DataFrame) -> dict:
    """Levels between change points: the pair in ink, directions grey; a shaded window around each change of the pair."""
    styles = (
        {"color": "$ink", "width": 2.5},
        {"color": "$other", "width": 2, "dash": "dash"},
        {"color": "$other", "width": 2, "dash": "dot"},
    )
    traces = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": days,
            "y": values,
            "line": style,
            "hovertemplate": name + " %{y:+.0f}<extra></extra>",
        }
        for (name, days, values), style in zip(stretches, styles, strict=False)
    ]
    shifted = {
        "type": "scatter",
        "mode": "markers",
        "meta": "slider",
        "x": days_of(changes["day"]),
        "y": values_of(changes["after"]),
        "marker": {"symbol": "diamond", "size": 12, "color": "$ink"},
        "hovertemplate": "%{x}<extra></extra>",
    }
    layout = layout_of(280, ticks=5)
    layout["yaxis"] |= {
        "range": [-104, 104],
        "tickvals": [-100, -50, 0, 50, 100],
        "ticktext": ["−100", "−50", "0", "+50", "+100"],
    }
    windows = zip(days_of(changes["window_from"]), days_of(changes["window_to"]), strict=True)
    shade = {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "fillcolor": "$band", "line": {"width": 0}, "layer": "below"}
    layout["shapes"] = [zero_line(), *({**shade, "x0": first, "x1": last} for first, last in windows)]
    return {"data": [*traces, shifted], "layout": layout}


def intervals(
    labels: list[str], values: pd.Series, low: pd.Series, high: pd.Series, limits: tuple[float, float] | None = None
) -> dict:
    """Estimates with their 95 % intervals, one under the other, around zero."""
    given = values.notna()
    middle = values_of(values)
    up = [None if not known else round(float(end - value), 3) for known, end, value in zip(given, high, values, strict=True)]
    down = [None if not known else round(float(value - end), 3) for known, end, value in zip(given, low, values, strict=True)]
    points = {
        "type": "scatter",
        "mode": "markers",
        "meta": "slider",
        "x": middle,
        "y": places_of(labels),
        "marker": {"size": 10, "color": "$ink"},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": up,
            "arrayminus": down,
            "color": "$ink",
            "thickness": 2,
            "width": 6,
        },
        "hovertemplate": "%{x:+.2f}<extra></extra>",
    }
    layout = lying(labels)
    layout["xaxis"] |= {"tickformat": ".2~f"} | ({"range": list(limits)} if limits else {})
    return {"data": [points], "layout": layout}


def links(labels: list[str], followed: pd.Series, expected: pd.Series) -> dict:
    """Share of cases that were followed (filled) against what chance makes of it (hollow), joined by a line."""
    places = places_of(labels)
    seen, chance = values_of(100 * followed), values_of(100 * expected)
    joined: list[dict] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [one, other],
            "y": [place, place],
            "hoverinfo": "skip",
            "line": {"color": "$axis", "width": 2},
        }
        for one, other, place in zip(seen, chance, places, strict=True)
    ]
    filled = {
        "type": "scatter",
        "mode": "markers",
        "meta": "slider",
        "x": seen,
        "y": places,
        "marker": {"size": 11, "color": "$ink"},
    }
    hollow = filled | {"meta": "", "x": chance, "marker": {"size": 11, "color": "$card", "line": {"color": "$ink", "width": 2}}}
    layout = lying(labels)
    layout["xaxis"] |= {"ticksuffix": "%", "range": [0, 105]}
    layout["shapes"] = []
    hover = {"hovertemplate": "%{x:.0f}%<extra></extra>"}
    return {"data": [*joined, hollow | hover, filled | hover], "layout": layout}
