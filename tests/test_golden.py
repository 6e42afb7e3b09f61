"""Every indicator of five days of three pairs, by hand: numpy on the seed files, another pair of hands than the SQL. They agree to 1e-9."""

import csv
import math
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest
from material import ROOT, same_rows

PAIRS = ("MEX-USA", "CAN-USA", "SLV-USA")
DAYS = (date(2019, 6, 10), date(2021, 5, 3), date(2025, 3, 28), date(2025, 4, 15), date(2025, 8, 1))
DIRECTIONS = [direction for pair in PAIRS for direction in (f"{pair[:3]}>{pair[4:]}", f"{pair[4:]}>{pair[:3]}")]
Z, KAPPA = 1.96, 1.96**2
"""κ is the weight of the pseudo-evidence. Each act of the chronology has one article, so weighs 1 and is a story of its own."""
BANDED = {"balance": 100, "words": 100, "deeds": 100, "intensity": 10, "momentum": 200, "asymmetry": 200, "adjusted": 200}
"""Indicators with a band, and where their range ends."""


def test_the_balance_of_the_week_of_the_seed_article_is_what_the_method_says(snapshot):
    row = asked(snapshot, "MEX-USA", "all", 30)[DAYS[2]]
    half_width = (row["balance_high"] - row["balance_low"]) / 2
    assert (round(row["balance"], 2), round(half_width, 2), round(row["evidence"], 1)) == (8.43, 31.68, 34.1)


@pytest.mark.parametrize("half_life", [7, 90, 365])
@pytest.mark.parametrize("dyad", [*PAIRS, *DIRECTIONS])
def test_every_indicator_of_five_days_equals_the_calculation_by_hand(snapshot, dyad, half_life):
    agree(snapshot, dyad, "all", half_life)


@pytest.mark.parametrize("mutual", ["coded", "none"])
@pytest.mark.parametrize("dyad", [*PAIRS, *DIRECTIONS])
def test_every_indicator_equals_the_calculation_by_hand_however_mutual_acts_count(snapshot, dyad, mutual):
    agree(snapshot, dyad, "all", 90, mutual)


def test_the_week_of_the_seed_article_depends_on_how_mutual_acts_count(snapshot):
    found = {mutual: asked(snapshot, "USA>MEX", "all", 30, mutual)[DAYS[2]]["balance"] for mutual in ("both", "coded", "none")}
    assert {mutual: round(balance) for mutual, balance in found.items()} == {"both": 15, "coded": -8, "none": -28}


def test_mutual_acts_in_both_directions_are_the_plain_series(snapshot):
    plain = snapshot.execute("from series('chronology', 'USA>MEX', 'all', 90) order by day").fetchall()
    assert same_rows(
        plain, snapshot.execute("from series_mutual('chronology', 'USA>MEX', 'all', 90, 'both') order by day").fetchall()
    )


@pytest.mark.parametrize(("domain", "half_life"), [("trade", 30), ("migration", 90), ("security", 365)])
@pytest.mark.parametrize("dyad", ["MEX-USA", "USA>MEX", "MEX>USA", "SLV-USA"])
def test_every_indicator_of_one_domain_equals_the_calculation_by_hand(snapshot, dyad, domain, half_life):
    agree(snapshot, dyad, domain, half_life)


@pytest.mark.parametrize("dyad", ["MEX-USA", "USA>MEX"])
def test_the_kept_table_equals_the_series_computed_when_asked(snapshot, dyad):
    kept = snapshot.execute(f"from indicator_day where dataset = 'chronology' and dyad = '{dyad}' order by day").fetchall()
    call = f"series('chronology', '{dyad}', 'all', 90, for_compared := true)"
    asked_now = snapshot.execute(f"from {call} order by day").fetchall()
    assert len(kept) > 3000
    assert same_rows(kept, asked_now)


def test_what_needs_other_series_says_so_when_it_was_not_asked_for(snapshot):
    for dyad, name in (("MEX-USA", "asymmetry"), ("USA>MEX", "adjusted")):
        found = snapshot.execute(
            f"select distinct {name}, {name}_state from series('chronology', '{dyad}', 'all', 90)"
        ).fetchall()
        assert found == [(None, "not asked")]


def agree(snapshot, dyad: str, domain: str, half_life: int, mutual: str = "both") -> None:
    rows = asked(snapshot, dyad, domain, half_life, mutual)
    days = [day for day in DAYS if day in rows]
    assert len(days) >= 3
    for day in days:
        expected = by_hand(dyad, domain, half_life, day, mutual)
        found = {name: rows[day][name] for name in expected}
        assert {name: value for name, value in found.items() if isinstance(value, str)} == {
            name: value for name, value in expected.items() if isinstance(value, str)
        }, day
        assert numbers(found) == pytest.approx(numbers(expected), abs=1e-9, nan_ok=True), day


def numbers(values: dict) -> dict:
    return {name: math.nan if value is None else value for name, value in values.items() if not isinstance(value, str)}


def asked(snapshot, dyad: str, domain: str, half_life: int, mutual: str = "both") -> dict[date, dict]:
    """Rows of the five days by day."""
    days = ", ".join(f"date '{day}'" for day in DAYS)
    keys = f"'chronology', '{dyad}', '{domain}', {half_life}"
    call = f"series({keys}, for_compared := true)"
    if mutual != "both":
        call = f"series_mutual({keys}, '{mutual}', for_compared := true)"
    cursor = snapshot.execute(f"from {call} where day in ({days})")
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row["day"]: row for row in rows}


# ------------------------------------------------------------------ by hand


def seed(name: str) -> list[dict[str, str]]:
    with (ROOT / "seeds" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CODES = {row["code"]: row for row in seed("event_codes.csv")}
SCORES = {row["code"]: float(row["score"]) for row in seed("score_tables.csv") if row["score_table"] == "goldstein-gdelt"}
ACTS = [row for path in sorted((ROOT / "seeds" / "chronology").glob("*.csv")) for row in seed(f"chronology/{path.name}")]
CONFIGURED = {row["dyad"]: row["compare"] for row in seed("dyads.csv")}


def pair_of(row: dict[str, str]) -> str:
    return "-".join(sorted((row["source_actor"], row["target_actor"])))


def score_of(code: str) -> float:
    return next(SCORES[code[:length]] for length in (4, 3, 2) if code[:length] in SCORES)


class Acts:
    """The acts of a series as arrays: age on a day, sign, score, word or deed."""

    def __init__(self, dyad: str, domain: str, mutual: str):
        self.pair = dyad if "-" in dyad else "-".join(sorted(dyad.split(">")))
        days = [date.fromisoformat(row["event_date"]) for row in ACTS if pair_of(row) == self.pair]
        self.first, self.last = min(days), max(days)
        mine = [
            row
            for row in ACTS
            if pair_of(row) == self.pair and domain in ("all", row["domain"]) and self.counts(row, dyad, mutual)
        ]
        codes = [row["cameo_code"] for row in mine]
        self.day = np.array([(date.fromisoformat(row["event_date"]) - self.first).days for row in mine], dtype=float)
        self.sign = np.array([float(CODES[code]["sign"]) for code in codes])
        self.score = np.array([score_of(code) for code in codes])
        self.is_word = np.array([CODES[code]["kind"].startswith("verbal") for code in codes], dtype=bool)

    @staticmethod
    def counts(row: dict[str, str], dyad: str, mutual: str) -> bool:
        """For the pair all; for a direction those of its doer, and mutual acts, which have two doers; unless these are left out."""
        is_mutual = CODES[row["cameo_code"]]["is_mutual"] == "true"
        if is_mutual and mutual == "none":
            return False
        return "-" in dyad or (is_mutual and mutual == "both") or dyad == f"{row['source_actor']}>{row['target_actor']}"

    def decay(self, number: float, half_life: int) -> np.ndarray:
        age = number - self.day
        return np.where(age >= 0, 2.0 ** (-np.maximum(age, 0) / half_life), 0.0)


@cache
def acts(dyad: str, domain: str, mutual: str) -> Acts:
    return Acts(dyad, domain, mutual)


def level(c: np.ndarray, x: np.ndarray, prior: float = 1.0, factor: float = 1.5) -> tuple[float, float, float]:
    """(mean leaning to 0, its variance, evidence) of values x with weights c, where an act's own weight is 1."""
    total = c.sum()
    evidence = factor * total**2 / total if total else 0.0
    mean = (c * x).sum() / (total + KAPPA)
    variance = ((c * (x - mean) ** 2).sum() + prior * KAPPA) / (total + KAPPA) / (evidence + KAPPA)
    return mean, variance, evidence


def window(number: int, half_life: int) -> float:
    """Σ c over the read days since the first event: the chronology has no gaps."""
    return (2.0 ** (-np.arange(number + 1) / half_life)).sum()


def state(evidence: float, number: int, half_life: int) -> str:
    kernel = window(number, half_life) * (1 - 2 ** (-1 / half_life))
    return "too few" if evidence < 1 else "partial" if kernel < 0.8 else "thin" if evidence < 10 else "ok"


def banded(name: str, value: float | None, variance: float) -> dict[str, float | None]:
    if value is None:
        return dict.fromkeys((name, f"{name}_low", f"{name}_high"))
    end, half = BANDED[name], Z * math.sqrt(variance)
    return {name: value, f"{name}_low": max(value - half, -end), f"{name}_high": min(value + half, end)}


def by_hand(dyad: str, domain: str, half_life: int, day: date, mutual: str) -> dict[str, float | str | None]:
    mine = acts(dyad, domain, mutual)
    number = (day - mine.first).days
    c = mine.decay(number, half_life)
    _, _, evidence = level(c, mine.sign)
    own_state = state(evidence, number, half_life)
    found: dict[str, float | str | None] = {"state": own_state, "evidence": evidence, "volume_permille": None}
    for name, chosen in (("balance", np.full(len(c), True)), ("words", mine.is_word), ("deeds", ~mine.is_word)):
        mean, variance, stories = level(c[chosen], mine.sign[chosen])
        found |= banded(name, 100 * mean if stories >= 1 else None, 1e4 * variance)
        if name != "balance":
            found |= {f"{name}_evidence": stories, f"{name}_state": state(stories, number, half_life)}
    mean, variance, _ = level(c, mine.score, prior=100)
    found |= banded("intensity", mean if evidence >= 1 else None, variance)
    days = window(number, half_life)
    found["cooperation"] = 30 * (c * np.maximum(mine.score, 0)).sum() / days
    found["friction"] = 30 * (c * np.maximum(-mine.score, 0)).sum() / days
    found["volume"] = c.sum() / days
    found["n_events"] = found["n_stories"] = int((mine.day == number).sum())
    found |= momentum(mine, number, half_life)
    found |= rank(mine, number, half_life, own_state)
    found |= tension(mine, number, half_life, own_state)
    found |= asymmetry(mine, domain, half_life, number, mutual) if "-" in dyad else adjusted(dyad, domain, half_life, day, mutual)
    return found


def momentum(mine: Acts, number: int, half_life: int) -> dict:
    late = ((mine.day > number - 28) & (mine.day <= number)).astype(float)
    early = ((mine.day > number - 56) & (mine.day <= number - 28)).astype(float)
    (one, one_variance, few), (other, other_variance, fewer) = (level(c, mine.sign, factor=1) for c in (late, early))
    least = min(few, fewer)
    return {
        **banded("momentum", 100 * (one - other) if least >= 1 else None, 1e4 * (one_variance + other_variance)),
        "momentum_state": "too few" if least < 1 else "thin" if least < 10 else "ok",
    }


def rank(mine: Acts, number: int, half_life: int, own_state: str) -> dict:
    balances = []
    for earlier in range(number + 1):
        mean, _, evidence = level(mine.decay(earlier, half_life), mine.sign)
        balances.append(mean if evidence >= 1 else math.nan)
    past = np.array(balances[:-1])
    past = past[~np.isnan(past)]
    if own_state == "too few" or not len(past):
        return {"rank": None, "rank_state": "too few"}
    return {
        "rank": 100 * (past < balances[-1]).mean(),
        "rank_state": "thin" if own_state == "ok" and len(past) < 365 else own_state,
    }


def tension(mine: Acts, number: int, half_life: int, own_state: str) -> dict:
    def x(on: int) -> float:
        friction = (mine.decay(on, half_life) * np.maximum(-mine.score, 0)).sum()
        return math.log(1 + 30 * friction / window(on, half_life))

    mondays = [on for on in range(number - 1, -1, -1) if (mine.first + timedelta(on)).weekday() == 0][:104]
    past = np.array([x(on) for on in mondays])
    middle = np.median(past) if len(past) else math.nan
    spread = np.median(np.abs(past - middle)) if len(past) else 0
    if len(past) < 52 or spread < 0.05:
        return {"tension": None, "tension_state": "too few"}
    return {"tension": (x(number) - middle) / (1.4826 * spread), "tension_state": "thin" if own_state == "too few" else own_state}


def asymmetry(mine: Acts, domain: str, half_life: int, number: int, mutual: str) -> dict:
    one, other = mine.pair.split("-")
    levels = [acts(dyad, domain, mutual) for dyad in (f"{one}>{other}", f"{other}>{one}")]
    (forth, v, few), (back, w, fewer) = (level(side.decay(number, half_life), side.sign) for side in levels)
    least = min(few, fewer)
    return {
        **banded("asymmetry", 100 * (forth - back) if least >= 1 else None, 1e4 * (v + w)),
        "asymmetry_state": state(least, number, half_life),
    }


def adjusted(dyad: str, domain: str, half_life: int, day: date, mutual: str) -> dict:
    actor = dyad[:3]
    partners = [pair.replace(actor, "").strip("-") for pair, compare in CONFIGURED.items() if actor in compare.split()]
    others = []
    for partner in partners:
        if partner != dyad[4:]:
            other = acts(f"{actor}>{partner}", domain, mutual)
            mean, variance, evidence = level(other.decay((day - other.first).days, half_life), other.sign)
            if evidence >= 1 and other.first <= day <= other.last:
                others.append((100 * mean, 1e4 * variance, evidence))
    mine = acts(dyad, domain, mutual)
    number = (day - mine.first).days
    mean, variance, evidence = level(mine.decay(number, half_life), mine.sign)
    m = len(others)
    if m < 3 or evidence < 1:
        return {**banded("adjusted", None, 0), "n_compared": m, "adjusted_state": "too few"}
    balances, variances, stories = map(np.array, zip(*others, strict=True))
    least = min(evidence, m * m / (1 / stories).sum())
    own = state(evidence, number, half_life)
    return {
        **banded("adjusted", 100 * mean - balances.mean(), 1e4 * variance + variances.sum() / m**2),
        "n_compared": m,
        "adjusted_state": "partial" if own == "partial" else "thin" if least < 10 else "ok",
    }
