"""Traps of coded event files, one test each. Those that a test of another subject holds are named in ELSEWHERE."""

import re
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench import gdelt_day
from bilateral.sources import gdelt_sieve
from bilateral.sources.gdelt import V1, V2
from bilateral.today import today
from machine_coded import (
    ADDED,
    ICEWS_HEADER,
    PHOENIX_HEADER,
    SPANISH,
    export_row,
    icews_row,
    load,
    mention,
    packed,
    phoenix_line,
    polecat_cells,
    polecat_text,
)
from material import ROOT

ELSEWHERE = {
    "codes are text: 042 is not 42, 1312 is of root 13, 0311 of root 03": "test_codes_are_text_and_the_root_is_their_first_two_characters",
    "016 and 163 under several tables": "test_tables_differ_where_their_sources_do",
    "106 and 1213 are not in GDELT's table": "test_a_code_that_a_table_lacks_weighs_what_its_longest_listed_prefix_weighs",
    "the class of a PLOVER SANCTION": "test_a_setting_decides_whether_a_polecat_sanction_is_word_or_deed",
    "POLECAT with trailing tabs, a Headline, another name of the intensity": "test_polecat_in_each_of_its_misformed_ways_gives_the_same_rows",
    "the same GLOBALEVENTID twice": "test_one_id_twice_is_one_event",
    "an event that is written again under a new id": "test_one_article_one_direction_and_one_code_on_a_day_is_one_event_and_one_act_a_day_unites_articles",
    "events without an id": "test_reports_without_an_id_never_collapse_into_one",
    "an event in 626 articles, each in two sentences": "test_an_event_in_many_articles_counts_each_once",
    "an article with 184 events": "test_the_events_of_one_story_share_a_weight_of_four_and_those_of_two_stories_do_not",
    "an event a week, a month or a year before it was added": "test_a_machine_coded_report_a_week_late_is_back_dated_and_a_curated_one_never",
    "a visit coded 042 one way and 043 the other": "test_visitor_and_host_of_one_story_are_joint_and_those_of_two_stories_are_not",
    "a quarter hour is missing": "test_a_day_without_files_is_not_read_and_a_lacking_quarter_hour_is_named",
    "the md5 is wrong": "test_a_file_with_the_wrong_md5_is_never_loaded_the_rest_goes_on_and_the_next_run_mends_it",
    "the first line of a ranged list is cut": "test_a_first_line_that_was_cut_is_no_fault_where_only_the_end_was_read",
    "a zip is torn, a bomb, or names a path": "test_a_file_that_is_not_what_it_should_be_is_refused_whole",
    "a file is torn after its first batches": "test_a_file_that_is_refused_after_its_first_batches_leaves_no_row",
    "a day with articles and none of the pair": "test_a_read_day_without_events_is_a_row_of_zeros_and_a_day_not_read_says_so",
    "a day that was not read": "test_a_day_that_was_not_read_is_a_gap_in_the_calendar",
}


@pytest.mark.parametrize("trap", ELSEWHERE)
def test_every_trap_that_is_told_elsewhere_has_its_test(trap):
    named = rf"^def {ELSEWHERE[trap]}\("
    assert [
        path for path in (ROOT / "tests").rglob("test_*.py") if re.search(named, path.read_text(encoding="utf-8"), re.MULTILINE)
    ]


def load_lines(desk, dataset: str, path: Path, *lines: str, encoding: str = "utf-8"):
    return load(desk, dataset, packed(path, "".join(line + "\n" for line in lines), encoding))[path.name]


@pytest.fixture(autouse=True)
def sieve_of_few_lines(monkeypatch):
    """These files are of a few lines, and go through the sieve of GDELT's reader all the same."""
    monkeypatch.setattr(gdelt_sieve, "FEW", 1)


@pytest.fixture
def export(desk, tmp_path):
    """export(row, row …) loads a GDELT export of these rows."""
    return lambda *lines: load_lines(desk, "gdelt", tmp_path / f"{ADDED}.export.CSV", *lines)


# ------------------------------------------------------------------ how files are written


def test_trap_quotes_in_a_tab_file_are_letters(desk, export, tmp_path):
    names = ['THE "PRESIDENT"', '"UNITED', 'STATES"', "O'HIGGINS", '"']
    result = export(*(export_row(n, actor1_name=name, source_url=f'https://a.mx/{n}?q="x') for n, name in enumerate(names)))
    assert (result.rows_read, result.rows_rejected) == (5, 0)
    assert desk.rows("select source_name, url from raw.reports order by source_event_id") == [
        (name, f'https://a.mx/{n}?q="x') for n, name in enumerate(names)
    ]
    rows = [icews_row(1, target_name='Citizen "El'), icews_row(2, target_name='Güero" (Mexico), elder')]
    assert load_lines(desk, "icews", tmp_path / "weekly.tab", ICEWS_HEADER, *rows).rows_accepted == 2
    assert desk.rows("select target_name from raw.reports where dataset = 'icews' order by source_event_id") == [
        ('Citizen "El',),
        ('Güero" (Mexico), elder',),
    ]


@pytest.mark.parametrize("columns", [V2, V1, V1[:-1]], ids=["61", "58", "57"])
def test_trap_61_58_and_57_columns_give_the_same_row(desk, tmp_path, columns):
    result = load_lines(desk, "gdelt", tmp_path / "20130401.export.CSV", export_row(7, columns, date_added="20250328"))
    assert (result.rows_read, result.rows_rejected) == (1, 0)
    address = None if columns == V1[:-1] else "https://reforma.com/7"
    assert desk.rows(
        "select source_event_id, source_country, target_country, code, score_given, n_articles, url from raw.reports"
    ) == [("7", "USA", "MEX", "042", 1.9, 3, address)]


def test_trap_57_and_58_columns_in_one_file(desk, tmp_path):
    lines = [
        export_row(1, V1[:-1], sql_date="20130330", date_added="20130330"),
        export_row(2, V1, sql_date="20130402", date_added="20130402"),
    ]
    assert load_lines(desk, "gdelt", tmp_path / "201303.csv", *lines, *lines[::-1]).rows_rejected == 0


def test_trap_mentions_of_16_columns_whose_last_is_empty(desk, tmp_path):
    line = mention("7", "https://a.mx/1", translated=SPANISH)
    assert (line.count("\t"), line[-1]) == (15, "\t")
    assert load_lines(desk, "gdelt-mentions", tmp_path / "a.mentions.CSV", line).rows_accepted == 1
    assert desk.rows("select source_event_id, language, confidence from raw.mentions") == [("7", "spa", 100)]


@pytest.mark.parametrize(
    ("dataset", "header", "row"),
    [
        ("gdelt", "\t".join(V2), export_row()),
        ("gdelt", "\t".join(V1), export_row(columns=V1)),
        ("gdelt-mentions", "\t".join(["GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName",
            "MentionIdentifier", "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
            "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras"]), mention("7", "https://a.mx/1")),
    ],
    ids=["gdelt-61", "gdelt-58", "mentions"],
)  # fmt: skip
def test_trap_a_header_where_none_belongs_is_refused_alone(desk, tmp_path, dataset, header, row):
    result = load_lines(desk, dataset, tmp_path / "a.CSV", header, row)
    assert (result.rows_read, result.rows_accepted, result.rows_rejected) == (2, 1, 1)
    assert desk.rows("select row_number, reason like '%header%' from raw.rejects") == [(1, True)]


def test_trap_a_header_in_the_middle_is_refused_alone(desk, export):
    result = export(export_row(1), "\t".join(V2), export_row(2))
    assert (result.rows_read, result.rows_accepted, result.rows_rejected) == (3, 2, 1)
    assert desk.rows("select row_number, reason like '%header%' from raw.rejects") == [(2, True)]


def test_trap_a_line_of_nine_megabytes_is_refused_alone_and_kept_in_short(desk, export):
    result = export(export_row(1), export_row(2, source_url="https://a.mx/" + "a" * 9_000_000), export_row(3))
    assert (result.rows_read, result.rows_accepted, result.rows_rejected) == (3, 2, 1)
    ((line, reason, raw),) = desk.rows("select row_number, reason, raw from raw.rejects")
    assert line == 2
    assert "9,000,1" in reason
    assert "2,097,152 at the most" in reason
    assert raw.startswith("2\t20250328")
    assert len(raw) == 1001


def shifted(row: str, place: int, delimiter: str = "\t") -> str:
    """One cell too many in the middle and the last one lost: the number of columns stays right."""
    cells = row.split(delimiter)
    return delimiter.join([*cells[:place], "", *cells[place:-1]])


@pytest.mark.parametrize(
    ("dataset", "header", "row", "places"),
    [
        ("gdelt", [], export_row(), (0, 1, 8, 25, 33)),
        ("gdelt-mentions", [], mention("7", "https://a.mx/1"), (0, 1, 2, 11)),
        ("icews", [ICEWS_HEADER], icews_row(), (0, 1, 6, 7)),
        ("phoenix", [PHOENIX_HEADER], phoenix_line(1, "USA", "MEX", "042", 1.9), (2, 3, 8, 15)),
        ("polecat", [polecat_text([]).strip()], polecat_text([polecat_cells(1)]).splitlines()[1], (0, 1, 2, 3)),
    ],
    ids=["gdelt", "mentions", "icews", "phoenix", "polecat"],
)
def test_trap_shifted_columns_are_refused_each_with_its_line(desk, tmp_path, dataset, header, row, places):
    delimiter = "," if dataset == "phoenix" else "\t"
    lines = [*header, row, *(shifted(row, place, delimiter) for place in places)]
    result = load_lines(desk, dataset, tmp_path / "events.txt", *lines)
    refused = desk.rows(f"select row_number from raw.rejects where dataset = '{dataset}' order by 1")
    assert refused == [(len(header) + 2 + n,) for n in range(len(places))]
    assert (result.rows_read, result.rows_accepted, result.rows_rejected) == (1 + len(places), 1, len(places))


def test_trap_latin_1_is_read_where_sources_write_it_and_refused_where_they_do_not(desk, tmp_path):
    polecat = polecat_text([polecat_cells(1)]).strip().split("\n")
    assert load_lines(desk, "polecat", tmp_path / "a.txt", *polecat, encoding="latin-1").rows_accepted == 1
    row = icews_row(1, target_name="Peña")
    assert load_lines(desk, "icews", tmp_path / "a.tab", ICEWS_HEADER, row, encoding="latin-1").rows_accepted == 1
    assert desk.rows("select target_name from raw.reports order by 1") == [("Canciller Peña",), ("Peña",)]
    row = export_row(1, actor2_name="PEÑA")
    assert load_lines(desk, "gdelt", tmp_path / "a.CSV", row, encoding="latin-1").rows_rejected == 1


def test_trap_none_and_na_mean_missing_where_sources_say_so_and_are_text_elsewhere(desk, export, tmp_path):
    load_lines(desk, "polecat", tmp_path / "a.txt", *polecat_text([polecat_cells(1, Source="None")]).strip().split("\n"))
    load_lines(desk, "icews", tmp_path / "a.tab", ICEWS_HEADER, icews_row(1, publisher="NA"))
    export(export_row(1, actor2_name="None", actor1_name="NA"))
    assert desk.rows("select dataset, outlet, source_name, target_name from raw.reports order by 1") == [
        ("gdelt", "reforma.com", "NA", "None"),
        ("icews", None, "Foreign Affairs", 'Citizen "El Güero" (Mexico), elder'),
        ("polecat", None, "Government", "Canciller Peña"),
    ]


# ------------------------------------------------------------------ what rows mean


def test_trap_the_class_of_roots_09_14_and_16_is_ours_beside_the_sources_own(desk, export, tmp_path):
    export(
        *(
            export_row(n, event_code=code, quad_class=quad)
            for n, (code, quad) in enumerate([("090", "2"), ("141", "3"), ("163", "4")])
        )
    )
    lines = [phoenix_line(n, "USA", "MEX", code, -2).replace(f',{int(code[:2])},1,', f',{int(code[:2])},{quad},')
             for n, (code, quad) in enumerate([("090", 3), ("141", 4), ("163", 3)])]  # fmt: skip
    load_lines(desk, "phoenix", tmp_path / "p.csv", PHOENIX_HEADER, *lines)
    desk.runner.build(["staging.codes"])
    assert desk.rows("""
        select reports.code, codes.kind, string_agg(reports.dataset || ' ' || reports.source_kind, ', ' order by reports.dataset)
        from raw.reports inner join staging.codes on reports.code = codes.code group by all order by 1
    """) == [
        ("090", "material cooperation", "gdelt 2, phoenix 3"),
        ("141", "verbal friction", "gdelt 3, phoenix 4"),
        ("163", "material friction", "gdelt 4, phoenix 3"),
    ]


def test_trap_accuse_has_lost_its_minus_sign_in_print_and_has_it_here(desk):
    header, *rows = (line.split(",") for line in (ROOT / "seeds" / "score_tables.csv").read_text(encoding="utf-8").splitlines())
    scores = {row[header.index("code")]: row[header.index("score")] for row in rows if row[0] == "plover"}
    assert float(scores["ACCUSE"]) == -3


def test_trap_an_icews_id_with_two_dates_is_two_events_and_equal_rows_are_one(house, tmp_path):
    rows = [icews_row(7), icews_row(7), icews_row(7, day="2018-06-08", story="99"), icews_row(8, code="190", intensity="-10")]
    path = packed(tmp_path / "weekly.tab", "\n".join([ICEWS_HEADER, *rows]) + "\n")
    result = load(house, "icews", path)[path.name]
    assert (result.rows_read, result.rows_accepted, result.rows_known) == (4, 3, 1)
    assert house.rows("select event_day::varchar, code from events where dataset = 'icews' order by all") == [
        ("2018-06-01", "040"),
        ("2018-06-01", "190"),
        ("2018-06-08", "040"),
    ]


def test_trap_a_summit_of_twenty_keeps_the_configured_pairs_and_counts_every_row(desk, export):
    twenty = re.findall("...", "USAMEXCANCHNCOLSLVGTMHNDVENPANCUBECUPERFRADEUGBRJPNINDBRAZAF")
    rows = [
        export_row(
            n, actor1_country=one, actor1_code=one, actor2_country=other, actor2_code=other, source_url="https://g20.org/1"
        )
        for n, (one, other) in enumerate((one, other) for one in twenty for other in twenty if one != other)
    ]
    result = export(*rows)
    assert (len(rows), result.rows_read, result.rows_accepted) == (380, 380, 380)
    assert desk.rows(
        "select count(*), count(distinct least(source_country, target_country) || greatest(source_country, target_country)) from raw.reports"
    ) == [(34, 17)]
    assert desk.rows("select sum(n_rows)::bigint from raw.universe") == [(380,)]


def test_trap_a_country_that_acts_on_itself_is_counted_and_no_pair(desk, export):
    result = export(export_row(1, actor2_country="USA", actor2_code="USAGOV"), export_row(2))
    assert (result.rows_read, result.rows_accepted) == (2, 2)
    assert desk.rows("select source_event_id from raw.reports") == [("2",)]
    assert desk.rows("select sum(n_rows)::bigint from raw.universe") == [(2,)]


def test_trap_actors_are_cameo_places_are_fips_and_only_actors_decide(desk, export):
    export(
        export_row(1, actor2_country="SLV", actor2_geo_country="ES", action_geo_country="ES"),
        export_row(2, actor2_country="ESP", actor2_geo_country="SP", action_geo_country="ES"),
        export_row(3, actor2_country="COL", actor2_geo_country="CO", action_geo_country="MX"),
        export_row(4, actor2_country="", actor2_geo_country="MX", action_geo_country="MX"),
        export_row(5, actor2_country="MX", actor2_geo_country="MX"),
        export_row(6, actor2_country="NGA", actor2_geo_country="NI", action_geo_country="NI"),
    )
    assert desk.rows("select source_event_id, target_country from raw.reports order by 1") == [("1", "SLV"), ("3", "COL")]


# ------------------------------------------------------------------ time


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "America/Mexico_City"])
def test_trap_the_newest_file_is_asked_for_and_read_in_utc_whatever_the_clock_of_the_machine(desk, export, monkeypatch, zone):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert today() == datetime.now(UTC).date()
        export(export_row(1, date_added="20250328234500"))
        assert desk.rows("select added_at::varchar, added_at::date::varchar from raw.reports") == [
            ("2025-03-28 23:45:00", "2025-03-28")
        ]
    finally:
        monkeypatch.undo()
        time.tzset()


def test_trap_dates_one_day_week_month_year_and_ten_years_back_keep_both_days(desk, export):
    days = ["20250327", "20250321", "20250228", "20240328", "20150328"]
    export(*(export_row(n, sql_date=day) for n, day in enumerate(days)))
    assert desk.rows(
        "select strftime(event_day, '%Y%m%d'), added_at::date::varchar from raw.reports order by source_event_id"
    ) == [(day, "2025-03-28") for day in days]


def test_the_generated_exports_have_quotes_and_old_dates_so_that_other_tests_meet_them():
    rows = [line.split("\t") for line in gdelt_day.export(datetime(2025, 3, 28, 12), 6000).decode().splitlines()]
    assert any('"' in row[6] + row[60] for row in rows)
    assert len({row[1] for row in rows}) == 6
