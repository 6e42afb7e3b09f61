"""Files: each opens with the programs that people use, holds the same digits, says what it is, and runs nothing."""

import io
import json
import zipfile
from datetime import date, datetime

import duckdb
import openpyxl
import pandas as pd
import pyarrow.parquet
import pytest

from bilateral.ask import exports

ABOUT = exports.About(
    title="United States – Mexico: balance",
    subject="MEX-USA",
    chart="balance",
    by="week",
    from_day=date(2025, 3, 1),
    to_day=date(2025, 3, 31),
    data_version="20250415T061000.123456Z",
    method_version="1.0",
    address="/pair/MEX-USA?from=2025-03-01&to=2025-03-31",
    sql="select day, balance from series('chronology', 'MEX-USA', 'all', 90)",
    licence="CC BY 4.0",
    caution="Coded attention, not intention.",
    meanings={"balance": "points, -100 all friction to +100 all cooperation", "day": "the last day of the period"},
)
ROWS = pd.DataFrame(
    {
        "day": pd.to_datetime(["2025-03-09", "2025-03-16", "2025-03-23"]),
        "balance": [0.1 + 0.2, None, -12.345678901234567],
        "n_events": [3, 0, 14],
        "title": ['=HYPERLINK("http://x.example")', "@SUM(A1)", '<b>Aranceles</b>, "25 %"\nnoticia'],
    }
)
WRITTEN = {name: made.write(ROWS, ABOUT) for name, made in exports.FORMATS.items()}


def test_23_csv_holds_every_digit_and_no_formula():
    read = pd.read_csv(io.BytesIO(WRITTEN["csv"]))
    assert read["balance"].tolist()[::2] == ROWS["balance"].tolist()[::2]
    assert pd.isna(read["balance"][1])
    assert read["day"].tolist() == ["2025-03-09", "2025-03-16", "2025-03-23"]
    assert read["title"].tolist() == ['\'=HYPERLINK("http://x.example")', "'@SUM(A1)", ROWS["title"][2]]


def test_csv_opens_in_duckdb_too(tmp_path):
    (tmp_path / "rows.csv").write_bytes(WRITTEN["csv"])
    found = duckdb.sql(f"select day, balance, n_events from read_csv('{tmp_path / 'rows.csv'}')").fetchall()
    assert found == [(date(2025, 3, 9), 0.1 + 0.2, 3), (date(2025, 3, 16), None, 0), (date(2025, 3, 23), -12.345678901234567, 14)]


def test_json_says_what_it_is_and_keeps_every_digit():
    read = json.loads(WRITTEN["json"])
    assert read["rows"][0] == {"day": "2025-03-09", "balance": 0.1 + 0.2, "n_events": 3, "title": ROWS["title"][0]}
    assert read["rows"][1]["balance"] is None
    assert read["about"]["data_version"] == ABOUT.data_version
    assert read["about"]["rows"] == 3
    assert read["about"]["columns"]["balance"] == ABOUT.meanings["balance"]


def test_23_xlsx_has_days_as_days_numbers_as_numbers_text_as_text_and_a_sheet_about_it():
    book = openpyxl.load_workbook(io.BytesIO(WRITTEN["xlsx"]))
    assert book.sheetnames == ["rows", "about"]
    cells = list(book["rows"].iter_rows(values_only=True))
    assert cells[0] == ("day", "balance", "n_events", "title")
    assert cells[1] == (datetime(2025, 3, 9), pytest.approx(0.1 + 0.2, rel=1e-15), 3, '\'=HYPERLINK("http://x.example")')
    assert book["rows"]["A2"].number_format == "yyyy-mm-dd"
    assert cells[2][1] is None
    assert all(cell.data_type != "f" for row in book["rows"].iter_rows() for cell in row)
    said = list(book["about"].iter_rows(values_only=True))
    for line in (("title", ABOUT.title), ("address", ABOUT.address), ("balance", ABOUT.meanings["balance"])):
        assert line in said


def test_parquet_is_typed_and_says_what_it_is():
    read = pyarrow.parquet.read_table(io.BytesIO(WRITTEN["parquet"]))
    assert str(read.schema.field("day").type) == "date32[day]"
    assert read.column("balance").to_pylist() == [0.1 + 0.2, None, -12.345678901234567]
    assert read.column("title").to_pylist() == ROWS["title"].tolist()
    assert json.loads(read.schema.metadata[b"bilateral"])["title"] == ABOUT.title


def test_zip_holds_rows_readme_and_metadata():
    with zipfile.ZipFile(io.BytesIO(WRITTEN["zip"])) as folder:
        assert sorted(folder.namelist()) == sorted([f"{ABOUT.stem}.csv", "README.md", "metadata.json"])
        assert folder.read(f"{ABOUT.stem}.csv") == WRITTEN["csv"]
        assert ABOUT.sql in folder.read("README.md").decode()
        assert json.loads(folder.read("metadata.json"))["rows"] == 3


def test_the_name_says_pair_chart_period_range_and_version():
    assert ABOUT.stem == "MEX-USA_balance_week_2025-03-01_2025-03-31_v20250415T061000.123456Z"


@pytest.mark.parametrize("name", ["csv", "json", "xlsx", "parquet", "zip", "metadata.json"])
def test_no_rows_still_give_a_file_with_its_columns(name):
    assert exports.FORMATS[name].write(ROWS.head(0), ABOUT)
