"""A file in which a column has lost information is mended where the rest of the row tells, else refused whole: never an act of the wrong kind."""

import csv
import gzip
import io
import json
import random
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from bench import gdelt_day
from bilateral import package_data
from bilateral.compute.queries import read
from bilateral.compute.runner import Runner
from bilateral.load import curated_files
from bilateral.sources.gdelt import V2
from machine_coded import (
    ICEWS_HEADER,
    PHOENIX_HEADER,
    as_loaded,
    empty_desk,
    export_row,
    icews_row,
    load,
    packed,
    phoenix_line,
)
from material import ROOT, act, know_seeds

SHARED = ROOT.parent / "shared" / "data"
CODES = [
    ("010", 0.0),
    ("020", 3.0),
    ("042", 1.9),
    ("0311", 5.2),
    ("018", 3.4),
    ("112", -2.0),
    ("173", -5.0),
    ("190", -10.0),
    ("120", -4.0),
]
GDELT = {
    "GLOBALEVENTID": 0, "SQLDATE": 1, "MonthYear": 2, "Year": 3, "Actor1CountryCode": 7, "Actor2CountryCode": 17, "EventCode": 26,
    "EventBaseCode": 27, "EventRootCode": 28, "QuadClass": 29, "GoldsteinScale": 30, "NumArticles": 33, "AvgTone": 34, "DATEADDED": 59, "SOURCEURL": 60,
}  # fmt: skip
EVIDENCE = {
    "gdelt": ["EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"],
    "icews": ["Intensity"],
    "phoenix": ["RootCode", "QuadClass", "Goldstein"],
}


def text_of(dataset: str, origin: str) -> tuple[str, str]:
    """A file of a dataset, and its delimiter."""
    if origin == "real":
        name = {
            "gdelt": "gdelt-v1/georgia-monthly/july2011.csv.gz",
            "icews": "icews/events.2018.sample.tab.gz",
            "phoenix": "phoenix/samplePhox.csv.gz",
        }[dataset]
        if not SHARED.is_dir():
            pytest.skip("needs ../shared/data; the same is tested on twins of these files")
        return gzip.decompress((SHARED / name).read_bytes()).decode(), "\t" if dataset == "icews" else ","
    chance = random.Random(dataset)
    acts = [(n, *chance.choice([("USA", "MEX"), ("MEX", "USA"), ("FRA", "DEU")]), *chance.choice(CODES)) for n in range(1, 301)]
    if dataset == "gdelt":
        rows = [line.split("\t") for line in gdelt_day.export(datetime(2025, 3, 28), 900).decode().splitlines()]
        sink = io.StringIO()
        csv.writer(sink, lineterminator="\n").writerows([GDELT, *([row[place] for place in GDELT.values()] for row in rows)])
        return sink.getvalue(), ","
    if dataset == "icews":
        names = {"USA": "United States", "MEX": "Mexico", "FRA": "France", "DEU": "Germany"}
        scores = {"120": -4.0, "112": -2.0}
        lines = [
            icews_row(n, "2018-06-13", names[a], names[b], code=c, intensity=f"{scores.get(c, s)}") for n, a, b, c, s in acts
        ]
        return "\n".join([ICEWS_HEADER, *lines]) + "\n", "\t"
    return "\n".join([PHOENIX_HEADER, *(phoenix_line(*one) for one in acts)]) + "\n", ","


def kinds(dataset: str, path: Path) -> tuple[dict, str | None, str | None]:
    """Acts of configured pairs by direction and kind, why the file was refused, and what was mended."""
    with empty_desk() as desk:
        result = load(desk, dataset, path)[path.name]
        return {key: n for key, (n, _) in as_loaded(desk, dataset).items()}, result.refusal, result.note


def frame(text: str, delimiter: str, **more) -> pd.DataFrame:
    return pd.read_csv(
        io.StringIO(text), sep=delimiter, quoting=csv.QUOTE_NONE if delimiter == "\t" else 0, low_memory=False, **more
    )


def as_pandas(text: str, delimiter: str) -> bytes:
    return frame(text, delimiter).to_csv(index=False).encode()


def as_pandas_with_index(text: str, delimiter: str) -> bytes:
    return frame(text, delimiter).to_csv().encode()


def as_floats(text: str, delimiter: str) -> bytes:
    table = frame(text, delimiter)
    for name in {"EventCode", "EventRootCode", "EventBaseCode", "CAMEO Code", "CAMEO", "RootCode"} & set(table):
        table[name] = pd.to_numeric(table[name], errors="coerce").astype(float)
    return table.to_csv(index=False).encode()


def as_excel(text: str, delimiter: str) -> bytes:
    """Semicolons, decimal commas, a mark, Windows line ends, capital headers, days as 11/07/2011."""
    table = frame(text, delimiter)
    for name in {"SQLDATE", "Event Date", "Date"} & set(table):
        table[name] = pd.to_datetime(table[name].astype(str)).dt.strftime("%d/%m/%Y")
    table.columns = [name.upper() for name in table]
    return b"\xef\xbb\xbf" + table.to_csv(sep=";", decimal=",", index=False, lineterminator="\r\n").encode()


def as_r(text: str, delimiter: str) -> bytes:
    """write.table(…, sep = "\\t"): quotes, row names without a name in the header, NA."""
    table = frame(text, delimiter, dtype=str, keep_default_na=False)
    table.index = table.index + 1
    header, _, rows = table.replace("", "NA").to_csv(sep="\t", quoting=csv.QUOTE_ALL).partition("\n")
    return (header.removeprefix('""\t') + "\n" + rows.replace('"NA"', "NA")).encode()


def as_timestamps(text: str, delimiter: str) -> bytes:
    table = frame(text, delimiter)
    for name in {"SQLDATE", "Event Date", "Date"} & set(table):
        table[name] = pd.to_datetime(table[name].astype(str))
    return table.to_csv(index=False, date_format="%Y-%m-%d %H:%M:%S").encode()


def as_utf_16(text: str, delimiter: str) -> bytes:
    return frame(text, delimiter, dtype=str, keep_default_na=False).to_csv(sep=";", index=False).encode("utf-16")


WRITERS = [as_pandas, as_pandas_with_index, as_floats, as_excel, as_r, as_timestamps, as_utf_16]


@pytest.mark.parametrize("origin", ["real", "twin"])
@pytest.mark.parametrize("dataset", ["gdelt", "icews", "phoenix"])
def test_a_file_that_another_program_wrote_has_the_acts_of_the_original_or_is_refused_whole(tmp_path, dataset, origin):
    text, delimiter = text_of(dataset, origin)
    expected, refusal, _ = kinds(dataset, packed(tmp_path / "original.txt", text))
    assert (len(expected) > 3, refusal) == (True, None)
    for writer in WRITERS:
        path = tmp_path / f"{writer.__name__}.CSV"
        path.write_bytes(writer(text, delimiter))
        found, refusal, _ = kinds(dataset, path)
        if refusal is None:
            assert (writer.__name__, found) == (writer.__name__, expected)
        else:  # the days of this sample do not tell which of day and month comes first
            assert (writer, dataset, origin, found) == (as_excel, "icews", "real", {}), refusal
            assert "may be a day and a month" in refusal


@pytest.mark.parametrize("dataset", ["gdelt", "icews"])
def test_codes_without_zeros_are_refused_whole_where_no_column_tells_which_they_were(tmp_path, dataset):
    text, delimiter = text_of(dataset, "twin")
    path = tmp_path / "bare.csv"
    path.write_bytes(frame(text, delimiter).drop(columns=EVIDENCE[dataset]).to_csv(index=False).encode())
    found, refusal, _ = kinds(dataset, path)
    assert found == {}
    assert "has lost its leading zeros" in refusal
    assert "pd.read_csv(…, dtype=str)" in refusal


@pytest.mark.parametrize("kept", ["EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"])
def test_any_one_column_beside_the_code_that_still_tells_mends_it(tmp_path, kept):
    text, delimiter = text_of("gdelt", "twin")
    expected, _, _ = kinds("gdelt", packed(tmp_path / "original.csv", text))
    table = frame(text, delimiter, dtype={"EventBaseCode": str}).drop(
        columns=[name for name in EVIDENCE["gdelt"] if name != kept]
    )
    path = tmp_path / "one.csv"
    path.write_bytes(table.to_csv(index=False).encode())
    found, refusal, note = kinds("gdelt", path)
    assert (found, refusal) == (expected, None)
    assert "leading zeros of EventCode put back" in note


def test_an_export_without_a_header_that_pandas_wrote_is_mended(tmp_path):
    export = packed(tmp_path / "a.export.CSV", gdelt_day.export(datetime(2025, 3, 28), 900).decode())
    expected, _, _ = kinds("gdelt", export)
    for name, table in [("ints", pd.read_csv(export, sep="\t", header=None, quoting=3)), ("floats", None)]:
        if table is None:
            table = pd.read_csv(export, sep="\t", header=None, quoting=3).astype({26: float, 27: float, 28: float})
        for delimiter in "\t,":
            path = tmp_path / f"{name}{ord(delimiter)}.CSV"
            table.to_csv(path, sep=delimiter, header=False, index=False)
            assert kinds("gdelt", path)[:2] == (expected, None), (name, delimiter)


def test_codes_that_contradict_their_row_are_refused_and_many_of_them_the_file(tmp_path):
    one = [export_row(n) for n in range(40)] + [export_row(40, event_code="173", event_root_code="04")]
    many = one + [export_row(50 + n, event_code="043", quad_class="4") for n in range(3)]
    with empty_desk() as desk:
        result = load(desk, "gdelt", packed(tmp_path / "one.CSV", "".join(line + "\n" for line in one)))["one.CSV"]
        assert (result.rows_accepted, result.rows_rejected) == (40, 1)
        assert desk.rows("select reason from raw.rejects") == [
            ("EventCode '173' contradicts EventRootCode '04' of the same row",)
        ]
        result = load(desk, "gdelt", packed(tmp_path / "many.CSV", "".join(line + "\n" for line in many)))["many.CSV"]
        assert result.refusal.startswith("in 4 of 44 rows the code contradicts")


def test_numbers_that_a_spreadsheet_rounded_refuse_the_file(tmp_path):
    text, delimiter = text_of("gdelt", "twin")
    table = frame(text, delimiter, dtype=str)
    table["GLOBALEVENTID"] = "1.2E+09"
    path = tmp_path / "rounded.csv"
    path.write_bytes(table.to_csv(index=False).encode())
    found, refusal, _ = kinds("gdelt", path)
    assert (found, "a spreadsheet has rounded a number" in refusal) == ({}, True)


def test_texts_that_are_cut_off_refuse_the_file(tmp_path):
    rows = [export_row(n, source_url=("https://a.mx/" + "x" * 40_000)[:32_767]) for n in range(3)]
    header = "\t".join(V2) + "\textra"
    path = packed(tmp_path / "cut.txt", "\n".join([header, *(f"{row}\t" for row in rows)]) + "\n")
    found, refusal, _ = kinds("gdelt", path)
    assert (found, "cut off at 32,767 characters" in refusal) == ({}, True)


# ------------------------------------------------------------------ own files


@pytest.fixture(scope="module")
def curated_desk():
    with duckdb.connect() as connection:
        know_seeds(connection)
        runner = Runner(connection, package_data.folder("queries"))
        runner.make_kept()
        judge = read(runner.folder / "sources" / "curated.sql")
        runner.build(name for name in judge.inputs if "." in name)
        yield connection, judge.sql


@pytest.fixture
def take(curated_desk, tmp_path):
    """take(rows, ending) writes rows as a file and loads it: codes by id, why it was refused, what was mended, refused rows."""
    connection, judge = curated_desk
    connection.execute("delete from raw.reports; delete from raw.sightings; delete from raw.rejects; delete from raw.files")

    def run(rows: list[dict], ending: str) -> tuple[dict[str, str], str | None, str | None, int]:
        path = tmp_path / f"mine{ending}"
        if ending == ".jsonl":
            path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        else:
            table = pd.DataFrame(rows)
            table.to_csv(path, index=False) if ending == ".csv" else table.to_parquet(path)
        (result,) = curated_files.load(connection, judge, [curated_files.SourceFile("articles", path, path.name)], "run")
        codes = dict(connection.execute("select source_event_id, code from raw.reports").fetchall())
        return codes, result.refusal, result.note, result.rows_rejected

    return run


ENDINGS = [".csv", ".jsonl", ".parquet"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_codes_as_numbers_in_an_own_file_are_mended_where_no_other_code_is_written_so(take, ending):
    rows = [
        act("a") | {"cameo_code": 42},
        act("b") | {"cameo_code": 311},
        act("c") | {"cameo_code": 173},
        act("d") | {"cameo_code": 190},
    ]
    codes, refusal, note, _ = take(rows, ending)
    assert (codes, refusal) == ({"a": "042", "b": "0311", "c": "173", "d": "190"}, None)
    assert note == "leading zeros of cameo_code put back (2 rows)"


@pytest.mark.parametrize("ending", ENDINGS)
def test_codes_as_numbers_in_an_own_file_are_refused_whole_where_one_may_be_two(take, ending):
    codes, refusal, _, _ = take([act("a") | {"cameo_code": 20}, act("b") | {"cameo_code": 42}], ending)
    assert codes == {}
    assert refusal.startswith("the column cameo_code has lost its leading zeros")


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"plover_type": "REQUEST"}, "020"),
        ({"plover_type": "ASSAULT"}, "20"),
        ({"goldstein": 3.0}, "020"),
        ({"goldstein": -10.0}, "20"),
    ],
)
def test_type_or_score_of_an_own_act_tells_which_code_it_was(take, ending, more, expected):
    codes, refusal, _, _ = take([act("a") | {"cameo_code": 20} | more], ending)
    assert (codes, refusal) == ({"a": expected}, None)


@pytest.mark.parametrize("ending", ENDINGS)
def test_in_a_file_that_kept_its_zeros_twenty_is_twenty_and_42_is_no_code(take, ending):
    rows = [act("a", code="042"), act("b", code="20"), act("c", code="42")]
    codes, refusal, _, n_refused = take(rows, ending)
    assert (codes, refusal, n_refused) == ({"a": "042", "b": "20"}, None, 1)


@pytest.mark.parametrize("ending", ENDINGS)
def test_floats_of_an_own_file_are_codes_too(take, ending):
    codes, refusal, _, _ = take([act("a") | {"cameo_code": 42.0}, act("b") | {"cameo_code": 112.0}], ending)
    assert (codes, refusal) == ({"a": "042", "b": "112"}, None)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(("length", "n", "is_refused"), [(255, 2, True), (255, 1, False), (32_767, 1, True), (254, 5, False)])
def test_texts_of_an_own_file_that_are_cut_off_refuse_it(take, ending, length, n, is_refused):
    _, refusal, _, _ = take([act(f"a{place}", summary="x" * length) for place in range(n)] + [act("z", summary="y")], ending)
    assert bool(refusal) == is_refused
    assert not refusal or f"the column summary is cut off at {length:,} characters" in refusal
