"""Sentences about a pair: first what happened, then the balance and how sure it is. Rows in, text out."""

from datetime import date

import pandas as pd

from dashboard import numbers
from dashboard.figures import lines
from dashboard.strings import Texts


def what_happened(acts: pd.Series, days: int, last_day: date, text: Texts) -> str:
    """Acts by kind and measures in the window to the last day."""
    opening = text("sentence.window", n=days, day=numbers.day(last_day, text))
    if not acts["n_events"]:
        return opening + text("sentence.acts_none") + "."
    kinds = (
        ("verbal_cooperation", "words_coop"),
        ("material_cooperation", "deeds_coop"),
        ("verbal_friction", "words_fric"),
        ("material_friction", "deeds_fric"),
    )
    parts = [text(f"sentence.{key}", n=int(acts[kind])) for kind, key in kinds if acts[kind]]
    told = f"{opening}{text('sentence.acts', n=int(acts['n_events']))}: {', '.join(parts)}"
    if acts["n_measures"]:
        told += f"; {text('sentence.measures', n=int(acts['n_measures']))}"
    return told + "."


def latest(events: pd.DataFrame, text: Texts) -> str:
    """The newest event, quoted as coded."""
    if events.empty:
        return ""
    newest = events.iloc[0]
    summary = newest["summary"] if not numbers.is_missing(newest["summary"]) else newest["label"]
    return text("sentence.latest", day=numbers.day(newest["event_day"].date(), text), summary=summary)


def how_it_stands(standing: pd.Series, text: Texts) -> str:
    """The balance with its band in words; "cannot be told from balanced" whenever the band holds 0."""
    state = standing["state"]
    if state == "not read":
        return text("sentence.not_read")
    if numbers.is_missing(standing["balance"]):
        return text("sentence.few", n=numbers.plain(standing["evidence"], 1), m=1)
    said = text(
        "sentence.balance",
        value=numbers.points(standing["balance"]),
        low=numbers.points(standing["balance_low"]),
        high=numbers.points(standing["balance_high"]),
    )
    return f"{said}: {verdict(standing, text)}"


def verdict(standing: pd.Series, text: Texts) -> str:
    """What may be said of a value, given its band and state."""
    if standing["balance_low"] <= 0 <= standing["balance_high"]:
        return text("sentence.undecided")
    if standing["state"] in ("thin", "partial"):
        return text(f"sentence.{standing['state']}")
    return text("sentence.cooperation" if standing["balance"] > 0 else "sentence.friction")


def of_series(series: pd.DataFrame, text: Texts, indicator: str = "balance") -> str:
    """One sentence that says what a chart shows."""
    found, scale = lines.extremes(series, indicator), lines.SCALES[indicator]
    if found is None:
        return text("chart.summary_none")
    (low, low_day), (high, high_day) = found
    last = series.dropna(subset=[indicator]).iloc[-1]
    ends = {f"value_{end}": scale.said(last[f"{indicator}_{end}"]) for end in ("low", "high") if scale.has_band}
    return text(
        "chart.summary" if scale.has_band else "chart.summary_plain",
        first=numbers.day(series["period"].iloc[0].date(), text),
        last=numbers.day(series["day"].iloc[-1].date(), text),
        low=scale.said(low),
        low_day=numbers.day(low_day, text),
        high=scale.said(high),
        high_day=numbers.day(high_day, text),
        value=scale.said(last[indicator]),
        **ends,
    )
