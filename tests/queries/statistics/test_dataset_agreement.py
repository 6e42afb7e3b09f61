"""Do two datasets agree on the months that both know."""

import math

import numpy as np

KAPPA = 1.96**2
METHOD = """
    kappa   z     agreement_months
    3.8416  1.96  12
"""


def agreement(run_model, one: list[float], other: list[float]) -> list[str]:
    lines = [
        f"{dataset}  MEX-USA  all  {2024 + month // 12}-{month % 12 + 1:02}-15  a  {value}  1"
        for dataset, values in (("a", one), ("b", other))
        for month, value in enumerate(values)
    ]
    columns = (
        "state",
        "n_months",
        "correlation",
        "correlation_low",
        "correlation_high",
        "n_signed",
        "n_same_sign",
        "sign_agreement",
    )
    table = "\n".join(["dataset  dyad  domain  day  story  s  n", *lines])
    return run_model("statistics.dataset_agreement", columns=columns, core_story_day=table, staging_method=METHOD)


def test_correlation_and_its_interval_are_pearsons_and_fishers(run_model):
    random = np.random.default_rng(1)
    one = random.uniform(-1, 1, 24).round(3)
    other = (0.6 * one + random.uniform(-0.5, 0.5, 24)).round(3)
    (line,) = agreement(run_model, one.tolist(), other.tolist())
    r = np.corrcoef(one, other)[0, 1]
    cells = line.split()
    assert cells[:2] == ["ok", "24"]
    ends = [math.tanh(math.atanh(r) + side * 1.96 / math.sqrt(21)) for side in (-1, 1)]
    assert np.allclose([float(cell) for cell in cells[2:5]], [r, *ends], atol=1e-8)
    assert int(cells[6]) == np.sum(np.sign(one) == np.sign(other))


def test_a_balance_of_exactly_zero_has_no_sign(run_model):
    assert agreement(run_model, [0, 1, -1], [1, 1, 1]) == ["too few months 3 null null null 2 1 0.5"]


def test_a_dataset_that_never_varies_has_no_correlation(run_model):
    assert agreement(run_model, [1] * 12, [0.5, -0.5] * 6) == ["one does not vary 12 null null null 12 6 0.5"]


def test_datasets_without_a_common_month_have_no_row(run_model):
    assert agreement(run_model, [1], []) == []
