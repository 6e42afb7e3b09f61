"""Every indicator of five days of three pairs, by hand: numpy on the seed files, another pair of hands than the SQL. They agree to 1e-9."""

import csv
import math
from datetime import date
from functools import cache

import numpy as np
import pytest

from material import ROOT, same_rows

PAIRS = ("MEX-USA", "CAN-USA", "SLV-USA")
DAYS = (date(2019, 6, 10), date(2021, 5, 3), date(2025, 3, 28), date(2025, 4, 15), date(2025, 8, 1))
DIRECTIONS = [direction for pair in PAIRS for direction in (f"{pair[:3]}>{pair[4:]}", f"{pair[4:]}>{pair[:3]}")]
Z, KAPPA = 1.96, 1.96**2
"""κ is the weight of the pseudo-evidence. Each act of the chronology has one article, so weighs 1 and is a story of its own."""
GAP, LONGEST = 14, 28
"""Days within which pages of a happening follow each other, and days after its first page on which it ends."""
FEW, THIN, LEFT = 2, 10, 1
"""Happenings, below: no index, nothing claimed; weight, below: no index."""
BANDED = {"balance": 100, "words": 100, "deeds": 100, "intensity": 10, "momentum": 200, "asymmetry": 200, "adjusted": 200}
"""Indicators with a band, and where their range ends."""


def test_the_balance_of_the_week_of_the_seed_article_is_what_the_method_says(snapshot):
    row = asked(snapshot, "MEX-USA", "all", 30)[DAYS[2]]
    half_width = (row["balance_high"] - row["balance_low"]) / 2
    assert (round(row["balance"], 2), round(half_width, 2), round(row["evidence"], 1)) == (0.51, 31.44, 8.4)


@pytest.mark.parametrize("half_life", [7, 90, 365])
@pytest.mark.parametrize("dyad", [*PAIRS, *DIRECTIONS])
def test_every_indicator_of_five_days_equals_the_calculation_by_hand(snapshot, dyad, half_life):
    agree(snapshot, dyad, "all", half_life)


@pytest.mark.parametrize("mutual", ["both", "coded", "none"])
@pytest.mark.parametrize("dyad", [*PAIRS, *DIRECTIONS])
def test_every_indicator_equals_the_calculation_by_hand_however_mutual_acts_count(snapshot, dyad, mutual):
    agree(snapshot, dyad, "all", 90, mutual)


def test_the_week_of_the_seed_article_depends_on_how_mutual_acts_count(snapshot):
    found = {
        mutual: asked(snapshot, "USA>MEX", "all", 30, mutual)[DAYS[2]]["balance"] for mutual in ("apart", "both", "coded", "none")
    }
    assert {mutual: round(balance) for mutual, balance in found.items()} == {"apart": -38, "both": 3, "coded": -20, "none": -38}


@pytest.mark.parametrize(
    ("dyad", "mutual"), [("USA>MEX", "none"), ("USA>MEX", "apart"), ("MEX-USA", "both"), ("MEX-USA", "apart")]
)
def test_a_direction_is_what_its_doer_did_alone_and_a_pair_has_all_acts(snapshot, dyad, mutual):
    plain = snapshot.execute(f"from series('chronology', '{dyad}', 'all', 90) order by day").fetchall()
    call = f"series_mutual('chronology', '{dyad}', 'all', 90, '{mutual}')"
    assert same_rows(plain, snapshot.execute(f"from {call} order by day").fetchall())


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


def agree(snapshot, dyad: str, domain: str, half_life: int, mutual: str = "apart") -> None:
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


def asked(snapshot, dyad: str, domain: str, half_life: int, mutual: str = "apart") -> dict[date, dict]:
    """Rows of the five days by day."""
    days = ", ".join(f"date '{day}'" for day in DAYS)
    keys = f"'chronology', '{dyad}', '{domain}', {half_life}"
    call = f"series({keys}, for_compared := true)"
    if mutual != "apart":
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


WEAKEST_DEED = min(score for code, score in SCORES.items() if code[:2] in ("06", "07", "08"))


def score_of(code: str) -> float:
    """The table's score; 0 where its sign contradicts the kind, and a promise no more than the weakest deed of cooperation."""
    listed = next(SCORES[code[:length]] for length in (4, 3, 2) if code[:length] in SCORES)
    if listed * float(CODES[code]["sign"]) < 0:
        return 0.0
    return min(listed, WEAKEST_DEED) if code.startswith("03") else listed


def runs(rows: list[tuple[date, str, str]]) -> dict[str, str]:
    """Of (day, name, key) the name of the first of the same key that each belongs to: near to the one before, and no later than four weeks."""
    found, last, start, first = {}, {}, {}, {}
    for day, name, key in sorted(rows):
        if key not in last or (day - last[key]).days > GAP:
            start[key] = day
        piece = (day - start[key]).days // LONGEST
        last[key] = day
        found[name] = first.setdefault((key, start[key], piece), name)
    return found


@cache
def happenings(pair: str) -> dict[str, str]:
    """The happening of each act of a pair: acts of one page, then pages of one subject."""
    rows = {row["event_id"]: row for row in ACTS if pair_of(row) == pair}
    day = {name: date.fromisoformat(row["event_date"]) for name, row in rows.items()}
    pages = runs([(day[name], name, row["source_url"] or row["source_title"] or name) for name, row in rows.items()])
    subjects = runs([(day[name], name, rows[name]["domain"]) for name in set(pages.values())])
    return {name: subjects[page] for name, page in pages.items()}


class Acts:
    """The acts of a series as arrays: age on a day, sign, score, word or deed, number of the happening."""

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
        names = [happenings(self.pair)[row["event_id"]] for row in mine]
        self.happening = np.array([sorted(set(names)).index(name) for name in names], dtype=int)
        self.is_word = np.array([CODES[code]["kind"].startswith("verbal") for code in codes], dtype=bool)

    @staticmethod
    def counts(row: dict[str, str], dyad: str, mutual: str) -> bool:
        """For the pair all; for a direction those of its doer; mutual acts, which have two doers, in no direction unless they are asked for."""
        is_mutual = CODES[row["cameo_code"]]["is_mutual"] == "true"
        if is_mutual and (mutual == "none" or (mutual == "apart" and ">" in dyad)):
            return False
        return "-" in dyad or (is_mutual and mutual == "both") or dyad == f"{row['source_actor']}>{row['target_actor']}"

    def decay(self, number: float, half_life: int) -> np.ndarray:
        age = number - self.day
        return np.where(age >= 0, 2.0 ** (-np.maximum(age, 0) / half_life), 0.0)


@cache
def acts(dyad: str, domain: str, mutual: str) -> Acts:
    return Acts(dyad, domain, mutual)


def level(c: np.ndarray, x: np.ndarray, happening: np.ndarray, widest: float = 1.0) -> tuple[float, float, float, float]:
    """(mean leaning to 0, its variance, evidence, weight) of values x with weights c, where an act's own weight is 1."""
    total = c.sum()
    mean = (c * x).sum() / (total + KAPPA)
    if not total:
        return mean, math.nan, 0.0, 0.0
    weights = np.bincount(happening, c)
    bare = (c * x).sum() / total
    distances = np.bincount(happening, c * x) - weights * bare
    evidence = round(total**2 / (weights**2).sum(), 10)
    chance = (distances**2).sum() / (weights**2).sum() * (evidence + 2 * math.sqrt(evidence)) / (evidence + KAPPA) ** 2
    leaning, faded = bare * KAPPA / (evidence + KAPPA), widest * (KAPPA / (total + KAPPA)) ** 2
    return mean, chance + leaning**2 + faded**2 / KAPPA, evidence, total


def window(number: int, half_life: int) -> float:
    """Σ c over the read days since the first event: the chronology has no gaps."""
    return (2.0 ** (-np.arange(number + 1) / half_life)).sum()


def state(evidence: float, weight: float, number: int, half_life: int) -> str:
    kernel = window(number, half_life) * (1 - 2 ** (-1 / half_life))
    if is_too_few(evidence, weight):
        return "too few"
    return "partial" if kernel < 0.8 else "thin" if evidence < THIN or weight < KAPPA else "ok"


def is_too_few(evidence: float, weight: float) -> bool:
    return evidence < FEW or weight < LEFT


def banded(name: str, value: float | None, variance: float) -> dict[str, float | None]:
    if value is None:
        return dict.fromkeys((name, f"{name}_low", f"{name}_high"))
    end, half = BANDED[name], Z * math.sqrt(variance)
    return {name: value, f"{name}_low": max(value - half, -end), f"{name}_high": min(value + half, end)}


def by_hand(dyad: str, domain: str, half_life: int, day: date, mutual: str) -> dict[str, float | str | None]:
    mine = acts(dyad, domain, mutual)
    number = (day - mine.first).days
    c = mine.decay(number, half_life)
    _, _, evidence, weight = level(c, mine.sign, mine.happening)
    own_state = state(evidence, weight, number, half_life)
    found: dict[str, float | str | None] = {"state": own_state, "evidence": evidence, "volume_permille": None}
    for name, chosen in (("balance", np.full(len(c), True)), ("words", mine.is_word), ("deeds", ~mine.is_word)):
        mean, variance, own, left = level(c[chosen], mine.sign[chosen], mine.happening[chosen])
        found |= banded(name, None if is_too_few(own, left) else 100 * mean, 1e4 * variance)
        if name != "balance":
            found |= {f"{name}_evidence": own, f"{name}_state": state(own, left, number, half_life)}
    mean, variance, *_ = level(c, mine.score, mine.happening, widest=10)
    found |= banded("intensity", None if own_state == "too few" else mean, variance)
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
    (one, one_variance, few, n), (other, other_variance, fewer, m) = (level(c, mine.sign, mine.happening) for c in (late, early))
    least = min(few, fewer)
    is_few, is_thin = least < FEW or min(n, m) < LEFT, least < THIN or min(n, m) < KAPPA
    return {
        **banded("momentum", None if is_few else 100 * (one - other), 1e4 * (one_variance + other_variance)),
        "momentum_state": "too few" if is_few else "thin" if is_thin else "ok",
    }


def rank(mine: Acts, number: int, half_life: int, own_state: str) -> dict:
    balances = []
    for earlier in range(number + 1):
        mean, _, evidence, weight = level(mine.decay(earlier, half_life), mine.sign, mine.happening)
        balances.append(math.nan if is_too_few(evidence, weight) else mean)
    past = np.array(balances[:-1])
    broken = break_of(mine.pair)
    if broken and (broken - mine.first).days <= number:
        past = past[(broken - mine.first).days :]
    past = past[~np.isnan(past)]
    if own_state == "too few" or not len(past):
        return {"rank": None, "rank_state": "too few"}
    return {
        "rank": 100 * (past < balances[-1]).mean(),
        "rank_state": "thin" if own_state == "ok" and len(past) < 365 else own_state,
    }


@cache
def break_of(pair: str) -> date | None:
    """First of the month that best splits the pair's acts into two rates, a year from either end and 2.5 times apart at least."""
    days = np.array(sorted(date.fromisoformat(row["event_date"]).toordinal() for row in ACTS if pair_of(row) == pair))
    found = (10.0, None)
    for month in {date.fromordinal(int(day)).replace(day=1) for day in days}:
        one, other = month.toordinal() - days[0], days[-1] - month.toordinal() + 1
        n, m = int((days < month.toordinal()).sum()), int((days >= month.toordinal()).sum())
        if min(one, other) >= 365 and n:
            gain = n * math.log(n / one) + m * math.log(m / other) - len(days) * math.log(len(days) / (one + other))
            if gain >= found[0]:
                ratio = (m / other) / (n / one)
                found = gain, month if max(ratio, 1 / ratio) >= 2.5 else None
    return found[1]


def tension(mine: Acts, number: int, half_life: int, own_state: str) -> dict:
    length = max(28, half_life)
    shares, sizes = [], []
    for back in range(13):
        within = (mine.day > number - (back + 1) * length) & (mine.day <= number - back * length)
        scores = mine.score[within]
        _, of_one_day = np.unique(np.column_stack([mine.day, mine.happening])[within], axis=0, return_counts=True)
        points = np.abs(scores).sum()
        told = number - (back + 1) * length >= -1 and points > 0
        shares.append(-scores[scores < 0].sum() / points if told else math.nan)
        sizes.append(len(scores) ** 2 / (of_one_day**2).sum() if told else 0)
    share, size = shares[0], sizes[0]
    past, weights = np.array([x for x in shares[1:] if not math.isnan(x)]), np.array([n for n in sizes[1:] if n])
    windows = weights.sum() ** 2 / (weights**2).sum() if len(weights) else 0
    nothing = {"tension": None, "tension_windows": None, "tension_state": "too few"}
    if number < 9 * length - 1 or windows < 4 or math.isnan(share):
        return nothing
    normal = np.average(past, weights=weights)
    leaning = ((weights * past).sum() + KAPPA / 2) / (weights.sum() + KAPPA)
    of_one, typical = leaning * (1 - leaning), weights.mean()
    variance = np.average((past - normal) ** 2, weights=weights) * windows / (windows - 1)
    spread = max(variance, of_one / typical) + max(of_one / size - of_one / typical, 0)
    tension = (share - normal) / math.sqrt(spread * (1 + 1 / windows))
    return {
        "tension": tension,
        "tension_windows": windows,
        "tension_state": "thin" if own_state == "too few" else own_state,
    }


def asymmetry(mine: Acts, domain: str, half_life: int, number: int, mutual: str) -> dict:
    one, other = mine.pair.split("-")
    levels = [acts(dyad, domain, mutual) for dyad in (f"{one}>{other}", f"{other}>{one}")]
    (forth, v, few, n), (back, w, fewer, m) = (level(side.decay(number, half_life), side.sign, side.happening) for side in levels)
    is_few = is_too_few(few, n) or is_too_few(fewer, m)
    return {
        **banded("asymmetry", None if is_few else 100 * (forth - back), 1e4 * (v + w)),
        "asymmetry_state": "too few" if is_few else state(min(few, fewer), min(n, m), number, half_life),
    }


def adjusted(dyad: str, domain: str, half_life: int, day: date, mutual: str) -> dict:
    actor = dyad[:3]
    partners = [pair.replace(actor, "").strip("-") for pair, compare in CONFIGURED.items() if actor in compare.split()]
    others = []
    for partner in partners:
        if partner != dyad[4:]:
            other = acts(f"{actor}>{partner}", domain, mutual)
            mean, variance, evidence, left = level(other.decay((day - other.first).days, half_life), other.sign, other.happening)
            if not is_too_few(evidence, left) and other.first <= day:
                others.append((100 * mean, 1e4 * variance, evidence))
    mine = acts(dyad, domain, mutual)
    number = (day - mine.first).days
    mean, variance, evidence, left = level(mine.decay(number, half_life), mine.sign, mine.happening)
    m = len(others)
    if m < 3 or is_too_few(evidence, left):
        return {**banded("adjusted", None, 0), "n_compared": m, "adjusted_state": "too few"}
    balances, variances, counts = map(np.array, zip(*others, strict=True))
    least = min(evidence, m * m / (1 / counts).sum())
    own = state(evidence, left, number, half_life)
    return {
        **banded("adjusted", 100 * mean - balances.mean(), 1e4 * variance + variances.sum() / m**2),
        "n_compared": m,
        "adjusted_state": "ok" if own == "ok" and least >= THIN else "thin" if own in ("ok", "thin") else own,
    }
