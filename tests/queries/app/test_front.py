"""What the first page asks: key events by importance, counts by subject and what may be said of them, dates ahead, what no person has reviewed."""

from datetime import date

import duckdb
import pytest

from bilateral.ask import event_lists, policy_measures, time_series
from bilateral.compute.queries import read
from material import ROOT

GOLDEN = {
    "usa-mex-20181130-01": "USMCA signed",
    "usa-mex-20190129-01": "Remain in Mexico",
    "usa-mex-20190530-01": "tariff threat of May 2019",
    "usa-mex-20200701-01": "USMCA in force",
    "usa-mex-20250201-01": "tariffs of 1 February 2025",
    "usa-mex-20250304-01": "tariffs of 4 March 2025",
    "usa-mex-20250326-02": "car tariff of 26 March 2025",
    "usa-mex-20250328-01": "meeting of 28 March 2025",
    "usa-mex-20260220-01": "ruling of 20 February 2026",
    "usa-mex-20260701-01": "US declines to extend USMCA",
}
"""What nobody who knows the relation would leave out of its ten years."""
DAY = date(2026, 3, 31)


def test_the_key_events_of_ten_years_have_all_that_nobody_would_leave_out(warehouse):
    marks = event_lists.marks(warehouse, "chronology", "MEX-USA", "all", date(2016, 1, 1), date(2026, 8, 19), None)
    assert set(GOLDEN) - set(marks["event_id"]) == set()
    assert len(marks) <= event_lists.MARKS["long"]
    assert marks["number"].tolist() == list(range(1, len(marks) + 1))
    assert marks["event_day"].is_monotonic_increasing


def test_importance_follows_its_rules_and_a_curator_has_the_last_word(warehouse):
    marks = event_lists.marks(warehouse, "chronology", "COL-USA", "all", date(2025, 1, 1), date(2025, 12, 31), None).set_index(
        "event_id"
    )
    assert (
        marks["importance"]["usa-col-20250126-01"] == 6
    )  # Petro and Trump take part (2), a measure of this pair alone comes into force (4)
    assert (
        marks["importance"]["usa-col-20250126-02"] == 3
    )  # two presidents (2), a threat (1): no change of force is on record for this event
    curated = event_lists.marks(warehouse, "chronology", "MEX-USA", "all", date(2025, 3, 1), date(2025, 3, 31), None).set_index(
        "event_id"
    )
    assert curated["importance"]["usa-mex-20250328-01"] == 10  # by the rules a visit of a secretary has 1


def test_an_event_that_is_asked_for_is_numbered_whatever_its_importance(warehouse):
    asked = "usa-mex-20260730-01"
    marks = event_lists.marks(warehouse, "chronology", "MEX-USA", "all", date(2025, 9, 1), date(2026, 8, 19), asked)
    assert marks.loc[marks["is_asked"], "event_id"].tolist() == [asked]


def subjects(rows: list[tuple[str, int, int]]) -> dict[str, tuple]:
    """Reading and trend of made events: (subject, sign, days before DAY), each a happening of its own."""
    with duckdb.connect() as connection:
        connection.execute("create table domains as select * from (values ('trade', 1), ('security', 2)) as t(domain, position)")
        connection.execute(
            "create table events (dataset varchar, dyad varchar, domain varchar, sign integer, event_day date, story varchar,"
            " is_backdated boolean, is_excluded boolean, gate varchar)"
        )
        for number, (domain, sign, before) in enumerate(rows):
            connection.execute(
                "insert into events select 'made', 'MEX-USA', ?, ?, ?::date - ?::integer, ?, false, null, 'not judged'",
                [domain, sign, DAY, before, f"story {number}"],
            )
        sql = read(ROOT / "queries" / "app" / "subjects.sql").sql
        found = connection.execute(sql, {"dataset": "made", "dyad": "MEX-USA", "day": DAY}).fetchall()
    return {row[0]: (*row[1:3], row[5], row[6]) for row in found}


@pytest.mark.parametrize(
    ("cooperation", "friction", "reading"),
    [
        (4, 0, "too few"),  # four of four: fewer than five events say nothing
        (5, 0, "cooperation"),
        (0, 5, "friction"),
        (4, 1, "mixed"),  # the interval of 4 of 5 holds one half
        (4, 2, "mixed"),
        (6, 1, "mixed"),
        (7, 1, "cooperation"),
        (1, 8, "friction"),
    ],
)
def test_a_subject_is_told_to_lie_on_one_side_only_where_the_interval_of_its_share_leaves_out_one_half(
    cooperation, friction, reading
):
    made = [("trade", 1, day) for day in range(cooperation)] + [("trade", -1, day) for day in range(friction)]
    assert subjects(made)["trade"] == (cooperation, friction, reading, "too few")


@pytest.mark.parametrize(
    ("before", "now", "trend"),
    [
        ((0, 8), (8, 0), "up"),
        ((8, 0), (0, 8), "down"),
        ((4, 4), (5, 3), "flat"),
        ((3, 1), (0, 8), "too few"),
    ],
)
def test_a_trend_is_told_only_where_it_exceeds_chance(before, now, trend):
    made = [
        ("security", sign, 10 + 90 * is_before)
        for is_before, counts in enumerate((now, before))
        for sign, n in zip((1, -1), counts, strict=True)
        for _ in range(n)
    ]
    assert subjects(made)["security"][3] == trend


def test_many_reports_of_one_happening_are_not_many_happenings():
    made = [("trade", -1, 1)] * 6
    assert subjects(made)["trade"][2] == "friction"
    with duckdb.connect() as connection:
        connection.execute("create table domains as select 'trade' as domain, 1 as position")
        connection.execute(
            "create table events as select 'made' as dataset, 'MEX-USA' as dyad, 'trade' as domain, -1 as sign, ?::date as event_day,"
            " 'one story' as story, false as is_backdated, null::boolean as is_excluded, 'passed' as gate from range(6)",
            [DAY],
        )
        sql = read(ROOT / "queries" / "app" / "subjects.sql").sql
        ((*_, reading, _),) = connection.execute(sql, {"dataset": "made", "dyad": "MEX-USA", "day": DAY}).fetchall()
    assert reading == "too few"


def test_dates_ahead_are_twelve_at_least_each_with_a_source_and_five_lie_within_a_year(warehouse, snapshot):
    rows = snapshot.execute("select day, certainty, source_url, title_en, title_es, countries from dates_ahead").fetchall()
    assert len(rows) >= 12
    assert all(
        certainty in ("planned", "likely") and url.startswith("https://") and en and es for _, certainty, url, en, es, _ in rows
    )
    known = {code for (code,) in snapshot.execute("select country from countries").fetchall()}
    assert {code for *_, countries in rows for code in countries} <= known
    found = policy_measures.coming_up(warehouse, date(2026, 11, 30), date(2027, 11, 30))
    assert len(found) >= 5
    assert found["source_url"].notna().all()
    assert set(found.loc[found["date_id"].notna(), "source_kind"]) <= {"primary", "secondary"}
    assert found["title_es"].notna().all()  # also of measures
    assert found["day"].is_monotonic_increasing


def test_dates_of_a_pair_are_those_that_concern_both_or_one_of_them_alone_and_no_date_stands_twice(warehouse):
    found = policy_measures.coming_up(warehouse, date(2026, 8, 19), date(2027, 12, 31), "MEX-USA")
    assert found["title_en"].is_unique
    assert (found["day"].dt.date == date(2027, 7, 1)).sum() == 1  # the review is set for two measures, and stands on the list
    assert {"Mexican federal and state elections", "US congressional elections"} <= set(found["title_en"])
    assert "General elections in El Salvador" not in set(found["title_en"])


def test_the_newest_week_is_that_of_the_newest_event_up_to_the_day(warehouse):
    found = event_lists.newest_week(warehouse, "chronology", date(2025, 3, 28), 5)
    assert set(found["week"].dt.date) == {date(2025, 3, 24)}
    assert len(found) == 5 <= found["n_events"].iloc[0]
    assert found["event_day"].dt.date.max() <= date(2025, 3, 28)


def test_what_no_person_has_reviewed_is_of_machine_coded_sources_alone(warehouse):
    assert event_lists.since_record(warehouse, "chronology", ("articles", "chronology")).empty
    found = event_lists.since_record(warehouse, "articles", ("articles",))  # as if the chronology were coded by a machine
    assert set(found["dataset"]) == {"chronology"}
    assert (found["newest_day"] > found["record_end"]).all()


def test_the_biggest_moves_are_of_pairs_whose_record_reaches_the_day_the_widest_first(warehouse, snapshot):
    day = date(2026, 2, 3)
    found = time_series.biggest_moves(warehouse, "chronology", day)
    ends = dict(
        snapshot.execute(
            "select dyad, max(day) from indicator_day where dataset = 'chronology' and is_covered group by dyad"
        ).fetchall()
    )
    assert set(found["dyad"]) <= {dyad for dyad, end in ends.items() if end >= day}
    sizes = found["momentum"].dropna().abs()
    assert sizes.is_monotonic_decreasing
    assert found["momentum"].isna().tolist() == sorted(found["momentum"].isna())
