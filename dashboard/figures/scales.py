"""How each indicator is drawn and written: its axis, its band, its sides, and what is said of a point."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from bilateral import formats
from bilateral.strings import Texts

CHANCE = 2.5
"""Tension up to here is what chance gives: the line that its page names."""


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
    line: float | None = None
    """Up to here is what chance gives; drawn as a line."""
    has_sides: bool = False
    """Above zero is cooperation, below it friction."""

    def said(self, value: float | None) -> str:
        return formats.points(value, self.decimals) if self.is_signed else formats.plain(value, self.decimals)


FULL = (-100, 100)
SCALES = {
    "balance": Scale(has_band=True, ends=FULL, has_sides=True),
    "intensity": Scale(1, has_band=True, ends=(-10, 10), has_sides=True),
    "cooperation": Scale(1, is_signed=False),
    "friction": Scale(1, is_signed=False),
    "words": Scale(has_band=True, state="words_state", ends=FULL, has_sides=True),
    "deeds": Scale(has_band=True, state="deeds_state", ends=FULL, has_sides=True),
    "volume": Scale(2, is_signed=False),
    "tension": Scale(1, state="tension_state", line=CHANCE),
    "rank": Scale(is_signed=False, state="rank_state", ends=(0, 100)),
    "momentum": Scale(has_band=True, state="momentum_state"),
    "asymmetry": Scale(has_band=True, state="asymmetry_state"),
    "adjusted": Scale(has_band=True, state="adjusted_state"),
}
"""By indicator: choices.INDICATORS in the order of METHOD 6."""


def readout(row: Mapping, by: str, text: Texts, indicator: str = "balance") -> str:
    """What the slider and the hover say of one point."""
    scale = SCALES[indicator]
    value, state = row[indicator], row[scale.state]
    period = formats.period(row["period"].date(), by, text)
    events = text("chart.events", n=int(row["n_events"]))
    if row["state"] == "not read":
        return text("chart.point_gap", period=period)
    if formats.is_missing(value):
        return text("chart.point_few" if indicator == "balance" else "chart.point_none", period=period, events=events)
    names = {"period": period, "value": scale.said(value), "events": events}
    if scale.has_band:
        names |= {end: scale.said(row[f"{indicator}_{end}"]) for end in ("low", "high")}
    if scale.has_sides:
        names["side"] = text(f"verdicts.{row[f'{indicator}_verdict']}")
    said = text("chart.point" if scale.has_sides else "chart.point_band" if scale.has_band else "chart.point_plain", **names)
    notes = ["chart.partial"] * bool(row["is_partial"]) + ["chart.thin"] * (state == "thin" and not scale.has_sides)
    notes += ["chart.not_covered"] * (not row["is_covered"]) + ["chart.no_act"] * (scale.has_sides and not row["n_events"])
    return ", ".join([said, *map(text, notes)])


def extremes(series: pd.DataFrame, indicator: str = "balance") -> tuple[tuple[float, date], tuple[float, date]] | None:
    """Lowest and highest value with their days; None where there is no value."""
    shown = series.dropna(subset=[indicator])
    if shown.empty:
        return None
    ordered = shown.sort_values(indicator, kind="stable")
    low, high = ordered.iloc[0], ordered.iloc[-1]
    return (low[indicator], low["day"].date()), (high[indicator], high["day"].date())


def side_name(label: str, y: float, colour: str) -> dict:
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
