"""The finding in one sentence: rules from counts and states, case by case. It never says more than they hold."""

import pandas as pd
import pytest

from bilateral.pages import directions, front_columns, headline
from bilateral.strings import texts

DOMAINS = {"trade": "Trade", "migration": "Migration", "security": "Security", "water": "Water"}


def told(verdict: str, lang: str = "en", **readings: str) -> str:
    rows = pd.DataFrame({"domain": list(readings), "reading": [reading.replace("_", " ") for reading in readings.values()]})
    return headline.headline(rows, {"balance_verdict": verdict}, DOMAINS, texts(lang))


@pytest.mark.parametrize(
    ("verdict", "readings", "expected"),
    [
        (
            "undecided",
            {"trade": "friction", "migration": "cooperation"},
            "mostly cooperation on migration, mostly friction on trade; no clear tilt overall",
        ),
        ("friction", {"trade": "friction"}, "mostly friction on trade; leaning towards friction overall"),
        ("cooperation", {"trade": "mixed"}, "mixed record on trade; leaning towards cooperation overall"),
        (
            "undecided",
            {"trade": "mixed", "security": "mixed", "water": "mixed"},
            "mixed record on trade and security; no clear tilt overall",
        ),
        ("undecided", {"trade": "too_few"}, "no clear tilt overall"),
        ("thin", {"trade": "cooperation"}, "mostly cooperation on trade; too little evidence for an overall reading"),
        ("not read", {}, "no overall reading: this day is not covered"),
        (
            "undecided",
            {"trade": "friction", "security": "mixed", "migration": "cooperation"},
            "mostly cooperation on migration, mostly friction on trade; no clear tilt overall",
        ),
    ],
)
def test_the_headline_is_made_by_rules(verdict, readings, expected):
    assert told(verdict, **readings) == expected


@pytest.mark.parametrize("verdict", ["thin", "partial", "preliminary", "too few", "not read", "undecided"])
def test_no_state_but_a_verdict_lets_the_whole_lean(verdict):
    for lang in ("en", "es"):
        lean = texts(lang)("headline.overall_cooperation"), texts(lang)("headline.overall_friction")
        assert not told(verdict, lang, trade="mixed").endswith(lean)


def test_a_subject_with_too_few_events_is_never_named():
    assert "trade" not in told("undecided", trade="too_few")
    assert "comercio" not in told("undecided", "es", trade="too_few")


def test_what_each_side_does_alone_stands_beside_the_balance_of_the_pair():
    one, other = ({"balance": value, "balance_verdict": verdict} for value, verdict in ((-36.2, "friction"), (4.0, "thin")))
    both = [("US → Mexico", "USA>MEX", pd.Series(one)), ("Mexico → US", "MEX>USA", pd.Series(other))]
    pair = pd.Series({"balance": -2.0})
    assert front_columns.sides(pair, both, texts("en")) == (
        "Events of one side alone: US → Mexico −36, leaning towards friction; Mexico → US +4, too little evidence to draw a conclusion."
    )
    empty = pd.Series({"balance": None, "balance_verdict": "too few"})
    assert front_columns.sides(pair, [("US → Mexico", "USA>MEX", empty), ("Mexico → US", "MEX>USA", None)], texts("en")) == ""


@pytest.mark.parametrize(
    ("balance", "sides", "said"),
    [
        (-2.0, (-36.0, -48.0), "raise"),
        (2.0, (0.0, -48.0), "raise"),
        (3.0, (8.0, 20.0), "lower"),
        (-40.0, (-36.0, -48.0), ""),
        (30.0, (8.0, 20.0), ""),
        (-2.0, (-36.0, 4.0), ""),
        (None, (-36.0, -48.0), ""),
        (-2.0, (-36.0, None), ""),
    ],
)
def test_a_balance_that_no_direction_explains_is_explained_by_joint_events(balance, sides, said):
    both = [("", "", pd.Series({"balance": value})) for value in sides]
    found = directions.joint_effect(pd.Series({"balance": balance}), both, texts("en"))
    assert found == (texts("en")(f"directions.joint_{said}") if said else "")
