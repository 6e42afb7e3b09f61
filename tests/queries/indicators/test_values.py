"""Each indicator against its formula, from a few decayed sums; a day that was not read is no row and never a zero."""

import math

import pytest

KAPPA = 1.96**2
KEY = "dataset  dyad  domain  half_life_days  day  is_read  z  kappa  few_below  thin_below  weight_below  kernel_below  cooperation_window"
CONSTANTS = "1.96  3.8416  2  10  1  0.8  30"
READ, UNREAD = f"x  MEX-USA  all  90  2025-01-01  true  {CONSTANTS}", f"x  MEX-USA  all  90  2025-01-02  false  {CONSTANTS}"
SUMS = ("s", "n", "s_s", "s_n", "n_n")


def values(run_model, indicator: str, before: str, names: str, *rows: str) -> list[list[float]]:
    """[value, low, high] of each row; NULL is None."""
    columns = (indicator, f"{indicator}_low", f"{indicator}_high")
    table = "\n".join([f"{KEY}  {names}", *rows])
    found = run_model(f"indicators.{indicator}", columns=columns, **{f"indicators_{before}": table})
    return [[None if cell == "null" else float(cell) for cell in row.split()] for row in found]


@pytest.mark.parametrize(
    ("indicator", "before", "prefix"), [("balance", "evidence", ""), ("words", "parts", "words_"), ("deeds", "words", "deeds_")]
)
def test_a_balance_is_its_share_and_its_band_is_of_happenings(run_model, indicator, before, prefix):
    s, n, s_s, s_n, n_n = 3.0, 8.0, 9.0, 2.0, 8.0
    evidence = n * n / n_n
    names = "  ".join(f"decayed_{prefix}{name}" for name in SUMS) + "  evidence  state  kernel_read"
    (found,) = values(run_model, indicator, before, names, f"{READ}  {s}  {n}  {s_s}  {s_n}  {n_n}  {evidence}  ok  1")
    half = half_width((s_s - 2 * s / n * s_n + (s / n) ** 2 * n_n) / n_n, s / n, evidence, n)
    assert found == pytest.approx(
        [100 * s / (n + KAPPA), 100 * (s / (n + KAPPA) - half), 100 * (s / (n + KAPPA) + half)], abs=1e-8
    )


def half_width(distance: float, mean: float, evidence: float, weight: float, widest: float = 1.0) -> float:
    chance = distance * (evidence + 2 * math.sqrt(evidence)) / (evidence + KAPPA) ** 2
    leaning, faded = mean * KAPPA / (evidence + KAPPA), widest * (KAPPA / (weight + KAPPA)) ** 2
    return 1.96 * math.sqrt(chance + leaning**2 + faded**2 / KAPPA)


def test_an_intensity_is_a_mean_score_and_its_band_is_of_happenings(run_model):
    g, n, g_g, g_n, n_n, evidence = -30.0, 8.0, 300.0, -40.0, 10.0, 6.4
    names = "decayed_positive  decayed_negative  decayed_n  decayed_g_g  decayed_g_n  decayed_n_n  evidence  state"
    (found,) = values(run_model, "intensity", "deeds", names, f"{READ}  5  35  {n}  {g_g}  {g_n}  {n_n}  {evidence}  ok")
    mean = g / (n + KAPPA)
    half = half_width((g_g - 2 * g / n * g_n + (g / n) ** 2 * n_n) / n_n, g / n, evidence, n, widest=10)
    assert found == pytest.approx([mean, mean - half, mean + half], abs=1e-8)


BALANCE = "  ".join(f"decayed_{name}" for name in SUMS) + "  evidence  state"


def test_a_band_ends_where_the_range_ends(run_model):
    ((_, low, high),) = values(run_model, "balance", "evidence", BALANCE, f"{READ}  -50  50  50  -50  50  25  ok")
    assert low == -100.0
    assert -93 < high < -40


@pytest.mark.parametrize("state", ["not read", "too few"])
def test_without_evidence_or_a_read_day_there_is_a_row_but_neither_balance_nor_band(run_model, state):
    found = values(run_model, "balance", "evidence", BALANCE, f"{READ}  1  1  1  1  1  0.9  {state}")
    assert found == [[None, None, None]]


@pytest.mark.parametrize(
    ("indicator", "before", "sums"), [("cooperation", "intensity", "positive"), ("friction", "cooperation", "negative")]
)
def test_sums_of_scores_are_for_thirty_days_zero_on_a_quiet_day_and_null_on_one_not_read(run_model, indicator, before, sums):
    rows = f"""{KEY}  decayed_{sums}  decayed_read_days
    {READ}  10  10
    {READ.replace("01-01", "01-03")}  0  10
    {UNREAD}  10  10"""
    found = run_model(f"indicators.{indicator}", columns=("day", indicator), **{f"indicators_{before}": rows})
    assert found == ["2025-01-01 30.0", "2025-01-02 null", "2025-01-03 0.0"]


def test_volume_is_articles_a_read_day_and_their_share_of_all_that_was_read(run_model):
    rows = f"""series_no  {KEY}  decayed_n_articles  decayed_read_days  day_no  block  growth  n_articles  n_articles_read
    1  {READ}  30  20  0  0  1  0  0
    1  {UNREAD}  30  20  1  0  1  20  4000
    1  {READ.replace("01-01", "01-03")}  30  20  2  0  1  20  null
    1  {READ.replace("01-01", "01-04")}  30  20  3  0  2  5  1000
    1  {READ.replace("01-01", "01-05")}  30  20  4  1  1  0  0"""
    found = run_model("indicators.volume", columns=("day", "volume", "volume_permille"), indicators_friction=rows)
    assert found == [
        "2025-01-01 1.5 null",
        "2025-01-02 null null",
        "2025-01-03 1.5 null",
        "2025-01-04 1.5 5.0",
        "2025-01-05 1.5 5.0",
    ]


def test_a_read_day_without_events_is_a_row_of_zeros_and_a_day_not_read_says_so(run_model):
    found = run_model(
        "indicators.decayed",
        columns=("day", "is_read", "n_events", "decayed_s", "decayed_n"),
        indicators_requested="series_no  dataset  dyad  domain  half_life_days  is_asked  is_compared\n1  gdelt  USA>MEX  all  1  true  true",
        staging_datasets="dataset  score_table\ngdelt  sign",
        core_calendar="""
        dataset  dyad     day         day_no  is_read
        gdelt    MEX-USA  2025-03-26  0       true
        gdelt    MEX-USA  2025-03-27  1       true
        gdelt    MEX-USA  2025-03-28  2       false
        """,
        core_dyad_day="""
        dataset  dyad     domain  day         lag  n_events  s   n
        gdelt    USA>MEX  all     2025-03-26  0    2         -1  3
        gdelt    USA>MEX  trade   2025-03-27  0    9         9   9
        """,
    )
    assert found == ["2025-03-26 true 2 -1.0 3.0", "2025-03-27 true 0 -0.5 1.5", "2025-03-28 false 0 -0.25 0.75"]
