"""From reports to events: who speaks for an event, how many articles it has, what it weighs."""

import math

REPORTS = """
report_id  dataset     source_event_id  event_day   added_at             source_country  target_country  code  url       outlet  n_articles  n_sources
"""


def events(run_model, rows: str, *columns: str, level: str = "joint") -> list[str]:
    datasets = f"""
    dataset     is_curated  level    score_table
    gdelt       false       {level}  goldstein-gdelt
    chronology  true        act      goldstein-gdelt
    articles    true        act      goldstein-gdelt
    """
    told = [f"{row}  {row.split()[-1]}" for row in rows.strip().splitlines()]  # each article in an outlet of its own
    return run_model("core.events", columns=columns, raw_reports="\n".join([REPORTS.strip(), *told]), staging_datasets=datasets)


def test_the_newest_coding_of_an_id_speaks_for_the_event_and_the_old_one_stays_attached(run_model):
    rows = """
    r1         gdelt       7                2025-03-26  2025-03-26 06:00:00  USA             MEX             112   http://a  a       1
    r2         gdelt       7                2025-03-26  2025-03-27 06:00:00  USA             MEX             163   http://a  a       1
    """
    assert events(run_model, rows, "code", "kind", "n_reports", "added_at") == ["163 material friction 2 2025-03-26 06:00:00"]


def test_articles_are_the_larger_of_distinct_addresses_and_the_largest_count_and_never_the_sum(run_model):
    rows = """
    r1         gdelt       1                2025-03-26  2025-03-26 06:00:00  USA             MEX             112   http://a  a       5
    r2         gdelt       2                2025-03-26  2025-03-26 06:00:00  USA             MEX             112   http://b  b       4
    r3         gdelt       3                2025-03-27  2025-03-27 06:00:00  USA             MEX             112   http://a  a       null
    r4         gdelt       4                2025-03-27  2025-03-27 06:00:00  USA             MEX             112   http://b  b       1
    r5         gdelt       5                2025-03-28  2025-03-28 06:00:00  USA             MEX             112   null      null    null
    """
    columns = ("event_day", "n_reports", "n_articles", "n_outlets", "weight")
    assert events(run_model, rows, *columns) == [
        f"2025-03-26 2 5 5 {round(1 + math.log(5), 9)}",
        f"2025-03-27 2 2 2 {round(1 + math.log(2), 9)}",
        "2025-03-28 1 1 1 1.0",
    ]


def test_one_event_never_weighs_more_than_four(run_model):
    rows = """
    r1         gdelt       1                2025-03-26  2025-03-26 06:00:00  USA             MEX             112   http://a  a       184
    """
    assert events(run_model, rows, "n_articles", "weight") == ["184 4.0"]


def test_the_events_of_one_story_share_a_weight_of_four_and_those_of_two_stories_do_not(run_model):
    rows = """
    r1         gdelt       1                2025-03-26  2025-03-26 06:00:00  USA             MEX             112   http://a  a       50
    r2         gdelt       2                2025-03-26  2025-03-26 06:00:00  USA             MEX             163   http://a  a       50
    r3         gdelt       3                2025-03-26  2025-03-26 06:00:00  USA             MEX             130   http://b  b       50
    """
    assert events(run_model, rows, "code", "story", "weight") == [
        "112 MEX-USA 2025-03-26 http://a 2.0",
        "130 MEX-USA 2025-03-26 http://b 4.0",
        "163 MEX-USA 2025-03-26 http://a 2.0",
    ]


def test_visitor_and_host_of_one_story_are_one_event_with_one_weight_and_both_reports(run_model):
    rows = """
    r1         gdelt       1                2025-03-28  2025-03-28 06:00:00  USA             MEX             042   http://a  a       3
    r2         gdelt       2                2025-03-28  2025-03-28 06:00:00  MEX             USA             043   http://a  a       3
    """
    columns = ("is_mirrored", "joint_id", "n_reports", "n_articles", "weight")
    assert events(run_model, rows, *columns) == [f"true gdelt-20250328-USA-MEX-042-diplomacy 2 3 {round(1 + math.log(3), 9)}"]
    assert len(events(run_model, rows, "event_id", level="act")) == 2


def test_visitor_and_host_on_two_days_or_in_two_stories_are_two_events(run_model):
    rows = """
    r1         gdelt       1                2025-03-28  2025-03-28 06:00:00  USA             MEX             042   http://a  a       1
    r2         gdelt       2                2025-03-29  2025-03-29 06:00:00  MEX             USA             043   http://a  a       1
    r3         gdelt       3                2025-03-29  2025-03-29 06:00:00  USA             MEX             042   http://b  b       1
    """
    assert events(run_model, rows, "code", "is_mirrored") == ["042 false", "043 false", "042 false"]


def test_two_acts_that_are_not_mutual_are_never_joint(run_model):
    rows = """
    r1         gdelt       1                2025-03-28  2025-03-28 06:00:00  USA             MEX             112   http://a  a       1
    r2         gdelt       2                2025-03-28  2025-03-28 06:00:00  MEX             USA             112   http://a  a       1
    """
    assert events(run_model, rows, "directed_dyad", "is_mirrored") == ["MEX>USA false", "USA>MEX false"]


def test_each_level_merges_at_least_what_the_level_before_it_merges(run_model):
    rows = """
    r1         gdelt       1                2025-03-28  2025-03-28 06:00:00  USA             MEX             042   http://a  a       1
    r2         gdelt       1                2025-03-28  2025-03-29 06:00:00  USA             MEX             042   http://a  a       1
    r3         gdelt       2                2025-03-28  2025-03-28 06:00:00  USA             MEX             042   http://a  a       1
    r4         gdelt       3                2025-03-28  2025-03-28 06:00:00  USA             MEX             042   http://b  b       1
    r5         gdelt       4                2025-03-28  2025-03-28 06:00:00  MEX             USA             043   http://a  a       1
    """
    left = {level: len(events(run_model, rows, "event_id", level=level)) for level in ("raw", "exact", "article", "act", "joint")}
    assert left == {"raw": 5, "exact": 4, "article": 3, "act": 2, "joint": 1}


def test_a_curated_act_is_its_own_story_and_weighs_one_even_when_its_page_tells_of_others(run_model):
    rows = """
    r1         chronology  usa-1            2025-03-28  2025-03-28 00:00:00  USA             MEX             042   http://a  null    null
    r2         chronology  usa-2            2025-03-28  2025-03-28 00:00:00  USA             MEX             042   http://a  null    null
    """
    assert events(run_model, rows, "event_id", "story", "weight") == ["usa-1 usa-1 1.0", "usa-2 usa-2 1.0"]


def test_one_id_in_two_curated_datasets_is_two_events(run_model):
    rows = """
    r1         chronology  1                2025-03-27  2025-03-27 00:00:00  USA             MEX             163   http://a  null    null
    r2         articles    1                2025-03-28  2025-03-28 00:00:00  USA             MEX             042   http://a  null    null
    """
    assert events(run_model, rows, "event_id", "dataset", "code") == ["1 chronology 163", "articles-1 articles 042"]
