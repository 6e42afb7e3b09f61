"""One indicator over time with its interval and the numbered events."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from bilateral import formats
from bilateral.figures import HEIGHT, alone, band, days_of, layout_of, values_of, zero_line, zoomed
from bilateral.figures.areas import areas
from bilateral.figures.marks import LANES, chance_line, day_line, day_name, grouped, numbered, stems
from bilateral.figures.scales import SCALES, Scale, side_name
from bilateral.strings import Texts

FIRM = ("ok", "partial", "preliminary")
"""States whose values are drawn as a firm line; a thin one is dotted."""


def line(
    series: pd.DataFrame,
    marks: pd.DataFrame,
    readouts: list[str],
    text: Texts,
    indicator: str = "balance",
    other: pd.DataFrame | None = None,
    record_end: date | None = None,
    density_break: date | None = None,
    key: Sequence[str] = (),
) -> dict:
    """An indicator with its band, a strong zero line, numbered events, gaps where nothing was read and thin parts dotted.

    `readouts` is what the hover says of each point. `other` is a second series of the same periods, drawn grey and dashed beside it: a year earlier, or as known today.
    After `record_end`, where it lies inside the range, nothing was read: the line is dotted and the end is marked.
    `density_break`: a day on which the list became denser, marked likewise. `key`: what the numbers mean, for pictures; the page lists it.
    """
    scale, days = SCALES[indicator], days_of(series["day"])
    drawn = traces(series, readouts, indicator, other)
    low, high = _ends(drawn, scale)
    groups = grouped(marks, series)
    layout = layout_of(HEIGHT["balance"])
    layout["yaxis"] |= {"range": [low, high]} | (_ticks(*scale.ends, scale) if scale.ends else {})
    heights = [low + (high - low) * LANES[index % len(LANES)] for index in range(len(groups))]
    layout["meta"] = {"key": key}
    layout["shapes"] = [
        *([zero_line()] if low <= 0 <= high else []),
        *chance_line(scale),
        *stems(groups, heights, low, high),
    ]
    if scale.has_sides:
        layout["annotations"] = [
            side_name(text("chart.cooperation"), low + 0.79 * (high - low), "$coopDeeds"),
            side_name(text("chart.friction"), low + 0.048 * (high - low), "$fricDeeds"),
        ]
    for day, key, height in ((record_end, "no_coverage", 0.12), (density_break, "density_break", 0.2)):
        if day and len(days) and days[0] <= str(day) < days[-1]:
            layout["shapes"].append(day_line(day, low, high))
            said = day_name(day, days, text(f"chart.{key}", day=formats.day(day, text)), low + height * (high - low))
            layout["annotations"] = [*layout.get("annotations", []), said]
    firm = (series[scale.state].isin(FIRM) & series["is_covered"]).tolist()
    sides = areas(days, values_of(series[indicator]), firm) if scale.has_sides and other is None else []
    return {
        "data": [*drawn[: scale.has_band], *sides, *drawn[scale.has_band :], *numbered(groups, heights)],
        "layout": zoomed(layout, days, values_of(series[indicator])),
    }


def traces(series: pd.DataFrame, readouts: list[str], indicator: str, other: pd.DataFrame | None) -> list[dict]:
    """From back to front: band, second series, thin line, points to hover over, firm line, last point."""
    scale, days = SCALES[indicator], days_of(series["day"])
    values = values_of(series[indicator])
    firm = series[indicator].where(series[scale.state].isin(FIRM) & series["is_covered"])
    path: dict = {"type": "scatter", "x": days, "mode": "lines", "connectgaps": False, "hoverinfo": "skip"}
    made: list[dict] = []
    if scale.has_band:
        made.append(band(days, values_of(series[f"{indicator}_low"]), values_of(series[f"{indicator}_high"])))
    if other is not None:
        made.append(
            path | {"name": "other", "y": values_of(other[indicator]), "line": {"color": "$other", "width": 2, "dash": "dash"}}
        )
    return [
        *made,
        path | {"name": "thin", "y": values, "line": {"color": "$ink", "width": 1.5, "dash": "dot"}} | alone(values, "$ink"),
        {
            "type": "scatter",
            "name": indicator,
            "meta": "slider",
            "x": days,
            "y": values,
            "text": readouts,
            "mode": "markers",
            "marker": {"size": 8, "color": "rgba(0,0,0,0)"},
            "hovertemplate": "%{text}<extra></extra>",
        },
        path | _firm(days, values_of(firm), series["n_events"] if scale.has_sides else None),
        _last_point(series, indicator),
    ]


def _ends(traces: list[dict], scale: Scale) -> tuple[float, float]:
    """Ends of the axis with room for the marks above."""
    if scale.ends:
        low, high = scale.ends
        return low - 0.02 * (high - low), high + 0.03 * (high - low)
    values = [value for trace in traces for value in trace["y"] if value is not None] + ([scale.line] if scale.line else [])
    low, high = min([0, *values]), max([0, *values])
    room = (high - low) or 1.0
    return (low - 0.06 * room if low < 0 else 0), high + 0.28 * room


def _ticks(low: float, high: float, scale: Scale) -> dict:
    values = [low + step * (high - low) / 4 for step in range(5)]
    whole = all(value == round(value) for value in values)
    written = formats.points if scale.is_signed else formats.plain
    return {"tickvals": values, "ticktext": [written(value, 0 if whole else 1) for value in values]}


def _firm(days: list[str], values: list[float | None], acts: pd.Series | None) -> dict:
    """The firm line: from point to point where both may be read and, of an indicator that fades, an act came in between."""
    counts = [1] * len(days) if acts is None else acts.tolist()
    x: list[str | None] = []
    y: list[float | None] = []
    for place in range(1, len(days)):
        ends = values[place - 1], values[place]
        if None not in ends and counts[place]:
            if not x or (x[-1], y[-1]) != (days[place - 1], ends[0]):
                x += [None, days[place - 1]]
                y += [None, ends[0]]
            x.append(days[place])
            y.append(ends[1])
    return {"name": "firm", "x": x, "y": y, "line": {"color": "$ink", "width": 2.5}}


def _last_point(series: pd.DataFrame, indicator: str) -> dict:
    """A hollow marker when the last period is not over."""
    last = series.tail(1)
    partial = bool(len(last)) and bool(last["is_partial"].iloc[0])
    return {
        "type": "scatter",
        "name": "last",
        "x": days_of(last["day"]),
        "y": values_of(last[indicator]),
        "mode": "markers",
        "hoverinfo": "skip",
        "marker": {"size": 9, "color": "$card" if partial else "$ink", "line": {"color": "$ink", "width": 2}},
    }
