"""Decayed sums against the plain sum, over gaps and over more half-lives than a double can hold."""

import math
from datetime import date, timedelta

FIRST = date(1966, 1, 1)


def decayed(
    run_model, days: dict[int, float], last: int, half_life: int, unread: frozenset[int] = frozenset()
) -> list[list[str]]:
    series = f"x  MEX-USA  all  {half_life}"
    calendar = ["series_no  dataset  dyad  domain  half_life_days  day  day_no  is_covered  block  growth"]
    for number in range(last + 1):
        block, age = divmod(number, 400 * half_life)
        calendar.append(
            f"1  {series}  {FIRST + timedelta(number)}  {number}  {number not in unread}  {block}  {2 ** (age / half_life)}"
        )
    sums = ["dataset  dyad  domain  day  lag  s  n"]
    sums += [f"x  MEX-USA  all  {FIRST + timedelta(number)}  0  {value}  {abs(value)}" for number, value in days.items()]
    columns = ("decayed_s", "decayed_n", "decayed_read_days", "is_covered")
    requested = f"series_no  dataset  dyad  domain  half_life_days  is_asked\n1  {series}  true"
    given = {"indicators_days": "\n".join(calendar), "core_dyad_day": "\n".join(sums), "indicators_requested": requested}
    rows = run_model("indicators.decayed", columns=columns, **given)
    return [line.split() for line in rows]


def by_hand(days: dict[int, float], number: int, half_life: int) -> float:
    return math.fsum(value * 2 ** ((day - number) / half_life) for day, value in days.items() if day <= number)


def test_an_event_counts_half_after_its_half_life(run_model):
    rows = decayed(run_model, {0: 4.0}, last=14, half_life=7)
    assert [float(rows[day][0]) for day in (0, 7, 14)] == [4.0, 2.0, 1.0]


def test_no_sum_jumps_where_a_block_of_400_half_lives_ends(run_model):
    days = {0: 1.0, 2799: -3.0, 2800: 2.0, 2801: 1.0, 2900: 5.0}
    rows = decayed(run_model, days, last=2910, half_life=7)
    for number in (2798, 2799, 2800, 2801, 2850, 2910):
        assert math.isclose(float(rows[number][0]), by_hand(days, number, 7), abs_tol=1e-8)
        assert math.isclose(float(rows[number][2]), by_hand(dict.fromkeys(range(2911), 1.0), number, 7), abs_tol=1e-8)


def test_a_day_that_was_not_read_adds_nothing_to_the_window_but_the_days_before_it_age(run_model):
    rows = decayed(run_model, {0: 1.0}, last=3, half_life=1, unread=frozenset({1, 2}))
    assert [row[0] for row in rows] == ["1.0", "0.5", "0.25", "0.125"]
    assert [row[2] for row in rows] == ["1.0", "0.5", "0.25", "1.125"]
    assert [row[3] for row in rows] == ["true", "false", "false", "true"]
