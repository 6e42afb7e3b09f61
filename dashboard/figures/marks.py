"""Marks on a line: numbered events, days on which the record ends or its density changes, and the range of chance."""

from datetime import date

import pandas as pd

from bilateral.figures.scales import Scale
from bilateral.frames import rowwise

LANES = (0.952, 0.876)
"""Heights of the numbered marks, as shares of the plot; two lanes, so that neighbours do not overlap."""
APART = 0.04
"""Marks closer than this share of the range are one mark with both numbers: on a phone it is the width of one."""


def grouped(marks: pd.DataFrame, series: pd.DataFrame) -> list[tuple[str, str]]:
    """Day and label of each mark; those that would overlap are one, as 2·3 or 2–5, on the day of the first."""
    days = pd.to_datetime(series["day"])
    least = (days.max() - days.min()) * APART if len(days) else pd.Timedelta(0)
    groups: list[tuple[pd.Timestamp, list[str]]] = []
    for row in rowwise(marks):
        day = pd.Timestamp(row["event_day"])
        if groups and day - groups[-1][0] < least:
            groups[-1][1].append(str(row["number"]))
        else:
            groups.append((day, [str(row["number"])]))
    return [(f"{day:%Y-%m-%d}", "·".join(labels) if len(labels) < 3 else f"{labels[0]}–{labels[-1]}") for day, labels in groups]


def chance_line(scale: Scale) -> list[dict]:
    path = {"color": "$axis", "width": 1.5, "dash": "dash"}
    ends = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "layer": "below", "line": path}
    return [] if scale.line is None else [ends | {"y0": scale.line, "y1": scale.line}]


def day_line(day: date, low: float, high: float) -> dict:
    path = {"color": "$ink", "width": 1.5, "dash": "dash"}
    return {"type": "line", "x0": str(day), "x1": str(day), "y0": low, "y1": high, "line": path, "layer": "below"}


def day_name(day: date, days: list[str], said: str, y: float) -> dict:
    """Beside the line that marks a day, on the side that has room."""
    first, last = date.fromisoformat(days[0]), date.fromisoformat(days[-1])
    is_late = (day - first) * 2 > last - first
    place = {"x": str(day), "y": y, "xanchor": "right" if is_late else "left", "xshift": -4 if is_late else 4}
    return place | {"text": said, "showarrow": False, "font": {"size": 13, "color": "$ink"}, "bgcolor": "$card"}


def numbered(groups: list[tuple[str, str]], heights: list[float]) -> list[dict]:
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


def stems(groups: list[tuple[str, str]], heights: list[float], low: float, high: float) -> list[dict]:
    path = {"color": "$axis", "width": 1, "dash": "dot"}
    return [
        {"type": "line", "x0": day, "x1": day, "y0": low, "y1": height - 0.04 * (high - low), "line": path, "layer": "below"}
        for (day, _), height in zip(groups, heights, strict=True)
    ]
