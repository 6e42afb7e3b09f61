"""The chart of the first page: the balance as an area in the colours of its sides, with the names of key events and of its end."""

from dataclasses import dataclass, replace
from datetime import date
from textwrap import wrap

import pandas as pd

from bilateral.figures import days_of, layout_of, lines, plain, values_of, zero_line, zoomed
from bilateral.figures.areas import areas
from bilateral.figures.scales import side_name
from bilateral.strings import Texts

HEIGHT = 392
WIDTH = 0.16
"""Of a name, as a share of the chart's width."""
LETTERS = 24
"""Of a line of a name; a longer one goes on below."""
LANES = (1.0, 0.86)
"""Tops of the names, as shares of the chart's height."""
MOST = 5


@dataclass(frozen=True)
class Key:
    """An event that is named on the chart."""

    event: str
    """Its id."""
    day: date
    label: str
    told: str
    """What the hover says."""


@dataclass(frozen=True)
class Placed:
    """An event with its place: a share of the width, and one of the LANES."""

    key: Key
    x: float
    lane: int
    number: int = 0

    @property
    def is_left(self) -> bool:
        """The name stands left of its line, as there is no room right of it."""
        return self.x + WIDTH > 1

    @property
    def span(self) -> tuple[float, float]:
        return (self.x - WIDTH, self.x) if self.is_left else (self.x, self.x + WIDTH)


def hero(series: pd.DataFrame, keys: list[Key], readouts: list[str], end: str, text: Texts) -> dict:
    """`keys` are in order of importance; those are named for which there is room. `end` names the last value at its place.

    Its own scale holds the band; `meta` has that scale and the full one, between which a button switches.
    """
    days, values = days_of(series["day"]), values_of(series["balance"])
    firm = (series["state"].isin(lines.FIRM) & series["is_covered"]).tolist()
    shown = placed(keys, days)
    layout = layout_of(HEIGHT, ticks=8)
    layout["margin"] = {"l": 44, "r": 48, "t": 6, "b": 30}
    own, full = _own(series), (-100.0, 100.0)
    layout["meta"] = {"scales": [_room(*own), _room(*full)], "ticks": [_ticks(*own), _ticks(*full)]}
    layout["yaxis"] |= {"range": layout["meta"]["scales"][0]} | layout["meta"]["ticks"][0]
    layout["shapes"] = [zero_line(), *(_leader(one) for one in shown)]
    layout["annotations"] = [
        side_name(text("chart.cooperation"), own[1] * 0.92, "$coopDeeds"),
        side_name(text("chart.friction"), own[0] * 0.92, "$fricDeeds"),
        *(_name(one, text) for one in shown),
        *_end(days, values, end),
    ]
    shaded, *drawn = lines.traces(series, readouts, "balance", None)
    return {"data": [shaded, *areas(days, values, firm), *drawn], "layout": zoomed(layout, days, values)}


def _own(series: pd.DataFrame) -> tuple[float, float]:
    """Both ends equally far from zero, so that the sides can be compared; in steps of ten."""
    ends = series[["balance", "balance_low", "balance_high"]].abs().max().max()
    end = 20.0 if pd.isna(ends) else min(100.0, max(20.0, 10.0 * -(-ends // 10)))
    return -end, end


def _room(low: float, high: float) -> list[float]:
    """With room for the names above."""
    return [low * 1.04, high + 0.42 * (high - low)]


def _ticks(low: float, high: float) -> dict:
    values = [low, low / 2, 0, high / 2, high]
    return {"tickvals": values, "ticktext": [lines.formats.points(value) for value in values]}


def placed(keys: list[Key], days: list[str]) -> list[Placed]:
    """The first ones by importance for which there is room, by day."""
    if len(days) < 2:
        return []
    first = date.fromisoformat(days[0])
    length = (date.fromisoformat(days[-1]) - first).days
    found: list[Placed] = []
    for key in keys:
        x = (key.day - first).days / length
        lane = next((lane for lane in range(len(LANES)) if 0 <= x <= 1 and _is_free(Placed(key, x, lane), found)), None)
        if lane is not None and len(found) < MOST:
            found.append(Placed(key, x, lane))
    return [replace(one, number=number) for number, one in enumerate(sorted(found, key=lambda one: one.x), 1)]


def _is_free(one: Placed, found: list[Placed]) -> bool:
    """It covers no name of its lane, a line that comes from above crosses no name, and lines stand apart."""
    for other in found:
        is_over = one.span[0] < other.span[1] and other.span[0] < one.span[1]
        upper, lower = (one, other) if one.lane < other.lane else (other, one)
        crosses = upper.lane < lower.lane and lower.span[0] - 0.01 < upper.x < lower.span[1] + 0.01
        if (is_over and one.lane == other.lane) or crosses or abs(one.x - other.x) < 0.03:
            return False
    return True


def _leader(one: Placed) -> dict:
    """From the name down to the end of the plot."""
    line = {"color": "$axis", "width": 1, "dash": "dot"}
    day = str(one.key.day)
    return {"type": "line", "x0": day, "x1": day, "yref": "paper", "y0": 0, "y1": LANES[one.lane], "line": line, "layer": "below"}


def _name(one: Placed, text: Texts) -> dict:
    """Day and name; the browser puts the number in its place where a phone has no room."""
    side = "right" if one.is_left else "left"
    day = lines.formats.day(one.key.day, text)
    label = "<br>".join(map(plain, wrap(one.key.label, LETTERS)))
    return {
        "name": f"key {one.number}", "x": str(one.key.day), "yref": "paper", "y": LANES[one.lane], "xanchor": side,
        "yanchor": "top", "align": side, "xshift": -4 if one.is_left else 4, "showarrow": False, "bgcolor": "$card",
        "borderpad": 0, "text": f"<b>{one.number}</b> {day}<br>{label}", "font": {"size": 13, "color": "$ink"},
        "hovertext": plain(one.key.told), "hoverlabel": {"bgcolor": "$card", "bordercolor": "$axis", "font": {"color": "$ink", "size": 13}},
    }  # fmt: skip


def _end(days: list[str], values: list[float | None], said: str) -> list[dict]:
    """What the last value is, beside its place."""
    known = [(day, value) for day, value in zip(days, values, strict=True) if value is not None]
    if not known:
        return []
    return [
        {
            "name": "end", "xref": "paper", "x": 1, "xanchor": "left", "xshift": 8, "y": known[-1][1], "text": said, "align": "left",
            "showarrow": False, "font": {"size": 13, "color": "$ink"},
        }
    ]  # fmt: skip
