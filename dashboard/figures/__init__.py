"""Figures as plain dictionaries of plotly: from rows to a figure. They use neither Dash nor the data, and refer to colours by name."""

from collections.abc import Sized

import numpy as np
import pandas as pd

from bilateral.escaping import visible
from bilateral.figures.theme import FONT
from bilateral.strings import Texts

HEIGHT = {"balance": 380, "words_deeds": 280, "directions": 280}
"""Heights in px; the page reserves them before anything is drawn."""

BARS = (
    ("verbal_cooperation", "chart.words_coop", "$coopWords", 1, ""),
    ("material_cooperation", "chart.deeds_coop", "$coopDeeds", 1, ""),
    ("verbal_friction", "chart.words_fric", "$fricWords", -1, "/"),
    ("material_friction", "chart.deeds_fric", "$fricDeeds", -1, "/"),
)
"""The four kinds: column, text, colour, side of zero, hatch."""

SUM = {"symbol": "diamond", "size": 11, "color": "$card", "line": {"width": 2, "color": "$ink"}}
"""The mark of a sum on its bars: filled with the ground, as an open one is lost on a dark bar."""


def words_deeds(kinds: pd.DataFrame, text: Texts) -> dict:
    """Diverging bars of the four kinds: cooperation above zero, friction below it and hatched; deeds deep, words mid."""
    traces = [
        {
            "type": "bar",
            "name": text(key),
            "meta": "slider",
            "x": days_of(kinds["period"]),
            "y": values_of(kinds[column] * sign),
            "customdata": values_of(kinds[column]),
            "marker": {
                "color": colour,
                "line": {"color": "$card", "width": 1},
                # Without bgcolor a pattern replaces the fill and the bar turns invisible.
                "pattern": {"shape": hatch, "bgcolor": colour, "fgcolor": "$card", "size": 6, "solidity": 0.25},
            },
            "hovertemplate": "%{customdata:.1f}<extra>" + text(key) + "</extra>",
        }
        for column, key, colour, sign, hatch in BARS
    ]
    layout = layout_of(HEIGHT["words_deeds"], ticks=4) | {"barmode": "relative", "bargap": 0.15, "shapes": [zero_line()]}
    return {"data": traces, "layout": layout}


def directions(series: dict[str, pd.DataFrame]) -> dict:
    """The balance of each direction, by its short name: the first in ink, the other grey and dashed, both named at the line's end."""
    styles: tuple[dict, ...] = ({"color": "$ink", "width": 2.5}, {"color": "$other", "width": 2, "dash": "dash"})
    traces, labels = [], []
    for (name, frame), line in zip(series.items(), styles, strict=True):
        traces.append(
            {
                "type": "scatter",
                "name": name,
                "meta": "slider",
                "x": days_of(frame["day"]),
                "y": values_of(frame["balance"]),
                "mode": "lines",
                "line": line,
                "connectgaps": False,
                "hovertemplate": name + " %{y:.0f}<extra></extra>",
                **alone(values_of(frame["balance"]), line["color"]),
            }
        )
        labels.append((name, frame["balance"].dropna()))
    layout = layout_of(HEIGHT["directions"], ticks=4)
    layout["margin"]["r"] = 90
    layout["yaxis"] |= {
        "range": [-104, 104],
        "tickvals": [-100, -50, 0, 50, 100],
        "ticktext": ["−100", "−50", "0", "+50", "+100"],
    }
    layout["shapes"] = [zero_line()]
    layout["annotations"] = _end_labels(labels)
    return {"data": traces, "layout": layout}


def small(series: pd.DataFrame) -> dict:
    """The balance with its band by period, small enough to stand beside others of the same periods on the same scale."""
    days = days_of(series["period"])
    values = values_of(series["balance"])
    line = {"type": "scatter", "meta": "slider", "x": days, "y": values, "mode": "lines"}
    layout = layout_of(180, ticks=3)
    layout["margin"] = {"l": 44, "r": 8, "t": 8, "b": 30}
    layout["yaxis"] |= {"range": [-104, 104], "tickvals": [-100, 0, 100], "ticktext": ["−100", "0", "+100"]}
    layout["shapes"] = [zero_line()]
    traces = [
        band(days, values_of(series["balance_low"]), values_of(series["balance_high"])),
        line | {"line": {"color": "$ink", "width": 2}, "hovertemplate": "%{y:+.0f}<extra></extra>"} | alone(values, "$ink"),
    ]
    return {"data": traces, "layout": layout}


def lying(labels: list[str]) -> dict:
    """Layout of lying bars from zero, the first on top; each label stands above its bar, so that a phone has room for it."""
    layout = layout_of(64 + 46 * len(labels))
    layout |= {"barmode": "relative", "hovermode": "closest", "margin": {"l": 14, "r": 14, "t": 10, "b": 36}}
    layout["xaxis"] |= {"type": "linear", "showgrid": True, "nticks": 7}
    del layout["xaxis"]["tickformatstops"]  # of dates: before them no tickformat holds, and 0.6 is written 0.6000000000000001
    layout["yaxis"] |= {"visible": False, "range": [-0.6, len(labels) - 0.2]}
    layout["shapes"] = [zero_line(vertical=True)]
    layout["annotations"] = [row_label(label, place + 0.42) for place, label in zip(places_of(labels), labels, strict=True)]
    return layout


def row_label(label: str, y: float) -> dict:
    """The name of a lying row above it, from the edge of the box on; lines of the grid stop before it."""
    place = {"xref": "paper", "x": 0, "xanchor": "left", "xshift": -12, "y": y}
    return place | {"text": plain(label), "showarrow": False, "bgcolor": "$card", "borderpad": 1}


def places_of(rows: Sized) -> list[int]:
    """Heights of lying rows, the first on top."""
    return list(range(len(rows)))[::-1]


def plain(said: str) -> str:
    """Text for plotly, which reads pseudo-HTML: signs of markup stay text, and what steers is shown."""
    return visible(said).replace("&", "&amp;").replace("<", "&lt;")


def moved(bars: pd.DataFrame, labels: list[str], text: Texts) -> dict:
    """Contributions to a change as lying bars, each in three parts that stack from zero; its label stands above it, so that a phone has room."""
    places = places_of(labels)
    parts = (("new", "$ink", ""), ("fading", "$other", ""), ("evidence", "$axis", "/"))
    traces: list[dict] = [
        {
            "type": "bar",
            "orientation": "h",
            "name": text(f"moved.{part}"),
            "x": values_of(bars[part]),
            "y": places,
            "width": 0.4,
            "marker": {
                "color": colour,
                "line": {"color": "$card", "width": 1},
                "pattern": {"shape": hatch, "bgcolor": colour, "fgcolor": "$card", "size": 6, "solidity": 0.4},
            },
            "hovertemplate": "%{x:+.1f}<extra>" + text(f"moved.{part}") + "</extra>",
        }
        for part, colour, hatch in parts
    ]
    sums: dict = {"type": "scatter", "mode": "markers", "meta": "slider", "x": values_of(bars["moved"]), "y": places}
    sums |= {
        "marker": SUM,
        "name": text("moved.moved"),
        "hovertemplate": "%{x:+.1f}<extra>" + text("moved.moved") + "</extra>",
    }
    layout = lying(labels)
    layout["xaxis"] |= {"tickformat": ".3~g", "hoverformat": "+.1f"}
    return {"data": [*traces, sums], "layout": layout}


def around(pair: pd.DataFrame, directed: dict[str, pd.DataFrame], day: str, text: Texts) -> dict:
    """Both directions day by day before and after an event, over the band of the pair; the event is the line in the middle."""
    figure = directions(directed)
    shaded = band(days_of(pair["day"]), values_of(pair["balance_low"]), values_of(pair["balance_high"]))
    figure["data"] = [shaded, *figure["data"]]
    figure["layout"]["shapes"].append(day_line(day))
    labels = (("before", "right", "← "), ("after", "left", " →"))
    for side, anchor, arrow in labels:
        label = arrow + text(f"around.{side}") if side == "before" else text(f"around.{side}") + arrow
        place = {"x": day, "xanchor": anchor, "yref": "paper", "y": 1, "yanchor": "top", "xshift": -6 if side == "before" else 6}
        figure["layout"]["annotations"].append(place | {"text": label, "showarrow": False})
    return figure


def day_line(day: str) -> dict:
    """The line that stands on one day, from the bottom of a chart to its top."""
    line = {"color": "$ink", "width": 2, "dash": "dot"}
    return {"type": "line", "x0": day, "x1": day, "yref": "paper", "y0": 0, "y1": 1, "line": line}


def empty() -> dict:
    """What a chart shows before its data: nothing, on hidden axes, as plotly's default grid looks like data."""
    hidden = {"visible": False}
    clear = "rgba(0,0,0,0)"
    return {"data": [], "layout": {"xaxis": hidden, "yaxis": hidden, "paper_bgcolor": clear, "plot_bgcolor": clear}}


def locale(text: Texts) -> dict:
    """Names of months as Mexico writes them: plotly's own `es` has capital letters and a decimal comma. It is set with a chart's first config, later has no effect."""
    months = text.entry("months")
    return {"locale": text.tag, "locales": {text.tag: {"dictionary": {}, "format": {"shortMonths": months, "months": months}}}}


TICKS = [{"dtickrange": ["M1", None], "value": "%b %Y"}, {"dtickrange": [None, "M1"], "value": "%-d %b %Y"}]
"""Days are named where ticks stand closer than a month, else months alone."""


def layout_of(height: int, ticks: int = 6) -> dict:
    axis = {
        "color": "$ink2",
        "gridcolor": "$grid",
        "linecolor": "$axis",
        "tickcolor": "$axis",
        "zeroline": False,
        "tickfont": {"size": 13},
        "fixedrange": True,
    }
    return {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": 13, "color": "$ink", "family": FONT},
        "margin": {"l": 48, "r": 14, "t": 10, "b": 36},
        "height": height,
        "showlegend": False,
        "hovermode": "x",
        "dragmode": False,  # fixedrange alone still lets a swipe on a phone zoom instead of scroll
        "hoverlabel": {"bgcolor": "$card", "bordercolor": "$axis", "font": {"color": "$ink", "size": 13}},
        "xaxis": axis
        | {
            "type": "date",
            "tickformatstops": TICKS,
            "showgrid": False,
            "nticks": ticks,
            "tickangle": 0,
            "hoverformat": "%-d %b %Y",
        },
        "yaxis": axis | {},
    }


def zoomed(layout: dict, days: list[str], values: list[float | None]) -> dict:
    """With a small copy of the whole below the chart, in which a range is brushed, and a range that is dragged on the chart; the browser
    leaves both out where there is no mouse, as a finger there scrolls the page."""
    known = [value for value in values if value is not None]
    if len(days) < 2 or len(known) < 2:
        return layout
    span, room = {"range": [days[0], days[-1]]}, 0.1 * (max(known) - min(known)) or 1
    brush = {"visible": True, "thickness": 0.09, "bgcolor": "$page", "bordercolor": "$line", "borderwidth": 1, **span}
    brush["yaxis"] = {"rangemode": "fixed", "range": [min([0, *known]) - room, max([0, *known]) + room]}
    axis, margin = layout["xaxis"] | {"rangeslider": brush, **span}, layout["margin"] | {"b": 10}
    return layout | {"xaxis": axis, "margin": margin, "meta": layout.get("meta", {}) | {"zoom": True}}


def band(days: list[str], low: list[float | None], high: list[float | None]) -> dict:
    """The range between two series, shaded: an outline around each stretch of values, as a fill between two lines would shade the gaps too."""
    x: list[str | None] = []
    y: list[float | None] = []
    for first, last in stretches(low):
        x += [*days[first:last], *days[first:last][::-1], days[first], None]
        y += [*high[first:last], *low[first:last][::-1], high[first], None]
    edge = {"line": {"width": 0.5, "color": "$axis"}, "fill": "toself", "fillcolor": "$band"}
    return {"type": "scatter", "name": "band", "mode": "lines", "x": x[:-1], "y": y[:-1], "hoverinfo": "skip", **edge}


def stretches(values: list[float | None]) -> list[tuple[int, int]]:
    """First place and place after the last one of each run of values without a gap."""
    known = [value is not None for value in [None, *values, None]]
    firsts = [place for place in range(len(values)) if known[place + 1] and not known[place]]
    lasts = [place + 1 for place in range(len(values)) if known[place + 1] and not known[place + 2]]
    return list(zip(firsts, lasts, strict=True))


def alone(values: list[float | None], colour: str) -> dict:
    """Dots for values with a gap on either side, which a line does not show; nothing where there are none."""
    lone = {first for first, last in stretches(values) if last - first == 1}
    if not lone:
        return {}
    sizes = [7 if place in lone else 0 for place in range(len(values))]
    return {"mode": "lines+markers", "marker": {"size": sizes, "color": colour, "line": {"width": 0}}}


def zero_line(vertical: bool = False) -> dict:
    line = {"type": "line", "line": {"color": "$ink", "width": 1.25}}
    if vertical:
        return line | {"yref": "paper", "y0": 0, "y1": 1, "x0": 0, "x1": 0}
    return line | {"xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0}


def _end_labels(labels: list[tuple[str, pd.Series]]) -> list[dict]:
    """The acting side of each direction at its line's end, moved apart where the ends are close: there is no room for both names."""
    ends = sorted((float(values.iloc[-1]), f"{name.split(' → ')[0]} →") for name, values in labels if len(values))
    if len(ends) == 2 and ends[1][0] - ends[0][0] < 18:
        middle = (ends[0][0] + ends[1][0]) / 2
        ends = [(middle - 9, ends[0][1]), (middle + 9, ends[1][1])]
    font = {"size": 13, "color": "$ink"}
    return [
        {"xref": "paper", "x": 1.01, "xanchor": "left", "y": y, "text": name, "showarrow": False, "font": font}
        for y, name in ends
    ]


def days_of(days: pd.Series) -> list[str]:
    return np.datetime_as_string(pd.to_datetime(days).to_numpy(), unit="D").tolist()


def values_of(values: pd.Series) -> list[float | None]:
    """Two decimals; None, never NaN, where there is nothing: JSON knows no NaN, and plotly draws a gap."""
    return [None if pd.isna(value) else round(float(value), 2) for value in values]
