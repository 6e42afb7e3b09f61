"""Each indicator against its formula, from a few decayed sums; a day that was not read is no row and never a zero."""

import math

import pytest

KAPPA = 1.96**2
METHOD = "z  kappa  cooperation_window\n1.96  3.8416  30"
KEY = "dataset  dyad  domain  half_life_days  day"
READ, UNREAD = "x  MEX-USA  all  90  2025-01-01", "x  MEX-USA  all  90  2025-01-02"


def one_row(run_model, indicator: str, **inputs: str) -> list[float]:
    (row,) = run_model(f"indicators.{indicator}", columns=(VALUES[indicator]), staging_method=METHOD, **inputs)
    return [float(value) for value in row.split()]


VALUES = {name: (name, f"{name}_low", f"{name}_high") for name in ("balance", "words", "deeds", "intensity")}


@pytest.mark.parametrize(("indicator", "prefix"), [("balance", ""), ("words", "words_"), ("deeds", "deeds_")])
def test_a_balance_is_its_share_and_its_band_is_of_stories(run_model, indicator, prefix):
    s, n, s_s, s_n, n_n, evidence = 3.0, 8.0, 9.0, 2.0, 10.0, 12.0
    names = "  ".join(f"{prefix}{name}" for name in ("s", "n", "s_s", "s_n", "n_n"))
    found = one_row(
        run_model,
        indicator,
        indicators_decayed=f"{KEY}  {names}\n{READ}  {s}  {n}  {s_s}  {s_n}  {n_n}",
        indicators_evidence=f"{KEY}  {prefix}evidence  {prefix}state\n{READ}  {evidence}  ok",
    )
    share = s / (n + KAPPA)
    variance = (s_s - 2 * share * s_n + share**2 * n_n + KAPPA) / (n_n + KAPPA)
    half = 1.96 * math.sqrt(variance / (evidence + KAPPA))
    assert found == pytest.approx([100 * share, 100 * (share - half), 100 * (share + half)], abs=1e-8)


def test_an_intensity_is_a_mean_score_and_leans_to_nothing_by_a_hundred_kappa(run_model):
    g, n, g_g, g_n, n_n, evidence = -30.0, 8.0, 300.0, -40.0, 10.0, 12.0
    found = one_row(
        run_model,
        "intensity",
        indicators_decayed=f"{KEY}  g  n  g_g  g_n  n_n\n{READ}  {g}  {n}  {g_g}  {g_n}  {n_n}",
        indicators_evidence=f"{KEY}  evidence  state\n{READ}  {evidence}  ok",
    )
    mean = g / (n + KAPPA)
    variance = (g_g - 2 * mean * g_n + mean**2 * n_n + 100 * KAPPA) / (n_n + KAPPA)
    half = 1.96 * math.sqrt(variance / (evidence + KAPPA))
    assert found == pytest.approx([mean, mean - half, mean + half], abs=1e-8)


def test_a_band_ends_where_the_range_ends(run_model):
    decayed = f"{KEY}  s  n  s_s  s_n  n_n\n{READ}  -50  50  50  -50  50"
    evidence = f"{KEY}  evidence  state\n{READ}  1.5  thin"
    _, low, high = one_row(run_model, "balance", indicators_decayed=decayed, indicators_evidence=evidence)
    assert low == -100.0
    assert high < -60


@pytest.mark.parametrize("state", ["not read", "too few"])
def test_without_evidence_or_a_read_day_there_is_no_balance(run_model, state):
    decayed = f"{KEY}  s  n  s_s  s_n  n_n\n{READ}  1  1  1  1  1"
    evidence = f"{KEY}  evidence  state\n{READ}  0.9  {state}"
    assert run_model("indicators.balance", indicators_decayed=decayed, indicators_evidence=evidence, staging_method=METHOD) == []


@pytest.mark.parametrize(
    ("indicator", "column", "value"), [("cooperation", "cooperation", "30.0"), ("friction", "friction", "30.0")]
)
def test_sums_of_scores_are_for_thirty_days_zero_on_a_quiet_day_and_absent_on_one_not_read(run_model, indicator, column, value):
    rows = f"""{KEY}  {column}  read_days  is_read
    {READ}  10  10  true
    x  MEX-USA  all  90  2025-01-03  0  10  true
    {UNREAD}  10  10  false"""
    found = run_model(f"indicators.{indicator}", columns=("day", column), indicators_decayed=rows, staging_method=METHOD)
    assert found == [f"2025-01-01 {value}", "2025-01-03 0.0"]


def test_volume_is_articles_a_read_day(run_model):
    rows = f"{KEY}  n_articles  read_days  is_read\n{READ}  30  20  true\n{UNREAD}  30  20  false"
    assert run_model("indicators.volume", columns=("day", "volume"), indicators_decayed=rows) == ["2025-01-01 1.5"]


def test_a_read_day_without_events_is_a_row_of_zeros_and_a_day_not_read_says_so(run_model):
    found = run_model(
        "indicators.days",
        columns=("day", "is_read", "n_events", "s", "n", "cooperation"),
        indicators_requested="dataset  dyad  domain  half_life_days\ngdelt  USA>MEX  all  7",
        core_calendar="""
        dataset  dyad     day         day_no  is_read
        gdelt    MEX-USA  2025-03-26  0       true
        gdelt    MEX-USA  2025-03-27  1       true
        gdelt    MEX-USA  2025-03-28  2       false
        """,
        core_dyad_day="""
        dataset  dyad     domain  day         n_events  s   n  cooperation
        gdelt    USA>MEX  all     2025-03-26  2         -1  3  1.9
        gdelt    USA>MEX  trade   2025-03-27  9         9   9  9
        """,
    )
    assert found == ["2025-03-26 true 2 -1.0 3.0 1.9", "2025-03-27 true 0 0.0 0.0 0.0", "2025-03-28 false 0 0.0 0.0 0.0"]
