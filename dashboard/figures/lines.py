"""One indicator over time with its band and the numbered events; where events are few, the events themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard import numbers
from dashboard.figures import HEIGHT, alone, band, days_of, layout_of, plain, values_of, zero_line
from dashboard.rowwise import rowwise
from dashboard.strings import Texts

FIRM = ("ok", "partial", "preliminary")
"""States whose values are drawn as a firm line; a thin one is dotted."""
LANES = (0.952, 0.876)
"""Heights of the numbered marks, as shares of the plot; two lanes, so that neighbours do not overlap."""
APART = 0.04
"""Marks closer than this share of the range are one mark with both numbers: on a phone it is the width of one."""
FEW = 10
"""Under so many events the range shows the events instead of a line."""


@dataclass(frozen=True)
class Scale:
    """How an indicator is drawn and written."""

    decimals: int = 0
    is_signed: bool = True
    """It has a zero in the middle; else it counts from zero up."""
    has_band: bool = False
    state: str = "state"
    """Column with the state of its values."""
    ends: tuple[float, float] | None = None
    """Fixed ends of the axis; else they follow the values."""
    has_sides: bool = False
    """Above zero is cooperation, below it friction."""

    def said(self, value: float | None) -> str:
        return numbers.points(value, self.decimals) if self.is_signed else numbers.plain(value, self.decimals)


FULL = (-100, 100)
SCALES = {
    "balance": Scale(has_band=True, ends=FULL, has_sides=True),
    "intensity": Scale(1, has_band=True, ends=(-10, 10), has_sides=True),
    "cooperation": Scale(1, is_signed=False),
    "friction": Scale(1, is_signed=False),
    "words": Scale(has_band=True, state="words_state", ends=FULL, has_sides=True),
    "deeds": Scale(has_band=True, state="deeds_state", ends=FULL, has_sides=True),
    "volume": Scale(2, is_signed=False),
    "tension": Scale(1, state="tension_state"),
    "rank": Scale(is_signed=False, state="rank_state", ends=(0, 100)),
    "momentum": Scale(has_band=True, state="momentum_state"),
    "asymmetry": Scale(has_band=True, state="asymmetry_state"),
    "adjusted": Scale(has_band=True, state="adjusted_state"),
}
"""By indicator: address.INDICATORS in the order of METHOD 6."""


def line(
    series: pd.DataFrame,
    marks: pd.DataFrame,
    readouts: list[str],
    text: Texts,
    indicator: str = "balance",
    other: pd.DataFrame | None = None,
) -> dict:
    """An indicator with its band, a strong zero line, numbered events, gaps where nothing was read and thin parts dotted.

    `readouts` is what the hover says of each point. `other` is a second series of the same periods, drawn grey and dashed beside it: a year earlier, or as known today.
    """
    scale, days = SCALES[indicator], days_of(series["day"])
    values = values_of(series[indicator])
    firm = series[indicator].where(series[scale.state].isin(FIRM))
    path: dict = {"type": "scatter", "x": days, "mode": "lines", "connectgaps": False, "hoverinfo": "skip"}
    traces: list[dict] = []
    if scale.has_band:
        traces.append(band(days, values_of(series[f"{indicator}_low"]), values_of(series[f"{indicator}_high"])))
    if other is not None:
        traces.append(
            path | {"name": "other", "y": values_of(other[indicator]), "line": {"color": "$other", "width": 2, "dash": "dash"}}
        )
    traces += [
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
        path | {"name": "firm", "y": values_of(firm), "line": {"color": "$ink", "width": 2.5}},
        _last_point(series, indicator),
    ]
    low, high = _ends(traces, scale)
    groups = grouped(marks, series)
    layout = layout_of(HEIGHT["balance"])
    layout["yaxis"] |= {"range": [low, high]}
    if scale.ends:
        layout["yaxis"] |= _ticks(*scale.ends, scale)
    heights = [low + (high - low) * LANES[index % len(LANES)] for index in range(len(groups))]
    layout["shapes"] = [*([zero_line()] if low <= 0 <= high else []), *_mark_lines(groups, heights, low, high)]
    if scale.has_sides:
        layout["annotations"] = [
            _side(text("chart.cooperation"), low + 0.79 * (high - low), "$coopDeeds"),
            _side(text("chart.friction"), low + 0.048 * (high - low), "$fricDeeds"),
        ]
    return {"data": [*traces, *_marks(groups, heights)], "layout": layout}


KINDS = {
    "verbal cooperation": ("circle", "$coopWords"),
    "material cooperation": ("square", "$coopDeeds"),
    "verbal friction": ("circle-open", "$fricWords"),
    "material friction": ("square-open", "$fricDeeds"),
}
"""Shape and colour of an event: round in words, square in deeds, filled for cooperation, hollow for friction."""


def strip(events: pd.DataFrame, readouts: list[str], span: tuple[str, str], text: Texts) -> dict:
    """One lollipop for each event on a time axis; its height is the score of its code."""
    days, scores = days_of(events["event_day"]), values_of(events["score"])
    looks = [KINDS[kind] for kind in events["kind"]]
    points = {
        "type": "scatter",
        "name": "events",
        "meta": "slider",
        "x": days,
        "y": scores,
        "mode": "markers",
        "text": [plain(said) for said in readouts],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "size": 14,
            "symbol": [symbol for symbol, _ in looks],
            "color": [colour for _, colour in looks],
            "line": {"width": 3, "color": [colour for _, colour in looks]},
        },
    }
    layout = layout_of(HEIGHT["balance"])
    layout |= {"hovermode": "closest"}
    first, last = map(pd.Timestamp, span)
    edge = max((last - first) * 0.04, pd.Timedelta(days=1))  # else a point at the end is cut
    layout["xaxis"] |= {"range": [f"{first - edge:%Y-%m-%d}", f"{last + edge:%Y-%m-%d}"]}
    layout["yaxis"] |= {"range": [-11, 11], "tickvals": [-10, -5, 0, 5, 10], "ticktext": ["−10", "−5", "0", "+5", "+10"]}
    stem = {"width": 2, "dash": "solid"}
    stems = [
        {"type": "line", "x0": day, "x1": day, "y0": 0, "y1": score or 0, "layer": "below", "line": stem | {"color": colour}}
        for day, score, (_, colour) in zip(days, scores, looks, strict=True)
    ]
    layout["shapes"] = [zero_line(), *stems]
    layout["annotations"] = [
        _side(text("chart.cooperation"), 9.5, "$coopDeeds"),
        _side(text("chart.friction"), -9.5, "$fricDeeds"),
    ]
    return {"data": [points], "layout": layout}


def readout(row: Mapping, by: str, text: Texts, indicator: str = "balance") -> str:
    """What the slider and the hover say of one point."""
    scale = SCALES[indicator]
    value, state = row[indicator], row[scale.state]
    period = numbers.period(row["period"].date(), by, text)
    events = text("chart.events", n=int(row["n_events"]))
    if row["state"] == "not read":
        return text("chart.point_gap", period=period)
    if numbers.is_missing(value):
        return text("chart.point_few" if indicator == "balance" else "chart.point_none", period=period, events=events)
    names = {"period": period, "value": scale.said(value), "events": events}
    if scale.has_band:
        names |= {end: scale.said(row[f"{indicator}_{end}"]) for end in ("low", "high")}
    if scale.has_sides:
        holds_zero = scale.has_band and row[f"{indicator}_low"] <= 0 <= row[f"{indicator}_high"]
        side = "none" if holds_zero or round(value, scale.decimals) == 0 else "coop" if value > 0 else "fric"
        said = text("chart.point", side=text(f"chart.side_{side}"), **names)
    else:
        said = text("chart.point_band" if scale.has_band else "chart.point_plain", **names)
    notes = ["chart.partial"] * bool(row["is_partial"]) + ["chart.thin"] * (state == "thin")
    return ", ".join([said, *map(text, notes)])


def extremes(series: pd.DataFrame, indicator: str = "balance") -> tuple[tuple[float, date], tuple[float, date]] | None:
    """Lowest and highest value with their days; None where there is no value."""
    shown = series.dropna(subset=[indicator])
    if shown.empty:
        return None
    ordered = shown.sort_values(indicator, kind="stable")
    low, high = ordered.iloc[0], ordered.iloc[-1]
    return (low[indicator], low["day"].date()), (high[indicator], high["day"].date())


def grouped(marks: pd.DataFrame, series: pd.DataFrame) -> list[tuple[str, str]]:
    """Day and label of each mark; those that would overlap are one, as 2·3, on the day of the first."""
    days = pd.to_datetime(series["day"])
    least = (days.max() - days.min()) * APART if len(days) else pd.Timedelta(0)
    groups: list[tuple[pd.Timestamp, list[str]]] = []
    for row in rowwise(marks):
        day = pd.Timestamp(row["event_day"])
        if groups and day - groups[-1][0] < least:
            groups[-1][1].append(str(row["number"]))
        else:
            groups.append((day, [str(row["number"])]))
    return [(f"{day:%Y-%m-%d}", "·".join(labels)) for day, labels in groups]


def _ends(traces: list[dict], scale: Scale) -> tuple[float, float]:
    """Ends of the axis with room for the marks above."""
    if scale.ends:
        low, high = scale.ends
        return low - 0.02 * (high - low), high + 0.03 * (high - low)
    values = [value for trace in traces for value in trace["y"] if value is not None]
    low, high = min([0, *values]), max([0, *values])
    room = (high - low) or 1.0
    return (low - 0.06 * room if low < 0 else 0), high + 0.28 * room


def _ticks(low: float, high: float, scale: Scale) -> dict:
    values = [low + step * (high - low) / 4 for step in range(5)]
    whole = all(value == round(value) for value in values)
    written = numbers.points if scale.is_signed else numbers.plain
    return {"tickvals": values, "ticktext": [written(value, 0 if whole else 1) for value in values]}


def _side(label: str, y: float, colour: str) -> dict:
    font = {"size": 13, "color": colour}
    return {
        "xref": "paper",
        "x": 0.005,
        "y": y,
        "xanchor": "left",
        "text": label,
        "showarrow": False,
        "font": font,
        "bgcolor": "$card",
    }


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


def _marks(groups: list[tuple[str, str]], heights: list[float]) -> list[dict]:
    if not groups:
        return []
    return [
        {
            "type": "scatter",
            "name": "marks",
            "cliponaxis": False,
            "x": [day for day, _ in groups],
            "y": heights,
            "mode": "markers+text",
            "text": [label for _, label in groups],
            "textposition": "middle center",
            "textfont": {"color": "$card", "size": 13},
            "marker": {
                "symbol": "diamond",
                "size": [24 + 10 * (len(label) // 2) for _, label in groups],
                "color": "$ink",
                "opacity": 1,  # marks of several sizes would be pale
            },
            "hoverinfo": "skip",
        }
    ]


def _mark_lines(groups: list[tuple[str, str]], heights: list[float], low: float, high: float) -> list[dict]:
    path = {"color": "$axis", "width": 1, "dash": "dot"}
    return [
        {"type": "line", "x0": day, "x1": day, "y0": low, "y1": height - 0.04 * (high - low), "line": path, "layer": "below"}
        for (day, _), height in zip(groups, heights, strict=True)
    ]
