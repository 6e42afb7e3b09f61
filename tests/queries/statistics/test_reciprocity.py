"""What is put into the autoregression, and what is told when it cannot be asked."""

EVENTS = """
    event_id  dataset  dyad     directed_dyad  event_day   weight  score  is_mutual  is_backdated
    1         wire     MEX-USA  USA>MEX        2025-03-04  2       -5     false      false
    2         wire     MEX-USA  MEX>USA        2025-03-09  1       -2     false      false
    3         wire     MEX-USA  MEX>USA        2025-03-10  1       3      false      false
    4         wire     MEX-USA  MEX>USA        2025-03-11  1       8      true       false
    5         wire     MEX-USA  USA>MEX        2025-03-12  1       7      false      true
"""


def calendar(*gaps: int) -> str:
    """Days 2025-03-01 to 2025-03-31; those of the gaps were not read."""
    days = [f"wire  MEX-USA  2025-03-{day:02}  {'false' if day in gaps else 'true'}" for day in range(1, 32)]
    return "\n".join(["dataset  dyad  day  is_read", *days])


def periods(run_model, *gaps: int) -> list[str]:
    columns = ("period", "starts", "there", "back", "is_both")
    return run_model("statistics.directed_periods", columns=columns, core_events=EVENTS, core_calendar=calendar(*gaps))


def test_whole_weeks_and_months_hold_the_net_scores_of_both_without_mutual_acts(run_model):
    assert periods(run_model) == [
        "month 2025-03-01 1.0 -10.0 true",
        "week 2025-03-03 -2.0 -10.0 true",
        "week 2025-03-10 3.0 0.0 false",
        "week 2025-03-17 0.0 0.0 false",
        "week 2025-03-24 0.0 0.0 false",
    ]


def test_a_week_with_a_day_not_read_is_a_gap_and_the_longest_run_beside_it_is_taken(run_model):
    assert [line.split()[1] for line in periods(run_model, 12)] == ["2025-03-17", "2025-03-24"]


def test_too_few_periods_are_said_and_no_number_is_given(run_model):
    lines = run_model(
        "statistics.reciprocity",
        columns=("period", "responder", "answered", "state", "n_both", "response"),
        statistics_period_counts="""
            dataset  dyad     period  n_periods  n_both  is_long
            wire     MEX-USA  week    90         59      false
            wire     MEX-USA  month   40         36      true
        """,
        statistics_answers="""
            dataset  dyad     period  responder  response  response_error
            wire     MEX-USA  month   there      0.5       0.1
            wire     MEX-USA  month   back       -0.2      0.1
        """,
    )
    assert lines == [
        "month MEX>USA USA>MEX ok 36 0.5",
        "month USA>MEX MEX>USA ok 36 -0.2",
        "week MEX>USA USA>MEX too few weeks 59 null",
        "week USA>MEX MEX>USA too few weeks 59 null",
    ]


def test_the_chronology_says_too_few_weeks_for_every_pair(snapshot):
    found = snapshot.execute("select distinct state from reciprocity where dataset = 'chronology' and period = 'week'").fetchall()
    assert found == [("too few weeks",)]


def test_only_mexico_and_the_united_states_have_months_enough(snapshot):
    rows = snapshot.execute(
        "select dyad, responder, n_both >= 36, is_stable from reciprocity where state = 'ok' order by all"
    ).fetchall()
    assert rows == [("MEX-USA", "MEX>USA", True, True), ("MEX-USA", "USA>MEX", True, True)]
