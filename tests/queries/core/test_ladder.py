"""The ladder of de-duplication, level by level."""

COLUMNS = ("report_id", "exact_id", "article_id", "act_id", "joint_id")

DATASETS = """
    dataset     is_curated  level
    gdelt       false       joint
    chronology  true        act
"""


def ladder(run_model, reports: str, *columns: str) -> list[str]:
    return run_model("core.ladder", columns=columns or COLUMNS, staging_reports=reports, staging_datasets=DATASETS)


def test_one_id_twice_is_one_event(run_model):
    found = ladder(
        run_model,
        """
        report_id  dataset  source_event_id  day         added_at    dyad     directed_dyad  code  is_mutual  domain  url
        r1         gdelt    7                2025-03-26  2025-03-26  MEX-USA  USA>MEX        042   true       trade   http://a
        r2         gdelt    7                2025-03-26  2025-03-27  MEX-USA  USA>MEX        042   true       trade   http://a
        """,
        "report_id", "exact_id",
    )  # fmt: skip
    assert found == ["r1 gdelt-7-20250326", "r2 gdelt-7-20250326"]


def test_reports_without_an_id_never_collapse_into_one(run_model):
    found = ladder(
        run_model,
        """
        report_id  dataset  source_event_id  day         added_at    dyad     directed_dyad  code  is_mutual  domain  url
        r1         gdelt    null             2025-03-26  2025-03-26  MEX-USA  USA>MEX        112   false      trade   null
        r2         gdelt    null             2025-03-26  2025-03-26  MEX-USA  USA>MEX        112   false      water   null
        """,
        "exact_id",
    )  # fmt: skip
    assert found == ["gdelt-r1", "gdelt-r2"]


def test_one_article_one_direction_and_one_code_on_a_day_is_one_event_and_one_act_a_day_unites_articles(run_model):
    found = ladder(
        run_model,
        """
        report_id  dataset  source_event_id  day         added_at    dyad     directed_dyad  code  is_mutual  domain  url
        r1         gdelt    1                2025-03-26  2025-03-26  MEX-USA  USA>MEX        112   false      trade   http://a
        r2         gdelt    2                2025-03-26  2025-03-26  MEX-USA  USA>MEX        112   false      trade   http://a
        r3         gdelt    3                2025-03-26  2025-03-27  MEX-USA  USA>MEX        112   false      trade   http://b
        r4         gdelt    4                2025-03-26  2025-03-27  MEX-USA  MEX>USA        112   false      trade   http://b
        """,
        "report_id", "article_id", "act_id",
    )  # fmt: skip
    assert found == [
        "r1 gdelt-1-20250326 gdelt-20250326-USA-MEX-112-trade",
        "r2 gdelt-1-20250326 gdelt-20250326-USA-MEX-112-trade",
        "r3 gdelt-3-20250326 gdelt-20250326-USA-MEX-112-trade",
        "r4 gdelt-4-20250326 gdelt-20250326-MEX-USA-112-trade",
    ]


def test_visitor_and_host_of_one_story_are_joint_and_those_of_two_stories_are_not(run_model):
    found = ladder(
        run_model,
        """
        report_id  dataset  source_event_id  day         added_at    dyad     directed_dyad  code  is_mutual  domain     url
        r1         gdelt    1                2025-03-28  2025-03-28  MEX-USA  USA>MEX        042   true       migration  http://a
        r2         gdelt    2                2025-03-28  2025-03-28  MEX-USA  MEX>USA        043   true       migration  http://a
        r3         gdelt    3                2025-03-28  2025-03-28  MEX-USA  MEX>USA        057   true       trade      http://b
        """,
        "report_id", "joint_id",
    )  # fmt: skip
    assert found == [
        "r1 gdelt-20250328-MEX-USA-043-migration",
        "r2 gdelt-20250328-MEX-USA-043-migration",
        "r3 gdelt-20250328-MEX-USA-057-trade",
    ]


def test_curated_rows_are_never_merged(run_model):
    found = ladder(
        run_model,
        """
        report_id  dataset     source_event_id  day         added_at    dyad     directed_dyad  code  is_mutual  domain  url
        r1         chronology  a-1              2025-03-28  2025-03-28  MEX-USA  USA>MEX        042   true       trade   http://a
        r2         chronology  a-2              2025-03-28  2025-03-28  MEX-USA  USA>MEX        042   true       trade   http://a
        """,
        "joint_id",
    )  # fmt: skip
    assert found == ["a-1", "a-2"]
