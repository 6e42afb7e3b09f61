"""Sentences about a pair: first what happened, then the balance and its interval. Rows in, text out."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from bilateral import formats
from bilateral.figures import scales
from bilateral.strings import Texts

FEW = 2
"""Happenings that a balance needs: `few_below` of seeds/method.csv."""


def what_happened(acts: pd.Series, days: int, last_day: date, text: Texts) -> str:
    """Events by kind and measures that changed, in the window to the last day."""
    window: dict[str, object] = {"n": days, "day": formats.day(last_day, text)}
    if not acts["n_events"]:
        return text("sentence.nothing", **window)
    told = text("sentence.window", events=text("sentence.events", n=int(acts["n_events"])), **window)
    sides = ", ".join(of_side(acts, side, text) for side in ("cooperation", "friction") if _n_of(acts, side))
    told += f": {sides}." if sides else "."
    return f"{told} {text('sentence.measures', n=int(acts['n_measures']))}" if acts["n_measures"] else told


def of_side(acts: pd.Series, side: str, text: Texts) -> str:
    """How many events are of cooperation, or of friction, and how many of these are statements and actions."""
    kinds = (("words", f"verbal_{side}"), ("deeds", f"material_{side}"))
    told = ", ".join(text(f"sentence.{name}", n=int(acts[column])) for name, column in kinds if acts[column])
    return text(f"sentence.{side}", n=_n_of(acts, side), kinds=told)


def _n_of(acts: pd.Series, side: str) -> int:
    return int(acts[f"verbal_{side}"] + acts[f"material_{side}"])


def coded_by_machine(rates: pd.Series | None, text: Texts) -> str:
    """How many rows of a machine-coded source count, and how often such a row was right when people judged some; empty where people coded, a sentence where
    none is loaded."""
    if rates is None:
        return ""
    if not rates["n_rows"]:
        return text("gate.none_loaded")
    if not rates["is_judged"]:
        return text("gate.unjudged", n=int(rates["n_rows"]))
    counts = {"passed": formats.plain(rates["n_passed"]), "n": int(rates["n_rows"])}
    if not rates["n_judged"]:
        return text("gate.passed_unaudited", **counts)
    low, high = (formats.plain(rates[name]) for name in ("rate_low", "rate_high"))
    return text("gate.passed", rate=formats.plain(rates["rate"]), low=low, high=high, judged=int(rates["n_judged"]), **counts)


def how_it_stands(standing: pd.Series, text: Texts) -> str:
    """The balance with its band in words, and what may be said of it."""
    state = standing["state"]
    if state == "not read":
        return text("sentence.not_read")
    if formats.is_missing(standing["balance"]):
        return text("sentence.few", n=formats.plain(standing["evidence"], 1), m=FEW)
    return text(
        "sentence.balance",
        value=formats.points(standing["balance"]),
        low=formats.points(standing["balance_low"]),
        high=formats.points(standing["balance_high"]),
        verdict=text(f"verdicts.{standing['balance_verdict']}"),
    )


def of_change(row: Mapping) -> str:
    """What may be said of momentum, by the name of its text: its state where that is not ok; else no change where the band holds 0."""
    if row["momentum_state"] != "ok":
        return str(row["momentum_state"])
    return "no_change" if row["momentum_low"] <= 0 <= row["momentum_high"] else "change"


def doers(name: str, directions: list[str]) -> dict[str, str]:
    """Names of the two countries by their codes, the leading one first in both."""
    return dict(zip((direction[:3] for direction in directions), name.split(" – "), strict=True))


def made_of(parts: pd.DataFrame, names: dict[str, str], text: Texts) -> str:
    """What each did alone and both together, as points that sum to the value."""
    by_doer = parts[parts["grouping"] == "doer"].set_index("part")["contribution"]
    known = {code: text("made_of.alone", who=name) for code, name in names.items()} | {"together": text("made_of.both_together")}
    told = [f"{said} {formats.points(by_doer[part], 1)}" for part, said in known.items() if part in by_doer]
    said = text("made_of.said", value=formats.points(by_doer.sum(), 1), parts=", ".join(told))
    return said if formats.adds_up(by_doer, 1) else f"{said} {text('made_of.rounded')}"


def of_series(series: pd.DataFrame, text: Texts, indicator: str = "balance") -> str:
    """One sentence that says what a chart shows."""
    found, scale = scales.extremes(series, indicator), scales.SCALES[indicator]
    if found is None:
        return text("chart.summary_none")
    (low, low_day), (high, high_day) = found
    last = series.dropna(subset=[indicator]).iloc[-1]
    ends = {f"value_{end}": scale.said(last[f"{indicator}_{end}"]) for end in ("low", "high") if scale.has_band}
    return text(
        "chart.summary" if scale.has_band else "chart.summary_plain",
        first=formats.day(series["period"].iloc[0].date(), text),
        last=formats.day(series["day"].iloc[-1].date(), text),
        low=scale.said(low),
        low_day=formats.day(low_day, text),
        high=scale.said(high),
        high_day=formats.day(high_day, text),
        value=scale.said(last[indicator]),
        **ends,
    )
