"""Does the sign hold: every combination of the method's choices, against a calculation in plain Python."""

import csv
import math
from itertools import product

import pytest

from material import ROOT

KAPPA = 1.96**2


def test_a_mutual_act_is_credited_to_both_to_the_doer_or_to_nobody(run_model):
    lines = run_model(
        "statistics.sign_combinations",
        columns=("dyad", "mutual", "intensity", "departs"),
        statistics_level_month="""
            dataset  dyad     directed_dyad  month       level  is_mutual  score_table      equal_n  log_n  articles_n  equal_g  log_g  articles_g
            gdelt    MEX-USA  USA>MEX        2025-03-01  joint  false      goldstein-gdelt  1        1      1           -5       -5     -5
            gdelt    MEX-USA  USA>MEX        2025-03-01  joint  true       goldstein-gdelt  2        2      2           4        4      4
        """,
        staging_datasets="""
            dataset  level  score_table      weighting
            gdelt    joint  goldstein-gdelt  log
        """,
        staging_method="""
            kappa
            1
        """,
    )
    by_log = [line for line in lines if "weighting" not in line]
    assert len(lines) == 3 * len(by_log)
    assert sorted(by_log) == [
        "MEX-USA both -0.25 nothing",
        "MEX-USA coded -0.25 mutual coded",
        "MEX-USA none -2.5 mutual none",
        "MEX>USA both 1.333333333 nothing",
        "USA>MEX both -0.25 nothing",
        "USA>MEX coded -0.25 mutual coded",
        "USA>MEX none -2.5 mutual none",
    ]


def test_a_month_sums_weights_and_scores_of_each_table(run_model):
    assert run_model(
        "statistics.level_month",
        columns=("is_mutual", "score_table", "log_n", "log_g", "articles_g"),
        statistics_level_acts="""
            dataset  level  act_id  dyad     directed_dyad  month       code  is_mutual  equal_weight  log_weight  articles_weight
            wire     raw    a       MEX-USA  USA>MEX        2025-03-01  1312  false      1             2           4
            wire     raw    b       MEX-USA  USA>MEX        2025-03-01  1312  false      1             1           1
            wire     raw    c       MEX-USA  USA>MEX        2025-03-01  042   true       1             1           1
        """,
        staging_scores="""
            score_table  code  score
            one          1312  -6
            one          042   2
            sign         1312  -1
            sign         042   1
        """,
    ) == ["false one 3.0 -18.0 -30.0", "false sign 3.0 -3.0 -5.0", "true one 1.0 2.0 2.0", "true sign 1.0 1.0 1.0"]


def test_a_level_merges_what_it_says_and_a_story_never_weighs_more_than_four(run_model):
    lines = run_model(
        "statistics.level_acts",
        columns=("level", "act_id", "equal_weight", "articles_weight"),
        core_ladder="""
            report_id  dataset  day         raw_id  exact_id  article_id  act_id  joint_id
            1          wire     2025-03-26  r1      e1        a1          t1      j1
            2          wire     2025-03-26  r2      e1        a1          t1      j1
            3          wire     2025-03-26  r3      e3        a3          t3      j1
        """,
        staging_reports="""
            report_id  dataset  dyad     directed_dyad  day         code  is_mutual  url  added_at    n_articles  n_sources  is_backdated
            1          wire     MEX-USA  USA>MEX        2025-03-26  042   true       u    2025-03-26  3           3          false
            2          wire     MEX-USA  USA>MEX        2025-03-26  042   true       u    2025-03-27  3           3          false
            3          wire     MEX-USA  MEX>USA        2025-03-26  042   true       u    2025-03-26  1           1          false
        """,
        staging_datasets="""
            dataset  is_curated
            wire     false
        """,
    )
    assert lines == [
        "act t1 1.0 3.0", "act t3 1.0 1.0", "article a1 1.0 3.0", "article a3 1.0 1.0", "exact e1 1.0 3.0", "exact e3 1.0 1.0",
        "joint j1 1.0 3.0", "raw r1 1.0 1.714285714", "raw r2 1.0 1.714285714", "raw r3 1.0 0.571428571",
    ]  # fmt: skip


def test_the_share_counts_values_not_combinations_and_zero_has_no_sign(run_model):
    assert run_model(
        "statistics.sign_check",
        columns=("month", "intensity", "lowest", "highest", "n_combinations", "n_distinct", "n_same_sign", "share", "turned_by"),
        statistics_sign_combinations="""
            dataset  dyad     month       intensity  departs
            wire     MEX-USA  2025-03-01  -0.5       nothing
            wire     MEX-USA  2025-03-01  -0.5       level raw
            wire     MEX-USA  2025-03-01  0          score table sign
            wire     MEX-USA  2025-03-01  0.25       mutual none
            wire     MEX-USA  2025-03-01  0.25       level raw, mutual none
            wire     MEX-USA  2025-04-01  0          nothing
            wire     MEX-USA  2025-04-01  2          mutual none
        """,
    ) == [
        "2025-03-01 -0.5 -0.5 0.25 5 3 1 0.333333333 ['mutual none', 'score table sign']",
        "2025-04-01 0.0 0.0 2.0 2 2 null null ['mutual none']",
    ]


def seed(name: str) -> list[dict[str, str]]:
    with (ROOT / "seeds" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("dyad", "month"), [("MEX-USA", "2025-03"), ("USA>MEX", "2025-02"), ("MEX>USA", "2025-03"), ("CAN-USA", "2025-03")]
)
def test_a_month_of_the_chronology_equals_the_calculation_by_hand(snapshot, dyad, month):
    codes = {row["code"]: row for row in seed("event_codes.csv")}
    tables = {row["score_table"]: {} for row in seed("score_tables.csv")}
    for row in seed("score_tables.csv"):
        tables[row["score_table"]][row["code"]] = float(row["score"])
    pair = "usa-can" if "CAN" in dyad else "usa-mex"
    acts = [row for row in seed(f"chronology/{pair}.csv") if row["event_date"].startswith(month)]
    values = {}
    for table, mutual in product(tables, ("both", "coded", "none")):
        kept = [row["cameo_code"] for row in acts if counts(row, dyad, mutual, codes)]
        scores = [score_of(code, tables[table], float(codes[code]["sign"])) for code in kept]
        if scores:
            values[table, mutual] = round(
                sum(scores) / (len(scores) + KAPPA), 9
            )  # one article an act: every level and weighting is the same
    distinct = set(values.values())
    default = values["goldstein-gdelt", "both"]
    same = [value for value in distinct if value * default > 0]
    row = snapshot.execute(
        "select intensity, lowest, highest, n_combinations, n_distinct, n_same_sign, share from sign_check where dataset = 'chronology' and dyad = ? and month = ?",
        [dyad, f"{month}-01"],
    ).fetchone()
    expected = (default, min(distinct), max(distinct), 15 * len(values), len(distinct), len(same), len(same) / len(distinct))
    assert all(math.isclose(a, b, abs_tol=2e-9) for a, b in zip(row, expected, strict=True))


def score_of(code: str, table: dict[str, float], sign: float) -> float:
    """As staging.scores says: a sign against the kind is 0, a promise is no more than the weakest deed of cooperation."""
    listed = next(table[code[:size]] for size in (4, 3, 2) if code[:size] in table)
    if listed * sign < 0:
        return 0.0
    deeds = [score for other, score in table.items() if other[:2] in ("06", "07", "08") and score > 0]
    return min(listed, *deeds) if code.startswith("03") else listed


def counts(row: dict[str, str], dyad: str, mutual: str, codes: dict) -> bool:
    is_mutual = codes[row["cameo_code"]]["is_mutual"] == "true"
    if is_mutual and mutual == "none":
        return False
    return "-" in dyad or dyad == f"{row['source_actor']}>{row['target_actor']}" or (is_mutual and mutual == "both")


def test_the_default_combination_is_the_sum_of_the_indicators_own_credits(snapshot):
    differing = snapshot.execute("""
        with credits as (
            select dataset, dyad, date_trunc('month', day)::date as month, sum(weight * score) / (sum(weight) + 1.96 * 1.96) as intensity
            from core.credits group by 1, 2, 3
        )
        select dyad, month, credits.intensity, sign_check.intensity from credits full join sign_check using (dataset, dyad, month)
        where not coalesce(abs(credits.intensity - sign_check.intensity) < 1e-9, false)
    """).fetchall()
    assert differing == []


def test_score_tables_differ_where_the_method_says(snapshot):
    found = snapshot.execute("""
        select code, score, other_score, difference from score_differences
        where score_table = 'goldstein-gdelt' and other_table = 'goldstein-icews' order by 1
    """).fetchall()
    assert ("016", -2.0, -5.0, 3.0) in found
    assert all(score - other == pytest.approx(difference) for _, score, other, difference in found)
    assert [code for code, *_ in found if code == "163"] == []
