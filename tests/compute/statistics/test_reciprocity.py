"""Vector autoregression: the same numbers as least squares in plain numpy and as statsmodels, and a planted answer is found."""

import numpy as np
import pytest

from bilateral.compute.statistics import reciprocity


def rows(pair: np.ndarray, period: str = "week") -> dict[str, np.ndarray]:
    names = {"dataset": "wire", "dyad": "A-B", "period": period}
    return {name: np.array([text] * len(pair), dtype=object) for name, text in names.items()} | {
        "there": pair[:, 0],
        "back": pair[:, 1],
    }


def simulated(weeks: int, response: float, seed: int) -> np.ndarray:
    """A acts at random with an inertia of 0.3; B answers what A did a week before."""
    random = np.random.default_rng(seed)
    pair = np.zeros((weeks, 2))
    for week in range(1, weeks):
        there, back = pair[week - 1]
        pair[week] = 0.3 * there + random.normal(), response * there + 0.2 * back + random.normal()
    return pair


def test_a_planted_answer_is_found_with_its_size_and_its_direction():
    back, there = reciprocity.answers(rows(simulated(600, 0.5, seed=1)))
    assert back[:6] == ("wire", "A-B", "week", "back", 1, 1)
    _, _, response, error, p, inertia, _, is_stable = back[4:]
    assert abs(response - 0.5) < 3 * error
    assert abs(inertia - 0.2) < 0.15
    assert p < 1e-6
    assert is_stable
    assert there[3] == "there"
    assert abs(there[6]) < 3 * there[7]


@pytest.mark.parametrize("seed", [2, 3])
def test_coefficients_and_errors_are_those_of_least_squares(seed):
    pair = simulated(120, 0.4, seed)
    back, _ = reciprocity.answers(rows(pair))
    lags = back[5]
    past = np.column_stack([np.ones(len(pair) - lags), *(pair[lags - lag : len(pair) - lag] for lag in range(1, lags + 1))])
    inverse = np.linalg.inv(past.T @ past)
    coefficients = inverse @ past.T @ pair[lags:, 1]
    rest = pair[lags:, 1] - past @ coefficients
    variance = rest @ rest / (len(rest) - past.shape[1])
    others = np.array([0, *([1, 0] * lags)])
    assert back[6] == pytest.approx(others @ coefficients, abs=1e-9)
    assert back[7] == pytest.approx(np.sqrt(variance * others @ inverse @ others), rel=1e-9)


@pytest.mark.parametrize("seed", range(5, 15))
def test_lags_answers_errors_and_p_are_those_of_statsmodels(seed):
    from statsmodels.tsa.vector_ar.var_model import VAR

    pair = simulated(70 + 10 * seed, 0.04 * seed, seed)
    model = VAR(pair)
    chosen = int(model.select_order(4).selected_orders["bic"])
    other = model.fit(max(chosen, 1))
    covariance = np.asarray(other.cov_params()).reshape(other.k_ar * 2 + 1, 2, other.k_ar * 2 + 1, 2)
    for name, *_, lags, n_fitted, response, error, p, inertia, inertia_error, is_stable in (
        found[3:] for found in reciprocity.answers(rows(pair))
    ):
        responder = ("there", "back").index(name)
        assert (lags, n_fitted, is_stable) == (chosen, other.k_ar, other.is_stable())
        assert p == pytest.approx(other.test_causality(responder, 1 - responder, kind="wald").pvalue, rel=1e-9)
        for past, value, its_error in ((1 - responder, response, error), (responder, inertia, inertia_error)):
            places = slice(1 + past, None, 2)
            assert value == pytest.approx(other.coefs[:, responder, past].sum(), rel=1e-9, abs=1e-12)
            assert its_error == pytest.approx(np.sqrt(covariance[places, responder, places, responder].sum()), rel=1e-9)


@pytest.mark.parametrize("freedoms", [1, 2, 3, 4])
def test_the_chance_of_a_chi_squared_is_that_of_scipy(freedoms):
    from scipy.stats import chi2

    for value in (0.0, 0.1, 1.0, 7.3, 60.0):
        assert reciprocity.chance_above(value, freedoms) == pytest.approx(chi2.sf(value, freedoms), rel=1e-12)


def test_where_the_past_says_nothing_bic_chooses_no_lag_and_one_is_fitted_to_show_it():
    random = np.random.default_rng(4)
    back, _ = reciprocity.answers(rows(random.normal(size=(200, 2))))
    assert back[4:6] == (0, 1)


def test_answers_to_nothing_are_rarely_called_answers():
    """200 pairs of series that know nothing of each other: p below .05 in about one of twenty."""
    found = [reciprocity.answers(rows(simulated(120, 0.0, seed)))[0][8] < 0.05 for seed in range(200)]
    print(f"\nfalse answers at p < .05: {np.mean(found):.1%} of 200 series of 120 weeks")
    assert 0.01 <= np.mean(found) <= 0.10
