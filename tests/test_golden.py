"""One day by hand, in plain Python from the seed files: another pair of hands than the SQL, and it must agree to 1e-9."""

import csv
import math
from datetime import date

import pytest
from material import ROOT, same_rows

DAY = date(2025, 3, 28)
KAPPA = 1.96**2
"""Weight of the pseudo-evidence; each act of the chronology has one article, so weighs 1 and is a story of its own."""


def test_the_balance_of_the_week_of_the_seed_article_is_what_the_method_says(snapshot):
    row = asked(snapshot, "MEX-USA", "all", 30)
    half_width = (row["balance_high"] - row["balance_low"]) / 2
    assert (round(row["balance"], 2), round(half_width, 2), round(row["evidence"], 1)) == (8.43, 31.68, 34.1)


@pytest.mark.parametrize("half_life", [7, 30, 90, 365])
@pytest.mark.parametrize("domain", ["all", "trade", "migration"])
@pytest.mark.parametrize("dyad", ["MEX-USA", "USA>MEX", "MEX>USA"])
def test_every_indicator_of_a_day_equals_the_calculation_by_hand(snapshot, dyad, domain, half_life):
    row = asked(snapshot, dyad, domain, half_life)
    expected = by_hand(dyad, domain, half_life)
    assert {name: row[name] for name in expected} == pytest.approx(expected, abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("dyad", ["MEX-USA", "USA>MEX"])
def test_the_kept_table_equals_the_series_computed_when_asked(snapshot, dyad):
    kept = snapshot.execute(f"from indicator_day where dataset = 'chronology' and dyad = '{dyad}' order by day").fetchall()
    asked_now = snapshot.execute(f"from series('chronology', '{dyad}', 'all', 90) order by day").fetchall()
    assert len(kept) > 3000
    assert same_rows(kept, asked_now)


def asked(snapshot, dyad: str, domain: str, half_life: int) -> dict:
    cursor = snapshot.execute(f"from series('chronology', '{dyad}', '{domain}', {half_life}) where day = date '{DAY}'")
    names = [column[0] for column in cursor.description]
    (row,) = cursor.fetchall()
    return {name: math.nan if value is None else value for name, value in zip(names, row, strict=True)}


# ------------------------------------------------------------------ by hand


def seed(name: str) -> list[dict[str, str]]:
    with (ROOT / "seeds" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CODES = {row["code"]: row for row in seed("event_codes.csv")}
SCORES = {row["code"]: float(row["score"]) for row in seed("score_tables.csv") if row["score_table"] == "goldstein-gdelt"}
ACTS = seed("chronology/usa-mex.csv")
FIRST = min(date.fromisoformat(row["event_date"]) for row in ACTS)


def by_hand(dyad: str, domain: str, half_life: int) -> dict[str, float]:
    acts = [row for row in ACTS if counts(row, dyad, domain)]
    ages = [(DAY - date.fromisoformat(row["event_date"])).days for row in acts]
    decay = [2 ** (-age / half_life) for age in ages]
    signs = [float(CODES[row["cameo_code"]]["sign"]) for row in acts]
    scores = [score_of(row["cameo_code"]) for row in acts]
    words = [CODES[row["cameo_code"]]["kind"].startswith("verbal") for row in acts]
    window = sum(2 ** (-age / half_life) for age in range((DAY - FIRST).days + 1))

    def only(wanted: bool, values: list[float]) -> list[float]:
        return [value for value, is_word in zip(values, words, strict=True) if is_word == wanted]

    return {
        **balance("balance", "evidence", decay, signs),
        **balance("words", "words_evidence", only(True, decay), only(True, signs)),
        **balance("deeds", "deeds_evidence", only(False, decay), only(False, signs)),
        **intensity(decay, scores),
        "cooperation": 30 * sum(c * max(x, 0) for c, x in zip(decay, scores, strict=True)) / window,
        "friction": 30 * sum(c * max(-x, 0) for c, x in zip(decay, scores, strict=True)) / window,
        "volume": sum(decay) / window,
        "n_events": ages.count(0),
    }


def counts(row: dict[str, str], dyad: str, domain: str) -> bool:
    """Whether an act is in a series: on or before the day, of the domain, of the pair or its doer; a mutual act has two doers."""
    if row["event_date"] > DAY.isoformat() or domain not in ("all", row["domain"]):
        return False
    is_mutual = CODES[row["cameo_code"]]["is_mutual"] == "true"
    return "-" in dyad or is_mutual or dyad == f"{row['source_actor']}>{row['target_actor']}"


def score_of(code: str) -> float:
    return next(SCORES[code[:length]] for length in (4, 3, 2) if code[:length] in SCORES)


def evidence(decay: list[float]) -> float:
    return 1.5 * sum(decay) ** 2 / sum(decay) if decay else 0.0  # weights are 1, so Σ c n² is Σ c


def balance(name: str, evidence_name: str, decay: list[float], signs: list[float]) -> dict[str, float]:
    e = evidence(decay)
    if e < 1:
        return {evidence_name: e, name: math.nan, f"{name}_low": math.nan, f"{name}_high": math.nan}
    b = sum(c * s for c, s in zip(decay, signs, strict=True)) / (sum(decay) + KAPPA)
    v = (sum(c * (s - b) ** 2 for c, s in zip(decay, signs, strict=True)) + KAPPA) / (sum(decay) + KAPPA)
    half = 196 * math.sqrt(v / (e + KAPPA))
    return {evidence_name: e, name: 100 * b, f"{name}_low": max(100 * b - half, -100), f"{name}_high": min(100 * b + half, 100)}


def intensity(decay: list[float], scores: list[float]) -> dict[str, float]:
    e = evidence(decay)
    if e < 1:
        return {"intensity": math.nan, "intensity_low": math.nan, "intensity_high": math.nan}
    i = sum(c * g for c, g in zip(decay, scores, strict=True)) / (sum(decay) + KAPPA)
    v = (sum(c * (g - i) ** 2 for c, g in zip(decay, scores, strict=True)) + 100 * KAPPA) / (sum(decay) + KAPPA)
    half = 1.96 * math.sqrt(v / (e + KAPPA))
    return {"intensity": i, "intensity_low": max(i - half, -10), "intensity_high": min(i + half, 10)}
