"""From events to the day: who is credited, what a story adds, which days were read."""

import pytest


def test_a_mutual_act_is_credited_in_both_directions_and_once_for_the_pair(run_model):
    assert run_model(
        "core.credits",
        columns=("event_id", "dyad"),
        core_events="""
        event_id  dataset     dyad     directed_dyad  source_country  target_country  is_mutual  is_backdated  story
        meeting   chronology  MEX-USA  USA>MEX        USA             MEX             true       false         a
        tariff    chronology  MEX-USA  USA>MEX        USA             MEX             false      false         b
        old       chronology  MEX-USA  USA>MEX        USA             MEX             false      true          c
        """,
        core_happenings="""
        dataset     dyad     story  happening
        chronology  MEX-USA  a      a
        chronology  MEX-USA  b      a
        """,
    ) == ["meeting MEX-USA", "tariff MEX-USA", "meeting MEX>USA", "meeting USA>MEX", "tariff USA>MEX"]


def test_a_series_of_a_direction_has_what_its_doer_did_alone(run_model):
    assert run_model(
        "core.counted_credits",
        columns=("event_id", "dyad"),
        core_credits="""
        dataset  dyad     event_id  is_mutual
        x        MEX-USA  meeting   true
        x        USA>MEX  meeting   true
        x        MEX>USA  meeting   true
        x        MEX-USA  tariff    false
        x        USA>MEX  tariff    false
        """,
    ) == ["meeting MEX-USA", "tariff MEX-USA", "tariff USA>MEX"]


STORIES = """
dataset  dyad     domain  day         story  happening  n_events  n_articles  verbal_cooperation  material_cooperation  verbal_friction  material_friction  s   n  g   cooperation  friction
gdelt    MEX-USA  all     2025-03-26  a      a          3         3           2                   0                     0                1                  1   3  1   4            3
gdelt    MEX-USA  all     2025-03-26  b      b          1         1           0                   0                     1                0                  -1  1  -2  0            2
"""


def test_squares_are_of_happenings_not_of_events(run_model):
    columns = ("day", "lag", "n_stories", "s", "n", "s_s", "s_n", "n_n", "words_s", "deeds_s")
    assert run_model("core.dyad_day", columns=columns, core_story_day=STORIES) == ["2025-03-26 0 2 0.0 4.0 2.0 2.0 10.0 1.0 -1.0"]


def test_products_of_two_days_of_one_happening_stand_beside_the_later_day(run_model):
    later = STORIES.rstrip().splitlines()[-1].replace("2025-03-26", "2025-03-29").replace("b      b", "c      a")
    columns = ("day", "lag", "n_stories", "n", "s_s", "s_n", "n_n")
    assert run_model("core.dyad_day", columns=columns, core_story_day=STORIES + later) == [
        "2025-03-26 0 2 4.0 2.0 2.0 10.0",
        "2025-03-29 0 1 1.0 1.0 -1.0 1.0",
        "2025-03-29 3 0 0.0 -2.0 -2.0 6.0",
    ]


def test_a_curated_pair_is_covered_from_its_first_to_its_last_event_and_days_between_are_read(run_model):
    assert run_model(
        "core.coverage",
        columns=("day", "n_reports", "state"),
        staging_datasets="""
        dataset     is_curated
        chronology  true
        """,
        staging_reports="""
        report_id  dataset     dyad     day         n_articles
        r1         chronology  MEX-USA  2025-03-26  1
        r2         chronology  MEX-USA  2025-03-28  1
        """,
    ) == ["2025-03-26 1 curated", "2025-03-27 0 curated", "2025-03-28 1 curated"]


def test_a_day_that_was_not_read_is_a_gap_in_the_calendar(run_model):
    assert run_model(
        "core.calendar",
        columns=("day", "day_no", "is_read"),
        staging_datasets="dataset  is_curated\ngdelt  false",
        core_dyad_day="""
        dataset  dyad     domain  day
        gdelt    MEX-USA  all     2025-06-14
        """,
        core_coverage="""
        dataset  dyad  day         state
        gdelt    *     2025-06-14  read
        gdelt    *     2025-06-16  read
        """,
    ) == ["2025-06-14 0 true", "2025-06-15 1 false", "2025-06-16 2 true"]


def test_a_day_whose_files_were_all_lacking_is_not_read_and_a_day_with_some_is_partly_read(run_model):
    assert run_model(
        "core.coverage",
        columns=("dyad", "day", "n_reports", "state"),
        staging_datasets="""
        dataset  is_curated
        gdelt    false
        """,
        staging_reports="""
        report_id  dataset
        """,
        core_read_days="""
        dataset  day         n_reports  n_articles  state
        gdelt    2025-06-14  7          9           partly read
        """,
        raw_gaps="""
        dataset  feed   slot                 day         reason
        gdelt    gdelt  2025-06-14 00:15:00  2025-06-14  the list does not have it
        gdelt    gdelt  2025-06-15 00:00:00  2025-06-15  the list does not have it
        gdelt    gdelt  2025-06-15 00:15:00  2025-06-15  404
        """,
    ) == ["* 2025-06-14 7 partly read", "* 2025-06-15 0 not read"]


def test_days_after_the_last_one_of_which_anything_was_read_are_not_in_the_calendar(run_model):
    assert run_model(
        "core.calendar",
        columns=("day", "is_read"),
        core_dyad_day="""
        dataset  dyad     domain  day
        gdelt    MEX-USA  all     2025-06-14
        """,
        core_coverage="""
        dataset  dyad  day         state
        gdelt    *     2025-06-14  read
        gdelt    *     2025-06-15  not read
        """,
    ) == ["2025-06-14 true"]


def test_a_machine_coded_dataset_is_settled_up_to_the_sunday_that_is_a_week_past_and_a_curated_one_to_its_end(run_model):
    def settled(newest: str) -> list[str]:
        days = [
            f"{dataset}  MEX-USA  all  {day}  1  1  1  1" for dataset in ("gdelt", "chronology") for day in ("2025-03-01", newest)
        ]
        return run_model(
            "core.settled",
            columns=("dataset", "last_day", "n_events"),
            core_dyad_day="\n".join(["dataset  dyad  domain  day  n_events  n  s  g", *days]),
            core_level_days="dataset  day  n_counted\ngdelt  2025-03-01  1\nchronology  2025-03-01  1",
            core_calendar="dataset  dyad  day  is_read\ngdelt  MEX-USA  2025-03-01  true\nchronology  MEX-USA  2025-03-01  true",
            staging_datasets="dataset  is_curated\ngdelt  false\nchronology  true",
        )

    assert settled("2025-03-30") == ["chronology 2025-03-30 2", "gdelt 2025-03-23 1"]  # a Sunday
    assert settled("2025-03-29") == ["chronology 2025-03-29 2", "gdelt 2025-03-16 1"]


@pytest.mark.parametrize(
    ("n_english", "n_translated", "more", "state"),
    [
        (96, 0, (), "read"),
        (92, 0, (), "read"),
        (91, 0, (), "partly read"),
        (48, 48, (), "partly read"),
        (96, 48, (), "partly read"),
        (96, 92, (), "read"),
        (50, 0, ("20250614.export.CSV.zip",), "read"),
        (50, 0, tuple(f"b/20250614{n:02}0000.export.CSV.zip" for n in range(24)) * 2, "partly read"),
        (0, 0, ("an-extract.csv",), "partly read"),
    ],
)
def test_each_stream_of_gdelt_needs_its_own_96_quarter_hours(run_model, n_english, n_translated, more, state):
    slots = [f"20250614{n // 4:02}{n % 4 * 15:02}00" for n in range(96)]
    names = [f"{slot}.export.CSV.zip" for slot in slots[:n_english]]
    names += [f"{slot}.translation.export.CSV.zip" for slot in slots[:n_translated]] + list(more)
    rows = [f"gdelt  {name}  {n}  2025-06-14  2025-06-14  10  20" for n, name in enumerate(names)]
    universe = "\n".join(["dataset  file_name  md5  day  added_day  n_rows  n_articles", *rows])
    assert run_model("core.read_days", raw_universe=universe) == [f"gdelt 2025-06-14 {10 * len(names)} {20 * len(names)} {state}"]
