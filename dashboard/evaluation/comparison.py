"""Agreement of an indicator and a published series: rank correlations, and whether alarms match shocks."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from bilateral.ask import coverage, time_series
from bilateral.ask.scopes import Scope
from bilateral.ask.warehouse import Warehouse

MONTHS = 12
"""Common months that a correlation needs."""
DRAWS = 2000
SEED = 20250328
SHOCK = 2.0
"""A month is a shock from this many standard deviations above the months before it."""
BEFORE, AT_LEAST, APART = 36, 24, 3
"""Months that a shock is measured against, how many must be there, and months within which only the highest counts."""


@dataclass(frozen=True)
class Agreement:
    """Spearman's correlation with its 95 % interval, of how many months, and the same of the control: the mere number of listed acts."""

    rho: float
    low: float
    high: float
    months: int
    control: float
    beyond: float
    """How much further the correlation lies on the expected side than the control's: lower end of its 95 % interval."""


@dataclass(frozen=True)
class Alarms:
    """Months in which an indicator rang, and all months in which it could have."""

    name: str
    rung: list[pd.Period]
    able: pd.PeriodIndex


@dataclass(frozen=True)
class Detection:
    """How alarms meet shocks over their common months, a month earlier or later allowed."""

    shocks: list[pd.Period]
    alarms: list[pd.Period]
    found: int
    """Shocks with an alarm near."""
    false_alarms: int
    """Alarms with no shock near."""
    by_chance: float
    """Mean share of shocks found when the same alarms are shifted in time."""
    as_good: float
    """Share of those shifts that find as many or more."""


def monthly(warehouse: Warehouse, dyad: str, domain: str, half_life: int) -> pd.DataFrame:
    """Every indicator on the last day of each month that is over and was read."""
    span = coverage.record(warehouse, "chronology", dyad)
    if span is None:
        return pd.DataFrame(index=pd.PeriodIndex([], freq="M"))
    rows = time_series.series(warehouse, Scope("chronology", dyad, domain, half_life, is_kept=False), "month", *span)
    rows = rows[~rows["is_partial"]]
    return rows.set_index(pd.PeriodIndex(pd.to_datetime(rows["day"]), freq="M"))


def agreement(ours: pd.Series, theirs: pd.Series, counts: pd.Series, expected: tuple[int, int]) -> Agreement | None:
    """Correlation over the common months; for its interval, circular blocks of sqrt(n) months are drawn. None under MONTHS.

    `counts` is the control over the same months; `expected` the sign that ours and the control should have.
    """
    three = pd.concat([ours, theirs, counts], axis=1, join="inner").dropna().to_numpy(float)
    n = len(three)
    if n < MONTHS:
        return None
    length = round(np.sqrt(n))
    starts = np.random.default_rng(SEED).integers(0, n, (DRAWS, -(-n // length), 1))
    places = ((starts + np.arange(length)) % n).reshape(DRAWS, -1)[:, :n]
    both, control = three[:, :2], three[:, 2:0:-1]
    drawn, drawn_control = rank_correlations(both[places]), rank_correlations(control[places])
    low, high = np.nanquantile(drawn, (0.025, 0.975))
    beyond = np.nanquantile(expected[0] * drawn - expected[1] * drawn_control, 0.025)
    rho, rho_control = (float(rank_correlations(pair[None])[0]) for pair in (both, control))
    return Agreement(rho, float(low), float(high), n, rho_control, float(beyond))


def rank_correlations(samples: NDArray) -> NDArray:
    """Spearman's correlation of each sample of (samples, months, 2); NaN where a side is constant."""
    ranks = np.stack([pd.DataFrame(samples[:, :, side]).rank(axis=1).to_numpy() for side in (0, 1)])
    one, other = ranks - ranks.mean(axis=2, keepdims=True)
    size = np.sqrt((one**2).sum(axis=1) * (other**2).sum(axis=1))
    return np.divide((one * other).sum(axis=1), size, out=np.full(len(samples), np.nan), where=size > 0)


def shocks(values: pd.Series) -> list[pd.Period]:
    """Months at least SHOCK deviations above the BEFORE months before them that are the highest within APART months."""
    known = values.rolling(BEFORE, min_periods=AT_LEAST)
    height = (values - known.mean().shift()) / known.std().shift()
    high = set(values.index[height >= SHOCK])
    return [month for month in peaks(values) if month in high]


def peaks(values: pd.Series) -> list[pd.Period]:
    """Months that are the highest within APART months."""
    months = pd.PeriodIndex(values.index).asi8
    return [
        month
        for month, place, value in zip(values.index, months, values, strict=True)
        if value == values[abs(months - place) <= APART].max()
    ]


def detection(series: pd.Series, alarms: Alarms) -> Detection | None:
    """How alarms meet the shocks of a series. Chance: all shifts of the alarms in time. None where the common months have no shock."""
    months = pd.PeriodIndex(series.index[AT_LEAST:].intersection(alarms.able))
    shock_at, alarm_at = (np.flatnonzero(months.isin(some)) for some in (shocks(series), alarms.rung))
    if not len(shock_at):
        return None
    shifted = (alarm_at + np.arange(len(months))[:, None]) % len(months)  # one row for each shift, the first is none
    near = np.abs(months.asi8[shifted][:, None, :] - months.asi8[shock_at][None, :, None]) <= 1
    found = near.any(axis=2).sum(axis=1)
    return Detection(
        list(months[shock_at]),
        list(months[alarm_at]),
        int(found[0]),
        int((~near[0].any(axis=0)).sum()),
        float(found[1:].mean() / len(shock_at)),
        float((found[1:] >= found[0]).mean()),
    )
