"""Does an indicator lead an outcome, follow it, or move with it? Monthly series; the chance of a link is that among shifts of the same series.

An indicator that fades slowly makes the usual tests find links that are not there. Here one series is shifted around against the other
by a year or more: each shift keeps the memory of both series and destroys the link, and p is the share of shifts that fit as well.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NOMINAL = 0.1
"""Chance of a false alarm that bands and power are for."""
VARYING = 12
"""Months in which an indicator must be something else than its most frequent value."""
FEW_SHIFTS = 60
"""With fewer shifts no p passes among six tests (6 / 60 = 0.1), so surrogates give a finer one."""
SURROGATES = 999
DRAWS, LINK = 300, 0.1
"""Planted links that power is counted over, and the share of the outcome's variance that they explain."""
AHEAD, BEFORE = 6, 6
"""Months after and before that the curve shows; those before are a placebo."""
SEED = 20250328

Rows = Mapping[str, NDArray]
KEY = ("dyad", "domain", "indicator", "half_life_days", "series_id")
SETTINGS = ("lags", "apart_months", "least_months", "forecast_from")


@dataclass(frozen=True)
class Series:
    """Both series over the same months without a gap, and the settings of the test, which were written before it was made."""

    indicator: NDArray
    outcome: NDArray
    months: NDArray
    """First days."""
    is_seasonal: bool
    lags: int
    apart: int
    """Months that a shift moves a series at least."""
    least: int
    """Months, at least."""
    forecast_from: int
    """Months after which forecasts begin."""
    refusal: str | None = None
    is_primary: bool = True
    """Power, which takes most of the time, is counted of these alone."""

    @property
    def dummies(self) -> NDArray:
        """(months, 1 or 12): a constant, and the months of the year of a series that is not seasonally adjusted."""
        constant = np.ones((len(self.months), 1))
        of_year = self.months.astype("datetime64[M]").astype(int) % 12
        return np.hstack([constant, of_year[:, None] == np.arange(1, 12)]) if self.is_seasonal else constant

    @property
    def state(self) -> str:
        """ok, or why nothing is tested."""
        if self.refusal:
            return self.refusal
        if len(self.months) < self.least:
            return "too few"
        return "ok" if all(map(varies, (self.indicator, self.outcome))) else "does not vary"


def tests(rows: Rows) -> list[tuple]:
    """Three rows for each series: leads, follows, same_month; see `told`. Rows come ordered by KEY and month."""
    return [(*key, question, *told(series, question)) for key, series in every(rows) for question in ASKED]


def curves(rows: Rows) -> list[tuple]:
    """The response of each outcome by month before and after, -BEFORE to AHEAD: horizon, response, its joint band, p of its side."""
    found = [(key, curve(series)) for key, series in every(rows) if series.state == "ok"]
    return [(*key, *point, one.p if point[0] >= 0 else one.p_placebo) for key, one in found for point in one.points]


def every(rows: Rows) -> Iterator[tuple[tuple, Series]]:
    """Each series of the question with its key."""
    keys = list(zip(*(rows[name].tolist() for name in KEY), strict=True))
    edges = [place for place in range(1, len(keys)) if keys[place] != keys[place - 1]]
    for start, end in zip([0, *edges], [*edges, len(keys)], strict=True) if keys else ():
        part = slice(start, end)
        lags, apart, least, forecast_from = (int(rows[name][start]) for name in SETTINGS)
        indicator, outcome = (rows[name][part].astype(float) for name in ("indicator_value", "outcome_value"))
        told = bool(rows["is_seasonal"][start]), lags, apart, least, forecast_from, rows["refusal"][start] or None
        yield keys[start], Series(indicator, outcome, rows["month"][part], *told, rows["family"][start] == "primary")


def varies(values: NDArray) -> bool:
    """Enough months differ from the most frequent value."""
    _, counts = np.unique(values, return_counts=True)
    return len(values) - counts.max(initial=0) >= VARYING


# ------------------------------------------------------------------ questions


def same_month(series: Series) -> tuple:
    """Correlation of what neither series' own past tells; it has no direction, no forecast and no power."""
    one, other = (residuals(values, series) for values in (series.indicator, series.outcome))
    shifts = shifted(one, series.apart)
    found = shifts @ other / np.sqrt((shifts**2).sum(axis=1) * (other**2).sum())
    effect, reach = float(found[0]), exceeded(np.abs(found[1:]))
    return effect, effect - reach, effect + reach, effect**2, len(found) - 1, chance(np.abs(found)), *[None] * 4


def told(series: Series, question: str) -> tuple:
    """state, n, first and last month, effect with its band, partial R², shifts, p of shifts, of surrogates, R² and p of forecasts, power.

    An effect is the sum of the coefficients of all lags, in standard deviations of both series; of the same month, a correlation.
    """
    ends = series.months[[0, -1]].astype("datetime64[D]").tolist()
    return series.state, len(series.months), *ends, *(ASKED[question](series) if series.state == "ok" else (None,) * 10)


def granger(series: Series, target: NDArray, source: NDArray) -> tuple:
    """Whether the past of one series tells something of another beyond that one's own past."""
    lags, dummies = series.lags, series.dummies
    shifts = shifted(source, series.apart)
    gains = gained(target[None], shifts, dummies, lags)[0]
    finer = None
    if len(shifts) <= FEW_SHIFTS:
        made = surrogates(source, lags, SURROGATES, np.random.default_rng(SEED))
        finer = chance(gained(target[None], np.vstack([source, made]), dummies, lags)[0])
    effect, error, freedoms = summed(target, source, dummies, lags)
    reach = math.sqrt(exceeded(freedoms * gains[1:] / (1 - gains[1:]))) * error
    band = (float(source.std() / target.std()) * value for value in (effect, effect - reach, effect + reach))
    forecast = forecasts(target, source, dummies, lags, series.forecast_from)
    seen = power(source, series) if series.is_primary else None
    return *band, float(gains[0]), len(shifts) - 1, chance(gains), finer, *forecast, seen


ASKED: dict[str, Callable[[Series], tuple]] = {
    "leads": lambda series: granger(series, series.outcome, series.indicator),
    "follows": lambda series: granger(series, series.indicator, series.outcome),
    "same_month": same_month,
}

# ------------------------------------------------------------------ the null


def shifted(values: NDArray, apart: int) -> NDArray:
    """(1 + shifts, months): the values, then each of their circular shifts by `apart` months or more, either way."""
    return np.stack([np.roll(values, by) for by in (0, *range(apart, len(values) - apart))])


def surrogates(values: NDArray, lags: int, n: int, random: np.random.Generator) -> NDArray:
    """(n, months) of series with the same memory: an autoregression with its own surprises drawn anew."""
    past = np.hstack([np.ones((len(values) - lags, 1)), lagged(values, lags)])
    coefficients = np.linalg.lstsq(past, values[lags:])[0]
    surprises = values[lags:] - past @ coefficients
    burn = 60
    made = np.full((n, len(values) + burn), values.mean())
    drawn = random.choice(surprises - surprises.mean(), made.shape)
    for month in range(lags, made.shape[1]):
        made[:, month] = coefficients[0] + made[:, month - lags : month][:, ::-1] @ coefficients[1:] + drawn[:, month]
    return made[:, burn:]


def chance(found: NDArray) -> float:
    """Share of all values, the first included, that reach the first."""
    return float(np.mean(found >= found[0] - 1e-12))


def exceeded(values: NDArray) -> float:
    """What one in ten exceeds."""
    return float(np.quantile(values, 1 - NOMINAL))


def power(source: NDArray, series: Series) -> float:
    """Share of planted links of the size LINK that are found at NOMINAL: noise whose variance the month before explains that far."""
    noise = np.random.default_rng(SEED).standard_normal((DRAWS, len(source)))
    return found_at(planted(source, noise, LINK), source, series)


def planted(source: NDArray, noise: NDArray, link: float) -> NDArray:
    """(draws, months) in which last month's value explains the share `link` of the variance."""
    made = math.sqrt(1 - link) * noise
    made[:, 1:] += math.sqrt(link) * (source[:-1] - source.mean()) / source.std()
    return made


def found_at(targets: NDArray, source: NDArray, series: Series) -> float:
    """Share of the targets, (draws, months), whose p of shifts is NOMINAL or less."""
    gains = gained(targets, shifted(source, series.apart), series.dummies, series.lags)
    return float(np.mean(np.mean(gains >= gains[:, :1] - 1e-12, axis=1) <= NOMINAL))


# ------------------------------------------------------------------ least squares


def lagged(values: NDArray, lags: int) -> NDArray:
    """(..., months - lags, lags): last month, the month before it, …"""
    n = values.shape[-1]
    return np.stack([values[..., lags - lag : n - lag] for lag in range(1, lags + 1)], axis=-1)


def gained(targets: NDArray, sources: NDArray, dummies: NDArray, lags: int) -> NDArray:
    """(targets, sources): partial R² of a source's past, given the target's own past and the dummies. F tests order fits alike."""
    own = np.concatenate([targets[:, lags:, None], lagged(targets, lags)], axis=2)
    fixed = np.broadcast_to(dummies[lags:], (len(sources), *dummies[lags:].shape))
    without = left_of(own, np.linalg.qr(dummies[lags:])[0][None])
    return 1 - left_of(own, np.linalg.qr(np.concatenate([fixed, lagged(sources, lags)], axis=2))[0]) / without


def left_of(own: NDArray, bases: NDArray) -> NDArray:
    """(targets, bases): squares of a target that neither its own past nor the basis explains. own: (targets, months, 1 + lags)."""
    seen = np.einsum("bmk,tml->tbkl", bases, own, optimize=True)
    products = np.einsum("tmk,tml->tkl", own, own)[:, None] - np.einsum("tbkl,tbkm->tblm", seen, seen, optimize=True)
    past, both = products[..., 1:, 1:], products[..., 1:, :1]
    return products[..., 0, 0] - (both * np.linalg.solve(past, both)).sum(axis=(-1, -2))


def summed(target: NDArray, source: NDArray, dummies: NDArray, lags: int) -> tuple[float, float, int]:
    """Sum of the coefficients of a source's lags, its standard error, and the degrees of freedom."""
    regressors = np.hstack([lagged(source, lags), lagged(target, lags), dummies[lags:]])
    weights = np.arange(regressors.shape[1]) < lags
    inverse = np.linalg.inv(regressors.T @ regressors)
    coefficients = inverse @ (regressors.T @ target[lags:])
    freedoms = len(regressors) - len(weights)
    variance = ((target[lags:] - regressors @ coefficients) ** 2).sum() / freedoms
    return float(weights @ coefficients), math.sqrt(variance * float(weights @ inverse @ weights)), freedoms


def residuals(values: NDArray, series: Series) -> NDArray:
    """What a series' own past and the month of the year do not tell."""
    regressors = np.hstack([lagged(values, series.lags), series.dummies[series.lags :]])
    target = values[series.lags :]
    return target - regressors @ np.linalg.lstsq(regressors, target)[0]


def forecasts(target: NDArray, source: NDArray, dummies: NDArray, lags: int, start: int) -> tuple[float, float]:
    """R² of forecasts by both pasts against those by the own past alone, from the month `start` on, and the p of Clark and West (2007)."""
    own = np.hstack([lagged(target, lags), dummies[lags:]])
    both, actual = np.hstack([own, lagged(source, lags)]), target[lags:]
    said = np.array([[forecast(part, actual, month) for part in (own, both)] for month in range(start - lags, len(actual))])
    plain, full = actual[start - lags :] - said[:, 0], actual[start - lags :] - said[:, 1]
    adjusted = plain**2 - full**2 + (said[:, 0] - said[:, 1]) ** 2
    t = adjusted.mean() / (adjusted.std(ddof=1) / math.sqrt(len(adjusted)))
    return 1 - float((full**2).sum() / (plain**2).sum()), math.erfc(t / math.sqrt(2)) / 2


def forecast(regressors: NDArray, target: NDArray, month: int) -> float:
    """What all months before say of this one."""
    return float(regressors[month] @ np.linalg.lstsq(regressors[:month], target[:month])[0])


# ------------------------------------------------------------------ the curve


class Curve(NamedTuple):
    """Local projections of the cumulative outcome on the indicator of a month."""

    points: list[tuple[int, float, float, float]]
    """Horizon; response in standard deviations of a month's outcome for one of the indicator; joint band of 90 %."""
    p: float
    """Of the largest |t| from the same month on."""
    p_placebo: float
    """Of the largest |t| of the months before, which the indicator cannot have moved."""


def curve(series: Series) -> Curve:
    """Horizons before and after; both bands and both p rest on the largest |t| over horizons, in the same shifts."""
    shifts = shifted(series.indicator, series.apart)
    horizons = [*range(-BEFORE, 0), *range(AHEAD + 1)]
    fits = np.array([projected(series, shifts, horizon) for horizon in horizons])
    effects, errors = fits[:, 0], fits[:, 1]
    t = np.abs(effects / errors)
    sides = t[:BEFORE].max(axis=0), t[BEFORE:].max(axis=0)
    reaches = [exceeded(side[1:]) for side in sides]
    scale = series.indicator.std() / series.outcome.std()
    points = [
        (horizon, *(float(scale * (effect + sign * reaches[horizon >= 0] * error)) for sign in (0, -1, 1)))
        for horizon, effect, error in zip(horizons, effects[:, 0], errors[:, 0], strict=True)
    ]
    return Curve(points, chance(sides[1]), chance(sides[0]))


def projected(series: Series, indicators: NDArray, horizon: int) -> tuple[NDArray, NDArray]:
    """Of each indicator: the outcome from this month to the horizon, or from the horizon to last month, on the indicator of this month
    and both pasts; the coefficient and its standard error, which allows for unequal variances (HC1)."""
    lags, n, first, last = series.lags, len(series.outcome), min(horizon, 0), max(horizon, -1)
    months = np.arange(lags - first, n - max(horizon, 0))
    sums = np.concatenate([[0.0], np.cumsum(series.outcome)])
    target = sums[months + last + 1] - sums[months + first]
    own = [series.outcome[months + first - lag] for lag in range(1, lags + 1)]
    fixed = np.column_stack([*own, series.dummies[months]])
    varying = np.stack([indicators[:, months - lag] for lag in range(lags + 1)], axis=2)
    regressors = np.concatenate([varying, np.broadcast_to(fixed, (len(indicators), *fixed.shape))], axis=2)
    n_left = len(months) - regressors.shape[2]
    reach = np.linalg.pinv(regressors)
    left = target - np.einsum("smk,skn,n->sm", regressors, reach, target, optimize=True)
    errors = np.sqrt(len(months) / n_left * ((reach[:, 0] * left) ** 2).sum(axis=1))
    return reach[:, 0] @ target, errors
