"""The same act twice, on acts and sentences made for these tests."""

from datetime import date

from bilateral.intake.coding.record import RecordedAct, on_record
from bilateral.intake.coding.rules import Rules
from intake.coding.made_items import between_states, coded, made_item

TARIFF = RecordedAct(
    "usa-can-20260318-01", date(2026, 3, 18), "USA", "CAN", "163", "trade", "Washington puts a tariff on Canadian lumber."
)
TEXT = "The United States imposed a tariff on Canadian lumber on Wednesday."


def repeated(text: str, act: RecordedAct, language: str = "en") -> set[str]:
    return {p.on_record for p in on_record(between_states(coded(text, language)), [act])}


def test_an_act_on_record_is_named():
    assert repeated(TEXT, TARIFF) == {"usa-can-20260318-01"}


def test_three_days_apart_is_the_same_act_and_four_are_not():
    assert repeated(TEXT, RecordedAct("a", date(2026, 3, 21), *_rest())) == {"a"}
    assert repeated(TEXT, RecordedAct("a", date(2026, 3, 22), *_rest())) == {""}


def _rest() -> tuple[str, str, str, str, str]:
    return TARIFF.source_country, TARIFF.target_country, TARIFF.cameo_code, TARIFF.domain, TARIFF.summary


def test_the_other_direction_is_another_act():
    assert repeated(TEXT, RecordedAct("a", date(2026, 3, 18), "CAN", "USA", "163", "trade", TARIFF.summary)) == {""}


def test_a_meeting_has_no_direction():
    met = RecordedAct("a", date(2026, 3, 20), "CAN", "MEX", "042", "diplomacy", "Carney sees Sheinbaum.")
    assert repeated("Claudia Sheinbaum met with Mark Carney.", met) == {"a"}


def test_another_kind_is_another_act():
    assert repeated(TEXT, RecordedAct("a", date(2026, 3, 18), "USA", "CAN", "051", "trade", TARIFF.summary)) == {""}


def test_an_act_without_a_day_repeats_nothing():
    proposed = Rules().proposals(made_item("The United States imposed a tariff on Canadian lumber.", published=None))
    assert {p.on_record for p in on_record(proposed, [TARIFF])} == {""}


def test_a_subject_with_a_slash_in_the_chronology_is_the_same():
    act = RecordedAct("a", date(2026, 3, 20), "USA", "MEX", "172", "health/agriculture", "Port closed.")
    assert repeated("The United States closed the border to Mexican cattle.", act) == {"a"}
