"""The page of forecasts: how good they were stands first; late ones are marked; the trial on the past stands apart."""

import re

import pandas as pd
import pytest

from bilateral.pages.forecasts import good, verdict
from bilateral.strings import texts
from bilateral.web.app import make_app


@pytest.fixture(scope="module")
def web(published):
    return make_app(published).server.test_client()


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index("<main") :]))


def test_the_past_rate_and_how_good_the_forecasts_were_stand_before_any_forecast(web):
    said = words(web.get("/forecasts").text)
    assert said.index("Of 113 announced measures 48 were in force within 30 days.") < said.index(
        "A conflictual action within 28 days"
    )
    assert "No forecast is settled yet" in said
    assert re.search(r"Registered (\d+) = open \d+ \+ pending \d+ \+ void \d+ \+ not read \d+ \+ scored \d+\.", said)
    assert "late, never scored" in said  # the shipped record ends in August 2026
    assert "Not forecasts: the same method" in said
    assert re.search(r'aria-current="page"[^>]*>What comes next', web.get("/forecasts").text)


def test_the_page_is_in_spanish(web):
    said = words(web.get("/forecasts?lang=es").text)
    assert "De 113 medidas anunciadas, 48 estuvieron en vigor en 30 días." in said
    assert "tarde, nunca se evalúa" in said


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0.01, 0.2, "better"), (-0.1, 0.2, "no_better"), (-0.3, -0.1, "worse"), (None, None, "no_better")],
)
def test_better_or_worse_is_said_only_where_the_whole_interval_is(low, high, expected):
    assert verdict({"skill": 0.05, "skill_low": low, "skill_high": high}) == expected


def test_settled_forecasts_are_told_with_what_was_not_scored():
    row = {
        "kind": "all",
        "brier": 0.14,
        "brier_base": 0.15,
        "scored": 212,
        "void": 6,
        "unread": 3,
        "skill_low": -0.1,
        "skill_high": 0.2,
    }
    said = "Our 212 settled forecasts: Brier 0.140, plain past rate 0.150; 6 void, 3 not read; no better than the plain past rate so far."
    assert good(pd.DataFrame([row]), texts("en")) == said


def test_measures_that_wait_stand_beside_what_became_of_earlier_ones(web):
    assert "113 (34–52%), all kinds" in words(web.get("/measures?pair=SLV-USA&at=2026-08-19").text)
    assert "starts were kept within three days" in words(web.get("/measures?pair=CAN-USA&at=2026-08-19").text)
