"""Reciprocity: does one country respond to what the other did to it? Vector autoregression of the two directed series.

Each series is the net score of its acts in a period, mutual acts left out, as they have no single doer. The least squares of two equations
with four lags stand here, as the libraries that have them take longer to load than a refresh does to build all else; tests hold them to statsmodels.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_LAGS = 4
"""Periods that are looked back at most; BIC chooses how many."""

Rows = Mapping[str, NDArray]


def answers(rows: Rows) -> list[tuple]:
    """Two rows for each dyad and sort of period, one for each country: lags, response to the other and inertia, with errors.

    Rows come ordered by dataset, dyad, period and start: `there` is the net score of A > B, `back` that of B > A.
    """
    return [(*key, *answer) for key, pair in series(rows) for answer in both_answers(pair)]


def series(rows: Rows) -> Iterator[tuple[tuple[str, str, str], NDArray]]:
    """Each dyad and sort of period: its key, (periods, 2)."""
    keys = list(zip(rows["dataset"], rows["dyad"], rows["period"], strict=True))
    for key in dict.fromkeys(keys):
        places = [place for place, other in enumerate(keys) if other == key]
        yield key, np.column_stack([rows["there"][places], rows["back"][places]])


@dataclass(frozen=True)
class Fit:
    """Both series on the last `lags` periods of both, by least squares."""

    lags: int
    coefficients: NDArray
    """(1 + 2 * lags, 2): the constant, then there and back of each lag; a column for each of the two equations."""
    inverse: NDArray
    """Of the cross-products of the regressors."""
    residuals: NDArray
    """(periods, 2)"""

    def of(self, responder: int, past: int) -> tuple[NDArray, NDArray]:
        """Coefficients of one series' past in the responder's equation, with their covariance."""
        places = 1 + past + 2 * np.arange(self.lags)
        variance = (self.residuals[:, responder] ** 2).sum() / (len(self.residuals) - len(self.coefficients))
        return self.coefficients[places, responder], variance * self.inverse[np.ix_(places, places)]

    def bic(self) -> float:
        n = len(self.residuals)
        _, log_determinant = np.linalg.slogdet(self.residuals.T @ self.residuals / n)
        return float(log_determinant + math.log(n) / n * self.coefficients.size)

    def is_stable(self) -> bool:
        """What happened once does not grow for ever."""
        companion = np.eye(2 * self.lags, k=-2)
        companion[:2] = self.coefficients[1:].T
        return bool((np.abs(np.linalg.eigvals(companion)) <= 1).all())


def fitted(pair: NDArray, lags: int, first: int) -> Fit:
    """Least squares of all periods from the place `first` on, which is `lags` at least."""
    past = [np.ones((len(pair) - first, 1)), *(pair[first - lag : len(pair) - lag] for lag in range(1, lags + 1))]
    regressors = np.hstack(past)
    coefficients = np.linalg.lstsq(regressors, pair[first:])[0]
    return Fit(lags, coefficients, np.linalg.inv(regressors.T @ regressors), pair[first:] - regressors @ coefficients)


def both_answers(pair: NDArray) -> Iterator[tuple]:
    """For B as the answer to A, then for A as the answer to B: see `answer`."""
    chosen = min(range(MOST_LAGS + 1), key=lambda lags: fitted(pair, lags, MOST_LAGS).bic())
    fit = fitted(pair, max(chosen, 1), max(chosen, 1))
    for responder in (1, 0):
        yield ("there", "back")[responder], *answer(fit, responder, chosen)


def answer(fit: Fit, responder: int, chosen: int) -> tuple:
    """Lags that BIC chose (0: the past says nothing) and lags fitted, response, inertia, each with standard error, p of no response.

    The response is the sum of the coefficients of the other's past, the inertia that of the responder's own: score points for each
    score point, once all lags have passed. The p is that of a Wald test.
    """
    response, response_covariance = fit.of(responder, 1 - responder)
    inertia, inertia_covariance = fit.of(responder, responder)
    p = chance_above(float(response @ np.linalg.solve(response_covariance, response)), fit.lags)
    return (
        *(chosen, fit.lags),
        *(float(response.sum()), math.sqrt(response_covariance.sum()), p),
        *(float(inertia.sum()), math.sqrt(inertia_covariance.sum()), fit.is_stable()),
    )


def chance_above(value: float, freedoms: int) -> float:
    """Chance of a chi-squared of so many degrees of freedom above a value."""
    half = value / 2
    chance = math.exp(-half) if freedoms % 2 == 0 else math.erfc(math.sqrt(half))
    steps = range(2 - freedoms % 2, freedoms, 2)
    return chance + sum(math.exp(-half) * half ** (step / 2) / math.gamma(step / 2 + 1) for step in steps)
