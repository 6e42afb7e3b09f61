"""From decayed sums to evidence and its state."""

HEAD = "dataset  dyad  domain  half_life_days  day  is_read  kernel_read  n  n_n  words_n  words_n_n  deeds_n  deeds_n_n"
METHOD = "kappa  evidence_factor  few_below  thin_below  kernel_below\n3.8416  1.5  1  10  0.8"


def test_the_state_is_the_first_that_holds(run_model):
    rows = "\n".join([
        HEAD,
        "x  MEX-USA  all  90  2025-01-01  false  1    100  1    0  0  0  0",
        "x  MEX-USA  all  90  2025-01-02  true   1    0    0    0  0  0  0",
        "x  MEX-USA  all  90  2025-01-03  true   1    0.6  0.6  0  0  0  0",
        "x  MEX-USA  all  90  2025-01-04  true   0.7  20   20   0  0  0  0",
        "x  MEX-USA  all  90  2025-01-05  true   1    4    4    4  4  0  0",
        "x  MEX-USA  all  90  2025-01-06  true   1    20   20   4  4  1  1",
    ])  # fmt: skip
    found = run_model(
        "indicators.evidence",
        columns=("day", "evidence", "state", "words_state", "deeds_state"),
        indicators_decayed=rows,
        staging_method=METHOD,
    )
    assert found == [
        "2025-01-01 15000.0 not read not read not read",
        "2025-01-02 0.0 too few too few too few",
        "2025-01-03 0.9 too few too few too few",
        "2025-01-04 30.0 partial too few too few",
        "2025-01-05 6.0 thin thin too few",
        "2025-01-06 30.0 ok thin thin",
    ]
