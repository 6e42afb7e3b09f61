"""ICEWS, Phoenix, POLECAT and GDELT mentions: read whole, counted exactly, and held against a plain reading of the same file."""

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from conftest import empty_house
from material import ROOT

from dashboard import machine
from dashboard.loading import FileResult
from dashboard.runner import Runner
from dashboard.sources.gdelt import V2

NAMES = {
    "United States": "USA", "Mexico": "MEX", "Canada": "CAN", "China": "CHN", "Colombia": "COL", "El Salvador": "SLV", "Guatemala": "GTM",
    "Honduras": "HND", "Venezuela": "VEN", "Panama": "PAN", "Cuba": "CUB", "Ecuador": "ECU", "Peru": "PER",
}  # fmt: skip
PAIRS = [line.split(",")[0].split("-") for line in (ROOT / "seeds" / "dyads.csv").read_text().splitlines()[1:]]
DIRECTED = {(a, b) for a, b in PAIRS} | {(b, a) for a, b in PAIRS}


@dataclass
class Desk:
    """The tables that a load needs, in memory: what was read, before anything is made of it."""

    connection: duckdb.DuckDBPyConnection
    runner: Runner

    def load(self, dataset: str, paths: list[Path]) -> list[FileResult]:
        judge = machine.judge_of(self.runner.folder, dataset)
        self.runner.build(["staging.dyads", "staging.dyad_keys", *(name for name in judge.inputs if "." in name)])
        return machine.Loader(self.connection, self.runner.folder, dataset, "run").load(paths)

    def rows(self, statement: str) -> list[tuple]:
        return self.connection.execute(statement).fetchall()


@pytest.fixture
def desk():
    with empty_house() as connection:
        runner = Runner(connection, ROOT / "queries")
        runner.make_kept()
        yield Desk(connection, runner)


def load(place, dataset: str, *paths: Path) -> dict[str, FileResult]:
    """Load into a desk, or into a house, which rebuilds and publishes."""
    files = machine.found_files(paths)
    if isinstance(place, Desk):
        results = place.load(dataset, files)
    else:
        outcome = place.refresh(coded=(dataset, files))
        assert outcome.exit_code == 0, outcome.message
        results = [file for file in outcome.files if file.dataset == dataset]
    for file in results:
        assert file.rows_read == file.rows_accepted + file.rows_known + file.rows_rejected
    return {file.file_name: file for file in results}


def packed(path: Path, text: str, encoding: str = "utf-8") -> Path:
    content = text.encode(encoding)
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def kind(code: str) -> str:
    """GDELT's quad class of a root."""
    root = int(code[:2])
    return ("verbal" if root <= 5 or 10 <= root <= 14 else "material") + (" cooperation" if root < 10 else " friction")


def by_direction(rows: Iterable[tuple[str, str, str, float]]) -> dict[tuple[str, str, str], tuple[int, float]]:
    """(source, target, kind) → (number, mean score) of configured pairs, by plain Python."""
    scores = defaultdict(list)
    for source, target, its_kind, score in rows:
        if (source, target) in DIRECTED:
            scores[source, target, its_kind].append(score)
    return {key: (len(values), pytest.approx(sum(values) / len(values))) for key, values in scores.items()}


def as_loaded(desk: Desk, dataset: str) -> dict[tuple[str, str, str], tuple[int, float]]:
    desk.runner.build(["staging.codes"])
    rows = desk.rows(f"""
        select reports.source_country, reports.target_country, codes.kind, count(*), avg(reports.score_given)
        from raw.reports inner join staging.codes on reports.code = codes.code
        where reports.dataset = '{dataset}' group by all
    """)
    return {row[:3]: (row[3], row[4]) for row in rows}


# ------------------------------------------------------------------ GDELT

ADDED = "20250328120000"


def export_row(number: int = 1, columns: tuple[str, ...] = V2, **cells: str) -> str:
    """One row of a GDELT event file; USA acts on Mexico unless the cells say otherwise."""
    given = {
        "global_event_id": str(number), "sql_date": "20250328", "actor1_code": "USA", "actor1_name": "UNITED STATES", "actor1_country": "USA",
        "actor2_code": "MEX", "actor2_name": "MEXICO", "actor2_country": "MEX", "is_root_event": "1", "event_code": "042", "quad_class": "1",
        "goldstein": "1.9", "num_mentions": "3", "num_sources": "1", "num_articles": "3", "avg_tone": "-1.5", "date_added": ADDED,
        "source_url": f"https://reforma.com/{number}",
    } | cells  # fmt: skip
    return "\t".join(given.get(name, "") for name in columns)


# ------------------------------------------------------------------ ICEWS

ICEWS_HEADER = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\t"
    "Target Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude"
)


def icews_row(
    number: int = 1, day: str = "2018-06-01", source: str = "United States", target: str = "Mexico", **more: str
) -> str:
    cells = {
        "id": str(number), "day": day, "source_name": "Foreign Affairs", "source_sectors": "Executive,Foreign Ministry,Government",
        "source": source, "text": "Consult", "code": "040", "intensity": "1", "target_name": 'Citizen "El Güero" (Mexico), elder',
        "target_sectors": "General Population / Civilian / Social", "target": target, "story": "77", "sentence": "2",
        "publisher": "Xinhua News Agency", "city": "Washington", "district": "NA", "province": "NA", "country": "United States",
        "lat": "38.9", "long": "-77.0",
    } | more  # fmt: skip
    return "\t".join(cells.values())


def icews_rows(path: Path) -> tuple[int, list[tuple]]:
    text = gzip.decompress(path.read_bytes()).decode("utf-8") if path.suffix == ".gz" else path.read_text("utf-8")
    header, *lines = [line.split("\t") for line in text.splitlines()]
    rows = [dict(zip(header, line, strict=True)) for line in lines]
    told = [
        (NAMES.get(row["Source Country"]), NAMES.get(row["Target Country"]), kind(row["CAMEO Code"]), float(row["Intensity"]))
        for row in rows
    ]
    return len(rows), told


@pytest.fixture
def icews_file(tmp_path) -> Path:
    rows = [
        icews_row(),
        icews_row(2, code="1312", intensity="-5.8"),
        icews_row(3, source="Mexico", target="United States", story="78"),
    ]
    rows += [icews_row(4, source="NA", target="Mexico"), icews_row(5, source="France", target="Germany")]
    rows += [icews_row(6, source="United States", target="China", code="163", intensity="-8", day="2018-06-02")]
    return packed(tmp_path / "events.2018.tab", "\n".join([ICEWS_HEADER, *rows]) + "\n")


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

PHOENIX_HEADER = (
    '"","X","GID","Date","Year","Month","Day","Source","SrcActor","SrcAgent","SOthAgent","Target","TgtActor","TgtAgent","TOthAgent","CAMEO",'
    '"RootCode","QuadClass","Goldstein","None","Lat","Lon","Geoname","CountryCode","AdminInfo","ID","URL","sourcetxt"'
)


def phoenix_line(number: int, source: str, target: str, code: str, score: float, url: str = "http://a.mx/x") -> str:
    actors = f'"{source}GOV","{source}","GOV","","{target}","{target}","",""'
    return (
        f'"{number}",{number},"{number}_v0.2.0",20150730,2015,7,30,{actors},"{code}",{int(code[:2])},1,{score},"",NA,NA,"","","",'
        f'"story_{number}","{url}","a_feed"'
    )


def phoenix_rows(path: Path) -> tuple[int, list[tuple]]:
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    good = [row for row in rows if row["CAMEO"].strip()]
    told = [(row["SrcActor"], row["TgtActor"], kind(row["CAMEO"]), float(row["Goldstein"])) for row in good]
    return len(rows), told


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

POLECAT_COLUMNS = [
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name", "Actor Country", "Actor COW",
    "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID", "Recipient Name", "Recipient Country",
    "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source",
    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
]  # fmt: skip


def polecat_cells(
    number: int, kind_of_act: str = "CONSULT", mode: str = "visit", intensity: str = "4.0", **more: str
) -> dict[str, str]:
    quads = {
        "CONSULT": "VERBAL COOPERATION",
        "SANCTION": "MATERIAL CONFLICT",
        "ACCUSE": "VERBAL CONFLICT",
        "AGREE": "VERBAL COOPERATION",
    }
    cells = dict.fromkeys(POLECAT_COLUMNS, "None") | {
        "Event ID": f"20230105-{number}", "Event Date": "2023-01-05", "Event Type": kind_of_act, "Event Mode": mode, "Intensity": intensity,
        "Quad Code": quads[kind_of_act], "Contexts": "diplomatic", "Actor Name": "Government", "Actor Country": "USA",
        "Primary Actor Sector": "GOV", "Recipient Name": "Canciller Peña", "Recipient Country": "MEX", "Primary Recipient Sector": "GOV",
        "Source": "Reforma", "Publication Date": "2023-01-05", "Story People": "Peña", "Language": "Spanish", "Version": "NGEC_coder-2022",
    }  # fmt: skip
    return cells | {name.replace("_", " "): value for name, value in more.items()}


def polecat_text(rows: list[dict[str, str]], header: list[str] = POLECAT_COLUMNS, end: str = "", header_end: str = "") -> str:
    lines = ["\t".join(header) + header_end, *("\t".join(row[name] for name in row) + end for row in rows)]
    return "\n".join(lines) + "\n"


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
        ("polecat", ICEWS_HEADER + "\n" + icews_row() + "\n", "no polecat file"),
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
