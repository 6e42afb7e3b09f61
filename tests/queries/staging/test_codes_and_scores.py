"""What a code means and weighs, also where a table does not list it."""


def test_a_code_that_a_table_lacks_weighs_what_its_longest_listed_prefix_weighs(run_model):
    found = run_model(
        "staging.scores",
        columns=("score_table", "code", "matched_code", "score"),
        raw_reports="""
        report_id  code
        r1         1213
        r2         1429
        """,
    )
    assert "goldstein-gdelt 1213 121 -4.0" in found
    assert "goldstein-icews 1213 1213 -4.0" in found
    assert "goldstein-gdelt 1429 142 -6.5" in found
    assert "goldstein-gdelt 106 10 -5.0" in found


def test_tables_differ_where_their_sources_do(run_model):
    found = run_model("staging.scores", columns=("score_table", "code", "score"), raw_reports="report_id  code\nr1  016")
    assert {line for line in found if line.endswith(("016 -2.0", "016 -5.0"))} == {
        "goldstein-gdelt 016 -2.0",
        "goldstein-icews 016 -5.0",
    }
    assert "goldstein-gdelt 163 -8.0" in found
    assert "plover 163 -6.0" in found


def test_codes_are_text_and_the_root_is_their_first_two_characters(run_model):
    found = run_model("staging.codes", columns=("code", "root", "kind"), raw_reports="report_id  code\nr1  042")
    assert "042 04 verbal cooperation" in found
    assert "1312 13 verbal friction" in found
    assert "0311 03 verbal cooperation" in found
    assert not [line for line in found if line.startswith("42 ")]


def test_a_machine_coded_report_a_week_late_is_back_dated_and_a_curated_one_never(run_model):
    found = run_model(
        "staging.reports",
        columns=("report_id", "is_backdated", "domain"),
        staging_datasets="dataset  is_curated\ngdelt  false\nchronology  true",
        raw_reports="""
        report_id  dataset     event_day   added_at             source_country  target_country  code  domain_given
        r1         gdelt       2025-03-21  2025-03-28 00:15:00  USA             MEX             042   null
        r2         gdelt       2025-03-22  2025-03-28 00:15:00  USA             MEX             042   trade
        r3         chronology  2025-03-21  2025-03-28 00:00:00  USA             MEX             042   health/agriculture
        r4         chronology  2025-03-21  2025-03-28 00:00:00  USA             FRA             042   trade
        """,
    )
    assert found == ["r1 true diplomacy", "r2 false trade", "r3 false health-agriculture"]
