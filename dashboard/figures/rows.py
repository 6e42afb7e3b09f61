"""Rows of any query: numeric columns over the first date column."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bilateral.figures import layout_of, plain

DAY = re.compile(r"DATE|TIMESTAMP.*")
NUMBER = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT|U?INTEGER|DOUBLE|FLOAT|DECIMAL\(.*\)")
PANELS = 6
"""Columns that are drawn, the first ones; each has a panel and a scale of its own."""
PANEL = 150
"""Height of one in px."""


@dataclass(frozen=True)
class Drawn:
    """A figure and what must be said of it."""

    figure: dict
    day: str
    columns: tuple[str, ...]
    n_columns: int
    """Columns of numbers that there are."""
    is_repeated: bool
    """A day stands in several rows: they are no one series, so there are points and no line."""


def numeric(types: Sequence[str]) -> list[int]:
    """Places of the columns of numbers."""
    return [place for place, kind in enumerate(types) if NUMBER.fullmatch(kind)]


def over_days(names: Sequence[str], types: Sequence[str], rows: Sequence[Sequence[Any]]) -> Drawn | None:
    """Each column of numbers over the first column of days, as text in ISO form; None where one of the two is lacking."""
    day = next((place for place, kind in enumerate(types) if DAY.fullmatch(kind)), None)
    numbers = numeric(types)
    if day is None or not numbers:
        return None
    dated = sorted((row for row in rows if row[day] is not None), key=lambda row: row[day])
    if not dated:
        return None
    days = [row[day] for row in dated]
    is_repeated = max(Counter(days).values()) > 1
    shown = numbers[:PANELS]
    layout, traces = layout_of(PANEL * len(shown) + 46), []
    axis, layout["annotations"] = layout.pop("yaxis"), []
    for panel, place in enumerate(shown):
        top = 1 - panel / len(shown)
        number = str(panel + 1) if panel else ""
        layout[f"yaxis{number}"] = axis | {"domain": [top - 0.8 / len(shown), top - 0.16 / len(shown)], "nticks": 4}
        label = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "paper", "y": top, "yanchor": "top", "showarrow": False}
        layout["annotations"].append(label | {"text": plain(names[place])})
        traces.append(
            {
                "type": "scatter",
                "x": days,
                "y": [row[place] if isinstance(row[place], (int, float)) else None for row in dated],
                "yaxis": f"y{number}",
                "mode": "markers" if is_repeated or len(days) == 1 else "lines",
                "line": {"color": "$ink", "width": 2},
                "marker": {"color": "$ink", "size": 6},
                "connectgaps": False,
                "hovertemplate": "%{y}<extra>" + plain(names[place]) + "</extra>",
            }
        )
    layout["xaxis"]["anchor"] = f"y{len(shown)}" if len(shown) > 1 else "y"
    columns = tuple(names[place] for place in shown)
    return Drawn({"data": traces, "layout": layout}, names[day], columns, len(numbers), is_repeated)
