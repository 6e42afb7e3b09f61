"""Issue linkage: counts against plain loops, planted links found, shuffled dates quiet."""

import numpy as np
import pytest

from bilateral.compute.statistics import linkage

SPAN = (0, 3000)


def rows(cases: dict[tuple, list[int]], span: tuple[int, int] = SPAN) -> dict[str, np.ndarray]:
    lines = [(*sort, day) for sort, days in cases.items() for day in days]
    columns = dict(zip(("direction", "domain", "sign", "day_no"), map(list, zip(*lines, strict=True)), strict=True))
    texts = {name: np.array(columns[name], dtype=object) for name in ("direction", "domain")}
    numbers = {name: np.array(columns[name]) for name in ("sign", "day_no")}
    size = len(lines)
    ends = {"first_no": np.full(size, span[0]), "last_no": np.full(size, span[1])}
    return (
        {"dataset": np.array(["wire"] * size, dtype=object), "dyad": np.array(["A-B"] * size, dtype=object)}
        | texts
        | numbers
        | ends
    )


def random_cases(seed: int, sorts: int = 6, bursts: bool = False) -> dict[tuple, list[int]]:
    random = np.random.default_rng(seed)
    cases = {}
    for number in range(sorts):
        days = random.integers(0, 3001, random.integers(10, 40))
        if bursts:
            days = (days[::4, np.newaxis] + random.integers(0, 25, (len(days[::4]), 4))).ravel()
        cases["A>B" if number % 2 else "B>A", f"domain{number // 2}", -1] = sorted(set(np.clip(days, 0, 3000).tolist()))
    return cases


@pytest.mark.parametrize("seed", [1, 2])
def test_counts_are_those_of_plain_loops(seed):
    cases = random_cases(seed)
    for *_, d1, m1, s1, d2, m2, s2, days, n_cases, n_second, followed, expected, p, _ in linkage.links(rows(cases)):
        firsts = [day for day in cases[d1, m1, s1] if day + days <= SPAN[1]]
        seconds = cases[d2, m2, s2]
        hits = sum(any(day < other <= day + days for other in seconds) for day in firsts)
        assert (n_cases, n_second) == (len(firsts), len(seconds))
        assert followed == pytest.approx(hits / len(firsts))
        assert 0 <= expected <= 1
        assert 0 < p <= 1


def test_every_ordered_pair_of_different_sorts_and_every_window_is_there_once():
    found = [link[2:9] for link in linkage.links(rows(random_cases(3)))]
    assert len(found) == len(set(found)) == 6 * 5 * len(linkage.WINDOWS)


def test_a_planted_answer_is_found_in_its_direction_alone():
    random = np.random.default_rng(5)
    first = sorted(random.choice(2900, 30, replace=False).tolist())
    answers = [day + int(random.integers(1, 6)) for day in first[::2]]
    cases = random_cases(6) | {("A>B", "planted", -1): first, ("B>A", "planted", -1): sorted(set(answers))}
    links = {
        (link[3], link[6], link[8]): link[-2] for link in linkage.links(rows(cases)) if link[2] == "A>B" or link[3] == "planted"
    }
    assert links["planted", "planted", 7] <= 0.001
    backwards = [
        link[-2] for link in linkage.links(rows(cases)) if link[2:4] == ("B>A", "planted") and link[5:7] == ("A>B", "planted")
    ]
    assert min(backwards) > 0.01


def test_answers_are_the_same_each_time():
    assert linkage.links(rows(random_cases(7))) == linkage.links(rows(random_cases(7)))


def test_shuffled_dates_stay_within_the_covered_days():
    days = linkage.reflected(np.arange(-90, 3091), SPAN)
    assert (days.min(), days.max()) == SPAN
    assert linkage.reflected(np.array([-3, 3005]), SPAN).tolist() == [3, 2995]
    assert linkage.reflected(np.array([-50, 70]), (0, 5)).min() >= 0


@pytest.mark.parametrize("bursts", [False, True], ids=["spread", "in bursts"])
def test_independent_sorts_are_rarely_called_linked(bursts):
    ps = np.array([link[-2] for seed in range(8) for link in linkage.links(rows(random_cases(100 + seed, bursts=bursts)))])
    print(f"\nindependent sorts {'in bursts' if bursts else 'spread'}: p <= .05 in {np.mean(ps <= 0.05):.1%} of {len(ps)} links")
    assert np.mean(ps <= 0.05) <= 0.075
