"""The day of an act and how it was found."""

from datetime import date

import pytest

from bilateral.intake.coding.days import effective_day, event_day

FRIDAY = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("evidence", "is_planned", "day", "basis"),
    [
        ("Signed on March 4, 2026.", False, date(2026, 3, 4), "stated"),
        ("Signed on 4 March 2026.", False, date(2026, 3, 4), "stated"),
        ("Signed on 2026-03-04.", False, date(2026, 3, 4), "stated"),
        ("Firmado el 4 de marzo de 2026.", False, date(2026, 3, 4), "stated"),
        ("Firmado el 28 de diciembre.", False, date(2025, 12, 28), "stated"),
        ("Announced Wednesday.", False, date(2026, 3, 18), "weekday"),
        ("Anunciado el miércoles.", False, date(2026, 3, 18), "weekday"),
        ("They will meet on Wednesday.", True, date(2026, 3, 25), "weekday"),
        ("Announced on Friday.", False, FRIDAY, "weekday"),
        ("Announced yesterday.", False, date(2026, 3, 19), "stated"),
        ("Anunciado ayer.", False, date(2026, 3, 19), "stated"),
        ("Announced.", False, FRIDAY, "published"),
        ("Signed on February 30, 2026.", False, FRIDAY, "published"),
        ("A tariff, effective April 3, was announced on Wednesday.", False, date(2026, 3, 18), "weekday"),
        ("Un arancel a partir del 3 de abril.", False, FRIDAY, "published"),
    ],
)
def test_the_day(evidence, is_planned, day, basis):
    assert event_day(evidence, FRIDAY, is_planned) == (day, basis)


def test_without_publication_only_a_full_date_is_a_day():
    assert event_day("Signed on March 4, 2026.", None, False) == (date(2026, 3, 4), "stated")
    assert event_day("Signed on Wednesday, March 4.", None, False) == (None, "none")


@pytest.mark.parametrize(
    ("evidence", "day"),
    [
        ("A tariff takes effect on April 3.", date(2026, 4, 3)),
        ("Un arancel a partir del 3 de abril de 2026.", date(2026, 4, 3)),
        ("Los aranceles entran en vigor el 1 de junio.", date(2026, 6, 1)),
        ("Announced on April 3.", None),
    ],
)
def test_the_day_on_which_a_measure_takes_effect(evidence, day):
    assert effective_day(evidence, FRIDAY) == day
