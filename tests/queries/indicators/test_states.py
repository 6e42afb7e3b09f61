"""From decayed sums to evidence and its state."""

import math

import pytest

HEAD = "dataset  dyad  domain  half_life_days  day  is_read  is_preliminary"
METHOD, CONSTANTS = "few_below  thin_below  weight_below  kappa  kernel_below", "2  10  1  3.8416  0.8"
READ_FULLY = 90 / math.log(2) * 1.01  # at a half-life of 90 days


def test_the_state_is_the_first_that_holds(run_model):
    def day(number: int, is_read: str, is_preliminary: str, n: float, n_n: float, window: float = READ_FULLY) -> str:
        return f"x  MEX-USA  all  90  2025-01-0{number}  {is_read}  {is_preliminary}  {CONSTANTS}  {window}  {n}  {n_n}"

    rows = [
        day(1, "false", "false", 100, 100),
        day(2, "true", "true", 0, 0),
        day(3, "true", "false", 9, 50),
        day(4, "true", "true", 20, 20, 0.7 * READ_FULLY),
        day(5, "true", "true", 4, 4),
        day(6, "true", "false", 9, 9),
        day(7, "true", "false", 20, 20),
        day(8, "true", "false", 3.5, 0.5),
        day(9, "true", "false", 0.9, 0.02),
    ]
    found = run_model(
        "indicators.evidence",
        columns=("evidence", "state"),
        indicators_decayed="\n".join([f"{HEAD}  {METHOD}  decayed_read_days  decayed_n  decayed_n_n", *rows]),
    )
    assert found == [
        "100.0 not read",
        "0.0 too few",
        "1.62 too few",
        "20.0 partial",
        "4.0 preliminary",
        "9.0 thin",
        "20.0 ok",
        "24.5 thin",
        "40.5 too few",
    ]


@pytest.mark.parametrize("part", ["words", "deeds"])
def test_words_and_deeds_have_a_state_of_their_own(run_model, part):
    before = {"words": "parts", "deeds": "words"}[part]
    head = f"{HEAD}  {METHOD}  z  kernel_read  decayed_{part}_n  decayed_{part}_n_n"
    rows = [
        f"x  MEX-USA  all  90  2025-01-0{number}  {is_read}  false  {CONSTANTS}  1.96  1  {n}  {n}"
        for number, is_read, n in ((1, "false", 9), (2, "true", 1.5), (3, "true", 4), (4, "true", 20))
    ]
    found = run_model(
        f"indicators.{part}",
        columns=(f"{part}_evidence", f"{part}_state"),
        **{f"indicators_{before}": "\n".join([head, *rows])},
    )
    assert found == ["9.0 not read", "1.5 too few", "4.0 thin", "20.0 ok"]


def test_the_last_two_read_days_of_a_machine_are_preliminary_and_those_of_a_person_are_not(run_model):
    days = [f"2025-06-1{number}" for number in range(4, 9)]
    coverage = [
        f"{dataset}  *  {day}  {'partly read' if day.endswith('7') else 'read'}  500"
        for dataset in ("gdelt", "chronology")
        for day in days
    ]
    found = run_model(
        "core.calendar",
        columns=("dataset", "day", "is_read", "is_preliminary", "n_articles_read"),
        staging_datasets="dataset  is_curated\ngdelt  false\nchronology  true",
        core_dyad_day="dataset  dyad  domain  day\ngdelt  MEX-USA  all  2025-06-15\nchronology  MEX-USA  all  2025-06-17",
        core_coverage="\n".join(["dataset  dyad  day  state  n_articles", *coverage]),
    )
    assert found == [
        "chronology 2025-06-17 false false 500",
        "chronology 2025-06-18 true false 500",
        "gdelt 2025-06-15 true false 500",
        "gdelt 2025-06-16 true true 500",
        "gdelt 2025-06-17 false false 500",
        "gdelt 2025-06-18 true true 500",
    ]
