"""Leads and lags: least squares as statsmodels has them, refusals, the same each time; a planted link is told with its direction."""

import numpy as np
import pytest

from bilateral.compute.statistics import event_days, lead_lag

N = 100


def made(n: int = N, seed: int = 5, link: float = 0.0, **settings: object) -> lead_lag.Series:
    """A slow indicator, and an outcome that last month's indicator explains to the share `link`."""
    random = np.random.default_rng(seed)
    indicator = random.standard_normal(n)
    for month in range(1, n):
        indicator[month] += 0.8 * indicator[month - 1]
    outcome = lead_lag.planted(indicator, random.standard_normal((1, n)), link)[0]
    months = np.datetime64("2017-01") + np.arange(n)
    given = {"indicator": indicator, "outcome": outcome, "months": months, "is_seasonal": False}
    return lead_lag.Series(**given | {"lags": 3, "apart": 12, "least": 60, "forecast_from": 48} | settings)


def regressors(series: lead_lag.Series) -> np.ndarray:
    return np.hstack([lead_lag.lagged(series.outcome, 3), series.dummies[3:], lead_lag.lagged(series.indicator, 3)])


@pytest.fixture(scope="module")
def sm():
    """Loaded here alone: it takes longer than all tests of this file."""
    import statsmodels.api

    return statsmodels.api


@pytest.mark.parametrize("is_seasonal", [False, True])
def test_partial_r2_sum_and_band_are_those_of_least_squares(sm, is_seasonal):
    series = made(link=0.2, is_seasonal=is_seasonal)
    own, both = regressors(series)[:, :-3], regressors(series)
    plain, full = (sm.OLS(series.outcome[3:], part).fit() for part in (own, both))
    gains = lead_lag.gained(series.outcome[None], series.indicator[None], series.dummies, 3)
    assert gains[0, 0] == pytest.approx(1 - full.ssr / plain.ssr)
    effect, error, freedoms = lead_lag.summed(series.outcome, series.indicator, series.dummies, 3)
    test = full.t_test(np.r_[np.zeros(own.shape[1]), 1, 1, 1])
    assert (effect, error, freedoms) == pytest.approx((test.effect.item(), test.sd.item(), full.df_resid))


@pytest.mark.parametrize("horizon", [-3, -1, 0, 4])
def test_the_curve_is_a_local_projection_with_errors_for_unequal_variances(sm, horizon):
    series, n = made(link=0.2), N
    months = range(3 - min(horizon, 0), n - max(horizon, 0))
    sums = [series.outcome[t : t + horizon + 1].sum() if horizon >= 0 else series.outcome[t + horizon : t].sum() for t in months]
    start = min(horizon, 0)
    past = [
        [series.indicator[t - lag] for lag in range(4)] + [series.outcome[t + start - lag] for lag in (1, 2, 3)] for t in months
    ]
    fit = sm.OLS(sums, sm.add_constant(np.array(past), prepend=False)).fit(cov_type="HC1")
    effect, error = lead_lag.projected(series, series.indicator[None], horizon)
    assert (effect[0], error[0]) == pytest.approx((fit.params[0], fit.bse[0]))


def test_forecasts_see_only_the_months_before(sm):
    series = made(link=0.3)
    found = lead_lag.forecasts(series.outcome, series.indicator, series.dummies, 3, 48)
    plain, full, said = [], [], []
    own, both, actual = regressors(series)[:, :-3], regressors(series), series.outcome[3:]
    for month in range(45, len(actual)):
        one, other = (sm.OLS(actual[:month], part[:month]).fit().predict(part[month])[0] for part in (own, both))
        plain.append((actual[month] - one) ** 2)
        full.append((actual[month] - other) ** 2)
        said.append((one - other) ** 2)
    adjusted = sm.OLS(np.array(plain) - np.array(full) + np.array(said), np.ones(len(plain))).fit()
    assert found[0] == pytest.approx(1 - sum(full) / sum(plain))
    from scipy.stats import norm

    assert found[1] == pytest.approx(norm.sf(adjusted.tvalues[0]))


def test_a_planted_link_is_told_with_its_direction():
    series = made(link=0.4)
    leads, follows = (lead_lag.told(series, question) for question in ("leads", "follows"))
    assert leads[:2] == ("ok", N)
    assert leads[9] == pytest.approx(1 / (1 + leads[8]))
    assert leads[11] > 0.1
    assert leads[5] > 0, "the band of the effect leaves out 0 where no shift reaches it"
    assert follows[9] > 0.1


def test_what_moves_in_the_same_month_is_told_without_direction():
    series = made()
    together = made(outcome=series.indicator + np.random.default_rng(1).standard_normal(N))
    correlation, *_, p = lead_lag.told(together, "same_month")[4:10]
    assert correlation > 0.4
    assert p < 0.05


def test_a_bands_quantile_agrees_with_its_p():
    """Where the p of shifts is above 10 % the band holds 0: both come from the same shifts."""
    for seed in range(8):
        found = lead_lag.told(made(seed=seed, link=0.06), "leads")
        assert found[9] <= 0.1 or found[5] <= 0 <= found[6]


@pytest.mark.parametrize(
    ("settings", "state"),
    [
        ({"n": 59}, "too few"),
        ({"indicator": np.r_[np.zeros(N - 11), np.ones(11)]}, "does not vary"),
        ({"outcome": np.zeros(N)}, "does not vary"),
        ({"refusal": "managed"}, "managed"),
        ({"indicator": np.r_[np.zeros(N - 12), np.arange(12) + 1.0]}, "ok"),
    ],
)
def test_a_series_that_can_tell_nothing_is_refused_with_the_reason(settings, state):
    series = made(**settings)
    told = [lead_lag.told(series, question) for question in lead_lag.ASKED]
    assert [one[0] for one in told] == [state] * 3
    assert all(len(one) == 14 for one in told)
    if state != "ok":
        assert all(set(one[4:]) == {None} for one in told)


def test_rows_of_several_series_give_three_rows_each_and_the_same_each_time():
    one, other = made(n=60, link=0.3), made(n=40)
    rows = {name: np.array([value] * 100, dtype=object) for name, value in [("dyad", "MEX-USA"), ("domain", "all")]}
    rows |= {"family": np.array(["primary"] * 60 + ["exploratory"] * 40, dtype=object)}
    rows |= {"indicator": np.array(["friction"] * 100, dtype=object), "half_life_days": np.full(100, 30)}
    rows |= {"series_id": np.array(["a"] * 60 + ["b"] * 40, dtype=object), "refusal": np.array([None] * 100, dtype=object)}
    rows |= {name: np.full(100, value) for name, value in zip(lead_lag.SETTINGS, (3, 12, 60, 48), strict=True)}
    rows |= {"month": np.r_[one.months, other.months], "is_seasonal": np.zeros(100, dtype=bool)}
    rows |= {"indicator_value": np.r_[one.indicator, other.indicator], "outcome_value": np.r_[one.outcome, other.outcome]}
    told = lead_lag.tests(rows)
    assert told == lead_lag.tests(rows)
    assert [row[:7] for row in told if row[5] == "leads"] == [
        ("MEX-USA", "all", "friction", 30, "a", "leads", "ok"),
        ("MEX-USA", "all", "friction", 30, "b", "leads", "too few"),
    ]
    points = lead_lag.curves(rows)
    assert [point[5] for point in points] == [*range(-6, 7)]
    assert {point[4] for point in points} == {"a"}
    assert lead_lag.tests({name: values[:0] for name, values in rows.items()}) == []


def test_surrogates_have_the_memory_of_the_series():
    series = made(n=2000)
    drawn = lead_lag.surrogates(series.indicator, 3, 4, np.random.default_rng(1))
    assert drawn.shape == (4, 2000)
    assert [np.corrcoef(values[1:], values[:-1])[0, 1] for values in drawn] == pytest.approx([0.8] * 4, abs=0.05)


def test_a_move_around_planted_acts_is_found_and_few_acts_are_refused():
    random = np.random.default_rng(3)
    is_act = np.zeros(1500, dtype=bool)
    is_act[40:1400:70] = True
    moved = random.standard_normal(1500) + 3 * is_act
    state, n, mean, placebo, p, size, *_ = event_days.told(np.cumsum(moved), is_act)
    assert (state, n) == ("ok", 20)
    assert mean > 2
    assert size > 2
    assert abs(placebo) < 0.5
    assert p < 0.001
    assert event_days.told(np.cumsum(moved), is_act & (np.arange(1500) < 540))[:2] == ("ok", 8)
    assert event_days.told(np.cumsum(moved), is_act & (np.arange(1500) < 500)) == ("too few", 7, *[None] * 7)
    assert event_days.merged(np.array([0, 5, 7, 8, 9, 13, 1499]), 1500).tolist() == [5, 9, 13]
