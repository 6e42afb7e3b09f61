"""What was in force, what came next, and how measures went on, in the shipped register."""

import csv
from datetime import date

import pandas as pd
import pytest

from bilateral.ask import policy_measures
from material import ROOT

SEED_DAY = date(2025, 3, 28)
"""Day of the meeting that the seed article reports."""


def states(found: pd.DataFrame) -> dict[str, str]:
    return dict(zip(found["measure_id"], found["is_in_force"], strict=True))


def test_on_the_day_of_the_article_the_fentanyl_tariff_was_partly_in_force_and_the_car_tariff_not_yet(warehouse):
    found = policy_measures.measures_in_force(warehouse, "MEX-USA", "all", SEED_DAY)
    assert states(found)["usa-mex-ieepa-fentanyl-tariff"] == "partly"
    assert states(found)["usa-mex-steel-aluminium-tariff-2025"] == "yes"
    assert "usa-mex-car-tariff-2025" not in states(found)
    assert "usa-mex-cattle-screwworm-ban" not in states(found)  # lifted in February, again from May
    assert set(found["is_in_force"]) <= {"yes", "partly"}


@pytest.mark.parametrize(
    ("dyad", "measure", "day", "expected"),
    [
        ("MEX-USA", "usa-mex-ieepa-fentanyl-tariff", "2025-02-03", None),  # paused
        ("MEX-USA", "usa-mex-ieepa-fentanyl-tariff", "2025-03-04", "yes"),
        ("MEX-USA", "usa-mex-ieepa-fentanyl-tariff", "2026-02-21", "partly"),  # void, collected until the 24th
        ("MEX-USA", "usa-mex-ieepa-fentanyl-tariff", "2026-02-24", None),
        ("MEX-USA", "mex-usa-gm-corn-limits", "2024-12-31", "yes"),  # a panel's report ends nothing by itself
        ("MEX-USA", "usa-mex-covid-border-limits", "2020-12-01", "yes"),
        ("MEX-USA", "usa-mex-covid-border-limits", "2022-12-01", "partly"),
        ("MEX-USA", "usa-mex-covid-border-limits", "2024-01-01", None),
        ("USA-VEN", "usa-ven-alien-enemies-act", "2025-03-28", "partly"),  # removals barred by a court
        ("CAN-USA", "usa-can-ieepa-fentanyl-tariff", "2025-10-26", "partly"),  # a threatened rise leaves it as it was
        ("CHN-USA", "usa-chn-301-list-3", "2019-05-06", "yes"),
    ],
)
def test_a_measure_is_in_force_as_its_last_change_says(warehouse, dyad, measure, day, expected):
    found = states(policy_measures.measures_in_force(warehouse, dyad, "all", date.fromisoformat(day)))
    assert found.get(measure) == expected


def test_the_calendar_has_what_was_set_by_that_day_nearest_first(warehouse):
    found = policy_measures.calendar(warehouse, "MEX-USA", "all", SEED_DAY)
    set_for = {row.measure_id: (row.until.date().isoformat(), row.until_kind) for row in found.itertuples()}
    assert set_for["usa-mex-ieepa-fentanyl-tariff"] == ("2025-04-02", "exemption_ends")
    assert set_for["usa-mex-car-tariff-2025"] == ("2025-04-03", "start")
    assert set_for["usa-mex-usmca"] == ("2026-07-01", "review")
    assert found["until"].is_monotonic_increasing
    assert found["until"].min() > pd.Timestamp(SEED_DAY)
    assert found["state_day"].max() <= pd.Timestamp(SEED_DAY)
    assert len(policy_measures.calendar(warehouse, "MEX-USA", "all", SEED_DAY, most=2)) == 2


def test_a_date_that_passed_without_a_further_change_is_told(warehouse):
    before, after = (
        policy_measures.measures_in_force(warehouse, "SLV-USA", "all", date(2025, month, 10)).set_index("measure_id")
        for month in (4, 12)
    )
    assert not before.loc["slv-usa-cecot-deal", "is_until_past"]
    assert pd.isna(after.loc["slv-usa-cecot-deal", "is_until_past"])  # freed in July, no date set since
    (past,) = (
        warehouse.cursor()
        .execute("select is_until_past from measures_on(date '2025-05-01') where measure_id = 'can-usa-counter-tariffs-2025'")
        .fetchone()
    )
    assert past is True


def test_the_timeline_has_every_day_of_a_measure_once(warehouse):
    found = policy_measures.measures_timeline(warehouse, "MEX-USA", "trade", date(2025, 2, 1), date(2025, 4, 30))
    tariff = found[found["measure_id"] == "usa-mex-ieepa-fentanyl-tariff"]
    assert list(tariff["state"]) == ["announced", "paused", "announced", "in_force", "exempted", "exempted"]
    assert list(tariff["is_in_force"]) == ["no", "no", "no", "yes", "partly", "partly"]
    ends, starts = list(tariff["to_day"])[:-1], list(tariff["from_day"])[1:]
    assert [end + pd.Timedelta(days=1) for end in ends] == starts
    assert (tariff["from_day"].iloc[0], tariff["to_day"].iloc[-1]) == (pd.Timestamp("2025-02-01"), pd.Timestamp("2025-04-30"))
    assert set(found["domain"]) == {"trade"}


def test_a_stretch_that_began_before_the_range_is_cut_and_a_measure_that_does_not_change_in_it_is_left_out(warehouse):
    found = policy_measures.measures_timeline(warehouse, "MEX-USA", "all", date(2025, 3, 24), date(2025, 4, 5)).set_index(
        "measure_id"
    )
    first = found.loc["usa-mex-ieepa-fentanyl-tariff"].iloc[0]
    assert (first["from_day"], first["to_day"], bool(first["is_change"])) == (
        pd.Timestamp("2025-03-24"),
        pd.Timestamp("2025-04-01"),
        False,
    )
    assert not {"usa-mex-title-42", "usa-mex-usmca"} & set(found.index)
    assert found.loc["usa-mex-car-tariff-2025", "is_change"].any()
    assert found.loc["usa-mex-car-tariff-2025", "sign"].eq(-1).all()
    assert found.loc["usa-mex-customs-memorandum-2025", "sign"] == 1


def test_the_marks_prefer_what_comes_into_force_or_goes_out(warehouse):
    marks = policy_measures.measure_marks(warehouse, "MEX-USA", "trade", date(2025, 1, 1), date(2025, 12, 31))
    assert list(marks["number"]) == list(range(1, len(marks) + 1))
    assert 4 <= len(marks) <= 8
    assert marks["state_day"].is_monotonic_increasing
    first_quarter = marks[marks["state_day"] < "2025-04-01"]
    assert "usa-mex-ieepa-fentanyl-tariff" in set(first_quarter["measure_id"])
    assert {"announced"}.isdisjoint(set(first_quarter["state"]))


def test_a_reviewer_is_offered_each_measure_of_a_pair_once_with_its_last_state(warehouse):
    with (ROOT / "seeds" / "measures.csv").open(encoding="utf-8", newline="") as file:
        register = [row for row in csv.DictReader(file) if {row["imposing_country"], row["target_country"]} == {"COL", "USA"}]
    offered = policy_measures.measures_known(warehouse, "COL-USA")
    assert dict(zip(offered["measure_id"], offered["state"], strict=True)) == {
        row["measure_id"]: row["state"] for row in register
    }
    assert offered["measure_id"].is_unique
