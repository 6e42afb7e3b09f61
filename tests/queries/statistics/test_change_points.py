"""Change points as tables: what the search is asked, and what is told of its answer."""

import math

CLAIMED = """
    dataset     dyad     domain  p      q     is_claimed
    chronology  COL-USA  all     0.001  0.01  true
"""
BREAK = """
    dataset     dyad     domain  place  first_place  last_place  window_first  window_last
    chronology  COL-USA  all     3      1            5           2             3
"""
VALUES = """
    dataset     dyad     domain  place  day         story  value
    chronology  COL-USA  all     1      2025-01-01  a      1
    chronology  COL-USA  all     2      2025-01-02  b      0.5
    chronology  COL-USA  all     3      2025-01-26  c      -1
    chronology  COL-USA  all     4      2025-01-27  d      -1
    chronology  COL-USA  all     5      2025-02-03  e      0
    chronology  COL-USA  trade   1      2025-02-03  e      0
"""


def test_stories_stand_in_the_order_of_days_up_to_the_last_settled_one(run_model):
    assert run_model(
        "statistics.story_values",
        core_story_day="""
            dataset     dyad     domain  day         story  s    n
            chronology  MEX-USA  all     2025-03-27  b      -1   1
            chronology  MEX-USA  all     2025-03-26  a      1    2
            wire        MEX-USA  all     2025-03-23  a      2    4
            wire        MEX-USA  all     2025-03-27  b      1    1
        """,
        core_settled="""
            dataset     last_day
            chronology  2025-03-27
            wire        2025-03-23
        """,
    ) == [
        "chronology MEX-USA all 1 2025-03-26 a 0.5",
        "chronology MEX-USA all 2 2025-03-27 b -1.0",
        "wire MEX-USA all 1 2025-03-23 a 0.5",
    ]


def stepped(run_model, n_stories: int, a_step: int) -> list[str]:
    lines = [f"chronology  COL-USA  all  {place}  2025-01-{place:02}  {place}" for place in range(1, n_stories + 1)]
    return run_model(
        "statistics.searched_steps",
        columns=("step", "first_place", "last_place", "value"),
        statistics_story_values="\n".join(["dataset  dyad  domain  place  day  value", *lines]),
        statistics_change_series=f"""
            dataset     dyad     domain  n_stories    stories_a_step  is_long
            chronology  COL-USA  all     {n_stories}  {a_step}        true
        """,
    )


def test_a_step_is_a_story_or_the_mean_of_neighbours_and_none_is_lost(run_model):
    assert stepped(run_model, 2, 1) == ["0 1 1 1.0", "1 2 2 2.0"]
    assert stepped(run_model, 8, 3) == ["0 1 3 2.0", "1 4 8 6.0"]


def test_a_series_that_is_longer_than_the_steps_is_put_together(run_model):
    lines = [f"chronology  COL-USA  all  {place}  2025-01-{place:02}  {place % 2}" for place in range(1, 12)]
    assert run_model(
        "statistics.change_series",
        columns=("n_stories", "stories_a_step", "is_long"),
        statistics_story_values="\n".join(["dataset  dyad  domain  place  day  value", *lines]),
        staging_method="""
            change_stories  change_steps
            11              5
        """,
    ) == ["11 3 true"]


def test_steps_become_the_places_of_stories_again(run_model):
    assert run_model(
        "statistics.breaks",
        statistics_found_breaks="""
            dataset     dyad     domain  step  first_step  last_step  window_first  window_last
            chronology  COL-USA  all     1     0           2          1             2
        """,
        statistics_searched_steps="""
            dataset     dyad     domain  step  first_place  last_place
            chronology  COL-USA  all     0     1            3
            chronology  COL-USA  all     1     4            6
            chronology  COL-USA  all     2     7            10
        """,
        statistics_change_tests=CLAIMED,
    ) == ["chronology COL-USA all 4 1 10 4 10"]


def test_contributions_of_stories_sum_to_the_shift(run_model):
    lines = run_model(
        "statistics.change_stories",
        columns=("place", "story", "is_after", "contribution", "rank", "share"),
        statistics_breaks=BREAK,
        statistics_story_values=VALUES,
    )
    assert [line.split()[:3] for line in lines] == [
        ["1", "a", "false"],
        ["2", "b", "false"],
        ["3", "c", "true"],
        ["4", "d", "true"],
        ["5", "e", "true"],
    ]
    contributions = [float(line.split()[3]) for line in lines]
    assert math.isclose(sum(contributions), 100 * ((-1 - 1 + 0) / 3 - (1 + 0.5) / 2), abs_tol=1e-6)
    assert math.isclose(contributions[0], -100 * (1 + 0.1) / 2, abs_tol=1e-6)
    assert [line.split()[4] for line in lines] == ["1", "3", "2", "4", "5"] or contributions[2] == contributions[3]


def test_a_change_is_told_with_its_days_and_levels(run_model):
    assert run_model(
        "statistics.change_points",
        columns=(
            "day",
            "before_day",
            "window_from",
            "window_to",
            "size",
            "n_before",
            "n_after",
            "stories_for_half",
            "p",
            "q",
        ),
        statistics_breaks=BREAK,
        statistics_story_values=VALUES,
        statistics_change_tests=CLAIMED,
    ) == ["2025-01-26 2025-01-02 2025-01-02 2025-01-26 -141.666666667 2 3 2 0.001 0.01"]


def test_a_change_is_claimed_where_few_of_all_series_searched_would_be_false(run_model):
    """Of ten series with p of 0.01 at best, one alone is no news; five of them are."""

    def claimed(ps: list[float]) -> int:
        lines = [f"chronology  COL-USA  s{place}  1  {p}" for place, p in enumerate(ps)]
        told = run_model(
            "statistics.change_tests",
            columns=("is_claimed",),
            statistics_change_trials="\n".join(["dataset  dyad  domain  n_changes  p", *lines]),
            staging_method="change_q\n0.05",
        )
        return told.count("true")

    assert claimed([0.01] + [0.5] * 9) == 0
    assert claimed([0.01] * 5 + [0.5] * 5) == 5
    assert claimed([0.001] + [0.5] * 9) == 1


def test_a_change_that_is_not_claimed_is_no_break(run_model):
    assert (
        run_model(
            "statistics.breaks",
            statistics_found_breaks="""
                dataset     dyad     domain  step  first_step  last_step  window_first  window_last
                chronology  COL-USA  all     1     0           2          1             2
            """,
            statistics_searched_steps="""
                dataset     dyad     domain  step  first_place  last_place
                chronology  COL-USA  all     0     1            3
                chronology  COL-USA  all     1     4            6
            """,
            statistics_change_tests=CLAIMED.replace("true", "false"),
        )
        == []
    )


def test_what_is_shown_of_the_shipped_chronology_may_be_claimed(snapshot):
    wrong = snapshot.execute("select * from change_points where p > 0.01 or q > 0.05").fetchall()
    assert wrong == []
    (searched,) = snapshot.execute(
        "select state, n_changes from change_point_series where dataset = 'chronology' and dyad = 'MEX-USA' and domain = 'all'"
    ).fetchall()
    assert searched == ("searched", 0)


def test_every_series_says_whether_it_was_searched(snapshot):
    states = snapshot.execute("""
        select state, bool_and(n_changes is null), bool_and(n_stories < 40), bool_and(p is not null)
        from change_point_series where state <> 'too short' group by 1 order by 1
    """).fetchall()
    assert states == [("searched", False, False, True), ("too few stories", True, True, False)]


def test_shifts_are_the_sums_of_their_stories_and_their_windows_hold_the_day(snapshot):
    wrong = snapshot.execute("""
        select change_points.dyad, change_points.domain, change_points.day from change_points inner join change_point_stories as stories
            on change_points.dataset = stories.dataset and change_points.dyad = stories.dyad
            and change_points.domain = stories.domain and change_points.place = stories.change_place
        group by change_points.dataset, change_points.dyad, change_points.domain, change_points.day, size, window_from, window_to, n_before, n_after
        having abs(sum(contribution) - size) > 1e-9 or abs(sum(share) - 1) > 1e-9
            or change_points.day not between window_from and window_to or count(*) <> n_before + n_after
    """).fetchall()
    assert wrong == []
