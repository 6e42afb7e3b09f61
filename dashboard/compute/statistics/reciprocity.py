"""Reciprocity: does one country answer what the other did to it? Vector autoregression of the two directed series, by statsmodels.

Each series is the net score of its acts in a period, mutual acts left out, as they have no single doer.
"""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray
from statsmodels.tsa.vector_ar.var_model import VAR, VARResults

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


def both_answers(pair: NDArray) -> Iterator[tuple]:
    """For B as the answer to A, then for A as the answer to B: see `answer`."""
    model = VAR(pair)
    chosen = int(model.select_order(MOST_LAGS).selected_orders["bic"])
    fitted = model.fit(max(chosen, 1))
    for responder in (1, 0):
        yield ("there", "back")[responder], *answer(fitted, responder, chosen)


def answer(fitted: VARResults, responder: int, chosen: int) -> tuple:
    """Lags that BIC chose (0: the past says nothing) and lags fitted, response, inertia, each with standard error, p of no response.

    The response is the sum of the coefficients of the other's past, the inertia that of the responder's own: score points for each
    score point, once all lags have passed.
    """
    response, response_error = summed(fitted, responder, 1 - responder)
    inertia, inertia_error = summed(fitted, responder, responder)
    p = float(fitted.test_causality(responder, 1 - responder, kind="wald").pvalue)
    return chosen, fitted.k_ar, response, response_error, p, inertia, inertia_error, bool(fitted.is_stable())


def summed(fitted: VARResults, responder: int, past: int) -> tuple[float, float]:
    """Sum over the lags of the coefficients of one series' past in the responder's equation, and its standard error."""
    places = [(1 + lag * 2 + past) * 2 + responder for lag in range(fitted.k_ar)]  # after the constant; two equations a regressor
    covariance = np.asarray(fitted.cov_params())[np.ix_(places, places)]
    return float(fitted.coefs[:, responder, past].sum()), float(np.sqrt(covariance.sum()))
