"""ICEWS, Phoenix, POLECAT and GDELT mentions: read whole, counted exactly, and held against a plain reading of the same file."""

import csv
from pathlib import Path

import pytest

from bilateral.exits import Stop
from machine_coded import (
    ICEWS_HEADER,
    PHOENIX_HEADER,
    POLECAT_COLUMNS,
    as_loaded,
    by_direction,
    icews_row,
    icews_rows,
    load,
    packed,
    phoenix_line,
    phoenix_rows,
    polecat_cells,
    polecat_text,
)
from material import write_lines

# ------------------------------------------------------------------ GDELT


# ------------------------------------------------------------------ ICEWS


def hold_icews(desk, path: Path) -> None:
    n_rows, told = icews_rows(path)
    result = load(desk, "icews", path)[path.name]
    assert (result.rows_read, result.rows_rejected) == (n_rows, 0)
    assert as_loaded(desk, "icews") == by_direction(told)


def test_icews_agrees_with_a_plain_reading(desk, icews_file):
    hold_icews(desk, icews_file)
    assert len(as_loaded(desk, "icews")) == 4


def test_icews_names_roles_and_story_of_an_event(house, icews_file):
    load(house, "icews", icews_file)
    ((name, roles, domain, score, story, publisher),) = house.rows("""
        select target_name, source_role || '>' || target_role, domain, score, story, outlet from events
        where dataset = 'icews' and directed_dyad = 'USA>MEX' and code = '040'
    """)
    assert name == 'Citizen "El Güero" (Mexico), elder'
    assert (roles, domain, score) == ("GOV>CVL", "diplomacy", 1.0)
    assert story == "MEX-USA 2018-06-01 77"
    assert publisher == "Xinhua News Agency"


def test_icews_days_count_as_read(house, icews_file):
    load(house, "icews", icews_file)
    assert house.rows(
        "select day::varchar, n_reports, state from coverage where dataset = 'icews' and dyad = '*' order by 1"
    ) == [
        ("2018-06-01", 5, "read"),
        ("2018-06-02", 1, "read"),
    ]


# ------------------------------------------------------------------ Phoenix


def hold_phoenix(desk, path: Path) -> None:
    n_rows, told = phoenix_rows(path)
    result = load(desk, "phoenix", path)[path.name]
    assert (result.rows_read, result.rows_rejected) == (n_rows, 0)
    assert as_loaded(desk, "phoenix") == by_direction(told)


@pytest.fixture
def phoenix_file(tmp_path) -> Path:
    lines = [
        phoenix_line(1, "USA", "MEX", "042", 1.9),
        phoenix_line(2, "MEX", "USA", "112", -2.0),
        phoenix_line(3, "FRA", "DEU", "190", -10),
    ]
    lines += [
        phoenix_line(4, "USA", "CHN", "0311", 5.2),
        phoenix_line(5, "USA", "MEX", "036", 4.0, "http://b.mx/y;http://c.mx/z"),
    ]
    return packed(tmp_path / "phoenix.csv", "\n".join([PHOENIX_HEADER, *lines]) + "\n")


def test_phoenix_agrees_with_a_plain_reading(desk, phoenix_file):
    hold_phoenix(desk, phoenix_file)


def test_phoenix_keeps_its_own_class_and_counts_the_stories_it_merged(desk, phoenix_file):
    load(desk, "phoenix", phoenix_file)
    assert desk.rows("""
        select source_kind, code, n_articles, url, outlet from raw.reports
        where dataset = 'phoenix' and source_country = 'USA' and target_country = 'MEX' order by code
    """) == [("1", "036", 2, "http://b.mx/y", "b.mx"), ("1", "042", 1, "http://a.mx/x", "a.mx")]


def test_phoenix_as_the_pipeline_writes_it_without_a_header(desk, tmp_path):
    cells = [
        "17_v0.3.0",
        "20160102",
        "2016",
        "01",
        "02",
        "USAGOV",
        "USA",
        "GOV",
        "",
        "MEX",
        "MEX",
        "",
        "",
        "042",
        "04",
        "1",
        "1.9",
        "",
    ]
    cells += ["", "", "", "", "", "s1;s2", "http://a.mx/1;http://b.mx/2", "a;b"]
    result = load(desk, "phoenix", packed(tmp_path / "events.full.20160102.txt", "\t".join(cells) + "\n"))
    assert [file.rows_accepted for file in result.values()] == [1]
    assert desk.rows("select source_country, target_country, code, n_articles from raw.reports") == [("USA", "MEX", "042", 2)]


# ------------------------------------------------------------------ POLECAT


POLECAT_ROWS = [
    polecat_cells(1),
    polecat_cells(2, "SANCTION", "discontinue", "-6.0", Contexts="economic; migration"),
    polecat_cells(3, "ACCUSE", "None", "-3.0", Actor_Country="MEX", Recipient_Country="USA", Contexts="None"),
    polecat_cells(4, "ACCUSE", "allege", "-3.5", Actor_Country="FRA", Recipient_Country="DEU"),
    polecat_cells(5, "AGREE", "None", "2.5", Recipient_Country="None", Recipient_Name="None"),
]
POLECAT_KINDS = {
    "VERBAL COOPERATION": "verbal cooperation",
    "VERBAL CONFLICT": "verbal friction",
    "MATERIAL CONFLICT": "material friction",
}


def test_polecat_agrees_with_a_plain_reading(desk, tmp_path):
    path = packed(tmp_path / "ngecEvents.DV.2023.txt", polecat_text(POLECAT_ROWS))
    result = load(desk, "polecat", path)[path.name]
    rows = list(csv.DictReader(path.open(encoding="utf-8"), delimiter="\t"))
    assert (result.rows_read, result.rows_rejected) == (len(rows), 0)
    told = [
        (row["Actor Country"], row["Recipient Country"], POLECAT_KINDS[row["Quad Code"]], float(row["Intensity"])) for row in rows
    ]
    assert as_loaded(desk, "polecat") == by_direction(told)


def test_polecat_keeps_type_mode_class_and_contexts_and_takes_plover_scores(house, tmp_path):
    load(house, "polecat", packed(tmp_path / "ngecEventsDV-2023-01.txt", polecat_text(POLECAT_ROWS)))
    rows = house.rows("""
        select events.code, plover_type, kind, score_table, score, domain, domain_rule, events.target_role, reports.source_kind
        from events inner join reports using (event_id) where events.dataset = 'polecat' order by events.code
    """)
    assert rows == [
        ("ACCUSE", "ACCUSE", "verbal friction", "plover", -3.0, "other", "no rule holds", "GOV", "VERBAL CONFLICT"),
        (
            "CONSULT-visit",
            "CONSULT",
            "verbal cooperation",
            "plover",
            4.0,
            "diplomacy",
            "diplomatic contexts",
            "GOV",
            "VERBAL COOPERATION",
        ),
        (
            "SANCTION-discontinue",
            "SANCTION",
            "material friction",
            "plover",
            -6.0,
            "migration",
            "migration contexts",
            "GOV",
            "MATERIAL CONFLICT",
        ),
    ]


@pytest.mark.parametrize(
    "text",
    [
        polecat_text(POLECAT_ROWS, header=[name.replace("Intensity", "Event Intensity") for name in POLECAT_COLUMNS]),
        polecat_text(POLECAT_ROWS, header=[*POLECAT_COLUMNS[:33], "Headline", *POLECAT_COLUMNS[33:]]),  # named, and rows lack it
        polecat_text([row | {"Headline": "A headline"} for row in POLECAT_ROWS], header=[*POLECAT_COLUMNS, "Headline"]),
        polecat_text(POLECAT_ROWS, end="\t"),
        polecat_text(POLECAT_ROWS, end="\t\t", header_end="\t\t"),
        polecat_text(POLECAT_ROWS, header_end="\t"),
        polecat_text(POLECAT_ROWS).replace("\n", "\r\n"),
    ],
    ids=[
        "event-intensity",
        "headline-without-field",
        "headline",
        "trailing-tabs",
        "trailing-tabs-twice",
        "header-trailing-tab",
        "crlf",
    ],
)
def test_polecat_in_each_of_its_misformed_ways_gives_the_same_rows(desk, tmp_path, text):
    result = load(desk, "polecat", packed(tmp_path / "ngecEvents.20230103111842.Release603.DV.txt", text))
    assert [(file.rows_read, file.rows_rejected) for file in result.values()] == [(5, 0)]
    assert desk.rows(
        "select code, target_name, score_given, outlet from raw.reports where dataset = 'polecat' order by code"
    ) == [
        ("ACCUSE", "Canciller Peña", -3.0, "Reforma"),
        ("CONSULT-visit", "Canciller Peña", 4.0, "Reforma"),
        ("SANCTION-discontinue", "Canciller Peña", -6.0, "Reforma"),
    ]


def test_a_polecat_row_of_several_countries_tells_one_act_for_each_pair_and_is_one_row(house, tmp_path):
    rows = [polecat_cells(1, Actor_Country="USA", Recipient_Country="MEX; CAN; FRA")]
    rows += [
        polecat_cells(2, "AGREE", "None", "2.5", Actor_Country="USA; MEX; SLV", Recipient_Country="None", Story_People="Noem")
    ]
    path = packed(tmp_path / "ngecEvents.DV.2023.txt", polecat_text(rows))
    assert [(file.rows_read, file.rows_accepted) for file in load(house, "polecat", path).values()] == [(2, 2)]
    assert house.rows("select directed_dyad, code, is_mutual from events where dataset = 'polecat' order by all") == [
        ("MEX>SLV", "AGREE", True),
        ("MEX>USA", "AGREE", True),
        ("SLV>USA", "AGREE", True),
        ("USA>CAN", "CONSULT-visit", True),
        ("USA>MEX", "CONSULT-visit", True),
    ]
    again = load(house, "polecat", packed(tmp_path / "again.txt", polecat_text(rows[:1])))
    assert [(file.rows_read, file.rows_known) for file in again.values()] == [(1, 1)]


def test_a_setting_decides_whether_a_polecat_sanction_is_word_or_deed(house, tmp_path):
    types = house.tree / "seeds" / "plover_types.csv"
    text = types.read_text(encoding="utf-8")
    types.write_text(text.replace("(PLOVER),Sancionar (PLOVER),material friction", "(PLOVER),Sancionar (PLOVER),verbal friction"))
    load(house, "polecat", packed(tmp_path / "ngecEvents.DV.2023.txt", polecat_text(POLECAT_ROWS)))
    assert house.rows(
        "select kind, source_kind from events inner join reports using (event_id) where events.dataset = 'polecat' and sign = -1 and plover_type = 'SANCTION'"
    ) == [("verbal friction", "MATERIAL CONFLICT")]


# ------------------------------------------------------------------ what every format refuses


@pytest.mark.parametrize(
    ("dataset", "text", "reason"),
    [
        ("icews", "\n".join([ICEWS_HEADER, icews_row(), icews_row(2, code="42")]), "leading zero"),
        ("icews", "\n".join([ICEWS_HEADER, icews_row(), icews_row(2, day="01/06/2018")]), "YYYY-MM-DD"),
        ("icews", "\n".join([ICEWS_HEADER, icews_row(), icews_row(2, intensity="-58")]), "Intensity"),
        ("icews", "\n".join([ICEWS_HEADER, icews_row(), ICEWS_HEADER]), "Event ID"),
        ("icews", "\n".join([ICEWS_HEADER, icews_row(), icews_row(2) + "\tmore"]), "21 columns"),
        (
            "phoenix",
            "\n".join([PHOENIX_HEADER, phoenix_line(1, "USA", "MEX", "042", 1.9), phoenix_line(2, "USA", "MEX", "421", 1)]),
            "CAMEO",
        ),
        ("polecat", polecat_text([polecat_cells(1), polecat_cells(2, Event_Type="CRIME")]), "16 types"),
        ("polecat", polecat_text([polecat_cells(1), polecat_cells(2, Event_Date="2023-02-30")]), "calendar day"),
    ],
)
def test_a_bad_row_is_refused_alone_with_its_reason(desk, tmp_path, dataset, text, reason):
    path = packed(tmp_path / "events.txt" if dataset != "phoenix" else tmp_path / "events.csv", text + "\n" * (text[-1] != "\n"))
    result = load(desk, dataset, path)[path.name]
    assert (result.rows_read, result.rows_accepted, result.rows_rejected) == (2, 1, 1)
    ((row_number, said, raw),) = desk.rows(f"select row_number, reason, raw from raw.rejects where dataset = '{dataset}'")
    assert row_number == 3
    assert reason in said
    assert raw


@pytest.mark.parametrize(
    ("dataset", "text", "sentence"),
    [
        ("icews", "Aam_Aadmi_Party\tMake_statement\tCourt_Judge_(India)\t2014-11-11\n", "benchmark extracts of four columns"),
        ("polecat", ICEWS_HEADER + "\n" + icews_row() + "\n", "is not a polecat file"),
        ("gdelt-mentions", "\t".join(["1"] * 61) + "\n", "bilateral load gdelt"),
    ],
)
def test_a_file_of_another_format_is_refused_whole(desk, tmp_path, dataset, text, sentence):
    result = load(desk, dataset, packed(tmp_path / "events.txt", text))["events.txt"]
    assert sentence in result.refusal
    assert result.rows_read == 0


@pytest.mark.parametrize("dataset", ["icews", "polecat", "phoenix"])
def test_loading_twice_or_under_another_name_adds_nothing(desk, tmp_path, icews_file, phoenix_file, dataset):
    path = {"icews": icews_file, "phoenix": phoenix_file}.get(dataset) or packed(tmp_path / "p.txt", polecat_text(POLECAT_ROWS))
    load(desk, dataset, path)
    kept = "from raw.reports order by all", "from raw.universe order by all"
    before = [desk.rows(table) for table in kept]
    again = load(desk, dataset, path)[path.name]
    assert (again.rows_accepted, again.rows_known) == (0, again.rows_read)
    copy = packed(tmp_path / "zz-copy.gz", path.read_text(encoding="utf-8"))
    assert load(desk, dataset, copy)[copy.name].rows_accepted == again.rows_read - len(
        before[0]
    )  # rows of other pairs are counted only
    assert desk.rows(kept[0]) == before[0]


def test_a_dataset_of_which_nothing_is_said_is_not_loaded(house, icews_file):
    datasets = house.tree / "seeds" / "datasets.csv"
    lines = datasets.read_text(encoding="utf-8").splitlines()
    write_lines(datasets, [line for line in lines if not line.startswith("icews,")])
    with pytest.raises(
        Stop, match=r"icews has no line in seeds/datasets\.csv, which says how its events are counted; nothing was loaded"
    ):
        house.refresh(coded=("icews", [icews_file]))
    assert house.rows("select count(*) from reports where dataset = 'icews'") == [(0,)]
