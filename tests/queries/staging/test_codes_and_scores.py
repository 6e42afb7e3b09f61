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
    found = run_model("staging.scores", columns=("score_table", "code", "listed_score"), raw_reports="report_id  code\nr1  016")
    assert {line for line in found if line.endswith(("016 -2.0", "016 -5.0"))} == {
        "goldstein-gdelt 016 -2.0",
        "goldstein-icews 016 -5.0",
    }
    assert "goldstein-gdelt 163 -8.0" in found
    assert "plover 163 -6.0" in found


def test_a_score_whose_sign_contradicts_its_kind_counts_as_nothing(run_model):
    found = run_model(
        "staging.scores", columns=("score_table", "code", "listed_score", "score"), raw_reports="report_id  code\nr1  016"
    )
    assert {"goldstein-gdelt 016 -2.0 0.0", "goldstein-icews 016 -5.0 0.0", "goldstein-gdelt 0256 -0.3 0.0"} <= set(found)
    assert {"goldstein-gdelt 092 -2.0 0.0", "plover 1011 0.5 0.0"} <= set(
        found
    )  # a deed, and a demand that a table calls friendly
    assert {"goldstein-gdelt 163 -8.0 -8.0", "goldstein-gdelt 057 8.0 8.0", "plover REQUEST 0.0 0.0"} <= set(found)


def test_a_promise_weighs_no_more_than_the_weakest_deed_of_cooperation(run_model):
    found = run_model(
        "staging.scores", columns=("score_table", "code", "listed_score", "score"), raw_reports="report_id  code\nr1  0342"
    )
    assert {"goldstein-gdelt 0342 7.0 5.0", "goldstein-gdelt 035 7.0 5.0", "goldstein-gdelt 0354 7.0 5.0"} <= set(found)
    assert {"goldstein-icews 0334 6.0 5.0", "goldstein-gdelt 030 4.0 4.0", "goldstein-gdelt 0832 5.0 5.0"} <= set(found)
    scores = [line.split() for line in found]
    for table in ("goldstein-gdelt", "goldstein-icews", "plover", "sign"):
        promises = [float(score) for name, code, _, score in scores if name == table and code.startswith("03")]
        deeds = [float(score) for name, code, _, score in scores if name == table and code[:2] in ("06", "07", "08")]
        assert max(promises) <= min(deeds), table


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
