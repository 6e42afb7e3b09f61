"""Marks on a line: numbered events, days on which the record ends or its density changes, and the range of chance."""

from datetime import date

import pandas as pd

from bilateral.figures.scales import Scale
from bilateral.frames import rowwise

LANES = (0.952, 0.876)
"""Heights of the numbered marks, as shares of the plot; two lanes, so that neighbours do not overlap."""
APART = 0.04
"""Marks closer than this share of the range are one mark with both numbers."""
PHONE = 278
"""Width of the plot on a phone, px, where marks must not cover each other either."""
BELOW = 22
"""How much lower the second lane is, px."""
DIAMOND = 1.3
"""Plotly draws a diamond so many times as wide as its size."""


def grouped(marks: pd.DataFrame, series: pd.DataFrame) -> list[tuple[str, str]]:
    """Day and label of each mark; those that would overlap on a phone are one, as 2·3 or 2–5, on the day of the first.

    A mark of the days before the first point, as in the first week, is at this point: left of it nothing is drawn.
    """
    days = pd.to_datetime(series["day"])
    if days.empty:
        return []
    length = max((days.max() - days.min()).days, 1)
    groups = [(max(pd.Timestamp(row["event_day"]), days.min()), [str(row["number"])]) for row in rowwise(marks)]
    while (place := _covered(groups, length)) is not None:
        day, numbers = groups[place - 1]
        groups[place - 1 : place + 1] = [(day, numbers + groups[place][1])]
    return [(f"{day:%Y-%m-%d}", _label(numbers)) for day, numbers in groups]


def _covered(groups: list[tuple[pd.Timestamp, list[str]]], length: int) -> int | None:
    """Place of the first mark that covers the one before it, in the other lane, or the one before that, in its own."""
    for place, (day, numbers) in enumerate(groups):
        for back, lower in ((1, BELOW), (2, 0)):
            if place < back:
                continue
            before, others = groups[place - back]
            share = (day - before).days / length
            if share < APART or share * PHONE < DIAMOND * (_size(_label(numbers)) + _size(_label(others))) / 2 - lower:
                return place
    return None


def _label(numbers: list[str]) -> str:
    return "·".join(numbers) if len(numbers) < 3 else f"{numbers[0]}–{numbers[-1]}"


def _size(label: str) -> int:
    """Size of a mark, px."""
    return 24 + 10 * (len(label) // 2)


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
                "size": [_size(label) for _, label in groups],
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
