"""An address is read without ever failing, and written back in one form."""

from datetime import date

import pytest

from bilateral.pages.address import Known, parse, path_of, place
from bilateral.pages.choice import Choice

KNOWN = Known(
    ("MEX-USA", "COL-USA"),
    {"chronology": 90, "articles": 90},
    ("trade", "migration"),
    ways={"chronology": {"level": "act", "score": "sign", "weight": "log"}},
    scores={"chronology": ("plover", "sign")},
)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/", ("overview", "")),
        ("/pair/MEX-USA", ("pair", "MEX-USA")),
        ("/pair/usa-mex", ("pair", "MEX-USA")),
        ("/pair/USA-COL/", ("pair", "COL-USA")),
        ("/event/usa-mex-20250328-01", ("event", "usa-mex-20250328-01")),
        ("/pair/MEX-FRA", None),
        ("/pair/../x", None),
        ("/nothing", None),
    ],
)
def test_a_path_names_a_page_with_countries_in_any_order_and_case(path, found):
    assert place(path, KNOWN) == found


def test_a_page_has_one_path():
    assert [path_of("overview"), path_of("pair", "MEX-USA"), path_of("events")] == ["/", "/pair/MEX-USA", "/events"]


def test_an_address_read_and_written_again_is_the_same():
    query = "?domain=trade&h=30&by=month&from=2025-01-01&to=2025-04-15&at=2025-03-28&event=usa-mex-20250328-01&mutual=coded&level=raw&score=plover&weight=equal&theme=dark"
    choice = parse("/pair/MEX-USA", query, KNOWN)
    assert choice.ignored == ()
    assert choice.query() == query


def test_a_way_that_is_the_source_s_own_is_left_out():
    choice = parse("/pair/MEX-USA", "?level=act&score=sign&weight=log", KNOWN)
    assert (choice.query(), choice.ignored) == ("", ())


@pytest.mark.parametrize(
    ("query", "ignored"),
    [
        ("?by=year", ("by",)),
        ("?from=2025-02-30", ("from",)),
        ("?from=99999-01-01", ("from",)),
        ("?domain=%3Cscript%3E", ("domain",)),
        ("?<b>=1", ("?b?",)),
        ("?h=30&h=90", ("h",)),
        ("?event=a%20b", ("event",)),
        ("?as_of=yesterday", ("as_of",)),
        ("?mutual=half", ("mutual",)),
        ("?mutual=none&as_of=2025-03-28", ("mutual",)),
        ("?level=story", ("level",)),
        ("?score=mine", ("score",)),
        ("?score=plover&dataset=articles", ("score",)),
        ("?weight=equal&as_of=2025-03-28", ("weight",)),
        ("?at=%D9%A1%D9%A2", ("at",)),
        ("?__proto__=1", ("__proto__",)),
    ],
)
def test_what_is_bad_is_left_out_and_named(query, ignored):
    assert parse("/", query, KNOWN).ignored == ignored


def test_reversed_dates_are_swapped_and_the_range_is_kept_inside_the_data():
    choice = parse("/", "?from=2030-01-01&to=2010-01-01", KNOWN).clamped(date(2016, 11, 9), date(2026, 8, 19))
    assert (choice.from_day, choice.to_day) == (date(2016, 11, 9), date(2026, 8, 19))


@pytest.mark.parametrize(
    ("query", "ignored"), [("?from=2030-01-01&to=2031-01-01", "from"), ("?to=1991-01-01&from=1990-01-01", "to")]
)
def test_a_range_outside_the_data_is_named_and_the_last_fifteen_months_are_shown(query, ignored):
    choice = parse("/", query, KNOWN).clamped(date(2016, 11, 9), date(2026, 8, 19))
    assert (choice.from_day, choice.to_day, choice.ignored) == (date(2025, 5, 1), date(2026, 8, 19), (ignored,))


def test_without_a_wish_the_last_fifteen_months_are_shown():
    choice = Choice("MEX-USA").clamped(date(2016, 11, 9), date(2026, 8, 19))
    assert (choice.from_day, choice.to_day) == (date(2025, 5, 1), date(2026, 8, 19))


def test_a_range_ends_at_the_latest_on_the_day_whose_knowledge_is_asked_for():
    choice = parse("/", "?as_of=2020-02-01&to=2021-01-01", KNOWN).clamped(date(2016, 11, 9), date(2026, 8, 19))
    assert (choice.from_day, choice.to_day, choice.ignored) == (date(2018, 11, 1), date(2020, 2, 1), ())


@pytest.mark.parametrize("day", ["2010-01-01", "2030-01-01"])
def test_a_day_before_or_after_all_knowledge_is_left_out_and_named(day):
    choice = parse("/", f"?as_of={day}", KNOWN).clamped(date(2016, 11, 9), date(2026, 8, 19))
    assert (choice.as_of, choice.to_day, choice.ignored) == (None, date(2026, 8, 19), ("as_of",))


def test_without_a_side_everything_else_is_counted_by_default():
    choice = parse("/pair/MEX-USA", "?without=side&h=30", KNOWN)
    assert (choice.without, choice.ignored, choice.query()) == ("side", (), "?h=30&without=side")
    for other in ("mutual=coded", "score=plover", "as_of=2025-03-28"):
        choice = parse("/pair/MEX-USA", f"?without=side&{other}", KNOWN)
        assert (choice.without, choice.ignored) == ("", ("without",))
    assert parse("/pair/MEX-USA", "?without=press", KNOWN).ignored == ("without",)
