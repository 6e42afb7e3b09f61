"""The day of an act and how it was found."""

from datetime import UTC, date, datetime

import pytest

from bilateral.intake.coding.days import effective_day, event_day
from intake.coding.made_items import between_states, coded

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
        ("They will meet on Wednesday.", True, FRIDAY, "published"),
        ("They will impose tariffs on October 1, 2026.", True, FRIDAY, "published"),
        ("Signed on Wednesday, October 7, 2026.", False, FRIDAY, "published"),
        ("Tariffs were paused on March 18 until March 19, 2026.", False, date(2026, 3, 18), "stated"),
        ("Tariffs were paused until Thursday, March 19, 2026.", False, FRIDAY, "published"),
        ("Tariffs were paused through Thursday.", False, FRIDAY, "published"),
        ("Tariffs were paused until September 30, 2026.", False, FRIDAY, "published"),
        ("Suspendidos hasta el 19 de marzo de 2026.", False, FRIDAY, "published"),
        ("Suspendidos el miércoles hasta el jueves 19 de marzo.", False, date(2026, 3, 18), "weekday"),
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
    assert event_day("They will sign on March 4, 2026.", None, True) == (None, "none")


@pytest.mark.parametrize(
    ("evidence", "day"),
    [
        ("A tariff takes effect on April 3.", date(2026, 4, 3)),
        ("Un arancel a partir del 3 de abril de 2026.", date(2026, 4, 3)),
        ("Los aranceles entran en vigor el 1 de junio.", date(2026, 6, 1)),
        ("A tariff takes effect Wednesday, April 1.", date(2026, 4, 1)),
        ("Announced on April 3.", None),
    ],
)
def test_the_day_on_which_a_measure_takes_effect(evidence, day):
    assert effective_day(evidence, FRIDAY) == day


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The United States paused tariffs on Mexico until September 30, 2026.", "reported"),
        ("The United States will impose tariffs on Mexico on October 1, 2026.", "threatened"),
    ],
)
def test_the_day_of_an_end_and_that_of_a_plan_are_not_the_day_of_the_act(text, modality):
    proposed = between_states(coded(text))
    assert {(p.event_date, p.day_basis, p.modality) for p in proposed} == {(FRIDAY, "published", modality)}


@pytest.mark.parametrize(
    ("authority", "precision", "text", "day"),
    [
        ("USA/USTR", "second", "Mexico thanked Canada.", date(2026, 8, 19)),
        ("USA/USTR", "second", "Mexico thanked Canada on Thursday.", date(2026, 8, 13)),
        ("MEX", "second", "Mexico thanked Canada.", date(2026, 8, 19)),
        ("USA", "day", "Mexico thanked Canada.", date(2026, 8, 20)),
        ("press", "second", "Mexico thanked Canada.", date(2026, 8, 20)),
    ],
)
def test_the_day_of_publication_is_that_of_the_publisher(authority, precision, text, day):
    """Half past nine in the evening in Washington on Wednesday 19 August is half past one of the 20th in UTC."""
    published = datetime(2026, 8, 20, 1, 30, tzinfo=UTC)
    proposed = between_states(coded(text, published=published, authority=authority, precision=precision))
    assert {p.event_date for p in proposed} == {day}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The United States imposes tariffs on Mexico.", date(2026, 3, 17)),
        ("The United States imposes tariffs on Mexico until March 19, 2026.", date(2026, 3, 17)),
        ("The United States imposed tariffs on Mexico on March 4, 2026.", date(2026, 3, 4)),
    ],
)
def test_an_order_is_of_the_day_on_which_it_was_signed(text, day):
    proposed = between_states(coded(text, authority="USA", signed_on=date(2026, 3, 17)))
    assert {(p.event_date, p.day_basis) for p in proposed} == {(day, "stated")}
