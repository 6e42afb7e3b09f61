"""How much skill can be told: rarely any where there is none, and a large one after some years."""

from bilateral.evaluation.forecast_skill import power


def test_no_skill_is_told_in_few_worlds_and_more_years_tell_more_of_the_same_skill():
    none = power(0.0001, 3)
    assert none.found + none.harmful <= 0.10
    one, five = power(0.6, 1), power(0.6, 5)
    assert one.found < five.found
    assert 0.02 < five.skill < 0.08
    assert five.harmful == 0
