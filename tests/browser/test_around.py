"""The seed article's week as a story: before and after one event, with no more than the band allows (issue 5, item 8)."""

import pytest
from tests.browser.test_explanations import cells

pytestmark = pytest.mark.browser

STORY = "/pair/MEX-USA?event=usa-mex-20250326-02"


def test_the_story_of_an_event_tells_what_the_band_allows_and_what_both_sides_did_next(visit):
    page, _ = visit(STORY)
    said = page.locator("#d-around").inner_text()
    assert said.startswith("26 Mar 2025: “Trump announces a 25% tariff on imported cars")
    assert (
        said.count("too little evidence to draw a conclusion") + said.count("too few events") == 3
    )  # of the pair and of each side: four weeks hold few happenings
    sides = {row[0]: [int(cell) for cell in row[1:]] for row in cells(page, "table-sides")}
    assert list(sides) == ["US → Mexico, before", "US → Mexico, after", "Mexico → US, before", "Mexico → US, after"]
    following = [row[2] for row in cells(page, "table-next")]
    assert sum(map(sum, (sides["US → Mexico, after"], sides["Mexico → US, after"]))) == len(following)
    assert any("Noem meets Sheinbaum" in told for told in following)
    assert "Tariff on imported cars" in page.locator("#table-around-measures").inner_text()
    assert page.locator("#t-ledger").inner_text() == "What makes up the value of 30 Mar 2025"


def test_without_an_event_there_is_no_story_and_an_unknown_one_is_named(visit):
    page, _ = visit("/pair/MEX-USA?event=nope")
    assert not page.locator("#k-around").is_visible()
    assert "event" in page.locator(".notice").first.inner_text()  # a second one says how old the newest event is
