"""An outcome under friction, each on an axis of its own over the same months; and the response by month with its placebo."""

import pandas as pd

from bilateral.figures import band, days_of, layout_of, values_of, zero_line
from bilateral.figures.marks import LANES, grouped, numbered, stems

UPPER, LOWER = (0.56, 1.0), (0.0, 0.44)
"""Shares of the height that the panels take."""


def under_friction(months: pd.DataFrame, marks: pd.DataFrame, names: tuple[str, str], readouts: list[str]) -> dict:
    """Two panels, friction with numbered events above, the outcome below: never two axes in one, as where they cross depends on who scales them."""
    days, friction = days_of(months["month"]), values_of(months["friction"])
    groups = grouped(marks, months.rename(columns={"month": "day"}))
    top = 1.3 * (float(months["friction"].max()) or 1)
    heights = [top * LANES[index % len(LANES)] for index in range(len(groups))]
    layout = layout_of(460)
    layout["yaxis"] |= {"domain": list(UPPER), "range": [0, top], "nticks": 4}
    layout["yaxis2"] = layout["yaxis"] | {"domain": list(LOWER), "anchor": "x", "nticks": 6}
    del layout["yaxis2"]["range"]
    layout["xaxis"] |= {"anchor": "y2"}
    layout["margin"] |= {"t": 40}
    layout["shapes"] = stems(groups, heights, 0, top)
    layout["annotations"] = [panel_name(name, top) for name, (_, top) in zip(names, (UPPER, LOWER), strict=True)]
    line: dict = {"type": "scatter", "mode": "lines", "x": days, "hoverinfo": "skip"}
    points: dict = {"type": "scatter", "mode": "markers", "meta": "slider", "x": days, "y": friction, "text": readouts}
    points |= {"marker": {"size": 8, "color": "rgba(0,0,0,0)"}, "hovertemplate": "%{text}<extra></extra>"}
    return {
        "data": [
            line | {"name": "friction", "y": friction, "line": {"color": "$fricDeeds", "width": 2}},
            line
            | {"name": "outcome", "y": values_of(months["outcome_level"]), "yaxis": "y2", "line": {"color": "$ink", "width": 2}},
            points,
            *numbered(groups, heights),
        ],
        "layout": layout,
    }


def panel_name(name: str, top: float) -> dict:
    """What a panel shows and in which unit, above its axis."""
    place = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "paper", "y": top, "yanchor": "bottom", "yshift": 10}
    return place | {"text": name, "showarrow": False, "font": {"size": 13, "color": "$ink"}}


def response(curve: pd.DataFrame) -> dict:
    """Months before hollow, months after filled, each side over its own band."""
    months = curve["horizon"].tolist()
    sides = curve["horizon"] >= 0
    layout = layout_of(300, ticks=13)
    layout["xaxis"] = {name: value for name, value in layout["xaxis"].items() if name != "tickformatstops"}
    layout["xaxis"] |= {
        "type": "linear",
        "range": [min(months) - 0.5, max(months) + 0.5],
        "tickvals": months,
        "hoverformat": "+d",
    }
    layout["xaxis"] |= {"ticktext": [f"{month:+d}".replace("-", "−") if month else "0" for month in months]}
    layout["shapes"] = [zero_line()]
    bands = [
        band(side["horizon"].tolist(), values_of(side["low"]), values_of(side["high"]))
        for side in (curve[~sides], curve[sides])
        if len(side)
    ]
    points = {
        "type": "scatter",
        "mode": "lines+markers",
        "meta": "slider",
        "x": months,
        "y": values_of(curve["response_sd"]),
        "line": {"color": "$ink", "width": 1.5},
        "marker": {
            "size": 9,
            "color": ["$ink" if after else "$card" for after in sides],
            "line": {"color": "$ink", "width": 2},
        },
        "hovertemplate": "%{y:+.2f}<extra></extra>",
    }
    return {"data": [*bands, points], "layout": layout}
