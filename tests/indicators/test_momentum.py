"""Momentum, recomputed in plain Python from the stories, on five dates of three pairs."""

import math
from datetime import date, timedelta

import pytest

from dashboard import snapshots
from dashboard.refresh import refresh
from dashboard.warehouse import connect

Z, KAPPA = 1.96, 1.96**2
DAYS = (date(2019, 6, 10), date(2021, 5, 3), date(2025, 3, 28), date(2025, 4, 15), date(2025, 8, 1))


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    data = tmp_path_factory.mktemp("momentum") / "data"
    assert refresh(data).exit_code == 0
    with connect(snapshots.current(data)) as connection:
        yield connection


@pytest.mark.parametrize("dyad", ["MEX-USA", "CAN-USA", "SLV-USA"])
@pytest.mark.parametrize("day", DAYS)
def test_momentum_equals_the_calculation_by_hand(snapshot, dyad, day):
    columns = "momentum, momentum_low, momentum_high, momentum_state"
    source = f"series('chronology', '{dyad}', 'all', 90)"
    found = snapshot.execute(f"select {columns} from {source} where day = date '{day}'").fetchone()
    stories = snapshot.execute(
        f"select day, s, n from core.story_day where dataset = 'chronology' and dyad = '{dyad}' and domain = 'all'"
    ).fetchall()
    late = level(stories, day - timedelta(days=27), day)
    early = level(stories, day - timedelta(days=55), day - timedelta(days=28))
    evidence = min(late[2], early[2])
    if evidence < 1:
        assert found == (None, None, None, "too few")
        return
    change, half = 100 * (late[0] - early[0]), 100 * Z * math.sqrt(late[1] + early[1])
    assert found[:3] == pytest.approx((change, max(change - half, -200), min(change + half, 200)), abs=1e-9)
    assert found[3] == ("thin" if evidence < 10 else "ok")


def level(stories, first: date, last: date) -> tuple[float, float, float]:
    """(balance as a share, its variance, evidence) of the stories of a window."""
    chosen = [(s, n) for day, s, n in stories if first <= day <= last]
    weight, squares = sum(n for _, n in chosen), sum(n * n for _, n in chosen)
    share = sum(s for s, _ in chosen) / (weight + KAPPA)
    evidence = weight * weight / squares if squares else 0.0
    spread = (sum((s - share * n) ** 2 for s, n in chosen) + KAPPA) / (squares + KAPPA)
    return share, spread / (evidence + KAPPA), evidence
